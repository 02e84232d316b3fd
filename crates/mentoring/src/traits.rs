//! A mentor as the criteria see them: everything that a feature asks for, laid out to be asked often.

use crate::criteria::{Tongues, Trades};
use crate::mentor::Mentor;
use crate::reference::{Area, Competence, Industry, Municipality};

/// What the features of a mentor are read from.
#[derive(Debug)]
pub(crate) struct Traits<'a> {
    pub(crate) mentor: &'a Mentor,
    /// 0 unknown, 1 something close by in the area, 2 to 4 the level.
    pub(crate) competences: [u8; Traits::MOST],
    pub(crate) values: [u8; 5],
    pub(crate) goals: u8,
    /// A bit for each area they would rather work with.
    pub(crate) interests: u16,
    pub(crate) stages: u8,
    pub(crate) sizes: u8,
    pub(crate) times: u8,
    pub(crate) tongues: Tongues,
    pub(crate) trades: Trades,
    pub(crate) spot: Spot,
}

/// Where a mentor is to be met and rivalled, by itself because most features ask for nothing else: one a municipality and
/// two an industry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// What the mentor's own company does, if there is one.
    pub(crate) own: Option<Industry>,
    pub(crate) municipality: Municipality,
    /// The farthest the mentor travels; all there is where no limit is told.
    pub(crate) travel_km: u16,
    pub(crate) remote: bool,
}

impl<'a> Traits<'a> {
    /// Room for every competence of the list.
    pub(crate) const MOST: usize = 64;

    pub(crate) fn of(mentor: &'a Mentor) -> Self {
        let mut values = [0; 5];
        for &(value, answer) in &mentor.values {
            values[value as usize] = answer.min(5);
        }
        let own = mentor.company.as_ref().map(|company| company.industry);
        Self {
            mentor,
            competences: competences(mentor),
            values,
            goals: mask(&mentor.goals, |&goal| goal as u8),
            interests: mentor.interests.iter().fold(0, |mask, area| mask | 1 << area.index()),
            stages: mask(&mentor.stages, |&stage| stage as u8),
            sizes: mask(&mentor.sizes, |&size| size as u8),
            times: mask(&mentor.times, |&time| time as u8),
            tongues: Tongues::new(&mentor.languages),
            trades: Trades::new(mentor.industries.iter().copied().chain(own)),
            spot: Spot {
                own,
                municipality: mentor.municipality,
                travel_km: mentor.travel_km.unwrap_or(u16::MAX),
                remote: mentor.remote,
            },
        }
    }

    pub(crate) fn prefers(&self, area: Area) -> bool {
        self.interests >> area.index() & 1 == 1
    }
}

fn competences(mentor: &Mentor) -> [u8; Traits::MOST] {
    use crate::choices::Level;
    let mut codes = [0; Traits::MOST];
    for &(known, level) in &mentor.competences {
        if level > Level::Some {
            for near in Competence::of_area(known.entry().area) {
                codes[near.index()] = codes[near.index()].max(1);
            }
        }
    }
    for &(known, level) in &mentor.competences {
        codes[known.index()] = level as u8 + 2;
    }
    codes
}

/// Many mentors as the criteria see them.
#[derive(Debug)]
pub(crate) struct Crowd<'a> {
    pub(crate) traits: Vec<Traits<'a>>,
    /// The same mentors' spots, close together.
    pub(crate) spots: Vec<Spot>,
}

impl<'a> Crowd<'a> {
    pub(crate) fn of(mentors: &[&'a Mentor]) -> Self {
        let traits: Vec<Traits> = mentors.iter().map(|mentor| Traits::of(mentor)).collect();
        let spots = traits.iter().map(|traits| traits.spot).collect();
        Self { traits, spots }
    }
}

/// A bit for each of at most eight choices.
pub(crate) fn mask<T>(chosen: &[T], bit: impl Fn(&T) -> u8) -> u8 {
    chosen.iter().fold(0, |mask, choice| mask | 1 << bit(choice))
}
