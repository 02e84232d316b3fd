//! The two languages of the texts, and names in both.

use serde::{Deserialize, Serialize};

use crate::choices::{Fluency, Tongue};

/// A language that texts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Svenska.
    #[default]
    #[serde(rename = "sv")]
    Swedish,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language there is a text in.
    pub const ALL: [Self; 2] = [Self::Swedish, Self::English];

    /// The language tag: `sv` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// The language to write to somebody in who has chosen none: English, if they speak it and no Swedish.
    pub fn to_write_in(spoken: &[(Tongue, Fluency)]) -> Self {
        let speaks = |tongue| spoken.iter().any(|(known, _)| *known == tongue);
        if speaks(Tongue::English) && !speaks(Tongue::Swedish) { Self::English } else { Self::Swedish }
    }

    /// The language of a tag or locale such as `sv`, `sv-SE` or `en_GB.UTF-8`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_', '.', ';']).next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(main))
    }
}

/// A name in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Names {
    /// In Swedish.
    pub sv: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Names {
    /// The name in one language.
    pub fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Swedish => self.sv,
            Language::English => self.en,
        }
    }
}

/// An enum whose values have a stable code and a name in both languages.
///
/// The code is what files, forms and the database hold.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $code:literal, $sv:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = concat!($en, " (", $sv, ").")] #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The name in both languages.
            pub fn names(self) -> &'static $crate::Names {
                match self { $(Self::$variant => &$crate::Names { sv: $sv, en: $en }),+ }
            }
        }
    };
}
pub(crate) use choices;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_speaks_no_swedish_is_written_to_in_english() {
        let (sv, en, ar) = (Tongue::Swedish, Tongue::English, Tongue::Arabic);
        for (spoken, wanted) in [
            (vec![sv, en], Language::Swedish),
            (vec![en, ar], Language::English),
            (vec![ar], Language::Swedish),
            (vec![], Language::Swedish),
        ] {
            let spoken: Vec<_> = spoken.into_iter().map(|tongue| (tongue, Fluency::Fluent)).collect();
            assert_eq!(Language::to_write_in(&spoken), wanted, "{spoken:?}");
        }
    }
}
