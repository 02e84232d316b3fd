//! Every text is there in both languages, is used, and no page asks for one that is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use app::web::texts;
use mentoring::{Language, Say};

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().is_some_and(|ending| endings.contains(&ending.to_str().unwrap())) {
            found.push(path);
        }
    }
    found
}

fn source(folder: &Path) -> String {
    files(folder, &["rs", "html"]).iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// The texts of a language. Parts of sentences, `who-…`, stand in other texts only, and each language has its own.
fn keys(folder: &Path, name: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in files(folder, &["ftl"]).iter().filter(|file| file.ends_with(name)) {
        let text = fs::read_to_string(file).unwrap();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && line.starts_with(|letter: char| letter.is_ascii_lowercase())
            {
                assert!(keys.insert(key.to_owned()), "{key} stands twice");
                assert!(!key.starts_with("who-") || text.contains(&format!("{{ {key} }}")), "{key} is in no text");
            }
        }
    }
    keys.retain(|key| !key.starts_with("who-"));
    keys
}

fn check(folder: &Path, others: &[&Path]) -> BTreeSet<String> {
    let (swedish, english) = (keys(folder, "sv.ftl"), keys(folder, "en.ftl"));
    assert_eq!(swedish, english, "both languages have the same texts");
    let source: String = std::iter::once(folder).chain(others.iter().copied()).map(source).collect();
    let unused: Vec<_> = swedish.iter().filter(|key| !source.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "not used: {unused:?}");
    swedish
}

#[test]
fn every_text_is_in_both_languages_and_used() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    check(&app.join("src"), &[&app.join("../files/src")]);
    check(&app.join("../mentoring"), &[]);
}

#[test]
fn no_page_asks_for_a_text_that_is_not_there() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = source(&app.join("src")) + &source(&app.join("../files/src"));
    for call in [".t(\"", ".n(\"", ".x(\"", "Say::new(\"", "(about(\"", " about(\""] {
        for (at, _) in text.match_indices(call) {
            let key = text[at + call.len()..].split('"').next().unwrap();
            for language in Language::ALL {
                assert!(texts().knows(language, key), "{key} in {}", language.tag());
            }
        }
    }
}

#[test]
fn a_missing_text_shows_its_key() {
    assert_eq!(texts().say(Language::Swedish, &Say::new("no-such-text")), "no-such-text");
}
