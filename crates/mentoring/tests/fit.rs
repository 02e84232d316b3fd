//! Points and reasons.

use mentoring::cast::{TODAY, amina, bjorn, greta, hassan, setting};
use mentoring::{Competence, Criterion, Importance, Language, Level, Sense, Side, Weights, fit};

#[test]
fn the_points_of_the_cast_are_these() {
    // Read by hand: Greta meets the decisive need fully (3 of 4 shares of 315 = 236), lacks the useful
    // one; shares every value and the goal (180); knows the stage and size (135) and the industry (90);
    // lives in the same place, can on mornings, speaks the language (45 + 16 + 18); no wish (45) and no
    // preference (60 % of 45); 100 of 180 days waited.
    let fit = fit(&amina(), &greta(), &setting());
    assert_eq!(fit.points, [236, 180, 135, 90, 79, 72, 55]);
    assert_eq!(fit.total, 847);
}

#[test]
fn points_never_exceed_the_weights() {
    let weights = Weights::default();
    for (mentee, mentor) in [(amina(), greta()), (amina(), hassan()), (bjorn(), greta()), (bjorn(), hassan())] {
        let fit = fit(&mentee, &mentor, &setting());
        for &criterion in Criterion::ALL {
            assert!(fit.points[criterion as usize] <= weights.of(criterion), "{criterion:?}");
        }
    }
}

#[test]
fn a_better_known_competence_never_gives_fewer_points() {
    let need = Competence::from_code("D2").unwrap();
    let mut mentee = amina();
    mentee.needs = vec![(need, Importance::Decisive)];
    let mut mentor = greta();
    let mut points = Vec::new();
    let nearby = Competence::from_code("D1").unwrap();
    for known in [
        vec![],
        vec![(nearby, Level::Expert)],
        vec![(need, Level::Some)],
        vec![(need, Level::Experienced)],
        vec![(need, Level::Expert)],
    ] {
        mentor.competences = known;
        points.push(fit(&mentee, &mentor, &setting()).points[Criterion::Needs as usize]);
    }
    assert_eq!(points, [0, 94, 157, 267, 315]);
}

#[test]
fn waiting_counts_up_to_its_full_points() {
    let mut mentee = amina();
    let waited = |mentee: &mentoring::Mentee| fit(mentee, &greta(), &setting()).points[Criterion::Waiting as usize];
    mentee.waiting_since = TODAY;
    assert_eq!(waited(&mentee), 0);
    mentee.waiting_since = jiff::civil::date(2020, 1, 1);
    assert_eq!(waited(&mentee), 100);
    mentee.waiting_since = jiff::civil::date(2030, 1, 1);
    assert_eq!(waited(&mentee), 0, "a day to come is no wait");
}

#[test]
fn reasons_say_themselves_in_both_languages() {
    let fit = fit(&amina(), &greta(), &setting());
    let to = |to, language| fit.reasons.iter().map(|reason| reason.text(language, to)).collect::<Vec<_>>();
    let told = |language| to(None, language);
    let swedish = told(Language::Swedish);
    assert_eq!(swedish[0], "Behöver Likviditet och kassaflöde; mentorn är expert på det.");
    assert!(swedish.contains(&"Målet är att växa; det hjälper mentorn gärna till med.".to_owned()), "{swedish:#?}");
    assert!(swedish.contains(&"Behöver Prissättning; mentorn saknar det.".to_owned()));
    let english = told(Language::English);
    assert_eq!(english[0], "Needs Liquidity and cash flow; the mentor is an expert in it.");
    assert!(english.contains(&"Both are in Karlskrona.".to_owned()));
    let mentor = to(Some(Side::Mentor), Language::Swedish);
    assert_eq!(mentor[0], "Adepten behöver Likviditet och kassaflöde; du är expert på det.");
    assert!(mentor.iter().all(|text| !text.to_lowercase().contains("mentorn ")), "{mentor:#?}");
    let mentee = to(Some(Side::Mentee), Language::English);
    assert_eq!(mentee[0], "You need Liquidity and cash flow; the mentor is an expert in it.");
    assert!(mentee.contains(&"You are both in Karlskrona.".to_owned()), "{mentee:#?}");
    for text in swedish.iter().chain(&english).chain(&mentor).chain(&mentee) {
        assert!(!text.contains('{') && !text.starts_with("reason-"), "{text}");
    }
    assert_eq!(fit.reasons[0].sense, Sense::Meets);
    assert_eq!(fit.reasons.last().unwrap().sense, Sense::Missing);
}

#[test]
fn the_mentors_gender_counts_only_for_a_wish_of_the_mentees_own() {
    let mut other = greta();
    other.gender = None;
    assert_eq!(fit(&amina(), &greta(), &setting()).total, fit(&amina(), &other, &setting()).total);
    let mut wishing = amina();
    wishing.mentor_gender = Some(mentoring::Wish { gender: mentoring::Gender::Woman, only: false });
    assert!(fit(&wishing, &greta(), &setting()).total > fit(&wishing, &other, &setting()).total);
}
