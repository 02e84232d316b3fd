//! Whatever is handed in as an answer: what the check lets pass is the best there is, found by trying everything.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use matching::{Certificate, Dense, Prices, Problem, check};

#[derive(Arbitrary, Debug)]
struct Input {
    scores: [[Option<i8>; 3]; 4],
    places: [u8; 3],
    outside: [i8; 4],
    assignment: [Option<u8>; 4],
    prices: [u8; 3],
    gains: [i8; 4],
}

fn best(input: &Input, row: usize, left: &mut [u8; 3]) -> i64 {
    let Some(scores) = input.scores.get(row) else { return 0 };
    let mut most = i64::from(input.outside[row]) + best(input, row + 1, left);
    for (column, score) in scores.iter().enumerate() {
        if let (Some(score), true) = (score, left[column] > 0) {
            left[column] -= 1;
            most = most.max(i64::from(*score) + best(input, row + 1, left));
            left[column] += 1;
        }
    }
    most
}

fuzz_target!(|input: Input| {
    let scores = input.scores.iter().flatten().map(|score| score.map(i32::from));
    let places = input.places.map(|places| places % 3);
    let problem = Problem::new(Dense::new(4, 3, scores).expect("small scores"))
        .and_then(|problem| problem.with_capacities(places.map(u32::from).into()))
        .and_then(|problem| problem.with_outside(input.outside.map(i32::from).into()))
        .expect("the shape fits");
    let assignment = input.assignment.map(|column| column.map(usize::from));
    let certificate = Certificate {
        prices: Prices::from_list(&input.prices.map(i64::from)),
        gains: input.gains.map(i64::from).into(),
    };
    if let Ok(proof) = check(&problem, &assignment, &certificate) {
        assert_eq!(proof.total, best(&input, 0, &mut places.clone()));
    }
});
