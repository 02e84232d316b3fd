//! Mail: what each message says, and who carries it.
//!
//! A message is a list of pieces; the plain part and the HTML part are both made from it, so they
//! cannot say different things.

mod booking;
mod booking_letters;
mod complaint;
mod desk;
mod letter;
mod letters;
mod pair;
mod pair_letters;
mod post;
mod returned;
mod template;

pub use booking::{BOOKED, BOOKING, CALLED_OFF, HAS_BEEN, NO_TIME, SOON, TIMES};
pub(crate) use booking::{Party, Table, booking_told};
pub(crate) use complaint::{complaint_made, complaint_received, complaint_settled};
pub(crate) use desk::Desk;
pub use letter::{Letter, Piece};
pub use letters::Wording;
pub(crate) use letters::{preview, subject};
pub use pair::{
    AGREEING, AGREEMENT, AGREEMENT_WAITS, ANSWER, COMPLETED, FOLLOW_UP, JOINING, LAPSED, MEET, NOT_THIS_TIME, PROPOSED,
    REMINDED, ROOM, STARTED,
};
pub(crate) use pair::{News, follow_up, joined, joining, nudged, proposed, room_ends, told, written_to, year_over};
pub use post::{Carrier, Post, Smtp, work};
pub(crate) use returned::returned;
pub use template::{
    ACCEPTED, APPLICATION, APPOINTED, CONDUCT, CONTINUE, DECLINED, IDLE, INVITATION, KEY_ADDED, RECEIVED, SIGN_IN,
};
pub(crate) use template::{about, conduct, farewell, mail, receipt};
