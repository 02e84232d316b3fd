//! The match board: the best pairing of a round, and every act of a coordinator on it.

use std::collections::BTreeMap;
use std::sync::Arc;

use matching::{Cancelled, Change, Control, Flaw, Move, Proof, Refusal, Solution, Tables, check};
use serde::{Deserialize, Serialize};

use crate::fit::{Fit, fit};
use crate::id::Id;
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::round::Round;
use crate::say::Say;

/// What a coordinator does on the board. A board is its round and its acts: the same acts on the
/// same round give the same pairs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Keep or choose this pair whatever else changes.
    Lock {
        /// The mentee.
        mentee: Id,
        /// The mentor.
        mentor: Id,
    },
    /// Let the engine decide again.
    Unlock {
        /// The mentee.
        mentee: Id,
    },
    /// Never propose this pair.
    Forbid {
        /// The mentee.
        mentee: Id,
        /// The mentor.
        mentor: Id,
    },
    /// Take a ban back.
    Allow {
        /// The mentee.
        mentee: Id,
        /// The mentor.
        mentor: Id,
    },
    /// Give a mentor another number of places in this round.
    Places {
        /// The mentor.
        mentor: Id,
        /// The places.
        places: u32,
    },
    /// Give a mentor one more place in this round, for this mentee.
    Give {
        /// The mentee.
        mentee: Id,
        /// The mentor.
        mentor: Id,
    },
    /// Leave a mentee out of this round.
    Withdraw {
        /// The mentee.
        mentee: Id,
    },
    /// Bring a mentee back into the round.
    Return {
        /// The mentee.
        mentee: Id,
    },
}

impl Act {
    /// The mentee it is about, if it is about one.
    pub fn mentee(&self) -> Option<&Id> {
        match self {
            Self::Lock { mentee, .. }
            | Self::Unlock { mentee }
            | Self::Forbid { mentee, .. }
            | Self::Allow { mentee, .. }
            | Self::Give { mentee, .. }
            | Self::Withdraw { mentee }
            | Self::Return { mentee } => Some(mentee),
            Self::Places { .. } => None,
        }
    }
}

/// The board of a round.
#[derive(Clone, Debug)]
pub struct Board {
    round: Arc<Round>,
    solution: Solution<Arc<Tables>>,
    acts: Vec<Act>,
}

/// The present place of a mentee on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Proposed to this mentor.
    Proposed(&'a Mentor),
    /// Locked to this mentor.
    Locked(&'a Mentor),
    /// No mentor.
    Unmatched,
    /// Left out of the round by a coordinator.
    Withdrawn,
}

impl<'a> Standing<'a> {
    /// The mentor, if there is one.
    pub fn mentor(self) -> Option<&'a Mentor> {
        match self {
            Self::Proposed(mentor) | Self::Locked(mentor) => Some(mentor),
            Self::Unmatched | Self::Withdrawn => None,
        }
    }
}

/// Another mentor for a mentee.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// The mentor.
    pub mentor: &'a Mentor,
    /// How the two fit.
    pub fit: Fit,
    /// What choosing the pair does to the whole.
    pub change: Change,
}

impl Board {
    /// Finds the best pairing of a round.
    ///
    /// # Errors
    /// [`Cancelled`] if the control says so.
    pub fn open(round: Arc<Round>, control: &Control) -> Result<Self, Cancelled> {
        let solution = round.problem().solve(control)?;
        Ok(Self { round, solution, acts: Vec::new() })
    }

    /// Opens a round and does every act again.
    ///
    /// # Errors
    /// [`Cancelled`]. An act that is refused is left out, as it was the first time.
    pub fn replay(round: Arc<Round>, acts: &[Act], control: &Control) -> Result<Self, Cancelled> {
        let mut board = Self::open(round, control)?;
        for act in acts {
            let _ = board.act(act);
        }
        Ok(board)
    }

    /// The round.
    pub fn round(&self) -> &Round {
        &self.round
    }

    /// The round, to share.
    pub fn round_arc(&self) -> &Arc<Round> {
        &self.round
    }

    /// The acts so far.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// Does one act; everybody it moves is in the answer.
    ///
    /// # Errors
    /// A sentence that says why it cannot be done; nothing has changed then.
    pub fn act(&mut self, act: &Act) -> Result<Change, Say> {
        let round = Arc::clone(&self.round);
        let row = |mentee: &Id| round.row_of(mentee).ok_or(Say::new("act-no-mentee"));
        let column = |mentor: &Id| round.column_of(mentor).ok_or(Say::new("act-no-mentor"));
        let solution = &mut self.solution;
        let change = match act {
            Act::Lock { mentee, mentor } => {
                let (row, column) = (row(mentee)?, column(mentor)?);
                if solution.problem().locked_to(row) == Some(column) {
                    return Err(Say::new("act-already-locked"));
                }
                solution.lock(row, column)
            }
            Act::Unlock { mentee } => solution.unlock(row(mentee)?),
            Act::Forbid { mentee, mentor } => solution.forbid(row(mentee)?, column(mentor)?),
            Act::Allow { mentee, mentor } => {
                let (row, column) = (row(mentee)?, column(mentor)?);
                // Rules stand; only a ban made by hand can be taken back.
                let by_hand = banned(&self.acts).get(mentee).is_some_and(|mentors| mentors.contains(&mentor));
                if !by_hand || round.is_exception(row, column) {
                    return Err(Say::new("act-not-banned"));
                }
                solution.allow(row, column)
            }
            Act::Places { mentor, places } => solution.set_capacity(column(mentor)?, (*places).min(MOST_PLACES)),
            Act::Give { mentee, mentor } => solution.lock_with_place(row(mentee)?, column(mentor)?),
            Act::Withdraw { mentee } => solution.remove(row(mentee)?),
            Act::Return { mentee } => solution.add(row(mentee)?),
        };
        let change = change.map_err(|refusal| self.refused(refusal))?;
        self.acts.push(act.clone());
        Ok(change)
    }

    fn refused(&self, refusal: Refusal) -> Say {
        match refusal {
            Refusal::NoPlaceLeft(column) => {
                Say::new("act-no-place").with("mentor", self.round.mentor(column).name.as_str())
            }
            Refusal::Locked { row, column } => Say::new("act-locked")
                .with("mentee", self.round.mentees()[row].name.as_str())
                .with("mentor", self.round.mentor(column).name.as_str()),
            Refusal::NotAllowed { row, column } => Say::new("act-not-allowed")
                .with("mentee", self.round.mentees()[row].name.as_str())
                .with("mentor", self.round.mentor(column).name.as_str()),
            Refusal::Absent(row) => Say::new("act-withdrawn").with("mentee", self.round.mentees()[row].name.as_str()),
            Refusal::NoSuchRow(_) => Say::new("act-no-mentee"),
            Refusal::NoSuchColumn(_) | Refusal::WrongLength { .. } | Refusal::TooLarge | Refusal::OutOfRange => {
                Say::new("act-no-mentor")
            }
        }
    }

    /// Where a mentee stands, by row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn standing(&self, row: usize) -> Standing<'_> {
        let mentor = self.solution.column_of(row).map(|column| self.round.mentor(column));
        match (mentor, self.solution.problem().locked_to(row)) {
            (Some(mentor), Some(_)) => Standing::Locked(mentor),
            (Some(mentor), None) => Standing::Proposed(mentor),
            (None, _) if self.solution.takes_part(row) => Standing::Unmatched,
            (None, _) => Standing::Withdrawn,
        }
    }

    /// Every pair, in row order, with its points.
    pub fn pairs(&self) -> impl Iterator<Item = (&Mentee, &Mentor, u16)> {
        self.round.mentees().iter().enumerate().filter_map(|(row, mentee)| {
            let column = self.solution.column_of(row)?;
            let points = self.solution.problem().score(row, column)?;
            Some((mentee, self.round.mentor(column), points as u16))
        })
    }

    /// The number of pairs.
    pub fn count(&self) -> usize {
        self.solution.pairs()
    }

    /// Mentees in the round without a mentor, those left out by hand not counted.
    pub fn unmatched(&self) -> usize {
        (0..self.round.mentees().len()).filter(|&row| self.standing(row) == Standing::Unmatched).count()
    }

    /// All points together.
    pub fn total(&self) -> i64 {
        self.solution.total()
    }

    /// Checks the proof that no other pairing keeps every rule and act and is better.
    ///
    /// # Errors
    /// The flaw found: then the program has a fault.
    pub fn prove(&self) -> Result<Proof, Flaw> {
        check(self.solution.problem(), &self.solution.assignment(), &self.solution.certificate())
    }

    /// The bans made by hand on this board.
    pub fn banned(&self) -> BTreeMap<&Id, Vec<&Id>> {
        banned(&self.acts)
    }

    /// The other mentors that cost the whole least for a mentee; none for one who is locked or left out.
    pub fn options(&self, row: usize, count: usize) -> Vec<Choice<'_>> {
        let found = self.solution.alternatives(row, count).unwrap_or_default();
        let mentee = &self.round.mentees()[row];
        found
            .into_iter()
            .map(|other| {
                let mentor = self.round.mentor(other.column);
                Choice { mentor, fit: fit(mentee, mentor, self.round.setting()), change: other.change }
            })
            .collect()
    }

    /// What it would change to have another board of the same round instead.
    pub fn difference(&self, other: &Self) -> Change {
        let (before, after) = (self.solution.assignment(), other.solution.assignment());
        let moved = before.iter().zip(&after).enumerate().filter(|(_, (from, to))| from != to);
        Change {
            pairs: other.count() as i64 - self.count() as i64,
            points: other.total() - self.total(),
            moved: moved.map(|(row, (&from, &to))| Move { row, from, to }).collect(),
        }
    }

    /// What choosing a pair would do to the whole.
    ///
    /// # Errors
    /// A sentence that says why it cannot be chosen.
    pub fn choosing(&self, mentee: &Id, mentor: &Id) -> Result<Change, Say> {
        let row = self.round.row_of(mentee).ok_or(Say::new("act-no-mentee"))?;
        let column = self.round.column_of(mentor).ok_or(Say::new("act-no-mentor"))?;
        self.solution.choosing(row, column).map_err(|refusal| self.refused(refusal))
    }

    /// The engine's solution.
    pub(crate) fn solution(&self) -> &Solution<Arc<Tables>> {
        &self.solution
    }
}

fn banned(acts: &[Act]) -> BTreeMap<&Id, Vec<&Id>> {
    let mut banned: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for act in acts {
        match act {
            Act::Forbid { mentee, mentor } => banned.entry(mentee).or_default().push(mentor),
            Act::Allow { mentee, mentor } => banned.entry(mentee).or_default().retain(|&other| other != mentor),
            _ => {}
        }
    }
    banned.retain(|_, mentors| !mentors.is_empty());
    banned
}

/// More places than anybody can be a mentor to.
const MOST_PLACES: u32 = 50;
