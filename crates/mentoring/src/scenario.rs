//! What if: a board beside the first, and who would meet whom instead.

use std::collections::BTreeSet;
use std::sync::Arc;

use matching::{Cancelled, Control};
use serde::{Deserialize, Serialize};

use crate::board::{Act, Board};
use crate::id::Id;
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::programme::{Rule, Weights};
use crate::round::Round;

/// A named change of a round's setting, or of a mentor's places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// What the coordinator calls it.
    pub name: String,
    /// Other weights, for every programme of the round.
    pub weights: Option<Weights>,
    /// Rules not in force.
    pub rules_off: BTreeSet<Rule>,
    /// Whether everybody also meets by video or phone.
    pub remote_for_all: bool,
    /// Whether mentors are shared between organisations.
    pub shared: bool,
    /// More places: mentors and the number to add.
    pub more_places: Vec<(Id, u32)>,
}

/// One mentee's difference between two boards.
#[derive(Clone, Debug)]
pub struct Difference<'a> {
    /// The mentee.
    pub mentee: &'a Mentee,
    /// The mentor on the first board.
    pub before: Option<&'a Mentor>,
    /// The mentor on the second.
    pub after: Option<&'a Mentor>,
}

impl Scenario {
    /// The board that the scenario gives: the same people and the same acts under the changed setting.
    ///
    /// # Errors
    /// [`Cancelled`] if the control says so.
    pub fn play(&self, board: &Board, control: &Control) -> Result<Board, Cancelled> {
        let round = board.round();
        let mut setting = round.setting().clone();
        for programme in &mut setting.programmes {
            programme.weights = self.weights.unwrap_or(programme.weights);
            programme.rules_off.extend(&self.rules_off);
        }
        setting.shared |= self.shared;
        let mut mentees = round.mentees().to_vec();
        let mut mentors = round.mentors().to_vec();
        if self.remote_for_all {
            for mentee in &mut mentees {
                mentee.remote = true;
            }
            for mentor in &mut mentors {
                mentor.remote = true;
            }
        }
        for mentor in &mut mentors {
            if let Some((_, more)) = self.more_places.iter().find(|(id, _)| *id == mentor.id) {
                mentor.capacity += more;
            }
        }
        let mut acts: Vec<Act> = board.acts().to_vec();
        for act in &mut acts {
            // A number of places set on the board counts from the record; so does what is added to it.
            if let Act::Places { mentor, places } = act
                && let Some((_, more)) = self.more_places.iter().find(|(id, _)| id == mentor)
            {
                *places += more;
            }
        }
        Board::replay(Arc::new(Round::new(setting, mentees, mentors)), &acts, control)
    }
}

/// Everybody whose mentor differs between two boards of the same people.
pub fn differences<'a>(first: &'a Board, second: &'a Board) -> Vec<Difference<'a>> {
    let mentees = first.round().mentees();
    mentees
        .iter()
        .enumerate()
        .filter_map(|(row, mentee)| {
            let before = first.standing(row).mentor();
            let after = second.round().row_of(&mentee.id).and_then(|row| second.standing(row).mentor());
            (before.map(|mentor| &mentor.id) != after.map(|mentor| &mentor.id)).then_some(Difference {
                mentee,
                before,
                after,
            })
        })
        .collect()
}
