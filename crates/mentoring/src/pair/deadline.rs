//! When somebody has to act, and what happens if they do not: nobody waits for a silent person.

use jiff::Span;
use jiff::civil::Date;

use super::{Ending, Pair, PairState, Side, Step};
use crate::say::Say;
use crate::working_days::working_days_after;

/// Working days to answer a proposal.
pub const ANSWER_DAYS: u8 = 5;
/// Working days before the deadline on which whoever has not answered is reminded.
const REMINDED_BEFORE: u8 = 2;
/// Days after both have said yes on which whoever has not accepted the agreement is reminded: by then they can have
/// met.
const AGREED_WITHIN: i32 = 10;

/// What time does to a pair by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Whoever is asked is reminded.
    Remind(Side),
    /// The time to answer is over: the proposal returns to the queue.
    Lapse(Side),
    /// Whoever has not accepted the agreement is reminded.
    RemindToAgree,
    /// The break is over.
    Resume,
}

impl PairState {
    /// Asks one side, with the time to answer that everybody has.
    pub(super) fn asked(side: Side, today: Date) -> Self {
        Self::Asked { side, due: working_days_after(today, ANSWER_DAYS), reminded: false }
    }

    /// The day on which time does something by itself: the deadline of whoever is asked, or the last day of a
    /// break.
    pub fn until(&self) -> Option<Date> {
        match self {
            Self::Asked { due, .. } => Some(*due),
            Self::Paused { pause, .. } => Some(pause.until),
            _ => None,
        }
    }
}

impl Pair {
    /// What time does to the pair today, if anything.
    pub fn due(&self, today: Date) -> Option<Due> {
        match self.state {
            PairState::Asked { side, due, .. } if due < today => Some(Due::Lapse(side)),
            PairState::Asked { side, due, reminded: false } if working_days_after(today, REMINDED_BEFORE) >= due => {
                Some(Due::Remind(side))
            }
            PairState::Agreeing { since, reminded: false, .. }
                if since.saturating_add(Span::new().days(AGREED_WITHIN)) <= today =>
            {
                Some(Due::RemindToAgree)
            }
            PairState::Paused { pause, .. } if pause.until < today => Some(Due::Resume),
            _ => None,
        }
    }

    /// Does what time does today.
    ///
    /// # Errors
    /// If time does nothing today.
    pub fn pass(&mut self, today: Date) -> Result<Step, Say> {
        match self.due(today).ok_or_else(|| Say::new("pair-nothing-due"))? {
            due @ (Due::Remind(_) | Due::RemindToAgree) => {
                if let PairState::Asked { reminded, .. } | PairState::Agreeing { reminded, .. } = &mut self.state {
                    *reminded = true;
                }
                Ok(Step::new(if due == Due::RemindToAgree { "pair-agreement-reminded" } else { "pair-reminded" }))
            }
            Due::Lapse(side) => {
                self.end(Ending::Lapsed, today);
                Ok(Step::new(if side == Side::Mentor { "pair-mentor-silent" } else { "pair-mentee-silent" }))
            }
            Due::Resume => self.resume(today),
        }
    }
}
