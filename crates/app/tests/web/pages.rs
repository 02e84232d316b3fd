use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::client::{Client, each};

#[tokio::test]
async fn every_page_answers_in_both_languages() {
    each(async |client| {
        for path in [
            "/home",
            "/mail",
            "/staff",
            "/staff/new",
            "/mine",
            "/programmes",
            "/mentees",
            "/mentors?county=01&q=a",
            "/rounds",
            "/rounds/new?effect=1",
            "/pairs",
            "/import",
            "/about",
            "/door",
        ] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.text().contains("<html lang=\"en\">"), "{path}");
        }
        let swedish = Request::get("/home").header("accept-language", "sv-SE,sv;q=0.9");
        let answer = client.send(swedish, Body::empty()).await;
        assert!(answer.text().contains("lang=\"en\""), "the choice counts before what the browser says");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_not_said_who_they_are_is_led_to_the_door() {
    for store in store::testing::fresh().await {
        let client = Client::new(store, "").await;
        let answer = client.get("/mentees").await;
        assert_eq!(answer.path, "/door");
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_with_a_way_out() {
    each(async |client| {
        for path in
            ["/nothing", "/mentees/0000000000000", "/rounds/0000000000000", "/mentees/..%2f..", "/rounds/x/mentees/y"]
        {
            let answer = client.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.text().contains("There is no such page"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_this_machines_own_names_are_answered() {
    each(async |client| {
        for (host, status) in [
            ("localhost:8080", 200),
            ("127.0.0.1", 200),
            ("[::1]:8080", 200),
            ("evil.example:8080", 421),
            ("localhost.evil.example", 421),
        ] {
            assert_eq!(client.host(host).get("/about").await.status.as_u16(), status, "{host}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    each(async |client| {
        let request = Request::post("/rounds")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = client.send(request, Body::from("sent=1")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn the_language_link_never_leads_to_another_host() {
    each(async |client| {
        for back in ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example"] {
            let answer =
                client.get(&format!("/language/sv?back={}", back.replace('\\', "%5C").replace('\t', "%09"))).await;
            assert_eq!(answer.path, "/home", "{back}");
        }
    })
    .await;
}
