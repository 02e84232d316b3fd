//! Any text as scores and as places: what is understood, the engine takes and proves, whatever ends its lines; a fault
//! stands where there is a line.
#![no_main]

use std::path::Path;

use files::problem::{Numbers, capacities, numbers};
use files::{Unread, Why};
use libfuzzer_sys::fuzz_target;
use matching::{Control, Objective, Problem, check};

fn placed(unread: &Unread, text: &str) {
    let Why::Fault(fault) = &unread.why else { panic!("nothing was closed: {unread:?}") };
    // An empty file lacks its first line. A lone carriage return ends one too.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count().max(1);
    assert!(fault.line.is_none_or(|line| (1..=lines).contains(&line)), "{fault:?}");
}

fn solve(numbers: &Numbers, places: Vec<u32>) {
    let problem = Problem::new(numbers.scores(false)).and_then(|problem| problem.with_capacities(places));
    let problem = problem.expect("the reader keeps the engine's limits").with_objective(Objective::MostPairs);
    let solution = problem.solve(&Control::default()).expect("nobody cancels");
    check(solution.problem(), &solution.assignment(), &solution.certificate()).expect("the proof holds");
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // What two files hold lies in one, divided by a form feed.
    let (scores, places) = text.split_once('\x0C').unwrap_or((text, ""));
    for name in ["x.csv", "x.mtx"] {
        let read = |text: &str| numbers(Path::new(name), &|_| Ok(text.into()));
        let read = match read(scores) {
            Err(unread) => {
                placed(&unread, scores);
                continue;
            }
            Ok(numbers) => {
                if !scores.contains(['\r', '"']) {
                    assert_eq!(numbers, read(&scores.replace('\n', "\r\n")).expect("as it was"));
                }
                numbers
            }
        };
        let (rows, columns) = (read.names.rows.len(), read.names.columns.len());
        let open = |_: &Path| Ok(places.into());
        let capacities = match capacities(Path::new("y.csv"), &open, &read.names.columns) {
            Err(unread) => {
                placed(&unread, places);
                vec![1; columns]
            }
            Ok(capacities) => capacities,
        };
        // A file may claim more rows than it names, which takes long to no end here.
        if rows.max(columns) <= 50 {
            solve(&read, capacities);
        }
    }
});
