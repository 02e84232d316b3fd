//! Our side of `benches/peers/run.py`: writes an instance for the peers, or solves the same one.
//!
//! `peers instance SIZE FILE` writes places and scores; `peers ours SIZE` goes from participant
//! records to the checked certificate; `peers pathfinding FILE` lets the crate of that name solve a
//! written instance. `peers pass SIZE` finds each mentee's best mentor and no more, and `peers changes SIZE` makes small changes to a best
//! pairing and one to a weight. For `benches/peers/lists.py`, `peers lists SIZE BEST FILE` writes places and each
//! row's best columns only, and `peers listed FILE` solves those. All but the writers and `changes` print one JSON line.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use app::demo::{Scale, programmes, year};
use matching::{Control, Prices, Problem, Scores, Sparse, check};
use mentoring::{Board, Round, Setting};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["instance", size, file] => instance(size.parse()?, file),
        ["ours", size] => ours(size.parse()?),
        ["pass", size] => pass(size.parse()?),
        ["changes", size] => changes(size.parse()?),
        ["pathfinding", file] => pathfinding(file),
        ["lists", size, best, file] => lists(size.parse()?, best.parse()?, file),
        ["listed", file] => listed(file),
        _ => {
            Err("use: peers instance SIZE FILE | ours SIZE | pass SIZE | changes SIZE | pathfinding FILE | lists SIZE BEST FILE | listed FILE"
                .into())
        }
    }
}

/// The national year at any size: as many mentors to a mentee as in Sweden's.
fn people(size: usize) -> (Setting, Vec<mentoring::Mentee>, Vec<mentoring::Mentor>) {
    let today = jiff::civil::date(2026, 11, 23);
    let mentors = size * Scale::NATIONAL.mentors / Scale::NATIONAL.mentees;
    let year = year(Scale { mentees: size, mentors }, today, 1);
    let setting = Setting { programmes: programmes(), today, shared: true, most_pairs: false };
    (setting, year.waiting, year.mentors)
}

fn instance(size: usize, file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (setting, mentees, mentors) = people(size);
    let round = Round::new(setting, mentees, mentors);
    let problem = round.problem();
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    out.write_all(b"MPI1")?;
    out.write_all(&u32::try_from(problem.scores().rows())?.to_le_bytes())?;
    out.write_all(&u32::try_from(problem.scores().columns())?.to_le_bytes())?;
    for places in problem.capacities() {
        out.write_all(&places.to_le_bytes())?;
    }
    for row in 0..problem.scores().rows() {
        for column in 0..problem.scores().columns() {
            let score = problem.score(row, column).map_or(u16::MAX, |score| score as u16);
            out.write_all(&score.to_le_bytes())?;
        }
    }
    Ok(out.flush()?)
}

fn ours(size: usize) -> Result<(), Box<dyn std::error::Error>> {
    let (setting, mentees, mentors) = people(size);
    let baseline = peak_mb()?;
    let (cpu, wall) = (cpu_seconds()?, Instant::now());
    let round = Arc::new(Round::new(setting, mentees, mentors));
    let prepared = wall.elapsed().as_secs_f64();
    let board = Board::open(Arc::clone(&round), &Control::default())?;
    let solved = wall.elapsed().as_secs_f64();
    let proof = board.prove()?;
    let (cpu, wall) = (cpu_seconds()? - cpu, wall.elapsed().as_secs_f64());
    println!(
        "{{\"solver\":\"mentorpar\",\"total\":{},\"cpu_s\":{cpu:.5},\"wall_s\":{wall:.5},\"peak_mb\":{:.2},\"baseline_mb\":{baseline:.2},\"pairs\":{},\"looked_at\":{},\"prepare_s\":{prepared:.5},\"solve_s\":{:.5},\"check_s\":{:.5}}}",
        proof.total,
        peak_mb()?,
        proof.pairs,
        proof.looked_at,
        solved - prepared,
        wall - solved,
    );
    Ok(())
}

/// What it takes to find each mentee's best mentor among all that the rules allow, in tiles that fit into the cache: a
/// pairing that proves anything about every pair can hardly cost less.
fn pass(size: usize) -> Result<(), Box<dyn std::error::Error>> {
    const ROWS: usize = 128;
    const COLUMNS: usize = 8192;
    let (setting, mentees, mentors) = people(size);
    let round = Round::new(setting, mentees, mentors);
    let problem = round.problem();
    let scores = problem.scores();
    let (rows, columns, free) = (scores.rows(), scores.columns(), Prices::zero(scores.columns()));
    let cpu = cpu_seconds()?;
    let mut best = vec![-1; rows];
    for band in (0..rows).step_by(ROWS) {
        for tile in (0..columns).step_by(COLUMNS) {
            for (row, best) in best.iter_mut().enumerate().skip(band).take(ROWS) {
                scores.scan(row, tile..columns.min(tile + COLUMNS), &free, *best, &mut |_, score| {
                    *best = i64::from(score);
                    *best
                });
            }
        }
    }
    let best: i64 = best.into_iter().map(|best| best.max(0)).sum();
    println!("{{\"best_of_each\":{best},\"cpu_s\":{:.5}}}", cpu_seconds()? - cpu);
    Ok(())
}

/// Small changes to a best pairing, one after the other, and then one to a weight.
fn changes(size: usize) -> Result<(), Box<dyn std::error::Error>> {
    const TIMES: usize = 400;
    let (setting, mentees, mentors) = people(size);
    let round = Round::new(setting.clone(), mentees.clone(), mentors.clone());
    let start = Instant::now();
    let mut solution = round.problem().solve(&Control::default())?;
    let fresh = start.elapsed().as_secs_f64();
    let (rows, columns) = (solution.problem().scores().rows(), solution.problem().scores().columns());
    let mut times: Vec<(&str, Vec<f64>)> =
        ["departure", "arrival", "lock", "unlock", "ban", "place more", "place less"]
            .map(|what| (what, Vec::with_capacity(TIMES)))
            .into();
    for at in 0..TIMES {
        // Spread over all rows and columns, the same in every run.
        let (row, column) = (at * 7919 % rows, at * 6007 % columns);
        let mut timed = |at: usize, change: &mut dyn FnMut() -> Result<matching::Change, matching::Refusal>| {
            let start = Instant::now();
            let changed = change();
            times[at].1.push(start.elapsed().as_secs_f64());
            changed
        };
        timed(0, &mut || solution.remove(row))?;
        timed(1, &mut || solution.add(row))?;
        let wish = solution.alternatives(row, 1)?.first().map(|alternative| alternative.column);
        if let Some(wish) = wish {
            timed(2, &mut || solution.lock(row, wish))?;
            timed(3, &mut || solution.unlock(row))?;
        }
        if let Some(column) = solution.column_of(row) {
            timed(4, &mut || solution.forbid(row, column))?;
        }
        let places = solution.problem().capacities()[column];
        timed(5, &mut || solution.set_capacity(column, places + 1))?;
        timed(6, &mut || solution.set_capacity(column, places))?;
    }
    check(solution.problem(), &solution.assignment(), &solution.certificate())?;
    for (what, times) in &mut times {
        times.sort_unstable_by(f64::total_cmp);
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "{what:12} median {:9.1} µs = 1/{:.0} of a fresh run, longest {:9.1} µs",
            median * 1e6,
            fresh / median,
            most * 1e6
        );
    }
    // A weight is changed: once from the answer before, once from scratch.
    let before = matching::Checkpoint::of(&solution);
    let mut setting = setting;
    for programme in &mut setting.programmes {
        *programme.weights.of_mut(mentoring::Criterion::Industry) /= 2;
    }
    let round = Round::new(setting, mentees, mentors);
    let start = Instant::now();
    let warm = round.problem().solve_from(&before, &Control::default())?;
    let warm_seconds = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let cold = round.problem().solve(&Control::default())?;
    let cold_seconds = start.elapsed().as_secs_f64();
    assert_eq!(warm.total(), cold.total());
    println!("another weight: {warm_seconds:.3} s from the answer before, {cold_seconds:.3} s from scratch");
    Ok(())
}

/// Writes each row's best columns, as many as are asked for, by score and then by column: what a solver that needs
/// every pair in memory has to make do with.
fn lists(size: usize, best: usize, file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (setting, mentees, mentors) = people(size);
    let round = Round::new(setting, mentees, mentors);
    let problem = round.problem();
    let (rows, columns) = (problem.scores().rows(), problem.scores().columns());
    let free = Prices::zero(columns);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    out.write_all(b"MPL1")?;
    for number in [rows, columns, best] {
        out.write_all(&u32::try_from(number)?.to_le_bytes())?;
    }
    for places in problem.capacities() {
        out.write_all(&places.to_le_bytes())?;
    }
    for row in 0..rows {
        let mut kept: Vec<(i32, u32)> = Vec::with_capacity(2 * best);
        let mut floor = -1;
        let cut = |kept: &mut Vec<(i32, u32)>| {
            kept.sort_unstable_by_key(|&(score, column)| (std::cmp::Reverse(score), column));
            kept.truncate(best);
        };
        problem.scores().scan(row, 0..columns, &free, floor, &mut |column, score| {
            if problem.score(row, column as usize).is_some() {
                kept.push((score, column));
            }
            if kept.len() == 2 * best {
                cut(&mut kept);
                floor = i64::from(kept[best - 1].0);
            }
            floor
        });
        cut(&mut kept);
        kept.resize(best, (0, u32::MAX));
        for (score, column) in kept {
            out.write_all(&column.to_le_bytes())?;
            out.write_all(&score.to_le_bytes())?;
        }
    }
    Ok(out.flush()?)
}

/// Our solver on the lists that a peer gets.
fn listed(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let baseline = peak_mb()?;
    let bytes = std::fs::read(file)?;
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let (rows, columns, best) = (number(4), number(8) as usize, number(12) as usize);
    let places = (0..columns).map(|column| number(16 + 4 * column)).collect();
    let start = 16 + 4 * columns;
    let entry = |row: u32, at: usize| {
        let at = start + 8 * (row as usize * best + at);
        (row, number(at), number(at + 4).cast_signed())
    };
    let entries = (0..rows).flat_map(|row| (0..best).map(move |at| entry(row, at)));
    let entries = entries.filter(|&(_, column, _)| column != u32::MAX);
    let problem = Problem::new(Sparse::new(rows as usize, columns, entries)?)?.with_capacities(places)?;
    let (cpu, wall) = (cpu_seconds()?, Instant::now());
    let solution = problem.solve(&Control::default())?;
    let (cpu, wall) = (cpu_seconds()? - cpu, wall.elapsed().as_secs_f64());
    let proof = check(solution.problem(), &solution.assignment(), &solution.certificate())?;
    println!(
        "{{\"solver\":\"mentorpar\",\"total\":{},\"pairs\":{},\"cpu_s\":{cpu:.5},\"wall_s\":{wall:.5},\"peak_mb\":{:.2},\"baseline_mb\":{baseline:.2}}}",
        proof.total,
        proof.pairs,
        peak_mb()?,
    );
    Ok(())
}

/// The peer written in Rust: Kuhn–Munkres on a matrix with a column for each place.
fn pathfinding(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};
    let baseline = peak_mb()?;
    let bytes = std::fs::read(file)?;
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    let (rows, columns) = (number(4), number(8));
    let places = (0..columns).flat_map(|column| std::iter::repeat_n(column, number(12 + 4 * column)));
    let places: Vec<usize> = places.collect();
    let scores = 12 + 4 * columns;
    let score = |row: usize, column: usize| {
        let at = scores + 2 * (row * columns + column);
        let score = u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        if score == u16::MAX { 0 } else { i64::from(score) }
    };
    // The method wants no more rows than columns; columns without value make up for it.
    let width = places.len().max(rows);
    let weights =
        Matrix::from_fn(rows, width, |(row, place)| places.get(place).map_or(0, |&column| score(row, column)));
    let (cpu, wall) = (cpu_seconds()?, Instant::now());
    let (total, _) = kuhn_munkres(&weights);
    let (cpu, wall) = (cpu_seconds()? - cpu, wall.elapsed().as_secs_f64());
    let peak = peak_mb()?;
    println!(
        "{{\"solver\":\"pathfinding\",\"total\":{total},\"cpu_s\":{cpu:.5},\"wall_s\":{wall:.5},\"peak_mb\":{peak:.2},\"baseline_mb\":{baseline:.2}}}"
    );
    Ok(())
}

/// Peak resident memory of this process so far, in MB (Linux).
fn peak_mb() -> Result<f64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// Processor seconds of this process so far, of all its threads (Linux). The scheduler tells nanoseconds of the main
/// thread; hundredths of a second of all of them count where there are more.
fn cpu_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let run = std::fs::read_to_string("/proc/self/schedstat")?;
    let main = run.split_whitespace().next().ok_or("no schedstat")?.parse::<f64>()? / 1e9;
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name before the bracket may hold spaces; user and system time are the 12th and 13th field after it.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).ok_or("no stat");
    let all = (ticks(11)? + ticks(12)?) / 100.0;
    Ok(if all - main > 0.02 { all } else { main })
}
