//! The check catches every planted fault.

mod common;

use common::{Plain, plain, proven};
use matching::{Flaw, Prices, check};
use proptest::prelude::*;
use proptest::sample::Index;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_worse_pairing_is_never_proven(plain in plain(5, 4, 0, 9), other in plain(5, 4, 0, 9)) {
        // The best pairing for other scores keeps the rules, but is proven only if it is as good.
        let solution = plain.solve();
        let their = |row: usize, column: usize| other.scores.get(row)?.get(column).copied().flatten();
        let mut changed = plain.clone();
        for (row, scores) in changed.scores.iter_mut().enumerate() {
            for (column, score) in scores.iter_mut().enumerate() {
                *score = score.map(|_| their(row, column).unwrap_or(1));
            }
        }
        let wrong = changed.solve().assignment();
        if let Ok(proof) = check(solution.problem(), &wrong, &solution.certificate()) {
            prop_assert_eq!(proof.total, solution.total());
        }
    }

    #[test]
    fn the_best_pairing_is_proven(plain in plain(5, 4, 0, 9)) {
        prop_assert_eq!(proven(&plain.solve(), plain.most_pairs), plain.best());
    }

    #[test]
    fn a_planted_price_is_caught(plain in plain(6, 5, 0, 9), at: Index, by in prop_oneof![-3..0i64, 1..4i64]) {
        let with_places: Vec<usize> = (0..plain.columns).filter(|&column| plain.capacities[column] > 0).collect();
        if !with_places.is_empty() {
            let column = *at.get(&with_places);
            let solution = plain.solve();
            let mut certificate = solution.certificate();
            let mut prices = certificate.prices.as_slice().to_vec();
            // No price is below nothing: what cannot be taken away is laid on.
            prices[column] += if prices[column] + by < 0 { -by } else { by };
            certificate.prices = Prices::from_list(&prices);
            prop_assert!(check(solution.problem(), &solution.assignment(), &certificate).is_err());
        }
    }

    #[test]
    fn a_planted_gain_is_caught(plain in plain(6, 5, 0, 9), at: Index, by in prop_oneof![-3..0i64, 1..4i64]) {
        if !plain.scores.is_empty() {
            let solution = plain.solve();
            let mut certificate = solution.certificate();
            *at.get_mut(&mut certificate.gains) += by;
            prop_assert!(check(solution.problem(), &solution.assignment(), &certificate).is_err());
        }
    }

    /// Sums still agree: only looking at the pairs tells.
    #[test]
    fn points_moved_from_one_gain_to_another_are_caught(plain in plain(6, 5, 0, 9), from: Index, further: Index) {
        let rows = plain.scores.len();
        if rows > 1 {
            let from = from.index(rows);
            let to = (from + 1 + further.index(rows - 1)) % rows;
            let solution = plain.solve();
            let mut certificate = solution.certificate();
            certificate.gains[from] -= 1;
            certificate.gains[to] += 1;
            let told = check(solution.problem(), &solution.assignment(), &certificate);
            let caught = matches!(told, Err(Flaw::GainTooLow { row } | Flaw::PriceTooLow { row, .. }) if row == from);
            prop_assert!(caught, "{:?}", told);
        }
    }
}

fn two_by_two() -> Plain {
    Plain {
        columns: 2,
        scores: vec![vec![Some(3), Some(2)], vec![Some(3), None]],
        capacities: vec![1, 1],
        outside: vec![0, 0],
        most_pairs: false,
    }
}

#[test]
fn each_flaw_is_named() {
    let solution = two_by_two().solve();
    let (problem, proof) = (solution.problem(), solution.certificate());
    let flaw = |pairing: &[Option<usize>]| check(problem, pairing, &proof).unwrap_err();
    assert_eq!(solution.assignment(), [Some(1), Some(0)]);
    assert_eq!(flaw(&[Some(1)]), Flaw::Shape);
    assert_eq!(flaw(&[Some(2), Some(0)]), Flaw::Shape);
    assert_eq!(flaw(&[Some(0), Some(1)]), Flaw::NotAllowed { row: 1, column: 1 });
    assert_eq!(flaw(&[Some(0), Some(0)]), Flaw::Overfull { column: 0 });
    assert_eq!(flaw(&[Some(0), None]), Flaw::NotTight { total: 3, bound: 5 });
    let mut low = proof.clone();
    low.gains[0] = -1;
    assert_eq!(check(problem, &solution.assignment(), &low), Err(Flaw::GainTooLow { row: 0 }));
    let mut cheap = proof;
    cheap.prices = Prices::from_list(&[0, 0]);
    assert!(matches!(check(problem, &solution.assignment(), &cheap), Err(Flaw::PriceTooLow { column: 0, .. })));
    let locked = two_by_two().problem().with_locked(0, 1).unwrap();
    let proven = locked.clone().solve(&matching::Control::default()).unwrap();
    assert_eq!(check(&locked, &[Some(0), None], &proven.certificate()), Err(Flaw::LockBroken { row: 0 }));
}

#[test]
fn whatever_does_not_fit_the_shape_is_told() {
    let solution = two_by_two().solve();
    let (pairing, proof) = (solution.assignment(), solution.certificate());
    let told = |gains: &[i64], prices: &[i64]| {
        let certificate = matching::Certificate { prices: Prices::from_list(prices), gains: gains.to_vec() };
        check(solution.problem(), &pairing, &certificate)
    };
    let (gains, prices) = (&proof.gains, proof.prices.as_slice());
    assert!(matches!(told(gains, &[i64::MAX / 2, i64::MAX / 2]), Err(Flaw::NotTight { .. })));
    assert_eq!(told(&[i64::MIN, 0], prices), Err(Flaw::GainTooLow { row: 0 }));
    assert_eq!(told(gains, prices).unwrap().looked_at, 3);
    assert_eq!(told(&gains[..1], prices), Err(Flaw::Shape));
    assert_eq!(told(gains, &prices[..1]), Err(Flaw::Shape));
}

#[test]
fn whoever_takes_no_part_counts_for_nothing() {
    let mut plain = two_by_two();
    plain.outside = vec![1, 1];
    let mut solution = plain.solve();
    solution.remove(1).unwrap();
    let proof = check(solution.problem(), &solution.assignment(), &solution.certificate()).unwrap();
    assert_eq!((proof.total, proof.pairs, proof.looked_at), (3, 1, 2));
}

#[test]
fn a_banned_pair_is_not_looked_at() {
    let banned = two_by_two().problem().with_forbidden(0, 1).unwrap().with_forbidden(1, 1).unwrap();
    let solution = banned.solve(&matching::Control::default()).unwrap();
    let proof = check(solution.problem(), &solution.assignment(), &solution.certificate()).unwrap();
    assert_eq!(proof.looked_at, 2, "one of the bans is of a pair that has no score");
}

#[test]
fn a_locked_place_is_not_counted_twice() {
    let rows = vec![vec![Some(9)], vec![Some(7)], vec![Some(5)]];
    let three = Plain { columns: 1, scores: rows, capacities: vec![2], outside: vec![0; 3], most_pairs: false };
    let locked = three.problem().with_locked(2, 0).unwrap().solve(&matching::Control::default()).unwrap();
    assert!(locked.price(0) >= 7, "two want the place that is left");
    let proof = check(locked.problem(), &locked.assignment(), &locked.certificate()).unwrap();
    assert_eq!((proof.total, proof.pairs), (14, 2));
}

#[test]
fn impossible_problems_are_refused() {
    use matching::{BadScores, Dense, Refusal, Sparse};
    assert_eq!(Dense::new(1, 2, [None]).unwrap_err(), BadScores::WrongLength { rows: 1, columns: 2, found: 1 });
    assert!(matches!(Dense::new(1, 1, [Some(i32::MAX)]), Err(BadScores::OutOfRange { .. })));
    assert_eq!(Sparse::new(2, 2, [(0, 1, 3), (0, 1, 4)]).unwrap_err(), BadScores::Duplicate { row: 0, column: 1 });
    assert!(matches!(Sparse::new(2, 2, [(2, 0, 3)]), Err(BadScores::NoSuchPair { .. })));
    let problem = two_by_two().problem();
    assert_eq!(problem.clone().with_capacities(vec![1]).unwrap_err(), Refusal::WrongLength { expected: 2, found: 1 });
    assert_eq!(problem.clone().with_outside(vec![i32::MAX, 0]).unwrap_err(), Refusal::OutOfRange);
    assert_eq!(problem.clone().with_locked(1, 1).unwrap_err(), Refusal::NotAllowed { row: 1, column: 1 });
    assert_eq!(problem.clone().with_locked(9, 1).unwrap_err(), Refusal::NoSuchRow(9));
    let locked = problem.with_locked(0, 0).unwrap();
    assert_eq!(locked.clone().with_locked(1, 0).unwrap_err(), Refusal::NoPlaceLeft(0));
    assert_eq!(locked.with_forbidden(0, 0).unwrap_err(), Refusal::Locked { row: 0, column: 0 });
}
