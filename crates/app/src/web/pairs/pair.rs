//! One pair as staff see it: who has the ball, what can be done, why the two, what has happened.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::Timestamp;
use mentoring::{EndReason, Evidence, FlagAct, Mentee, Mentor, NoReason, Occasion, PairState, Say, Side};
use store::{Companion, Flag, PairRow};

use super::act::{Act, evidence, words};
use super::timeline::{Moment, Told, timeline};
use super::told::{answers, ball, fitting, state};
use crate::record::Role;
use crate::web::programmes::line;
use crate::web::rounds::Told as Reasons;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, identity};

#[derive(Template)]
#[template(path = "pairs/pair.html")]
struct Page {
    frame: Frame,
    row: PairRow,
    state: String,
    ball: String,
    programme: String,
    mentee: Mentee,
    mentor: Mentor,
    reasons: Vec<Reasons>,
    moments: Vec<Moment>,
    /// Who takes part besides the two.
    companions: Vec<Companion>,
    flags: Vec<Flag>,
    /// What was asked, what the mentor said and what the mentee said.
    answers: Vec<(String, String, String)>,
    /// Whether anybody has accepted the agreement.
    agreed: bool,
    /// Whether somebody has answered the evaluation.
    evidence: Evidence,
    /// Whom the form answers for: the one who is asked, or who has not accepted yet.
    asked: Option<Side>,
    agreeing: Vec<Side>,
    /// Whether the mentee waits again, and is ours to match.
    waits: bool,
    now: Timestamp,
    fault: Option<String>,
}

impl Page {
    /// What has been done about a flag, and when.
    fn acted(&self, act: FlagAct, at: &str) -> String {
        let w = self.frame.w;
        w.page(&Say::new("pairs-flag-acted").with("act", act.names()).with("day", w.stored_day(at)))
    }

    /// Whether what was last done about a flag can be taken back.
    fn undoes(&self, flag: &Flag) -> bool {
        flag.may_undo(self.row.pair.is_open(), self.now).is_ok()
    }

    fn name(&self, side: Side) -> &str {
        if side == Side::Mentor { &self.row.mentor_name } else { &self.row.mentee_name }
    }
}

pub(super) async fn page(app: &App, asked: &Asked, row: PairRow, fault: Option<String>) -> Answer {
    let w = asked.w;
    let (mentee, mentor) = asked.within().both(&row.pair.id).await?;
    asked.reads(app, Role::Mentees, &[&mentee.id]).await?;
    asked.reads(app, Role::Mentors, &[&mentor.id]).await?;
    let to_answer = match row.pair.state {
        PairState::Asked { side, .. } => Some(side),
        _ => None,
    };
    let follow_ups = asked.within().follow_ups(&row.pair.id).await?;
    let held = asked.within().meetings(&row.pair.id).await?;
    let bookings = asked.within().bookings(Occasion::Meeting, &row.pair.id).await?;
    let phases = app.store.phases("pair", &row.pair.id).await?;
    let told = Told { row: &row, phases: &phases, meetings: &held, bookings: &bookings, follow_ups: &follow_ups };
    let moments = timeline(&told, None, app.now(), w);
    let page = Page {
        moments,
        answers: answers(&follow_ups, w),
        agreed: !asked.within().acceptances(&row.pair.id).await?.is_empty(),
        evidence: evidence(&row.pair, &follow_ups, &held),
        state: state(row.pair.state.code(), w),
        ball: ball(&row, w),
        programme: app.programme_name(&row.pair.programme).await?,
        reasons: Reasons::all(&fitting(app, &row.pair, (&mentee, &mentor)).await?, None, w),
        companions: asked.within().companions(&row.pair.id).await?,
        flags: asked.within().flags_of(&row.pair.id).await?,
        frame: asked.frame(app, "pairs"),
        waits: asked.purview.has(&mentee.organisation)
            && !mentee.paired
            && !app.store.everywhere().has_left(&mentee.id).await?,
        asked: to_answer,
        agreeing: row.pair.state.to_agree(),
        mentee,
        mentor,
        row,
        now: app.now(),
        fault,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.render()?)).into_response())
}

/// One pair.
pub(in crate::web) async fn pair(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    page(&app, &asked, row, None).await
}

/// Does something with a pair, or notes what one of the two has said by telephone.
pub(in crate::web) async fn act(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    let side = Side::from_code(&line(&posted, "side", 10)).unwrap_or(Side::Mentor);
    let done = match Act::of(&posted, side, asked.w.language) {
        Ok(act) => app.act_on(asked.within(), &row.pair, &act, (None, words(&posted)), &asked.stamp(&app)).await,
        Err(say) => Err(Error::Faulty(say)),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/pairs/{id}")).into_response()),
        Err(error) => page(&app, &asked, row, Some(error.beside_form(asked.w)?)).await,
    }
}
