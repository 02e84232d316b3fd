//! Whether the two can meet and talk: distance or remote, times, language.

use super::{Feature, Term, split};
use crate::choices::{Fluency, Reach, Time, Tongue};
use crate::language::Names;
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::programme::Criterion;
use crate::reference::Municipality;
use crate::say::Say;
use crate::traits::{Spot, mask};

/// Too far for the mentor to travel.
const OUT_OF_REACH: u8 = 5;
/// Added when the mentor also meets by video or phone.
const REMOTE: u8 = 8;

/// How a mentor can meet somebody in a municipality: the band of the distance, or [`OUT_OF_REACH`], with [`REMOTE`] added.
pub(super) fn reach(municipality: Municipality, spot: &Spot) -> u8 {
    let km = municipality.distance(spot.municipality);
    by_distance(km, band(municipality, spot.municipality, km), spot)
}

/// The same for many mentors.
pub(super) fn reaches(municipality: Municipality, spots: &[Spot]) -> Vec<u8> {
    let distances = municipality.distances();
    let bands: Vec<u8> = Municipality::all().zip(distances).map(|(other, &km)| band(municipality, other, km)).collect();
    let reach = |spot: &Spot| {
        let at = spot.municipality.index();
        by_distance(distances[at], bands[at], spot)
    };
    spots.iter().map(reach).collect()
}

fn band(one: Municipality, other: Municipality, km: u16) -> u8 {
    Reach::of_distance(one == other, km) as u8
}

fn by_distance(km: u16, band: u8, spot: &Spot) -> u8 {
    let travels = km <= spot.travel_km;
    (if travels { band } else { OUT_OF_REACH }) + if spot.remote { REMOTE } else { 0 }
}

/// How the two would meet.
enum Meeting {
    InPerson(Reach),
    Remote,
    Never,
}

fn meeting(mentee: &Mentee, code: u8) -> Meeting {
    match Reach::ALL.get(usize::from(code % REMOTE)) {
        Some(&band) if band <= mentee.reach => Meeting::InPerson(band),
        _ if mentee.remote && code >= REMOTE => Meeting::Remote,
        _ => Meeting::Never,
    }
}

/// The values of [`Feature::Reach`] with which the two could never meet.
pub(crate) fn unreachable(mentee: &Mentee) -> u16 {
    (0..16).filter(|&code| matches!(meeting(mentee, code), Meeting::Never)).fold(0, |mask, code| mask | 1 << code)
}

/// The languages of a person, two bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Tongues(u64);

impl Tongues {
    pub(crate) fn new(languages: &[(Tongue, Fluency)]) -> Self {
        Self(languages.iter().fold(0, |bits, &(tongue, fluency)| bits | (fluency as u64 + 1) << (2 * tongue as u32)))
    }

    /// The best language both have, by who has less of it: 0 none, 1 working, 2 fluent.
    pub(super) fn common(self, other: Self) -> u8 {
        const LOW: u64 = 0x5555_5555_5555_5555;
        // Two bits a language: 1 basic, 2 working, 3 fluent. The high bit says at least working.
        let at_least_working = (self.0 & other.0) >> 1 & LOW;
        let fluent = at_least_working & self.0 & other.0;
        u8::from(at_least_working != 0) + u8::from(fluent != 0)
    }
}

/// Half for distance, three tenths for times, two tenths for language.
pub(super) fn terms(mentee: &Mentee, weight: u16, terms: &mut Vec<Term>) {
    let parts = split(weight, &[5, 3, 2]);
    let distance = |code| match meeting(mentee, code) {
        Meeting::InPerson(Reach::Near) => 100,
        Meeting::InPerson(Reach::Km25) => 90,
        Meeting::InPerson(Reach::Km60) => 70,
        Meeting::Remote => 50,
        Meeting::InPerson(Reach::Km120) => 45,
        Meeting::InPerson(Reach::Anywhere) => 25,
        Meeting::Never => 0,
    };
    let own = mask(&mentee.times, |&time| time as u8);
    let times = |code: u8| match (own & code).count_ones() {
        0 => 0,
        1 => 60,
        2 => 85,
        _ => 100,
    };
    let tongues = Tongues::new(&mentee.languages);
    terms.extend([
        Term::new(Criterion::Practical, Feature::Reach(mentee.municipality), parts[0], distance),
        Term::new(Criterion::Practical, Feature::Times, parts[1], times),
        Term::new(Criterion::Practical, Feature::Tongues(tongues), parts[2], |code| match code {
            0 => 0,
            1 => 70,
            _ => 100,
        }),
    ]);
}

pub(super) fn reach_sentence(mentee: &Mentee, place: Municipality, mentor: &Mentor, code: u8) -> Say {
    let km = place.distance(mentor.municipality);
    let (key, km) = match meeting(mentee, code) {
        Meeting::InPerson(Reach::Near) => ("reason-reach-same", km),
        Meeting::InPerson(_) => ("reason-reach-near", km),
        Meeting::Remote => ("reason-reach-remote", km),
        Meeting::Never => ("reason-reach-never", km),
    };
    Say::new(key).with("km", km).with("place", mentor.municipality.names())
}

pub(super) fn times_sentence(mentee: &Mentee, mentor: &Mentor) -> Say {
    let common: Vec<&'static Names> = Time::ALL
        .iter()
        .filter(|time| mentee.times.contains(time) && mentor.times.contains(time))
        .map(|time| time.names())
        .collect();
    if common.is_empty() {
        Say::new("reason-times-none")
    } else {
        Say::new("reason-times-common").with("times", common)
    }
}

pub(super) fn tongues_sentence(mentee: &Mentee, mentor: &Mentor) -> Say {
    let speaks = |languages: &[(Tongue, Fluency)], tongue: Tongue| {
        languages.iter().any(|&(known, fluency)| known == tongue && fluency >= Fluency::Working)
    };
    let common: Vec<&'static Names> = Tongue::ALL
        .iter()
        .filter(|&&tongue| speaks(&mentee.languages, tongue) && speaks(&mentor.languages, tongue))
        .map(|tongue| tongue.names())
        .collect();
    if common.is_empty() {
        Say::new("reason-tongues-none")
    } else {
        Say::new("reason-tongues-common").with("tongues", common)
    }
}
