//! What is done about a flag, from the page of the pair or from the queue, and how it is taken back.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use mentoring::{FlagAct, Say};

use super::act::words;
use super::pair::page;
use crate::mail::nudged;
use crate::web::programmes::line;
use crate::web::state::Asked;
use crate::web::{Answer, App, Error, identity};

/// Where one goes on after something has been done: where one came from, and in the queue with the way back.
fn goes_on(posted: &[(String, String)], pair: &str, flag: Option<&str>) -> Redirect {
    match (line(posted, "from", 10).as_str(), flag) {
        ("home", Some(flag)) => Redirect::to(&format!("/home?pair={pair}&flag={flag}")),
        ("home", None) => Redirect::to("/home"),
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
    let (pair, known) = (&row.pair.id, identity(&flag)?);
    let act = line(&posted, "act", 10);
    if let Some(act) = FlagAct::from_code(&act) {
        let (_, both) = app.store.everywhere().pair_and_parties(pair).await?;
        let told = if act == FlagAct::Remind { nudged(&row.pair, &both, app.now()) } else { Vec::new() };
        let again = FlagAct::asked_on(app.today());
        within.act_on_flag(pair, &known, (act, again), &told, &stamp).await?;
        app.post.wake();
        return Ok(goes_on(&posted, &id, Some(&flag)).into_response());
    }
    let outcome = if act == "helped" { asked.w.t("pairs-flag-helped") } else { words(&posted) };
    if outcome.is_empty() {
        return page(&app, &asked, row, Some(asked.w.page(&Say::new("pairs-fault-outcome")))).await;
    }
    within.settle(pair, &known, &outcome, &stamp).await?;
    Ok(goes_on(&posted, &id, Some(&flag)).into_response())
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
        Ok(()) => Ok(goes_on(&posted, &id, None).into_response()),
        Err(error) => page(&app, &asked, row, Some(Error::from(error).beside_form(asked.w)?)).await,
    }
}
