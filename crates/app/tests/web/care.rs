//! What waits for a coordinator, how pairs are doing, a mentor who leaves, and complaints past the coordinator.

use axum::http::StatusCode;
use mentoring::{Mentee, Mentor, StaffRole};
use store::{NewLink, Way};

use super::client::{Client, clock, digest, each};
use super::way::{begun, emails};

async fn letters(client: &Client, email: &str, template: &str) -> usize {
    let mails = client.app.store.mails_to(email).await.unwrap();
    mails.into_iter().filter(|mail| mail.template == template).count()
}

/// What stands in the queue about somebody, in its order.
fn queue(page: &str) -> Vec<String> {
    let table = page.split("<caption class=\"visually-hidden\">To do</caption>").nth(1).unwrap_or_default();
    let table = table.split("</table>").next().unwrap();
    table.split("<tr").skip(2).map(|row| row.split("</th>").next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_has_been_done_about_a_flag_is_asked_about_two_weeks_later() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let pair = format!("/pairs/{}", row.pair.id);
        let hers = client.signed_in_until(&mentee, Way::Link, "2030-01-01T00:00:00Z").await;
        hers.post(&format!("/mine{pair}"), &[("act", "help"), ("words", "Vi hörs inte.")]).await;
        let names = format!("{} – {}", row.mentee_name, row.mentor_name);
        let stands =
            async |client: &Client| queue(&client.get("/home").await.text()).iter().any(|it| it.contains(&names));
        assert!(stands(&client).await);
        assert!(client.get("/health").await.text().contains("One thing to see to"));
        let flag = client.get(&pair).await.after(&format!("action=\"{pair}/flags/"));
        let nothing = client.post(&format!("{pair}/flags/{flag}"), &[("words", " ")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        client.post(&format!("{pair}/flags/{flag}"), &[("act", "remind")]).await;
        for email in [&mentee, &mentor] {
            assert_eq!(letters(&client, email, "pair-nudged").await, 1);
        }
        assert!(!stands(&client).await, "it rests until it can have helped");
        // By the link of the letter a time is agreed on, and nothing else is done or seen.
        let link = NewLink {
            secret: digest("meet"),
            purpose: "meet",
            subject: format!("{} mentor", row.pair.id),
            email: mentor.clone(),
            ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
            ..NewLink::default()
        };
        client.app.store.make_link(&link, clock()).await.unwrap();
        let nobody = Client::stranger(&client.app);
        let page = nobody.get("/meet/meet").await.text();
        assert!(page.contains("Enter a meeting") && page.contains(&mentee), "and how they reach each other");
        let refused = nobody.post("/meet/meet", &[("act", "pause"), ("until", "2026-12-24")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let times =
            [("act", "propose"), ("time", "2026-12-03T10:00"), ("minutes", "60"), ("form", "phone"), ("place", "")];
        assert!(nobody.post("/meet/meet", &times).await.text().contains("We wait for an answer"));
        assert_eq!(letters(&client, &mentee, "booking-times").await, 1);
        client.app.clock.set_day("2026-12-07".parse().unwrap());
        let staff = client.signed_in_until("karin@example.org", Way::Demo, "2030-01-01T00:00:00Z").await;
        assert!(stands(&staff).await);
        let home = staff.get("/home").await.text();
        assert!(home.contains("has it helped? You reminded both on 23 November 2026"), "{home}");
        staff.post(&format!("{pair}/flags/{flag}"), &[("words", "De träffas på torsdag.")]).await;
        assert!(!stands(&staff).await);
        let again = staff.post(&format!("{pair}/flags/{flag}"), &[("act", "called")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_queue_does_what_usually_helps_and_takes_it_back() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let pair = format!("/pairs/{}", row.pair.id);
        let stamp = store::Stamp::program("test", clock());
        client.app.store.notice(&row.pair.id, mentoring::FlagKind::Silent, client.app.today(), &stamp).await.unwrap();
        let open = async || client.app.store.everywhere().open_flags(client.app.today()).await.unwrap();
        let flag = open().await.into_iter().find(|it| it.pair == row.pair.id).unwrap().id;
        let path = format!("{pair}/flags/{flag}");
        let home = client.get("/home").await.text();
        assert!(home.contains(&format!("action=\"{path}\"")) && home.contains("Remind both by letter"), "{home}");
        let waits = async |email: &str| {
            let mails = client.app.store.mails_to(email).await.unwrap();
            mails.into_iter().filter(|mail| mail.template == "pair-nudged" && mail.state == "queued").count()
        };
        let from = ("from", "home");
        client.post(&path, &[("act", "remind"), from]).await;
        let done = client.post(&path, &[("act", "remind"), from]).await;
        assert!(done.path.starts_with("/home?pair=") && done.text().contains("Silent: Remind both by letter"));
        assert_eq!((waits(&mentee).await, waits(&mentor).await), (1, 1), "a second click is the same one");
        assert!(!open().await.iter().any(|it| it.id == flag), "it rests");
        let back = client.post(&format!("{path}/undo"), &[from]).await;
        assert!(
            back.path.starts_with("/home?back=") && back.text().contains(&format!("action=\"{path}\"")),
            "{}",
            back.text()
        );
        assert_eq!((waits(&mentee).await, waits(&mentor).await), (0, 0), "the letters do not go out");
        let nothing = client.post(&format!("{path}/undo"), &[from]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "there is nothing more to take back");
        // Whose letters have gone cannot take them back.
        client.post(&path, &[("act", "remind"), from]).await;
        client.app.store.run_for_test("UPDATE mail SET state = 'sent' WHERE template = 'pair-nudged'").await.unwrap();
        let gone = client.post(&format!("{path}/undo"), &[from]).await;
        assert!(gone.status == StatusCode::UNPROCESSABLE_ENTITY && gone.text().contains("The reminder has gone out"));
        // Something more is done the same day, while the reminder rests, and taken back.
        client.post(&path, &[("act", "called")]).await;
        let done =
            async || client.app.store.everywhere().flags_of(&row.pair.id).await.unwrap().remove(0).act.unwrap().0;
        assert_eq!(done().await, mentoring::FlagAct::Called);
        client.post(&format!("{path}/undo"), &[]).await;
        assert_eq!(done().await, mentoring::FlagAct::Remind);
        client.app.store.run_for_test("UPDATE flag SET act = '', acted_at = NULL, again = NULL").await.unwrap();
        // Two weeks after a call: it has helped, or so one thought. What one calls about is all that waits.
        let hers = client.signed_in_until(&mentee, Way::Link, "2030-01-01T00:00:00Z").await;
        hers.post(&format!("/mine{pair}"), &[("act", "help"), ("words", "Vi hörs inte.")]).await;
        client.post(&path, &[("act", "called"), from]).await;
        assert!(!open().await.iter().any(|it| it.pair == row.pair.id), "one call is enough");
        client.app.clock.set_day("2026-12-07".parse().unwrap());
        let staff = client.signed_in_until("karin@example.org", Way::Demo, "2030-01-01T00:00:00Z").await;
        let helped = staff.post(&path, &[("act", "helped"), from]).await.text();
        assert!(helped.contains("Silent: It has helped"), "{helped}");
        let known = async || client.app.store.everywhere().flags_of(&row.pair.id).await.unwrap().remove(0);
        assert_eq!(known().await.outcome, "helped");
        assert!(!open().await.iter().any(|it| it.pair == row.pair.id), "and what it was about is settled");
        assert!(staff.get(&pair).await.text().contains(&format!("{path}/undo")));
        staff.post(&format!("{path}/undo"), &[from]).await;
        let again = known().await;
        assert!(again.ended_at.is_none() && again.act.is_some());
        let late = staff.post(&format!("{path}/undo"), &[from]).await;
        assert!(late.text().contains("more than an hour ago"), "the call was two weeks ago: {}", late.text());
        // Another act on what was asked about, taken back, leaves the first one.
        staff.post(&path, &[("act", "offered"), from]).await;
        assert_eq!(known().await.act.unwrap().0, mentoring::FlagAct::Offered);
        staff.post(&format!("{path}/undo"), &[from]).await;
        let (act, at) = known().await.act.unwrap();
        assert!(act == mentoring::FlagAct::Called && at.starts_with("2026-11-23"), "{at}");
        // What the program has found of a pair that has ended nobody opens again.
        staff.post(&path, &[("words", "Hörs nu."), from]).await;
        staff.post(&pair, &[("act", "end"), ("reason", "reached")]).await;
        let over = staff.post(&format!("{path}/undo"), &[from]).await;
        assert!(over.text().contains("There is nothing to undo"), "{}", over.text());
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_mentor_who_leaves_leaves_nobody_behind() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let path = format!("/mentors/{}/leave", row.pair.mentor);
        let asked = client.get(&path).await.text();
        assert!(asked.contains(&row.mentee_name) && asked.contains("The mentor leaves"));
        let everywhere = client.app.store.everywhere();
        assert!(everywhere.pair(&row.pair.id).await.unwrap().pair.is_open(), "asking does nothing");
        for _ in 0..2 {
            assert_eq!(client.post(&path, &[]).await.status, StatusCode::OK, "done twice it is done once");
        }
        let known = everywhere.pair(&row.pair.id).await.unwrap();
        assert_eq!((known.pair.state.code(), known.reason.as_str()), ("early", "left"));
        for email in [&mentee, &mentor] {
            assert_eq!(letters(&client, email, "pair-changed").await, 1);
        }
        let (gone, _) = everywhere.one::<Mentor>(&row.pair.mentor).await.unwrap();
        assert!(!gone.approved && gone.open_pairs == 0);
        let (waits, _) = everywhere.one::<Mentee>(&row.pair.mentee).await.unwrap();
        assert!(!waits.paired, "the mentee waits again");
        let home = client.get("/home").await.text();
        let first = queue(&home).into_iter().position(|it| it.contains(&waits.name)).unwrap();
        assert!(home.contains("Needs another mentor") && first < 5, "{first}");
        let profile = client.get(&format!("/mentees/{}", row.pair.mentee)).await.text();
        assert!(profile.contains(&format!("/mentees/{}/match", row.pair.mentee)), "straight to another mentor");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_complaint_goes_past_the_coordinator_and_is_answered() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, _) = emails(&client, &row).await;
        let hers = client.signed_in_until(&mentee, Way::Link, "2030-01-01T00:00:00Z").await;
        let organisation = row.organisation.as_str();
        let coordinator =
            client.appointed("Ina Nära", Some((StaffRole::Coordinator, organisation)), Way::Passkey).await;
        let manager = client.appointed("Mia Ansvarig", Some((StaffRole::Manager, organisation)), Way::Passkey).await;
        let empty = hers.post("/mine/complaint", &[("words", "  ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        hers.post("/mine/complaint", &[("words", "Kanariefågelsparven: samordnaren svarar inte.")]).await;
        assert_eq!(letters(&client, "mia.ansvarig@example.org", "complaint-made").await, 1);
        assert_eq!(letters(&client, "ina.nära@example.org", "complaint-made").await, 0);
        assert_eq!(letters(&client, &mentee, "complaint-received").await, 1);
        assert_eq!(coordinator.get("/complaints").await.status, StatusCode::FORBIDDEN);
        let seen = ["/home".to_owned(), "/mail".to_owned(), format!("/pairs/{}", row.pair.id)];
        for path in seen.into_iter().chain([format!("/mentees/{}", row.pair.mentee)]) {
            let page = coordinator.get(&path).await.text();
            assert!(!page.contains("sparven") && !page.contains("complaint"), "{path}");
        }
        let page = manager.get("/complaints").await;
        assert!(page.text().contains("samordnaren svarar inte."));
        let id = page.after("action=\"/complaints/");
        let all = client.app.store.organisations().await.unwrap();
        let apart =
            |it: &&mentoring::Organisation| it.kind == mentoring::OrganisationKind::Regional && it.code != organisation;
        let other = all.iter().find(apart);
        let other = client.appointed("Ove Långt", Some((StaffRole::Manager, &other.unwrap().code)), Way::Passkey).await;
        assert!(!other.get("/complaints").await.text().contains("sparven"));
        let far = other.post(&format!("/complaints/{id}"), &[("words", "x")]).await;
        assert_eq!(far.status, StatusCode::NOT_FOUND);
        let unsaid = manager.post(&format!("/complaints/{id}"), &[("words", "")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        manager.post(&format!("/complaints/{id}"), &[("words", "Du får en ny samordnare.")]).await;
        assert_eq!(letters(&client, &mentee, "complaint-settled").await, 1);
        assert!(hers.get("/mine/complaint").await.text().contains("Du får en ny samordnare."));
        let again = manager.post(&format!("/complaints/{id}"), &[("words", "Igen")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        // An organisation names a person of its own.
        let letters_page = format!("/letters/{organisation}");
        let version = manager.get(&letters_page).await.after("name=\"version\" value=\"");
        let half = [("version", version.as_str()), ("complaints_name", "Olle Ombud")];
        assert_eq!(manager.post(&letters_page, &half).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let whole = [half[0], half[1], ("complaints_email", "olle.ombud@example.org")];
        let unable = manager.post(&letters_page, &whole).await;
        assert_eq!(unable.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever is named must be able to read them");
        client.appointed("Olle Ombud", Some((StaffRole::Manager, organisation)), Way::Passkey).await;
        manager.post(&letters_page, &whole).await;
        assert!(hers.get("/mine/complaint").await.text().contains("Send to Olle Ombud"));
        hers.post("/mine/complaint", &[("words", "En sak till.")]).await;
        assert_eq!(letters(&client, "olle.ombud@example.org", "complaint-made").await, 1);
        let stamp = store::Stamp::program("erasure", clock());
        client.app.store.erase(&mentee, jiff::civil::date(2026, 11, 30), &stamp).await.unwrap();
        assert!(!client.app.store.dump_for_test().await.unwrap().contains("sparven"));
    })
    .await;
}
