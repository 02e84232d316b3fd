//! Work that is done at its time: each kind is one line that calls the store.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use mentoring::{ANSWERED_WITHIN, FlagKind, Id, Pair, Say, Step};
use store::{Disposed, Done, Job, Parties, Stamp};

use crate::clock::there;
use crate::mail::{farewell, follow_up, told};
use crate::web::App;

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

/// Does one thing to one pair and tells those it concerns; whether it was done. What goes wrong with one pair is
/// written down and keeps nobody else waiting.
async fn step(app: &App, id: &Id, stamp: &Stamp, act: impl FnOnce(&mut Pair) -> Result<Step, Say>) -> bool {
    let everywhere = app.store.everywhere();
    let done = async {
        let programme = app.programme_name(&everywhere.pair(id).await?.pair.programme).await?;
        let rule = |pair: &mut Pair, both: &Parties| {
            let before = pair.state;
            let step = act(pair)?;
            let mails = told(step.kind, (&before, pair), both, &programme, stamp.at);
            Ok(Done { mails, ..Done::from(step) })
        };
        everywhere.change_pair(id, rule, stamp).await
    };
    match done.await {
        Ok(_) => true,
        // Another server has done it, or somebody has answered.
        Err(store::Error::Refused(_)) => false,
        Err(error) => {
            tracing::error!(pair = id.as_str(), %error, "a pair could not go on");
            false
        }
    }
}

/// Does what time does to pairs: reminders, proposals that go back, breaks that end.
///
/// # Errors
/// What the database says.
pub async fn pass(app: &App) -> store::Result<usize> {
    let (now, today) = (app.now(), app.today());
    let stamp = Stamp::program("time", now);
    let mut done = 0;
    for pair in app.store.pairs_due(today).await? {
        done += usize::from(step(app, &pair.id, &stamp, |pair| pair.pass(today)).await);
    }
    if done > 0 {
        app.post.wake();
    }
    Ok(done)
}

/// Asks those whose turn it is, notices who has not answered, and closes pairs that both have evaluated.
/// Answers how many of each. Twice a day does nothing more than once.
///
/// # Errors
/// What the database says.
pub async fn look_after(app: &App) -> store::Result<(usize, usize, usize)> {
    let (now, today) = (app.now(), app.today());
    let stamp = Stamp::program("follow-up", now);
    let everywhere = app.store.everywhere();
    let (mut asked, mut completed) = (0, 0);
    for (id, course) in app.store.courses().await? {
        let Some(kind) = course.due(today) else { continue };
        let ask = async {
            let (pair, both) = everywhere.pair_and_parties(&id).await?;
            let programme = app.programme_name(&pair.programme).await?;
            app.store.ask(&id, kind, today, &follow_up(kind, &pair, &both, &programme, (today, now)), &stamp).await
        };
        match ask.await {
            Ok(()) => asked += 1,
            Err(error) => tracing::error!(pair = id.as_str(), %error, "a pair could not be asked"),
        }
    }
    let silent = app.store.notice_silence(today, &stamp).await?;
    for (id, answers, since) in app.store.past_their_day(today).await? {
        let waited = since.saturating_add(Span::new().days(ANSWERED_WITHIN)) < today;
        if answers == 0 && waited {
            app.store.notice(&id, FlagKind::Over, today, &stamp).await?;
        } else if answers >= 2 || (answers == 1 && waited) {
            completed += usize::from(step(app, &id, &stamp, |pair| pair.complete(true, today)).await);
        }
    }
    app.post.wake();
    Ok((asked, silent, completed))
}

async fn perform(app: &App, job: &Job) -> Result<(), String> {
    let (now, day) = (app.now(), app.today());
    let stamp = Stamp::program(&job.kind, now);
    let said = |error: store::Error| error.to_string();
    match job.kind.as_str() {
        DISPOSAL => {
            let Disposed { rows, reminded, people } = dispose(app, now, day).await.map_err(said)?;
            let end = app.store.chain_end().await.map_err(said)?;
            tracing::info!(rows, reminded, people, events = end.place, link = end.link, "disposed");
            app.post.wake();
            Ok(())
        }
        FOLLOW_UPS => {
            let (asked, silent, completed) = look_after(app).await.map_err(said)?;
            tracing::info!(asked, silent, completed, "followed up");
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
            app.store.seal(app.chance).await?;
            do_what_is_due(&app).await
        };
        if let Err(error) = done.await {
            tracing::error!(%error, "the jobs failed");
        }
        tokio::time::sleep(ROUND).await;
    }
}
