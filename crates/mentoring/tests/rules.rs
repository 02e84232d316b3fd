//! Each hard rule: a pair that breaks it breaks nothing else, and says so in both languages.

use jiff::civil::date;
use mentoring::cast::{amina, bjorn, greta, hassan, setting};
use mentoring::{
    Fluency, Gender, Industry, Language, Mentee, Mentor, Municipality, OwnCompany, Pause, Round, Rule, Setting, Tongue,
    Wish, broken,
};

fn rules(mentee: &Mentee, mentor: &Mentor, setting: &Setting) -> Vec<Rule> {
    let broken = broken(mentee, mentor, setting);
    for broken in &broken {
        for language in Language::ALL {
            let text = broken.say.text(language);
            assert!(text.ends_with('.') && !text.contains('{') && text != broken.say.key, "{text}");
        }
    }
    // The engine must say the same as the words.
    let round = Round::new(setting.clone(), vec![mentee.clone()], vec![mentor.clone()]);
    let allowed = round
        .row_of(&mentee.id)
        .zip(round.column_of(&mentor.id))
        .is_some_and(|(row, column)| round.problem().score(row, column).is_some());
    assert_eq!(allowed, broken.is_empty(), "{broken:?}");
    broken.into_iter().map(|broken| broken.rule).collect()
}

#[test]
fn a_pair_that_keeps_every_rule_breaks_none() {
    assert_eq!(rules(&amina(), &greta(), &setting()), []);
    assert_eq!(rules(&bjorn(), &hassan(), &setting()), []);
}

#[test]
fn each_rule_about_the_mentor_is_kept() {
    let with = |change: fn(&mut Mentor)| {
        let mut mentor = greta();
        change(&mut mentor);
        rules(&amina(), &mentor, &setting())
    };
    assert_eq!(with(|mentor| mentor.programmes = vec!["msf".into()]), [Rule::Programme]);
    assert_eq!(with(|mentor| mentor.approved = false), [Rule::Approved]);
    assert_eq!(with(|mentor| mentor.agreement_until = None), [Rule::Agreement]);
    assert_eq!(with(|mentor| mentor.agreement_until = Some(date(2026, 11, 22))), [Rule::Agreement]);
    assert_eq!(with(|mentor| mentor.agreement_until = Some(date(2026, 11, 23))), [], "the last day counts");
    let pause = |from, until| Some(Pause { from, until });
    assert_eq!(
        with(|mentor| mentor.pause = Some(Pause { from: date(2026, 11, 1), until: date(2026, 11, 23) })),
        [Rule::Paused]
    );
    let mut rested = greta();
    rested.pause = pause(date(2026, 1, 1), date(2026, 11, 22));
    assert_eq!(rules(&amina(), &rested, &setting()), []);
    assert_eq!(with(|mentor| mentor.open_pairs = 1), [Rule::Capacity]);
    assert_eq!(with(|mentor| mentor.capacity = 0), [Rule::Capacity]);
}

#[test]
fn each_rule_about_the_two_is_kept() {
    let with = |change: fn(&mut Mentee, &mut Mentor)| {
        let (mut mentee, mut mentor) = (amina(), greta());
        change(&mut mentee, &mut mentor);
        rules(&mentee, &mentor, &setting())
    };
    assert_eq!(with(|mentee, _| mentee.languages = vec![(Tongue::Arabic, Fluency::Fluent)]), [Rule::Language]);
    assert_eq!(with(|mentee, _| mentee.languages = vec![(Tongue::Swedish, Fluency::Basic)]), [Rule::Language]);
    assert_eq!(with(|mentee, _| mentee.mentor_gender = Some(Wish { gender: Gender::Man, only: true })), [Rule::Gender]);
    assert_eq!(
        with(|mentee, _| mentee.mentor_gender = Some(Wish { gender: Gender::Man, only: false })),
        [],
        "a wish is no rule"
    );
    assert_eq!(with(|mentee, mentor| mentee.earlier = vec![mentor.id.clone()]), [Rule::Earlier]);
    assert_eq!(with(|mentee, mentor| mentee.excluded = vec![mentor.id.clone()]), [Rule::Excluded]);
    assert_eq!(
        with(|mentee, mentor| mentor.conflicts = vec![mentee.company.as_ref().unwrap().number.clone().unwrap()]),
        [Rule::Conflict]
    );
    assert_eq!(with(|mentee, mentor| mentor.email = mentee.email.to_uppercase()), [Rule::Conflict]);
    let own = |industry: &str, number: &str| {
        Some(OwnCompany {
            name: "Eget".into(),
            industry: Industry::from_code(industry).unwrap(),
            number: Some(number.into()),
        })
    };
    let mut rival = greta();
    rival.company = own("10", "556000-0001");
    assert_eq!(rules(&amina(), &rival, &setting()), [Rule::Competitor]);
    let mut insider = greta();
    insider.company = own("62", "556677-8899");
    assert_eq!(rules(&amina(), &insider, &setting()), [Rule::Conflict]);
    let mut far = rival;
    far.municipality = hassan().municipality;
    far.travel_km = None;
    let mut everywhere = amina();
    everywhere.reach = mentoring::Reach::Anywhere;
    assert_eq!(rules(&everywhere, &far, &setting()), [], "in another county it is no competitor");
}

#[test]
fn a_competitor_is_of_the_same_industry_and_county_whichever_county_that_is() {
    let mut one_of_each: Vec<Municipality> = Municipality::all().collect();
    one_of_each.dedup_by_key(|it| it.county());
    assert!(one_of_each.len() >= 21);
    let (mut mentee, mut mentor) = (amina(), greta());
    (mentee.reach, mentee.remote, mentor.remote, mentor.travel_km) = (mentoring::Reach::Anywhere, true, true, None);
    for industry in ["10", "62"] {
        let of = Industry::from_code(industry).unwrap();
        mentor.company = Some(OwnCompany { name: "Eget".into(), industry: of, number: None });
        for (here, there) in one_of_each.iter().flat_map(|here| one_of_each.iter().map(move |there| (*here, *there))) {
            (mentee.municipality, mentor.municipality) = (here, there);
            let rival = mentee.industry == Some(of) && here.county() == there.county();
            let broken = rules(&mentee, &mentor, &setting());
            assert_eq!(broken.contains(&Rule::Competitor), rival, "{} {}", here.code(), there.code());
        }
    }
}

#[test]
fn distance_counts_the_limits_of_both_unless_both_meet_remotely() {
    assert_eq!(rules(&amina(), &hassan(), &setting()), [Rule::Distance], "she does not meet remotely");
    let mut near = hassan();
    near.remote = false;
    assert_eq!(rules(&bjorn(), &near, &setting()), [Rule::Distance], "he does not");
    let mut homely = greta();
    homely.travel_km = Some(5);
    assert_eq!(rules(&bjorn(), &homely, &setting()), [Rule::Distance], "the mentor's limit counts too");
}

#[test]
fn mentors_are_shared_only_where_the_round_says_so() {
    let mut apart = setting();
    apart.shared = false;
    let mut other = greta();
    other.organisation = "nord".into();
    assert_eq!(rules(&amina(), &other, &apart), [Rule::Organisation]);
    assert_eq!(rules(&amina(), &other, &setting()), []);
}

#[test]
fn an_optional_rule_can_be_switched_off_and_the_others_cannot() {
    let mut open = setting();
    open.programmes[0].rules_off.extend(Rule::ALL);
    assert_eq!(rules(&amina(), &hassan(), &open), []);
    let mut unapproved = greta();
    unapproved.approved = false;
    assert_eq!(rules(&amina(), &unapproved, &open), [Rule::Approved]);
}

#[test]
fn a_mentee_outside_the_round_says_why() {
    let mut elsewhere = amina();
    elsewhere.programme = "msf".into();
    assert_eq!(rules(&elsewhere, &greta(), &setting()), [Rule::Programme]);
    let mut paired = amina();
    paired.paired = true;
    let why = mentoring::outside_round(&paired, &setting()).unwrap();
    assert_eq!(why.rule, Rule::Paired);
}
