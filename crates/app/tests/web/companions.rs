//! More people in a pair than two: a second mentor, a colleague of the mentee.

use axum::http::StatusCode;
use mentoring::{Company, Mentee, Mentor, Side};
use store::{Filter, NewLink, PairRow, Way};

use super::client::{Answer, Client, clock, digest, each};
use super::way::{answers, approved, begun, day, emails, state};

async fn letters(client: &Client, email: &str, template: &str) -> usize {
    let mails = client.app.store.mails_to(email).await.unwrap();
    mails.into_iter().filter(|mail| mail.template == template).count()
}

fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert!(answer.text().contains(why), "{why}: {}", answer.text());
}

/// A mentor with a free place, made to fit so that no rule forbids them.
async fn free_mentor(client: &Client, row: &PairRow) -> Mentor {
    let filter = Filter { today: client.app.today(), state: "free".to_owned(), ..Filter::default() };
    let everywhere = client.app.store.everywhere();
    let (mentee, _) = everywhere.one::<Mentee>(&row.pair.mentee).await.unwrap();
    let all = everywhere.list::<Mentor>(&filter, 0, 1000).await.unwrap().people;
    let found = all.into_iter().find(|mentor| mentor.id != row.pair.mentor).unwrap();
    let (mut mentor, version) = everywhere.one::<Mentor>(&found.id).await.unwrap();
    mentor.programmes = vec![row.pair.programme.clone()];
    mentor.municipality = mentee.municipality;
    mentor.languages = mentee.languages.iter().map(|(tongue, _)| (*tongue, mentoring::Fluency::Fluent)).collect();
    mentor.gender = mentee.mentor_gender.map(|wish| wish.gender);
    (mentor.company, mentor.conflicts) = (None, Vec::new());
    everywhere.save(&mentor, version, &["municipality"], &store::Stamp::program("test", clock())).await.unwrap();
    mentor
}

/// Takes part by the link of the letter.
async fn joins(client: &Client, row: &PairRow, email: &str) {
    let all = client.app.store.everywhere().companions(&row.pair.id).await.unwrap();
    let id = all.into_iter().find(|it| it.email == email).unwrap().id;
    let link = NewLink {
        secret: digest(email),
        purpose: "companion-joining",
        subject: id.to_string(),
        email: email.to_owned(),
        ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
        ..NewLink::default()
    };
    client.app.store.make_link(&link, clock()).await.unwrap();
    let nobody = Client::stranger(&client.app);
    let path = format!("/join/{email}");
    refused(&nobody.post(&path, &[]).await, "Tick that it is so");
    refused(&nobody.post(&path, &[("independent", "yes"), ("agreement", "x")]).await, "The agreement has changed");
    let read = nobody.get(&path).await.after("name=\"agreement\" value=\"");
    let done = nobody.post(&path, &[("independent", "yes"), ("agreement", &read)]).await.text();
    assert!(done.contains("You take part in the pair"), "{done}");
}

#[tokio::test]
async fn a_second_mentor_takes_a_place_and_part_and_leaves_with_the_pair() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let other = free_mentor(&client, &row).await;
        // What the two have written before is not told to whoever joins later.
        let early = client.signed_in_until(&mentor, Way::Link, "2030-01-01T00:00:00Z").await;
        let before = format!("/mine/pairs/{}/room", row.pair.id);
        early.upload(&before, &[("act", "message"), ("words", "Bara till dig, Hilma.")], "file", b"").await;
        client.app.store.run_for_test("UPDATE entry SET made_at = '2026-11-22T09:00:00.000000Z'").await.unwrap();
        let path = format!("/pairs/{}/companions", row.pair.id);
        refused(&client.post(&path, &[("side", "mentor"), ("email", "nobody@example.org")]).await, "Nobody of yours");
        refused(&client.post(&path, &[("side", "mentor"), ("email", &mentor)]).await, "takes part in the pair already");
        client.post(&path, &[("side", "mentor"), ("email", &other.email)]).await;
        refused(&client.post(&path, &[("side", "mentor"), ("email", &other.email)]).await, "already");
        let places = async || client.app.store.everywhere().one::<Mentor>(&other.id).await.unwrap().0.open_pairs;
        assert_eq!(places().await, other.open_pairs + 1);
        assert_eq!(client.app.store.faults().await.unwrap(), []);
        // Nothing is seen before the agreement is accepted.
        let theirs = client.signed_in_until(&other.email, Way::Link, "2030-01-01T00:00:00Z").await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        assert_eq!(theirs.get(&own).await.status, StatusCode::NOT_FOUND);
        joins(&client, &row, &other.email).await;
        for email in [&mentee, &mentor, &other.email] {
            assert_eq!(letters(&client, email, "companion-joined").await, 1, "{email}");
        }
        assert!(theirs.get(&own).await.text().contains(&mentee), "how to reach the mentee");
        let hers = client.signed_in_until(&mentee, Way::Link, "2030-01-01T00:00:00Z").await;
        assert!(hers.get(&own).await.text().contains(&format!("{} (second mentor)", other.name)));
        // What holds for the pair the two decide, and nobody's words are taken for another's.
        let asked = theirs.post(&own, &[("act", "help"), ("words", "Mina tider krockar.")]).await;
        assert!(asked.text().contains("The coordinator reads it"), "{}", asked.text());
        let staff = client.get(&format!("/pairs/{}", row.pair.id)).await.text();
        assert!(staff.contains(&format!("{} wants help", other.name)) && staff.contains("Mina tider krockar."));
        assert!(!staff.contains(&format!("{} wants help", row.mentor_name)), "{staff}");
        let data = super::privacy::unzipped(&theirs.get("/mine/data.zip").await.bytes, "data.json");
        assert!(data.contains("Mina tider krockar."));
        refused(&theirs.post(&own, &[("act", "pause"), ("until", "2026-12-24")]).await, "cannot be done here");
        // The room: everybody's messages, nobody's notes.
        let his = client.signed_in_until(&mentor, Way::Link, "2030-01-01T00:00:00Z").await;
        let room = format!("{own}/room");
        let write = async |of: &Client, act: &str, words: &str| {
            of.upload(&room, &[("act", act), ("words", words)], "file", b"").await
        };
        write(&his, "note", "Bara för mig.").await;
        write(&his, "message", "Välkommen!").await;
        let page = theirs.get(&room).await.text();
        assert!(
            page.contains("Välkommen!") && page.contains(&row.mentor_name) && !page.contains("Bara för mig."),
            "{page}"
        );
        assert!(!page.contains("Bara till dig"), "{page}");
        assert!(!theirs.get("/mine").await.text().contains("new message"), "seen by them");
        assert!(hers.get("/mine").await.text().contains("2 new messages"), "and not by the mentee, who has not looked");
        assert!(his.get(&room).await.text().contains("· seen"));
        write(&theirs, "message", "Tack, jag kan export.").await;
        assert!(hers.get(&room).await.text().contains("Tack, jag kan export."));
        for email in [&mentee, &mentor] {
            assert!(letters(&client, email, "pair-written").await >= 1, "{email}");
        }
        // What is booked stands in their calendar as well.
        let times =
            [("act", "agreed"), ("time", "2026-12-03T10:00"), ("minutes", "60"), ("form", "phone"), ("place", "")];
        hers.post(&own, &times).await;
        assert_eq!(letters(&client, &other.email, "booking-booked").await, 1);
        assert!(theirs.get("/mine").await.text().contains("Booked: Thursday 3 December 2026"));
        let agreement = theirs.get(&format!("{own}/agreement.pdf")).await;
        assert!(agreement.bytes.starts_with(b"%PDF"));
        assert_eq!(client.app.store.everywhere().acceptances(&row.pair.id).await.unwrap().len(), 3);
        // With the pair it ends for them as well.
        client.post(&format!("/pairs/{}", row.pair.id), &[("act", "end"), ("reason", "reached")]).await;
        assert_eq!(places().await, other.open_pairs);
        assert_eq!(letters(&client, &other.email, "pair-changed").await, 1);
        assert!(theirs.get(&room).await.text().contains("Tack, jag kan export."), "what was written can be fetched");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_part_hears_how_it_ends() {
    each(async |client| {
        // A year, from the first day to the thanks.
        let row = begun(&client).await;
        let second = free_mentor(&client, &row).await.email;
        client.post(&format!("/pairs/{}/companions", row.pair.id), &[("side", "mentor"), ("email", &second)]).await;
        joins(&client, &row, &second).await;
        day(&client, "2027-11-09").await;
        let met = [("answer", "9"), ("day", "2027-10-01"), ("minutes", "90"), ("form", "place")];
        for side in [Side::Mentee, Side::Mentor] {
            answers(&client, &row, side, ("final", "2027-11-09"), &met).await;
        }
        day(&client, "2027-11-24").await;
        assert_eq!(letters(&client, &second, "pair-completed").await, 1);
        assert_eq!(letters(&client, &second, "pair-changed").await, 0);
        let theirs = client.signed_in_until(&second, Way::Link, "2030-01-01T00:00:00Z").await;
        let diploma = theirs.get(&format!("/mine/pairs/{}/diploma.pdf", row.pair.id)).await;
        assert!(diploma.bytes.starts_with(b"%PDF"), "{}", diploma.text());
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_part_hears_that_it_came_to_nothing() {
    each(async |client| {
        let row = approved(&client).await.swap_remove(0);
        let path = format!("/pairs/{}", row.pair.id);
        for side in ["mentor", "mentee"] {
            client.post(&path, &[("act", "yes"), ("side", side)]).await;
        }
        let second = free_mentor(&client, &row).await.email;
        client.post(&format!("{path}/companions"), &[("side", "mentor"), ("email", &second)]).await;
        joins(&client, &row, &second).await;
        client.post(&path, &[("act", "take-back")]).await;
        assert_eq!(state(&client, &row).await, "withdrawn");
        assert_eq!(letters(&client, &second, "pair-changed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_want_to_take_part_says_so_and_has_the_place_back() {
    each(async |client| {
        let row = begun(&client).await;
        let other = free_mentor(&client, &row).await;
        let path = format!("/pairs/{}", row.pair.id);
        client.post(&format!("{path}/companions"), &[("side", "mentor"), ("email", &other.email)]).await;
        let everywhere = client.app.store.everywhere();
        let id = everywhere.companions(&row.pair.id).await.unwrap()[0].id.clone();
        let link = NewLink {
            secret: digest("asked"),
            purpose: "companion-joining",
            subject: id.to_string(),
            email: other.email.clone(),
            ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
            ..NewLink::default()
        };
        client.app.store.make_link(&link, clock()).await.unwrap();
        let nobody = Client::stranger(&client.app);
        let said = nobody.post("/join/asked", &[("act", "no"), ("words", "Inte i vår.")]).await;
        assert!(said.text().contains("You do not take part in the pair"), "{}", said.text());
        assert_eq!(nobody.get("/join/asked").await.status, StatusCode::GONE);
        assert_eq!(everywhere.companions(&row.pair.id).await.unwrap(), []);
        let (free, _) = everywhere.one::<Mentor>(&other.id).await.unwrap();
        assert_eq!(free.open_pairs, other.open_pairs);
        let staff = client.get(&path).await.text();
        assert!(staff.contains("does not want to take part") && staff.contains("Inte i vår."), "{staff}");
        // Whoever has accepted the agreement has said yes: nothing is told and nothing given back.
        client.post(&format!("{path}/companions"), &[("side", "mentor"), ("email", &other.email)]).await;
        joins(&client, &row, &other.email).await;
        refused(&nobody.post(&format!("/join/{}", other.email), &[("act", "no"), ("words", "Nej.")]).await, "accepted");
        assert_eq!(everywhere.companions(&row.pair.id).await.unwrap().len(), 1);
        assert!(!client.get(&path).await.text().contains("Nej."));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_colleague_of_the_same_company_takes_part_and_waits_again_afterwards() {
    each(async |client| {
        let row = begun(&client).await;
        let everywhere = client.app.store.everywhere();
        let stamp = store::Stamp::program("test", clock());
        let company = Some(Company { name: "Fågelverket".to_owned(), number: Some("556677-8899".to_owned()) });
        let filter = Filter { today: client.app.today(), state: "waiting".to_owned(), ..Filter::default() };
        let all = everywhere.list::<Mentee>(&filter, 0, 1000).await.unwrap().people;
        let other = all.into_iter().find(|it| it.programme == row.pair.programme && it.id != row.pair.mentee).unwrap();
        let path = format!("/pairs/{}/companions", row.pair.id);
        let form = [("side", "mentee"), ("email", other.email.as_str())];
        refused(&client.post(&path, &form).await, "the same organisation number");
        for id in [&row.pair.mentee, &other.id] {
            let (mut known, version) = everywhere.one::<Mentee>(id).await.unwrap();
            known.company.clone_from(&company);
            everywhere.save(&known, version, &["company"], &stamp).await.unwrap();
        }
        client.post(&path, &form).await;
        let paired = async || everywhere.one::<Mentee>(&other.id).await.unwrap().0.paired;
        assert!(paired().await);
        joins(&client, &row, &other.email).await;
        assert_eq!(client.app.store.faults().await.unwrap(), []);
        let page = client.get(&format!("/pairs/{}", row.pair.id)).await;
        assert!(page.text().contains("colleague of the mentee"));
        let id = page.after(&format!("action=\"/pairs/{}/companions/", row.pair.id));
        client.post(&format!("{path}/{id}"), &[]).await;
        assert!(!paired().await, "waits again");
        assert_eq!(client.post(&format!("{path}/{id}"), &[]).await.status, StatusCode::NOT_FOUND);
        // Erased while taking part: nothing of them is left, and the pair goes on, with what the two have written.
        client.post(&path, &form).await;
        joins_again(&client, &row, &other.email).await;
        let (mentee, _) = emails(&client, &row).await;
        let hers = client.signed_in_until(&mentee, Way::Link, "2030-01-01T00:00:00Z").await;
        let theirs = client.signed_in_until(&other.email, Way::Link, "2030-01-01T00:00:00Z").await;
        let room = format!("/mine/pairs/{}/room", row.pair.id);
        for (of, words) in [(&hers, "Vårt mål är tio kunder."), (&theirs, "Kollegans ord.")] {
            of.upload(&room, &[("act", "message"), ("words", words)], "file", b"").await;
        }
        let own = format!("/mine/pairs/{}", row.pair.id);
        theirs.post(&own, &[("act", "help"), ("words", "Kollegans rop.")]).await;
        client.app.store.erase(&other.email, jiff::civil::date(2026, 11, 30), &stamp).await.unwrap();
        assert!(!client.app.store.dump_for_test().await.unwrap().contains("Kollegans rop."));
        let staff = client.get(&format!("/pairs/{}", row.pair.id)).await.text();
        assert!(!staff.contains(&format!("{} wants help", row.mentee_name)), "nor is it the mentee's now: {staff}");
        assert!(everywhere.pair(&row.pair.id).await.unwrap().pair.is_open());
        let left = hers.get(&room).await.text();
        assert!(left.contains("Vårt mål är tio kunder.") && !left.contains("Kollegans ord."), "{left}");
        assert!(!client.app.store.dump_for_test().await.unwrap().contains(&other.email));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn whoever_was_taken_out_does_not_come_back_when_the_pair_ends_on_the_same_day() {
    each(async |client| {
        let row = begun(&client).await;
        let other = free_mentor(&client, &row).await;
        let path = format!("/pairs/{}/companions", row.pair.id);
        client.post(&path, &[("side", "mentor"), ("email", &other.email)]).await;
        joins_again(&client, &row, &other.email).await;
        let theirs = client.signed_in_until(&other.email, Way::Link, "2030-01-01T00:00:00Z").await;
        let room = format!("/mine/pairs/{}/room", row.pair.id);
        assert_eq!(theirs.get(&room).await.status, StatusCode::OK);
        let id = client.get(&format!("/pairs/{}", row.pair.id)).await.after(&format!("action=\"{path}/"));
        client.post(&format!("{path}/{id}"), &[]).await;
        // Also by a page that was opened before.
        let today = client.app.today();
        let late = mentoring::Entry::new(
            mentoring::Id::from_number(5),
            other.id.clone(),
            mentoring::EntryKind::Message,
            "Hej.",
            None,
            "",
            today,
        );
        let stamp = store::Stamp::program("test", clock());
        let written = client.app.store.write_entry(&row.pair.id, &late.unwrap(), ("", 0), &[], &stamp).await;
        assert!(matches!(written, Err(store::Error::NotFound)));
        assert_eq!(theirs.get(&room).await.status, StatusCode::NOT_FOUND);
        client.post(&format!("/pairs/{}", row.pair.id), &[("act", "end"), ("reason", "reached")]).await;
        assert!(!client.app.store.everywhere().pair(&row.pair.id).await.unwrap().pair.is_open());
        assert_eq!(theirs.get(&room).await.status, StatusCode::NOT_FOUND);
        assert_eq!(letters(&client, &other.email, "pair-changed").await, 0);
    })
    .await;
}

/// Accepts without the letter: the way by the letter has been tried.
async fn joins_again(client: &Client, row: &PairRow, email: &str) {
    let everywhere = client.app.store.everywhere();
    let all = everywhere.companions(&row.pair.id).await.unwrap();
    let id = all.into_iter().find(|it| it.email == email).unwrap().id;
    let stamp = store::Stamp::program("test", clock());
    let text = (mentoring::Language::Swedish, "Avtalet.");
    everywhere.companion_agrees(&row.pair.id, &id, text, &[], &stamp).await.unwrap();
    let again = everywhere.companion_agrees(&row.pair.id, &id, text, &[], &stamp).await;
    assert!(matches!(again, Err(store::Error::Refused(_))));
}
