//! The match board.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Act, Board, Criterion, Id, Lack, Mentee, Mentor, Relief, Rule, Say, Standing, Way, fit};
use serde::Deserialize;
use store::{RoundRow, RoundState};

use super::{Bar, Told};
use crate::matching_round::proposals;
use crate::web::people::{FURTHEST, Pager, lenient, query};
use crate::web::state::{Asked, Frame, Last, Opened};
use crate::web::{Answer, App, Error, Words, identity};

/// Rows on a page of the board.
const SIZE: usize = 20;

/// Which rows to show.
#[derive(Deserialize, Default)]
pub(in crate::web) struct Wanted {
    #[serde(default)]
    show: String,
    #[serde(default)]
    q: String,
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
    /// The mentee of the last act: the focus goes there, so that nobody loses their place.
    #[serde(default)]
    at: String,
}

impl Wanted {
    fn shows(&self, code: &str) -> bool {
        self.show == code
    }
}

#[derive(Template)]
#[template(path = "rounds/board.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    /// Whether acts are possible.
    open: bool,
    pairs: usize,
    unmatched: usize,
    total: i64,
    looked_at: i64,
    rows: Vec<Row>,
    shown: usize,
    wanted: Wanted,
    pager: Pager,
    /// What the last act did, in words.
    last: Option<String>,
    focus_notice: bool,
    /// Proposals that can no longer become pairs.
    lapsed: usize,
}

/// One mentee on the board.
#[allow(clippy::struct_excessive_bools, reason = "each is what the template asks of the row")]
struct Row {
    mentee: Mentee,
    days: u32,
    class: &'static str,
    changed: bool,
    locked: bool,
    withdrawn: bool,
    focus: bool,
    mentor: Option<Mentor>,
    bar: Option<Bar>,
    why: Vec<Told>,
    stopped: Vec<String>,
}

/// What keeps a mentee from a mentor and, if there is one, the cheapest way out: a sentence each.
pub(crate) fn why_none(board: &Board, row: usize, w: Words) -> Vec<String> {
    const NAMED: usize = 2;
    let why = board.why(row);
    let rule = |(rule, count): &(Rule, usize)| format!("{} ({})", w.name(rule.names()), w.number(*count));
    let rules: Vec<String> = why.stopped.iter().take(NAMED).map(rule).collect();
    let stopped = match why.lack {
        Some(lack) => lacking(lack, w),
        None if rules.is_empty() => w.t("rounds-no-others"),
        None => w.x("rounds-stopped-by", rules.join(", ")),
    };
    let way = why.ways.iter().find(|way| way.change.pairs > 0).map(|way| {
        let points = w.x("rounds-cost-points", w.signed(way.change.points));
        format!("{} {}: {} ({points}).", w.t("rounds-cheapest-way"), relief(way, w), way.mentor.name)
    });
    std::iter::once(stopped).chain(way).collect()
}

/// What is lacking with the mentors that no rule stops, in words.
pub(super) fn lacking(lack: Lack, w: Words) -> String {
    match lack {
        Lack::Points { by, .. } => w.n("rounds-outbid", by),
        Lack::Place => w.t("rounds-all-locked"),
    }
}

/// What a way out takes, in words.
pub(super) fn relief(way: &Way, w: Words) -> String {
    match way.relief {
        Relief::Place => w.t("rounds-relief-place"),
        Relief::Exception(Rule::Distance) => w.n("rounds-relief-distance", way.km),
        Relief::Exception(rule) => w.x("rounds-relief-rule", rule.names()),
    }
}

/// Another mentor for the mentee.
pub(super) struct Other {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) place: &'static str,
    pub(super) points: u16,
    pub(super) cost: i64,
    pub(super) pairs: i64,
    pub(super) movers: usize,
}

impl Row {
    fn new(board: &Board, row: usize, changed: bool, w: Words) -> Self {
        let round = board.round();
        let mentee = round.mentees()[row].clone();
        let standing = board.standing(row);
        let fit = standing.mentor().map(|mentor| fit(&mentee, mentor, round.setting()));
        Self {
            days: mentee.waited(round.setting().today),
            class: match standing {
                Standing::Locked(_) => "locked",
                Standing::Unmatched => "unmatched",
                Standing::Proposed(_) | Standing::Withdrawn => "",
            },
            changed,
            locked: matches!(standing, Standing::Locked(_)),
            withdrawn: standing == Standing::Withdrawn,
            focus: false,
            mentor: standing.mentor().cloned(),
            bar: fit.as_ref().map(|fit| Bar::new(fit, w)),
            why: fit.as_ref().map_or_else(Vec::new, |fit| Told::main(fit, None, w)),
            stopped: if standing == Standing::Unmatched { why_none(board, row, w) } else { Vec::new() },
            mentee,
        }
    }
}

/// The three cheapest other mentors for a mentee.
pub(super) fn others(board: &Board, row: usize) -> Vec<Other> {
    let other = |choice: mentoring::Choice| Other {
        id: choice.mentor.id.clone(),
        name: choice.mentor.name.clone(),
        place: choice.mentor.municipality.names().sv,
        points: choice.fit.total,
        cost: choice.change.points,
        pairs: choice.change.pairs,
        movers: choice.change.moved.len().saturating_sub(1),
    };
    board.options(row, 3).into_iter().map(other).collect()
}

/// The board of a round.
pub(in crate::web) async fn board(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&asked, &id).await?;
    let w = asked.w;
    let frame = asked.frame(&app, "rounds");
    let lapsed = if round.state == RoundState::Open { asked.within().lapsed(&id).await?.len() } else { 0 };
    let page = tokio::task::spawn_blocking(move || page(frame, round, &opened, wanted, w)).await?;
    Ok(Html(Page { lapsed, ..page }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "rounds/others.html")]
struct Alternatives {
    w: Words,
    round: RoundRow,
    open: bool,
    mentee: Mentee,
    others: Vec<Other>,
    back: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Back {
    #[serde(default)]
    back: String,
}

/// The alternatives for one mentee, to be put into the board when they are asked for: they are exact,
/// and working them out for a whole page would make every page wait.
pub(in crate::web) async fn alternatives(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, mentee)): Path<(String, String)>,
    Query(Back { back }): Query<Back>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&asked, &id).await?;
    let row = opened.board.round().row_of(&identity(&mentee)?).ok_or(Error::NotFound)?;
    let mentee = opened.board.round().mentees()[row].clone();
    let others = tokio::task::spawn_blocking(move || others(&opened.board, row)).await?;
    let open = round.state == RoundState::Open && asked.visitor.may(mentoring::Right::Match);
    Ok(Html(Alternatives { w: asked.w, round, open, mentee, others, back }.render()?).into_response())
}

fn page(frame: Frame, round: RoundRow, opened: &Opened, wanted: Wanted, w: Words) -> Page {
    let board = &opened.board;
    let moved: BTreeSet<usize> = opened.last.iter().flat_map(|last| &last.change.moved).map(|step| step.row).collect();
    let words: Vec<String> = wanted.q.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |row: &usize| {
        let standing = board.standing(*row);
        let mentee = &board.round().mentees()[*row];
        let mentor = standing.mentor().map_or("", |mentor| mentor.name.as_str());
        let company = mentee.company.as_ref().map_or("", |company| company.name.as_str());
        let place = mentee.municipality.names().sv;
        let text = format!("{} {mentor} {company} {place}", mentee.name).to_lowercase();
        let shown = match wanted.show.as_str() {
            "unmatched" => standing == Standing::Unmatched,
            "locked" => matches!(standing, Standing::Locked(_)),
            "changed" => moved.contains(row),
            "withdrawn" => standing == Standing::Withdrawn,
            _ => true,
        };
        shown && words.iter().all(|word| text.contains(word))
    };
    let mut rows: Vec<usize> = (0..board.round().mentees().len()).filter(fits).collect();
    // Those who have waited longest first.
    rows.sort_by_cached_key(|&row| {
        let mentee = &board.round().mentees()[row];
        (mentee.waiting_since, store::sort_key(&mentee.name))
    });
    let shown = rows.len();
    let on_page = rows.into_iter().skip(wanted.page.min(FURTHEST) * SIZE).take(SIZE);
    let mut rows: Vec<Row> = on_page.map(|row| Row::new(board, row, moved.contains(&row), w)).collect();
    for row in &mut rows {
        row.focus = row.mentee.id.as_str() == wanted.at;
    }
    let proof: serde_json::Value = serde_json::from_str(&round.proof).unwrap_or_default();
    let base = format!("/rounds/{}?{}", round.id, query(&[("show", &wanted.show), ("q", &wanted.q)]));
    // Told once, on the page that the act leads to.
    let last = opened.last.as_ref().filter(|_| !wanted.at.is_empty()).map(|last| told(last, board, w));
    Page {
        open: round.state == RoundState::Open && frame.matches(),
        frame,
        pairs: board.count(),
        unmatched: board.unmatched(),
        total: board.total(),
        looked_at: proof["looked_at"].as_i64().unwrap_or(0),
        focus_notice: !wanted.at.is_empty() && rows.iter().all(|row| !row.focus),
        rows,
        shown,
        pager: Pager::new(shown, SIZE, wanted.page, base),
        wanted,
        last,
        lapsed: 0,
        round,
    }
}

/// What was done and what came of it, in words.
fn told(last: &Last, board: &Board, w: Words) -> String {
    let round = board.round();
    let mentee = |id: &Id| round.row_of(id).map_or("?", |row| round.mentees()[row].name.as_str()).to_owned();
    let mentor = |id: &Id| round.column_of(id).map_or("?", |column| round.mentor(column).name.as_str()).to_owned();
    let pair = |key, one: &Id, other: &Id| Say::new(key).with("mentee", mentee(one)).with("mentor", mentor(other));
    let done = match &last.act {
        Act::Lock { mentee, mentor } => pair("rounds-did-lock", mentee, mentor),
        Act::Forbid { mentee, mentor } => pair("rounds-did-forbid", mentee, mentor),
        Act::Allow { mentee, mentor } => pair("rounds-did-allow", mentee, mentor),
        Act::Give { mentee, mentor } => pair("rounds-did-give", mentee, mentor),
        Act::Unlock { mentee: id } => Say::new("rounds-did-unlock").with("mentee", mentee(id)),
        Act::Withdraw { mentee: id } => Say::new("rounds-did-withdraw").with("mentee", mentee(id)),
        Act::Return { mentee: id } => Say::new("rounds-did-return").with("mentee", mentee(id)),
        Act::Places { mentor: id, .. } => Say::new("rounds-did-places").with("mentor", mentor(id)),
    };
    let change = &last.change;
    let mut parts = vec![w.page(&done), w.n("rounds-moved", change.moved.len())];
    if last.undone {
        parts[0] = w.x("rounds-undone", parts[0].as_str());
    }
    parts.push(w.x("rounds-total-change", w.signed(change.points)));
    if change.pairs != 0 {
        parts.push(w.x("rounds-pairs-change", w.signed(change.pairs)));
    }
    parts.join(" ")
}

/// An act as posted.
#[derive(Deserialize)]
pub(in crate::web) struct Posted {
    act: String,
    version: i64,
    #[serde(default)]
    mentee: String,
    #[serde(default)]
    mentor: String,
    places: Option<u32>,
    #[serde(default)]
    back: String,
}

impl Posted {
    fn act(&self) -> Result<Act, Error> {
        let mentee = || identity(&self.mentee);
        let mentor = || identity(&self.mentor);
        Ok(match self.act.as_str() {
            "lock" => Act::Lock { mentee: mentee()?, mentor: mentor()? },
            "unlock" => Act::Unlock { mentee: mentee()? },
            "forbid" => Act::Forbid { mentee: mentee()?, mentor: mentor()? },
            "allow" => Act::Allow { mentee: mentee()?, mentor: mentor()? },
            "places" => Act::Places { mentor: mentor()?, places: self.places.ok_or(Error::NotFound)? },
            "give" => Act::Give { mentee: mentee()?, mentor: mentor()? },
            "withdraw" => Act::Withdraw { mentee: mentee()? },
            "return" => Act::Return { mentee: mentee()? },
            _ => return Err(Error::NotFound),
        })
    }

    /// Back to a page of the same round; on the board, to the mentee of the act.
    fn back(&self, id: &Id, at: Option<&Id>) -> Redirect {
        let base = format!("/rounds/{id}");
        let own = self.back.starts_with(&base) && !self.back.contains(['\r', '\n']);
        let (path, asked) = self.back.split_once('?').unwrap_or((&self.back, ""));
        match at {
            Some(at) if !own || path == base => {
                let kept = asked.split('&').filter(|part| own && !part.is_empty() && !part.starts_with("at="));
                let parts: Vec<String> = kept.map(str::to_owned).chain([format!("at={at}")]).collect();
                Redirect::to(&format!("{base}?{}", parts.join("&")))
            }
            _ => Redirect::to(if own { &self.back } else { &base }),
        }
    }
}

/// Does one act on the board.
pub(in crate::web) async fn act(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Answer {
    let id = identity(&id)?;
    let act = posted.act()?;
    let (row, opened) = app.board(&asked, &id).await?;
    expect(&row, posted.version)?;
    let worked = tokio::task::spawn_blocking(move || {
        let mut board = opened.board.clone();
        let change = board.act(&act).map_err(Error::Refused)?;
        let proposals = proposals(&board)?;
        Ok::<_, Error>((board, Last { change, act, undone: false }, proposals))
    });
    let (board, last, proposals) = worked.await??;
    asked.within().save_round(&id, posted.version, board.acts(), &proposals, &asked.stamp(&app)).await?;
    let at = board.acts().last().and_then(Act::mentee).cloned();
    app.keep_board(&id, Arc::new(Opened { board, version: posted.version + 1, last: Some(last) }));
    Ok(posted.back(&id, at.as_ref()).into_response())
}

/// Takes the last act back.
pub(in crate::web) async fn undo(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Answer {
    let id = identity(&id)?;
    let (mut row, opened) = app.board(&asked, &id).await?;
    expect(&row, posted.version)?;
    let Some(taken_back) = row.acts.pop() else {
        return Ok(posted.back(&id, None).into_response());
    };
    let at = taken_back.mentee().cloned();
    let worked = tokio::task::spawn_blocking(move || {
        let round = Arc::clone(opened.board.round_arc());
        let board = Board::replay(round, &row.acts, &matching::Control::default())?;
        let proposals = proposals(&board)?;
        let change = opened.board.difference(&board);
        Ok::<_, Error>((board, Last { change, act: taken_back, undone: true }, proposals))
    });
    let (board, last, proposals) = worked.await??;
    asked.within().save_round(&id, posted.version, board.acts(), &proposals, &asked.stamp(&app)).await?;
    app.keep_board(&id, Arc::new(Opened { board, version: posted.version + 1, last: Some(last) }));
    Ok(posted.back(&id, at.as_ref()).into_response())
}

/// Refuses an act on a board that is not the one the visitor saw.
fn expect(row: &RoundRow, version: i64) -> Result<(), Error> {
    if row.version == version && row.state == RoundState::Open {
        return Ok(());
    }
    Err(Error::Changed { by: row.changed_by.clone() })
}
