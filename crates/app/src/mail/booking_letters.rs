//! What the letters about a booking say.

use jiff::Timestamp;
use mentoring::{MeetingForm, Say};

use super::booking::{BOOKED, CALLED_OFF, HAS_BEEN, NO_TIME, SOON, TIMES};
use super::letter::Piece;
use super::letters::Source;
use crate::calendar::Entry;
use crate::web::Words;

/// Every kind of letter about a booking.
pub(super) const ALL: [&str; 6] = [TIMES, BOOKED, SOON, NO_TIME, CALLED_OFF, HAS_BEEN];

/// What stands over a letter.
pub(super) fn subject(template: &str) -> &'static str {
    match template {
        TIMES => "letter-booking-times",
        BOOKED => "letter-booking-booked",
        SOON => "letter-booking-soon",
        NO_TIME => "letter-booking-no-time",
        CALLED_OFF => "letter-booking-called-off",
        _ => "letter-booking-has-been",
    }
}

/// What stands over a letter that tells a time: the time, or that it is as it was; none for others.
pub(super) fn title(source: &Source, w: Words) -> Option<String> {
    if source.template == NO_TIME && source.fact("kind") == "booking-kept" {
        return Some(w.t("letter-booking-kept"));
    }
    let kind = source.fact("kind");
    if source.template == TIMES {
        return match (kind, source.facts["starts"].is_string()) {
            ("booking-asked-again", _) => Some(w.t("letter-booking-asked-again")),
            (_, true) => Some(w.x("letter-booking-move", source.fact("other"))),
            _ => None,
        };
    }
    let told = matches!(source.template, BOOKED | SOON);
    let starts = told.then(|| source.fact("starts").parse::<Timestamp>().ok())??;
    let minutes = source.facts["minutes"].as_u64().unwrap_or_default() as u16;
    let key = match kind {
        "booking-soon" => "letter-booking-soon-on",
        "booking-moved" => "letter-booking-moved-on",
        _ => "letter-booking-booked-on",
    };
    Some(w.x(key, w.stretch(starts, minutes)))
}

/// What goes into the reader's calendar, if anything does.
pub(super) fn entry(source: &Source) -> Option<Entry> {
    serde_json::from_value(source.facts["entry"].clone()).ok()
}

/// The text of a letter; none if it is not about a booking.
pub(super) fn pieces(source: &Source, w: Words) -> Option<Vec<Piece>> {
    if !ALL.contains(&source.template) {
        return None;
    }
    let interview = source.fact("occasion") == "interview";
    let by_occasion =
        |meeting: &'static str, of_interview: &'static str| if interview { of_interview } else { meeting };
    let text = |key| Piece::Text(w.page(&Say::new(key).with("x", source.fact("other"))));
    let minutes = source.facts["minutes"].as_u64().unwrap_or_default() as u16;
    let time = |value: &serde_json::Value| {
        value.as_str().and_then(|text| text.parse::<Timestamp>().ok()).map(|at| w.stretch(at, minutes))
    };
    let place = || {
        let form = MeetingForm::from_code(source.fact("form")).map_or("", |form| w.name(form.names()));
        let place = source.fact("place");
        if place.is_empty() { form.to_owned() } else { format!("{form}: {place}") }
    };
    // Otherwise both would wait by their telephones.
    let calls = || {
        let key = if source.fact("seat") == "host" { "letter-booking-you-call" } else { "letter-booking-calls" };
        (interview && source.fact("form") == MeetingForm::Phone.code()).then(|| text(key))
    };
    let facts = |times: Vec<String>| {
        let times = times.into_iter().map(|time| (w.t("booking-time"), time));
        let phone = Some(source.fact("phone")).filter(|phone| !phone.is_empty());
        let phone = phone.map(|phone| (w.x("booking-phone", source.fact("other")), phone.to_owned()));
        Piece::Facts(times.chain([(w.t("booking-how"), place())]).chain(phone).collect())
    };
    let page = source.fact("page");
    let act = |key| Piece::Act(w.t(key), if page.is_empty() { source.link } else { page }.to_owned());
    let starts = time(&source.facts["starts"]);
    let mut pieces = vec![Piece::Text(w.x("letter-hello", source.fact("name")))];
    match source.template {
        TIMES => {
            let times = source.facts["times"].as_array().into_iter().flatten().filter_map(time).collect();
            let key = if starts.is_some() { "letter-booking-move-text" } else { "letter-booking-times-text" };
            pieces.push(text(by_occasion(key, "letter-booking-times-interview")));
            if let Some(starts) = starts {
                pieces.push(Piece::Text(w.x("letter-booking-until-then", starts)));
            }
            pieces.push(facts(times));
            pieces.extend(calls());
            pieces.push(act("letter-booking-choose"));
        }
        BOOKED => {
            let moved = source.fact("kind") == "booking-moved";
            pieces.push(text(match (moved, interview) {
                (true, _) if source.facts["own"] == true => "letter-booking-moved-own",
                (true, _) => "letter-booking-moved-text",
                (false, false) => "letter-booking-booked-text",
                (false, true) => "letter-booking-booked-interview",
            }));
            pieces.push(facts(starts.into_iter().collect()));
            pieces.extend(calls());
            pieces.push(Piece::Text(w.t("letter-booking-file")));
            pieces.push(act("letter-booking-open"));
        }
        SOON => {
            pieces.push(text(by_occasion("letter-booking-soon-text", "letter-booking-soon-interview")));
            pieces.push(facts(starts.into_iter().collect()));
            pieces.extend(calls());
            pieces.push(Piece::Text(w.t("letter-booking-prevented")));
            pieces.push(act("letter-booking-open"));
        }
        NO_TIME => {
            let key = match source.fact("kind") {
                "booking-lapsed" => "letter-booking-lapsed-text",
                "booking-kept" => "letter-booking-kept-text",
                _ => "letter-booking-no-time-text",
            };
            pieces.push(text(key));
            if let Some(starts) = starts {
                pieces.push(facts(vec![starts]));
            }
            pieces.push(act("letter-booking-again"));
        }
        CALLED_OFF => {
            let key = match source.fact("kind") {
                // The pair is over, or the application is decided.
                _ if source.facts["needless"] == true => "letter-booking-off-needless",
                "booking-taken-back" => "letter-booking-taken-back-text",
                _ if source.facts["own"] == true => "letter-booking-off-own",
                _ => "letter-booking-off-text",
            };
            pieces.push(text(key));
            if let Some(starts) = starts {
                pieces.push(facts(vec![starts]));
            }
            if !source.link.is_empty() {
                pieces.push(Piece::Act(w.t("letter-pair-meet"), source.link.to_owned()));
            }
        }
        _ => {
            pieces.push(Piece::Text(w.page(
                &Say::new("letter-booking-has-been-text").with("x", source.fact("other")).with("time", starts?),
            )));
            pieces.push(act("letter-booking-tell"));
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Desk;
    use crate::mail::booking::{Party, Table, booking_told};
    use crate::mail::letters::{Wording, letter};
    use mentoring::{Booking, Id, Language, Occasion, Plan, Seat};

    fn table(occasion: Occasion) -> Table {
        let party = |name: &str| Party {
            name: name.to_owned(),
            email: format!("{name}@example.org"),
            phone: String::new(),
            language: Language::English,
        };
        let (host, guest, more) = (party("Hanna"), party("Gun"), Vec::new());
        Table { occasion, host, guest, more, organisation: String::new(), page: String::new() }
    }

    fn told(kind: &'static str, occasion: Occasion, by: Option<Seat>) -> Vec<(String, String)> {
        let now: Timestamp = "2026-11-27T09:00:00Z".parse().unwrap();
        let plan = Plan { minutes: 60, form: MeetingForm::Phone, place: String::new() };
        let at = "2026-12-03T09:00:00Z".parse().unwrap();
        let booking = Booking::booked(Id::of("booking", "a"), at, plan, now).unwrap();
        let mails = booking_told(kind, (&booking, &booking), &table(occasion), by, now);
        let read = |mail: &store::NewMail| {
            let (language, link, sender, home) = (Language::English, "", "", "");
            let (facts, wording, desk) = (&mail.facts, &Wording::default(), &Desk::default());
            let source = Source { template: mail.template, language, facts, link, sender, wording, desk, home };
            let letter = letter(&source).unwrap();
            (letter.subject.clone(), format!("{:?}", letter.pieces))
        };
        mails.iter().map(read).collect()
    }

    #[test]
    fn nobody_is_said_to_have_cancelled_what_nobody_has() {
        let cancelled =
            |by| told("booking-cancelled", Occasion::Interview, by).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert!(cancelled(None).iter().all(|text| text.contains("is no longer needed")));
        let [host, guest] = &cancelled(Some(Seat::Host))[..] else { panic!("two letters") };
        assert!(host.contains("The time with Gun is cancelled.") && guest.contains("Hanna has cancelled the time."));
    }

    #[test]
    fn whoever_proposed_is_told_that_the_other_one_has_called_it_off() {
        let now: Timestamp = "2026-11-27T09:00:00Z".parse().unwrap();
        let plan = Plan { minutes: 60, form: MeetingForm::Phone, place: String::new() };
        let times = ["2026-12-03T09:00:00Z".parse().unwrap()];
        let booking = Booking::asked(Id::of("booking", "a"), Seat::Host, &times, plan, now).unwrap();
        let to = |by: Option<Seat>| {
            let mails = booking_told("booking-taken-back", (&booking, &booking), &table(Occasion::Meeting), by, now);
            mails.into_iter().map(|mail| (mail.template, mail.recipient)).collect::<Vec<_>>()
        };
        let [host, guest] = ["Hanna@example.org", "Gun@example.org"].map(str::to_owned);
        assert_eq!(to(Some(Seat::Host)), [(CALLED_OFF, guest.clone())]);
        assert_eq!(to(Some(Seat::Guest)), [(NO_TIME, host.clone())]);
        assert_eq!(to(None), [(CALLED_OFF, host), (CALLED_OFF, guest)]);
    }

    #[test]
    fn an_interview_by_telephone_says_who_calls_and_its_letter_when() {
        let [(title, host), (_, guest)] = &told("booking-made", Occasion::Interview, Some(Seat::Guest))[..] else {
            panic!("two letters")
        };
        assert_eq!(title, "A time is booked: Thursday 3 December 2026, 10:00–11:00");
        assert!(host.contains("It is you who call Gun.") && guest.contains("Hanna calls you."));
        assert!(told("booking-made", Occasion::Meeting, None).iter().all(|(_, text)| !text.contains("call")));
    }
}
