//! The public pages, and the owner's hand in them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mentoring::StaffRole;
use store::Way;

use super::client::{Client, filled, open};

/// A PNG file of one red point.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(1, 1, image::Rgb([200, 0, 0])).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_stranger_reads_what_the_programme_is_and_who_delivers_it() {
    for store in filled().await {
        let stranger = Client::stranger(&open(store));
        let front = stranger.get("/").await;
        assert_eq!(front.path, "/");
        for text in ["/apply/mentee", "/apply/mentor", "SCORE", "Mentor Utveckla"] {
            assert!(front.text().contains(text), "{text}");
        }
        let malmo = stranger.get("/where?municipality=1280").await.text();
        let found = malmo.split("role=\"status\"").nth(1).unwrap().split("</dl>").next().unwrap();
        assert!(
            found.contains("Nystartscentrum Skåne Blekinge") && found.contains("Utvecklingsbolaget Syd"),
            "{found}"
        );
        assert!(malmo.contains("wait"));
        for path in ["/privacy", "/accessibility", "/where?municipality=zz"] {
            assert_eq!(stranger.get(path).await.status, StatusCode::OK, "{path}");
        }
        let privacy = stranger.get("/privacy").await.text();
        assert!(privacy.contains("Interest form") && privacy.contains("12 months"), "{privacy}");
    }
}

/// A visitor on a bad line is not made to wait: every public page is small on the wire.
#[tokio::test]
async fn public_pages_weigh_little() {
    let stranger = Client::stranger(&open(filled().await.remove(0)));
    for path in ["/", "/where", "/privacy", "/accessibility", "/apply/mentee", "/door"] {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip");
        let answer = stranger.send(request, Body::empty()).await;
        assert!(answer.bytes.len() < 60_000, "{path}: {}", answer.bytes.len());
        assert!(answer.bytes.starts_with(&[0x1f, 0x8b]), "{path} is packed");
    }
}

#[tokio::test]
async fn the_owner_writes_the_pages() {
    for store in filled().await {
        let stranger = Client::stranger(&open(store));
        let owner = stranger.appointed("Ove", Some((StaffRole::Owner, "agare")), Way::Passkey).await;
        let body = "## Nytt\n\n[länk](https://example.se) <script>x</script>";
        let preview = owner.post("/site/texts/front/en", &[("version", "0"), ("body", body), ("preview", "1")]).await;
        assert!(preview.text().contains("<h2>Nytt</h2>"), "{}", preview.text());
        assert!(!stranger.get("/").await.text().contains("Nytt"), "a preview changes nothing");
        owner.post("/site/texts/front/en", &[("version", "0"), ("body", body)]).await;
        let front = stranger.get("/").await.text();
        assert!(front.contains("<h2>Nytt</h2>") && front.contains("&lt;script&gt;") && !front.contains("<script>x"));
        let late = owner.post("/site/texts/front/en", &[("version", "0"), ("body", "x")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "nobody overwrites another's text unseen");

        let wrong = owner.post("/site", &[("version", "0"), ("linkedin", "javascript:alert(1)")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("cannot be used"));
        let fields = [
            ("version", "0"),
            ("linkedin", "https://www.linkedin.com/company/exempel"),
            ("controller", "Exempel AB, 556677-8899"),
            ("privacy_email", "dso@example.se"),
        ];
        owner.post("/site", &fields).await;
        assert!(stranger.get("/").await.text().contains("linkedin.com/company/exempel"));
        assert!(stranger.get("/privacy").await.text().contains("Exempel AB, 556677-8899"));

        let story =
            [("language", "en"), ("title", "Two bakers"), ("body", "They *met*."), ("video", "https://v.example/1")];
        owner.post("/site/stories/new", &story).await;
        assert!(!stranger.get("/").await.text().contains("Two bakers"), "hidden until both have said yes");
        let path = owner.get("/site").await.after("<a href=\"/site/stories/");
        let path = if path == "new" { panic!("the story is listed") } else { format!("/site/stories/{path}") };
        let seen = format!("{}/picture", path.trim_start_matches("/site"));
        let wrong = owner.upload(&format!("{path}/picture"), &[("text", "Two bakers")], "picture", b"no picture").await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("Choose a picture"));
        let untold = owner.upload(&format!("{path}/picture"), &[("text", " ")], "picture", &png()).await;
        assert!(untold.text().contains("Write what the picture shows"));
        let page = owner.upload(&format!("{path}/picture"), &[("text", "Two \"bakers\"")], "picture", &png()).await;
        assert!(page.text().contains("alt=\"Two &#34;bakers&#34;\""), "{}", page.text());
        assert!(owner.get(&seen).await.bytes.starts_with(&[0xff, 0xd8]), "the owner sees it");
        assert_eq!(stranger.get(&seen).await.status, StatusCode::NOT_FOUND, "nobody else before it is shown");
        let late: Vec<(&str, &str)> = story.iter().copied().chain([("version", "1")]).collect();
        assert_eq!(owner.post(&path, &late).await.status, StatusCode::CONFLICT, "the picture came in between");
        let shown: Vec<(&str, &str)> = story.iter().copied().chain([("shown", "yes"), ("version", "2")]).collect();
        owner.post(&path, &shown).await;
        assert!(stranger.get("/").await.text().contains(&format!("src=\"{seen}?v=")));
        assert!(stranger.get(&seen).await.bytes.starts_with(&[0xff, 0xd8]));
        owner.post(&format!("{path}/picture/drop"), &[]).await;
        assert_eq!(stranger.get(&seen).await.status, StatusCode::NOT_FOUND);
        let front = stranger.get("/").await.text();
        assert!(
            front.contains("Two bakers") && front.contains("<em>met</em>") && front.contains("https://v.example/1")
        );
        assert!(!front.contains("<iframe") && !front.contains("<video"), "nothing is loaded until it is clicked");
        owner.post(&format!("{path}/drop"), &[]).await;
        assert!(!stranger.get("/").await.text().contains("Two bakers"));
    }
}
