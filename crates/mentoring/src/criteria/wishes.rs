//! What the mentee wishes of the mentor, and what the mentor would rather work with.

use super::{Feature, Term, split};
use crate::choices::Gender;
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::programme::Criterion;
use crate::reference::Area;
use crate::say::Say;
use crate::traits::Traits;

const NO_PREFERENCE: u8 = 2;

/// 0 if not told, else the gender from 1.
pub(super) fn gender(mentor: &Mentor) -> u8 {
    mentor.gender.map_or(0, |gender| gender as u8 + 1)
}

/// The values of [`Feature::Gender`] that a mentee's requirement rules out.
pub(crate) fn unwanted_genders(wanted: Gender) -> u16 {
    !(1 << (wanted as u16 + 1))
}

pub(super) fn interest(area: Area, mentor: &Traits) -> u8 {
    if mentor.interests == 0 { NO_PREFERENCE } else { u8::from(mentor.prefers(area)) }
}

/// The area of the need that matters most; the first of equals.
fn main_area(mentee: &Mentee) -> Option<Area> {
    let most = mentee.needs.iter().map(|need| need.1).max()?;
    mentee.needs.iter().find(|need| need.1 == most).map(|need| need.0.entry().area)
}

/// Half for the mentee's wish, half for the mentor's.
pub(super) fn terms(mentee: &Mentee, weight: u16, terms: &mut Vec<Term>) {
    let parts = split(weight, &[1, 1]);
    let wish = mentee.mentor_gender.map(|wish| {
        let wanted = wish.gender as u8 + 1;
        Term::new(Criterion::Wishes, Feature::Gender, parts[0], |code| if code == wanted { 100 } else { 0 })
    });
    let interest = main_area(mentee).map(|area| {
        Term::new(Criterion::Wishes, Feature::Interest(area), parts[1], |code| match code {
            1 => 100,
            NO_PREFERENCE => 60,
            _ => 0,
        })
    });
    terms.extend(wish.into_iter().chain(interest));
}

/// A mentee without a wish has it met, so that to have wishes is never an advantage in the queue.
pub(super) fn given(mentee: &Mentee, weight: u16) -> u16 {
    let parts = split(weight, &[1, 1]);
    let wish = if mentee.mentor_gender.is_none() { parts[0] } else { 0 };
    let interest = if main_area(mentee).is_none() { parts[1] } else { 0 };
    wish + interest
}

pub(super) fn gender_sentence(mentee: &Mentee, code: u8) -> Option<Say> {
    let wish = mentee.mentor_gender?;
    let key = if code == wish.gender as u8 + 1 { "reason-gender-met" } else { "reason-gender-missing" };
    Some(Say::new(key).with("gender", wish.gender.names()))
}

pub(super) fn interest_sentence(area: Area, code: u8) -> Option<Say> {
    match code {
        1 => Some(Say::new("reason-interest-shared").with("area", area.names())),
        NO_PREFERENCE => None,
        _ => Some(Say::new("reason-interest-other").with("area", area.names())),
    }
}
