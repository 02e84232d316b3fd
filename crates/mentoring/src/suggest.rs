//! Competences suggested from free text. A person confirms; nothing is taken for granted.
//!
//! Two signs are added up: the keywords of each competence (whole words, or beginnings of Swedish
//! compounds), and likeness in runs of three to five letters, which forgives inflection and spelling.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::reference::Competence;

/// A competence that a text seems to speak of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    /// The competence.
    pub competence: Competence,
    /// Strength above 0; only its order means anything.
    pub strength: f32,
}

struct Index {
    keywords: HashMap<String, Vec<Competence>>,
    /// For each run of letters, the competences that have it and their weight.
    runs: HashMap<String, Vec<(Competence, f32)>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

/// The `most` competences that a text in Swedish or English most seems to speak of, best first.
pub fn suggest(text: &str, most: usize) -> Vec<Suggestion> {
    let words = words(text);
    let mut strength: BTreeMap<Competence, f32> = BTreeMap::new();
    for (keyword, competences) in &INDEX.keywords {
        if stands_in(keyword, &words) {
            for &competence in competences {
                *strength.entry(competence).or_default() += 1.0 / competences.len() as f32;
            }
        }
    }
    let runs = runs(&words);
    let length = runs.values().map(|count| count * count).sum::<f32>().sqrt().max(1.0);
    for (run, count) in &runs {
        for &(competence, weight) in INDEX.runs.get(run).into_iter().flatten() {
            *strength.entry(competence).or_default() += 4.0 * count * weight / length;
        }
    }
    let mut found: Vec<Suggestion> =
        strength.into_iter().map(|(competence, strength)| Suggestion { competence, strength }).collect();
    found.retain(|suggestion| suggestion.strength > 0.15);
    found.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    found.truncate(most);
    found
}

/// Whether the words of a keyword stand in a text in order; a long last word may begin or end a compound.
fn stands_in(keyword: &str, words: &[String]) -> bool {
    let parts: Vec<&str> = keyword.split(' ').collect();
    let alike = |(part, word): (&&str, &String)| {
        let long = part.chars().count() >= 4;
        word == part || (long && word.starts_with(*part)) || (part.chars().count() >= 5 && word.ends_with(*part))
    };
    words.windows(parts.len()).any(|window| parts.iter().zip(window).all(alike))
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let split = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    split.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn runs(words: &[String]) -> HashMap<String, f32> {
    let mut runs = HashMap::new();
    for word in words.iter().filter(|word| word.chars().count() > 3) {
        let letters: Vec<char> = format!(" {word} ").chars().collect();
        for length in 3..=5 {
            for run in letters.windows(length) {
                *runs.entry(run.iter().collect()).or_insert(0.0) += 1.0;
            }
        }
    }
    runs
}

impl Index {
    fn new() -> Self {
        let mut keywords: HashMap<String, Vec<Competence>> = HashMap::new();
        let mut by_run: HashMap<String, Vec<(Competence, f32)>> = HashMap::new();
        for competence in Competence::all() {
            let entry = competence.entry();
            for keyword in &entry.keywords {
                keywords.entry(keyword.to_lowercase()).or_default().push(competence);
            }
            let text = format!("{} {} {}", entry.names.sv, entry.names.en, entry.keywords.join(" "));
            for (run, count) in runs(&words(&text)) {
                by_run.entry(run).or_default().push((competence, count));
            }
        }
        let all = Competence::all().len() as f32;
        let mut lengths: HashMap<Competence, f32> = HashMap::new();
        for competences in by_run.values_mut() {
            let rarity = (all / competences.len() as f32).ln();
            for (competence, weight) in competences {
                *weight = weight.sqrt() * rarity;
                *lengths.entry(*competence).or_default() += *weight * *weight;
            }
        }
        for (competence, weight) in by_run.values_mut().flatten() {
            *weight /= lengths[competence].sqrt();
        }
        Self { keywords, runs: by_run }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Needs and offers written without sight of the keywords, with the competences a reader named.
    #[test]
    fn the_right_competence_is_among_the_first_five_suggested() {
        let mut reader = csv::Reader::from_reader(include_str!("../tests/similarity_probe.csv").as_bytes());
        let (mut found, mut asked) = (0, 0);
        let mut missed = Vec::new();
        for record in reader.records().map(Result::unwrap).filter(|record| &record[1] == "pair") {
            let gold: Vec<_> = record[5].split_whitespace().filter_map(Competence::from_code).collect();
            for text in [&record[2], &record[3], &record[4]] {
                let suggested = suggest(text, 5);
                asked += 1;
                if suggested.iter().any(|suggestion| gold.contains(&suggestion.competence)) {
                    found += 1;
                } else {
                    missed.push(text.to_owned());
                }
            }
        }
        assert!(found * 10 >= asked * 8, "{found} of {asked}; missed: {missed:#?}");
    }

    #[test]
    fn nothing_is_suggested_for_nothing() {
        assert_eq!(suggest("", 5), []);
        assert_eq!(suggest("xq zz", 5), []);
    }
}
