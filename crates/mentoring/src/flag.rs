//! Flags: what about a pair a coordinator is to do something about.

use crate::language::choices;

choices! {
    /// What a flag is about; the most harmful first.
    FlagKind {
        Help = "help", "vill ha hjälp", "wants help";
        Question = "question", "har en fråga", "has a question";
    }
}
