//! Calendar files: RFC 5545, and as invitations by mail RFC 5546 and 6047.
//!
//! Times are in UTC, which every calendar shows in its reader's own time: with a zone of its own a file would have to
//! bring that zone's rules along, and some calendars misread those.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use mentoring::{Id, Occasion};
use serde::{Deserialize, Serialize};

use crate::web::Words;

/// Something in a calendar, to one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The booking.
    pub id: Id,
    /// What it is for.
    pub occasion: Occasion,
    /// The other one's name.
    pub other: String,
    /// When it begins.
    pub starts: Timestamp,
    /// How long, in minutes.
    pub minutes: u16,
    /// An address, a link or a number; may be empty.
    pub place: String,
    /// The other one's number, for whoever is late; empty for none.
    #[serde(default)]
    pub phone: String,
    /// How often calendars have been told something new of it, and when they last were.
    pub sequence: u32,
    /// The moment.
    pub told: Timestamp,
    /// Whether it is called off.
    pub cancelled: bool,
}

/// Who sends an invitation, and to whom.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The address that writes.
    pub from: &'a str,
    /// Who writes, by name.
    pub sender: &'a str,
    /// The address that it goes to.
    pub to: &'a str,
}

fn utc(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text on one line: nothing that controls may stand in it (RFC 5545, 3.3.11), and some programs take a lone
/// carriage return for the end of a line.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A name within a parameter: quotes cannot stand there (RFC 5545, 3.2).
fn parameter(name: &str) -> String {
    one_line(name).replace('"', "'")
}

impl Entry {
    /// What stands in the calendar.
    pub fn summary(&self, w: Words) -> String {
        let key = match self.occasion {
            Occasion::Meeting => "booking-title-meeting",
            Occasion::Interview => "booking-title-interview",
        };
        w.x(key, self.other.as_str())
    }

    /// The name of the method for a mail about it.
    pub fn method(&self) -> &'static str {
        if self.cancelled { "CANCEL" } else { "REQUEST" }
    }

    fn event(&self, host: &str, w: Words) -> Event {
        let ends = self.starts.saturating_add(SignedDuration::from_mins(self.minutes.into()));
        let mut event = Event::new();
        event
            .uid(&format!("{}@{host}", self.id))
            .summary(&one_line(&self.summary(w)))
            .add_property("DTSTAMP", utc(self.told))
            .add_property("DTSTART", utc(self.starts))
            .add_property("DTEND", utc(ends.unwrap_or(self.starts)))
            .add_property("SEQUENCE", self.sequence.to_string())
            .add_property("STATUS", if self.cancelled { "CANCELLED" } else { "CONFIRMED" });
        if !self.place.is_empty() {
            event.location(&one_line(&self.place));
        }
        if !self.phone.is_empty() {
            event.description(&one_line(&format!("{}: {}", self.other, self.phone)));
        }
        event
    }

    /// A file for a mail: an invitation, a change or a cancellation. Nobody is asked to answer by calendar: what
    /// counts is said in the program.
    pub fn invitation(&self, host: &str, envelope: Envelope, w: Words) -> String {
        let mut organizer = Property::new("ORGANIZER", format!("mailto:{}", envelope.from));
        organizer.add_parameter("CN", &parameter(envelope.sender));
        let mut attendee = Property::new("ATTENDEE", format!("mailto:{}", envelope.to));
        attendee.add_parameter("ROLE", "REQ-PARTICIPANT");
        attendee.add_parameter("PARTSTAT", "ACCEPTED");
        attendee.add_parameter("RSVP", "FALSE");
        let mut event = self.event(host, w);
        event.append_property(organizer).append_multi_property(attendee);
        calendar(&[Property::new("METHOD", self.method())], [event])
    }
}

/// A calendar to subscribe to, or a file to open.
pub fn feed(entries: &[Entry], host: &str, w: Words) -> String {
    let mut hourly = Property::new("REFRESH-INTERVAL", "PT1H");
    hourly.add_parameter("VALUE", "DURATION");
    let head = [
        Property::new("NAME", w.t("booking-calendar")),
        Property::new("X-WR-CALNAME", w.t("booking-calendar")),
        hourly,
        Property::new("X-PUBLISHED-TTL", "PT1H"),
    ];
    calendar(&head, entries.iter().map(|entry| entry.event(host, w)))
}

fn calendar(head: &[Property], events: impl IntoIterator<Item = Event>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Mentorpar//Mentorpar//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    for property in head {
        calendar.append_property(property.clone());
    }
    for event in events {
        calendar.push(event);
    }
    calendar.to_string()
}
