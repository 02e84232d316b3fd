//! What has happened in the pairs that there are: meetings, and answers to follow-ups; some are silent.

use jiff::ToSpan;
use jiff::civil::Date;
use mentoring::{Course, FlagKind, FollowUpKind, Id, Meeting, MeetingForm, PAIR_MONTHS, Side, Term};
use store::{FollowUp, Raised, Stamp, Store};

use super::EarlierPair;
use super::chance::Chance;

impl EarlierPair {
    /// The identity that the store gives it.
    fn id(&self) -> Id {
        Id::of("pair", &format!("{} {} {} {}", self.programme, self.mentee, self.mentor, self.started))
    }
}

/// Meetings about once a month until a day.
fn meetings(pair: &EarlierPair, until: Date, chance: &mut Chance) -> Vec<Meeting> {
    let mut day = pair.started + (3 + chance.below(12) as i64).days();
    let mut held = Vec::new();
    while day <= until {
        let form = if chance.percent(60) {
            MeetingForm::Place
        } else if chance.percent(80) {
            MeetingForm::Video
        } else {
            MeetingForm::Phone
        };
        held.push(Meeting { day, minutes: 60 + 15 * chance.below(6) as u16, form });
        day += (22 + chance.below(20) as i64).days();
    }
    held
}

/// What somebody says: mostly well.
fn answer(kind: FollowUpKind, chance: &mut Chance) -> Option<u8> {
    let answers = match kind {
        FollowUpKind::First | FollowUpKind::Silence => [1, 1, 1, 1, 1],
        FollowUpKind::Month | FollowUpKind::Quarter | FollowUpKind::Half => [5, 5, 4, 4, 3],
        FollowUpKind::Final => [10, 9, 9, 8, 6],
    };
    chance.percent(85).then(|| answers[chance.below(answers.len())])
}

/// Puts in what has happened until today.
pub(super) async fn put(store: &Store, pairs: &[EarlierPair], today: Date, stamp: &Stamp) -> store::Result<()> {
    // A chance of its own, so that the people stay who they are.
    let mut chance = Chance::new(12);
    let (mut held, mut asked) = (Vec::new(), Vec::new());
    for pair in pairs {
        let id = pair.id();
        let end = pair.closed.unwrap_or(today).min(today);
        // Some have not met for a while.
        let quiet = pair.closed.is_none() && chance.percent(8);
        let until = if quiet { end - 60.days() } else { end };
        held.extend(meetings(pair, until, &mut chance).into_iter().map(|meeting| (id.clone(), meeting)));
        let term = Term { from: pair.started, until: pair.started + i64::from(PAIR_MONTHS).months() };
        let mut course = Course { term, since: term.from, met: None, booked: None, asked: Vec::new() };
        let mut day = pair.started;
        while day <= end {
            course.met = Some(day);
            if let Some(kind) = course.due(day) {
                course.asked.push((kind, day));
                for &side in Side::ALL {
                    let answer = answer(kind, &mut chance);
                    asked.push((
                        id.clone(),
                        FollowUp { kind, asked: day, side, answer, words: String::new(), reached: None },
                    ));
                }
            }
            day += 1.day();
        }
    }
    store.put_earlier_course(&held, &asked).await?;
    // Two have something on their minds.
    let open = pairs.iter().filter(|pair| pair.closed.is_none());
    let minds = [
        (Side::Mentee, FlagKind::Help, "Vi har svårt att hitta tider som passar. Kan ni hjälpa oss?"),
        (Side::Mentor, FlagKind::Question, "Finns det en mall för en enkel budget att använda på nästa träff?"),
    ];
    for (at, (pair, (side, kind, words))) in open.zip(minds).enumerate() {
        let id = Id::of("flag", &format!("demo {at}"));
        let person = if side == Side::Mentor { &pair.mentor } else { &pair.mentee };
        store.everywhere().raise(&id, &pair.id(), &Raised { side, person, kind, words }, stamp).await?;
    }
    Ok(())
}
