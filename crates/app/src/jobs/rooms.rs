//! Rooms of pairs that have ended: kept a year, then destroyed; both are told twice before.

use mentoring::{Farewell, Idle};
use store::Stamp;

use crate::mail::room_ends;
use crate::web::App;

/// So many months a room is kept after its pair has ended.
const KEPT: u8 = 12;

/// Tells those whose room is soon destroyed, and destroys what has been kept long enough; answers how many rooms that
/// was. Nothing is destroyed that has not been offered twice.
///
/// # Errors
/// What the database says.
pub async fn clear_rooms(app: &App) -> store::Result<usize> {
    let (now, today) = (app.now(), app.today());
    let stamp = Stamp::program("disposal", now);
    let mut cleared = 0;
    for left in app.store.leftovers(today).await? {
        let told = async |which: &str| app.store.told_on(&format!("room {which} {}", left.pair)).await;
        let idle = Idle { since: left.closed, months: KEPT, first: told("first").await?, last: told("last").await? };
        let which = match idle.due(today) {
            None => continue,
            Some(Farewell::First) => "first",
            Some(Farewell::Last) => "last",
            Some(Farewell::Erase) => {
                app.store.clear_room(&left.pair, &stamp).await?;
                cleared += 1;
                continue;
            }
        };
        let (pair, both) = match app.store.everywhere().pair_and_parties(&left.pair).await {
            Ok(both) => both,
            Err(error) => {
                tracing::error!(pair = left.pair.as_str(), ?error, "nobody could be told that a room ends");
                continue;
            }
        };
        for mail in room_ends(&pair, &both, idle.erased_on(today), which, now) {
            app.store.queue_mail(&mail, &stamp).await?;
        }
        app.post.wake();
    }
    Ok(cleared)
}
