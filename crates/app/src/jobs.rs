//! Work that is done at its time: each kind is one line that calls the store.

mod bookings;
mod conduct;
mod pairs;
mod rooms;

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mentoring::Id;
use store::{Disposed, Job, Stamp};

use crate::clock::there;
use crate::mail::farewell;
use crate::web::App;

pub use bookings::pass as pass_bookings;
pub use conduct::ask_to_pledge;
pub use pairs::{look_after, pass};
pub use rooms::clear_rooms;

/// A day's disposal of what has been kept as long as promised.
const DISPOSAL: &str = "disposal";
/// A day's follow-ups: questions, silence noticed, and pairs past their last day.
const FOLLOW_UPS: &str = "follow-ups";
/// Somebody's erasure, once the days to change one's mind are over.
const ERASURE: &str = "erasure";

/// So long whoever asks to be erased can change their mind.
pub const REGRET: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How often the program looks for work.
const ROUND: Duration = Duration::from_secs(20);

/// The name of an account's erasure.
pub fn erasure_of(account: &Id) -> String {
    format!("{ERASURE} {account}")
}

/// Plans an account's erasure; answers when it is due.
///
/// # Errors
/// What the database says.
pub async fn plan_erasure(app: &App, account: &Id) -> store::Result<Timestamp> {
    let now = app.now();
    let due = now.saturating_add(REGRET).unwrap_or(now);
    app.store.plan_job_again(ERASURE, &erasure_of(account), account.as_str(), due, now).await?;
    Ok(due)
}

/// Plans what is done every day, once whatever the number of servers.
async fn plan(app: &App) -> store::Result<()> {
    let now = app.now();
    let tonight = there(now).with().hour(3).minute(0).second(0).subsec_nanosecond(0).build();
    let due = tonight.map_or(now, |tonight| tonight.timestamp());
    app.store.plan_job(DISPOSAL, &format!("{DISPOSAL} {}", app.today()), "", due, now).await?;
    app.store.plan_job(FOLLOW_UPS, &format!("{FOLLOW_UPS} {}", app.today()), "", due, now).await
}

/// Does a day's disposal, with the questions to those who have been away for long.
///
/// # Errors
/// What the database says.
pub async fn dispose(app: &App, now: Timestamp, day: Date) -> store::Result<Disposed> {
    app.store.dispose(now, day, &|to| farewell(to, now)).await
}

async fn perform(app: &App, job: &Job) -> Result<(), String> {
    let (now, day) = (app.now(), app.today());
    let stamp = Stamp::program(&job.kind, now);
    let said = |error: store::Error| error.to_string();
    match job.kind.as_str() {
        DISPOSAL => {
            let Disposed { rows, reminded, people } = dispose(app, now, day).await.map_err(said)?;
            let rooms = clear_rooms(app).await.map_err(said)?;
            let end = app.store.chain_end().await.map_err(said)?;
            tracing::info!(rows, reminded, people, rooms, events = end.place, link = end.link, "disposed");
            app.post.wake();
            Ok(())
        }
        FOLLOW_UPS => {
            let (asked, silent, completed) = look_after(app).await.map_err(said)?;
            let promises = ask_to_pledge(app).await.map_err(said)?;
            tracing::info!(asked, silent, completed, promises, "followed up");
            Ok(())
        }
        ERASURE => {
            let id = Id::parse(&job.facts).ok_or("not an account")?;
            match app.store.account(&id).await {
                Ok(account) => app.store.erase(&account.email, day, &stamp).await.map_err(said),
                // Somebody has done it already.
                Err(store::Error::NotFound) => Ok(()),
                Err(error) => Err(error.to_string()),
            }
        }
        kind => Err(format!("{kind} is not known to this version of the program")),
    }
}

/// Does everything that is due now; answers how many jobs that were.
///
/// # Errors
/// What the database says.
pub async fn do_what_is_due(app: &App) -> store::Result<usize> {
    let mut done = 0;
    while let Some(job) = app.store.take_job(app.now()).await? {
        let fault = perform(app, &job).await.err();
        if let Some(fault) = &fault {
            tracing::error!(job = job.name, fault, "a job went wrong");
        }
        app.store.end_job(&job, fault.as_deref(), app.now()).await?;
        done += 1;
    }
    Ok(done)
}

/// Works until the program ends.
pub async fn work(app: Arc<App>) {
    loop {
        let done = async {
            plan(&app).await?;
            pass(&app).await?;
            pass_bookings(&app).await?;
            app.store.seal(app.chance).await?;
            do_what_is_due(&app).await
        };
        if let Err(error) = done.await {
            tracing::error!(%error, "the jobs failed");
        }
        tokio::time::sleep(ROUND).await;
    }
}
