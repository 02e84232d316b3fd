//! What the headings of a file mean.

use std::collections::BTreeMap;

use crate::record::Role;

/// The field of each heading, by its place; `None` is a column to leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning(pub Vec<Option<&'static str>>);

/// Headings as one text, to remember their meaning by.
pub fn signature(role: Role, headings: &[String]) -> String {
    let folded: Vec<String> = headings.iter().map(|heading| heading.to_lowercase()).collect();
    format!("{}\n{}", role.code(), folded.join("\n"))
}

impl Meaning {
    /// What the headings say by themselves, in either language.
    pub fn guess(role: Role, headings: &[String]) -> Self {
        let mut used: BTreeMap<&str, usize> = BTreeMap::new();
        let field = |heading: &String| {
            let folded = heading.trim().to_lowercase();
            let is = |name: &str| name.to_lowercase() == folded;
            let fields = role.fields();
            let exact = fields.iter().find(|field| is(field.code) || is(field.sv) || is(field.en));
            exact.or_else(|| fields.iter().find(|field| field.also.iter().any(|name| is(name)))).map(|field| field.code)
        };
        let guessed = headings.iter().map(field);
        Self(
            guessed
                .map(|field| field.filter(|code| *used.entry(code).and_modify(|count| *count += 1).or_insert(1) == 1))
                .collect(),
        )
    }

    /// What a person said, by heading place.
    pub fn said(role: Role, codes: &[String]) -> Self {
        let field = |code: &String| role.fields().iter().find(|field| field.code == code).map(|field| field.code);
        Self(codes.iter().map(field).collect())
    }

    /// As text, to keep.
    pub fn kept(&self) -> String {
        self.0.iter().map(|field| field.unwrap_or("")).collect::<Vec<_>>().join("\n")
    }

    /// From text that was kept.
    pub fn from_kept(role: Role, kept: &str) -> Self {
        Self::said(role, &kept.split('\n').map(str::to_owned).collect::<Vec<_>>())
    }
}
