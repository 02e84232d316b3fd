//! Sentences: a key and its arguments, put into words by Fluent texts in either language.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::language::{Language, Names};

/// Something to say, in whichever language the reader has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// The key of the text.
    pub key: &'static str,
    /// What the text names in braces.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A word as it is: a name, a place, what somebody wrote.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A name that differs by language.
    Name(&'static Names),
    /// Several of them, listed with commas.
    List(Vec<&'static Names>),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&'static Names> for Argument {
    fn from(name: &'static Names) -> Self {
        Self::Name(name)
    }
}
impl From<Vec<&'static Names>> for Argument {
    fn from(names: Vec<&'static Names>) -> Self {
        Self::List(names)
    }
}
macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl From<$number> for Argument {
            fn from(number: $number) -> Self {
                Self::Number(number as i64)
            }
        })+
    };
}
numbers!(i64, i32, u64, u32, u16, usize);

impl Say {
    /// A sentence without arguments.
    pub fn new(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// The sentence, from the domain's own texts.
    pub fn text(&self, language: Language) -> String {
        TEXTS.say(language, self)
    }
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| Texts::new(&[(include_str!("../texts/sv.ftl"), include_str!("../texts/en.ftl"))]));

/// Texts in every language, from Fluent files.
pub struct Texts {
    bundles: [FluentBundle<FluentResource>; 2],
}

impl Texts {
    /// From pairs of files, Swedish and English.
    ///
    /// # Panics
    /// If a file is not valid Fluent or a key stands twice: the files are part of the program.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let bundle = |language: Language, pick: fn(&(&str, &str)) -> String| {
            let tag = language.tag().parse().expect("the tags of the languages are valid");
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            for file in files {
                let resource = FluentResource::try_new(pick(file)).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
                bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{errors:?}"));
            }
            bundle
        };
        Self {
            bundles: [
                bundle(Language::Swedish, |file| file.0.to_owned()),
                bundle(Language::English, |file| file.1.to_owned()),
            ],
        }
    }

    /// Whether there is a text with this key in this language.
    pub fn knows(&self, language: Language, key: &str) -> bool {
        self.bundles[language as usize].has_message(key)
    }

    /// The sentence in a language. A missing text shows its key, which a test looks for.
    pub fn say(&self, language: Language, say: &Say) -> String {
        let bundle = &self.bundles[language as usize];
        let Some(pattern) = bundle.get_message(say.key).and_then(|message| message.value()) else {
            return say.key.to_owned();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in &say.arguments {
            arguments.set(*name, fluent(value, language));
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        debug_assert!(errors.is_empty(), "{}: {errors:?}", say.key);
        text.into_owned()
    }
}

fn fluent(value: &Argument, language: Language) -> FluentValue<'static> {
    match value {
        Argument::Text(text) => text.clone().into(),
        Argument::Number(number) => (*number).into(),
        Argument::Name(name) => name.get(language).into(),
        Argument::List(names) => names.iter().map(|name| name.get(language)).collect::<Vec<_>>().join(", ").into(),
    }
}
