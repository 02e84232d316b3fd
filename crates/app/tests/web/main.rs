//! The web through its router, on both databases.

mod board;
mod client;
mod import;
mod pages;
mod people;
mod programmes;
