use axum::http::StatusCode;

use super::client::{Client, each};

#[tokio::test]
async fn a_profile_is_changed_and_faults_are_told_by_field() {
    each(async |client| {
        let list = client.get("/mentors").await;
        let path = format!("/mentors/{}", list.after("<th scope=\"row\"><a href=\"/mentors/"));
        let form = client.get(&format!("{path}/edit")).await;
        let version = form.after("name=\"version\" value=\"");
        let email = form.after("id=\"email\" name=\"email\" value=\"");
        let fields = |email: &str, version: &str| {
            [
                ("version", version),
                ("name", "Ny Namnsson"),
                ("email", email),
                ("organisation", "utv-syd"),
                ("programmes", "muf"),
                ("municipality", "1080"),
                ("capacity", "3"),
                ("languages", "sv"),
                ("languages-grade", "fluent"),
                ("competences", "F1"),
                ("competences-grade", "expert"),
                ("approved", "yes"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let post = async |fields: [(String, String); 12]| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            client.post(&path, &fields).await
        };
        let faulty = post(fields("nobody", &version)).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.text().contains("href=\"#email\""), "{}", faulty.text());
        assert!(faulty.text().contains("Ny Namnsson"), "nothing typed is lost");
        let saved = post(fields(&email, &version)).await;
        assert_eq!((saved.status, saved.path.as_str()), (StatusCode::OK, path.as_str()));
        assert!(saved.text().contains("Ny Namnsson") && saved.text().contains("Export strategy (expert)"));
        assert!(saved.text().contains("Changed by Karin: Name, Phone, Organisation"), "{}", saved.text());
        let late = post(fields(&email, &version)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Karin has changed this"));
        // What the second writer has typed stays, beside what the record holds by now.
        let typed = fields(&email, &version).map(|(name, value)| {
            let value = if name == "name" { "Min Version".to_owned() } else { value };
            (name, value)
        });
        let both = post(typed.clone()).await;
        assert_eq!(both.status, StatusCode::CONFLICT);
        assert!(both.text().contains("value=\"Min Version\"") && both.text().contains("It now says: “Ny Namnsson”"));
        let version = both.after("name=\"version\" value=\"");
        let again = typed.map(|(name, value)| {
            let value = if name == "version" { version.clone() } else { value };
            (name, value)
        });
        assert!(post(again).await.text().contains("<h1>Min Version</h1>"));
    })
    .await;
}

const NEW: [(&str, &str); 13] = [
    ("name", "Ny Adeptsson"),
    ("email", "ny@example.org"),
    ("organisation", "utv-syd"),
    ("programme", "muf"),
    ("municipality", "1080"),
    ("waiting_since", "2026-11-01"),
    ("stage", "started"),
    ("size", "alone"),
    ("needs", "D2"),
    ("needs-grade", "decisive"),
    ("languages", "sv"),
    ("languages-grade", "fluent"),
    ("reach", "60"),
];

#[tokio::test]
async fn somebody_is_added_leaves_the_queue_and_returns() {
    each(async |client| {
        assert_eq!(client.get("/mentees/new").await.status, StatusCode::OK);
        let added = client.post("/mentees/new", &NEW).await;
        let path = added.path.clone();
        assert!(path.starts_with("/mentees/") && path.len() == 22, "{path}: {}", added.text());
        assert!(added.text().contains("Added by Karin") && added.text().contains("Ny Adeptsson"));
        let twice = client.post("/mentees/new", &NEW).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.text().contains("Somebody else has the address ny@example.org already"));

        let left = client.post(&format!("{path}/leave"), &[("leaves", "true")]).await;
        assert!(
            left.text().contains("Has left the waiting list")
                && left.text().contains("Taken off the waiting list by Karin")
        );
        let listed = async |client: &Client, state: &str| {
            client.get(&format!("/mentees?q=Adeptsson&state={state}")).await.text().contains("Ny Adeptsson")
        };
        assert!(!listed(&client, "").await && listed(&client, "closed").await);
        let late = client.post(&format!("{path}/leave"), &[("leaves", "true")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        client.post(&format!("{path}/leave"), &[("leaves", "false")]).await;
        assert!(listed(&client, "waiting").await);
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_the_address_of_another() {
    each(async |client| {
        client.post("/mentees/new", &NEW).await;
        let other = NEW.map(|(name, value)| (name, if name == "email" { "annan@example.org" } else { value }));
        let path = client.post("/mentees/new", &other).await.path;
        let mut fields = NEW.to_vec();
        fields.push(("version", "1"));
        let refused = client.post(&path, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("href=\"#email\""), "{}", refused.text());
    })
    .await;
}

#[tokio::test]
async fn a_list_is_saved_as_a_file_that_can_be_read_in_again() {
    each(async |client| {
        let all = client.get("/mentors/export/mentors.csv").await;
        let some = client.get("/mentors/export/mentors.csv?county=01&state=free").await;
        assert_eq!((all.status, some.status), (StatusCode::OK, StatusCode::OK));
        assert!(some.bytes.len() > 500 && some.bytes.len() < all.bytes.len());
        assert!(String::from_utf8(some.bytes).unwrap().starts_with("\u{feff}Name,E-mail,"));
        let sorted = client.get("/mentees?order=waited").await.text();
        let first = sorted.split("<tbody>").nth(1).unwrap().split("</a>").next().unwrap().rsplit('>').next().unwrap();
        assert!(client.get("/").await.text().contains(first), "{first} has waited longest, as home says");
    })
    .await;
}
