//! The solver against everything that can say what is best.

mod common;

use common::{Plain, plain, proven};
use matching::{Control, Dense, Problem, Scores, Sparse, TablesBuilder};
use proptest::prelude::*;

/// All matrices up to 2 × 3 and 3 × 2 over {not allowed, 0, 1, 2}: every small shape, every tie.
#[test]
fn every_small_matrix_is_solved_as_by_trying_everything() {
    for (rows, columns) in [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (1, 3), (3, 1)] {
        for code in 0..4usize.pow((rows * columns) as u32) {
            let cell = |at: usize| (code >> (2 * at) & 3).checked_sub(1).map(|score| score as i32);
            let row = |row| (0..columns).map(|column| cell(row * columns + column)).collect();
            let scores: Vec<Vec<_>> = (0..rows).map(row).collect();
            for most_pairs in [false, true] {
                let plain = Plain {
                    columns,
                    scores: scores.clone(),
                    capacities: (0..columns as u32).map(|column| 1 + column % 2).collect(),
                    outside: vec![i32::from(most_pairs); rows],
                    most_pairs,
                };
                assert_eq!(proven(&plain.solve(), most_pairs), plain.best(), "{plain:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn small_problems_are_solved_as_by_trying_everything(plain in plain(5, 4, -3, 6)) {
        prop_assert_eq!(proven(&plain.solve(), plain.most_pairs), plain.best());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Wider than the candidate lists, with ties wider than the lists too.
    #[test]
    fn larger_problems_are_proven(plain in plain(60, 90, 0, 4)) {
        proven(&plain.solve(), plain.most_pairs);
    }

    #[test]
    fn larger_problems_with_few_ties_are_proven(plain in plain(60, 90, -1000, 1000)) {
        proven(&plain.solve(), plain.most_pairs);
    }

    /// Another library as the oracle: `pathfinding`'s Kuhn–Munkres on square matrices.
    #[test]
    fn totals_agree_with_another_library(size in 1..40usize, seed in prop::collection::vec(0..50i64, 1600)) {
        let weights = pathfinding::matrix::Matrix::from_fn(size, size, |(row, column)| seed[row * 40 + column]);
        let (best, _) = pathfinding::kuhn_munkres::kuhn_munkres(&weights);
        let scores = (0..size * size).map(|at| Some(seed[at / size * 40 + at % size] as i32));
        let solution = Problem::new(Dense::new(size, size, scores).unwrap()).unwrap().solve(&Control::default()).unwrap();
        prop_assert_eq!(solution.total(), best);
    }

    #[test]
    fn dense_sparse_and_computed_scores_give_the_same_pairs(plain in plain(12, 70, 0, 200)) {
        let rows = plain.scores.len();
        let dense = plain.problem();
        let entries = (0..rows).flat_map(|row| (0..plain.columns).map(move |column| (row, column)))
            .filter_map(|(row, column)| Some((row as u32, column as u32, plain.scores[row][column]?)));
        let sparse = Sparse::new(rows, plain.columns, entries).unwrap();
        let mut builder = TablesBuilder::new(plain.columns);
        // A plane of its own for each row can say any sixteen scores by column; here two planes
        // give the column's position, and a third whether the pair is allowed.
        let planes: Vec<_> = (0..rows).map(|row| {
            let high = builder.plane((0..plain.columns).map(|column| (plain.scores[row][column].unwrap_or(0) / 16) as u8));
            let low = builder.plane((0..plain.columns).map(|column| (plain.scores[row][column].unwrap_or(0) % 16) as u8));
            let rule = builder.plane((0..plain.columns).map(|column| u8::from(plain.scores[row][column].is_none())));
            (high, low, rule)
        }).collect();
        for (high, low, rule) in planes {
            let points = [(high, std::array::from_fn(|code| 16 * code as u16)), (low, std::array::from_fn(|code| code as u16))];
            builder.row(0, points, [(rule, 0b10)]).unwrap();
        }
        let tables = builder.build();
        let expected = plain.solve().assignment();
        prop_assert_eq!(solved(&plain, sparse, &dense), expected.clone());
        prop_assert_eq!(solved(&plain, tables, &dense), expected);
    }
}

fn solved<S: Scores>(plain: &Plain, scores: S, like: &Problem<Dense>) -> Vec<Option<usize>> {
    let objective = if plain.most_pairs { matching::Objective::MostPairs } else { matching::Objective::BestTotal };
    let problem = Problem::new(scores)
        .and_then(|problem| problem.with_capacities(like.capacities().to_vec()))
        .and_then(|problem| problem.with_outside(plain.outside.clone()))
        .unwrap()
        .with_objective(objective);
    let solution = problem.solve(&Control::default()).unwrap();
    proven(&solution, plain.most_pairs);
    solution.assignment()
}

/// The 5 × 5 example of Munkres' paper (J. SIAM 5, 1957), as a cost of 13 in the usual restatement,
/// and two textbook matrices with known optima.
#[test]
fn worked_examples_have_their_known_optima() {
    let cases: [(&[&[i32]], i64); 3] = [
        // Wikipedia, "Hungarian algorithm": cleaning, sweeping, washing; least cost 15.
        (&[&[8, 4, 7], &[5, 2, 3], &[9, 4, 8]], 15),
        // Jonker & Volgenant's customary test; least cost 0 on the diagonal of a permuted identity.
        (&[&[1, 0, 1], &[0, 1, 1], &[1, 1, 0]], 0),
        // Bourgeois & Lassalle 1971, rectangular 5 × 4 of the `munkres` package's documentation style.
        (&[&[400, 150, 400], &[400, 450, 600], &[300, 225, 300]], 850),
    ];
    for (costs, least) in cases {
        let worst = 1000;
        let scores = costs.iter().flat_map(|row| row.iter().map(|cost| Some(worst - cost)));
        let problem = Problem::new(Dense::new(costs.len(), costs[0].len(), scores).unwrap()).unwrap();
        let solution = problem.solve(&Control::default()).unwrap();
        assert_eq!(i64::from(worst) * costs.len() as i64 - solution.total(), least);
    }
}

/// Half of the rows have a place in a column that all want; its price is bid up too high, and falls for all of its
/// places at once: each on its own would be a search over everybody.
#[test]
fn one_column_that_all_want_has_all_its_places_filled() {
    let (rows, places) = (40_000, 20_000);
    let entries = (0..rows).flat_map(|row| [(row, 0, 1000), (row, 1, 0)]);
    let scores = Sparse::new(rows as usize, 2, entries).unwrap();
    let problem = Problem::new(scores).unwrap().with_capacities(vec![places, rows]).unwrap();
    let solution = problem.solve(&Control::default()).unwrap();
    assert_eq!(proven(&solution, false).1, i64::from(places) * 1000);
    assert_eq!(solution.pairs(), rows as usize);
}

#[test]
fn a_cancelled_run_says_so_and_progress_ends_at_the_end() {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    let plain = Plain {
        columns: 3,
        scores: vec![vec![Some(1); 3]; 300],
        capacities: vec![100; 3],
        outside: vec![0; 300],
        most_pairs: false,
    };
    let cancel = AtomicBool::new(false);
    let last = AtomicUsize::new(0);
    let note = |done: usize, all: usize| {
        last.store(done, Ordering::Relaxed);
        assert!(done <= all);
    };
    let control = Control { cancel: Some(&cancel), progress: Some(&note), keep: None };
    plain.problem().solve(&control).expect("nobody has cancelled yet");
    assert_eq!(last.load(Ordering::Relaxed), 600);
    cancel.store(true, Ordering::Relaxed);
    assert_eq!(plain.problem().solve(&control).err(), Some(matching::Cancelled));
}

#[test]
fn scores_at_the_limit_do_not_overflow() {
    let limit = matching::SCORE_LIMIT;
    for most_pairs in [false, true] {
        let scores = (0..40)
            .map(|row| (0..30).map(|column| Some(if (row + column) % 2 == 0 { limit } else { -limit })).collect())
            .collect();
        let plain = Plain { columns: 30, scores, capacities: vec![1; 30], outside: vec![-limit; 40], most_pairs };
        proven(&plain.solve(), most_pairs);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Far more columns tie than a list holds, so that searches look at all columns.
    #[test]
    fn the_best_is_proven_where_very_many_tie(scores in prop::collection::vec(0..60i32, 120 * 100), rows in 60..120usize) {
        let scores = Dense::new(rows, 100, scores[..rows * 100].iter().map(|&score| Some(score.min(12)))).unwrap();
        let mut solution = Problem::new(scores).unwrap().solve(&Control::default()).unwrap();
        proven(&solution, false);
        for row in 0..10 {
            solution.remove(row).unwrap();
            proven(&solution, false);
            solution.add(row).unwrap();
            proven(&solution, false);
        }
    }
}
