use axum::http::StatusCode;

use super::client::each;

const FORM: [(&str, &str); 12] = [
    ("version", "1"),
    ("name", "Mentor Utveckla Företag"),
    ("needs", "400"),
    ("values", "180"),
    ("stage", "135"),
    ("industry", "90"),
    ("practical", "45"),
    ("wishes", "50"),
    ("waiting", "100"),
    ("full_wait", "90"),
    ("rule", "language"),
    ("rule", "distance"),
];

#[tokio::test]
async fn a_programme_has_weights_and_rules_of_its_own() {
    each(async |client| {
        let list = client.get("/programmes").await;
        assert!(list.text().contains("Mentor Starta Företag") && list.text().contains("Utvecklingsbolaget Syd"));
        let saved = client.post("/programmes/muf", &FORM).await;
        assert_eq!((saved.status, saved.path.as_str()), (StatusCode::OK, "/programmes"));
        let form = client.get("/programmes/muf").await;
        assert!(form.text().contains("name=\"needs\" min=\"0\" max=\"1000\" value=\"400\""), "{}", form.text());
        let late = client.post("/programmes/muf", &FORM).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let heavy = FORM.map(|(name, value)| (name, if name == "needs" { "900" } else { value }));
        let refused = client.post("/programmes/muf", &heavy).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("points together") && refused.text().contains("value=\"900\""));

        // A round keeps each programme's own, as long as the form leaves them alone.
        let new = client.get("/rounds/new").await;
        let began = new.after("name=\"began\" value=\"");
        assert!(new.text().contains("value=\"315\""), "the form shows those of the first programme");
        let mut fields = vec![("sent", "1"), ("began", began.as_str()), ("programme", "muf"), ("needs", "315")];
        let shown = [("values", "180"), ("stage", "135"), ("industry", "90"), ("practical", "90")];
        fields.extend(shown.into_iter().chain([("wishes", "40"), ("waiting", "100")]));
        fields.extend(["language", "distance", "gender", "competitor", "earlier"].map(|rule| ("rule", rule)));
        let made = client.post("/rounds", &fields).await;
        let scenarios = client.get(&format!("{}/scenarios", made.path)).await.text();
        let value = |name: &str, points: &str| {
            scenarios.contains(&format!("name=\"{name}\" min=\"0\" max=\"1000\" value=\"{points}\""))
        };
        assert!(value("needs", "400") && value("practical", "45"), "what was left alone is the programme's own");
        assert!(value("wishes", "40"), "what was changed holds");

        // The form shown again holds what was typed, not what came of it for one programme.
        let effect: Vec<String> = fields.iter().map(|(key, text)| format!("{key}={text}")).collect();
        let again = client.get(&format!("/rounds/new?{}&effect=1", effect.join("&").replace(' ', "%20"))).await.text();
        let typed = |name: &str, points: &str| {
            again.contains(&format!("name=\"{name}\" min=\"0\" max=\"1000\" value=\"{points}\""))
        };
        assert!(
            typed("needs", "315")
                && typed("wishes", "40")
                && again.contains(&format!("name=\"began\" value=\"{began}\""))
        );
    })
    .await;
}

#[tokio::test]
async fn organisations_are_added_and_changed() {
    each(async |client| {
        let fields = [
            ("code", "eget"),
            ("name", "Eget centrum"),
            ("kind", "centre"),
            ("parent", "nystart"),
            ("area", "msf 10"),
            ("area", "msf 12"),
        ];
        let added = client.post("/organisations/new", &fields).await;
        assert_eq!(added.path, "/programmes", "{}", added.text());
        assert!(
            added.text().contains("Eget centrum") && client.get("/mentees/new").await.text().contains("Eget centrum")
        );
        let twice = client.post("/organisations/new", &fields).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        for (code, parent) in [("", "agare"), ("Två Ord", "agare"), ("eget2", "finns-inte")] {
            let mut faulty = fields.to_vec();
            faulty.retain(|field| field.0 != "code" && field.0 != "parent");
            faulty.extend([("code", code), ("parent", parent)]);
            let refused = client.post("/organisations/new", &faulty).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code} under {parent}");
        }
        // Something wrong loses nothing of what was ticked and typed.
        let mut misspelt = fields.to_vec();
        misspelt.retain(|field| field.0 != "code");
        misspelt.extend([("code", "eget3"), ("only-msf", "Malmö, Lundd"), ("from-msf", "2027-01-01")]);
        let refused = client.post("/organisations/new", &misspelt).await.text();
        assert!(refused.contains("href=\"#only-msf\"") && refused.contains("value=\"Malmö, Lundd\""), "{refused}");
        assert!(refused.contains("value=\"msf 12\" checked") && refused.contains("value=\"2027-01-01\""), "{refused}");
        misspelt.extend([("until-msf", "2026-01-01")]);
        misspelt.retain(|field| field.0 != "only-msf");
        assert!(client.post("/organisations/new", &misspelt).await.text().contains("The last day is before the first"));
        let changed = [("version", "1"), ("name", "Nytt namn"), ("kind", "centre"), ("parent", ""), ("area", "msf 10")];
        client.post("/organisations/eget", &changed).await;
        let form = client.get("/organisations/eget").await.text();
        assert!(form.contains("Nytt namn") && form.contains("name=\"version\" value=\"2\""));
        assert_eq!(client.post("/organisations/eget", &changed).await.status, StatusCode::CONFLICT);
        assert_eq!(client.get("/organisations/nobody").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
