//! Every message there is, by the code of its template.

use mentoring::{Language, Say, StaffRole};
use serde_json::Value;
use store::NewLink;

use super::letter::{Letter, Piece};
use crate::web::Words;

/// A link to sign in.
pub const SIGN_IN: &str = "sign-in";
/// An appointment, with a link to make a passkey.
pub const INVITATION: &str = "invitation";

/// What a letter is made of.
pub(super) struct Source<'a> {
    pub(super) template: &'a str,
    pub(super) language: Language,
    pub(super) facts: &'a Value,
    /// The address of the link in it, if it has one.
    pub(super) link: &'a str,
    /// Who speaks: the organisation, or the programme.
    pub(super) sender: &'a str,
}

impl Source<'_> {
    fn fact(&self, name: &str) -> &str {
        self.facts[name].as_str().unwrap_or_default()
    }
}

/// The link that a template's letter holds: what it is for, what it is about, and how long it holds, in
/// minutes.
pub(super) fn link_of(template: &str, facts: &Value) -> Option<(&'static str, NewLink, i64)> {
    let fact = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
    match template {
        SIGN_IN => {
            let link =
                NewLink { purpose: SIGN_IN, subject: fact("back"), browser: fact("browser"), ..NewLink::default() };
            Some(("link", link, 10))
        }
        INVITATION => {
            let link = NewLink { purpose: INVITATION, subject: fact("appointment"), ..NewLink::default() };
            Some(("invitation", link, 7 * 24 * 60))
        }
        _ => None,
    }
}

/// The letter of a template; none if the template is unknown.
pub(super) fn letter(source: &Source) -> Option<Letter> {
    let w = Words { language: source.language };
    let act = |key: &'static str| Piece::Act(w.t(key), source.link.to_owned());
    let (subject, pieces) = match source.template {
        SIGN_IN => (
            w.t("letter-sign-in"),
            vec![
                Piece::Text(w.t("letter-sign-in-text")),
                act("letter-sign-in-act"),
                Piece::Text(w.t("letter-sign-in-not")),
            ],
        ),
        INVITATION => {
            let role = StaffRole::from_code(source.fact("role")).map_or("", |role| w.name(role.names()));
            let say = Say::new("letter-invitation-text")
                .with("by", source.fact("by"))
                .with("role", role)
                .with("organisation", source.fact("organisation"));
            (
                w.t("letter-invitation"),
                vec![
                    Piece::Text(w.x("letter-hello", source.fact("name"))),
                    Piece::Text(w.page(&say)),
                    act("letter-invitation-act"),
                    Piece::Text(w.t("letter-invitation-until")),
                ],
            )
        }
        _ => return None,
    };
    let foot = vec![w.x("letter-from", source.sender), w.t(why(source.template))];
    Some(Letter { language: source.language, subject, pieces, sender: source.sender.to_owned(), foot })
}

/// Why the reader gets it.
fn why(template: &str) -> &'static str {
    match template {
        SIGN_IN => "letter-why-sign-in",
        _ => "letter-why-staff",
    }
}
