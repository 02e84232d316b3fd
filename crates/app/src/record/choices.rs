//! The lists that fields choose from.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use mentoring::{
    Area, Competence, Fluency, Gender, Goal, Importance, Industry, Language, Level, Municipality, Names as Named,
    Reach, Size, Stage, Time, Tongue,
};

use super::Lists;

/// A list to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choices {
    /// Delivering organisations.
    Organisations,
    /// Programmes.
    Programmes,
    /// Municipalities.
    Municipalities,
    /// Industries.
    Industries,
    /// Competences.
    Competences,
    /// Areas of competence.
    Areas,
    /// Stages of a company.
    Stages,
    /// Sizes of a company.
    Sizes,
    /// Times of the week.
    Times,
    /// Genders.
    Genders,
    /// Goals.
    Goals,
    /// Languages.
    Tongues,
    /// How well a language is spoken.
    Fluencies,
    /// How well a competence is known.
    Levels,
    /// How much a need matters.
    Importances,
    /// How far somebody goes.
    Reaches,
    /// 1 to 5.
    Scale,
}

/// An entry of a list: its code and its name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The stable code.
    pub code: String,
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
}

impl Entry {
    fn new(code: &str, names: &Named) -> Self {
        Self { code: code.to_owned(), sv: names.sv.to_owned(), en: names.en.to_owned() }
    }

    fn same(code: &str, name: &str) -> Self {
        Self { code: code.to_owned(), sv: name.to_owned(), en: name.to_owned() }
    }

    /// The name in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }
}

/// Entries of an enum of choices or a reference list.
macro_rules! entries {
    ($all:expr) => {
        $all.map(|choice| Entry::new(choice.code(), choice.names())).collect()
    };
}

impl Choices {
    /// Every entry, in order.
    pub fn entries(self, lists: &Lists) -> Vec<Entry> {
        match self {
            Self::Organisations => lists.organisations.iter().map(|it| Entry::same(&it.code, &it.name)).collect(),
            Self::Programmes => {
                lists.programmes.iter().map(|programme| Entry::same(&programme.code, &programme.name)).collect()
            }
            Self::Municipalities => entries!(Municipality::all()),
            Self::Industries => entries!(Industry::all()),
            Self::Competences => entries!(Competence::all()),
            Self::Areas => entries!(Area::all()),
            Self::Stages => entries!(Stage::ALL.iter()),
            Self::Sizes => entries!(Size::ALL.iter()),
            Self::Times => entries!(Time::ALL.iter()),
            Self::Genders => entries!(Gender::ALL.iter()),
            Self::Goals => entries!(Goal::ALL.iter()),
            Self::Tongues => entries!(Tongue::ALL.iter()),
            Self::Fluencies => entries!(Fluency::ALL.iter()),
            Self::Levels => entries!(Level::ALL.iter()),
            Self::Importances => entries!(Importance::ALL.iter()),
            Self::Reaches => entries!(Reach::ALL.iter()),
            Self::Scale => (1..=5).map(|step| Entry::same(&step.to_string(), &step.to_string())).collect(),
        }
    }

    /// Whether a code is in the list.
    pub fn has(self, code: &str, lists: &Lists) -> bool {
        match FIXED.get(&self) {
            Some(names) => names.codes.contains(code),
            None => self.entries(lists).iter().any(|entry| entry.code == code),
        }
    }

    /// The code of what somebody wrote: a code, or a name in either language, in any case.
    pub fn find(self, written: &str, lists: &Lists) -> Option<String> {
        let folded = written.trim().to_lowercase();
        let named = match FIXED.get(&self) {
            Some(names) => names.by_name.get(&folded).cloned(),
            None => Names::of(self.entries(lists)).by_name.remove(&folded),
        };
        named.or_else(|| match self {
            Self::Municipalities => {
                let bare = folded.trim_end_matches(" kommun").trim_end_matches(" stad");
                let named = |place: &Municipality| {
                    let name = place.names().sv.to_lowercase();
                    name == bare || format!("{name}s") == bare
                };
                Municipality::all()
                    .find(named)
                    .or_else(|| Municipality::from_postcode(&folded))
                    .map(|place| place.code().to_owned())
            }
            _ => None,
        })
    }
}

/// Everything that an entry of a list may be called, in lower case, with its code.
struct Names {
    codes: HashSet<String>,
    by_name: HashMap<String, String>,
}

impl Names {
    /// Codes count before names, and earlier entries before later ones.
    fn of(entries: Vec<Entry>) -> Self {
        let mut by_name = HashMap::new();
        for entry in &entries {
            by_name.entry(entry.code.to_lowercase()).or_insert_with(|| entry.code.clone());
        }
        for entry in &entries {
            for name in [&entry.sv, &entry.en] {
                by_name.entry(name.to_lowercase()).or_insert_with(|| entry.code.clone());
            }
        }
        Self { codes: entries.into_iter().map(|entry| entry.code).collect(), by_name }
    }
}

/// The lists that are the same in every installation, looked up often when files are read.
static FIXED: LazyLock<HashMap<Choices, Names>> = LazyLock::new(|| {
    let nobody = Lists { organisations: Vec::new(), programmes: Vec::new(), today: Date::ZERO };
    let fixed = [
        Choices::Municipalities,
        Choices::Industries,
        Choices::Competences,
        Choices::Areas,
        Choices::Stages,
        Choices::Sizes,
        Choices::Times,
        Choices::Genders,
        Choices::Goals,
        Choices::Tongues,
        Choices::Fluencies,
        Choices::Levels,
        Choices::Importances,
        Choices::Reaches,
        Choices::Scale,
    ];
    fixed.into_iter().map(|choices| (choices, Names::of(choices.entries(&nobody)))).collect()
});
