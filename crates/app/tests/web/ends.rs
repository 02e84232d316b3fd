//! How the two of a pair begin and end: the agreement that waits, an end by one of them, a year in which they never met.

use app::jobs::{pass, pass_bookings};
use axum::http::StatusCode;
use mentoring::{Language, Mentee, Occasion, Side};
use store::{NewLink, PairRow, Way};

use super::client::{Client, clock, digest, each};
use super::way::{answers, approved, begun, day, emails, flags, link, state};

/// The letters of a kind to an address.
async fn letters(client: &Client, email: &str, template: &str) -> usize {
    let mails = client.app.store.mails_to(email).await.unwrap();
    mails.into_iter().filter(|mail| mail.template == template).count()
}

/// A pair of which both have said yes.
async fn agreeing(client: &Client) -> PairRow {
    let row = approved(client).await.swap_remove(0);
    for side in ["mentor", "mentee"] {
        client.post(&format!("/pairs/{}", row.pair.id), &[("act", "yes"), ("side", side)]).await;
    }
    row
}

#[tokio::test]
async fn whoever_has_not_accepted_the_agreement_is_told_that_it_waits() {
    each(async |client| {
        let row = agreeing(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let nobody = Client::stranger(&client.app);
        let his = link(&client, "agreement", &row, Side::Mentor).await;
        let read = nobody.get(&his).await.after("name=\"agreement\" value=\"");
        nobody.post(&his, &[("act", "agree"), ("independent", "yes"), ("agreement", &read)]).await;
        let waits = async || {
            (letters(&client, &mentor, "agreement-waits").await, letters(&client, &mentee, "agreement-waits").await)
        };
        assert_eq!(waits().await, (0, 1), "the other one has accepted it");
        client.app.clock.set_day("2026-12-02".parse().unwrap());
        pass(&client.app).await.unwrap();
        assert_eq!(waits().await, (0, 1), "they have ten days to meet");
        client.app.clock.set_day("2026-12-03".parse().unwrap());
        pass(&client.app).await.unwrap();
        assert_eq!(waits().await, (0, 2));
        client.app.clock.set_day("2026-12-20".parse().unwrap());
        pass(&client.app).await.unwrap();
        assert_eq!(waits().await, (0, 2), "once");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn from_the_first_meeting_the_agreement_is_a_step_away() {
    each(async |client| {
        let row = agreeing(&client).await;
        let (mentee, _) = emails(&client, &row).await;
        let nobody = Client::stranger(&client.app);
        let hers = link(&client, "answer", &row, Side::Mentee).await;
        let times = [("act", "agreed"), ("time", "2026-12-03T10:00"), ("minutes", "60"), ("form", "phone")];
        nobody.post(&hers, &times).await;
        let bookings = client.app.store.everywhere().bookings(Occasion::Meeting, &row.pair.id).await.unwrap();
        let new = NewLink {
            secret: digest("met"),
            purpose: "booking",
            subject: format!("{} guest", bookings[0].booking.id),
            email: mentee,
            ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
            ..NewLink::default()
        };
        client.app.store.make_link(&new, clock()).await.unwrap();
        assert_eq!(nobody.get("/booking/met/agreement").await.status, StatusCode::GONE, "they have not met");
        client.app.clock.set_day("2026-12-04".parse().unwrap());
        let told = nobody.post("/booking/met", &[("act", "held"), ("minutes", "60"), ("form", "phone")]).await;
        assert!(told.text().contains("href=\"/booking/met/agreement\""), "{}", told.text());
        let page = nobody.get("/booking/met/agreement").await;
        let read = page.after("name=\"agreement\" value=\"");
        let ended = nobody.post("/booking/met/agreement", &[("act", "end")]).await;
        assert_eq!(ended.status, StatusCode::UNPROCESSABLE_ENTITY, "the link is for the agreement");
        nobody.post("/booking/met/agreement", &[("act", "agree"), ("independent", "yes"), ("agreement", &read)]).await;
        assert!(!nobody.get("/booking/met").await.text().contains("/booking/met/agreement"), "it is accepted");
        let pair = client.app.store.everywhere().pair(&row.pair.id).await.unwrap().pair;
        assert_eq!(pair.state.to_agree(), [Side::Mentor]);
    })
    .await;
}

#[tokio::test]
async fn either_of_the_two_can_end_it_and_need_not_say_why() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        let his = client.signed_in(&mentor, Way::Link).await;
        assert!(his.get(&own).await.text().contains("Rather not say"));
        let left = his.post(&own, &[("act", "end"), ("reason", "left")]).await;
        assert_eq!(left.status, StatusCode::UNPROCESSABLE_ENTITY, "that is for staff to say");
        his.post(&own, &[("act", "end"), ("words", "Jag hinner inte.")]).await;
        let ended = client.app.store.everywhere().pair(&row.pair.id).await.unwrap();
        assert_eq!((ended.pair.state.code(), ended.reason.as_str()), ("early", "untold"));
        assert_eq!(
            (letters(&client, &mentor, "pair-changed").await, letters(&client, &mentee, "pair-changed").await),
            (1, 1)
        );
        let (waits, _) = client.app.store.everywhere().one::<Mentee>(&row.pair.mentee).await.unwrap();
        assert!(!waits.paired, "she waits again");
        let hers = client.signed_in(&mentee, Way::Link).await.get(&own).await.text();
        assert!(!hers.contains("Jag hinner inte.") && !hers.contains("ather not say"), "what he says is not for her");
        let staff = client.get(&format!("/pairs/{}", row.pair.id)).await.text();
        assert!(staff.contains("Jag hinner inte."));
        let queue = client.get("/").await.text();
        assert!(queue.contains(&row.mentee_name) && queue.contains("Needs another mentor"), "{queue}");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn of_a_place_on_the_list_only_whoever_waits_is_told() {
    each(async |client| {
        let rows = approved(&client).await;
        let apart = |it: &&PairRow| it.pair.mentor != rows[0].pair.mentor;
        let two = [&rows[0], rows.iter().find(apart).unwrap()];
        for (row, reason, hers) in [(two[0], "reached", "pair-changed"), (two[1], "time", "pair-not-this-time")] {
            let path = format!("/pairs/{}", row.pair.id);
            for side in ["mentor", "mentee"] {
                client.post(&path, &[("act", "yes"), ("side", side)]).await;
            }
            client.post(&path, &[("act", "end"), ("reason", reason)]).await;
            let (mentee, mentor) = emails(&client, row).await;
            for template in ["pair-changed", "pair-not-this-time"] {
                assert_eq!(letters(&client, &mentee, template).await, usize::from(template == hers), "{reason}");
            }
            assert_eq!(letters(&client, &mentor, "pair-not-this-time").await, 1, "{reason}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_never_met_have_completed_nothing() {
    each(async |client| {
        let row = begun(&client).await;
        day(&client, "2027-11-09").await;
        let last = ("final", "2027-11-09");
        let nothing = answers(&client, &row, Side::Mentee, last, &[("answer", "2")]).await.text();
        assert!(nothing.contains("Thank you for telling us") && !nothing.contains("diploma"), "{nothing}");
        answers(&client, &row, Side::Mentor, last, &[("answer", "3")]).await;
        day(&client, "2027-11-24").await;
        assert_eq!(
            (state(&client, &row).await.as_str(), flags(&client, &row).await.contains(&"over")),
            ("active", true)
        );
        let (mentee, _) = emails(&client, &row).await;
        assert_eq!(letters(&client, &mentee, "pair-completed").await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_the_last_day_a_reminder_is_about_the_evaluation() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        day(&client, "2027-11-09").await;
        day(&client, "2027-12-08").await;
        assert!(flags(&client, &row).await.contains(&"over"), "{:?}", flags(&client, &row).await);
        answers(&client, &row, Side::Mentee, ("final", "2027-11-09"), &[("answer", "9")]).await;
        let staff = client.signed_in_until("karin@example.org", Way::Demo, "2030-01-01T00:00:00Z").await;
        let pair = format!("/pairs/{}", row.pair.id);
        let flag = staff.get(&pair).await.after(&format!("action=\"{pair}/flags/"));
        let before = letters(&client, &mentor, "follow-up").await;
        staff.post(&format!("{pair}/flags/{flag}"), &[("act", "remind")]).await;
        assert_eq!(letters(&client, &mentor, "follow-up").await, before + 1);
        assert_eq!(letters(&client, &mentor, "pair-nudged").await, 0, "no time is to be agreed on any more");
        assert_eq!(letters(&client, &mentee, "pair-nudged").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_have_met_without_telling_do_so_with_the_evaluation() {
    each(async |client| {
        let row = begun(&client).await;
        day(&client, "2027-11-09").await;
        let last = ("final", "2027-11-09");
        let met = [("answer", "9"), ("day", "2027-10-01"), ("minutes", "90"), ("form", "place")];
        let thanks = answers(&client, &row, Side::Mentee, last, &met).await.text();
        assert!(thanks.contains("Then you get your diploma"), "{thanks}");
        let second = answers(&client, &row, Side::Mentor, last, &[("answer", "9")]).await.text();
        assert!(!second.contains("No meeting has been noted"), "one of them has told");
        day(&client, "2027-11-24").await;
        assert_eq!(state(&client, &row).await, "completed");
    })
    .await;
}

#[tokio::test]
async fn what_is_booked_is_told_of_the_day_before_and_with_a_break() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        let his = client.signed_in_until(&mentor, Way::Link, "2028-01-01T00:00:00Z").await;
        let time = [("act", "agreed"), ("time", "2026-12-10T15:00"), ("minutes", "60"), ("form", "phone")];
        his.post(&own, &time).await;
        pass_bookings(&client.app).await.unwrap();
        assert_eq!(letters(&client, &mentee, "booking-soon").await, 0);
        client.app.clock.set_day("2026-12-10".parse().unwrap());
        pass_bookings(&client.app).await.unwrap();
        pass_bookings(&client.app).await.unwrap();
        for email in [&mentee, &mentor] {
            assert_eq!(letters(&client, email, "booking-soon").await, 1, "{email}");
        }
        // Times that nobody chooses are asked about once more.
        let his = client.signed_in_until(&mentor, Way::Link, "2028-01-01T00:00:00Z").await;
        let times = [("act", "propose"), ("time", "2027-01-20T10:00"), ("minutes", "60"), ("form", "phone")];
        his.post(&own, &times).await;
        client.app.clock.set_day("2026-12-14".parse().unwrap());
        pass_bookings(&client.app).await.unwrap();
        pass_bookings(&client.app).await.unwrap();
        assert_eq!(letters(&client, &mentee, "booking-times").await, 2);
        // Whoever has been told of a break can end it from the letter.
        let his = client.signed_in_until(&mentor, Way::Link, "2028-01-01T00:00:00Z").await;
        his.post(&own, &[("act", "pause"), ("until", "2027-01-31")]).await;
        let hers = link(&client, "meet", &row, Side::Mentee).await;
        let nobody = Client::stranger(&client.app);
        let resumed = nobody.post(&hers, &[("act", "resume")]).await;
        assert_eq!(state(&client, &row).await, "active", "{}", resumed.text());
    })
    .await;
}

#[tokio::test]
async fn one_is_written_to_in_the_language_that_one_has_chosen() {
    each(async |client| {
        let row = begun(&client).await;
        let (_, mentor) = emails(&client, &row).await;
        let his = client.signed_in(&mentor, Way::Link).await;
        let written =
            async || client.app.store.everywhere().pair_and_parties(&row.pair.id).await.unwrap().1.mentor_language;
        for language in [Language::Swedish, Language::English, Language::Swedish] {
            his.post("/mine/language", &[("language", language.tag())]).await;
            assert_eq!(written().await, language);
        }
        assert_eq!(his.post("/mine/language", &[("language", "xx")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(written().await, Language::Swedish);
    })
    .await;
}
