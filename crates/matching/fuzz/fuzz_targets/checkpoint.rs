//! Any bytes are a checkpoint or none, and what is one comes back as the same bytes and does no harm.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::{Checkpoint, Control, Dense, Problem, check};

fuzz_target!(|bytes: &[u8]| {
    let Ok(checkpoint) = Checkpoint::from_bytes(bytes) else { return };
    assert_eq!(checkpoint.to_bytes(), bytes);
    let scores = (0..6 * 5).map(|at| (at % 7 > 0).then_some(at * 31 % 11));
    let problem = || Problem::new(Dense::new(6, 5, scores.clone()).expect("small scores")).expect("small scores");
    let fresh = problem().solve(&Control::default()).expect("nobody cancels");
    let resumed = problem().solve_from(&checkpoint, &Control::default()).expect("nobody cancels");
    check(resumed.problem(), &resumed.assignment(), &resumed.certificate()).expect("the proof holds");
    assert_eq!(resumed.total(), fresh.total());
});
