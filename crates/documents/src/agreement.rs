//! A mentoring agreement with who has accepted it.

use serde::Serialize;

use crate::press::{Fault, print};
use crate::text::{Block, blocks};

/// One who has accepted the agreement.
#[derive(Clone, Debug, Serialize)]
pub struct Party {
    /// What they are in the pair.
    pub role: String,
    /// The name.
    pub name: String,
    /// When they accepted it, and how, in words.
    pub accepted: String,
}

/// An agreement, in one language.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The language tag, such as `sv`.
    pub language: String,
    /// What stands over it.
    pub title: String,
    /// What it is an agreement about: the programme.
    pub programme: String,
    /// The text, in Markdown.
    pub body: String,
    /// What stands over the names.
    pub parties_title: String,
    /// Who has accepted it.
    pub parties: Vec<Party>,
    /// What stands at the foot of each page: which version it is, by whom.
    pub foot: String,
    /// The word for a page, with `{n}` and `{of}` in it.
    pub page: String,
    /// The day on which the last one accepted it: year, month, day.
    pub day: (i32, u8, u8),
}

#[derive(Serialize)]
struct Printed<'a> {
    language: &'a str,
    title: &'a str,
    programme: &'a str,
    body: Vec<Block>,
    parties_title: &'a str,
    parties: &'a [Party],
    foot: &'a str,
    page: &'a str,
    day: (i32, u8, u8),
}

/// The agreement as a PDF file. The same agreement gives the same bytes.
///
/// # Errors
/// [`Fault`], if the typesetter refuses; what people have written cannot make it do so.
pub fn agreement(of: &Agreement) -> Result<Vec<u8>, Fault> {
    let printed = Printed {
        language: &of.language,
        title: &of.title,
        programme: &of.programme,
        body: blocks(&of.body),
        parties_title: &of.parties_title,
        parties: &of.parties,
        foot: &of.foot,
        page: &of.page,
        day: of.day,
    };
    print(include_str!("../templates/agreement.typ"), &serde_json::to_value(&printed)?)
}
