//! What features are worth: the file in TOML.

use std::collections::BTreeMap;
use std::path::PathBuf;

use matching::SCORE_LIMIT;
use serde::Deserialize;

use crate::fault::{Fault, about, on, whole};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scheme {
    pub(super) rows: PathBuf,
    pub(super) columns: PathBuf,
    #[serde(default)]
    pub(super) outside: i32,
    pub(super) forbidden: Option<PathBuf>,
    pub(super) locked: Option<PathBuf>,
    #[serde(default)]
    pub(super) features: BTreeMap<String, Feature>,
}

/// What a feature counts: by the row's value and then the column's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Feature {
    #[serde(default)]
    weight: u16,
    /// Hundredths of the weight.
    #[serde(default)]
    pub(super) points: BTreeMap<String, BTreeMap<String, u8>>,
    #[serde(default)]
    pub(super) allowed: BTreeMap<String, Vec<String>>,
}

impl Feature {
    /// What a column's value is worth to a row with this one, rounded to whole points.
    pub(super) fn worth(&self, row: &str, column: &str) -> u16 {
        let share = self.points.get(row).and_then(|points| points.get(column)).copied().unwrap_or(0);
        ((u32::from(self.weight) * u32::from(share) + 50) / 100) as u16
    }

    /// Whether a row with this value may meet the column's.
    pub(super) fn allows(&self, row: &str, column: &str) -> bool {
        self.allowed.get(row).is_none_or(|allowed| allowed.iter().any(|value| value == column))
    }

    pub(super) fn knows_row(&self, value: &str) -> bool {
        value.is_empty() || self.points.contains_key(value) || self.allowed.contains_key(value)
    }

    pub(super) fn knows_column(&self, value: &str) -> bool {
        value.is_empty()
            || self.points.values().any(|points| points.contains_key(value))
            || self.allowed.values().any(|allowed| allowed.iter().any(|known| known == value))
    }
}

impl Scheme {
    /// Understands the text of a scheme.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let told = |error: toml::de::Error| {
            let what = about("solve-toml", error.message().trim());
            match error.span() {
                // What is missing at the end is told of the last line that holds something.
                Some(span) => {
                    let before = text.trim_end_matches([' ', '\t', '\r', '\n']).bytes().take(span.start);
                    on(before.filter(|&byte| byte == b'\n').count() + 1, what)
                }
                None => whole(what),
            }
        };
        let scheme: Self = toml::from_str(text).map_err(told)?;
        if scheme.outside.unsigned_abs() > SCORE_LIMIT.unsigned_abs() {
            return Err(whole(about("solve-outside", &scheme.outside.to_string()).with("n", SCORE_LIMIT.to_string())));
        }
        for (name, feature) in &scheme.features {
            let shares = feature.points.values().flat_map(BTreeMap::values);
            if let Some(share) = shares.copied().find(|&share| share > 100) {
                return Err(whole(about("solve-share", &share.to_string()).with("feature", name.clone())));
            }
            if !feature.points.is_empty() && feature.weight == 0 {
                return Err(whole(about("solve-no-weight", name)));
            }
            if feature.points.is_empty() && feature.allowed.is_empty() {
                return Err(whole(about("solve-no-use", name)));
            }
        }
        Ok(scheme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_text_is_told_of_a_line_that_holds_something() {
        let line = |text: &str| Scheme::read(text).err().unwrap().line;
        assert_eq!(line("rows = \"r\"\ncolumns =\n"), Some(2));
        assert_eq!(line("rows = \"r\"\ncolumns = {\n\n\n"), Some(2));
        assert_eq!(line("rows = \"r\"\ncolumns = \"c\"\n\n\u{a0}\n"), Some(4));
    }
}
