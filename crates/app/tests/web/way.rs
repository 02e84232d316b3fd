//! The way of a pair through the pages and mails: answers, agreement, breaks, questions, and time passing.

use std::io::{Cursor, Read};

use app::jobs::{look_after, pass};
use axum::http::StatusCode;
use mentoring::{Mentor, Side, StaffRole};
use store::{NewLink, PairFilter, PairRow, Way};

use super::board::ALL;
use super::client::{Answer, Client, clock, digest, each};

/// Makes a round and approves every proposal; answers the pairs.
pub async fn approved(client: &Client) -> Vec<PairRow> {
    let board = client.post("/rounds", ALL).await;
    let approval = client.get(&format!("{}/approval", board.path)).await;
    let page = approval.text();
    let mentees = page.split("name=\"mentee\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let version = approval.after("name=\"version\" value=\"");
    let mut fields = vec![("version", version.as_str())];
    fields.extend(mentees.map(|mentee| ("mentee", mentee)));
    client.post(&format!("{}/approval", board.path), &fields).await;
    let filter = PairFilter { state: "asked-mentor".to_owned(), ..PairFilter::default() };
    let mut pairs = client.app.store.everywhere().pairs(&filter, 0, 1000).await.unwrap().0;
    // Mentors without any other pair first: what they are sent is then about this one.
    let mut others = std::collections::BTreeMap::new();
    for row in &pairs {
        let all = client.app.store.everywhere().pairs_of(&row.pair.mentor).await.unwrap();
        others.insert(row.pair.mentor.clone(), all.len());
    }
    pairs.sort_by_key(|row| others[&row.pair.mentor]);
    pairs
}

pub async fn emails(client: &Client, row: &PairRow) -> (String, String) {
    let (mentee, mentor) = client.app.store.everywhere().both(&row.pair.id).await.unwrap();
    (mentee.email, mentor.email)
}

/// The templates of the mails to an address that are about a pair, the oldest first.
async fn letters(client: &Client, email: &str) -> Vec<String> {
    let mails = client.app.store.mails_to(email).await.unwrap().into_iter();
    let mut letters: Vec<String> = mails.map(|mail| mail.template).filter(|it| it.starts_with("pair-")).collect();
    // At one moment in the order of their names.
    letters.sort_by_key(|it| ["pair-proposed", "pair-reminded"].iter().position(|first| first == it).unwrap_or(9));
    letters
}

/// The link of a mail, as whoever carries it makes it.
pub async fn link(client: &Client, purpose: &'static str, row: &PairRow, side: Side) -> String {
    let (mentee, mentor) = emails(client, row).await;
    let secret = format!("{purpose}-{}-{}", row.pair.id, side.code());
    let new = NewLink {
        secret: digest(&secret),
        purpose,
        subject: format!("{} {}", row.pair.id, side.code()),
        email: if side == Side::Mentor { mentor } else { mentee },
        ends_at: "2028-01-01T00:00:00Z".parse().unwrap(),
        ..NewLink::default()
    };
    client.app.store.make_link(&new, clock()).await.unwrap();
    format!("/{purpose}/{secret}")
}

pub async fn state(client: &Client, row: &PairRow) -> String {
    client.app.store.everywhere().pair(&row.pair.id).await.unwrap().pair.state.code().to_owned()
}

#[tokio::test]
async fn two_people_become_a_pair_by_their_mails_alone() {
    each(async |client| {
        let row = approved(&client).await.swap_remove(0);
        let (mentee, mentor) = emails(&client, &row).await;
        assert_eq!(letters(&client, &mentor).await, ["pair-proposed"]);
        assert_eq!(letters(&client, &mentee).await, Vec::<String>::new(), "no hope for nothing");
        let nobody = Client::stranger(&client.app);
        let (his, hers) =
            (link(&client, "answer", &row, Side::Mentor).await, link(&client, "answer", &row, Side::Mentee).await);
        for _ in 0..3 {
            let page = nobody.get(&his).await.text();
            assert!(page.contains(&row.mentee_name) && page.contains("Why the two of you"), "{page}");
            assert!(!page.contains(&mentee), "how to reach the mentee is not told yet");
        }
        assert_eq!(state(&client, &row).await, "asked-mentor", "looking answers nothing");
        let early = nobody.post(&hers, &[("act", "yes")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nobody.post(&his, &[("act", "yes")]).await.text().contains("You have said yes"));
        assert_eq!(letters(&client, &mentee).await, ["pair-proposed"]);
        let again = nobody.post(&his, &[("act", "yes")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
        assert!(again.text().contains("It is the other one who is asked now."));
        let agreed = nobody.post(&hers, &[("act", "yes")]).await.text();
        assert_eq!(state(&client, &row).await, "agreeing");
        for told in [mentor.as_str(), "name=\"agreement\"", "Propose"] {
            assert!(agreed.contains(told), "what follows from a yes is on the same page: {told}: {agreed}");
        }
        assert_eq!(letters(&client, &mentor).await, ["pair-proposed", "pair-agreeing"]);
        let (his, hers) = (
            link(&client, "agreement", &row, Side::Mentor).await,
            link(&client, "agreement", &row, Side::Mentee).await,
        );
        let unticked = nobody.post(&his, &[("act", "agree")]).await;
        assert!(
            unticked.status == StatusCode::UNPROCESSABLE_ENTITY && unticked.text().contains("conflict of interest")
        );
        for act in ["pause", "resume", "end", "take-back", "extend"] {
            let refused = nobody.post(&his, &[("act", act), ("until", "2026-12-24"), ("reason", "other")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{act} is not what the link is for");
        }
        let unread = nobody.post(&his, &[("act", "agree"), ("independent", "yes")]).await;
        assert!(unread.text().contains("The agreement has changed"), "what is accepted is what was read");
        for side in [&his, &hers] {
            let read = nobody.get(side).await.after("name=\"agreement\" value=\"");
            nobody.post(side, &[("act", "agree"), ("independent", "yes"), ("agreement", &read)]).await;
        }
        assert_eq!(state(&client, &row).await, "active");
        let old = nobody.get(&his).await.text();
        assert!(old.contains("Propose") && !old.contains(&mentee) && !old.contains("The mentor said yes"), "{old}");
        assert!(letters(&client, &mentee).await.contains(&"pair-started".to_owned()));
        let page = client.get(&format!("/pairs/{}", row.pair.id)).await.text();
        for told in ["Active", "They are a pair until 23 November 2027.", "The mentor said yes", "pair began"] {
            assert!(page.contains(told), "{told}");
        }
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_mentor_who_says_no_is_offered_a_rest_and_the_mentee_waits_again() {
    each(async |client| {
        let row = approved(&client).await.swap_remove(0);
        let (mentee, _) = emails(&client, &row).await;
        let nobody = Client::stranger(&client.app);
        let his = link(&client, "answer", &row, Side::Mentor).await;
        let page = nobody.post(&his, &[("act", "no"), ("reason", "time"), ("words", "Efter nyår går bra.")]).await;
        assert!(page.text().contains("Do you want to rest for a while?"));
        let rested = nobody.post(&his, &[("act", "rest"), ("until", "2027-01-10")]).await.text();
        assert!(rested.contains("no new proposals until 10 January 2027"), "{rested}");
        let (mentor, _) = client.app.store.everywhere().one::<Mentor>(&row.pair.mentor).await.unwrap();
        assert_eq!(mentor.pause.unwrap().until.to_string(), "2027-01-10");
        let staff = client.get(&format!("/pairs/{}", row.pair.id)).await.text();
        assert!(staff.contains("Efter nyår går bra.") && staff.contains("The mentor said no: no time just now"));
        assert_eq!(letters(&client, &mentee).await, Vec::<String>::new(), "a no that nobody waited for hurts nobody");
        let hers = client.signed_in(&mentee, Way::Link).await;
        let own = hers.get("/mine").await.text();
        assert!(!own.contains(&row.mentor_name), "nor does a mentee see who said no");
        assert_eq!(hers.get(&format!("/mine/pairs/{}", row.pair.id)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn time_reminds_once_and_gives_the_proposal_back() {
    each(async |client| {
        let row = approved(&client).await.swap_remove(0);
        let (mentee, mentor) = emails(&client, &row).await;
        assert_eq!(pass(&client.app).await.unwrap(), 0);
        client.app.clock.set_day("2026-11-26".parse().unwrap());
        let reminded = pass(&client.app).await.unwrap();
        assert!(reminded > 10 && pass(&client.app).await.unwrap() == 0, "every mentor once: {reminded}");
        client.app.clock.set_day("2026-12-01".parse().unwrap());
        assert_eq!(pass(&client.app).await.unwrap(), reminded);
        assert_eq!(letters(&client, &mentor).await, ["pair-proposed", "pair-reminded", "pair-lapsed"]);
        assert_eq!(letters(&client, &mentee).await, Vec::<String>::new());
        let nobody = Client::stranger(&client.app);
        let his = link(&client, "answer", &row, Side::Mentor).await;
        assert!(nobody.get(&his).await.text().contains("The time to answer ran out"));
        assert!(nobody.post(&his, &[("act", "yes")]).await.text().contains("The time to answer is over"));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn staff_answer_for_somebody_and_see_to_a_question() {
    each(async |client| {
        let rows = approved(&client).await;
        let row = &rows[0];
        let path = format!("/pairs/{}", row.pair.id);
        for side in ["mentor", "mentee"] {
            client.post(&path, &[("act", "yes"), ("side", side)]).await;
        }
        for side in ["mentor", "mentee"] {
            client.post(&path, &[("act", "agree"), ("side", side), ("independent", "yes")]).await;
        }
        let (mentee, mentor) = emails(&client, row).await;
        let hers = client.signed_in(&mentee, Way::Link).await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        assert!(hers.get(&own).await.text().contains(&mentor), "how to reach the mentor");
        let asked = hers.post(&own, &[("act", "help"), ("words", "Vi hörs aldrig.")]).await;
        assert!(asked.text().contains("The coordinator reads it"));
        assert!(client.get("/home").await.text().contains(&format!("{} wants help", row.mentee_name)));
        let page = client.get(&path).await;
        assert!(page.text().contains("Vi hörs aldrig."));
        let his = client.signed_in(&mentor, Way::Link).await;
        assert!(!his.get(&own).await.text().contains("Vi hörs aldrig."), "the other one does not see it");
        let flag = page.after(&format!("action=\"{path}/flags/"));
        let settle = format!("{path}/flags/{flag}");
        assert_eq!(client.post(&settle, &[("words", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        client.post(&settle, &[("words", "Ringde båda; de ses på tisdag.")]).await;
        assert_eq!(client.post(&settle, &[("words", "Igen.")]).await.status, StatusCode::CONFLICT);
        assert!(!client.get("/home").await.text().contains(&format!("{} wants help", row.mentee_name)));
        // A break, by one of the two.
        assert!(his.post(&own, &[("act", "pause"), ("until", "2026-12-20")]).await.text().contains("20 December 2026"));
        assert!(letters(&client, &mentee).await.contains(&"pair-changed".to_owned()));
        client.app.clock.set_day("2026-12-21".parse().unwrap());
        assert!(pass(&client.app).await.unwrap() >= 1);
        assert_eq!(state(&client, row).await, "active");
        // Four weeks later staff have signed in anew.
        let client = client.other("Karin").await;
        let early = client.post(&path, &[("act", "end"), ("reason", "")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        client.post(&path, &[("act", "end"), ("reason", "change")]).await;
        let (again, _) = client.app.store.everywhere().one::<mentoring::Mentee>(&row.pair.mentee).await.unwrap();
        assert!(!again.paired, "change of mentor: straight back to the queue");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_comes_near_a_pair() {
    each(async |client| {
        let rows = approved(&client).await;
        let row = &rows[0];
        let (mentee, _) = emails(&client, row).await;
        let (_, stranger) = emails(&client, rows.iter().find(|it| it.pair.mentor != row.pair.mentor).unwrap()).await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        let other = client.signed_in(&stranger, Way::Link).await;
        assert_eq!(other.get(&own).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&own, &[("act", "yes")]).await.status, StatusCode::NOT_FOUND);
        let elsewhere = ["nystart-skane", "nystart-norrbotten", "nystart-gotland"];
        let (known, mentor) = client.app.store.everywhere().both(&row.pair.id).await.unwrap();
        let away = elsewhere.into_iter().find(|it| *it != known.organisation && *it != mentor.organisation).unwrap();
        let staff = client.appointed("Per", Some((StaffRole::Coordinator, away)), Way::Passkey).await;
        let (real, absent) = (staff.get(&format!("/pairs/{}", row.pair.id)).await, staff.get("/pairs/nothing").await);
        assert_eq!((real.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        let act = [("act", "take-back")];
        assert_eq!(staff.post(&format!("/pairs/{}", row.pair.id), &act).await.status, StatusCode::NOT_FOUND);
        // A link counts as long as the address is the person's, and for what it is for.
        let hers = link(&client, "answer", row, Side::Mentee).await;
        let nobody = Client::stranger(&client.app);
        assert_eq!(nobody.get(&hers.replace("/answer/", "/agreement/")).await.status, StatusCode::GONE);
        let everywhere = client.app.store.everywhere();
        let (mut moved, version) = everywhere.one::<mentoring::Mentee>(&row.pair.mentee).await.unwrap();
        assert_eq!(moved.email, mentee);
        moved.email = "ny.adress@example.org".to_owned();
        everywhere.save(&moved, version, &["email"], &store::Stamp::program("test", clock())).await.unwrap();
        assert_eq!(nobody.get(&hers).await.status, StatusCode::GONE);
        assert_eq!(nobody.get("/answer/unknown").await.status, StatusCode::GONE);
    })
    .await;
}

/// Lets the first proposed pair begin.
pub async fn begun(client: &Client) -> PairRow {
    let row = approved(client).await.swap_remove(0);
    let path = format!("/pairs/{}", row.pair.id);
    for (act, side) in [("yes", "mentor"), ("yes", "mentee"), ("agree", "mentor"), ("agree", "mentee")] {
        client.post(&path, &[("act", act), ("side", side), ("independent", "yes")]).await;
    }
    row
}

/// Moves the clock on and lets the day's work be done.
pub async fn day(client: &Client, day: &str) {
    client.app.clock.set_day(day.parse().unwrap());
    look_after(&client.app).await.unwrap();
}

/// What one of the two answers to a follow-up by the link in its letter.
pub async fn answers(
    client: &Client,
    row: &PairRow,
    side: Side,
    (kind, asked): (&str, &str),
    form: &[(&str, &str)],
) -> Answer {
    let (mentee, mentor) = emails(client, row).await;
    let secret = format!("{kind}-{asked}-{}", side.code());
    let new = NewLink {
        secret: digest(&secret),
        purpose: "follow-up",
        subject: format!("{} {} {kind} {asked}", row.pair.id, side.code()),
        email: if side == Side::Mentor { mentor } else { mentee },
        ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
        ..NewLink::default()
    };
    // A link that is there already is the same one.
    let _ = client.app.store.make_link(&new, client.app.now()).await;
    let nobody = Client::stranger(&client.app);
    let path = format!("/follow-up/{secret}");
    let before = nobody.get(&path).await;
    assert_eq!(before.status, StatusCode::OK, "{}", before.text());
    nobody.post(&path, form).await
}

/// The flags of a pair that nobody has settled.
pub async fn flags(client: &Client, row: &PairRow) -> Vec<&'static str> {
    let all = client.app.store.everywhere().flags_of(&row.pair.id).await.unwrap();
    all.iter().filter(|flag| flag.ended_at.is_none()).map(|flag| flag.kind.code()).collect()
}

#[tokio::test]
async fn both_are_asked_how_it_goes_and_what_they_say_is_seen_to() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let follow_ups = async |email: &str| {
            let mails = client.app.store.mails_to(email).await.unwrap();
            mails.iter().filter(|mail| mail.template == "follow-up").count()
        };
        day(&client, "2026-12-22").await;
        assert_eq!(follow_ups(&mentor).await, 0);
        day(&client, "2026-12-23").await;
        assert_eq!((follow_ups(&mentor).await, follow_ups(&mentee).await), (1, 1));
        day(&client, "2026-12-23").await;
        assert_eq!(follow_ups(&mentor).await, 1, "twice a day is once");
        let first = ("first", "2026-12-23");
        let empty = answers(&client, &row, Side::Mentee, first, &[]).await;
        let early = Client::stranger(&client.app).get("/follow-up/first-2026-12-23-mentee/meet").await;
        assert_eq!(early.status, StatusCode::GONE, "the question first");
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.text().contains("Choose an answer."));
        let beyond = answers(&client, &row, Side::Mentee, first, &[("answer", "2")]).await;
        assert_eq!(beyond.status, StatusCode::UNPROCESSABLE_ENTITY);
        let to_come = [("answer", "1"), ("day", "2026-12-24"), ("minutes", "60"), ("form", "video")];
        let refused = answers(&client, &row, Side::Mentor, first, &to_come).await;
        assert!(refused.text().contains("That day is still to come."), "{}", refused.text());
        let met =
            [("answer", "1"), ("day", "2026-12-20"), ("minutes", "60"), ("form", "video"), ("words", "Ring mig!")];
        assert!(answers(&client, &row, Side::Mentor, first, &met).await.text().contains("Your answer is saved."));
        assert_eq!(flags(&client, &row).await, ["words"], "whatever the answer, what is written reaches somebody");
        answers(&client, &row, Side::Mentee, first, &[("answer", "0"), ("words", "Vi hittar ingen tid.")]).await;
        let mut found = flags(&client, &row).await;
        found.sort_unstable();
        assert_eq!(found, ["no-contact", "words"]);
        let again = answers(&client, &row, Side::Mentee, first, &[("answer", "1")]).await;
        assert_eq!(again.status, StatusCode::OK, "an answer that is given is given");
        assert!(again.text().contains(&mentor), "how to reach the other one");
        assert!(again.text().contains("gets in touch with you") && !again.text().contains("/meet\""), "a no is heard");
        // From a better answer to the next time, without another letter.
        let good = answers(&client, &row, Side::Mentor, first, &[("answer", "1")]).await;
        let next = good.after("<a class=\"button\" href=\"");
        let nobody = Client::stranger(&client.app);
        let form =
            [("act", "propose"), ("time", "2027-01-12T10:00"), ("minutes", "60"), ("form", "phone"), ("place", "")];
        assert!(nobody.post(&next, &form).await.text().contains("We wait for an answer"));
        assert_eq!(nobody.post(&next, &[("act", "pause"), ("until", "2027-02-01")]).await.status, 422);
        let client = client.other("Karin").await;
        let page = client.get(&format!("/pairs/{}", row.pair.id)).await.text();
        for told in
            ["20 December 2026, 60 minutes, video", "No; Vi hittar ingen tid.", "Call the mentor and ask", "Ring mig!"]
        {
            assert!(page.contains(told), "{told}");
        }
        let home = client.get("/home").await.text();
        let both = format!("{} has not made contact; {} has written", row.mentee_name, row.mentor_name);
        assert!(home.contains(&both) || home.contains("has written to the coordinator; "), "each pair once: {home}");
        let (some, all) = (client.get("/home").await.text(), client.get("/home?all").await.text());
        let rows = |page: &str| page.matches("<tr").count();
        assert!(some.contains("href=\"/home?all\"") == (rows(&some) < rows(&all)), "what does not fit is a click away");
    })
    .await;
}

#[tokio::test]
async fn who_have_met_are_asked_how_it_goes_and_not_whether_they_have_made_contact() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, _) = emails(&client, &row).await;
        let hers = client.signed_in_until(&mentee, Way::Link, "2029-01-01T00:00:00Z").await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        let form =
            [("act", "agreed"), ("time", "2026-12-28T10:00"), ("minutes", "60"), ("form", "phone"), ("place", "")];
        hers.post(&own, &form).await;
        day(&client, "2026-12-23").await;
        let asked = async || {
            let all = client.app.store.everywhere().follow_ups(&row.pair.id).await.unwrap();
            all.iter().map(|it| it.kind.code()).collect::<Vec<_>>()
        };
        assert_eq!(asked().await, Vec::<&str>::new(), "they have a time");
        client.app.clock.set_day("2026-12-29".parse().unwrap());
        let hers = client.signed_in_until(&mentee, Way::Link, "2029-01-01T00:00:00Z").await;
        let met = hers.post(&own, &[("act", "met"), ("day", "2026-12-28"), ("minutes", "60"), ("form", "phone")]).await;
        assert!(met.text().contains("28 December 2026, 60 minutes"), "{}", met.text());
        day(&client, "2026-12-29").await;
        assert_eq!(asked().await, ["month", "month"]);
        let low = answers(&client, &row, Side::Mentor, ("month", "2026-12-29"), &[("answer", "2")]).await;
        assert!(low.text().contains("Your answer is saved."));
        assert_eq!(flags(&client, &row).await, ["unhappy"]);
        let words = [("answer", "1"), ("words", "Jag vill byta.")];
        answers(&client, &row, Side::Mentee, ("month", "2026-12-29"), &words).await;
        assert_eq!(flags(&client, &row).await, ["unhappy", "unhappy"], "of each");
        let staff = client.other("Karin").await.get(&format!("/pairs/{}", row.pair.id)).await.text();
        for name in [&row.mentor_name, &row.mentee_name] {
            assert!(staff.contains(&format!("{name} does not think that it goes well")), "who: {staff}");
        }
    })
    .await;
}

#[tokio::test]
async fn silence_is_noticed_and_a_pair_is_closed_when_both_have_evaluated_it() {
    each(async |client| {
        let row = begun(&client).await;
        day(&client, "2026-12-23").await;
        day(&client, "2027-01-05").await;
        assert_eq!(flags(&client, &row).await, Vec::<&str>::new(), "they have two weeks");
        day(&client, "2027-01-06").await;
        assert_eq!(flags(&client, &row).await, ["silent"], "neither has answered");
        day(&client, "2027-01-07").await;
        assert_eq!(flags(&client, &row).await, ["silent"], "once");
        // Seven weeks after the last question they are asked whether they have met.
        day(&client, "2027-02-10").await;
        let asked = client.app.store.everywhere().follow_ups(&row.pair.id).await.unwrap();
        assert_eq!((asked[0].kind.code(), asked[0].asked.to_string().as_str()), ("silence", "2027-02-10"));
        // One of the two enters a meeting on their own page.
        let (mentee, _) = emails(&client, &row).await;
        let hers = client.signed_in_until(&mentee, Way::Link, "2029-01-01T00:00:00Z").await;
        let own = format!("/mine/pairs/{}", row.pair.id);
        let form = [("act", "met"), ("day", "2027-02-09"), ("minutes", "75"), ("form", "place")];
        assert!(hers.post(&own, &form).await.text().contains("9 February 2027, 75 minutes, in person"));
        // The last day is 23 November; the evaluation goes out two weeks before.
        day(&client, "2027-11-09").await;
        let last = ("final", "2027-11-09");
        answers(&client, &row, Side::Mentee, last, &[("answer", "9"), ("words", "Mer mod.")]).await;
        day(&client, "2027-11-24").await;
        assert_eq!(state(&client, &row).await, "active", "the other one has two weeks more");
        let (_, mentor) = emails(&client, &row).await;
        let asked = async |email: &str| {
            let mails = client.app.store.mails_to(email).await.unwrap();
            mails.iter().filter(|it| it.template == "follow-up" && it.made_at.starts_with("2027-11")).count()
        };
        assert_eq!((asked(&mentor).await, asked(&mentee).await), (2, 1), "whoever is silent is asked again");
        day(&client, "2027-11-25").await;
        assert_eq!(asked(&mentor).await, 2, "once");
        let his = client.signed_in_until(&mentor, Way::Link, "2029-01-01T00:00:00Z").await;
        assert!(his.get(&own).await.text().contains("Your year ended on 23 November 2027"));
        answers(&client, &row, Side::Mentor, last, &[("answer", "10")]).await;
        day(&client, "2027-11-26").await;
        assert_eq!(state(&client, &row).await, "completed");
        assert_eq!(flags(&client, &row).await, Vec::<&str>::new(), "nobody can see to it any more");
        let (mentor, _) = client.app.store.everywhere().one::<Mentor>(&row.pair.mentor).await.unwrap();
        let open = client.app.store.everywhere().pairs_of(&row.pair.mentor).await.unwrap();
        assert_eq!(mentor.open_pairs as usize, open.iter().filter(|it| it.pair.is_open()).count());
        assert!(letters(&client, &mentee).await.contains(&"pair-completed".to_owned()));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_single_mentee_is_matched_now_with_what_it_costs_the_others() {
    each(async |client| {
        let everywhere = client.app.store.everywhere();
        let mentee = everywhere.longest_waiting(1).await.unwrap().swap_remove(0);
        let path = format!("/mentees/{}", mentee.id);
        assert!(client.get(&path).await.text().contains(&format!("{path}/match")));
        let page = client.get(&format!("{path}/match")).await;
        assert!(page.text().contains("Costs nobody else anything."), "{}", page.text());
        assert!(page.text().contains("The others who wait:"), "an alternative has its price");
        let mentor = page.after("name=\"mentor\" value=\"");
        // It is whom a round over the same people proposes.
        let row = approved(&client).await;
        let of_round = row.iter().find(|it| it.pair.mentee == mentee.id);
        assert!(of_round.is_none_or(|it| it.pair.programme == mentee.programme));
        let taken = client.post(&format!("{path}/match"), &[("mentor", mentor.as_str())]).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody was quicker");
        // Taken back, and asked again by hand.
        let pair = of_round.unwrap();
        client.post(&format!("/pairs/{}", pair.pair.id), &[("act", "take-back")]).await;
        let page = client.get(&format!("{path}/match")).await;
        let mentor = page.after("name=\"mentor\" value=\"");
        let asked = client.post(&format!("{path}/match"), &[("mentor", mentor.as_str())]).await;
        assert!(asked.path.starts_with("/pairs/") && asked.text().contains("Mentor asked"), "{}", asked.text());
        let (mentor, _) = everywhere.one::<Mentor>(&mentoring::Id::parse(&mentor).unwrap()).await.unwrap();
        assert!(letters(&client, &mentor.email).await.contains(&"pair-proposed".to_owned()));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_no_is_respected_and_its_reason_stays_with_the_coordinator() {
    each(async |client| {
        let row = approved(&client).await.swap_remove(0);
        let (mentee, mentor) = emails(&client, &row).await;
        let nobody = Client::stranger(&client.app);
        let his = link(&client, "answer", &row, Side::Mentor).await;
        nobody.post(&his, &[("act", "yes")]).await;
        let hers = link(&client, "answer", &row, Side::Mentee).await;
        nobody.post(&hers, &[("act", "no"), ("reason", "person"), ("words", "Han är min svåger.")]).await;
        let mentors = client.signed_in(&mentor, Way::Link).await;
        let own = mentors.get(&format!("/mine/pairs/{}", row.pair.id)).await.text();
        assert!(own.contains("The mentee said no") && !own.contains("rather have somebody else"), "{own}");
        assert!(client.get(&format!("/pairs/{}", row.pair.id)).await.text().contains("rather have somebody else"));
        // What each takes away is what is theirs.
        assert!(unzipped(&mentors.get("/mine/data.zip").await.bytes).contains(&row.mentee_name));
        assert!(!unzipped(&mentors.get("/mine/data.zip").await.bytes).contains("svåger"));
        let mentees = client.signed_in(&mentee, Way::Link).await;
        assert!(unzipped(&mentees.get("/mine/data.zip").await.bytes).contains("svåger"));
        // By hand as little as in a round.
        let again = format!("/mentees/{}/match", row.pair.mentee);
        let refused = client.post(&again, &[("mentor", row.pair.mentor.as_str())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        // A rest in between costs no place in the queue: there has been no mentor.
        let before = client.app.store.everywhere().one::<mentoring::Mentee>(&row.pair.mentee).await.unwrap().0;
        client.app.clock.set_day("2026-12-20".parse().unwrap());
        let client = client.other("Karin").await;
        for leaves in ["true", "false"] {
            client.post(&format!("/mentees/{}/leave", row.pair.mentee), &[("leaves", leaves)]).await;
        }
        let after = client.app.store.everywhere().one::<mentoring::Mentee>(&row.pair.mentee).await.unwrap().0;
        assert_eq!(after.waiting_since, before.waiting_since);
    })
    .await;
}

#[tokio::test]
async fn a_mentor_of_a_mentee_who_is_erased_has_the_place_back() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let places = async || client.app.store.everywhere().one::<Mentor>(&row.pair.mentor).await.unwrap().0.open_pairs;
        let before = places().await;
        let hers = client.signed_in(&mentee, Way::Link).await;
        let words = [("act", "help"), ("words", "Kanariefågelns fråga.")];
        hers.post(&format!("/mine/pairs/{}", row.pair.id), &words).await;
        let stamp = store::Stamp::program("erasure", client.app.now());
        client.app.store.erase(&mentee, client.app.today(), &stamp).await.unwrap();
        assert_eq!(places().await, before - 1);
        let dump = client.app.store.dump_for_test().await.unwrap();
        for gone in [&mentee, &row.mentee_name, "Kanariefågelns"] {
            assert!(!dump.contains(gone), "{gone}");
        }
        assert_eq!(flags(&client, &row).await, Vec::<&str>::new(), "nobody is to see to it any more");
        let his = client.signed_in(&mentor, Way::Link).await;
        assert!(his.get("/mine").await.text().contains("Somebody who is no longer in the programme"));
        for page in ["/home", "/pairs", "/report"] {
            assert_eq!(client.get(page).await.status, StatusCode::OK, "{page}");
        }
        client.app.clock.set_day("2027-06-01".parse().unwrap());
        look_after(&client.app).await.unwrap();
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_mentor_rests_and_returns_from_their_own_page() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let his = client.signed_in(&mentor, Way::Link).await;
        let kept = async || client.app.store.everywhere().one::<Mentor>(&row.pair.mentor).await.unwrap().0.pause;
        let page = his.post("/mine/rest", &[("act", "rest"), ("until", "2027-02-01")]).await.text();
        assert!(page.contains("no new proposals until 1 February 2027"), "{page}");
        his.post("/mine/rest", &[("act", "rest"), ("until", "2026-12-01")]).await;
        assert_eq!(kept().await.unwrap().until.to_string(), "2027-02-01", "a longer rest stays");
        for day in ["2026-11-22", "2028-01-01", "x"] {
            let refused = his.post("/mine/rest", &[("act", "rest"), ("until", day)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        }
        assert!(his.post("/mine/rest", &[("act", "return")]).await.text().contains("Do you want to rest"));
        assert_eq!(kept().await, None);
        let hers = client.signed_in(&mentee, Way::Link).await;
        assert_eq!(hers.post("/mine/rest", &[("act", "rest")]).await.status, StatusCode::NOT_FOUND, "mentors only");
    })
    .await;
}

/// The data of everything that somebody takes away.
fn unzipped(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("data.json").unwrap().read_to_string(&mut text).unwrap();
    text
}
