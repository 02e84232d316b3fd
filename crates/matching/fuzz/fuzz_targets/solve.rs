//! Any problem is solved and proven, and stays so through any changes.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use matching::{Control, Dense, Objective, Problem, Solution, check};

#[derive(Arbitrary, Debug)]
struct Input {
    columns: u8,
    places: [u8; 24],
    outside: i32,
    most_pairs: bool,
    scores: Vec<Option<i32>>,
    acts: Vec<Act>,
}

#[derive(Arbitrary, Debug)]
enum Act {
    Lock(u8, u8),
    Unlock(u8),
    Forbid(u8, u8),
    Allow(u8, u8),
    Places(u8, u8),
    Remove(u8),
    Add(u8),
}

fn proven(solution: &Solution<Dense>) -> (usize, i64) {
    let proof = check(solution.problem(), &solution.assignment(), &solution.certificate()).expect("the proof holds");
    assert_eq!((proof.pairs, proof.total), (solution.pairs(), solution.total()));
    (proof.pairs, proof.total)
}

fuzz_target!(|input: Input| {
    let columns = usize::from(input.columns % 24) + 1;
    let rows = (input.scores.len() / columns).min(40);
    let scores = input.scores.into_iter().take(rows * columns);
    let Ok(scores) = Dense::new(rows, columns, scores) else { return };
    let places = input.places[..columns].iter().map(|places| u32::from(places % 5)).collect();
    let objective = if input.most_pairs { Objective::MostPairs } else { Objective::BestTotal };
    let problem = Problem::new(scores).and_then(|problem| problem.with_capacities(places));
    let Ok(problem) = problem.and_then(|problem| problem.with_outside(vec![input.outside; rows])) else { return };
    let mut solution = problem.with_objective(objective).solve(&Control::default()).expect("nobody cancels");
    proven(&solution);
    for act in input.acts.iter().take(12) {
        let at = |index: u8| usize::from(index);
        let before = proven(&solution);
        let change = match *act {
            Act::Lock(row, column) => solution.lock(at(row), at(column)),
            Act::Unlock(row) => solution.unlock(at(row)),
            Act::Forbid(row, column) => solution.forbid(at(row), at(column)),
            Act::Allow(row, column) => solution.allow(at(row), at(column)),
            Act::Places(column, places) => solution.set_capacity(at(column), u32::from(places % 7)),
            Act::Remove(row) => solution.remove(at(row)),
            Act::Add(row) => solution.add(at(row)),
        };
        let after = proven(&solution);
        if let Ok(change) = change {
            assert_eq!(change.pairs, after.0 as i64 - before.0 as i64);
            assert_eq!(change.points, after.1 - before.1);
        } else {
            assert_eq!(before, after);
        }
    }
});
