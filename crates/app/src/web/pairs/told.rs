//! A pair in words: where it stands, who has the ball, what has happened, and why the two were put together.

use mentoring::{Ending, Fit, Meeting, Mentee, Mentor, Pair, PairState, Say, Setting, Side, fit};
use store::{Flag, FollowUp, PairRow};

use crate::web::mine::{answer_in_words, reached_in_words};
use crate::web::words::capital;
use crate::web::{App, Error, Words};

/// The name of a state, also of those that carry data.
pub(in crate::web) fn state(code: &str, w: Words) -> String {
    match code {
        "asked-mentor" => w.t("pairs-state-asked-mentor"),
        "asked-mentee" => w.t("pairs-state-asked-mentee"),
        "agreeing" => w.t("pairs-state-agreeing"),
        "active" => w.t("pairs-state-active"),
        "paused" => w.t("pairs-state-paused"),
        code => Ending::from_code(code).map_or_else(String::new, |ending| w.label(ending.names())),
    }
}

/// Where a pair stands and who has to do something, for somebody who sees both.
pub(in crate::web) fn ball(row: &PairRow, w: Words) -> String {
    let named = |key, name: &str, day: String| w.page(&Say::new(key).with("x", name).with("day", day));
    match row.pair.state {
        PairState::Asked { side, due, .. } => {
            let name = if side == Side::Mentor { &row.mentor_name } else { &row.mentee_name };
            named("pairs-ball-asked", name, w.day(due))
        }
        PairState::Agreeing { mentor, mentee, since, .. } => match (mentor, mentee) {
            (None, None) => named("pairs-ball-agreeing", "", w.day(since)),
            (None, Some(_)) => named("pairs-ball-agrees", &row.mentor_name, w.day(since)),
            _ => named("pairs-ball-agrees", &row.mentee_name, w.day(since)),
        },
        PairState::Active { term } => named("pairs-ball-active", "", w.day(term.until)),
        PairState::Paused { pause, .. } => named("pairs-ball-paused", "", w.day(pause.until)),
        PairState::Over { on, .. } => named("pairs-ball-over", "", w.day(on)),
    }
}

/// What a flag is about, in words: who has or wants something, or what the program has noticed.
pub(in crate::web) fn told_flag(flag: &Flag, w: Words) -> String {
    let what = w.name(flag.kind.names());
    let name = match flag.side {
        _ if !flag.name.is_empty() => &flag.name,
        Some(Side::Mentor) => &flag.mentor,
        Some(Side::Mentee) => &flag.mentee,
        None => return capital(what),
    };
    format!("{name} {what}")
}

/// What stands as the outcome of a flag when what was done has helped, and nothing more is said.
pub(in crate::web) const HELPED: &str = "helped";

/// What came of a flag, in words.
pub(in crate::web) fn told_outcome(flag: &Flag, w: Words) -> String {
    if flag.outcome == HELPED { w.t("pairs-flag-helped") } else { flag.outcome.clone() }
}

/// A meeting in words: the day, how long and how.
pub(in crate::web) fn told_meeting(held: Meeting, w: Words) -> String {
    let (day, form) = (w.day(held.day), w.name(held.form.names()));
    format!("{day}, {}, {form}", w.n("pairs-minutes", held.minutes))
}

/// What the two were asked and what they said: the day and question, then each side's answer.
pub(in crate::web) fn answers(all: &[FollowUp], w: Words) -> Vec<(String, String, String)> {
    let said = |of: &FollowUp, side| {
        let found = all.iter().find(|it| (it.kind, it.asked, it.side) == (of.kind, of.asked, side));
        let answer = found.and_then(|it| it.answer).map(|answer| answer_in_words(of.kind, answer, w));
        let words = found.map_or("", |it| it.words.as_str());
        let answer = answer.unwrap_or_else(|| w.t("pairs-no-answer"));
        let reached = found.and_then(|it| it.reached).map(|reached| w.x("pairs-reached", reached_in_words(reached, w)));
        let parts = [Some(answer), reached, (!words.is_empty()).then(|| words.to_owned())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    };
    let heading = |it: &FollowUp| format!("{}, {}", w.day(it.asked), w.name(it.kind.names()));
    let one = all.iter().filter(|it| it.side == Side::Mentor);
    one.map(|it| (heading(it), said(it, Side::Mentor), said(it, Side::Mentee))).collect()
}

/// What one of the two said to a question.
pub(super) fn said(it: &FollowUp, w: Words) -> String {
    it.answer.map_or_else(|| w.t("pairs-no-answer"), |answer| answer_in_words(it.kind, answer, w))
}

/// How the two fit, by their records as they are now.
pub(in crate::web) async fn fitting(
    app: &App,
    pair: &Pair,
    (mentee, mentor): (&Mentee, &Mentor),
) -> Result<Fit, Error> {
    let programmes = app.store.programmes().await?;
    let setting = Setting { programmes, today: app.today(), shared: true, most_pairs: false };
    // The mentee may have applied for another programme since.
    let mentee = Mentee { programme: pair.programme.clone(), ..mentee.clone() };
    Ok(fit(&mentee, mentor, &setting))
}
