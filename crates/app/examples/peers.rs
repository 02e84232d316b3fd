//! Our side of `benches/peers/run.py`: writes an instance for the peers, or solves the same one.
//!
//! `peers instance SIZE FILE` writes places and scores; `peers ours SIZE` goes from participant
//! records to the checked certificate; `peers pathfinding FILE` lets the crate of that name solve a
//! written instance. The last two print one JSON line.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use app::demo::{Scale, programmes, year};
use matching::{Control, Scores};
use mentoring::{Board, Round, Setting};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["instance", size, file] => instance(size.parse()?, file),
        ["ours", size] => ours(size.parse()?),
        ["pathfinding", file] => pathfinding(file),
        _ => Err("use: peers instance SIZE FILE | peers ours SIZE | peers pathfinding FILE".into()),
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
