//! The web through its router, on both databases.

mod applications;
mod board;
mod bookings;
mod care;
mod client;
mod companions;
mod door;
mod ends;
mod import;
mod pages;
mod papers;
mod people;
mod privacy;
mod programmes;
mod report;
mod retention;
mod rights;
mod room;
mod site;
mod way;
