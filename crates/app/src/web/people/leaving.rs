//! A mentor who leaves: every pair of theirs ends without blame, and every mentee waits again from the day they first
//! did.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::Mentor;
use store::PairRow;

use crate::web::pairs::{Act, state};
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, identity};

#[derive(Template)]
#[template(path = "people/leaving.html")]
struct Page {
    frame: Frame,
    mentor: Mentor,
    /// Pairs and proposals that end with it.
    pairs: Vec<PairRow>,
}

async fn open_pairs(asked: &Asked, mentor: &Mentor) -> Result<Vec<PairRow>, Error> {
    let all = asked.within().pairs_of(&mentor.id).await?;
    Ok(all.into_iter().filter(|row| row.pair.is_open() && row.pair.mentor == mentor.id).collect())
}

/// Says what ends with it, before anything does.
pub(in crate::web) async fn ask_leave(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let (mentor, _) = asked.within().one::<Mentor>(&identity(&id)?).await?;
    let pairs = open_pairs(&asked, &mentor).await?;
    Ok(Html(Page { frame: asked.frame(&app, "mentors"), mentor, pairs }.render()?).into_response())
}

/// Lets a mentor leave. First nobody is proposed to them any more, then what they have begun ends: stopped in
/// between, it can be done again.
pub(in crate::web) async fn mentor_leaves(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let stamp = asked.stamp(&app);
    let (mut mentor, version) = asked.within().one::<Mentor>(&identity(&id)?).await?;
    if !mentor.left {
        mentor.leave();
        asked.within().save(&mentor, version, &["left"], &stamp).await?;
    }
    for row in open_pairs(&asked, &mentor).await? {
        match app.act_on(asked.within(), &row.pair, &Act::MentorLeaves, (None, String::new()), &stamp).await {
            // Somebody has ended it meanwhile.
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    for (pair, companion) in app.store.companionships(&mentor.id).await? {
        app.store.everywhere().part(&pair, &companion, app.today(), &stamp).await?;
    }
    Ok(Redirect::to(&format!("/mentors/{id}")).into_response())
}
