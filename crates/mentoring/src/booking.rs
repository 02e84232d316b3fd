//! Bookings: a time that two people agree on, for a meeting of a pair or for an interview.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::language::choices;
use crate::meeting::MeetingForm;
use crate::pair::Side;
use crate::say::Say;

choices! {
    /// One of the two of a booking.
    Seat {
        Host = "host", "värd", "host";
        Guest = "guest", "gäst", "guest";
    }
}

impl Seat {
    /// The one across.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Host => Self::Guest,
            Self::Guest => Self::Host,
        }
    }

    /// Which of a pair sits there.
    pub fn side(self) -> Side {
        match self {
            Self::Host => Side::Mentor,
            Self::Guest => Side::Mentee,
        }
    }
}

impl From<Side> for Seat {
    fn from(side: Side) -> Self {
        match side {
            Side::Mentor => Self::Host,
            Side::Mentee => Self::Guest,
        }
    }
}

choices! {
    /// What a time is agreed on for.
    Occasion {
        Meeting = "meeting", "träff", "meeting";
        Interview = "interview", "intervju", "interview";
    }
}

choices! {
    /// What a booking has come to.
    Outcome {
        Held = "held", "blev av", "took place";
        Missed = "missed", "blev inte av", "did not take place";
        Untold = "untold", "okänt", "not known";
        Cancelled = "cancelled", "inställd", "cancelled";
        Refused = "refused", "ingen tid passade", "no time suited";
        Lapsed = "lapsed", "ingen tid valdes", "no time was chosen";
    }
}

/// How long, how and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// How long, in minutes.
    pub minutes: u16,
    /// How.
    pub form: MeetingForm,
    /// An address or a link; for a telephone call a number, or nothing.
    pub place: String,
}

/// The longest that can be planned, in minutes.
const LONGEST: u16 = 12 * 60;
/// The most letters of a place.
const PLACE: usize = 300;
/// The most times that can be proposed at once.
pub const MOST_TIMES: usize = 3;
/// How far ahead something can be planned.
const AHEAD: SignedDuration = SignedDuration::from_hours(366 * 24);
/// So long before it begins the two are reminded,
const REMINDED_BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// unless they agreed on it less than so long before it begins.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(72);
/// So long after times have been proposed whoever is to choose is reminded, if the first is so far away.
const CHOSEN_WITHIN: SignedDuration = SignedDuration::from_hours(72);
/// So long after the end it is asked whether it took place.
const ASKED_AFTER: SignedDuration = SignedDuration::from_hours(2);
/// So long after the end nobody is expected to say any more.
const TOLD_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Plan {
    /// A plan that can be.
    ///
    /// # Errors
    /// If the length is none, the place too long or missing where somebody has to go or click, or what is to be a link
    /// for a video meeting is something else.
    pub fn new(minutes: u16, form: MeetingForm, place: &str) -> Result<Self, Say> {
        let place = place.trim();
        if !(5..=LONGEST).contains(&minutes) {
            return Err(Say::new("meeting-length"));
        }
        if place.chars().count() > PLACE || place.chars().any(char::is_control) {
            return Err(Say::new("booking-place"));
        }
        match form {
            MeetingForm::Place if place.is_empty() => return Err(Say::new("booking-no-place")),
            MeetingForm::Video if place.is_empty() => return Err(Say::new("booking-no-link")),
            // What is opened by a click in a mail must not be anything but a page.
            MeetingForm::Video if !place.starts_with("https://") => return Err(Say::new("booking-link")),
            _ => {}
        }
        Ok(Self { minutes, form, place: place.to_owned() })
    }
}

/// How far a booking has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookingState {
    /// One has proposed times, the other one is to choose.
    Asked {
        /// Who has proposed them.
        by: Seat,
        /// The times, one to three.
        times: Vec<Timestamp>,
        /// What is proposed with them.
        plan: Plan,
        /// The time that holds until another is chosen, if there was one.
        booked: Option<Timestamp>,
        /// When whoever is to choose is reminded; none when they have been, or need not be.
        #[serde(default)]
        remind: Option<Timestamp>,
    },
    /// A time is agreed on.
    Booked {
        /// When it begins.
        at: Timestamp,
        /// When the two are reminded; none when they have been, or need not be.
        #[serde(default)]
        remind: Option<Timestamp>,
        /// Whether the two have been asked if it took place.
        asked: bool,
    },
    /// It has come to something, or nothing.
    Over {
        /// What.
        how: Outcome,
        /// The time that was agreed on, if there was one.
        at: Option<Timestamp>,
    },
}

/// A time to agree on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Its identity, also in calendars.
    pub id: Id,
    /// How far it has come.
    pub state: BookingState,
    /// How long, how and where, as last agreed on.
    pub plan: Plan,
    /// How often calendars have been told something new of it.
    pub sequence: u32,
    /// When they last were.
    pub told: Timestamp,
}

fn refused<T>(key: &'static str) -> Result<T, Say> {
    Err(Say::new(key))
}

/// Times that can be proposed: those still to come, each once, in order.
fn to_come(times: &[Timestamp], now: Timestamp) -> Result<Vec<Timestamp>, Say> {
    if times.iter().any(|time| *time <= now) {
        return refused("booking-past");
    }
    if times.iter().any(|time| time.duration_since(now) > AHEAD) {
        return refused("booking-far");
    }
    let mut times = times.to_vec();
    times.sort_unstable();
    times.dedup();
    if times.is_empty() || times.len() > MOST_TIMES {
        return refused("booking-times");
    }
    Ok(times)
}

impl BookingState {
    fn asked(by: Seat, times: Vec<Timestamp>, plan: Plan, booked: Option<Timestamp>, now: Timestamp) -> Self {
        let remind = now.checked_add(CHOSEN_WITHIN).ok();
        let first = times.first().and_then(|first| first.checked_sub(REMINDED_BEFORE).ok());
        let remind = remind.filter(|remind| first.is_some_and(|first| *remind <= first));
        Self::Asked { by, times, plan, booked, remind }
    }

    fn booked(at: Timestamp, now: Timestamp) -> Self {
        let remind = at.checked_sub(REMINDED_BEFORE).ok().filter(|_| at.duration_since(now) >= REMEMBERED);
        Self::Booked { at, remind, asked: false }
    }
}

impl Booking {
    /// Whether the same is asked for: the same times, length, way and place, by the same one.
    pub fn is_same(&self, other: &Self) -> bool {
        use BookingState::{Asked, Booked};
        let same = match (&self.state, &other.state) {
            (Asked { by, times, plan, .. }, Asked { by: other_by, times: others, plan: other_plan, .. }) => {
                (by, times, plan) == (other_by, others, other_plan)
            }
            (Booked { at, .. }, Booked { at: other_at, .. }) => at == other_at,
            _ => false,
        };
        same && self.plan == other.plan
    }

    /// Proposes times to the other one.
    ///
    /// # Errors
    /// If there is none, or more than three, or one has been already or is more than a year away.
    pub fn asked(id: Id, by: Seat, times: &[Timestamp], plan: Plan, now: Timestamp) -> Result<Self, Say> {
        let state = BookingState::asked(by, to_come(times, now)?, plan.clone(), None, now);
        Ok(Self { id, state, plan, sequence: 0, told: now })
    }

    /// Books a time that the two have agreed on elsewhere.
    ///
    /// # Errors
    /// If it has been already or is more than a year away.
    pub fn booked(id: Id, at: Timestamp, plan: Plan, now: Timestamp) -> Result<Self, Say> {
        to_come(&[at], now)?;
        Ok(Self { id, state: BookingState::booked(at, now), plan, sequence: 1, told: now })
    }

    /// The stable code of the state, without its data.
    pub fn code(&self) -> &'static str {
        match &self.state {
            BookingState::Asked { .. } => "asked",
            BookingState::Booked { .. } => "booked",
            BookingState::Over { how, .. } => how.code(),
        }
    }

    /// Whether anything is still to come of it.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, BookingState::Over { .. })
    }

    /// The time that holds now, if one does.
    pub fn at(&self) -> Option<Timestamp> {
        match &self.state {
            BookingState::Asked { booked, .. } => *booked,
            BookingState::Booked { at, .. } => Some(*at),
            BookingState::Over { at, .. } => *at,
        }
    }

    /// When it ends, by the time that holds now.
    pub fn end(&self) -> Option<Timestamp> {
        self.at()?.checked_add(SignedDuration::from_mins(self.plan.minutes.into())).ok()
    }

    /// Whether the time that was agreed on has begun.
    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.at().is_some_and(|at| at <= now)
    }

    /// Who is to choose one of the times proposed, if anybody.
    pub fn chooses(&self) -> Option<Seat> {
        match &self.state {
            BookingState::Asked { by, .. } => Some(by.other()),
            _ => None,
        }
    }

    fn may_change(&self, now: Timestamp) -> Result<(), Say> {
        match self.state {
            BookingState::Over { .. } => refused("booking-over"),
            _ if self.has_begun(now) => refused("booking-begun"),
            _ => Ok(()),
        }
    }

    /// Proposes other times; what was agreed on holds until one of them is chosen.
    ///
    /// # Errors
    /// If it is over or has begun, or the times cannot be.
    pub fn propose(&mut self, by: Seat, times: &[Timestamp], plan: Plan, now: Timestamp) -> Result<&'static str, Say> {
        self.may_change(now)?;
        self.state = BookingState::asked(by, to_come(times, now)?, plan, self.at(), now);
        Ok("booking-asked")
    }

    /// Books another time that the two have agreed on elsewhere.
    ///
    /// # Errors
    /// If it is over or has begun, or the time cannot be.
    pub fn rebook(&mut self, at: Timestamp, plan: Plan, now: Timestamp) -> Result<&'static str, Say> {
        self.may_change(now)?;
        to_come(&[at], now)?;
        Ok(self.book(at, plan, now))
    }

    fn book(&mut self, at: Timestamp, plan: Plan, now: Timestamp) -> &'static str {
        let kind = if self.at().is_some() { "booking-moved" } else { "booking-made" };
        self.state = BookingState::booked(at, now);
        self.plan = plan;
        self.sequence += 1;
        self.told = now;
        kind
    }

    /// Chooses one of the times proposed.
    ///
    /// # Errors
    /// If nothing is proposed to this one, or not this time, or it or the one that held has been.
    pub fn choose(&mut self, seat: Seat, at: Timestamp, now: Timestamp) -> Result<&'static str, Say> {
        let BookingState::Asked { by, times, plan, .. } = &self.state else {
            return refused(if self.is_open() { "booking-chosen" } else { "booking-over" });
        };
        if *by == seat {
            return refused("booking-own");
        }
        if !times.contains(&at) {
            return refused("booking-other-time");
        }
        let plan = plan.clone();
        self.may_change(now)?;
        to_come(&[at], now)?;
        Ok(self.book(at, plan, now))
    }

    /// Says that none of the times suits. What was agreed on before holds again, if anything was.
    ///
    /// # Errors
    /// If nothing is proposed to this one.
    pub fn refuse(&mut self, seat: Seat, now: Timestamp) -> Result<&'static str, Say> {
        match &self.state {
            BookingState::Asked { by, .. } if *by == seat => refused("booking-own"),
            BookingState::Asked { booked: Some(at), .. } => {
                self.state = BookingState::booked(*at, now);
                Ok("booking-kept")
            }
            BookingState::Asked { booked: None, .. } => {
                self.state = BookingState::Over { how: Outcome::Refused, at: None };
                Ok("booking-refused")
            }
            BookingState::Booked { .. } => refused("booking-chosen"),
            BookingState::Over { .. } => refused("booking-over"),
        }
    }

    /// Calls it off.
    ///
    /// # Errors
    /// If it is over or has begun.
    pub fn cancel(&mut self, now: Timestamp) -> Result<&'static str, Say> {
        self.may_change(now)?;
        let at = self.at();
        self.sequence += u32::from(at.is_some());
        self.told = now;
        self.state = BookingState::Over { how: Outcome::Cancelled, at };
        Ok(if at.is_some() { "booking-cancelled" } else { "booking-taken-back" })
    }

    /// Says whether it took place. Whoever knows better than the other one, or later, can say that it did.
    ///
    /// # Errors
    /// If nothing was agreed on, or it is still to come, or somebody has said so already.
    pub fn tell(&mut self, held: bool, now: Timestamp) -> Result<&'static str, Say> {
        let at = match self.state {
            // Times proposed anew do not undo the one that has been.
            BookingState::Booked { at, .. } | BookingState::Asked { booked: Some(at), .. } => at,
            BookingState::Asked { booked: None, .. } => return refused("booking-none"),
            BookingState::Over { how: Outcome::Missed | Outcome::Untold, at: Some(at) } if held => at,
            BookingState::Over { .. } => return refused("booking-over"),
        };
        if at > now {
            return refused("booking-to-come");
        }
        let how = if held { Outcome::Held } else { Outcome::Missed };
        self.state = BookingState::Over { how, at: Some(at) };
        Ok(if held { "booking-held" } else { "booking-missed" })
    }

    /// What time does by itself. Whoever is to choose is reminded after three days, and the two a day before what they
    /// agreed on long before. Times that nobody has chosen lapse when the last of them has been, or when the time that
    /// held until then begins; whoever had a time is asked two hours after its end whether it took place, and after two
    /// weeks nobody is expected to say.
    ///
    /// # Errors
    /// If it does nothing yet.
    pub fn pass(&mut self, now: Timestamp) -> Result<&'static str, Say> {
        let since = self.end().map(|end| now.duration_since(end));
        match &mut self.state {
            BookingState::Asked { booked: Some(at), times, .. }
                if *at <= now || times.iter().all(|time| *time <= now) =>
            {
                self.state = BookingState::booked(*at, now);
                Ok("booking-kept")
            }
            BookingState::Asked { booked: None, times, .. } if times.iter().all(|time| *time <= now) => {
                self.state = BookingState::Over { how: Outcome::Lapsed, at: None };
                Ok("booking-lapsed")
            }
            BookingState::Asked { remind, .. } if remind.is_some_and(|remind| remind <= now) => {
                *remind = None;
                Ok("booking-asked-again")
            }
            BookingState::Booked { at, remind, .. } if *at > now && remind.is_some_and(|remind| remind <= now) => {
                *remind = None;
                Ok("booking-soon")
            }
            BookingState::Booked { at, .. } if since.is_some_and(|since| since >= TOLD_WITHIN) => {
                self.state = BookingState::Over { how: Outcome::Untold, at: Some(*at) };
                Ok("booking-untold")
            }
            BookingState::Booked { asked, remind, .. }
                if !*asked && since.is_some_and(|since| since >= ASKED_AFTER) =>
            {
                (*asked, *remind) = (true, None);
                Ok("booking-has-been")
            }
            _ => refused("booking-none"),
        }
    }

    /// When time next does something by itself; none if it does nothing any more.
    pub fn due(&self) -> Option<Timestamp> {
        let after = |moment: Timestamp, wait| moment.checked_add(wait).ok();
        match &self.state {
            BookingState::Asked { times, booked, remind, .. } => {
                times.last().copied().into_iter().chain(*booked).chain(*remind).min()
            }
            BookingState::Booked { asked: false, remind, .. } => {
                after(self.end()?, ASKED_AFTER).into_iter().chain(*remind).min()
            }
            BookingState::Booked { asked: true, .. } => after(self.end()?, TOLD_WITHIN),
            BookingState::Over { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
