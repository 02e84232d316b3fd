//! Who is told what after each step of a pair.

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{EndReason, Entry, FollowUpKind, Id, Language, Pair, PairState, REMINDED_AFTER, Side, Step};
use serde_json::json;
use store::{Companion, FollowUp, NewMail, Parties};

use super::template::mail;
use crate::clock::there;
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
/// That the agreement waits to be accepted.
pub const AGREEMENT_WAITS: &str = "agreement-waits";
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

/// A question to somebody who is to take part in a pair besides the two.
pub const JOINING: &str = "companion-joining";
/// That somebody takes part besides the two.
pub const JOINED: &str = "companion-joined";

/// What the links are for with which a pair agrees on a time.
pub const MEET: &str = "meet";
/// What the links are for that lead to the messages of a pair.
pub const ROOM: &str = "room";
/// What the links are for that lead to a question about a pair.
pub const ANSWER: &str = "answer";
/// What the links are for that lead to the agreement.
pub const AGREEMENT: &str = "agreement";

/// The first letter about a pair: to the mentor, who is asked before the mentee hears of it.
pub(crate) fn proposed(pair: &Pair, both: &Parties, programme: &str, now: Timestamp) -> Vec<NewMail> {
    vec![to(Side::Mentor, PROPOSED, "pair-made", pair, both, programme, now)]
}

/// A step of a pair, and what there is to tell of it.
pub(crate) struct News<'a> {
    /// The step.
    pub(crate) step: &'a Step,
    /// The pair as it was.
    pub(crate) before: &'a PairState,
    /// The pair as it is.
    pub(crate) pair: &'a Pair,
    /// The two.
    pub(crate) both: &'a Parties,
    /// The programme's name.
    pub(crate) programme: &'a str,
    /// Which of the two did it; none for staff and for time.
    pub(crate) by: Option<Side>,
    /// With a break, the times that are booked within it, each with its length in minutes.
    pub(crate) booked: Vec<(Timestamp, u16)>,
    /// When.
    pub(crate) now: Timestamp,
}

/// The mails that a step causes.
pub(crate) fn told(news: &News) -> Vec<NewMail> {
    use Side::{Mentee, Mentor};
    let News { step, before, pair, both, programme, now, .. } = *news;
    let to = |side, template| {
        let mut mail = to(side, template, step.kind, pair, both, programme, now);
        mail.facts["by"] = news.by.map(|by| if by == side { "own" } else { "other" }).into();
        mail.facts["booked"] = json!(news.booked);
        mail.facts["waits"] = (side == Mentee && pair.mentee_waits(EndReason::from_code(step.reason))).into();
        mail
    };
    let mut mails = match step.kind {
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
            // A mentee who does not wait any more is not told of a place on the list.
            let waits = pair.mentee_waits(EndReason::from_code(step.reason));
            vec![to(Mentor, NOT_THIS_TIME), to(Mentee, if waits { NOT_THIS_TIME } else { CHANGED })]
        }
        "pair-mentee-yes" => vec![to(Mentor, AGREEING), to(Mentee, AGREEING)],
        // One has accepted the agreement, or time has passed: whoever has not is told.
        "pair-mentor-agreed" | "pair-mentee-agreed" | "pair-agreement-reminded" => {
            pair.state.to_agree().into_iter().map(|side| to(side, AGREEMENT_WAITS)).collect()
        }
        "pair-completed" => vec![to(Mentor, COMPLETED), to(Mentee, COMPLETED)],
        "pair-started" => vec![to(Mentor, STARTED), to(Mentee, STARTED)],
        "pair-paused" | "pair-resumed" | "pair-extended" | "pair-ended-early" => {
            vec![to(Mentor, CHANGED), to(Mentee, CHANGED)]
        }
        _ => Vec::new(),
    };
    // Whoever takes part besides the two hears of a break and of the end as well.
    if matches!(step.kind, "pair-paused" | "pair-resumed" | "pair-extended") || !pair.is_open() {
        mails.extend(both.companions.iter().map(|it| to_companion(it, news)));
    }
    mails
}

fn to_companion(it: &Companion, news: &News) -> NewMail {
    let News { step, pair, both, now, .. } = *news;
    let day = match pair.state {
        PairState::Paused { pause, .. } => Some(pause.until),
        PairState::Active { term } => Some(term.until),
        _ => None,
    };
    let other = both.on(it.side.other()).0;
    let facts = json!({
        "pair": pair.id, "side": it.side.code(), "kind": step.kind, "name": it.name, "other": other, "day": day,
        "companion": it.name, "booked": news.booked,
    });
    let template = if step.kind == "pair-completed" { COMPLETED } else { CHANGED };
    let event = format!("pair {} {} {now}", pair.id, step.kind);
    NewMail {
        organisation: both.mentee.organisation.clone(),
        ..mail(template, event, &it.email, it.language, facts, now)
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

/// That the last day has been, to one of the two who has not said what the pair gave: the question of before once more.
pub(crate) fn year_over(
    (side, asked): (Side, Date),
    pair: &Pair,
    both: &Parties,
    programme: &str,
    now: Timestamp,
) -> NewMail {
    let mut mail = to(side, FOLLOW_UP, FollowUpKind::Final.code(), pair, both, programme, now);
    mail.facts["asked"] = asked.to_string().into();
    mail.facts["over"] = true.into();
    mail.event = format!("pair {} over {asked}", pair.id);
    mail
}

/// Somebody of a pair that a letter goes to: the side, name, address and language.
type Reader<'a> = (Side, &'a str, &'a str, Language);

/// Everybody of a pair, each with who they are: the two, and those who take part besides them.
fn everybody<'a>(pair: &'a Pair, both: &'a Parties) -> Vec<(&'a Id, Reader<'a>)> {
    let one = |side: &Side| {
        let (name, email, language) = both.on(*side);
        (pair.on(*side), (*side, name, email, language))
    };
    let companions = both.companions.iter().map(|it| (&it.person, (it.side, &*it.name, &*it.email, it.language)));
    Side::ALL.iter().map(one).chain(companions).collect()
}

/// Tells the others that somebody has written; what, stands in the room only.
pub(crate) fn written_to(pair: &Pair, entry: &Entry, both: &Parties, now: Timestamp) -> Vec<NewMail> {
    let all = everybody(pair, both);
    let by = all.iter().find(|(person, _)| **person == entry.by).map_or("", |(_, (_, name, ..))| name);
    let others = all.iter().filter(|(person, _)| **person != entry.by);
    let letter = |(_, (side, name, email, language)): &(&Id, Reader)| {
        let facts = json!({ "pair": pair.id, "side": side.code(), "name": name, "other": by });
        let mail = mail(WRITTEN, format!("pair {} written {}", pair.id, entry.id), email, *language, facts, now);
        NewMail { organisation: both.mentee.organisation.clone(), ..mail }
    };
    others.map(letter).collect()
}

/// Asks somebody to take part in a pair besides the two: what it is, and the agreement to accept.
pub(crate) fn joining(id: &Id, to: (&str, &str, Language), side: Side, both: &Parties, now: Timestamp) -> NewMail {
    let (name, email, language) = to;
    let facts = json!({
        "companion": id, "side": side.code(), "name": name,
        "mentor": both.on(Side::Mentor).0, "mentee": both.on(Side::Mentee).0,
    });
    let mail = mail(JOINING, format!("companion {id}"), email, language, facts, now);
    NewMail { organisation: both.mentee.organisation.clone(), ..mail }
}

/// Tells the two, and those who take part already, that somebody more does, and that one how to reach them.
pub(crate) fn joined(pair: &Pair, who: &Companion, both: &Parties, now: Timestamp) -> Vec<NewMail> {
    let reach = |name: &str, email: &str, phone: &str| {
        if phone.is_empty() { format!("{name}, {email}") } else { format!("{name}, {email}, {phone}") }
    };
    let of = |side: Side| {
        let (name, email, _) = both.on(side);
        let phone = if side == Side::Mentor { &both.mentor.phone } else { &both.mentee.phone };
        reach(name, email, phone)
    };
    let event = format!("companion {} joined", who.id);
    let letter = |name: &str, email: &str, language, side: Side, reach: &str| {
        let facts = json!({
            "pair": pair.id, "side": side.code(), "name": name, "other": who.name, "reach": reach,
            "own": email == who.email, "of": who.side.code(),
        });
        let mail = mail(JOINED, event.clone(), email, language, facts, now);
        NewMail { organisation: both.mentee.organisation.clone(), ..mail }
    };
    let theirs = reach(&who.name, &who.email, &who.phone);
    let others = everybody(pair, both).into_iter().filter(|(person, _)| **person != who.person);
    let mut letters: Vec<NewMail> =
        others.map(|(_, (side, name, email, language))| letter(name, email, language, side, &theirs)).collect();
    let both_reached = format!("{}; {}", of(Side::Mentor), of(Side::Mentee));
    letters.push(letter(&who.name, &who.email, who.language, who.side, &both_reached));
    letters
}

/// Tells everybody of a pair that what they have written is destroyed on a day. `which` is `first` or `last`.
pub(crate) fn room_ends(pair: &Pair, both: &Parties, day: Date, which: &str, now: Timestamp) -> Vec<NewMail> {
    let one = |(_, (side, name, email, language)): (&Id, Reader)| {
        let facts = json!({ "pair": pair.id, "name": name, "other": both.on(side.other()).0, "day": day });
        let mail = mail(ROOM_ENDS, format!("room {which} {}", pair.id), email, language, facts, now);
        NewMail { organisation: both.mentee.organisation.clone(), ..mail }
    };
    everybody(pair, both).into_iter().map(one).collect()
}

/// Reminds of what a pair waits for, because of a flag, after a moment in which that can be taken back: both to agree on
/// a time, or, if the last day has been, whoever has not said what it gave.
pub(crate) fn nudged(pair: &Pair, flag: &Id, both: &Parties, unanswered: &[FollowUp], now: Timestamp) -> Vec<NewMail> {
    let due_at = now.saturating_add(REMINDED_AFTER).unwrap_or(now);
    let event = format!("pair {} nudged {flag} {now}", pair.id);
    let mails: Vec<NewMail> = if unanswered.is_empty() {
        Side::ALL.iter().map(|side| to(*side, NUDGED, "nudged", pair, both, "", now)).collect()
    } else {
        unanswered.iter().map(|it| year_over((it.side, it.asked), pair, both, "", now)).collect()
    };
    mails.into_iter().map(|mail| NewMail { due_at, event: event.clone(), ..mail }).collect()
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
        PairState::Agreeing { since, .. } => Some(since),
        PairState::Paused { pause, .. } => Some(pause.until),
        PairState::Active { term } => Some(term.until),
        PairState::Over { .. } => None,
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
    // Whoever goes on as a mentor after a long year may have to promise again first.
    if template == COMPLETED && side == Side::Mentor {
        let today = there(now).date();
        facts["promise_over"] = both.mentor.agreement_until.is_none_or(|until| until < today).into();
    }
    let event = format!("pair {} {kind} {now}", pair.id);
    NewMail { organisation: mentee.organisation.clone(), ..mail(template, event, email, language, facts, now) }
}
