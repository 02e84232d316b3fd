//! The promise of conduct and confidentiality, which mentors renew every year.

use jiff::Span;
use mentoring::PLEDGE_ASKED_BEFORE;
use store::Stamp;

use crate::mail::conduct;
use crate::web::App;

/// So many days before the end the second letter goes out.
const LAST: i32 = 7;

/// Asks those whose promise ends soon, a month and a week before; answers how many letters that may be. A letter that
/// has been written is not written again.
///
/// # Errors
/// What the database says.
pub async fn ask_to_pledge(app: &App) -> store::Result<usize> {
    let (now, today) = (app.now(), app.today());
    let stamp = Stamp::program("conduct", now);
    let by = today.saturating_add(Span::new().days(PLEDGE_ASKED_BEFORE));
    let soon = today.saturating_add(Span::new().days(LAST));
    let mentors = app.store.pledges_ending(today, by).await?;
    for mentor in &mentors {
        let language = app.language_of(&mentor.email, &mentor.languages).await?;
        let near = mentor.agreement_until.is_some_and(|until| until <= soon);
        let which = if near { "last" } else { "again" };
        app.store.queue_mail(&conduct(mentor, language, which, now), &stamp).await?;
    }
    Ok(mentors.len())
}
