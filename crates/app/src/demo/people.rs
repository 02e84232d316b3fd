//! What mentors and mentees have in common: names, places, languages, companies.

use std::sync::LazyLock;

use mentoring::{Area, Competence, County, Fluency, Gender, Industry, Municipality, Tongue, Value};

use super::chance::Chance;
use super::texts::TEXTS;

/// Registered companies by county, in thousands: derived from figures of Bolagsverket around 2024.
const COMPANIES: [(&str, u32); 21] = [
    ("01", 351),
    ("03", 34),
    ("04", 23),
    ("05", 36),
    ("06", 30),
    ("07", 16),
    ("08", 18),
    ("09", 6),
    ("10", 11),
    ("12", 131),
    ("13", 34),
    ("14", 174),
    ("17", 23),
    ("18", 24),
    ("19", 19),
    ("20", 25),
    ("21", 20),
    ("22", 19),
    ("23", 14),
    ("24", 22),
    ("25", 21),
];

/// The counties with fewer mentors to an entrepreneur than elsewhere.
pub(super) const SPARSE: [&str; 8] = ["08", "09", "20", "21", "22", "23", "24", "25"];

/// Municipalities by county, each by its number of postcodes.
static PLACES: LazyLock<Vec<Vec<(Municipality, u32)>>> = LazyLock::new(|| {
    let mut places = vec![Vec::new(); County::all().len()];
    for municipality in Municipality::all() {
        places[municipality.county().index()].push((municipality, municipality.entry().postcodes));
    }
    places
});

/// A municipality; counties in `fewer` are drawn that much less (per cent).
pub(super) fn place(fewer: &[&str], percent: u32, chance: &mut Chance) -> Municipality {
    let weights: Vec<(County, u32)> = COMPANIES
        .iter()
        .map(|&(code, companies)| {
            let share = if fewer.contains(&code) { percent } else { 100 };
            (County::from_code(code).expect("the counties above exist"), companies * share)
        })
        .collect();
    let county = chance.weighted(&weights);
    chance.weighted(&PLACES[county.index()])
}

/// A full name and an address that nobody has: the number keeps it unique.
pub(super) fn name(gender: Gender, number: usize, kind: &str, chance: &mut Chance) -> (String, String) {
    let firsts = if gender == Gender::Woman { &TEXTS.women } else { &TEXTS.men };
    // The lists are sorted by how common the names are.
    let spread = |length: usize, chance: &mut Chance| chance.below(length).min(chance.below(length));
    let first = firsts[spread(firsts.len(), chance)];
    let family = TEXTS.families[spread(TEXTS.families.len(), chance)];
    let name = format!("{first} {family}");
    let address = address(&name, &format!("{kind}{number}"));
    (name, address)
}

/// An address made of a name and a word that tells it from others.
pub(super) fn address(name: &str, more: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(plain_letter).collect();
    format!("{plain}.{more}@example.org")
}

fn plain_letter(letter: char) -> char {
    match letter {
        'å' | 'ä' | 'à' | 'á' => 'a',
        'ö' | 'ø' | 'ó' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' => 'u',
        ' ' => '.',
        letter if letter.is_ascii_alphanumeric() || letter == '-' => letter,
        _ => 'x',
    }
}

pub(super) fn tongues(foreign: bool, english: usize, chance: &mut Chance) -> Vec<(Tongue, Fluency)> {
    const OTHERS: [(Tongue, u32); 14] = [
        (Tongue::Arabic, 24),
        (Tongue::Persian, 14),
        (Tongue::Polish, 10),
        (Tongue::Bosnian, 9),
        (Tongue::Turkish, 8),
        (Tongue::Kurdish, 7),
        (Tongue::Spanish, 7),
        (Tongue::Finnish, 6),
        (Tongue::Somali, 6),
        (Tongue::Ukrainian, 5),
        (Tongue::Russian, 4),
        (Tongue::Tigrinya, 3),
        (Tongue::German, 4),
        (Tongue::French, 3),
    ];
    let mut tongues = Vec::new();
    let swedish = if foreign {
        chance.weighted(&[(Fluency::Fluent, 55), (Fluency::Working, 33), (Fluency::Basic, 12)])
    } else {
        Fluency::Fluent
    };
    tongues.push((Tongue::Swedish, swedish));
    if chance.percent(english) {
        tongues.push((Tongue::English, chance.weighted(&[(Fluency::Fluent, 40), (Fluency::Working, 60)])));
    }
    if foreign {
        tongues.push((chance.weighted(&OTHERS), Fluency::Fluent));
    } else if chance.percent(8) {
        tongues.push((
            chance.weighted(&[
                (Tongue::German, 5),
                (Tongue::French, 3),
                (Tongue::Spanish, 3),
                (Tongue::Finnish, 2),
                (Tongue::Sami, 1),
            ]),
            Fluency::Working,
        ));
    }
    tongues
}

/// Answers on the scales; some leave one out.
pub(super) fn values(chance: &mut Chance) -> Vec<(Value, u8)> {
    let answer = |chance: &mut Chance| chance.weighted(&[(1, 10), (2, 22), (3, 34), (4, 24), (5, 10)]);
    let mut answers = Vec::new();
    for &value in Value::ALL {
        if !chance.percent(6) {
            answers.push((value, answer(chance)));
        }
    }
    answers
}

/// Competences by how often they are had or needed; `by_area` is a weight an area, A to J.
pub(super) fn competences(by_area: [u32; 10]) -> Vec<(Competence, u32)> {
    let weight = |competence: Competence| by_area[competence.entry().area.index()];
    Competence::all().map(|competence| (competence, weight(competence))).collect()
}

pub(super) fn areas() -> Vec<(Area, u32)> {
    Area::all().map(|area| (area, 1)).collect()
}

/// An industry, after new companies of 2021 by industry and sex (Statistics Sweden).
pub(super) fn industry(woman: bool, chance: &mut Chance) -> Industry {
    // Sections of SNI 2025 with shares of women's and men's new companies.
    const SECTIONS: [(&str, u32, u32); 14] = [
        ("N", 26, 23),
        ("G", 14, 15),
        ("S", 12, 4),
        ("T", 11, 3),
        ("F", 3, 14),
        ("K", 3, 7),
        ("J", 2, 3),
        ("M", 3, 6),
        ("C", 4, 4),
        ("Q", 6, 3),
        ("I", 4, 4),
        ("H", 1, 5),
        ("R", 6, 2),
        ("A", 4, 3),
    ];
    let sections: Vec<(&str, u32)> =
        SECTIONS.iter().map(|&(code, women, men)| (code, if woman { women } else { men })).collect();
    let section = chance.weighted(&sections);
    let there: Vec<Industry> = TEXTS
        .trades
        .iter()
        .map(|trade| trade.industry)
        .filter(|industry| industry.entry().section == section)
        .collect();
    if there.is_empty() { chance.one(&TEXTS.trades).industry } else { *chance.one(&there) }
}

/// A company's name and what it does, for one in an industry.
pub(super) fn company(industry: Industry, person: &str, place: Municipality, chance: &mut Chance) -> (String, String) {
    let trade =
        TEXTS.trades.iter().find(|trade| trade.industry == industry).expect("industries are drawn from the trades");
    let (given, family) = person.split_once(' ').unwrap_or((person, person));
    let name = chance
        .one(&trade.names)
        .replace("{given}", given)
        .replace("{family}", family)
        .replace("{place}", place.names().sv);
    (name, chance.one(&trade.descriptions).clone())
}

/// A limited company's number with a right check digit. Sole traders get none: theirs would be a
/// personal number.
pub(super) fn company_number(chance: &mut Chance) -> String {
    let mut digits = vec![5, 5, 6 + chance.below(3) as u32];
    digits.extend((0..6).map(|_| chance.below(10) as u32));
    let luhn: u32 = digits
        .iter()
        .enumerate()
        .map(|(at, &digit)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    digits.push((10 - luhn % 10) % 10);
    let text: String = digits.iter().map(u32::to_string).collect();
    format!("{}-{}", &text[..6], &text[6..])
}
