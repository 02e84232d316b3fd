//! A diploma for whoever has been a mentor, or has had one.

use serde::Serialize;

use crate::press::{Fault, print};

/// A diploma, in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Diploma {
    /// The language tag, such as `sv`.
    pub language: String,
    /// What stands over it.
    pub title: String,
    /// The programme.
    pub programme: String,
    /// Who gets it.
    pub name: String,
    /// For what, in a sentence or two.
    pub text: String,
    /// Who gives it.
    pub giver: String,
    /// Where and when, in words.
    pub given: String,
    /// The day on which it is given: year, month, day.
    pub day: (i32, u8, u8),
}

/// The diploma as a PDF file. The same diploma gives the same bytes.
///
/// # Errors
/// [`Fault`], if the typesetter refuses; what people have written cannot make it do so.
pub fn diploma(of: &Diploma) -> Result<Vec<u8>, Fault> {
    print(include_str!("../templates/diploma.typ"), &serde_json::to_value(of)?)
}
