//! The coordinator's web: pages that work without JavaScript, made livelier by htmx where it is on.

mod applications;
mod apply;
mod bookings;
mod complaints;
pub mod door;
mod error;
mod files;
mod forms;
mod home;
mod import;
mod letters;
mod mail;
mod mine;
mod network;
mod pairs;
mod people;
mod policy;
mod programmes;
mod report;
mod retention;
mod room;
mod rounds;
mod routes;
mod site;
mod staff;
mod state;
mod words;

pub(crate) use door::{invite, setup_link};
pub use error::Error;
pub(crate) use error::told;
pub(crate) use import::fault_text;
pub(crate) use pairs::table as pairs_table;
pub use policy::{Known, Policy};
pub(crate) use rounds::why_none;
pub use routes::{policies, router};
pub(crate) use site::raw_text;
pub use state::{App, Visitor};
pub use words::{Words, texts};

/// What a handler answers.
pub(crate) type Answer<T = axum::response::Response> = Result<T, Error>;

/// The identity in an address; what is none leads nowhere.
fn identity(text: &str) -> Result<mentoring::Id, Error> {
    mentoring::Id::parse(text).ok_or(Error::NotFound)
}
