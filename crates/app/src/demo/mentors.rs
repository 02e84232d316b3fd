//! The made-up mentors.

use jiff::ToSpan;
use jiff::civil::Date;
use mentoring::{Competence, Gender, Goal, Id, Level, Mentor, Organisation, OwnCompany, Pause, Size, Stage, Time};

use super::chance::Chance;
use super::organisations::{DEVELOP, START, deliverer};
use super::people;
use super::texts::TEXTS;

/// What mentors know, by area: export (F) is rare.
const KNOWN: [u32; 10] = [12, 12, 9, 11, 7, 3, 12, 8, 8, 7];

pub(super) fn mentors(count: usize, today: Date, organisations: &[Organisation], chance: &mut Chance) -> Vec<Mentor> {
    let known = people::competences(KNOWN);
    (0..count).map(|number| mentor(number, today, organisations, &known, chance)).collect()
}

fn mentor(
    number: usize,
    today: Date,
    organisations: &[Organisation],
    known: &[(Competence, u32)],
    chance: &mut Chance,
) -> Mentor {
    let woman = chance.percent(32);
    let gender = if woman { Gender::Woman } else { Gender::Man };
    let (name, email) = people::name(gender, number, "m", chance);
    let municipality = people::place(&people::SPARSE, 65, chance);
    let programmes: Vec<String> = match chance.below(100) {
        0..55 => vec![DEVELOP.to_owned()],
        55..85 => vec![START.to_owned()],
        _ => vec![START.to_owned(), DEVELOP.to_owned()],
    };
    let organisation = deliverer(organisations, &programmes[programmes.len() - 1], municipality.county()).to_owned();
    let several = 3 + chance.below(5);
    let competences: Vec<(Competence, Level)> = chance
        .several(several, known)
        .into_iter()
        .map(|competence| {
            (competence, chance.weighted(&[(Level::Some, 25), (Level::Experienced, 45), (Level::Expert, 30)]))
        })
        .collect();
    let industry = people::industry(woman, chance);
    let mut industries = vec![industry];
    if chance.percent(45) {
        industries.push(people::industry(woman, chance));
    }
    let company = chance.percent(38).then(|| OwnCompany {
        name: people::company(industry, &name, municipality, chance).0,
        industry,
        number: chance.percent(60).then(|| people::company_number(chance)),
    });
    let about = about(&competences, chance);
    let approved = !chance.percent(4);
    let agreement_until = (!chance.percent(3)).then(|| today + (chance.below(380) as i64 - 10).days());
    Mentor {
        id: Id::of("mentor", &email),
        organisation,
        programmes,
        municipality,
        approved,
        agreement_until,
        // Whoever is approved was trained when they first promised.
        trained: agreement_until.filter(|_| approved).map(|until| until - 1.year()),
        left: false,
        pause: chance.percent(6).then(|| pause(today, chance)),
        capacity: chance.weighted(&[(1, 78), (2, 16), (3, 6)]),
        open_pairs: 0,
        competences,
        industries,
        company,
        stages: chance
            .several(2, &[(Stage::Idea, 20), (Stage::Started, 35), (Stage::Established, 40), (Stage::Growing, 30)]),
        sizes: chance.several(2, &[(Size::Alone, 25), (Size::Micro, 40), (Size::Small, 35), (Size::Larger, 20)]),
        values: people::values(chance),
        goals: {
            let several = 2 + chance.below(3);
            chance.several(several, &goals())
        },
        languages: {
            let foreign = chance.percent(9);
            people::tongues(foreign, 88, chance)
        },
        travel_km: chance.weighted(&[(Some(25), 20), (Some(60), 40), (Some(100), 25), (Some(200), 8), (None, 7)]),
        remote: chance.percent(58),
        times: {
            let several = 1 + chance.below(3);
            chance.several(
                several,
                &[(Time::Morning, 35), (Time::Afternoon, 40), (Time::Evening, 25), (Time::Weekend, 6)],
            )
        },
        gender: (!chance.percent(3)).then_some(gender),
        interests: if chance.percent(30) { chance.several(2, &people::areas()) } else { Vec::new() },
        conflicts: if chance.percent(3) { vec![people::company_number(chance)] } else { Vec::new() },
        about,
        name,
        // A number of a series that no real telephone has (Post- och telestyrelsen, 070-1740605 to -1740699).
        phone: format!("070-174 06 {:02}", 5 + number % 95),
        email,
    }
}

fn goals() -> Vec<(Goal, u32)> {
    Goal::ALL.iter().copied().zip([14, 18, 22, 5, 9, 15, 7, 8]).collect()
}

fn pause(today: Date, chance: &mut Chance) -> Pause {
    let from = today - (chance.below(40) as i64).days();
    Pause { from, until: from + (30 + chance.below(120) as i64).days() }
}

fn about(competences: &[(Competence, Level)], chance: &mut Chance) -> String {
    let (title, line) = chance.one(&TEXTS.careers);
    let offers = competences.iter().take(2).map(|(competence, _)| &TEXTS.competences[competence][2 + chance.below(2)]);
    let sentences: Vec<String> = offers.map(|offer| format!(" {}.", offer.trim_end_matches('.'))).collect();
    format!("{title}. {line}{}", sentences.concat())
}
