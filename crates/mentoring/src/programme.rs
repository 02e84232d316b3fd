//! A programme: its criteria with their weights, and the hard rules in force.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::application::Condition;
use crate::language::choices;

choices! {
    /// What a match is judged by.
    Criterion {
        Needs = "needs", "behov", "needs";
        Values = "values", "värderingar och mål", "values and goals";
        Stage = "stage", "skede och storlek", "stage and size";
        Industry = "industry", "bransch", "industry";
        Practical = "practical", "praktiskt", "practical";
        Wishes = "wishes", "önskemål", "wishes";
        Waiting = "waiting", "väntetid", "waiting time";
    }
}

choices! {
    /// A hard rule: a pair that breaks one is never proposed.
    Rule {
        Programme = "programme", "samma program", "same programme";
        Organisation = "organisation", "inom organisationens område", "within the organisation";
        Approved = "approved", "mentorn är godkänd", "the mentor is approved";
        Agreement = "agreement", "mentorns avtal gäller", "the mentor's agreement is valid";
        Paused = "paused", "mentorn gör inte uppehåll", "the mentor is not on a pause";
        Capacity = "capacity", "mentorn har plats", "the mentor has a place";
        Paired = "paired", "adepten saknar mentor", "the mentee has no mentor yet";
        Language = "language", "gemensamt språk", "a language in common";
        Distance = "distance", "rimligt avstånd", "a reasonable distance";
        Gender = "gender", "adeptens krav på mentorns kön", "the mentee's requirement of the mentor's gender";
        Conflict = "conflict", "inget jäv", "no conflict of interest";
        Competitor = "competitor", "inte direkt konkurrent", "not a direct competitor";
        Earlier = "earlier", "inte tidigare prövat", "not tried before";
        Excluded = "excluded", "inte bortvald", "not excluded";
    }
}

impl Rule {
    /// Rules that a programme may switch off. The others protect people or follow from what a pair is.
    pub const OPTIONAL: [Self; 5] = [Self::Language, Self::Distance, Self::Gender, Self::Competitor, Self::Earlier];
}

/// Points for each criterion; together at most [`Weights::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Needs met by competences.
    pub needs: u16,
    /// Likeness in values, working style and goals.
    pub values: u16,
    /// The mentor's experience of the company's stage and size.
    pub stage: u16,
    /// Related industry.
    pub industry: u16,
    /// Distance, times and language.
    pub practical: u16,
    /// Wishes of both.
    pub wishes: u16,
    /// Time waited.
    pub waiting: u16,
}

impl Weights {
    /// The most points a pair can have.
    pub const MOST: u16 = 1000;

    /// The weight of one criterion.
    pub fn of(&self, criterion: Criterion) -> u16 {
        match criterion {
            Criterion::Needs => self.needs,
            Criterion::Values => self.values,
            Criterion::Stage => self.stage,
            Criterion::Industry => self.industry,
            Criterion::Practical => self.practical,
            Criterion::Wishes => self.wishes,
            Criterion::Waiting => self.waiting,
        }
    }

    /// The weight of one criterion, to change it.
    pub fn of_mut(&mut self, criterion: Criterion) -> &mut u16 {
        match criterion {
            Criterion::Needs => &mut self.needs,
            Criterion::Values => &mut self.values,
            Criterion::Stage => &mut self.stage,
            Criterion::Industry => &mut self.industry,
            Criterion::Practical => &mut self.practical,
            Criterion::Wishes => &mut self.wishes,
            Criterion::Waiting => &mut self.waiting,
        }
    }

    /// The sum of all weights.
    pub fn sum(&self) -> u32 {
        Criterion::ALL.iter().map(|&criterion| u32::from(self.of(criterion))).sum()
    }

    /// Whether the sum keeps within [`Weights::MOST`].
    ///
    /// # Errors
    /// The sum, if it does not.
    pub fn check(&self) -> Result<(), u32> {
        if self.sum() <= u32::from(Self::MOST) { Ok(()) } else { Err(self.sum()) }
    }
}

impl Default for Weights {
    /// Complementary knowledge first, then likeness in values: what the evidence on mentoring supports.
    fn default() -> Self {
        Self { needs: 315, values: 180, stage: 135, industry: 90, practical: 90, wishes: 90, waiting: 100 }
    }
}

/// A mentoring programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Stable code, such as `msf`.
    pub code: String,
    /// Its name, the same in both languages.
    pub name: String,
    /// Points for each criterion.
    pub weights: Weights,
    /// Optional rules that are not in force.
    pub rules_off: BTreeSet<Rule>,
    /// Days of waiting that give the full points for it.
    pub full_wait: u32,
    /// What applicants are asked to say of themselves.
    #[serde(default)]
    pub conditions: BTreeSet<Condition>,
}

impl Programme {
    /// A programme with the starting weights and all rules in force.
    pub fn new(code: &str, name: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            weights: Weights::default(),
            rules_off: BTreeSet::new(),
            full_wait: 180,
            conditions: BTreeSet::from([Condition::Sweden, Condition::Adult, Condition::Time]),
        }
    }

    /// Whether a rule is in force.
    pub fn keeps(&self, rule: Rule) -> bool {
        !self.rules_off.contains(&rule)
    }
}
