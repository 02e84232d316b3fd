//! The command line's help and faults in Swedish; in English they are those of the argument reader.

use std::collections::HashMap;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use mentoring::{Language, Say};

use crate::web::Words;

/// A line each: a verb, or a verb and its argument, and the text. A verb's second text is the longer one.
const SWEDISH: &str = include_str!("help_sv.txt");

/// The text of a verb or an argument in Swedish.
fn swedish(key: &str) -> Option<String> {
    let line = SWEDISH.lines().find(|line| line.split_once(" = ").is_some_and(|(name, _)| name == key))?;
    line.split_once(" = ").map(|(_, text)| text.replace("\\n", "\n"))
}

/// The command with its help in the reader's language.
pub(super) fn in_words(command: Command, words: Words) -> Command {
    if words.language == Language::English {
        return command;
    }
    let mut built = command.clone();
    built.build();
    let usages: HashMap<String, String> =
        built.get_subcommands_mut().map(|verb| (verb.get_name().to_owned(), usage(verb))).collect();
    let own = usage(&mut built);
    let flag = |id: &'static str, short: char, action: ArgAction| {
        Arg::new(id).short(short).long(id).action(action).global(true)
    };
    let command = command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help))
        .arg(flag("version", 'V', ArgAction::Version));
    translated(command, "mentorpar", own).mut_subcommands(|verb| {
        let name = verb.get_name().to_owned();
        let usage = usages.get(&name).cloned().unwrap_or_default();
        translated(verb.disable_help_flag(true).disable_version_flag(true), &name, usage)
    })
}

fn usage(command: &mut Command) -> String {
    let text = command.render_usage().to_string();
    let text = text.trim_start_matches("Usage:").trim();
    text.replace("[OPTIONS]", "[FLAGGOR]").replace("<COMMAND>", "<KOMMANDO>")
}

fn translated(command: Command, name: &str, usage: String) -> Command {
    let template = "{about-with-newline}\nAnvändning: {usage}\n\n{all-args}";
    let mut place = 0;
    let long = swedish(&format!("{name}+")).or_else(|| swedish(name)).unwrap_or_default();
    command
        .about(swedish(name).unwrap_or_default())
        .long_about(long)
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading("Kommandon")
        .mut_args(move |argument| {
            place += 1;
            let general = matches!(argument.get_id().as_str(), "help" | "version" | "language");
            let of = if general { "mentorpar" } else { name };
            let text = swedish(&format!("{of}.{}", argument.get_id())).unwrap_or_default();
            let heading = if argument.is_positional() { "Argument" } else { "Flaggor" };
            // What clap would add to the text is English; the text says it itself.
            let plain = if argument.get_action().takes_values() {
                argument.hide_default_value(true).hide_possible_values(true)
            } else {
                argument
            };
            let plain = plain.hide_env(true);
            plain.help(text.clone()).long_help(text).help_heading(heading).display_order(if general {
                900
            } else {
                place
            })
        })
}

/// A fault in the arguments in Swedish; `None` where it is no fault, or the reader reads English.
pub(super) fn fault(error: &clap::Error, words: Words) -> Option<String> {
    if words.language == Language::English || !error.use_stderr() {
        return None;
    }
    let get = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    };
    let help = "mentorpar --help";
    let x = |key, kind| Say::new(key).with("x", get(kind).unwrap_or_default()).with("help", help);
    let near = |key: &'static str, nearer: &'static str, kind, suggested| match get(suggested) {
        Some(near) => x(nearer, kind).with("near", near),
        None => x(key, kind),
    };
    let value = get(ContextKind::InvalidValue).filter(|value| !value.is_empty());
    let say = match (error.kind(), value) {
        (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => return None,
        (ErrorKind::UnknownArgument, _) => {
            near("cli-unknown-flag", "cli-unknown-flag-near", ContextKind::InvalidArg, ContextKind::SuggestedArg)
        }
        (ErrorKind::InvalidSubcommand, _) => near(
            "cli-unknown-verb",
            "cli-unknown-verb-near",
            ContextKind::InvalidSubcommand,
            ContextKind::SuggestedSubcommand,
        ),
        (ErrorKind::MissingSubcommand, _) => Say::new("cli-missing").with("x", "<KOMMANDO>").with("help", help),
        (ErrorKind::MissingRequiredArgument, _) => x("cli-missing", ContextKind::InvalidArg),
        (ErrorKind::InvalidValue, None) => x("cli-no-value", ContextKind::InvalidArg),
        (ErrorKind::InvalidValue, Some(value)) => match get(ContextKind::ValidValue) {
            Some(known) => x("cli-bad-value-of", ContextKind::InvalidArg).with("value", value).with("known", known),
            None => x("cli-bad-value", ContextKind::InvalidArg).with("value", value),
        },
        (ErrorKind::ValueValidation, Some(value)) => x("cli-bad-value", ContextKind::InvalidArg).with("value", value),
        _ => Say::new("cli-bad-arguments").with("help", help),
    };
    Some(words.page(&say))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Arguments;
    use clap::CommandFactory;

    const READER: Words = Words { language: Language::Swedish };

    #[test]
    fn every_verb_and_argument_has_its_text_and_no_text_is_left_over() {
        let command = Arguments::command();
        let mut wanted: Vec<String> =
            ["mentorpar", "mentorpar.language", "mentorpar.help", "mentorpar.version"].map(str::to_owned).to_vec();
        for verb in command.get_subcommands() {
            wanted.push(verb.get_name().to_owned());
            wanted.extend(verb.get_long_about().map(|_| format!("{}+", verb.get_name())));
            wanted.extend(verb.get_arguments().map(|argument| format!("{}.{}", verb.get_name(), argument.get_id())));
        }
        let mut there: Vec<String> =
            SWEDISH.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect();
        wanted.sort();
        there.sort();
        assert_eq!(there, wanted);
    }

    #[test]
    fn help_holds_no_english() {
        let mut command = in_words(Arguments::command(), READER);
        let mut pages = vec![command.render_long_help().to_string()];
        command.build();
        pages.extend(command.get_subcommands_mut().map(|verb| verb.render_long_help().to_string()));
        for page in pages {
            assert!(page.contains("Användning:"), "{page}");
            for english in ["Usage", "Options", "Commands", "default", "Print", "possible", "[env"] {
                assert!(!page.contains(english), "{english} in {page}");
            }
        }
    }

    #[test]
    fn faults_are_told_in_swedish() {
        let told = |arguments: &[&str]| {
            let given = ["mentorpar"].iter().chain(arguments);
            let error = in_words(Arguments::command(), READER).try_get_matches_from(given).unwrap_err();
            fault(&error, READER).unwrap()
        };
        assert_eq!(told(&["impotr"]), "Kommandot impotr finns inte. Menade du import?");
        assert_eq!(told(&["serve"]), "Det här saknas: --database <URL>. Skriv mentorpar --help för hjälp.");
        assert!(told(&["demo", "--prot", "1"]).starts_with("Flaggan --prot finns inte. Menade du --port?"));
        assert!(told(&["demo", "--port", "x"]).starts_with("x går inte som värde för --port"));
        assert!(told(&["export", "nobody", "f", "--database", "d"]).ends_with("Välj bland: mentors, mentees, pairs."));
        assert!(told(&["demo", "--port"]).starts_with("--port <PORT> måste få ett värde."));
    }
}
