//! Matching rounds: from a new one over the board to approved pairs.

mod approval;
mod board;
mod compare;
mod export;
mod list;
mod new;
mod run;
mod scarcity;
mod scenarios;
mod single;

pub(super) use approval::{approval, approve};
pub(crate) use board::why_none;
pub(super) use board::{act, alternatives, board, undo};
pub(super) use compare::{compare, compare_with, mentee};
pub(super) use export::{download, export};
pub(super) use list::list;
pub(super) use new::{make, new, weights};
pub(super) use run::{cancel, run};
pub(super) use scarcity::scarcity;
pub(super) use scenarios::{keep_scenario, scenarios};
pub(super) use single::{ask, single};

use mentoring::{Board, Criterion, Fit, Sense, Side};

use super::Words;

/// A score as a bar by criterion, in a drawing 1000 wide.
pub(super) struct Bar {
    pub(super) total: u16,
    pub(super) parts: Vec<Part>,
    pub(super) label: String,
}

/// One criterion's part of a bar.
pub(super) struct Part {
    pub(super) class: &'static str,
    pub(super) x: u16,
    pub(super) width: u16,
    pub(super) title: String,
}

impl Bar {
    pub(super) fn new(fit: &Fit, w: Words) -> Self {
        let mut x = 0;
        let mut parts = Vec::new();
        for (&criterion, &points) in Criterion::ALL.iter().zip(&fit.points) {
            if points > 0 {
                let title = format!("{} {points}", w.label(criterion.names()));
                parts.push(Part { class: criterion.code(), x, width: points, title });
                x += points;
            }
        }
        let told: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
        let label = format!("{}: {}", w.n("rounds-points-of", fit.total), told.join(", "));
        Self { total: fit.total, parts, label }
    }
}

/// A reason as listed.
pub(super) struct Told {
    pub(super) class: &'static str,
    pub(super) text: String,
}

impl Told {
    /// Every reason, for and against, to one of the two or to staff.
    pub(super) fn all(fit: &Fit, to: Option<Side>, w: Words) -> Vec<Self> {
        let told = |reason: &mentoring::Reason| Self {
            class: match reason.sense {
                Sense::Meets => "meets",
                Sense::Partly => "partly",
                Sense::Missing => "missing",
            },
            text: reason.text(w.language, to),
        };
        fit.reasons.iter().map(told).collect()
    }

    /// The strongest reasons for a pair, and the strongest against it.
    pub(super) fn main(fit: &Fit, to: Option<Side>, w: Words) -> Vec<Self> {
        let mut all: Vec<&mentoring::Reason> = fit.reasons.iter().collect();
        all.sort_by_key(|reason| std::cmp::Reverse(reason.most));
        let of = |sense: Sense, count: usize| all.iter().filter(move |reason| reason.sense == sense).take(count);
        let chosen: Vec<mentoring::Reason> = of(Sense::Meets, 3)
            .chain(of(Sense::Partly, 1))
            .chain(of(Sense::Missing, 1))
            .map(|reason| (*reason).clone())
            .collect();
        // How far apart they are is always worth a line; it weighs most of what is practical.
        let practical = all.iter().find(|reason| reason.criterion == Criterion::Practical);
        let told = chosen.iter().any(|reason| Some(reason) == practical.copied());
        let chosen: Vec<mentoring::Reason> =
            chosen.into_iter().chain(practical.filter(|_| !told).map(|reason| (*reason).clone())).collect();
        Self::all(&Fit { reasons: chosen, ..fit.clone() }, to, w)
    }
}

/// Points, pairs and those without, of a board.
pub(super) struct Figures {
    pub(super) pairs: usize,
    pub(super) unmatched: usize,
    pub(super) total: i64,
    pub(super) mean: i64,
    /// How much of a criterion's points the pairs have, in percent: comparable whatever the weights.
    pub(super) by_criterion: Vec<(Criterion, i64)>,
}

impl Figures {
    pub(super) fn new(board: &Board) -> Self {
        let mut sums = [(0_i64, 0_i64); Criterion::ALL.len()];
        let setting = board.round().setting();
        for (mentee, mentor, _) in board.pairs() {
            let weights = setting.programme_of(mentee).map(|programme| programme.weights).unwrap_or_default();
            let points = mentoring::points(mentee, mentor, setting);
            for ((sum, points), &criterion) in sums.iter_mut().zip(points).zip(Criterion::ALL) {
                *sum = (sum.0 + i64::from(points), sum.1 + i64::from(weights.of(criterion)));
            }
        }
        let pairs = board.count();
        let ratio = |part: i64, whole: i64| if whole == 0 { 0 } else { (part + whole / 2) / whole };
        let share = |(got, most): (i64, i64)| ratio(100 * got, most);
        Self {
            pairs,
            unmatched: board.unmatched(),
            total: board.total(),
            mean: ratio(board.total(), pairs as i64),
            by_criterion: Criterion::ALL.iter().zip(sums).map(|(&criterion, sum)| (criterion, share(sum))).collect(),
        }
    }
}
