//! Times agreed on for meetings: proposed, chosen, moved, called off, told of; and calendars to subscribe to.

use app::jobs::pass_bookings;
use axum::http::StatusCode;
use mentoring::Occasion;
use store::{BookingRow, NewLink, PairFilter, PairRow, Way};

use super::client::{Answer, Client, clock, digest, each};
use super::way::{begun, emails};

/// Two people who meet, each signed in by link.
struct Two {
    row: PairRow,
    his: Client,
    hers: Client,
    mentor: String,
    mentee: String,
}

async fn two(client: &Client) -> Two {
    let row = begun(client).await;
    let (mentee, mentor) = emails(client, &row).await;
    let his = client.signed_in_until(&mentor, Way::Link, "2028-01-01T00:00:00Z").await;
    let hers = client.signed_in_until(&mentee, Way::Link, "2028-01-01T00:00:00Z").await;
    Two { row, his, hers, mentor, mentee }
}

/// The letters about bookings to an address, in the order in which they were written.
async fn letters(client: &Client, email: &str) -> Vec<String> {
    let mut mails = client.app.store.mails_to(email).await.unwrap();
    mails.sort_by(|a, b| a.made_at.cmp(&b.made_at));
    mails.into_iter().map(|mail| mail.template).filter(|it| it.starts_with("booking-")).collect()
}

async fn bookings(client: &Client, two: &Two) -> Vec<BookingRow> {
    client.app.store.everywhere().bookings(Occasion::Meeting, &two.row.pair.id).await.unwrap()
}

fn form<'a>(act: &'a str, times: &[&'a str], place: &'a str) -> Vec<(&'a str, &'a str)> {
    let how = if place.starts_with("https") { "video" } else { "place" };
    let mut form = vec![("act", act), ("minutes", "90"), ("form", how), ("place", place)];
    form.extend(times.iter().map(|time| ("time", *time)));
    form
}

/// The link of a letter to one of the two.
async fn link(client: &Client, booking: &BookingRow, seat: &str, email: &str) -> String {
    let secret = format!("booking-{}-{seat}", booking.booking.id);
    let new = NewLink {
        secret: digest(&secret),
        purpose: "booking",
        subject: format!("{} {seat}", booking.booking.id),
        email: email.to_owned(),
        ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
        ..NewLink::default()
    };
    client.app.store.make_link(&new, clock()).await.unwrap();
    format!("/booking/{secret}")
}

fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert!(answer.text().contains(why), "{why}: {}", answer.text());
}

#[tokio::test]
async fn a_time_is_proposed_chosen_moved_and_called_off() {
    each(async |client| {
        let two = two(&client).await;
        let own = format!("/mine/pairs/{}", two.row.pair.id);
        refused(&two.his.post(&own, &form("propose", &[], "Library")).await, "Propose one to three times");
        refused(&two.his.post(&own, &form("propose", &["2026-11-23T09:59"], "Library")).await, "has been already");
        refused(
            &two.his.post(&own, &form("agreed", &["2027-03-28T02:30"], "Library")).await,
            "Clocks go forward that night",
        );
        refused(&two.his.post(&own, &form("propose", &["2026-12-03T10:00"], "https:/")).await, "begins with https://");
        let nowhere = two.his.post(&own, &form("propose", &["2026-12-03T10:00", "2026-12-04T11:00"], " ")).await;
        refused(&nowhere, "where you are to meet");
        let kept = nowhere.text();
        assert!(kept.contains("value=\"2026-12-03T10:00\"") && kept.contains("value=\"2026-12-04T11:00\""), "{kept}");
        assert!(kept.contains("<details open><summary>Book a meeting"), "what is to be mended stands open");
        assert_eq!(bookings(&client, &two).await, [], "nothing half-written");
        let times = ["2026-12-03T10:00", "2026-12-04T10:00", ""];
        two.his.post(&own, &form("propose", &times, "Storgatan 1, Malmö")).await;
        assert_eq!(letters(&client, &two.mentee).await, ["booking-times"]);
        assert_eq!(letters(&client, &two.mentor).await, Vec::<String>::new());
        let booking = bookings(&client, &two).await.remove(0);
        let path = format!("/mine/bookings/{}", booking.booking.id);
        refused(&two.his.post(&path, &[("act", "choose"), ("time", "2026-12-03T09:00:00Z")]).await, "yourself");
        let hers = link(&client, &booking, "guest", &two.mentee).await;
        let nobody = Client::stranger(&client.app);
        let page = nobody.get(&hers).await.text();
        assert!(page.contains("Thursday 3 December 2026, 10:00–11:30") && page.contains("Storgatan 1, Malmö"));
        let chosen = nobody.post(&hers, &[("act", "choose"), ("time", "2026-12-03T09:00:00Z")]).await.text();
        assert!(chosen.contains("Booked: Thursday 3 December 2026, 10:00–11:30."), "{chosen}");
        assert_eq!(letters(&client, &two.mentor).await, ["booking-booked"]);
        let file = nobody.get(&format!("{hers}/calendar.ics")).await.text();
        assert!(file.contains("DTSTART:20261203T090000Z\r\n") && file.contains("LOCATION:Storgatan 1\\, Malmö\r\n"));
        // Moved: what was booked holds until the other one has chosen.
        let other = form("propose", &["2026-12-10T17:00"], "https://meet.example/a");
        two.hers.post(&path, &other).await;
        let page = two.his.get(&path).await.text();
        assert!(page.contains("Until another time is chosen, Thursday 3 December 2026, 10:00–11:30 holds."), "{page}");
        two.his.post(&path, &[("act", "choose"), ("time", "2026-12-10T16:00:00Z")]).await;
        let own_page = two.hers.get("/mine").await.text();
        assert!(own_page.contains("Booked: Thursday 10 December 2026, 17:00–18:30."), "{own_page}");
        let staff = client.get(&format!("/pairs/{}", two.row.pair.id)).await.text();
        assert!(staff.contains("Meeting booked: Thursday 10 December 2026, 17:00–18:30"));
        assert!(!staff.contains("meet.example"), "where is the pair's own business");
        two.hers.post(&path, &[("act", "cancel")]).await;
        let told = ["booking-booked", "booking-booked", "booking-called-off", "booking-times"];
        let sorted = async |email: &str| {
            let mut all = letters(&client, email).await;
            all.sort();
            all
        };
        assert_eq!(sorted(&two.mentor).await, told);
        assert_eq!(sorted(&two.mentee).await, told);
        refused(&two.his.post(&path, &[("act", "cancel")]).await, "settled already");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn whether_it_took_place_is_asked_and_told_once_and_the_next_is_booked() {
    each(async |client| {
        let two = two(&client).await;
        two.his
            .post(&format!("/mine/pairs/{}", two.row.pair.id), &form("agreed", &["2026-12-03T10:00"], "Library"))
            .await;
        let booking = bookings(&client, &two).await.remove(0);
        let path = format!("/mine/bookings/{}", booking.booking.id);
        refused(&two.his.post(&path, &[("act", "held"), ("minutes", "60"), ("form", "place")]).await, "still to come");
        assert_eq!(pass_bookings(&client.app).await.unwrap(), 0);
        client.app.clock.set_day("2026-12-04".parse().unwrap());
        assert_eq!((pass_bookings(&client.app).await.unwrap(), pass_bookings(&client.app).await.unwrap()), (1, 0));
        assert_eq!(letters(&client, &two.mentee).await, ["booking-booked", "booking-has-been"]);
        let hers = link(&client, &booking, "guest", &two.mentee).await;
        let nobody = Client::stranger(&client.app);
        let asked = nobody.get(&hers).await.text();
        assert!(asked.contains("Did it take place?") && asked.contains("value=\"90\""), "{asked}");
        let told = nobody.post(&hers, &[("act", "held"), ("minutes", "75"), ("form", "video")]).await.text();
        assert!(told.contains("When do you meet next?"), "{told}");
        let held = client.app.store.everywhere().meetings(&two.row.pair.id).await.unwrap();
        assert_eq!((held.len(), held[0].day.to_string().as_str(), held[0].minutes), (1, "2026-12-03", 75));
        refused(&two.his.post(&path, &[("act", "missed")]).await, "settled already");
        let next = nobody.post(&hers, &form("propose", &["2027-01-07T10:00"], "Library")).await.text();
        assert!(next.contains("The next meeting is on its way"), "{next}");
        assert_eq!(bookings(&client, &two).await.len(), 2);
        // The pair ends: what is booked is called off, in both calendars.
        let open = bookings(&client, &two).await.into_iter().find(|row| row.booking.is_open()).unwrap();
        two.his
            .post(
                &format!("/mine/bookings/{}", open.booking.id),
                &[("act", "choose"), ("time", "2027-01-07T09:00:00Z")],
            )
            .await;
        let staff = client.other("Karin").await;
        staff.post(&format!("/pairs/{}", two.row.pair.id), &[("act", "end"), ("reason", "time")]).await;
        assert_eq!((pass_bookings(&client.app).await.unwrap(), pass_bookings(&client.app).await.unwrap()), (1, 0));
        assert!(letters(&client, &two.mentor).await.contains(&"booking-called-off".to_owned()));
        refused(&nobody.post(&hers, &form("propose", &["2027-02-07T10:00"], "Library")).await, "No more meetings");
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_calendar_is_ones_own_and_its_address_can_be_taken_away() {
    each(async |client| {
        let two = two(&client).await;
        let own = format!("/mine/pairs/{}", two.row.pair.id);
        two.his.post(&own, &form("agreed", &["2026-12-03T10:00"], "Storgatan 1")).await;
        two.his.post(&own, &form("propose", &["2026-12-17T10:00"], "Library")).await;
        let address = async |client: &Client| {
            let page = client.post("/mine/calendar", &[("act", "make")]).await;
            page.after("id=\"address\" value=\"").trim_start_matches("http://localhost").to_owned()
        };
        let (his, hers) = (address(&two.his).await, address(&two.hers).await);
        let nobody = Client::stranger(&client.app);
        for (feed, other) in [(&his, &two.row.mentee_name), (&hers, &two.row.mentor_name)] {
            let text = nobody.get(feed).await.text();
            let events = text.matches("BEGIN:VEVENT").count();
            assert_eq!(events, 1, "what is only proposed is in no calendar: {text}");
            assert!(text.replace("\r\n ", "").contains(other.as_str()) && !text.contains("METHOD"), "{text}");
        }
        let (known, _) = client.app.store.everywhere().one::<mentoring::Mentee>(&two.row.pair.mentee).await.unwrap();
        let text = nobody.get(&his).await.text().replace("\r\n ", "");
        assert!(!known.phone.is_empty() && text.contains(&known.phone), "whom to call if one is late: {text}");
        let again = address(&two.his).await;
        assert_eq!(nobody.get(&his).await.status, StatusCode::NOT_FOUND, "the old address is of no use any more");
        assert_eq!(nobody.get(&again).await.status, StatusCode::OK);
        two.his.post("/mine/calendar", &[("act", "drop")]).await;
        assert_eq!(nobody.get(&again).await.status, StatusCode::NOT_FOUND);
        assert_eq!(nobody.get("/calendar/unknown.ics").await.status, StatusCode::NOT_FOUND);
        // Somebody else's booking is as one that does not exist.
        let booking = bookings(&client, &two).await.remove(0);
        let path = format!("/mine/bookings/{}", booking.booking.id);
        let all = client.app.store.everywhere().pairs(&PairFilter::default(), 0, 1000).await.unwrap().0;
        let strange = |it: &&PairRow| it.pair.mentee != two.row.pair.mentee && it.pair.mentor != two.row.pair.mentor;
        let (_, stranger) = emails(&client, all.iter().find(strange).unwrap()).await;
        for other in [&client, &client.signed_in(&stranger, Way::Link).await] {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
            assert_eq!(other.post(&path, &[("act", "cancel")]).await.status, StatusCode::NOT_FOUND);
        }
        let hers = link(&client, &booking, "guest", "annan@example.org").await;
        assert_eq!(nobody.get(&hers).await.status, StatusCode::GONE, "an address that is not hers any more");
        // Erased with the person, place and all.
        let dump = client.app.store.dump_for_test().await.unwrap();
        assert!(dump.contains("Storgatan 1"));
        let day = jiff::civil::date(2026, 11, 30);
        client.app.store.erase(&two.mentee, day, &store::Stamp::program("erasure", clock())).await.unwrap();
        assert!(!client.app.store.dump_for_test().await.unwrap().contains("Storgatan 1"));
        assert_eq!(client.app.store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_second_click_proposes_nothing_more() {
    each(async |client| {
        let two = two(&client).await;
        let own = format!("/mine/pairs/{}", two.row.pair.id);
        for _ in 0..2 {
            two.his.post(&own, &form("propose", &["2026-12-01T10:00", "2026-12-02T10:00"], "Kajen 1")).await;
        }
        assert_eq!(bookings(&client, &two).await.len(), 1);
        assert_eq!(letters(&client, &two.mentee).await, ["booking-times"]);
        let page = two.his.get(&own).await.text();
        assert!(page.contains("<li>Wednesday 2 December 2026, 10:00–11:30</li>"), "what one has proposed is repeated");
        two.his.post(&own, &form("propose", &["2026-12-08T10:00"], "Kajen 1")).await;
        assert_eq!(bookings(&client, &two).await.len(), 2, "another time is another proposal");
        // Of a pair that has ended meanwhile nothing is booked, whatever the page said.
        let mut late = bookings(&client, &two).await.swap_remove(0);
        client.post(&format!("/pairs/{}", two.row.pair.id), &[("act", "end"), ("reason", "reached")]).await;
        late.booking.id = mentoring::Id::from_number(9);
        late.booking.plan.minutes = 45;
        let quiet = store::Booked { kind: "booking-asked", mails: Vec::new(), met: None };
        let stamp = store::Stamp::program("test", clock());
        let made = client.app.store.everywhere().make_booking(&late, &quiet, &stamp).await;
        assert!(matches!(made, Err(store::Error::Changed { .. })), "{made:?}");
    })
    .await;
}
