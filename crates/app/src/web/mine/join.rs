//! Taking part in a pair besides the two: the agreement first, by the link of a letter.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Id, Pair, Say};
use store::{Companion, Parties, Stamp};

use crate::mail::{JOINING, joined};
use crate::secret::digest;
use crate::web::pairs::{agreement, words};
use crate::web::programmes::line;
use crate::web::site::html;
use crate::web::state::{Frame, Open};
use crate::web::{Answer, App, Error, Words, identity};

#[derive(Template)]
#[template(path = "mine/join.html")]
struct Page {
    frame: Frame,
    path: String,
    who: Companion,
    mentor: String,
    mentee: String,
    agreement: String,
    digest: String,
    /// Whether they have just said no.
    declined: bool,
    fault: Option<String>,
}

/// Somebody who is to take part.
struct Guest {
    who: Companion,
    pair: Pair,
    both: Parties,
    path: String,
}

async fn guest(app: &App, secret: &str) -> Result<Guest, Error> {
    let link = app.store.link(&digest(secret), JOINING, app.now()).await?.ok_or(Error::Ended)?;
    let id: Id = identity(&link.subject)?;
    let (pair, who) = app.store.companion(&id).await.map_err(|_| Error::Ended)?;
    if who.email.trim().to_lowercase() != link.email.trim().to_lowercase() {
        return Err(Error::Ended);
    }
    let (pair, both) = app.store.everywhere().pair_and_parties(&pair).await.map_err(|_| Error::Ended)?;
    Ok(Guest { who, pair, both, path: format!("/join/{secret}") })
}

async fn page(app: &App, frame: Frame, guest: Guest, declined: bool, fault: Option<String>) -> Answer {
    let text = agreement(app, frame.w.language).await?;
    let page = Page {
        path: guest.path,
        who: guest.who,
        mentor: guest.both.mentor.name,
        mentee: guest.both.mentee.name,
        agreement: html(&text),
        digest: digest(&text),
        declined,
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// Shows what one is asked to take part in; looking accepts nothing.
pub(in crate::web) async fn ask_join(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    let guest = guest(&app, &secret).await?;
    page(&app, open.frame(&app, ""), guest, false, None).await
}

/// Says no: the place is free again, and the coordinator is told.
async fn decline(app: &App, guest: &Guest, posted: &[(String, String)], w: Words) -> Result<(), Error> {
    let (everywhere, stamp) = (app.store.everywhere(), Stamp::program("link", app.now()));
    let Guest { who, pair, .. } = guest;
    let said = format!("{}\n{}", w.x("mine-join-says-no", who.name.as_str()), words(posted));
    let said = (&app.new_id(), said.trim());
    Ok(everywhere.companion_declines(&pair.id, &who.id, said, app.today(), &stamp).await?)
}

/// Accepts the agreement, and with it takes part, or says no.
pub(in crate::web) async fn join(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let w = open.w;
    let guest = guest(&app, &secret).await?;
    if line(&posted, "act", 10) == "no" {
        let fault = match decline(&app, &guest, &posted, w).await {
            Ok(()) => None,
            Err(error) => Some(error.beside_form(w)?),
        };
        return page(&app, open.frame(&app, ""), guest, fault.is_none(), fault).await;
    }
    let text = agreement(&app, w.language).await?;
    let fault = if line(&posted, "independent", 10).is_empty() {
        Some("pairs-fault-independent")
    } else if line(&posted, "agreement", 100) != digest(&text) {
        Some("mine-agreement-changed")
    } else {
        None
    };
    if let Some(key) = fault {
        return page(&app, open.frame(&app, ""), guest, false, Some(w.page(&Say::new(key)))).await;
    }
    let now = app.now();
    let told = joined(&guest.pair, &guest.who, &guest.both, now);
    let stamp = Stamp::program("link", now);
    let everywhere = app.store.everywhere();
    let done = everywhere.companion_agrees(&guest.pair.id, &guest.who.id, (w.language, &text), &told, &stamp).await;
    app.post.wake();
    match done {
        Ok(()) => Ok(Redirect::to(&guest.path).into_response()),
        Err(error) => page(&app, open.frame(&app, ""), guest, false, Some(Error::from(error).beside_form(w)?)).await,
    }
}
