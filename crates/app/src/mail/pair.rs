//! Who is told what after each step of a pair.

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{Entry, FollowUpKind, Id, Pair, PairState, Side};
use serde_json::json;
use store::{NewMail, Parties};

use super::template::mail;
use crate::web::Words;

/// A proposal, to whoever is asked.
pub const PROPOSED: &str = "pair-proposed";
/// The same once more, shortly before the time to answer is over.
pub const REMINDED: &str = "pair-reminded";
/// That the time to answer is over.
pub const LAPSED: &str = "pair-lapsed";
/// That it did not become a pair this time.
pub const NOT_THIS_TIME: &str = "pair-not-this-time";
/// Both have said yes: how they reach each other, and the agreement.
pub const AGREEING: &str = "pair-agreeing";
/// Both have accepted the agreement.
pub const STARTED: &str = "pair-started";
/// A question about how it goes.
pub const FOLLOW_UP: &str = "follow-up";
/// The end of a pair that has been evaluated.
pub const COMPLETED: &str = "pair-completed";
/// A break, its end, an extension, an end.
pub const CHANGED: &str = "pair-changed";

/// That the other one has written.
pub const WRITTEN: &str = "pair-written";
/// That what the two have written to each other is soon destroyed.
pub const ROOM_ENDS: &str = "room-ends";

/// A coordinator's reminder to agree on a time.
pub const NUDGED: &str = "pair-nudged";

/// What the links are for with which a pair agrees on a time.
pub const MEET: &str = "meet";
/// What the links are for that lead to the messages of a pair.
pub const ROOM: &str = "room";
/// What the links are for that lead to a question about a pair.
pub const ANSWER: &str = "answer";
/// What the links are for that lead to the agreement.
pub const AGREEMENT: &str = "agreement";

/// The mails that a step causes. `before` is the pair as it was.
pub(crate) fn told(
    kind: &str,
    (before, pair): (&PairState, &Pair),
    both: &Parties,
    programme: &str,
    now: Timestamp,
) -> Vec<NewMail> {
    use Side::{Mentee, Mentor};
    let to = |side, template| to(side, template, kind, pair, both, programme, now);
    match kind {
        "pair-made" => vec![to(Mentor, PROPOSED)],
        "pair-mentor-yes" => vec![to(Mentee, PROPOSED)],
        "pair-reminded" => match pair.state {
            PairState::Asked { side, .. } => vec![to(side, REMINDED)],
            _ => Vec::new(),
        },
        "pair-mentor-silent" => vec![to(Mentor, LAPSED)],
        "pair-mentee-silent" => vec![to(Mentee, LAPSED), to(Mentor, NOT_THIS_TIME)],
        "pair-mentee-no" => vec![to(Mentor, NOT_THIS_TIME)],
        // Whoever has heard of it hears that it is off.
        "pair-taken-back" => match before {
            PairState::Asked { side: Mentor, .. } => vec![to(Mentor, NOT_THIS_TIME)],
            _ => vec![to(Mentor, NOT_THIS_TIME), to(Mentee, NOT_THIS_TIME)],
        },
        "pair-ended-early" if matches!(before, PairState::Agreeing { .. }) => {
            vec![to(Mentor, NOT_THIS_TIME), to(Mentee, NOT_THIS_TIME)]
        }
        "pair-mentee-yes" => vec![to(Mentor, AGREEING), to(Mentee, AGREEING)],
        "pair-completed" => vec![to(Mentor, COMPLETED), to(Mentee, COMPLETED)],
        "pair-started" => vec![to(Mentor, STARTED), to(Mentee, STARTED)],
        "pair-paused" | "pair-resumed" | "pair-extended" | "pair-ended-early" => {
            vec![to(Mentor, CHANGED), to(Mentee, CHANGED)]
        }
        _ => Vec::new(),
    }
}

/// The question of a follow-up, to both.
pub(crate) fn follow_up(
    kind: FollowUpKind,
    pair: &Pair,
    both: &Parties,
    programme: &str,
    (today, now): (Date, Timestamp),
) -> Vec<NewMail> {
    let one = |side: &Side| {
        let mut mail = to(*side, FOLLOW_UP, kind.code(), pair, both, programme, now);
        mail.facts["asked"] = today.to_string().into();
        // One question a day however often the work is taken up.
        mail.event = format!("pair {} {} {today}", pair.id, kind.code());
        mail
    };
    Side::ALL.iter().map(one).collect()
}

/// Tells one of the two that the other one has written; what, stands in the room only.
pub(crate) fn written_to(pair: &Id, entry: &Entry, both: &Parties, now: Timestamp) -> NewMail {
    let (name, email, language) = both.on(entry.side.other());
    let other = both.on(entry.side).0;
    let facts = json!({ "pair": pair, "side": entry.side.other().code(), "name": name, "other": other });
    let mail = mail(WRITTEN, format!("pair {pair} written {}", entry.id), email, language, facts, now);
    NewMail { organisation: both.mentee.organisation.clone(), ..mail }
}

/// Tells both that what they have written is destroyed on a day. `which` is `first` or `last`.
pub(crate) fn room_ends(pair: &Id, both: &Parties, day: Date, which: &str, now: Timestamp) -> Vec<NewMail> {
    let one = |side: &Side| {
        let (name, email, language) = both.on(*side);
        let facts = json!({ "pair": pair, "name": name, "other": both.on(side.other()).0, "day": day });
        let mail = mail(ROOM_ENDS, format!("room {which} {pair}"), email, language, facts, now);
        NewMail { organisation: both.mentee.organisation.clone(), ..mail }
    };
    Side::ALL.iter().map(one).collect()
}

/// Reminds both to agree on a time.
pub(crate) fn nudged(pair: &Pair, both: &Parties, now: Timestamp) -> Vec<NewMail> {
    Side::ALL.iter().map(|side| to(*side, NUDGED, "nudged", pair, both, "", now)).collect()
}

#[allow(clippy::too_many_arguments, reason = "what the mail is made of")]
fn to(
    side: Side,
    template: &'static str,
    kind: &str,
    pair: &Pair,
    both: &Parties,
    programme: &str,
    now: Timestamp,
) -> NewMail {
    let (name, email, language) = both.on(side);
    let (other, other_email, _) = both.on(side.other());
    let w = Words { language };
    let mentee = &both.mentee;
    let (place, knows) = match side {
        Side::Mentor => (mentee.municipality, w.competences(&mentee.needs)),
        Side::Mentee => (both.mentor.municipality, w.competences(&both.mentor.competences)),
    };
    let day = match pair.state {
        PairState::Asked { due, .. } => Some(due),
        PairState::Paused { pause, .. } => Some(pause.until),
        PairState::Active { term } => Some(term.until),
        _ => None,
    };
    let mut facts = json!({
        "pair": pair.id, "side": side.code(), "kind": kind, "name": name, "other": other, "programme": programme,
        "place": place.names().sv, "knows": knows, "day": day,
        "company": mentee.company.as_ref().map_or("", |company| company.name.as_str()),
    });
    // How to reach each other is told when both have said yes, and not before.
    if matches!(template, AGREEING | STARTED) {
        let phone = if side == Side::Mentor { &mentee.phone } else { &both.mentor.phone };
        facts["email"] = other_email.into();
        facts["phone"] = phone.as_str().into();
    }
    let event = format!("pair {} {kind} {now}", pair.id);
    NewMail { organisation: mentee.organisation.clone(), ..mail(template, event, email, language, facts, now) }
}
