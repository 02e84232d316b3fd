//! A letter: a subject and pieces of text, in one language.

use askama::Template;
use mentoring::Language;

use crate::calendar::Entry;

/// A piece of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph.
    Text(String),
    /// The one thing to do: what it is called, and where.
    Act(String, String),
    /// A list of facts with their names.
    Facts(Vec<(String, String)>),
}

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The language of the text.
    pub language: Language,
    /// The subject.
    pub subject: String,
    /// The text.
    pub pieces: Vec<Piece>,
    /// The name of who writes.
    pub sender: String,
    /// The address that answers go to; empty for the program's own.
    pub answers: String,
    /// Who writes, and why the reader gets this.
    pub foot: Vec<String>,
    /// What goes into the reader's calendar with it.
    pub entry: Option<Entry>,
    /// Documents that go with it: the name of the file, and the file.
    pub papers: Vec<(String, Vec<u8>)>,
}

#[derive(Template)]
#[template(path = "../mail/letter.html")]
struct Html<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// The letter as plain text.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Act(label, url) => text.push_str(&[label, ":\n", url].concat()),
                Piece::Facts(facts) => {
                    let lines: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                    text.push_str(&lines.join("\n"));
                }
            }
            text.push_str("\n\n");
        }
        text.push_str("-- \n");
        text.push_str(&self.foot.join("\n"));
        text.push('\n');
        text
    }

    /// The letter as HTML, for readers who see it as a page.
    ///
    /// # Errors
    /// What the template says; it cannot fail on text.
    pub fn html(&self) -> askama::Result<String> {
        Html { letter: self }.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_say_the_same() {
        let letter = Letter {
            language: Language::Swedish,
            subject: "Välkommen".to_owned(),
            pieces: vec![
                Piece::Text("Hej <Åsa> & Örjan".to_owned()),
                Piece::Act("Öppna".to_owned(), "https://mentor.example/a?b=1&c=2".to_owned()),
                Piece::Facts(vec![("Roll".to_owned(), "samordnare".to_owned())]),
            ],
            sender: "Programmet".to_owned(),
            answers: String::new(),
            foot: vec!["Programmet".to_owned()],
            entry: None,
            papers: Vec::new(),
        };
        let (plain, html) = (letter.plain(), letter.html().unwrap());
        assert!(html.contains("lang=\"sv\""));
        for (in_plain, in_html) in [
            ("Hej <Åsa> & Örjan", "Hej &#60;Åsa&#62; &#38; Örjan"),
            ("https://mentor.example/a?b=1&c=2", "https://mentor.example/a?b=1&#38;c=2"),
            ("Roll: samordnare", "samordnare"),
            ("Programmet", "Programmet"),
        ] {
            assert!(plain.contains(in_plain), "{plain}");
            assert!(html.contains(in_html), "{html}");
        }
        assert!(!html.contains("http://"), "nothing is loaded");
    }
}
