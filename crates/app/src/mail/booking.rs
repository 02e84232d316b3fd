//! Who is told what after each step of a booking, with a calendar file where a time has changed.

use jiff::Timestamp;
use mentoring::{Booking, BookingState, Language, Occasion, Plan, Seat};
use serde_json::json;
use store::NewMail;

use super::template::mail;
use crate::calendar::Entry;

/// Times to choose from.
pub const TIMES: &str = "booking-times";
/// A time that is agreed on, or has been moved.
pub const BOOKED: &str = "booking-booked";
/// That a time that is agreed on is soon.
pub const SOON: &str = "booking-soon";
/// That no time suited, or none was chosen.
pub const NO_TIME: &str = "booking-no-time";
/// That a time, or the times proposed, are called off.
pub const CALLED_OFF: &str = "booking-called-off";
/// The question whether it took place.
pub const HAS_BEEN: &str = "booking-has-been";

/// What the links are for that lead to a booking.
pub const BOOKING: &str = "booking";

/// One of the two of a booking.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    /// The name.
    pub(crate) name: String,
    /// The address; nothing is sent to whoever has none.
    pub(crate) email: String,
    /// The number that the other one can call; empty for none.
    pub(crate) phone: String,
    /// The language of letters.
    pub(crate) language: Language,
}

/// The two of a booking.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// What it is for.
    pub(crate) occasion: Occasion,
    /// The mentor, or whoever interviews.
    pub(crate) host: Party,
    /// The mentee, or the applicant.
    pub(crate) guest: Party,
    /// Who takes part besides the two, each at a seat: they are told what is booked, and called off.
    pub(crate) more: Vec<(Seat, Party)>,
    /// Code of the organisation that speaks.
    pub(crate) organisation: String,
    /// Where whoever interviews finds it; empty for a meeting, to which a link leads.
    pub(crate) page: String,
}

impl Table {
    /// Who sits where.
    pub(crate) fn at(&self, seat: Seat) -> &Party {
        match seat {
            Seat::Host => &self.host,
            Seat::Guest => &self.guest,
        }
    }

    /// What stands in the calendar of one of the two; nothing without a time.
    pub(crate) fn entry(&self, booking: &Booking, seat: Seat) -> Option<Entry> {
        Some(Entry {
            id: booking.id.clone(),
            occasion: self.occasion,
            other: self.at(seat.other()).name.clone(),
            starts: booking.at()?,
            minutes: booking.plan.minutes,
            place: booking.plan.place.clone(),
            phone: self.at(seat.other()).phone.clone(),
            sequence: booking.sequence,
            told: booking.told,
            cancelled: booking.code() == "cancelled",
        })
    }
}

/// The mails that a step causes. `before` is the booking as it was; `by` is who did it, or none for time.
pub(crate) fn booking_told(
    kind: &'static str,
    (before, booking): (&Booking, &Booking),
    table: &Table,
    by: Option<Seat>,
    now: Timestamp,
) -> Vec<NewMail> {
    let to = |seat, template| letter((seat, table.at(seat)), template, kind, booking, table, by, now);
    let both = |template| vec![to(Seat::Host, template), to(Seat::Guest, template)];
    let chooses = |of: &Booking, template| of.chooses().map(|seat| to(seat, template)).into_iter().collect();
    let asked = |template| before.chooses().map(|seat| to(seat.other(), template)).into_iter().collect();
    let mut mails: Vec<NewMail> = match kind {
        "booking-asked" | "booking-asked-again" => chooses(booking, TIMES),
        "booking-made" | "booking-moved" => both(BOOKED),
        "booking-refused" | "booking-kept" | "booking-lapsed" => asked(NO_TIME),
        "booking-soon" => both(SOON),
        "booking-cancelled" => both(CALLED_OFF),
        // Whoever is to choose and calls it off says that none suits.
        "booking-taken-back" if by.is_some() && by == before.chooses() => asked(NO_TIME),
        "booking-taken-back" if by.is_none() => both(CALLED_OFF),
        "booking-taken-back" => chooses(before, CALLED_OFF),
        // An interview has a record of its own.
        "booking-has-been" if table.occasion == Occasion::Meeting => both(HAS_BEEN),
        _ => Vec::new(),
    };
    let told = match kind {
        "booking-made" | "booking-moved" => Some(BOOKED),
        "booking-soon" => Some(SOON),
        "booking-cancelled" => Some(CALLED_OFF),
        _ => None,
    };
    if let Some(template) = told {
        let more = table.more.iter();
        mails.extend(more.map(|(seat, party)| letter((*seat, party), template, kind, booking, table, by, now)));
    }
    mails.retain(|mail| !mail.recipient.is_empty());
    mails
}

fn letter(
    (seat, to): (Seat, &Party),
    template: &'static str,
    kind: &str,
    booking: &Booking,
    table: &Table,
    by: Option<Seat>,
    now: Timestamp,
) -> NewMail {
    let (times, plan): (&[Timestamp], &Plan) = match &booking.state {
        BookingState::Asked { times, plan, .. } => (times, plan),
        _ => (&[], &booking.plan),
    };
    let mut facts = json!({
        "booking": booking.id, "seat": seat.code(), "kind": kind, "occasion": table.occasion.code(),
        "name": to.name, "other": table.at(seat.other()).name, "phone": table.at(seat.other()).phone, "own": by == Some(seat), "needless": by.is_none(), "times": times,
        "form": plan.form.code(), "minutes": plan.minutes, "place": plan.place, "starts": booking.at(),
    });
    if matches!(template, BOOKED | CALLED_OFF) {
        facts["entry"] = json!(table.entry(booking, seat));
    }
    if table.occasion == Occasion::Interview && seat == Seat::Host {
        facts["page"] = table.page.as_str().into();
    }
    let event = format!("booking {} {kind} {now}", booking.id);
    NewMail { organisation: table.organisation.clone(), ..mail(template, event, &to.email, to.language, facts, now) }
}
