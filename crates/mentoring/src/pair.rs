//! A pair: from the proposal that a coordinator approves, over both answers and the agreement, to its end.

mod afterwards;
mod deadline;

use jiff::Span;
use jiff::civil::Date;

use crate::id::Id;
use crate::language::choices;
use crate::mentor::Pause;
use crate::say::Say;

pub use afterwards::{Afterwards, Closing, Evaluation};
pub use deadline::{ANSWER_DAYS, Due};

choices! {
    /// One of the two.
    Side {
        Mentor = "mentor", "mentor", "mentor";
        Mentee = "mentee", "adept", "mentee";
    }
}

impl Side {
    /// The one across.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Mentor => Self::Mentee,
            Self::Mentee => Self::Mentor,
        }
    }
}

choices! {
    /// Why somebody says no to a proposal.
    NoReason {
        Time = "time", "har inte tid just nu", "no time just now";
        Conflict = "conflict", "jäv: företaget, någon där eller en konkurrent står mig nära", "conflict of interest: the company, somebody there or a competitor is close to me";
        Knowledge = "knowledge", "behoven och kunskaperna passar inte ihop", "the needs and the knowledge do not go together";
        Distance = "distance", "för långt eller svårt att träffas", "too far or too hard to meet";
        Person = "person", "vill hellre ha någon annan", "would rather have somebody else";
        Other = "other", "annat", "something else";
        Untold = "untold", "vill inte säga", "rather not say";
    }
}

choices! {
    /// Why a pair ends before its time.
    EndReason {
        Reached = "reached", "målen är nådda", "the goals are reached";
        Change = "change", "adepten behöver en annan mentor", "the mentee needs another mentor";
        Time = "time", "någon har inte tid längre", "somebody has no time any more";
        Silent = "silent", "ingen kontakt längre", "no contact any more";
        Company = "company", "företaget är nedlagt eller sålt", "the company has closed or been sold";
        Conflict = "conflict", "jäv", "conflict of interest";
        Left = "left", "mentorn slutar", "the mentor leaves";
        Other = "other", "annat", "something else";
        Untold = "untold", "vill inte säga", "rather not say";
    }
}

impl EndReason {
    /// What one of the two can give when they end it themselves; nobody has to say why.
    pub const OF_THE_TWO: [Self; 6] =
        [Self::Untold, Self::Reached, Self::Change, Self::Time, Self::Company, Self::Conflict];

    /// Whether the mentee is back on the waiting list at once, with the place they had: also if nobody says why, since
    /// being taken off the list is soon done and being forgotten is not soon mended.
    pub fn mentee_waits(self) -> bool {
        matches!(self, Self::Change | Self::Time | Self::Conflict | Self::Left | Self::Untold)
    }
}

choices! {
    /// How a pair has ended.
    Ending {
        Completed = "completed", "avslutat", "completed";
        Early = "early", "avbrutet", "ended early";
        Declined = "declined", "tackat nej", "declined";
        Lapsed = "lapsed", "inget svar i tid", "no answer in time";
        Withdrawn = "withdrawn", "förslaget togs tillbaka", "proposal taken back";
    }
}

/// From when to when two people are a pair, as planned: first and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day planned.
    pub until: Date,
}

/// How far a pair has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairState {
    /// One of the two is asked whether they want to.
    Asked {
        /// Who.
        side: Side,
        /// The last day to answer.
        due: Date,
        /// Whether they have been reminded.
        reminded: bool,
    },
    /// Both have said yes; they meet and accept the agreement.
    Agreeing {
        /// Since when.
        since: Date,
        /// When the mentor accepted the agreement.
        mentor: Option<Date>,
        /// When the mentee did.
        mentee: Option<Date>,
        /// Whether whoever has not has been reminded.
        reminded: bool,
    },
    /// They meet.
    Active {
        /// As planned.
        term: Term,
    },
    /// They take a break.
    Paused {
        /// As planned.
        term: Term,
        /// The break, both days included.
        pause: Pause,
    },
    /// It has ended.
    Over {
        /// How.
        how: Ending,
        /// The last day.
        on: Date,
        /// As planned, if it ever began.
        term: Option<Term>,
    },
}

impl PairState {
    /// The stable code of the state, without its data.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Asked { side: Side::Mentor, .. } => "asked-mentor",
            Self::Asked { side: Side::Mentee, .. } => "asked-mentee",
            Self::Agreeing { .. } => "agreeing",
            Self::Active { .. } => "active",
            Self::Paused { .. } => "paused",
            Self::Over { how, .. } => how.code(),
        }
    }

    /// The codes of the states in which a pair is open: it takes a place, and the mentee does not wait.
    pub const OPEN: [&'static str; 5] = ["asked-mentor", "asked-mentee", "agreeing", "active", "paused"];

    /// Who is still to accept the agreement.
    pub fn to_agree(&self) -> Vec<Side> {
        match self {
            Self::Agreeing { mentor, mentee, .. } => {
                let open = [(Side::Mentor, mentor), (Side::Mentee, mentee)];
                open.into_iter().filter(|(_, on)| on.is_none()).map(|(side, _)| side).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether its last day has been.
    pub fn is_past(&self, today: Date) -> bool {
        self.term().is_some_and(|term| term.until < today)
    }

    /// From when to when, once it has begun.
    pub fn term(&self) -> Option<Term> {
        match self {
            Self::Active { term } | Self::Paused { term, .. } => Some(*term),
            Self::Over { term, .. } => *term,
            _ => None,
        }
    }
}

/// A mentee and a mentor, proposed or together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its identity.
    pub id: Id,
    /// Code of the programme.
    pub programme: String,
    /// The mentee.
    pub mentee: Id,
    /// The mentor.
    pub mentor: Id,
    /// How far it has come.
    pub state: PairState,
}

/// What there has to have been before a pair can be closed as completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Whether somebody has answered the evaluation.
    pub evaluated: bool,
    /// Whether the two have met, as far as anybody has told.
    pub met: bool,
}

/// What an act did: the event it caused, and the code of its reason if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The kind of event.
    pub kind: &'static str,
    /// The reason's code; empty for none.
    pub reason: &'static str,
}

impl Step {
    fn new(kind: &'static str) -> Self {
        Self { kind, reason: "" }
    }
}

/// How long a pair is planned to last, in months, unless it is extended.
pub const PAIR_MONTHS: u8 = 12;

/// The longest break, in days: after that it is better to end and begin anew.
pub const LONGEST_PAUSE: i32 = 183;

/// The longest that a pair can be extended beyond the day on which somebody does so, in months.
pub const LONGEST_EXTENSION: u8 = 12;

fn refused<T>(key: &'static str) -> Result<T, Say> {
    Err(Say::new(key))
}

impl Pair {
    /// Asks the mentor: nobody is anybody's mentor by being matched.
    pub fn proposed(id: Id, programme: String, mentee: Id, mentor: Id, today: Date) -> Self {
        Self { id, programme, mentee, mentor, state: PairState::asked(Side::Mentor, today) }
    }

    /// Whether it takes a place and keeps the mentee from waiting.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, PairState::Over { .. })
    }

    /// Whether one of the two is told about the pair at all: a mentee hears of it when the mentor has said yes,
    /// and not of what came to nothing.
    pub fn is_told(&self, side: Side) -> bool {
        let nothing = match self.state {
            PairState::Asked { side, .. } => side == Side::Mentor,
            PairState::Over { how, .. } => matches!(how, Ending::Declined | Ending::Lapsed | Ending::Withdrawn),
            _ => false,
        };
        side == Side::Mentor || !nothing
    }

    /// The person on one side.
    pub fn on(&self, side: Side) -> &Id {
        match side {
            Side::Mentor => &self.mentor,
            Side::Mentee => &self.mentee,
        }
    }

    /// Whether the mentee waits again now that it is over: whoever never got started does, from the day they
    /// first waited; whoever was let down does; whoever is done does not.
    pub fn mentee_waits(&self, reason: Option<EndReason>) -> bool {
        match self.state {
            PairState::Over { how: Ending::Completed, .. } => false,
            PairState::Over { how: Ending::Early, .. } => reason.is_some_and(EndReason::mentee_waits),
            PairState::Over { .. } => true,
            _ => false,
        }
    }

    fn end(&mut self, how: Ending, on: Date) {
        self.state = PairState::Over { how, on, term: self.state.term() };
    }

    /// Says yes or no to the proposal. The mentor is asked first, so that no mentee is given hope for nothing.
    ///
    /// # Errors
    /// If it is not this side that is asked, or no longer.
    pub fn answer(&mut self, side: Side, answer: Result<(), NoReason>, today: Date) -> Result<Step, Say> {
        match (self.state, answer) {
            (PairState::Asked { side: asked, .. }, _) if asked != side => refused("pair-other-is-asked"),
            (PairState::Asked { .. }, Ok(())) => {
                self.state = match side {
                    Side::Mentor => PairState::asked(Side::Mentee, today),
                    Side::Mentee => PairState::Agreeing { since: today, mentor: None, mentee: None, reminded: false },
                };
                Ok(Step::new(if side == Side::Mentor { "pair-mentor-yes" } else { "pair-mentee-yes" }))
            }
            (PairState::Asked { .. }, Err(why)) => {
                self.end(Ending::Declined, today);
                let kind = if side == Side::Mentor { "pair-mentor-no" } else { "pair-mentee-no" };
                Ok(Step { kind, reason: why.code() })
            }
            (PairState::Over { how: Ending::Lapsed, .. }, _) => refused("pair-lapsed-already"),
            (PairState::Over { .. }, _) => refused("pair-over"),
            _ => refused("pair-answered"),
        }
    }

    /// Accepts the agreement. When both have, the pair begins, for a year.
    ///
    /// # Errors
    /// If there is nothing to accept, or this side has done so.
    pub fn agree(&mut self, side: Side, today: Date) -> Result<Step, Say> {
        let PairState::Agreeing { mentor, mentee, .. } = &mut self.state else {
            return refused(if self.is_open() { "pair-not-agreeing" } else { "pair-over" });
        };
        let own = if side == Side::Mentor { &mut *mentor } else { &mut *mentee };
        if own.is_some() {
            return refused("pair-agreed-already");
        }
        *own = Some(today);
        if mentor.is_some() && mentee.is_some() {
            let until = today.saturating_add(Span::new().months(PAIR_MONTHS));
            self.state = PairState::Active { term: Term { from: today, until } };
            return Ok(Step::new("pair-started"));
        }
        Ok(Step::new(if side == Side::Mentor { "pair-mentor-agreed" } else { "pair-mentee-agreed" }))
    }

    /// Takes a proposal back, before the two have become a pair.
    ///
    /// # Errors
    /// If they have, or it is over.
    pub fn take_back(&mut self, today: Date) -> Result<Step, Say> {
        self.may_take_back()?;
        self.end(Ending::Withdrawn, today);
        Ok(Step::new("pair-taken-back"))
    }

    /// Whether a proposal can be taken back.
    ///
    /// # Errors
    /// If the two have become a pair, or it is over.
    pub fn may_take_back(&self) -> Result<(), Say> {
        match self.state {
            PairState::Asked { .. } | PairState::Agreeing { .. } => Ok(()),
            PairState::Over { .. } => refused("pair-over"),
            _ => refused("pair-has-begun"),
        }
    }

    /// Begins a break that lasts until a day.
    ///
    /// # Errors
    /// If the two do not meet now, or the break is too long or already over.
    pub fn pause(&mut self, until: Date, today: Date) -> Result<Step, Say> {
        let term = self.may_pause()?;
        if until < today {
            return refused("pair-pause-past");
        }
        if until > today.saturating_add(Span::new().days(LONGEST_PAUSE)) {
            return refused("pair-pause-long");
        }
        self.state = PairState::Paused { term, pause: Pause { from: today, until } };
        Ok(Step::new("pair-paused"))
    }

    /// Whether a break can begin; answers what is planned.
    ///
    /// # Errors
    /// If the two do not meet now.
    pub fn may_pause(&self) -> Result<Term, Say> {
        match self.state {
            PairState::Active { term } => Ok(term),
            PairState::Paused { .. } => refused("pair-pauses"),
            PairState::Over { .. } => refused("pair-over"),
            _ => refused("pair-not-begun"),
        }
    }

    /// Ends a break; the planned end moves on by the days that the break lasted, so that it costs no time
    /// together.
    ///
    /// # Errors
    /// If there is no break.
    pub fn resume(&mut self, today: Date) -> Result<Step, Say> {
        let PairState::Paused { term, pause } = self.state else { return refused("pair-no-pause") };
        let days = pause.from.until(today.min(pause.until.saturating_add(Span::new().days(1))));
        let days = days.map_or(0, |span| span.get_days()).max(0);
        let until = term.until.saturating_add(Span::new().days(days));
        self.state = PairState::Active { term: Term { until, ..term } };
        Ok(Step::new("pair-resumed"))
    }

    /// Moves the planned end on.
    ///
    /// # Errors
    /// If the pair has not begun or is over, or the day is not later than planned or too far away.
    pub fn extend(&mut self, until: Date, today: Date) -> Result<Step, Say> {
        let (PairState::Active { term } | PairState::Paused { term, .. }) = &mut self.state else {
            return refused(if self.is_open() { "pair-not-begun" } else { "pair-over" });
        };
        if until <= term.until || until < today {
            return refused("pair-extension-short");
        }
        if until > term.until.max(today).saturating_add(Span::new().months(LONGEST_EXTENSION)) {
            return refused("pair-extension-long");
        }
        term.until = until;
        Ok(Step::new("pair-extended"))
    }

    /// Closes the pair as completed. Only after the evaluation, and if the two have met: whoever pays for the
    /// programme counts completed pairs, and one that never met, or that nobody has heard of for months, is none.
    ///
    /// # Errors
    /// If it has not begun or is over, nobody has answered the evaluation, or no meeting is known.
    pub fn complete(&mut self, evidence: Evidence, today: Date) -> Result<Step, Say> {
        self.may_complete(evidence)?;
        self.end(Ending::Completed, today);
        Ok(Step::new("pair-completed"))
    }

    /// Whether the pair can be closed as completed.
    ///
    /// # Errors
    /// If it has not begun or is over, nobody has answered the evaluation, or no meeting is known.
    pub fn may_complete(&self, evidence: Evidence) -> Result<(), Say> {
        match self.state {
            PairState::Over { .. } => refused("pair-over"),
            PairState::Active { .. } | PairState::Paused { .. } if !evidence.evaluated => refused("pair-not-evaluated"),
            PairState::Active { .. } | PairState::Paused { .. } if !evidence.met => refused("pair-never-met"),
            PairState::Active { .. } | PairState::Paused { .. } => Ok(()),
            _ => refused("pair-not-begun"),
        }
    }

    /// Ends what the mentor has begun, who leaves: a proposal is taken back, a pair ends and the mentee waits again.
    ///
    /// # Errors
    /// If it is over.
    pub fn mentor_leaves(&mut self, today: Date) -> Result<Step, Say> {
        if self.may_take_back().is_ok() { self.take_back(today) } else { self.end_early(EndReason::Left, today) }
    }

    /// Ends the pair before its time, nobody's fault.
    ///
    /// # Errors
    /// If the two have not both said yes yet, or it is over.
    pub fn end_early(&mut self, why: EndReason, today: Date) -> Result<Step, Say> {
        self.may_end_early()?;
        self.end(Ending::Early, today);
        Ok(Step { kind: "pair-ended-early", reason: why.code() })
    }

    /// Whether the pair can end before its time.
    ///
    /// # Errors
    /// If the two have not both said yes yet, or it is over.
    pub fn may_end_early(&self) -> Result<(), Say> {
        match self.state {
            PairState::Asked { .. } => refused("pair-not-answered"),
            PairState::Over { .. } => refused("pair-over"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
