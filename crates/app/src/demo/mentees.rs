//! The made-up mentees.

use jiff::ToSpan;
use jiff::civil::Date;
use mentoring::{
    Company, Competence, Gender, Goal, Id, Importance, Mentee, Organisation, Reach, Size, Stage, Time, Wish,
};

use super::chance::Chance;
use super::organisations::{DEVELOP, START, deliverer};
use super::people;
use super::texts::TEXTS;

/// What mentees need, by area: export (F) is asked for more than mentors can give.
const NEEDED: [u32; 10] = [12, 14, 12, 10, 8, 6, 9, 6, 8, 8];

pub(super) fn mentees(count: usize, today: Date, organisations: &[Organisation], chance: &mut Chance) -> Vec<Mentee> {
    let needed = people::competences(NEEDED);
    // Those of last year are made by the same rules; the counter keeps their addresses apart.
    (0..count).map(|number| mentee(number, count, today, organisations, &needed, chance)).collect()
}

fn mentee(
    number: usize,
    count: usize,
    today: Date,
    organisations: &[Organisation],
    needed: &[(Competence, u32)],
    chance: &mut Chance,
) -> Mentee {
    let starts = chance.percent(38);
    let programme = if starts { START } else { DEVELOP };
    let woman = chance.percent(if starts { 66 } else { 38 });
    let foreign = chance.percent(33);
    let gender = if woman { Gender::Woman } else { Gender::Man };
    let (name, email) = people::name(gender, number, &format!("a{count}x"), chance);
    let municipality = people::place(&[], 100, chance);
    let stage = if starts {
        chance.weighted(&[(Stage::Idea, 25), (Stage::Started, 75)])
    } else {
        chance.weighted(&[(Stage::Established, 60), (Stage::Growing, 40)])
    };
    let size = if starts {
        chance.weighted(&[(Size::Alone, 80), (Size::Micro, 20)])
    } else {
        chance.weighted(&[(Size::Alone, 28), (Size::Micro, 50), (Size::Small, 19), (Size::Larger, 3)])
    };
    let industry = people::industry(woman, chance);
    let (company_name, description) = people::company(industry, &name, municipality, chance);
    let company = (stage != Stage::Idea).then(|| Company {
        name: company_name,
        number: chance.percent(if starts { 45 } else { 75 }).then(|| people::company_number(chance)),
    });
    let several = 2 + chance.below(3);
    let needs: Vec<(Competence, Importance)> = chance
        .several(several, needed)
        .into_iter()
        .enumerate()
        .map(|(at, competence)| (competence, importance(at, chance)))
        .collect();
    let goals = {
        let several = 1 + chance.below(2);
        chance.several(several, &goals(starts))
    };
    let about = about(&description, &needs, goals[0], chance);
    // More apply in January and August than in other months.
    let waited =
        chance.weighted(&[(12, 30), (40, 24), (75, 18), (105, 22), (150, 8), (210, 5), (300, 3)]) + chance.below(28);
    Mentee {
        id: Id::of("mentee", &email),
        organisation: deliverer(organisations, programme, municipality.county()).to_owned(),
        programme: programme.to_owned(),
        municipality,
        waiting_since: today - (waited as i64).days(),
        paired: false,
        company,
        industry: Some(industry),
        stage,
        size,
        needs,
        goals,
        values: people::values(chance),
        languages: people::tongues(foreign, if foreign { 70 } else { 82 }, chance),
        reach: chance.weighted(&[
            (Reach::Near, 12),
            (Reach::Km25, 30),
            (Reach::Km60, 34),
            (Reach::Km120, 16),
            (Reach::Anywhere, 8),
        ]),
        remote: chance.percent(62),
        times: {
            let several = 1 + chance.below(3);
            chance.several(
                several,
                &[(Time::Morning, 34), (Time::Afternoon, 34), (Time::Evening, 30), (Time::Weekend, 10)],
            )
        },
        mentor_gender: wish(woman, chance),
        earlier: Vec::new(),
        excluded: Vec::new(),
        about,
        name,
        // A number of a series that no real telephone has (Post- och telestyrelsen, 070-1740605 to -1740699).
        phone: format!("070-174 06 {:02}", 5 + number % 95),
        email,
    }
}

fn importance(at: usize, chance: &mut Chance) -> Importance {
    match at {
        0 => Importance::Decisive,
        1 => Importance::Important,
        _ => chance.weighted(&[(Importance::Important, 40), (Importance::Useful, 60)]),
    }
}

fn goals(starts: bool) -> Vec<(Goal, u32)> {
    let weights = if starts { [45, 25, 10, 3, 4, 4, 2, 7] } else { [1, 18, 34, 10, 9, 14, 7, 7] };
    Goal::ALL.iter().copied().zip(weights).collect()
}

fn wish(woman: bool, chance: &mut Chance) -> Option<Wish> {
    let gender = if woman { Gender::Woman } else { Gender::Man };
    chance.percent(if woman { 16 } else { 2 }).then(|| Wish { gender, only: chance.percent(25) })
}

fn about(description: &str, needs: &[(Competence, Importance)], goal: Goal, chance: &mut Chance) -> String {
    let need = &TEXTS.competences[&needs[0].0][chance.below(2)];
    let goal = chance.one(&TEXTS.goals[&goal]);
    format!("{description} {need} {goal}")
}
