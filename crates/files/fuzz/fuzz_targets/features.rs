//! Any texts as a problem told by features: what is understood, the engine takes and proves, and what each feature is said
//! to give a pair adds up to the pair's score; a fault stands where there is a line.
#![no_main]

use std::path::Path;

use files::Why;
use files::problem::Features;
use libfuzzer_sys::fuzz_target;
use matching::{Control, check};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // The scheme and the sheets lie in one, divided by form feeds: rows, columns, and pairs for whatever else is named.
    let texts: Vec<&str> = text.splitn(4, '\x0C').collect();
    let of = |file: &Path| {
        let at = match file.to_str() {
            Some("problem.toml") => 0,
            Some("mentees.csv") => 1,
            Some("mentors.csv") => 2,
            _ => 3,
        };
        texts.get(at).copied().unwrap_or_default()
    };
    match Features::read(Path::new("problem.toml"), &|file| Ok(of(file).into())) {
        Err(unread) => {
            let Why::Fault(fault) = unread.why else { panic!("nothing was closed: {unread:?}") };
            let text = of(&unread.file).replace("\r\n", "\n").replace('\r', "\n");
            let lines = text.lines().count().max(1);
            assert!(fault.line.is_none_or(|line| (1..=lines).contains(&line)), "{fault:?}");
        }
        Ok((features, problem)) => {
            let solution = problem.solve(&Control::default()).expect("nobody cancels");
            let assignment = solution.assignment();
            check(solution.problem(), &assignment, &solution.certificate()).expect("the proof holds");
            for row in 0..assignment.len() {
                for column in 0..solution.problem().capacities().len() {
                    if let Some(score) = solution.problem().score(row, column) {
                        let sum: i64 = features.why(row, column).map(|(_, points)| i64::from(points)).sum();
                        assert_eq!(sum, i64::from(score), "row {row}, column {column}");
                    }
                }
            }
        }
    }
});
