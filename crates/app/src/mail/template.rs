//! Every kind of mail there is: how urgent it is, how long it is of use, and what its link opens.

use jiff::{SignedDuration, Timestamp};
use mentoring::{Language, Mentor, Organisation};
use serde_json::{Value, json};
use store::{Application, Lane, NewLink, NewMail, Reminded};

use super::booking::{BOOKED, BOOKING, CALLED_OFF, HAS_BEEN, NO_TIME, SOON, TIMES};
use super::pair::{
    AGREEING, AGREEMENT, AGREEMENT_WAITS, ANSWER, CHANGED, FOLLOW_UP, JOINED, JOINING, MEET, NUDGED, PROPOSED,
    REMINDED, ROOM, STARTED, WRITTEN,
};

/// A link to sign in.
pub const SIGN_IN: &str = "sign-in";
/// An appointment, with a link to make a passkey.
pub const INVITATION: &str = "invitation";
/// An appointment of somebody who has a passkey already.
pub const APPOINTED: &str = "appointed";
/// An interest form begun, with a link to go on with it.
pub const CONTINUE: &str = "application-continue";
/// An application that has come in.
pub const RECEIVED: &str = "application-received";
/// An application that is accepted.
pub const ACCEPTED: &str = "application-accepted";
/// An application that is declined.
pub const DECLINED: &str = "application-declined";
/// A passkey that has been added to an account.
pub const KEY_ADDED: &str = "passkey-added";
/// A question to somebody who has long been away: to stay, or to be erased.
pub const IDLE: &str = "idle";

/// A mentor's promise of conduct and confidentiality, to be made or renewed.
pub const CONDUCT: &str = "conduct";

/// What the links are for that lead to one's own application.
pub const APPLICATION: &str = "application";

/// So long a link to sign in holds; so long its mail is of use.
const SIGNS_IN: SignedDuration = SignedDuration::from_mins(10);

/// How urgent a kind of mail is, and how long it is of use.
fn delivery(template: &str) -> (Lane, SignedDuration) {
    match template {
        SIGN_IN => (Lane::SignIn, SIGNS_IN),
        // Whoever has just sent a form or been appointed waits for it.
        INVITATION | APPOINTED | KEY_ADDED | CONTINUE | RECEIVED => (Lane::SignIn, SignedDuration::from_hours(48)),
        // After that it has been.
        SOON => (Lane::Notice, SignedDuration::from_hours(24)),
        _ => (Lane::Notice, SignedDuration::from_hours(7 * 24)),
    }
}

/// A mail of a kind, to go out now; the programme itself speaks unless an organisation is named.
///
/// The same event, address and kind make one mail, however often it is queued.
pub(crate) fn mail(
    template: &'static str,
    event: String,
    recipient: &str,
    language: Language,
    facts: Value,
    now: Timestamp,
) -> NewMail {
    let (lane, of_use) = delivery(template);
    NewMail {
        event,
        recipient: recipient.trim().to_owned(),
        template,
        lane,
        language,
        organisation: String::new(),
        facts,
        due_at: now,
        ends_at: now.saturating_add(of_use).unwrap_or(now),
    }
}

/// A mail to an applicant about the application, with a link to it.
pub(crate) fn about(template: &'static str, application: &Application, language: Language, now: Timestamp) -> NewMail {
    let facts = json!({
        "application": application.id, "part": application.part.code(), "name": application.answer("name"),
    });
    let event = format!("application {}", application.id);
    mail(template, event, application.answer("email"), language, facts, now)
}

/// The mail that tells an applicant that the form has come in.
pub(crate) fn receipt(
    application: &Application,
    programme: &str,
    to: &Organisation,
    language: Language,
    now: Timestamp,
) -> NewMail {
    let mut mail = about(RECEIVED, application, language, now);
    mail.organisation.clone_from(&to.code);
    mail.facts["organisation"] = to.name.as_str().into();
    mail.facts["programme"] = programme.into();
    mail
}

/// Asks a mentor to promise conduct and confidentiality. `which` is `first`, `again` or `last`; one letter each for
/// each year's promise.
pub(crate) fn conduct(mentor: &Mentor, language: Language, which: &str, now: Timestamp) -> NewMail {
    let facts = json!({ "mentor": mentor.id, "name": mentor.name, "day": mentor.agreement_until, "which": which });
    let until = mentor.agreement_until.map_or_else(String::new, |until| until.to_string());
    let event = format!("conduct {} {until} {which}", mentor.id);
    NewMail { organisation: mentor.organisation.clone(), ..mail(CONDUCT, event, &mentor.email, language, facts, now) }
}

/// The question to somebody who has long been away.
pub(crate) fn farewell(to: &Reminded, now: Timestamp) -> NewMail {
    let facts = json!({ "name": to.name, "day": to.erased_on });
    let mail = mail(IDLE, to.event.clone(), &to.email, to.language, facts, now);
    NewMail { organisation: to.organisation.clone(), ..mail }
}

/// The link in a mail: what it is for, what it is about, and how long it holds.
pub(super) fn link(template: &str, facts: &Value) -> Option<(&'static str, NewLink, SignedDuration)> {
    let fact = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
    // Which pair, and which of the two.
    let pair = || format!("{} {}", fact("pair"), fact("side"));
    Some(match template {
        SIGN_IN => {
            let link =
                NewLink { purpose: SIGN_IN, subject: fact("back"), browser: fact("browser"), ..NewLink::default() };
            ("link", link, SIGNS_IN)
        }
        INVITATION => {
            let link = NewLink { purpose: INVITATION, subject: fact("appointment"), ..NewLink::default() };
            ("invitation", link, SignedDuration::from_hours(7 * 24))
        }
        PROPOSED | REMINDED => {
            let link = NewLink { purpose: ANSWER, subject: pair(), ..NewLink::default() };
            ("answer", link, SignedDuration::from_hours(30 * 24))
        }
        FOLLOW_UP => {
            let subject = format!("{} {} {}", pair(), fact("kind"), fact("asked"));
            let link = NewLink { purpose: FOLLOW_UP, subject, ..NewLink::default() };
            ("follow-up", link, SignedDuration::from_hours(60 * 24))
        }
        AGREEING | AGREEMENT_WAITS => {
            let link = NewLink { purpose: AGREEMENT, subject: pair(), ..NewLink::default() };
            ("agreement", link, SignedDuration::from_hours(90 * 24))
        }
        CHANGED if facts["kind"] != "pair-resumed" && facts["kind"] != "pair-paused" => return None,
        STARTED | NUDGED | JOINED | CHANGED => {
            let link = NewLink { purpose: MEET, subject: pair(), ..NewLink::default() };
            ("meet", link, SignedDuration::from_hours(400 * 24))
        }
        JOINING => {
            let link = NewLink { purpose: JOINING, subject: fact("companion"), ..NewLink::default() };
            ("join", link, SignedDuration::from_hours(30 * 24))
        }
        WRITTEN => {
            let link = NewLink { purpose: ROOM, subject: pair(), ..NewLink::default() };
            ("room", link, SignedDuration::from_hours(30 * 24))
        }
        // Whoever interviews signs in.
        TIMES | BOOKED | SOON | NO_TIME | HAS_BEEN if facts["page"].is_null() => {
            let subject = format!("{} {}", fact("booking"), fact("seat"));
            let link = NewLink { purpose: BOOKING, subject, ..NewLink::default() };
            ("booking", link, SignedDuration::from_hours(400 * 24))
        }
        // Of a meeting that somebody has called off the page asks for the next one.
        CALLED_OFF
            if facts["occasion"] == "meeting" && facts["kind"] == "booking-cancelled" && facts["needless"] != true =>
        {
            let subject = format!("{} {}", fact("booking"), fact("seat"));
            let link = NewLink { purpose: BOOKING, subject, ..NewLink::default() };
            ("booking", link, SignedDuration::from_hours(30 * 24))
        }
        CONDUCT => {
            let link = NewLink { purpose: CONDUCT, subject: fact("mentor"), ..NewLink::default() };
            ("conduct", link, SignedDuration::from_hours(90 * 24))
        }
        IDLE => ("stay", NewLink { purpose: IDLE, ..NewLink::default() }, SignedDuration::from_hours(90 * 24)),
        CONTINUE | RECEIVED | ACCEPTED | DECLINED => {
            let link = NewLink { purpose: APPLICATION, subject: fact("application"), ..NewLink::default() };
            ("resume", link, SignedDuration::from_hours(90 * 24))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_that_somebody_has_called_off_leads_to_the_next_one() {
        let of = |occasion: &str, kind: &str, needless: bool| {
            let facts = json!({
                "booking": "b", "seat": "guest", "occasion": occasion, "kind": kind, "needless": needless,
            });
            link(CALLED_OFF, &facts).map(|(path, link, _)| (path, link.subject))
        };
        assert_eq!(of("meeting", "booking-cancelled", false), Some(("booking", "b guest".to_owned())));
        assert_eq!(of("meeting", "booking-cancelled", true), None, "the pair has ended");
        assert_eq!(of("meeting", "booking-taken-back", false), None);
        assert_eq!(of("interview", "booking-cancelled", false), None, "staff ask for another");
    }
}
