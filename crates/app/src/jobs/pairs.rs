//! What time does to pairs: reminders, proposals that go back, breaks that end; follow-ups, silence, and the end.

use jiff::Span;
use mentoring::{ANSWERED_WITHIN, Evidence, FlagKind, Id, Pair, Say, Step};
use store::{Done, Parties, Past, Stamp};

use crate::mail::{News, follow_up, told, year_over};
use crate::web::App;

/// Days after an evaluation has been asked for before it is asked for again.
const ASKED_AGAIN: i32 = 7;

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
    for past in app.store.past_their_day(today).await? {
        let (id, answers) = (&past.pair, past.answers());
        let waited = past.since.saturating_add(Span::new().days(ANSWERED_WITHIN)) < today;
        if !past.met && (answers >= 2 || waited) || answers == 0 && waited {
            app.store.notice(id, FlagKind::Over, today, &stamp).await?;
        } else if answers >= 2 || (answers == 1 && waited) {
            let evidence = Evidence { evaluated: true, met: past.met };
            completed += usize::from(step(app, id, &stamp, |pair| pair.complete(evidence, today)).await);
        } else if let Err(error) = remind_to_evaluate(app, &past, &stamp).await {
            tracing::error!(pair = id.as_str(), %error, "a pair could not be reminded");
        }
    }
    app.post.wake();
    Ok((asked, silent, completed))
}

/// Asks once more, when the last day has been, whoever has not said what the pair gave.
async fn remind_to_evaluate(app: &App, past: &Past, stamp: &Stamp) -> store::Result<()> {
    let silent = past.finals.iter().filter(|it| it.answer.is_none());
    let silent: Vec<_> =
        silent.filter(|it| it.asked.saturating_add(Span::new().days(ASKED_AGAIN)) <= app.today()).collect();
    if silent.is_empty() {
        return Ok(());
    }
    let (pair, both) = app.store.everywhere().pair_and_parties(&past.pair).await?;
    let programme = app.programme_name(&pair.programme).await?;
    for question in silent {
        app.store.queue_mail(&year_over(question, &pair, &both, &programme, stamp.at), stamp).await?;
    }
    Ok(())
}
