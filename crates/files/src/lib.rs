//! Files that people hand in, read within limits: sheets of people (CSV, XLSX) and problems for the engine (MatrixMarket,
//! CSV, TOML with features).
//!
//! What is wrong is told as a [`Say`](mentoring::Say) with its place; whoever asks puts it into words. Nothing here opens a
//! file or knows where it came from, so that everything here can be given anything: each reader answers any bytes with
//! what they mean or with what is wrong, and takes no more memory than grows with the file or with the limits that it names.
#![forbid(unsafe_code)]

mod fault;
pub mod problem;
mod records;
mod sheet;
mod text;
mod xlsx;

pub use fault::{Fault, Unread, Why};
pub use sheet::{LARGEST, Sheet, read};
