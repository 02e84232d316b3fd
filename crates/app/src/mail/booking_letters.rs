//! What the letters about a booking say.

use jiff::Timestamp;
use mentoring::{MeetingForm, Say};

use super::booking::{BOOKED, CALLED_OFF, HAS_BEEN, NO_TIME, TIMES};
use super::letter::Piece;
use super::letters::Source;
use crate::calendar::Entry;
use crate::web::Words;

/// Every kind of letter about a booking.
pub(super) const ALL: [&str; 5] = [TIMES, BOOKED, NO_TIME, CALLED_OFF, HAS_BEEN];

/// What stands over a letter.
pub(super) fn subject(template: &str) -> &'static str {
    match template {
        TIMES => "letter-booking-times",
        BOOKED => "letter-booking-booked",
        NO_TIME => "letter-booking-no-time",
        CALLED_OFF => "letter-booking-called-off",
        _ => "letter-booking-has-been",
    }
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
    let facts = |times: Vec<String>| {
        let times = times.into_iter().map(|time| (w.t("booking-time"), time));
        Piece::Facts(times.chain([(w.t("booking-how"), place())]).collect())
    };
    let page = source.fact("page");
    let act = |key| Piece::Act(w.t(key), if page.is_empty() { source.link } else { page }.to_owned());
    let starts = time(&source.facts["starts"]);
    let mut pieces = vec![Piece::Text(w.x("letter-hello", source.fact("name")))];
    match source.template {
        TIMES => {
            let times = source.facts["times"].as_array().into_iter().flatten().filter_map(time).collect();
            pieces.push(text(by_occasion("letter-booking-times-text", "letter-booking-times-interview")));
            if let Some(starts) = starts {
                pieces.push(Piece::Text(w.x("letter-booking-until-then", starts)));
            }
            pieces.push(facts(times));
            pieces.push(act("letter-booking-choose"));
        }
        BOOKED => {
            let moved = source.fact("kind") == "booking-moved";
            pieces.push(text(match (moved, interview) {
                (true, _) => "letter-booking-moved-text",
                (false, false) => "letter-booking-booked-text",
                (false, true) => "letter-booking-booked-interview",
            }));
            pieces.push(facts(starts.into_iter().collect()));
            pieces.push(Piece::Text(w.t("letter-booking-file")));
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
            let key = match (source.facts["own"] == true, source.fact("kind")) {
                (_, "booking-taken-back") => "letter-booking-taken-back-text",
                (true, _) => "letter-booking-off-own",
                (false, _) => "letter-booking-off-text",
            };
            pieces.push(text(key));
            if let Some(starts) = starts {
                pieces.push(facts(vec![starts]));
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
