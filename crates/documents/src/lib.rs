//! Documents on paper: agreements and diplomas as PDF files that can be archived (PDF/A-2a, ISO 19005-2) and read by
//! everybody (PDF/UA-1, ISO 14289-1).
//!
//! This crate stands beside the others because the typesetter in it costs a large part of all compile time. It knows no
//! words of its own: whoever asks brings every text, in the language of the reader.
#![forbid(unsafe_code)]

mod agreement;
mod diploma;
mod press;
mod text;

pub use agreement::{Agreement, Party, agreement};
pub use diploma::{Diploma, diploma};
pub use press::Fault;
