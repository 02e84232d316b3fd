//! A run that goes on from a checkpoint ends at the same optimum, whatever the checkpoint says.

mod common;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{Plain, plain, proven};
use matching::{Checkpoint, Control, NoCheckpoint};
use proptest::prelude::*;

fn nonsense() -> impl Strategy<Value = Checkpoint> {
    let price = prop_oneof![3 => -2..40i64, 1 => any::<i64>()];
    let seat = prop::option::of(prop_oneof![9 => 0..95u32, 1 => any::<u32>()]);
    let parts = (prop::collection::vec(price, 0..100), prop::collection::vec(seat, 0..70));
    parts.prop_map(|(prices, seats)| Checkpoint { prices, seats })
}

fn resumed(plain: &Plain, checkpoint: &Checkpoint) -> (i64, i64) {
    let solution = plain.problem().solve_from(checkpoint, &Control::default()).expect("nobody cancels");
    proven(&solution, plain.most_pairs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nonsense_does_no_harm(small in plain(5, 4, -3, 6), large in plain(60, 90, 0, 30), checkpoint in nonsense()) {
        prop_assert_eq!(resumed(&small, &checkpoint), small.best());
        prop_assert_eq!(resumed(&large, &checkpoint), proven(&large.solve(), large.most_pairs));
    }

    /// Whoever goes without may try again for a place that is worth as little to them; nobody else has a reason.
    #[test]
    fn from_a_solution_with_a_place_for_all_nobody_moves(plain in plain(60, 90, 0, 30)) {
        let mut plain = plain;
        let seated = plain.solve().assignment();
        let mut at = seated.iter();
        plain.scores.retain(|_| at.next().is_some_and(Option::is_some));
        plain.outside = vec![-1; plain.scores.len()];
        let solution = plain.solve();
        let again = plain.problem().solve_from(&Checkpoint::of(&solution), &Control::default()).unwrap();
        prop_assert_eq!(again.assignment(), solution.assignment());
        prop_assert_eq!(again.certificate(), solution.certificate());
    }

    #[test]
    fn another_weight_is_solved_from_the_solution_before(plain in plain(40, 60, 0, 30), more in 0..60u32) {
        let mut changed = plain.clone();
        for (row, scores) in changed.scores.iter_mut().enumerate() {
            for (column, score) in scores.iter_mut().enumerate() {
                *score = score.map(|score| score + ((row * column) as u32 % (more + 1)) as i32);
            }
        }
        let (before, expected) = (Checkpoint::of(&plain.solve()), proven(&changed.solve(), changed.most_pairs));
        prop_assert_eq!(resumed(&changed, &before), expected);
    }

    #[test]
    fn a_run_that_was_cut_short_is_taken_up(plain in plain(200, 60, 0, 30), after in 0..12usize) {
        let (cancel, kept) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let keep = |reached: &dyn Fn() -> Checkpoint| {
            let mut kept = kept.lock().unwrap();
            kept.push(reached());
            cancel.store(kept.len() > after, Ordering::Relaxed);
        };
        let cut = plain.problem().solve(&Control { cancel: Some(&cancel), keep: Some(&keep), progress: None });
        prop_assert_eq!(cut.is_err(), kept.lock().unwrap().len() > after);
        if let Some(last) = kept.into_inner().unwrap().pop() {
            prop_assert_eq!(resumed(&plain, &last), proven(&plain.solve(), plain.most_pairs));
        }
    }

    #[test]
    fn bytes_come_back_as_they_were_and_broken_ones_are_told(plain in plain(20, 30, 0, 30), cut in 0..400usize) {
        let checkpoint = Checkpoint::of(&plain.solve());
        let bytes = checkpoint.to_bytes();
        prop_assert_eq!(Checkpoint::from_bytes(&bytes), Ok(checkpoint));
        prop_assert_eq!(bytes.len(), 16 + 8 * plain.columns + 4 * plain.scores.len());
        let short = &bytes[..cut.min(bytes.len() - 1)];
        prop_assert_eq!(Checkpoint::from_bytes(short), Err(NoCheckpoint));
    }
}
