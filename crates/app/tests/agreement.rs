//! The engine, the words and the order of the people agree, on a whole small year.

use std::sync::Arc;

use app::demo::{Scale, programmes, year};
use matching::Control;
use mentoring::{Board, Round, Setting, broken, differences, fit};

fn setting(shared: bool) -> Setting {
    Setting { programmes: programmes(), today: jiff::civil::date(2026, 11, 23), shared, most_pairs: false }
}

#[test]
fn every_pair_has_the_points_and_the_permission_that_its_reasons_say() {
    for (shared, seed) in [(true, 1), (false, 2), (true, 3)] {
        let setting = setting(shared);
        let year = year(Scale { mentees: 150, mentors: 170 }, setting.today, seed);
        let round = Round::new(setting.clone(), year.waiting, year.mentors);
        let problem = round.problem();
        let mut allowed = 0;
        for (row, mentee) in round.mentees().iter().enumerate() {
            for mentor in round.mentors() {
                let score = round.column_of(&mentor.id).and_then(|column| problem.score(row, column));
                assert_eq!(
                    score.is_some(),
                    broken(mentee, mentor, &setting).is_empty(),
                    "{} and {}",
                    mentee.name,
                    mentor.name
                );
                if let Some(score) = score {
                    assert_eq!(
                        score,
                        i32::from(fit(mentee, mentor, &setting).total),
                        "{} and {}",
                        mentee.name,
                        mentor.name
                    );
                    allowed += 1;
                }
            }
        }
        assert!(allowed > 300, "{allowed}");
    }
}

#[test]
fn shuffled_people_give_the_same_pairs() {
    let setting = setting(true);
    let year = year(Scale { mentees: 300, mentors: 340 }, setting.today, 5);
    let open = |mentees, mentors| {
        Board::open(Arc::new(Round::new(setting.clone(), mentees, mentors)), &Control::default()).unwrap()
    };
    let first = open(year.waiting.clone(), year.mentors.clone());
    let (mut mentees, mut mentors) = (year.waiting, year.mentors);
    mentees.reverse();
    mentors.rotate_left(100);
    let second = open(mentees, mentors);
    assert!(differences(&first, &second).is_empty());
    first.prove().unwrap();
}
