//! Names and sentences for the made-up people.

use std::collections::HashMap;
use std::sync::LazyLock;

use mentoring::{Competence, Goal, Industry};

/// A trade with what its companies say and are called.
pub(super) struct Trade {
    pub(super) industry: Industry,
    pub(super) descriptions: [String; 2],
    pub(super) names: [String; 3],
}

pub(super) struct Texts {
    pub(super) women: Vec<&'static str>,
    pub(super) men: Vec<&'static str>,
    pub(super) families: Vec<&'static str>,
    /// Two sentences of need and two of offer for each competence.
    pub(super) competences: HashMap<Competence, [String; 4]>,
    pub(super) trades: Vec<Trade>,
    pub(super) careers: Vec<(String, String)>,
    pub(super) goals: HashMap<Goal, Vec<String>>,
}

pub(super) static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts {
    women: include_str!("../../demo/first_names_women.txt").lines().collect(),
    men: include_str!("../../demo/first_names_men.txt").lines().collect(),
    families: include_str!("../../demo/family_names.txt").lines().collect(),
    competences: rows(include_str!("../../demo/competence_texts.csv"))
        .map(|row| (Competence::from_code(&row[0]).expect("a known code"), cells(&row, 1)))
        .collect(),
    trades: rows(include_str!("../../demo/companies.csv"))
        .map(|row| Trade {
            industry: Industry::from_code(&row[0]).expect("a known code"),
            descriptions: cells(&row, 1),
            names: cells(&row, 3),
        })
        .collect(),
    careers: rows(include_str!("../../demo/careers.csv")).map(|row| (row[0].to_owned(), row[1].to_owned())).collect(),
    goals: rows(include_str!("../../demo/goals.csv"))
        .map(|row| {
            let texts = row.iter().skip(1).map(str::to_owned).collect();
            (Goal::from_code(&row[0]).expect("a known goal"), texts)
        })
        .collect(),
});

fn rows(text: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| row.expect("the demo's files are valid CSV"))
}

fn cells<const N: usize>(row: &csv::StringRecord, from: usize) -> [String; N] {
    std::array::from_fn(|at| row[from + at].to_owned())
}
