//! The documents of a pair, for those whose they are.

use axum::http::StatusCode;
use mentoring::StaffRole;
use store::{PairRow, Way};

use super::client::each;
use super::way::{begun, emails};

fn is_pdf(answer: &super::client::Answer) -> bool {
    answer.status == StatusCode::OK && answer.bytes.starts_with(b"%PDF-1.7")
}

#[tokio::test]
async fn the_agreement_is_there_for_both_in_both_languages_and_for_nobody_else() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        let path = format!("/mine/pairs/{}/agreement.pdf", row.pair.id);
        for email in [&mentee, &mentor] {
            let own = client.signed_in(email, Way::Link).await;
            let page = own.get(&format!("/mine/pairs/{}", row.pair.id)).await.text();
            assert!(page.contains(&path));
            let (swedish, english) =
                (own.get(&format!("{path}?language=sv")).await, own.get(&format!("{path}?language=en")).await);
            assert!(is_pdf(&swedish) && is_pdf(&english));
            assert_ne!(swedish.bytes, english.bytes);
            let none = own.get(&format!("/mine/pairs/{}/diploma.pdf", row.pair.id)).await;
            assert_eq!(none.status, StatusCode::NOT_FOUND, "not before it has been completed");
        }
        assert!(is_pdf(&client.get(&format!("/pairs/{}/agreement.pdf", row.pair.id)).await));
        let all = client.app.store.everywhere().pairs(&store::PairFilter::default(), 0, 1000).await.unwrap().0;
        let strange = |it: &&PairRow| it.pair.mentee != row.pair.mentee && it.pair.mentor != row.pair.mentor;
        let (_, stranger) = emails(&client, all.iter().find(strange).unwrap()).await;
        let stranger = client.signed_in(&stranger, Way::Link).await;
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        let other = all.iter().find(|it| it.organisation != row.organisation && it.organisation != "agare").unwrap();
        let role = Some((StaffRole::Coordinator, other.organisation.as_str()));
        let of_others = client.appointed("Lisa Långt", role, Way::Passkey).await;
        let far = of_others.get(&format!("/pairs/{}/agreement.pdf", row.pair.id)).await;
        let shared = of_others.get(&format!("/pairs/{}", row.pair.id)).await;
        assert_eq!(far.status, shared.status, "whoever cannot see the pair cannot see its agreement");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_completed_gets_a_diploma() {
    each(async |client| {
        let row = begun(&client).await;
        let (mentee, mentor) = emails(&client, &row).await;
        client.app.clock.set_day("2027-11-20".parse().unwrap());
        let staff = client.signed_in_until("karin@example.org", Way::Demo, "2030-01-01T00:00:00Z").await;
        app::jobs::look_after(&client.app).await.unwrap();
        let everywhere = client.app.store.everywhere();
        let asked = everywhere.follow_ups(&row.pair.id).await.unwrap();
        let last = asked.iter().find(|it| it.kind == mentoring::FollowUpKind::Final).unwrap();
        let new = store::NewAnswer { answer: 9, words: String::new(), met: None, reached: Some(4) };
        let stamp = store::Stamp::program("test", client.app.now());
        let (id, today) = (mentoring::Id::from_number(77), client.app.today());
        everywhere.answer((&row.pair.id, row.pair.on(last.side)), last, &new, &id, today, &stamp).await.unwrap();
        let pair = format!("/pairs/{}", row.pair.id);
        let never = staff.post(&pair, &[("act", "complete")]).await;
        assert!(never.text().contains("No meeting is noted"), "who never met have completed nothing: {}", never.text());
        let day = "2027-05-01".parse().unwrap();
        let met = mentoring::Meeting::held(day, 90, mentoring::MeetingForm::Place, day, today).unwrap();
        everywhere.log_meeting(&row.pair.id, None, &met, &stamp).await.unwrap();
        let done = staff.post(&pair, &[("act", "complete")]).await;
        let pair = everywhere.pair(&row.pair.id).await.unwrap().pair;
        assert_eq!(pair.state.code(), "completed", "{}", done.text());
        for (email, side) in [(&mentee, "mentee"), (&mentor, "mentor")] {
            let own = client.signed_in_until(email, Way::Link, "2030-01-01T00:00:00Z").await;
            let file = own.get(&format!("/mine/pairs/{}/diploma.pdf", row.pair.id)).await;
            assert!(is_pdf(&file), "{} {}", file.path, file.text());
            let path = format!("/pairs/{}/diploma.pdf?side={side}&language=en", row.pair.id);
            assert!(
                staff.get(&format!("/pairs/{}", row.pair.id)).await.text().contains(&path.replace("&language=en", ""))
            );
            assert!(is_pdf(&staff.get(&path).await));
        }
        // Whoever has been erased is in no document any more.
        client.app.store.erase(&mentee, today, &stamp).await.unwrap();
        let his = client.signed_in_until(&mentor, Way::Link, "2030-01-01T00:00:00Z").await;
        for paper in ["agreement", "diploma"] {
            let gone = his.get(&format!("/mine/pairs/{}/{paper}.pdf", row.pair.id)).await;
            assert_eq!(gone.status, StatusCode::NOT_FOUND, "{paper}");
        }
    })
    .await;
}
