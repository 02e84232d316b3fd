//! What somebody wrote in a cell, made into codes.

use jiff::civil::Date;
use mentoring::{Competence, Say, suggest};

use super::{Choices, Kind, Lists};

/// The longest text of a field, in letters.
const LONGEST: usize = 4000;

/// A cell that was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The values, as a record holds them.
    pub values: Vec<String>,
    /// Competences that were guessed from free text, with what stood there: a person confirms.
    pub guessed: Vec<(String, Competence)>,
}

/// Whether a value is one that a record may hold.
pub(super) fn check(kind: Kind, value: &str, lists: &Lists) -> Result<(), Say> {
    if value.contains('\0') {
        return Err(Say::new("fault-nul"));
    }
    // A line is one line: what breaks or controls it would break letters and calendars that it stands in.
    let breaks = |letter: char| letter.is_control() && !(kind == Kind::Long && matches!(letter, '\n' | '\r' | '\t'));
    if value.contains(breaks) {
        return Err(Say::new("fault-control"));
    }
    let length = value.chars().count();
    if length > LONGEST {
        return Err(Say::new("fault-long").with("n", length).with("most", LONGEST));
    }
    match kind {
        Kind::Text | Kind::Long | Kind::Words => Ok(()),
        Kind::Email => {
            if is_email(value) {
                Ok(())
            } else {
                Err(Say::new("fault-email").with("x", value))
            }
        }
        Kind::Phone => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            let plain = value.chars().all(|letter| letter.is_ascii_digit() || " +-()./\u{a0}".contains(letter));
            if plain && (6..=16).contains(&digits) { Ok(()) } else { Err(Say::new("fault-phone").with("x", value)) }
        }
        Kind::Day => value.parse::<Date>().map(|_| ()).map_err(|_| Say::new("fault-day").with("x", value)),
        Kind::Number(most) => match value.parse::<u32>() {
            Ok(number) if number <= most => Ok(()),
            _ => Err(Say::new("fault-number").with("x", value).with("most", most)),
        },
        Kind::YesNo => {
            if value == "yes" || value == "no" {
                Ok(())
            } else {
                Err(Say::new("fault-yes-no").with("x", value))
            }
        }
        Kind::One(choices) | Kind::Many(choices) => {
            if choices.has(value, lists) {
                Ok(())
            } else {
                Err(unknown(choices, value, lists))
            }
        }
        Kind::Graded(choices, grades) => {
            let (code, grade) = value.split_once(':').unwrap_or((value, ""));
            if !choices.has(code, lists) {
                Err(unknown(choices, code, lists))
            } else if !grades.has(grade, lists) {
                Err(Say::new("fault-grade").with("x", value))
            } else {
                Ok(())
            }
        }
    }
}

/// Reads a cell as it stands in a file: names or codes, several with `;`, `|` or line breaks between,
/// grades after a colon or in brackets.
///
/// # Errors
/// A sentence that says what is wrong and what to write.
pub fn read_cell(kind: Kind, cell: &str, lists: &Lists) -> Result<Cell, Say> {
    let cell = cell.trim();
    // Before anything is made of it: guessing competences from a whole book takes its time.
    if cell.len() > LONGEST && cell.chars().count() > LONGEST {
        return Err(Say::new("fault-long").with("n", cell.chars().count()).with("most", LONGEST));
    }
    let mut read = Cell::default();
    if cell.is_empty() {
        return Ok(read);
    }
    let parts = || cell.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty());
    match kind {
        Kind::Text | Kind::Long | Kind::Email | Kind::Phone => read.values.push(cell.to_owned()),
        Kind::Words => read.values.extend(parts().map(str::to_owned)),
        Kind::Day => read.values.push(day(cell).ok_or_else(|| Say::new("fault-day").with("x", cell))?.to_string()),
        Kind::Number(most) => {
            // Spreadsheets write whole numbers as 2 or 2.0; people write "60 km".
            let bare = cell.trim_end_matches("km").trim().replace([' ', '\u{a0}'], "");
            let bare = bare.strip_suffix(".0").or(bare.strip_suffix(",0")).unwrap_or(&bare);
            check(Kind::Number(most), bare, lists)
                .map_err(|_| Say::new("fault-number").with("x", cell).with("most", most))?;
            read.values.push(bare.to_owned());
        }
        Kind::YesNo => {
            let yes = match cell.to_lowercase().as_str() {
                "ja" | "j" | "yes" | "y" | "1" | "true" | "sant" | "x" => "yes",
                "nej" | "n" | "no" | "0" | "false" | "falskt" => "no",
                _ => return Err(Say::new("fault-yes-no").with("x", cell)),
            };
            read.values.push(yes.to_owned());
        }
        Kind::One(choices) => {
            read.values.push(choices.find(cell, lists).ok_or_else(|| unknown(choices, cell, lists))?);
        }
        Kind::Many(choices) => {
            // A name may hold a comma, so commas divide only what is not a name as it stands.
            for part in parts() {
                if let Some(code) = choices.find(part, lists) {
                    read.values.push(code);
                    continue;
                }
                for piece in part.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
                    let code = choices.find(piece, lists);
                    read.values.push(code.ok_or_else(|| unknown(choices, piece, lists))?);
                }
            }
        }
        Kind::Graded(choices, grades) => {
            for part in parts() {
                let pieces = || part.split(',').map(str::trim).filter(|piece| !piece.is_empty());
                let known = |piece: &str| choices.find(apart(piece, grades, lists).0, lists).is_some();
                // A list with commas, unless the whole is a name or free text.
                if !known(part) && pieces().count() > 1 && pieces().all(known) {
                    for piece in pieces() {
                        graded(piece, choices, grades, lists, &mut read)?;
                    }
                } else {
                    graded(part, choices, grades, lists, &mut read)?;
                }
            }
        }
    }
    for value in &read.values {
        check(kind, value, lists)?;
    }
    Ok(read)
}

/// A name and its grade, after a colon or in brackets; an empty grade if there is none.
fn apart<'a>(part: &'a str, grades: Choices, lists: &Lists) -> (&'a str, &'a str) {
    if let Some(split) = part.rsplit_once(':') {
        return split;
    }
    match part.strip_suffix(')').and_then(|part| part.rsplit_once('(')) {
        Some((name, grade)) if grades.find(grade, lists).is_some() => (name, grade),
        _ => (part, ""),
    }
}

fn graded(part: &str, choices: Choices, grades: Choices, lists: &Lists, read: &mut Cell) -> Result<(), Say> {
    let (name, grade) = apart(part, grades, lists);
    let entries = grades.entries(lists);
    // Without a grade, the middle one: neither boast nor doubt.
    let grade = match grade.trim() {
        "" => entries[entries.len() / 2].code.clone(),
        grade => grades.find(grade, lists).ok_or_else(|| Say::new("fault-grade").with("x", part))?,
    };
    let mut codes: Vec<String> = choices.find(name, lists).into_iter().collect();
    if codes.is_empty() && choices == Choices::Competences {
        for guess in suggest(name, 1) {
            read.guessed.push((name.trim().to_owned(), guess.competence));
            codes.push(guess.competence.code().to_owned());
        }
    }
    if codes.is_empty() {
        return Err(unknown(choices, name.trim(), lists));
    }
    read.values.extend(codes.into_iter().map(|code| format!("{code}:{grade}")));
    Ok(())
}

/// A day as people and spreadsheets write it: 2026-11-23, 23/11/2026, 23.11.2026, 20261123, a serial number.
fn day(text: &str) -> Option<Date> {
    if let Some(day) = day_in_words(text) {
        return Some(day);
    }
    let (text, rest) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    // Only a time of day may follow.
    if !rest.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ':' | '.' | 'Z' | '+')) {
        return None;
    }
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    if let Ok(number) = text.parse::<f64>() {
        if (10_000_000.0..100_000_000.0).contains(&number) {
            let digits = number as i32;
            return Date::new((digits / 10_000) as i16, (digits / 100 % 100) as i8, (digits % 100) as i8).ok();
        }
        // Days since 30 December 1899, as spreadsheets count.
        let days = (1.0..100_000.0).contains(&number).then_some(number as i64)?;
        return jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok();
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    Date::new(year.parse().ok().filter(|year| *year > 1900)?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day such as 1 oktober 2026 or 1 Oct 2026.
fn day_in_words(text: &str) -> Option<Date> {
    const MONTHS: [(&str, &str); 12] = [
        ("jan", "jan"),
        ("feb", "feb"),
        ("mar", "mar"),
        ("apr", "apr"),
        ("maj", "may"),
        ("jun", "jun"),
        ("jul", "jul"),
        ("aug", "aug"),
        ("sep", "sep"),
        ("okt", "oct"),
        ("nov", "nov"),
        ("dec", "dec"),
    ];
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower.split_whitespace().collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let begins = |names: &(&str, &str)| month.starts_with(names.0) || month.starts_with(names.1);
    let month = MONTHS.iter().position(begins)? + 1;
    Date::new(year.parse().ok().filter(|year| *year > 1900)?, month as i8, day.trim_end_matches('.').parse().ok()?).ok()
}

/// What to say of a value that is in no list. Lists of the installation's own are short enough to be
/// told, and can be added to.
fn unknown(choices: Choices, value: &str, lists: &Lists) -> Say {
    const TOLD: usize = 8;
    if !matches!(choices, Choices::Organisations | Choices::Programmes) {
        return Say::new("fault-choice").with("x", value);
    }
    let mut codes: Vec<String> = choices.entries(lists).into_iter().map(|entry| entry.code).collect();
    if codes.len() > TOLD {
        codes.truncate(TOLD);
        codes.push("…".to_owned());
    }
    Say::new("fault-unlisted").with("x", value).with("known", codes.join(", "))
}

/// Whether a text can be an e-mail address that a mail can be sent to: what the post understands, with a
/// host that has a dot, and without quotes or blanks.
pub fn is_email(value: &str) -> bool {
    let plain = !value.contains(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '"');
    plain && value.parse::<lettre::Address>().is_ok_and(|address| address.domain().contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{organisations, programmes};

    fn lists() -> Lists {
        Lists { organisations: organisations(), programmes: programmes(), today: jiff::civil::date(2026, 11, 23) }
    }

    fn values(kind: Kind, cell: &str) -> Result<Vec<String>, &'static str> {
        read_cell(kind, cell, &lists()).map(|cell| cell.values).map_err(|say| say.key)
    }

    #[test]
    fn places_are_known_by_name_code_and_postcode() {
        let kind = Kind::One(Choices::Municipalities);
        for written in ["Karlskrona", "karlskrona kommun", "1080", "371 31"] {
            assert_eq!(values(kind, written), Ok(vec!["1080".to_owned()]), "{written}");
        }
        assert_eq!(values(kind, "Göteborgs stad"), Ok(vec!["1480".to_owned()]));
        assert_eq!(values(kind, "Atlantis"), Err("fault-choice"));
    }

    #[test]
    fn several_values_and_grades_are_taken_apart() {
        let kind = Kind::Graded(Choices::Competences, Choices::Levels);
        assert_eq!(
            values(kind, "D2:expert; Exportstrategi (erfaren)|G1"),
            Ok(vec!["D2:expert".into(), "F1:experienced".into(), "G1:experienced".into()])
        );
        let listed = ["C1:experienced", "B6:experienced", "D1:expert"].map(str::to_owned).to_vec();
        assert_eq!(values(kind, "Marknadsplan, Säljledning, Budget och prognos (expert)"), Ok(listed));
        assert_eq!(values(kind, "D2:kanske"), Err("fault-grade"));
        assert_eq!(values(Kind::Many(Choices::Times), "kväll, helg"), Ok(vec!["evening".into(), "weekend".into()]));
    }

    #[test]
    fn free_text_is_guessed_and_says_so() {
        let kind = Kind::Graded(Choices::Competences, Choices::Importances);
        let cell = read_cell(kind, "vi behöver hjälp med prissättning", &lists()).unwrap();
        assert_eq!(cell.guessed[0].1.code(), "C5");
        assert_eq!(cell.values, ["C5:important"]);
    }

    #[test]
    fn days_are_read_as_people_and_spreadsheets_write_them() {
        for written in [
            "2026-11-23",
            "23/11/2026",
            "23.11.2026",
            "20261123",
            "46349",
            "46349.0",
            "2026-11-23 00:00:00",
            "23 november 2026",
            "23 Nov 2026",
        ] {
            assert_eq!(values(Kind::Day, written), Ok(vec!["2026-11-23".to_owned()]), "{written}");
        }
        assert_eq!(values(Kind::Day, "i går"), Err("fault-day"));
        assert_eq!(values(Kind::Day, "2026-02-30"), Err("fault-day"));
    }

    #[test]
    fn odd_input_is_refused_with_a_sentence() {
        for wrong in [
            "anna.example.org",
            "anna@@example.org",
            "a@b@example.org",
            "anna@example..org",
            "mailto:anna@example.org",
            "anna@localhost",
            "anna@.org",
            "anna,bo@example.org",
            "@example.org",
            "anna@",
            "<anna@example.org>",
        ] {
            assert_eq!(values(Kind::Email, wrong), Err("fault-email"), "{wrong}");
        }
        for right in
            ["anna.ek+mentor@example.org", "åsa.öberg@example.org", "o'neill@mail.example.co.uk", "a@räksmörgås.se"]
        {
            assert!(is_email(right), "{right}");
        }
        assert_eq!(values(Kind::Phone, "0701740605 (hem)"), Err("fault-phone"));
        assert!(values(Kind::Phone, "+46 (0)70-174 06 05").is_ok() && values(Kind::Phone, "12345").is_err());
        assert_eq!(values(Kind::Number(9), "10"), Err("fault-number"));
        assert_eq!(values(Kind::Number(9), "2.0"), Ok(vec!["2".to_owned()]));
        assert_eq!(values(Kind::YesNo, "kanske"), Err("fault-yes-no"));
        assert_eq!(values(Kind::Text, "a\0b"), Err("fault-nul"));
        assert_eq!(values(Kind::Long, &"å".repeat(10_000)), Err("fault-long"));
    }
}
