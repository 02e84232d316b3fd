//! Small random problems and the slow, obvious way to solve them.
#![allow(dead_code)]

use matching::{Control, Dense, Objective, Problem, Scores, Solution, check};
use proptest::prelude::*;

/// A problem in the plainest form.
#[derive(Clone, Debug)]
pub struct Plain {
    pub columns: usize,
    pub scores: Vec<Vec<Option<i32>>>,
    pub capacities: Vec<u32>,
    pub outside: Vec<i32>,
    pub most_pairs: bool,
}

impl Plain {
    pub fn problem(&self) -> Problem<Dense> {
        let flat = self.scores.iter().flatten().copied();
        let dense = Dense::new(self.scores.len(), self.columns, flat).expect("scores are small");
        let objective = if self.most_pairs { Objective::MostPairs } else { Objective::BestTotal };
        Problem::new(dense)
            .and_then(|problem| problem.with_capacities(self.capacities.clone()))
            .and_then(|problem| problem.with_outside(self.outside.clone()))
            .expect("the shape fits")
            .with_objective(objective)
    }

    pub fn solve(&self) -> Solution<Dense> {
        self.problem().solve(&Control::default()).expect("nobody cancels")
    }

    /// The best (pairs, total) or (0, total) by trying everything.
    pub fn best(&self) -> (i64, i64) {
        fn go(plain: &Plain, row: usize, left: &mut [u32], pairs: i64, total: i64) -> (i64, i64) {
            if row == plain.scores.len() {
                return (if plain.most_pairs { pairs } else { 0 }, total);
            }
            let mut best = go(plain, row + 1, left, pairs, total + i64::from(plain.outside[row]));
            for column in 0..plain.columns {
                if left[column] > 0
                    && let Some(score) = plain.scores[row][column]
                {
                    left[column] -= 1;
                    best = best.max(go(plain, row + 1, left, pairs + 1, total + i64::from(score)));
                    left[column] += 1;
                }
            }
            best
        }
        go(self, 0, &mut self.capacities.clone(), 0, 0)
    }
}

/// Checks the proof and returns what [`Plain::best`] returns.
pub fn proven<S: Scores>(solution: &Solution<S>, most_pairs: bool) -> (i64, i64) {
    let proof = check(solution.problem(), &solution.assignment(), &solution.certificate()).expect("the proof holds");
    assert_eq!(proof.total, solution.total());
    assert_eq!(proof.pairs, solution.pairs());
    (if most_pairs { proof.pairs as i64 } else { 0 }, proof.total)
}

/// Few distinct scores, so that ties are frequent.
pub fn plain(rows: usize, columns: usize, low: i32, high: i32) -> impl Strategy<Value = Plain> {
    (0..=rows, 0..=columns).prop_flat_map(move |(rows, columns)| {
        let score = prop::option::weighted(0.7, low..=high);
        (
            prop::collection::vec(prop::collection::vec(score, columns), rows),
            prop::collection::vec(0..4u32, columns),
            prop::collection::vec(low / 2..=high / 3, rows),
            any::<bool>(),
        )
            .prop_map(move |(scores, capacities, outside, most_pairs)| Plain {
                columns,
                scores,
                capacities,
                outside,
                most_pairs,
            })
    })
}
