//! Every change leaves the pairing as good as a fresh solve, and says truly what it did.

mod common;

use common::{Plain, plain, proven};
use matching::{Control, Dense, Problem, Solution, Unassigned};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
    Lock(usize, usize),
    Unlock(usize),
    Forbid(usize, usize),
    Allow(usize, usize),
    Capacity(usize, u32),
    Remove(usize),
    Add(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let (row, column) = (0..8usize, 0..6usize);
    prop_oneof![
        (row.clone(), column.clone()).prop_map(|(row, column)| Act::Lock(row, column)),
        row.clone().prop_map(Act::Unlock),
        (row.clone(), column.clone()).prop_map(|(row, column)| Act::Forbid(row, column)),
        (row.clone(), column.clone()).prop_map(|(row, column)| Act::Allow(row, column)),
        (column, 0..5u32).prop_map(|(column, places)| Act::Capacity(column, places)),
        row.clone().prop_map(Act::Remove),
        row.prop_map(Act::Add),
    ]
}

fn fresh(solution: &Solution<Dense>, plain: &Plain) -> (i64, i64) {
    let again = solution.problem().clone().solve(&Control::default()).unwrap();
    proven(&again, plain.most_pairs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn after_any_change_the_pairing_is_as_good_as_a_fresh_one(
        plain in plain(8, 6, -2, 9),
        acts in prop::collection::vec(act(), 0..25),
    ) {
        let mut solution = plain.solve();
        for act in acts {
            let (pairs, total, before) = (solution.pairs() as i64, solution.total(), solution.assignment());
            let change = match act {
                Act::Lock(row, column) => solution.lock(row, column),
                Act::Unlock(row) => solution.unlock(row),
                Act::Forbid(row, column) => solution.forbid(row, column),
                Act::Allow(row, column) => solution.allow(row, column),
                Act::Capacity(column, places) => solution.set_capacity(column, places),
                Act::Remove(row) => solution.remove(row),
                Act::Add(row) => solution.add(row),
            };
            if let Ok(change) = change {
                    prop_assert_eq!(change.pairs, solution.pairs() as i64 - pairs);
                    prop_assert_eq!(change.points, solution.total() - total);
                    let mut replayed = before;
                    for step in change.moved {
                        prop_assert_eq!(replayed[step.row], step.from);
                        replayed[step.row] = step.to;
                    }
                    prop_assert_eq!(replayed, solution.assignment());
            } else {
                prop_assert_eq!(before, solution.assignment());
            }
            prop_assert_eq!(proven(&solution, plain.most_pairs), fresh(&solution, &plain));
        }
    }

    /// Wider than the lists, so that falling prices must loosen their bounds.
    #[test]
    fn many_departures_and_arrivals_keep_the_lists_sound(
        plain in plain(40, 60, 0, 30),
        steps in prop::collection::vec((0..40usize, any::<bool>()), 0..60),
    ) {
        let mut solution = plain.solve();
        for (row, add) in steps {
            let _ = if add { solution.add(row) } else { solution.remove(row) };
        }
        prop_assert_eq!(proven(&solution, plain.most_pairs), fresh(&solution, &plain));
    }

    #[test]
    fn the_cost_of_a_choice_is_the_difference_to_solving_with_it(plain in plain(6, 5, 0, 9)) {
        let solution = plain.solve();
        for row in 0..plain.scores.len() {
            for column in 0..plain.columns {
                let locked = plain.problem().with_locked(row, column);
                match (solution.choosing(row, column), locked) {
                    (Ok(change), Ok(problem)) => {
                        let forced = problem.solve(&Control::default()).unwrap();
                        prop_assert_eq!(change.points, forced.total() - solution.total());
                        // Under the best total a pair may be worth no more than none: then both are right.
                        if plain.most_pairs {
                            prop_assert_eq!(change.pairs, forced.pairs() as i64 - solution.pairs() as i64);
                        }
                    }
                    (choice, problem) => prop_assert_eq!(choice.err(), problem.err()),
                }
            }
        }
    }

    /// Whoever leaves and takes exactly their own points along has left a place that may stay free.
    #[test]
    fn where_nothing_is_won_nobody_moves(plain in plain(8, 5, 1, 6)) {
        let plain = Plain { most_pairs: false, ..plain };
        for row in 0..plain.scores.len() {
            let mut solution = plain.solve();
            let Some(column) = solution.column_of(row) else { continue };
            let change = solution.remove(row).unwrap();
            if change.pairs == -1 && change.points == -i64::from(plain.scores[row][column].unwrap()) {
                prop_assert_eq!(change.moved.len(), 1);
            }
        }
    }

    #[test]
    fn alternatives_are_the_cheapest_choices(plain in plain(6, 6, 0, 9)) {
        let plain = Plain { most_pairs: false, ..plain };
        let solution = plain.solve();
        for row in 0..plain.scores.len() {
            let mut costs: Vec<i64> = (0..plain.columns)
                .filter(|&column| solution.column_of(row) != Some(column))
                .filter_map(|column| Some(-solution.choosing(row, column).ok()?.points))
                .collect();
            costs.sort_unstable();
            costs.truncate(3);
            let found = solution.alternatives(row, 3).unwrap();
            prop_assert_eq!(found.iter().map(|other| -other.change.points).collect::<Vec<_>>(), costs);
        }
    }

    #[test]
    fn one_more_place_is_worth_what_solving_with_it_adds(plain in plain(6, 5, 0, 9)) {
        let solution = plain.solve();
        for column in 0..plain.columns {
            let mut more = plain.clone();
            more.capacities[column] += 1;
            let change = solution.one_more_place(column).unwrap();
            prop_assert_eq!(change.points, more.solve().total() - solution.total());
            prop_assert!(change.points <= solution.certificate().prices.of(column) || plain.most_pairs);
        }
    }

    #[test]
    fn a_ban_that_is_taken_away_leaves_nothing_behind(plain in plain(6, 5, 0, 9)) {
        let mut solution = plain.solve();
        let before = solution.total();
        for (row, column) in (0..plain.scores.len()).flat_map(|row| (0..plain.columns).map(move |column| (row, column))) {
            let banned = solution.forbid(row, column).unwrap();
            let allowed = solution.allow(row, column).unwrap();
            prop_assert_eq!(allowed.points, -banned.points);
            if plain.most_pairs {
                prop_assert_eq!(allowed.pairs, -banned.pairs);
            }
            prop_assert_eq!(solution.total(), before);
            proven(&solution, plain.most_pairs);
        }
    }

    #[test]
    fn a_place_given_with_a_lock_is_worth_what_solving_with_both_adds(plain in plain(6, 5, 0, 9)) {
        for (row, column) in (0..plain.scores.len()).flat_map(|row| (0..plain.columns).map(move |column| (row, column))) {
            let mut solution = plain.solve();
            let before = solution.total();
            let mut more = plain.clone();
            more.capacities[column] += 1;
            match (solution.lock_with_place(row, column), more.problem().with_locked(row, column)) {
                (Ok(change), Ok(problem)) => {
                    let fresh = problem.solve(&Control::default()).unwrap();
                    prop_assert_eq!(solution.total(), fresh.total());
                    prop_assert_eq!(change.points, fresh.total() - before);
                    proven(&solution, plain.most_pairs);
                    solution.unlock(row).unwrap();
                    prop_assert_eq!(solution.total(), more.solve().total());
                }
                (given, fresh) => prop_assert_eq!(given.err(), fresh.err()),
            }
        }
    }

    #[test]
    fn an_unassigned_row_is_outbid_by_exactly_what_it_lacks(plain in plain(7, 4, 0, 9)) {
        let plain = Plain { most_pairs: false, ..plain };
        let solution = plain.solve();
        for row in 0..plain.scores.len() {
            match solution.why_unassigned(row) {
                None => prop_assert!(solution.column_of(row).is_some()),
                Some(Unassigned::NothingAllowed) => prop_assert!(plain.scores[row].iter().all(Option::is_none)),
                Some(Unassigned::Outbid { column, by }) => {
                    let score = plain.scores[row][column].unwrap() + by as i32;
                    prop_assert_eq!(solution.choosing_as_if(row, column, score).unwrap().points, 0);
                }
                Some(Unassigned::NoPlace) => {
                    let mut allowed = (0..plain.columns).filter(|&column| plain.scores[row][column].is_some());
                    prop_assert!(allowed.all(|column| plain.capacities[column] == 0));
                }
            }
        }
    }
}

#[test]
fn unlocking_what_is_as_good_as_any_other_moves_nobody() {
    let scores = Dense::new(2, 1, [Some(5), Some(5)]).unwrap();
    let mut solution = Problem::new(scores).unwrap().solve(&Control::default()).unwrap();
    let seated = usize::from(solution.column_of(0).is_none());
    solution.lock(seated, 0).unwrap();
    assert_eq!(solution.unlock(seated).unwrap().moved, []);
    assert_eq!(solution.allow(1 - seated, 0).unwrap().moved, []);
    proven(&solution, false);
}

#[test]
fn who_can_only_have_what_is_locked_to_others_is_not_outbid() {
    let scores = Dense::new(3, 2, [Some(5), None, Some(9), None, None, None]).unwrap();
    let problem = Problem::new(scores).unwrap().with_locked(0, 0).unwrap();
    let mut solution = problem.solve(&Control::default()).unwrap();
    assert_eq!(solution.why_unassigned(1), Some(Unassigned::NoPlace));
    assert_eq!(solution.why_unassigned(2), Some(Unassigned::NothingAllowed));
    solution.unlock(0).unwrap();
    assert_eq!(solution.why_unassigned(0), Some(Unassigned::Outbid { column: 0, by: 4 }));
    solution.set_capacity(0, 0).unwrap();
    assert_eq!(solution.why_unassigned(0), Some(Unassigned::NoPlace));
}

#[test]
fn a_problem_cannot_be_built_broken() {
    let problem = || Problem::new(Dense::new(1, 1, [Some(5)]).unwrap()).unwrap();
    let locked = problem().with_locked(0, 0).unwrap();
    assert_eq!(locked.with_capacities(vec![0]).unwrap_err(), matching::Refusal::NoPlaceLeft(0));
    assert_eq!(problem().with_outside(vec![i32::MIN]).unwrap_err(), matching::Refusal::OutOfRange);
}

#[test]
fn a_pair_that_is_not_allowed_can_be_priced_as_if_it_were() {
    let scores = Dense::new(2, 2, [Some(5), None, Some(4), None]).unwrap();
    let solution = Problem::new(scores).unwrap().solve(&Control::default()).unwrap();
    assert_eq!(solution.why_unassigned(1), Some(Unassigned::Outbid { column: 0, by: 1 }));
    let change = solution.choosing_as_if(1, 1, 3).unwrap();
    assert_eq!((change.pairs, change.points), (1, 3));
}
