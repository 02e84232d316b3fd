//! Who is told what about a complaint; what it is about stands in the program only.

use jiff::Timestamp;
use mentoring::Language;
use serde_json::json;
use store::{Complaint, NewMail};

use super::template::mail;

/// That a complaint has come in, to whoever reads it.
pub const COMPLAINT_MADE: &str = "complaint-made";
/// That it has arrived, to whoever complains.
pub const COMPLAINT_RECEIVED: &str = "complaint-received";
/// The answer.
pub const COMPLAINT_SETTLED: &str = "complaint-settled";

/// Tells whoever reads complaints that one has come in, with the page that shows it.
pub(crate) fn complaint_made(of: &Complaint, to: &str, language: Language, page: &str, now: Timestamp) -> NewMail {
    let mail = mail(COMPLAINT_MADE, format!("complaint {}", of.id), to, language, json!({ "page": page }), now);
    NewMail { organisation: of.organisation.clone(), ..mail }
}

/// Tells whoever complains that it has arrived, and who reads it: the name, and the address that answers go to.
pub(crate) fn complaint_received(
    of: &Complaint,
    (reader, address): (&str, &str),
    language: Language,
    now: Timestamp,
) -> NewMail {
    let facts = json!({ "name": of.name, "by": reader, "answers": address });
    let mail = mail(COMPLAINT_RECEIVED, format!("complaint {}", of.id), &of.email, language, facts, now);
    NewMail { organisation: of.organisation.clone(), ..mail }
}

/// Tells whoever complained what has been done, by whom.
pub(crate) fn complaint_settled(
    of: &Complaint,
    (by, address): (&str, &str),
    outcome: &str,
    language: Language,
    now: Timestamp,
) -> NewMail {
    let facts = json!({ "name": of.name, "by": by, "outcome": outcome, "answers": address });
    let mail = mail(COMPLAINT_SETTLED, format!("complaint {} settled", of.id), &of.email, language, facts, now);
    NewMail { organisation: of.organisation.clone(), ..mail }
}
