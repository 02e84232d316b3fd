//! What is done about a flag, from the page of the pair or from the queue, and how it is taken back.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use mentoring::{FlagAct, Say};

use super::act::words;
use super::pair::page;
use super::told::HELPED;
use crate::mail::nudged;
use crate::web::programmes::line;
use crate::web::state::Asked;
use crate::web::{Answer, App, Error, identity};

/// Where one goes on after something has been done: where one came from; in the queue with the way back, or at the line.
fn goes_on(posted: &[(String, String)], pair: &str, flag: &str, done: bool) -> Redirect {
    let all = if line(posted, "all", 3).is_empty() { "" } else { "&all=1" };
    match line(posted, "from", 10).as_str() {
        "home" if done => Redirect::to(&format!("/home?pair={pair}&flag={flag}{all}")),
        "home" => Redirect::to(&format!("/home?back={flag}{all}")),
        _ => Redirect::to(&format!("/pairs/{pair}")),
    }
}

/// Settles a flag with what was done about it, or does something first.
pub(in crate::web) async fn settle(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, flag)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let (within, stamp) = (asked.within(), asked.stamp(&app));
    let row = within.pair(&identity(&id)?).await?;
    let (pair, known) = (&row.pair, identity(&flag)?);
    let act = line(&posted, "act", 10);
    if let Some(act) = FlagAct::from_code(&act) {
        let reminds = act == FlagAct::Remind;
        // Nobody is reminded of meetings that are over.
        if reminds && !(pair.is_open() && pair.state.has_room()) {
            return page(&app, &asked, row, Some(asked.w.page(&Say::new("pairs-fault-act")))).await;
        }
        let (_, both) = app.store.everywhere().pair_and_parties(&pair.id).await?;
        let told = if reminds {
            let past = pair.state.is_past(app.today());
            let mut unanswered = if past { within.follow_ups(&pair.id).await? } else { Vec::new() };
            unanswered.retain(|it| it.answer.is_none() && it.evaluates(&pair.state));
            nudged(pair, &known, &both, &unanswered, app.now())
        } else {
            Vec::new()
        };
        within.act_on_flag(&pair.id, &known, (act, app.today()), &told, &stamp).await?;
        app.post.wake();
        return Ok(goes_on(&posted, &id, &flag, true).into_response());
    }
    let outcome = if act == HELPED { HELPED.to_owned() } else { words(&posted) };
    if outcome.is_empty() {
        return page(&app, &asked, row, Some(asked.w.page(&Say::new("pairs-fault-outcome")))).await;
    }
    within.settle(&pair.id, &known, &outcome, &stamp).await?;
    Ok(goes_on(&posted, &id, &flag, true).into_response())
}

/// Takes back what was last done about a flag.
pub(in crate::web) async fn undo(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, flag)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    match asked.within().undo_flag(&row.pair.id, &identity(&flag)?, &asked.stamp(&app)).await {
        Ok(()) => Ok(goes_on(&posted, &id, &flag, false).into_response()),
        Err(error) => page(&app, &asked, row, Some(Error::from(error).beside_form(asked.w)?)).await,
    }
}
