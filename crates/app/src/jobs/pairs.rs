//! What time does to pairs: reminders, proposals that go back, breaks that end; follow-ups, silence, and the end.

use mentoring::{Closing, Evaluation, Evidence, FlagKind, Id, Pair, Say, Step};
use store::{Done, Parties, Stamp};

use crate::mail::{News, follow_up, told, year_over};
use crate::web::App;

/// Does one thing to one pair and tells those it concerns; whether it was done. What goes wrong with one pair is
/// written down and keeps nobody else waiting.
async fn step(app: &App, id: &Id, stamp: &Stamp, act: impl FnOnce(&mut Pair) -> Result<Step, Say>) -> bool {
    let everywhere = app.store.everywhere();
    let done = async {
        let programme = app.programme_name(&everywhere.pair(id).await?.pair.programme).await?;
        let rule = |pair: &mut Pair, both: &Parties| {
            let before = pair.state;
            let step = act(pair)?;
            let (programme, booked) = (programme.as_str(), Vec::new());
            let mails =
                told(&News { step: &step, before: &before, pair, both, programme, by: None, booked, now: stamp.at });
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
    for (id, past) in app.store.past_their_day(today).await? {
        match past.due(today) {
            Some(Closing::Complete) => {
                let evidence = Evidence { evaluated: true, met: true };
                completed += usize::from(step(app, &id, &stamp, |pair| pair.complete(evidence, today)).await);
            }
            Some(Closing::Tell) => app.store.notice(&id, FlagKind::Over, today, &stamp).await?,
            Some(Closing::AskAgain(silent)) => {
                if let Err(error) = remind_to_evaluate(app, &id, &silent, &stamp).await {
                    tracing::error!(pair = id.as_str(), %error, "a pair could not be reminded");
                }
            }
            None => {}
        }
    }
    app.post.wake();
    Ok((asked, silent, completed))
}

/// Asks once more, when the last day has been, whoever has not said what the pair gave.
async fn remind_to_evaluate(app: &App, id: &Id, silent: &[Evaluation], stamp: &Stamp) -> store::Result<()> {
    let (pair, both) = app.store.everywhere().pair_and_parties(id).await?;
    let programme = app.programme_name(&pair.programme).await?;
    for it in silent {
        app.store.queue_mail(&year_over((it.side, it.asked), &pair, &both, &programme, stamp.at), stamp).await?;
    }
    Ok(())
}
