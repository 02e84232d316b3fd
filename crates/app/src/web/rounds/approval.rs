//! Approving: proposals become pairs, all or some.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Id, Mentee, Mentor, Pair, Say, Setting, broken_since};
use serde::Deserialize;
use store::{Lapse, Parties, RoundRow, RoundState};

use crate::mail::proposed;
use crate::web::state::{Asked, Frame, Opened};
use crate::web::{Answer, App, Error, Words, identity};

#[derive(Template)]
#[template(path = "rounds/approval.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    pairs: Vec<Proposed>,
    lapsed: usize,
    /// Proposals ticked.
    ticked: usize,
    unmatched: usize,
}

/// A proposal to say yes or no to.
struct Proposed {
    mentee: Id,
    mentee_name: String,
    mentor: Id,
    mentor_name: String,
    points: u16,
    ticked: bool,
    /// Why it can no longer become a pair, if it cannot.
    lapse: Option<String>,
}

/// Proposals that can no longer become pairs, by mentee, each with the reason: what another round has
/// taken, and rules that are broken now by records changed since.
async fn lapsed(
    app: &App,
    asked: &Asked,
    round: &RoundRow,
    opened: &Arc<Opened>,
    w: Words,
) -> Result<HashMap<Id, String>, Error> {
    let taken = asked.within().lapsed(&round.id).await?;
    let mut lapsed: HashMap<Id, String> = taken
        .into_iter()
        .map(|(mentee, lapse)| {
            let text = match lapse {
                Lapse::Mentee => w.t("rounds-lapse-mentee"),
                Lapse::Mentor => w.t("rounds-lapse-mentor"),
                Lapse::Had => w.t("rounds-lapse-had"),
            };
            (mentee, text)
        })
        .collect();
    let pairs: Vec<(Id, Id)> =
        opened.board.pairs().map(|(mentee, mentor, _)| (mentee.id.clone(), mentor.id.clone())).collect();
    let ids = |of: fn(&(Id, Id)) -> &Id| pairs.iter().map(|pair| of(pair).clone()).collect::<Vec<_>>();
    let mentees: Vec<Mentee> = asked.within().some(&ids(|pair| &pair.0)).await?;
    let mentors: Vec<Mentor> = asked.within().some(&ids(|pair| &pair.1)).await?;
    let setting = today(app, round);
    let found = tokio::task::spawn_blocking(move || {
        let mentees: HashMap<&Id, &Mentee> = mentees.iter().map(|mentee| (&mentee.id, mentee)).collect();
        let mentors: HashMap<&Id, &Mentor> = mentors.iter().map(|mentor| (&mentor.id, mentor)).collect();
        let reason = |(mentee, mentor): &(Id, Id)| {
            let (Some(there), Some(whom)) = (mentees.get(mentee), mentors.get(mentor)) else {
                return Some((mentee.clone(), w.t("rounds-lapse-gone")));
            };
            let broken = broken_since(there, whom, &setting)?;
            Some((mentee.clone(), w.say(&broken.say)))
        };
        pairs.iter().filter_map(reason).collect::<Vec<_>>()
    });
    for (mentee, reason) in found.await? {
        lapsed.entry(mentee).or_insert(reason);
    }
    Ok(lapsed)
}

/// The round's rules as of today: an agreement may have run out since.
fn today(app: &App, round: &RoundRow) -> Setting {
    Setting { today: app.today(), ..round.setting.clone() }
}

#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    /// `none` to start with nothing ticked.
    #[serde(default)]
    tick: String,
}

/// Every proposal to be looked through once more.
pub(in crate::web) async fn approval(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&asked, &id).await?;
    if round.state == RoundState::Approved {
        return Ok(Redirect::to(&format!("/rounds/{id}")).into_response());
    }
    let lapsed = lapsed(&app, &asked, &round, &opened, asked.w).await?;
    let proposed = |(mentee, mentor, points): (&Mentee, &Mentor, u16)| {
        let lapse = lapsed.get(&mentee.id).cloned();
        Proposed {
            mentee: mentee.id.clone(),
            mentee_name: mentee.name.clone(),
            mentor: mentor.id.clone(),
            mentor_name: mentor.name.clone(),
            points,
            ticked: lapse.is_none() && wanted.tick != "none",
            lapse,
        }
    };
    let mut pairs: Vec<Proposed> = opened.board.pairs().map(proposed).collect();
    // What needs a decision comes first.
    pairs.sort_by_cached_key(|pair| (pair.lapse.is_none(), store::sort_key(&pair.mentee_name)));
    let frame = asked.frame(&app, "rounds");
    let lapsed = pairs.iter().filter(|pair| pair.lapse.is_some()).count();
    let ticked = pairs.iter().filter(|pair| pair.ticked).count();
    let page = Page { frame, round, pairs, lapsed, ticked, unmatched: opened.board.unmatched() };
    Ok(Html(page.render()?).into_response())
}

/// Makes pairs of the chosen proposals, all in one.
pub(in crate::web) async fn approve(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let id = identity(&id)?;
    let version =
        posted.iter().find(|(key, _)| key == "version").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let chosen: Vec<Id> =
        posted.iter().filter(|(key, _)| key == "mentee").filter_map(|(_, value)| Id::parse(value)).collect();
    if chosen.is_empty() {
        return Err(Error::Faulty(Say::new("rounds-none-chosen")));
    }
    let setting = today(&app, &asked.within().round(&id).await?);
    let rule = move |mentee: &Mentee, mentor: &Mentor| broken_since(mentee, mentor, &setting).map(|broken| broken.say);
    let programmes = app.store.programmes().await?;
    let now = app.now();
    let told = |pair: &Pair, both: &Parties| {
        let programme = programmes.iter().find(|it| it.code == pair.programme).map_or("", |it| it.name.as_str());
        proposed(pair, both, programme, now)
    };
    let stamp = asked.stamp(&app);
    let approved = asked.within().approve(&id, version, &chosen, rule, told, app.today(), &stamp).await;
    app.post.wake();
    let outcome = approved.map_err(|error| match error {
        store::Error::Broken { mentee, why } => {
            Error::Faulty(Say::new("rounds-lapsed-one").with("mentee", mentee).with("reason", asked.w.say(&why)))
        }
        other => other.into(),
    })?;
    Ok(Redirect::to(&format!("/pairs?made={}", outcome.pairs)).into_response())
}
