//! The room of a pair: what the two write to each other is theirs alone.

use app::jobs::clear_rooms;
use axum::http::StatusCode;
use mentoring::EndReason;
use store::{NewLink, PairRow, Way};

use super::client::{Answer, Client, clock, digest, each};
use super::privacy::unzipped;
use super::way::{begun, emails};

const CANARY: &str = "Kanariefågelsparven";

/// The two of a pair that has begun, each signed in, and the address of the room.
async fn two(client: &Client) -> (PairRow, Client, Client, String) {
    let row = begun(client).await;
    let (mentee, mentor) = emails(client, &row).await;
    let his = client.signed_in_until(&mentor, Way::Link, "2030-01-01T00:00:00Z").await;
    let hers = client.signed_in_until(&mentee, Way::Link, "2030-01-01T00:00:00Z").await;
    let room = format!("/mine/pairs/{}/room", row.pair.id);
    (row, his, hers, room)
}

async fn write(of: &Client, room: &str, act: &str, words: &str, due: &str) -> Answer {
    of.upload(room, &[("act", act), ("words", words), ("due", due)], "file", b"").await
}

async fn letters(client: &Client, email: &str) -> usize {
    let mails = client.app.store.mails_to(email).await.unwrap();
    mails.into_iter().filter(|mail| mail.template == "pair-written").count()
}

fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert!(answer.text().contains(why), "{why}: {}", answer.text());
}

#[tokio::test]
async fn what_the_two_write_is_read_by_the_two_and_by_nobody_else() {
    each(async |client| {
        let (row, his, hers, room) = two(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        refused(&write(&his, &room, "message", " ", "").await, "Write something");
        write(&his, &room, "message", &format!("Hej! {CANARY}"), "").await;
        write(&his, &room, "message", "Och en sak till.", "").await;
        assert_eq!(
            (letters(&client, &mentee).await, letters(&client, &mentor).await),
            (1, 0),
            "two in a row, one letter"
        );
        assert!(hers.get("/mine").await.text().contains("2 new messages"));
        let seen = hers.get(&room).await.text();
        assert!(seen.contains(CANARY) && seen.contains("Och en sak till."));
        assert!(!hers.get("/mine").await.text().contains("new messages"));
        assert!(his.get(&room).await.text().contains("· seen"));
        // She answers by the link of the letter, where there is nothing but the messages.
        write(&hers, &room, "note", &format!("Bara för mig: {CANARY}"), "").await;
        write(&hers, &room, "goal", "Tio kunder till sommaren", "2027-06-01").await;
        let link = NewLink {
            secret: digest("room"),
            purpose: "room",
            subject: format!("{} mentee", row.pair.id),
            email: mentee.clone(),
            ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
            ..NewLink::default()
        };
        client.app.store.make_link(&link, clock()).await.unwrap();
        let nobody = Client::stranger(&client.app);
        let linked = nobody.get("/room/room").await.text();
        assert!(
            linked.contains("Och en sak till.") && !linked.contains("Bara för mig") && !linked.contains("Tio kunder")
        );
        refused(&write(&nobody, "/room/room", "goal", "x", "").await, "cannot be done here");
        assert!(write(&nobody, "/room/room", "message", "Tack!", "").await.text().contains("Tack!"));
        assert_eq!(letters(&client, &mentor).await, 1);
        // Her note is hers; the goal is both's.
        let his_page = his.get(&room).await.text();
        assert!(his_page.contains("Tio kunder till sommaren") && !his_page.contains("Bara för mig"));
        // Nobody else comes in, and nothing of it stands anywhere that others see.
        for path in [room.clone(), format!("/mine/pairs/{}", row.pair.id)] {
            assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(write(&client, &room, "message", "x", "").await.status, StatusCode::NOT_FOUND);
        for path in [format!("/pairs/{}", row.pair.id), "/mail".to_owned(), "/home".to_owned(), "/pairs".to_owned()] {
            assert!(!client.get(&path).await.text().contains("sparven"), "{path}");
        }
        let zip = hers.get("/mine/data.zip").await.bytes;
        assert!(unzipped(&zip, "data.json").contains("Bara för mig"));
        let zip = his.get("/mine/data.zip").await.bytes;
        let taken = unzipped(&zip, "data.json");
        assert!(taken.contains(&format!("Hej! {CANARY}")) && !taken.contains("Bara för mig"));
        // Erased with either of the two.
        client
            .app
            .store
            .erase(&mentor, jiff::civil::date(2026, 11, 30), &store::Stamp::program("erasure", clock()))
            .await
            .unwrap();
        assert!(!client.app.store.dump_for_test().await.unwrap().contains("sparven"));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn goals_are_ticked_off_by_either_and_removed_by_whoever_wrote_them() {
    each(async |client| {
        let (row, his, hers, room) = two(&client).await;
        let typed = write(&hers, &room, "homework", "Ring tre kunder", "2026-11-22").await;
        refused(&typed, "Choose a day from today");
        assert!(typed.text().contains("Ring tre kunder"), "what was written is not lost");
        write(&hers, &room, "homework", "Ring tre kunder", "2026-12-01").await;
        assert!(his.get("/mine").await.text().contains("Ring tre kunder (By 1 December 2026)"));
        let entry = client.app.store.room(&row.pair.id, &row.pair.mentor).await.unwrap().remove(0).entry.id;
        let act = async |of: &Client, act: &str| {
            of.upload(&room, &[("act", act), ("entry", entry.as_str())], "file", b"").await
        };
        refused(&act(&his, "drop").await, "Only whoever has written can remove");
        assert!(act(&his, "tick").await.text().contains("Done on 23 November 2026"));
        assert!(!hers.get("/mine").await.text().contains("Ring tre kunder"));
        assert!(act(&hers, "tick").await.text().contains("By 1 December 2026"));
        assert!(act(&hers, "drop").await.text().contains("Nothing yet"));
        assert_eq!(act(&hers, "drop").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn files_go_with_messages_within_limits_and_to_the_two_only() {
    each(async |client| {
        let (row, his, hers, room) = two(&client).await;
        let send =
            async |bytes: &[u8]| his.upload(&room, &[("act", "message"), ("words", "Se här.")], "file", bytes).await;
        refused(&send(&vec![7; 10 * 1024 * 1024 + 1]).await, "too large");
        let page = send(b"<script>alert(1)</script>").await;
        assert_eq!(page.status, StatusCode::OK);
        let entry = client.app.store.room(&row.pair.id, &row.pair.mentee).await.unwrap().remove(0).entry;
        assert_eq!(entry.file, "a file");
        let path = format!("/mine/pairs/{}/files/{}", row.pair.id, entry.id);
        for of in [&his, &hers] {
            let file = of.get(&path).await;
            assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, &b"<script>alert(1)</script>"[..]));
        }
        assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND);
        let (status, headers) = hers.raw(axum::http::Request::get(path.as_str()), axum::body::Body::empty()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["content-type"], "application/octet-stream");
        assert_eq!(headers["content-disposition"], "attachment; filename*=UTF-8''a%20file");
        let zip = hers.get("/mine/data.zip").await.bytes;
        assert_eq!(unzipped(&zip, &format!("files/{}/a file", entry.id)), "<script>alert(1)</script>");
        his.upload(&room, &[("act", "drop"), ("entry", entry.id.as_str())], "file", b"").await;
        assert_eq!(hers.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_year_after_the_end_the_room_is_destroyed_and_not_before_both_were_told_twice() {
    each(async |client| {
        let (row, his, _, room) = two(&client).await;
        let (mentee, _) = emails(&client, &row).await;
        write(&his, &room, "message", CANARY, "").await;
        client.post(&format!("/pairs/{}", row.pair.id), &[("act", "end"), ("reason", EndReason::Time.code())]).await;
        refused(&write(&his, &room, "message", "För sent", "").await, "The pair has ended");
        assert!(his.get(&room).await.text().contains(CANARY), "it can still be read");
        let told = async || {
            let mails = client.app.store.mails_to(&mentee).await.unwrap();
            mails.into_iter().filter(|mail| mail.template == "room-ends").count()
        };
        for (day, letters, cleared) in [
            ("2027-09-23", 0, 0),
            ("2027-09-24", 1, 0),
            ("2027-11-08", 1, 0),
            ("2027-11-09", 2, 0),
            ("2027-11-22", 2, 0),
            ("2027-11-23", 2, 1),
        ] {
            client.app.clock.set_day(day.parse().unwrap());
            let done = clear_rooms(&client.app).await.unwrap();
            assert_eq!((told().await, done), (letters, cleared), "{day}");
        }
        assert_eq!(client.app.store.room(&row.pair.id, &row.pair.mentor).await.unwrap(), []);
        assert_eq!(clear_rooms(&client.app).await.unwrap(), 0);
    })
    .await;
}
