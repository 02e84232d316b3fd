//! More people in a pair, as staff add them: a second mentor, a colleague of the mentee.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use mentoring::{Id, Mentee, Mentor, Say, Setting, Side, may_join_as_mentee, may_join_as_mentor};

use super::pair::page;
use crate::mail::joining;
use crate::web::programmes::line;
use crate::web::state::Asked;
use crate::web::{Answer, App, Error, identity};

/// Asks the rules, takes the place, and writes to whoever is to take part.
async fn add(app: &App, asked: &Asked, pair: &Id, side: Side, email: &str) -> Result<(), Error> {
    let unknown = || Error::Faulty(Say::new("pairs-companion-unknown").with("x", email));
    let within = asked.within();
    let (known, both) = app.store.everywhere().pair_and_parties(pair).await?;
    // The two may have applied for another programme since.
    let first = Mentee { programme: known.programme.clone(), ..both.mentee.clone() };
    let (person, name, language) = match side {
        Side::Mentor => {
            let id = within.by_email::<Mentor>(email).await?.ok_or_else(unknown)?;
            let (mentor, _) = within.one::<Mentor>(&id).await?;
            let programmes = app.store.programmes().await?;
            let setting = Setting { programmes, today: app.today(), shared: true, most_pairs: false };
            may_join_as_mentor(&mentor, &first, &setting).map_err(Error::Refused)?;
            let language = app.language_of(&mentor.email, &mentor.languages).await?;
            (id, mentor.name, language)
        }
        Side::Mentee => {
            let id = within.by_email::<Mentee>(email).await?.ok_or_else(unknown)?;
            let (mentee, _) = within.one::<Mentee>(&id).await?;
            may_join_as_mentee(&mentee, &first).map_err(Error::Refused)?;
            let language = app.language_of(&mentee.email, &mentee.languages).await?;
            (id, mentee.name, language)
        }
    };
    let (id, now) = (app.new_id(), app.now());
    let told = [joining(&id, (&name, email, language), side, &both, now)];
    within.join(&id, (pair, side, &person), app.today(), &told, &asked.stamp(app)).await?;
    app.post.wake();
    Ok(())
}

/// Adds somebody to a pair, who takes part once they have accepted the agreement.
pub(in crate::web) async fn add_companion(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    let side = Side::from_code(&line(&posted, "side", 10)).unwrap_or(Side::Mentor);
    let email = line(&posted, "email", 200);
    match add(&app, &asked, &row.pair.id, side, &email).await {
        Ok(()) => Ok(Redirect::to(&format!("/pairs/{id}")).into_response()),
        Err(error) => page(&app, &asked, row, Some(error.beside_form(asked.w)?)).await,
    }
}

/// Ends somebody's taking part.
pub(in crate::web) async fn drop_companion(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, companion)): Path<(String, String)>,
) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    asked.within().part(&row.pair.id, &identity(&companion)?, app.today(), &asked.stamp(&app)).await?;
    Ok(Redirect::to(&format!("/pairs/{id}")).into_response())
}
