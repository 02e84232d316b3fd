//! Last year's pairs: some still open, so that mentors have places taken, and some that tried before.

use jiff::ToSpan;
use jiff::civil::Date;
use mentoring::{Mentee, Mentor};

use super::EarlierPair;
use super::chance::Chance;

pub(super) fn pairs(
    mentors: &mut [Mentor],
    waiting: &mut [Mentee],
    earlier: &mut [Mentee],
    today: Date,
    chance: &mut Chance,
) -> Vec<EarlierPair> {
    let mut pairs = Vec::new();
    for mentee in earlier.iter_mut() {
        let Some(at) = nearby(mentors, mentee, chance) else { continue };
        let mentor = &mut mentors[at];
        let started = today - (30 + chance.below(540) as i64).days();
        let year_over = started < today - 365.days();
        // They applied some weeks before; those in sparse counties longer.
        let waited = 12 + (at * 7 + mentee.municipality.county().index() * 5) % 110;
        mentee.waiting_since = started - (waited as i64).days();
        let closed = if year_over {
            Some((started + (300 + chance.below(90) as i64).days()).min(today - 1.days()))
        } else if chance.percent(12) {
            Some((started + (30 + chance.below(200) as i64).days()).min(today - 1.days()))
        } else {
            None
        };
        if closed.is_none() {
            if mentor.open_pairs == mentor.capacity {
                continue;
            }
            mentor.open_pairs += 1;
            mentee.paired = true;
        }
        pairs.push(EarlierPair {
            mentee: mentee.id.clone(),
            mentor: mentor.id.clone(),
            programme: mentee.programme.clone(),
            started,
            closed,
        });
    }
    // Some who wait have had a mentor before, or have crossed one out.
    for mentee in waiting {
        if chance.percent(5) {
            mentee.earlier.extend(nearby(mentors, mentee, chance).map(|at| mentors[at].id.clone()));
        }
        if chance.percent(2) {
            mentee.excluded.extend(nearby(mentors, mentee, chance).map(|at| mentors[at].id.clone()));
        }
    }
    pairs
}

/// A mentor of the mentee's programme and county, out of a few drawn.
fn nearby(mentors: &[Mentor], mentee: &Mentee, chance: &mut Chance) -> Option<usize> {
    const DRAWS: usize = 40;
    let fits = |mentor: &Mentor| {
        mentor.programmes.contains(&mentee.programme) && mentor.municipality.county() == mentee.municipality.county()
    };
    (0..DRAWS).map(|_| chance.below(mentors.len())).find(|&at| fits(&mentors[at]))
}
