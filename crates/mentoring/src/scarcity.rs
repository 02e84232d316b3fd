//! Which mentors to recruit, and where: what one more of each kind would be worth to the whole.

use std::sync::Arc;

use matching::{Cancelled, Control, Solution, Tables};

use crate::board::{Act, Board, Standing};
use crate::choices::{Fluency, Level, Size, Stage, Time, Tongue};
use crate::id::Id;
use crate::mentor::Mentor;
use crate::reference::{Area, Competence, County, Municipality};
use crate::round::Round;

/// A kind of mentor to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Where.
    pub county: County,
    /// Where in the county: where most are without a mentor, or else in the largest municipality.
    pub municipality: Municipality,
    /// What they know.
    pub area: Area,
}

/// What the next recruit should be, after those before it in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recruit {
    /// The kind of mentor.
    pub kind: Kind,
    /// Pairs gained.
    pub pairs: i64,
    /// Points gained, over and above those before.
    pub points: i64,
}

/// How a county stands in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supply {
    /// The county.
    pub county: County,
    /// Mentees in the round.
    pub mentees: usize,
    /// Those of them without a mentor.
    pub unmatched: usize,
    /// Free places with mentors there.
    pub places: u32,
    /// Points that one more mentor there would add, the best kind of area.
    pub worth: i64,
}

/// Shortages of a round.
#[derive(Clone, Debug)]
pub struct Scarcity {
    /// Every county, by code.
    pub counties: Vec<Supply>,
    /// Whom to recruit, one after the other, each the best next choice.
    pub recruits: Vec<Recruit>,
}

/// The shortages of a board's round and the `most` best recruits, one by one.
///
/// Exact, not estimated: one imagined mentor of each kind stands in the round with no place, and a
/// place for each is tried in turn.
///
/// # Errors
/// [`Cancelled`] if the control says so.
///
/// # Panics
/// Never: imagined mentors can always be proposed.
pub fn scarcity(board: &Board, most: usize, control: &Control) -> Result<Scarcity, Cancelled> {
    let round = board.round();
    let kinds: Vec<Kind> = County::all()
        .map(|county| (county, most_wanted(county, board)))
        .flat_map(|(county, municipality)| Area::all().map(move |area| Kind { county, municipality, area }))
        .collect();
    let mut mentors = round.mentors().to_vec();
    mentors.extend(kinds.iter().map(|kind| imagined(*kind, round)));
    let round = Arc::new(Round::new(round.setting().clone(), round.mentees().to_vec(), mentors));
    let column = |kind: Kind| round.column_of(&identity(kind)).expect("imagined mentors can be proposed");
    let closed = kinds.iter().map(|&kind| Act::Places { mentor: identity(kind), places: 0 });
    let acts: Vec<Act> = closed.chain(board.acts().iter().cloned()).collect();
    let mut solution = Board::replay(Arc::clone(&round), &acts, control)?.solution().clone();
    let most_pairs = round.setting().most_pairs;
    let mut recruits: Vec<Recruit> = Vec::new();
    let try_one = |solution: &Solution<Arc<Tables>>, at: usize| {
        let places = solution.problem().capacities()[column(kinds[at])] + 1;
        let change = solution.clone().set_capacity(column(kinds[at]), places);
        change.map_or((0, 0), |change| (change.pairs, change.points))
    };
    let mut worth: Vec<(i64, i64)> = Vec::with_capacity(kinds.len());
    for at in 0..kinds.len() {
        worth.push(try_one(&solution, at));
        control.check()?;
    }
    let counties = County::all().map(|county| supply(board, county, &kinds, &worth)).collect();
    // By the round's own aim: points alone, or pairs before points.
    let rank = |(pairs, points): (i64, i64)| (if most_pairs { pairs } else { 0 }, points);
    // What a mentor adds never grows when others are there (places are substitutes), so an old worth is
    // an upper bound: only the first in the list has to be tried again until it stays first.
    let mut fresh = vec![true; kinds.len()];
    while recruits.len() < most {
        let best = (0..kinds.len()).max_by_key(|&at| (rank(worth[at]), std::cmp::Reverse(at)));
        let Some(best) = best.filter(|&at| rank(worth[at]) > (0, 0)) else { break };
        if !fresh[best] {
            worth[best] = try_one(&solution, best);
            fresh[best] = true;
            control.check()?;
            continue;
        }
        recruits.push(Recruit { kind: kinds[best], pairs: worth[best].0, points: worth[best].1 });
        let places = solution.problem().capacities()[column(kinds[best])] + 1;
        let _ = solution.set_capacity(column(kinds[best]), places);
        fresh.fill(false);
    }
    Ok(Scarcity { counties, recruits })
}

fn supply(board: &Board, county: County, kinds: &[Kind], worth: &[(i64, i64)]) -> Supply {
    let round = board.round();
    let there = |row: &usize| round.mentees()[*row].municipality.county() == county;
    let rows: Vec<usize> = (0..round.mentees().len()).filter(there).collect();
    let columns = (0..round.columns()).map(|column| round.mentor(column));
    Supply {
        county,
        mentees: rows.len(),
        unmatched: rows.iter().filter(|&&row| board.standing(row) == Standing::Unmatched).count(),
        places: columns.filter(|mentor| mentor.municipality.county() == county).map(Mentor::free_places).sum(),
        worth: kinds
            .iter()
            .zip(worth)
            .filter(|(kind, _)| kind.county == county)
            .map(|(_, worth)| worth.1)
            .max()
            .unwrap_or(0),
    }
}

/// The municipality of a county where a mentor would help most: where most have none, of equals the largest.
fn most_wanted(county: County, board: &Board) -> Municipality {
    let mentees = board.round().mentees();
    let without = |place: Municipality| {
        let there = mentees.iter().enumerate().filter(|(_, mentee)| mentee.municipality == place);
        there.filter(|&(row, _)| board.standing(row) == Standing::Unmatched).count()
    };
    let there = Municipality::all().filter(|municipality| municipality.county() == county);
    there.max_by_key(|&place| (without(place), place.entry().postcodes)).expect("a county has municipalities")
}

fn identity(kind: Kind) -> Id {
    Id::of("imagined mentor", &format!("{} {}", kind.county.code(), kind.area.code()))
}

/// A mentor as one would look for: experienced in the whole area, Swedish and English, ready to travel
/// 60 km, every time of the week.
fn imagined(kind: Kind, round: &Round) -> Mentor {
    let competences = Competence::all().filter(|competence| competence.entry().area == kind.area);
    let setting = round.setting();
    Mentor {
        id: identity(kind),
        name: String::new(),
        email: String::new(),
        phone: String::new(),
        organisation: round
            .mentees()
            .iter()
            .find(|mentee| mentee.municipality.county() == kind.county)
            .map_or_else(String::new, |mentee| mentee.organisation.clone()),
        programmes: setting.programmes.iter().map(|programme| programme.code.clone()).collect(),
        municipality: kind.municipality,
        approved: true,
        agreement_until: Some(setting.today),
        trained: None,
        left: false,
        pause: None,
        capacity: 1,
        open_pairs: 0,
        competences: competences.map(|competence| (competence, Level::Experienced)).collect(),
        industries: Vec::new(),
        company: None,
        stages: Stage::ALL.to_vec(),
        sizes: Size::ALL.to_vec(),
        values: Vec::new(),
        goals: Vec::new(),
        languages: vec![(Tongue::Swedish, Fluency::Fluent), (Tongue::English, Fluency::Working)],
        travel_km: Some(60),
        remote: false,
        times: Time::ALL.to_vec(),
        gender: None,
        interests: Vec::new(),
        conflicts: Vec::new(),
        about: String::new(),
    }
}
