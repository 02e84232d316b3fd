//! Who may do what: every route, every role, every relation, against a table written by hand.

mod table;

use std::collections::BTreeSet;

use app::web::policies;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mentoring::{Company, Id, Mentee, Mentor, StaffRole};
use store::{Filter, Stamp, Way};

use self::table::TABLE;
use super::client::{Client, clock, filled, open};

/// The organisation whose staff ask, and another.
const OWN: &str = "nystart-skane";
const OTHER: &str = "nystart-stockholm";

/// Somebody of each column.
async fn who(nobody: &Client, column: usize) -> Client {
    let of = async |name: &str, role, organisation: &'static str, way| {
        nobody.appointed(name, Some((role, organisation)), way).await
    };
    match column {
        0 => nobody.clone(),
        1 => {
            let filter = Filter { today: jiff::civil::date(2026, 11, 23), ..Filter::default() };
            let first = nobody.app.store.everywhere().list::<Mentor>(&filter, 0, 1).await.unwrap();
            nobody.signed_in(&first.people[0].email, Way::Link).await
        }
        2 => of("Lina Länk", StaffRole::Coordinator, OWN, Way::Link).await,
        3 => of("Sam Samordnare", StaffRole::Coordinator, OWN, Way::Passkey).await,
        4 => of("Greta Granskare", StaffRole::Auditor, OWN, Way::Passkey).await,
        5 => of("Vera Ansvarig", StaffRole::Manager, OWN, Way::Passkey).await,
        _ => of("Ove Ägare", StaffRole::Owner, "agare", Way::Passkey).await,
    }
}

/// Asks for a path without following redirects; what `{…}` stands for is not there.
async fn ask(client: &Client, method: &str, path: &str, id: &str) -> (StatusCode, String) {
    let path = [
        "{id}",
        "{mentee}",
        "{mentor}",
        "{secret}",
        "{code}",
        "{tag}",
        "{part}",
        "{group}",
        "{name}",
        "{language}",
        "{entry}",
        "{companion}",
    ]
    .iter()
    .fold(path.to_owned(), |path, part| path.replace(part, id));
    let path = path.replace("{file}", "a.csv");
    let request = Request::builder().method(method).uri(path);
    let kind = "application/x-www-form-urlencoded";
    let (status, headers) = client.raw(request.header(header::CONTENT_TYPE, kind), Body::empty()).await;
    let to = headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap());
    (status, to.to_owned())
}

#[tokio::test]
async fn every_route_lets_in_whom_the_table_says() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let known: BTreeSet<(String, &str)> =
            policies(&nobody.app).into_iter().map(|(method, path, _)| (method.to_string(), path)).collect();
        let told: BTreeSet<(String, &str)> = TABLE.iter().map(|row| (row.0.to_owned(), row.1)).collect();
        assert_eq!(known, told, "every route stands in the table, and nothing else");
        for column in 0..7 {
            let client = who(&nobody, column).await;
            for (method, path, may) in TABLE {
                let client = if *path == "/door/leave" { who(&nobody, column).await } else { client.clone() };
                let (status, to) = ask(&client, method, path, "absent0000000").await;
                let refused = status == StatusCode::FORBIDDEN
                    || to == "/door" && *path != "/" && *path != "/door/leave"
                    || to == "/passkey";
                let refused = refused || (*path == "/door" && *method == "POST" && status == StatusCode::NOT_FOUND);
                let refused = refused || (*path == "/door/leave" && column == 0);
                let through = may.as_bytes()[column] == b'y';
                assert_eq!(!refused, through, "{method} {path} for column {column}: {status} {to}");
            }
        }
    }
}

/// A mentee, a mentor, a round and an appointment of an organisation, by address.
async fn things(nobody: &Client, organisation: &'static str) -> Vec<String> {
    let filter = Filter {
        organisation: Some(organisation.to_owned()),
        today: jiff::civil::date(2026, 11, 23),
        ..Filter::default()
    };
    let store = nobody.app.store.everywhere();
    let mentee = store.list::<Mentee>(&filter, 0, 1).await.unwrap().people.remove(0).id;
    let mentor = store.list::<Mentor>(&filter, 0, 1).await.unwrap().people.remove(0).id;
    let staff = nobody.appointed("Rut Runda", Some((StaffRole::Coordinator, organisation)), Way::Passkey).await;
    let round = staff.post("/rounds", &[("sent", "1"), ("programme", "msf"), ("shared", "1")]).await.path;
    assert!(round.starts_with("/rounds/"), "{round}");
    let row = store.staff().await.unwrap().into_iter().find(|row| row.held.organisation == organisation).unwrap();
    vec![
        format!("/mentees/{mentee}"),
        format!("/mentees/{mentee}/edit"),
        format!("/mentors/{mentor}"),
        format!("/mentors/{mentor}/edit"),
        round.clone(),
        format!("{round}/approval"),
        format!("{round}/scenarios"),
        format!("{round}/scarcity"),
        format!("{round}/export/a.csv"),
        format!("{round}/mentees/{mentee}"),
        format!("/staff/{}/end", row.id),
    ]
}

/// What another organisation has is answered exactly as what is not there.
#[tokio::test]
async fn another_organisations_things_are_as_absent() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (own, other) = (things(&nobody, OWN).await, things(&nobody, OTHER).await);
        let staff = who(&nobody, 5).await;
        for path in &own {
            assert_eq!(staff.get(path).await.status, StatusCode::OK, "{path}");
        }
        for path in &other {
            let answer = staff.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            let parts: Vec<&str> = path.split('/').collect();
            let absent = staff.get(&path.replacen(parts[2], "0000000000000", 1)).await;
            assert_eq!(answer.text(), absent.text(), "{path} is answered as if it were not there");
        }
        let (version, leave) = ([("version", "1")], [("leaves", "true")]);
        for (path, fields) in [
            (other[0].clone(), &version),
            (format!("{}/leave", other[0]), &leave),
            (other[2].clone(), &version),
            (format!("{}/undo", other[4]), &version),
            (format!("{}/approval", other[4]), &version),
            (other[10].clone(), &version),
        ] {
            let before = staff.app.store.everywhere().staff().await.unwrap().len();
            let status = staff.post(&path, fields).await.status;
            assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY), "{path}: {status}");
            assert_eq!(staff.app.store.everywhere().staff().await.unwrap().len(), before);
        }
    }
}

/// A word that stands nowhere but in one organisation's data.
const CANARY: &str = "Kanariefågel";

async fn plant(client: &Client) {
    let filter = Filter {
        organisation: Some(OTHER.to_owned()),
        state: "waiting".to_owned(),
        today: jiff::civil::date(2026, 11, 23),
        ..Filter::default()
    };
    let store = client.app.store.everywhere();
    let stamp = Stamp::program("test", clock());
    let mut mentee = store.list::<Mentee>(&filter, 0, 1).await.unwrap().people.remove(0);
    mentee.id = Id::of("mentee", "kanarie@example.org");
    "kanarie@example.org".clone_into(&mut mentee.email);
    mentee.name = format!("{CANARY} Blå");
    mentee.about = format!("{CANARY} i texten");
    mentee.company = Some(Company { name: format!("{CANARY} AB"), number: None });
    store.add(&mentee, &stamp).await.unwrap();
    let filter = Filter { state: "free".to_owned(), ..filter };
    let mut mentor = store.list::<Mentor>(&filter, 0, 1).await.unwrap().people.remove(0);
    mentor.id = Id::of("mentor", "kanarie2@example.org");
    "kanarie2@example.org".clone_into(&mut mentor.email);
    mentor.name = format!("{CANARY} Gul");
    store.add(&mentor, &stamp).await.unwrap();
}

/// Pages that somebody can reach without knowing an address, where the canary is seen.
async fn seen(client: &Client) -> Vec<String> {
    let round = client.post("/rounds", &[("sent", "1"), ("programme", "msf"), ("shared", "1")]).await.path;
    let mut paths: Vec<String> = policies(&client.app)
        .into_iter()
        .filter(|(method, path, _)| method == "GET" && !path.contains('{'))
        .map(|(_, path, _)| path.to_owned())
        .collect();
    for list in ["mentees", "mentors", "pairs"] {
        paths.push(format!("/{list}?q=kanarie"));
        paths.push(format!("/{list}?organisation={OTHER}"));
        paths.push(format!("/{list}/export/a.csv"));
    }
    for part in ["", "?show=unmatched", "/approval", "/scarcity", "/scenarios", "/export/a.csv"] {
        paths.push(format!("{round}{part}"));
    }
    let mut found = Vec::new();
    for path in paths {
        if client.get(&path).await.text().contains(CANARY) {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn nobody_sees_another_organisations_canary() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        plant(&nobody).await;
        for column in [3, 5] {
            let found = seen(&who(&nobody, column).await).await;
            assert!(found.is_empty(), "column {column} sees it on {found:?}");
        }
        // The walk would find it: the owner reaches every organisation.
        let found = seen(&who(&nobody, 6).await).await;
        assert!(found.len() > 5, "{found:?}");
    }
}

#[tokio::test]
async fn a_revoked_appointment_counts_at_the_next_request() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (staff, owner) = (who(&nobody, 3).await, who(&nobody, 6).await);
        assert_eq!(staff.get("/mentees").await.path, "/mentees");
        let rows = nobody.app.store.everywhere().staff().await.unwrap();
        let row = rows.iter().find(|row| row.account.name == "Sam Samordnare").unwrap();
        let end = format!("/staff/{}/end", row.id);
        assert!(owner.get(&end).await.text().contains("Sam Samordnare"));
        assert_eq!(owner.post(&end, &[]).await.path, "/staff");
        assert_eq!(staff.get("/mentees").await.path, "/door", "signed out everywhere");
        let again = nobody.signed_in(&row.account.email, Way::Passkey).await;
        assert_eq!(again.get("/mentees").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn whoever_gets_a_role_goes_on_under_a_new_cookie() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (staff, owner) = (who(&nobody, 3).await, who(&nobody, 6).await);
        let rows = nobody.app.store.everywhere().staff().await.unwrap();
        let email = rows.iter().find(|row| row.account.name == "Sam Samordnare").unwrap().account.email.clone();
        let (_, headers) = staff.raw(Request::get("/mentees"), Body::empty()).await;
        assert!(!headers.contains_key(header::SET_COOKIE));
        let form = [("name", "Sam"), ("email", email.as_str()), ("role", "manager"), ("organisation", OWN)];
        assert_eq!(owner.post("/staff/new", &form).await.path, "/staff");
        // Also where the answer sets another cookie.
        let (_, headers) = staff.raw(Request::get("/language/en"), Body::empty()).await;
        let set: Vec<&str> = headers.get_all(header::SET_COOKIE).iter().map(|set| set.to_str().unwrap()).collect();
        let session = |set: &&&str| set.starts_with("session=") && set.contains("HttpOnly");
        assert!(set.len() == 2 && set.iter().filter(session).count() == 1, "{set:?}");
        let renewed = staff.with_cookies(&headers);
        assert_eq!(renewed.get("/mentees").await.path, "/mentees");
        assert_eq!(staff.get("/mentees").await.path, "/mentees", "requests that were under way are still answered");
        let store = &nobody.app.store;
        let later = clock().saturating_add(jiff::SignedDuration::from_secs(61)).unwrap();
        let digest = |client: &Client| super::client::digest(&client.cookie("session"));
        assert!(store.session(&digest(&staff), later).await.unwrap().is_none(), "a minute later they are not");
        assert!(store.session(&digest(&renewed), later).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn nobody_gives_more_than_they_have_and_the_last_owner_stays() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (manager, owner) = (who(&nobody, 5).await, who(&nobody, 6).await);
        let form = |role: &'static str, organisation: &'static str| {
            [("name", "Nils Ny"), ("email", "nils@example.org"), ("role", role), ("organisation", organisation)]
        };
        for (role, organisation) in [("owner", "agare"), ("owner", OWN), ("coordinator", OTHER), ("manager", "nystart")]
        {
            let answer = manager.post("/staff/new", &form(role, organisation)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{role} at {organisation}");
            assert!(answer.text().contains("You cannot give that appointment"), "{role} at {organisation}");
        }
        assert_eq!(manager.post("/staff/new", &form("coordinator", OWN)).await.path, "/staff");
        let twice = manager.post("/staff/new", &form("coordinator", OWN)).await;
        assert!(twice.text().contains("They hold that appointment already"));
        let rows = nobody.app.store.everywhere().staff().await.unwrap();
        let owners: Vec<_> = rows.iter().filter(|row| row.held.role == StaffRole::Owner).collect();
        for (at, row) in owners.iter().enumerate() {
            // The visitor is the last of the owners, by name: ending the others' first leaves one.
            let last = owners.iter().rev().nth(at).unwrap_or(row);
            let done = owner.app.store.everywhere().dismiss(&last.id, &Stamp::program("test", clock())).await;
            assert_eq!(matches!(done, Err(store::Error::LastOwner)), at + 1 == owners.len(), "{done:?}");
        }
    }
}

#[tokio::test]
async fn people_see_who_has_read_about_them() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let filter =
            Filter { organisation: Some(OWN.to_owned()), today: jiff::civil::date(2026, 11, 23), ..Filter::default() };
        let mentor = nobody.app.store.everywhere().list::<Mentor>(&filter, 0, 1).await.unwrap().people.remove(0);
        let own = nobody.signed_in(&mentor.email, Way::Link).await;
        assert!(own.get("/mine").await.text().contains("Nobody yet."));
        let staff = who(&nobody, 3).await;
        for path in ["", "/edit", ""] {
            staff.get(&format!("/mentors/{}{path}", mentor.id)).await;
        }
        let page = own.get("/mine").await.text();
        assert_eq!(page.matches("23 November 2026: Sam Samordnare").count(), 1, "once a day");
        who(&nobody, 6).await.get("/mentors/export/a.csv").await;
        assert!(own.get("/mine").await.text().contains("23 November 2026: Ove Ägare"), "a file counts as well");
    }
}

/// A page does not offer what would be refused.
#[tokio::test]
async fn nobody_is_offered_what_they_may_not_do() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let own = things(&nobody, OWN).await;
        let offered = async |client: &Client| {
            let mut found = 0;
            for path in ["/home", "/mentees", "/mentors", "/rounds", "/programmes", &own[0], &own[4], &own[5], &own[6]]
            {
                let page = client.get(path).await.text();
                for act in
                    ["/new\"", "/edit\"", "/acts\"", "/leave\"", "<button class=\"button\">Approve", "formaction"]
                {
                    found += page.matches(act).count();
                }
            }
            found
        };
        assert_eq!(offered(&who(&nobody, 4).await).await, 0, "an auditor only looks");
        assert!(offered(&who(&nobody, 6).await).await > 10);
    }
}

/// Somebody who works for two sister organisations makes a round for one: the other's people are not in it.
#[tokio::test]
async fn a_round_holds_nobody_of_another_organisation() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        nobody.appointed("Tove Två", Some((StaffRole::Coordinator, OTHER)), Way::Passkey).await;
        let both = nobody.appointed("Tove Två", Some((StaffRole::Coordinator, OWN)), Way::Passkey).await;
        for organisation in [OWN, OTHER] {
            let form = [("sent", "1"), ("programme", "msf"), ("shared", "1"), ("acting", organisation)];
            let round = both.post("/rounds", &form).await.path;
            let id = Id::parse(round.trim_start_matches("/rounds/")).unwrap();
            let people = nobody.app.store.everywhere().round_people(&id).await.unwrap();
            assert!(!people.mentees.is_empty());
            assert!(people.mentees.iter().all(|mentee| mentee.organisation == organisation));
            assert!(people.mentors.iter().all(|mentor| mentor.organisation == organisation));
        }
    }
}

/// Somebody who is moved to another organisation after the round was made is not approved by the first.
#[tokio::test]
async fn nobody_is_approved_beyond_the_purview() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let staff = who(&nobody, 3).await;
        let round = staff.post("/rounds", &[("sent", "1"), ("programme", "msf"), ("shared", "1")]).await.path;
        let id = Id::parse(round.trim_start_matches("/rounds/")).unwrap();
        let store = nobody.app.store.everywhere();
        let (mentee, _, _) = store.proposals(&id).await.unwrap().remove(0);
        let (known, version) = store.one::<Mentee>(&mentee).await.unwrap();
        let moved = Mentee { organisation: OTHER.to_owned(), ..known };
        store.save(&moved, version, &["organisation"], &Stamp::program("test", clock())).await.unwrap();
        let approval = staff.get(&format!("{round}/approval")).await.text();
        assert!(approval.contains("One of the two is no longer with you."), "{approval}");
        let fields = [("version", "1"), ("mentee", mentee.as_str())];
        let refused = staff.post(&format!("{round}/approval"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!store.one::<Mentee>(&mentee).await.unwrap().0.paired);
    }
}

/// Being appointed somewhere gives nobody a new way into an account that can prove itself, and signs
/// nobody out.
#[tokio::test]
async fn an_appointment_opens_no_second_door() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (manager, owner) = (who(&nobody, 5).await, who(&nobody, 6).await);
        let account = nobody.app.store.account_by_email("ove.ägare@example.org").await.unwrap().unwrap();
        let stamp = Stamp::program("test", clock());
        nobody.app.store.add_passkey(&account.id, ("00", "en", "{}"), false, &stamp).await.unwrap();
        let form = [("name", "x"), ("email", "ove.ägare@example.org"), ("role", "coordinator"), ("organisation", OWN)];
        assert_eq!(manager.post("/staff/new", &form).await.path, "/staff");
        assert_eq!(owner.get("/staff").await.path, "/staff", "still signed in");
        let (mails, _) = nobody.app.store.everywhere().mails("", true, 0, 500).await.unwrap();
        let mail = mails.iter().find(|mail| mail.recipient == "ove.ägare@example.org").unwrap();
        assert_eq!(mail.template, "appointed", "no link in it");
        // An invitation whose appointment has ended invites nobody.
        let sam = who(&nobody, 3).await;
        assert_eq!(sam.get("/mentees").await.path, "/mentees");
        let held = nobody.app.store.everywhere().staff().await.unwrap();
        let held = held.iter().find(|row| row.account.name == "Sam Samordnare").unwrap();
        assert!(nobody.app.store.invites(&held.account.id, held.id.as_str()).await.unwrap());
        assert!(!nobody.app.store.invites(&account.id, held.id.as_str()).await.unwrap(), "another's");
        nobody.app.store.everywhere().dismiss(&held.id, &stamp).await.unwrap();
        assert!(!nobody.app.store.invites(&held.account.id, held.id.as_str()).await.unwrap());
    }
}

/// Whoever has lost the passkey is invited again by somebody who may give all that they hold; the new key takes the
/// place of the old, and nobody removes their last way in.
#[tokio::test]
async fn a_lost_passkey_is_replaced_and_the_last_one_stays() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (sam, manager, owner) = (who(&nobody, 3).await, who(&nobody, 5).await, who(&nobody, 6).await);
        let store = &nobody.app.store;
        let rows = store.everywhere().staff().await.unwrap();
        let row = |name: &str| rows.iter().find(|row| row.account.name == name).unwrap();
        let (own, of_owner) = (row("Sam Samordnare"), row("Ove Ägare"));
        let stamp = Stamp::program("test", clock());
        store.add_passkey(&own.account.id, ("00", "old", "{}"), false, &stamp).await.unwrap();
        let last = sam.post("/passkey/00/drop", &[]).await;
        assert!(last.text().contains("This is your only way in"), "{}", last.text());
        assert_eq!(manager.post(&format!("/staff/{}/invite", of_owner.id), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.post(&format!("/staff/{}/invite", own.id), &[]).await.path, "/staff");
        let (mails, _) = store.everywhere().mails("", true, 0, 500).await.unwrap();
        let mail = mails.iter().find(|mail| mail.recipient == own.account.email).unwrap();
        assert_eq!(mail.template, "invitation");
        // Whoever may not see staff sees no mail about appointments.
        let path = format!("/mail/{}", mail.id);
        assert_eq!(sam.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(owner.get(&path).await.status, StatusCode::OK);
        assert!(!sam.get("/mail").await.text().contains(&own.account.email));
        // The new passkey, by the invitation, is the only one.
        assert!(store.invites(&own.account.id, "").await.unwrap());
        store.add_passkey(&own.account.id, ("01", "new", "{}"), true, &stamp).await.unwrap();
        let keys: Vec<_> = store.passkeys(&own.account.id).await.unwrap().into_iter().map(|key| key.id).collect();
        assert_eq!(keys, ["01"]);
        assert_eq!(sam.get("/mentees").await.path, "/door", "signed out everywhere");
    }
}
