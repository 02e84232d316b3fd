//! Instances that are hard for methods like ours, each solved and its proof checked.
//!
//! `cargo run --release -p matching --example hard [SIZE [NAME]]`: SIZE rows (3,000 if nothing is said), one line an
//! instance with the seconds of solving, the total and the pairs.

use std::time::Instant;

use matching::{Control, Dense, Objective, Plane, Problem, Scores, Sparse, Tables, TablesBuilder, check};

type Failed = Box<dyn std::error::Error>;

/// A family of matrices: name, rows and columns in hundredths of the size, places of each column, whether pairs count
/// before points, and the score by row, column and chance.
type Family = (&'static str, [usize; 2], u32, bool, fn(usize, usize, u64) -> Option<i32>);

const FAMILIES: [Family; 17] = [
    // Every pairing is best: whoever looks for a better one looks in vain, everywhere.
    ("equal", [100, 100], 1, false, |_, _, _| Some(100)),
    ("two levels", [100, 100], 1, false, |row, column, _| Some(if (row + column) % 7 == 0 { 101 } else { 100 })),
    ("ten levels", [100, 100], 1, false, |_, _, chance| Some((chance % 10) as i32)),
    ("thousand levels", [100, 100], 1, false, |_, _, chance| Some((chance % 1000) as i32)),
    ("million levels", [100, 100], 1, false, |_, _, chance| Some((chance % 1_000_000) as i32)),
    // Powers of two: each outweighs any below it.
    ("geometric", [50, 50], 1, false, |row, column, _| Some(1 << ((row + column) % 27))),
    ("products", [100, 100], 1, false, |row, column, _| Some((row * column % 1_000_003) as i32)),
    // All agree which columns are best, so that prices have to rise one after the other (after Machol and Wien, 1976).
    ("one order for all", [20, 20], 1, false, |_, column, _| Some(column as i32)),
    ("one order, products", [20, 20], 1, false, |row, column, _| Some((row * column) as i32)),
    ("shortage", [100, 60], 1, false, |_, _, chance| Some((chance % 1000) as i32)),
    ("shortage, most pairs", [100, 60], 1, true, |_, _, chance| Some((chance % 1000) as i32)),
    ("shortage, sparse, most pairs", [100, 60], 1, true, |_, _, chance| {
        (chance % 100 == 0).then_some((chance / 100 % 1000) as i32)
    }),
    ("surplus", [60, 100], 1, false, |_, _, chance| Some((chance % 1000) as i32)),
    // One better pair at the end moves everybody.
    ("chain", [100, 100], 1, false, |row, column, _| match column.wrapping_sub(row) {
        0 => Some(10),
        1 => Some(11),
        _ => None,
    }),
    ("chain, most pairs", [100, 100], 1, true, |row, column, _| match row.wrapping_sub(column) {
        0 => Some(10),
        1 => Some(11),
        _ => None,
    }),
    ("fifty places", [100, 2], 50, false, |_, _, chance| Some((chance % 1000) as i32)),
    ("fifty places, shortage", [100, 1], 50, false, |_, _, chance| Some((chance % 1000) as i32)),
];

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let size: usize = arguments.next().map_or(Ok(3000), |size| size.parse())?;
    let only = arguments.next();
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    for (name, [rows, columns], places, most_pairs, score) in FAMILIES.into_iter().filter(|family| wanted(family.0)) {
        let (rows, columns) = ((size * rows / 100).max(1), (size * columns / 100).max(1));
        let mut chance = 7_u64;
        let scores = (0..rows * columns).map(|at| {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            score(at / columns, at % columns, chance)
        });
        let objective = if most_pairs { Objective::MostPairs } else { Objective::BestTotal };
        let problem = Problem::new(Dense::new(rows, columns, scores)?)?.with_capacities(vec![places; columns])?;
        solve(name, problem.with_objective(objective))?;
    }
    if wanted("one column wanted by all") {
        let rows = 10 * size as u32;
        let entries = (0..2 * rows).flat_map(|row| [(row, 0, 1000), (row, 1, 0)]);
        let scores = Sparse::new(2 * rows as usize, 2, entries)?;
        solve("one column wanted by all", Problem::new(scores)?.with_capacities(vec![rows, 2 * rows])?)?;
    }
    if wanted("features") {
        solve("features", features(size)?)?;
    }
    for (name, kinds, values) in [("one feature of two values", 1, 2), ("three features of four values", 3, 4)] {
        for (rows, columns) in [(size, size), (size, size * 9 / 10), (size * 9 / 10, size)] {
            if wanted(name) {
                solve(name, alike(rows, columns, kinds, values)?)?;
            }
        }
    }
    Ok(())
}

/// Few features: very many columns are the same to a row, and very many rows want the same.
fn alike(rows: usize, columns: usize, kinds: usize, values: usize) -> Result<Problem<Tables>, Failed> {
    let mut builder = TablesBuilder::new(columns);
    let kinds: Vec<usize> = (0..kinds).map(|kind| values.pow(kind as u32)).collect();
    let planes: Vec<Plane> =
        kinds.iter().map(|kind| builder.plane((0..columns).map(|column| (column / kind % values) as u8))).collect();
    for row in 0..rows {
        // Everybody agrees on the order of the values; how much they are worth differs by row.
        let points = planes.iter().zip(&kinds).map(|(&plane, kind)| {
            let worth = 10 + 10 * (row / kind % 3) as u16;
            (plane, std::array::from_fn(|code| worth * code as u16))
        });
        builder.row(10, points, [])?;
    }
    Ok(Problem::new(builder.build())?)
}

/// As a programme's: scores computed from what is known of each row and column, and two rules.
fn features(size: usize) -> Result<Problem<Tables>, Failed> {
    let mut chance = 7_u64;
    let mut below = |most: u64| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        chance % most
    };
    let mut builder = TablesBuilder::new(size);
    let area = builder.plane((0..size).map(|column| (column * 12 / size) as u8));
    let kinds: Vec<Plane> = (0..40).map(|_| builder.plane((0..size).map(|_| below(6) as u8))).collect();
    for row in 0..size {
        let own = row * 12 / size;
        let asked = [0; 12].map(|_| kinds[below(40) as usize]);
        let points = asked.map(|kind| (kind, std::array::from_fn(|code| (code as u64 * below(15)) as u16)));
        let forbidden = [(area, !(3 << own) & 0xfff), (kinds[below(40) as usize], 1)];
        builder.row(below(20) as u16, points, forbidden)?;
    }
    let places = (0..size).map(|column| 1 + (column % 3 / 2) as u32).collect();
    Ok(Problem::new(builder.build())?.with_capacities(places)?)
}

fn solve<S: Scores>(name: &str, problem: Problem<S>) -> Result<(), Failed> {
    let start = Instant::now();
    let solution = problem.solve(&Control::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let proof = check(solution.problem(), &solution.assignment(), &solution.certificate())?;
    println!("{name:30} {seconds:8.3} s, total {}, {} pairs", proof.total, proof.pairs);
    Ok(())
}
