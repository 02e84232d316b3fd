//! What the letters about a pair say.

use jiff::Timestamp;
use mentoring::{FollowUpKind, Say};

use super::letter::Piece;
use super::letters::Source;
use super::pair::{
    AGREEING, AGREEMENT_WAITS, CHANGED, COMPLETED, FOLLOW_UP, JOINED, JOINING, LAPSED, NOT_THIS_TIME, NUDGED, PROPOSED,
    REMINDED, ROOM_ENDS, STARTED, WRITTEN,
};
use crate::web::Words;

/// Every kind of letter about a pair.
pub(super) const ALL: [&str; 15] = [
    PROPOSED,
    REMINDED,
    LAPSED,
    NOT_THIS_TIME,
    AGREEING,
    AGREEMENT_WAITS,
    STARTED,
    FOLLOW_UP,
    COMPLETED,
    WRITTEN,
    ROOM_ENDS,
    NUDGED,
    JOINING,
    JOINED,
    CHANGED,
];

/// Those to somebody who is in no pair yet, or no more.
pub(super) const UNPAIRED: [&str; 7] = [PROPOSED, REMINDED, LAPSED, NOT_THIS_TIME, JOINING, COMPLETED, ROOM_ENDS];

/// What stands over a letter.
pub(super) fn subject(template: &str) -> &'static str {
    match template {
        PROPOSED => "letter-pair-proposed",
        REMINDED => "letter-pair-reminded",
        LAPSED => "letter-pair-lapsed",
        NOT_THIS_TIME => "letter-pair-not-this-time",
        AGREEING => "letter-pair-agreeing",
        AGREEMENT_WAITS => "letter-agreement-waits",
        STARTED => "letter-pair-started",
        FOLLOW_UP => "letter-follow-up",
        COMPLETED => "letter-pair-completed",
        WRITTEN => "letter-pair-written",
        NUDGED => "letter-pair-nudged",
        JOINING => "letter-joining",
        JOINED => "letter-joined",
        ROOM_ENDS => "letter-room-ends",
        _ => "letter-pair-changed",
    }
}

/// What stands over a letter of a kind that comes often, so that nobody has to open it to know; none for others.
pub(super) fn title(source: &Source, w: Words) -> Option<String> {
    if source.template == CHANGED {
        return Some(w.t(match source.fact("kind") {
            "pair-paused" => "letter-pair-is-paused",
            "pair-resumed" => "letter-pair-is-resumed",
            "pair-extended" => "letter-pair-is-extended",
            _ => "letter-pair-is-ended",
        }));
    }
    if source.template == PROPOSED {
        let to_mentor = source.fact("side") == "mentor";
        let key = if to_mentor { "letter-pair-proposed-for" } else { "letter-pair-proposed-by" };
        return Some(w.x(key, source.fact("other")));
    }
    if source.template == FOLLOW_UP && source.facts["over"] == true {
        return Some(w.t("letter-follow-up-over"));
    }
    let kind = (source.template == FOLLOW_UP).then(|| FollowUpKind::from_code(source.fact("kind")))?;
    Some(w.t(match kind {
        Some(FollowUpKind::First) => "letter-follow-up-first",
        Some(FollowUpKind::Silence) => "letter-follow-up-silence",
        Some(FollowUpKind::Final) => "letter-follow-up-final",
        _ => "letter-follow-up-how",
    }))
}

/// The text of a letter; none if it is not about a pair.
pub(super) fn pieces(source: &Source, w: Words) -> Option<Vec<Piece>> {
    if !ALL.contains(&source.template) {
        return None;
    }
    let to_mentor = source.fact("side") == "mentor";
    let by_side = |mentor: &'static str, mentee: &'static str| if to_mentor { mentor } else { mentee };
    let about = |key| Piece::Text(w.x(key, source.fact("other")));
    let day = || w.stored_day(source.fact("day"));
    let act = |key| Piece::Act(w.t(key), source.link.to_owned());
    let facts = |facts: &[(&'static str, &str)]| {
        let facts = facts.iter().map(|(key, fact)| (w.t(key), source.fact(fact).to_owned()));
        Piece::Facts(facts.filter(|(_, fact)| !fact.is_empty()).collect())
    };
    let mut pieces = vec![Piece::Text(w.x("letter-hello", source.fact("name")))];
    match source.template {
        PROPOSED | REMINDED => {
            let key = by_side("letter-pair-proposed-mentor", "letter-pair-proposed-mentee");
            pieces.push(about(key));
            pieces.push(facts(&[
                (by_side("pairs-company", "pairs-mentor"), by_side("company", "other")),
                ("people-place", "place"),
                (by_side("letter-pair-needs", "letter-pair-knows"), "knows"),
                ("people-programme", "programme"),
            ]));
            pieces.push(Piece::Text(w.t("mine-pair-means")));
            pieces.push(act("letter-pair-answer"));
            pieces.push(Piece::Text(w.x("letter-pair-due", day())));
        }
        LAPSED => pieces.push(about(by_side("letter-pair-lapsed-mentor", "letter-pair-lapsed-mentee"))),
        NOT_THIS_TIME => pieces.push(about(by_side("letter-pair-not-mentor", "letter-pair-not-mentee"))),
        AGREEING => {
            pieces.push(about("letter-pair-agreeing-text"));
            pieces.push(facts(&[("door-email", "email"), ("pairs-phone", "phone")]));
            pieces.push(Piece::Text(w.t(by_side("letter-pair-first-mentor", "letter-pair-first-mentee"))));
            pieces.push(act("letter-pair-agree"));
        }
        AGREEMENT_WAITS => {
            let reminded = source.fact("kind") == "pair-agreement-reminded";
            let key = if reminded { "letter-agreement-waits-text" } else { "letter-agreement-other-text" };
            pieces.push(Piece::Text(w.page(&Say::new(key).with("x", source.fact("other")).with("day", day()))));
            pieces.push(Piece::Text(w.t("letter-agreement-not")));
            pieces.push(act("letter-pair-agree"));
        }
        FOLLOW_UP if source.facts["over"] == true => {
            pieces.push(about("letter-follow-over"));
            pieces.push(act("letter-follow-act"));
            pieces.push(Piece::Text(w.t("letter-follow-seen")));
        }
        FOLLOW_UP => {
            let kind = FollowUpKind::from_code(source.fact("kind"));
            let key = match kind {
                Some(FollowUpKind::First) => "letter-follow-first",
                Some(FollowUpKind::Silence) => "letter-follow-silence",
                Some(FollowUpKind::Final) => "letter-follow-final",
                _ => "letter-follow-how",
            };
            pieces.push(about(key));
            pieces.push(act("letter-follow-act"));
            pieces.push(Piece::Text(w.t("letter-follow-seen")));
        }
        COMPLETED => {
            pieces.push(about(by_side("letter-pair-completed-mentor", "letter-pair-completed-mentee")));
            pieces.push(Piece::Text(w.t("letter-pair-diploma-attached")));
            if source.facts["promise_over"] == true {
                pieces.push(Piece::Text(w.t("letter-pair-promise-over")));
            }
            if to_mentor {
                pieces.push(Piece::Act(w.t("letter-own-page-act"), format!("{}/mine", source.home)));
            }
        }
        WRITTEN => {
            pieces.push(about("letter-pair-written-text"));
            pieces.push(act("letter-pair-written-act"));
        }
        JOINING => {
            let text = Say::new(by_side("letter-joining-mentor", "letter-joining-mentee"))
                .with("mentor", source.fact("mentor"))
                .with("mentee", source.fact("mentee"));
            pieces.push(Piece::Text(w.page(&text)));
            pieces.push(act("letter-pair-agree"));
        }
        JOINED => {
            let key = match (source.facts["own"] == true, source.fact("of")) {
                (true, _) => "letter-joined-own",
                (false, "mentor") => "letter-joined-mentor",
                (false, _) => "letter-joined-mentee",
            };
            pieces.push(about(key));
            pieces.push(facts(&[("letter-joined-reach", "reach")]));
            pieces.push(act("letter-pair-meet"));
        }
        NUDGED => {
            pieces.push(about("letter-pair-nudged-text"));
            pieces.push(act("letter-pair-meet"));
        }
        ROOM_ENDS => {
            let text = Say::new("letter-room-ends-text").with("x", source.fact("other")).with("day", day());
            pieces.push(Piece::Text(w.page(&text)));
        }
        STARTED => {
            let text = Say::new("letter-pair-started-text").with("x", source.fact("other")).with("day", day());
            pieces.push(Piece::Text(w.page(&text)));
            pieces.push(facts(&[("door-email", "email"), ("pairs-phone", "phone")]));
            pieces.push(Piece::Text(w.t("letter-pair-rhythm")));
            pieces.push(act("letter-pair-meet"));
            pieces.push(Piece::Text(w.t("letter-pair-agreement-attached")));
        }
        _ => {
            let kind = source.fact("kind");
            let key = match kind {
                "pair-paused" => "letter-pair-paused",
                "pair-resumed" => "letter-pair-resumed",
                "pair-extended" => "letter-pair-extended",
                _ if source.facts["waits"] == true => "letter-pair-ended-waits",
                _ => by_side("letter-pair-ended-mentor", "letter-pair-ended-mentee"),
            };
            let text = Say::new(key).with("x", source.fact("other")).with("day", day()).with("by", source.fact("by"));
            pieces.push(Piece::Text(w.page(&text)));
            let booked: Vec<(Timestamp, u16)> =
                serde_json::from_value(source.facts["booked"].clone()).unwrap_or_default();
            if !booked.is_empty() {
                pieces.push(Piece::Text(w.t("letter-pair-paused-booked")));
                let time = |(at, minutes)| (w.t("booking-time"), w.stretch(at, minutes));
                pieces.push(Piece::Facts(booked.into_iter().map(time).collect()));
            }
            if !source.link.is_empty() {
                pieces.push(act(if kind == "pair-paused" { "letter-pair-open" } else { "letter-pair-meet" }));
            }
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use mentoring::Language;
    use serde_json::json;

    use super::super::desk::Desk;
    use super::super::letters::Wording;
    use super::*;

    #[test]
    fn with_a_break_one_is_told_what_is_booked_within_it() {
        let at: Timestamp = "2027-01-20T09:00:00Z".parse().unwrap();
        let facts = json!({
            "side": "mentee", "kind": "pair-paused", "name": "Mia", "other": "Per", "by": "other", "day": "2027-01-31",
            "booked": [(at, 60_u16)],
        });
        let told = |language| {
            let (wording, desk) = (Wording::default(), Desk::default());
            let (link, sender, home) = ("https://mentor.example/meet/x", "Almi", "https://mentor.example");
            let source = Source {
                template: CHANGED,
                language,
                facts: &facts,
                link,
                sender,
                wording: &wording,
                desk: &desk,
                home,
            };
            let pieces = pieces(&source, Words { language }).unwrap();
            let words = |piece: Piece| match piece {
                Piece::Text(text) => text,
                Piece::Act(name, link) => format!("{name}: {link}"),
                Piece::Facts(facts) => {
                    facts.iter().map(|(key, fact)| format!("{key}: {fact}")).collect::<Vec<_>>().join("\n")
                }
            };
            pieces.into_iter().map(words).collect::<Vec<_>>()
        };
        let swedish = [
            "Hej Mia!",
            "Per har satt ert mentorpar på uppehåll till och med den 31 januari 2027. Därefter går det vidare av sig \
             självt. Uppehållet läggs till på slutet, så ni förlorar ingen tid.",
            "Det här är bokat under uppehållet, och det gäller tills någon av er ställer in det:",
            "Tid: onsdag 20 januari 2027 kl. 10.00–11.00",
            "Öppna ert mentorpar: https://mentor.example/meet/x",
        ];
        assert_eq!(told(Language::Swedish), swedish);
        let english = [
            "Hello Mia!",
            "Per has put your mentoring pair on a break until 31 January 2027. After that it goes on by itself. The \
             break is added at the end, so you lose no time.",
            "This is booked during the break, and it holds until one of you cancels it:",
            "Time: Wednesday 20 January 2027, 10:00–11:00",
            "Open your mentoring pair: https://mentor.example/meet/x",
        ];
        assert_eq!(told(Language::English), english);
    }
}
