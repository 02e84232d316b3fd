//! What time does to bookings: times that lapse, the question whether it took place, and the end with what they
//! belong to.

use mentoring::{Booking, Say};
use store::{Booked, BookingRow, Stamp};

use crate::mail::booking_told;
use crate::web::{App, Error};

async fn step(
    app: &App,
    row: &BookingRow,
    stamp: &Stamp,
    act: impl FnOnce(&mut Booking) -> Result<&'static str, Say>,
) -> bool {
    let done = async {
        let table = app.table(row.occasion, &row.subject, row.host.as_ref()).await?;
        let rule = |booking: &mut Booking| {
            let before = booking.clone();
            let kind = act(booking)?;
            Ok(Booked { kind, mails: booking_told(kind, (&before, booking), &table, None, stamp.at), met: None })
        };
        app.store.everywhere().change_booking(&row.booking.id, rule, stamp).await.map_err(Error::from)
    };
    match done.await {
        Ok(_) => true,
        // Another server has done it, or somebody has answered.
        Err(Error::Refused(_)) => false,
        Err(error) => {
            tracing::error!(booking = row.booking.id.as_str(), ?error, "a booking could not go on");
            false
        }
    }
}

/// Does what time does to bookings, and calls off those of pairs that are over and of applications that are decided.
///
/// # Errors
/// What the database says.
pub async fn pass(app: &App) -> store::Result<usize> {
    let now = app.now();
    let stamp = Stamp::program("time", now);
    let mut done = 0;
    for row in app.store.stray_bookings().await? {
        // What has begun is left to whoever was there.
        if !row.booking.has_begun(now) {
            done += usize::from(step(app, &row, &stamp, |booking| booking.cancel(now)).await);
        }
    }
    for row in app.store.bookings_due(now).await? {
        done += usize::from(step(app, &row, &stamp, |booking| booking.pass(now)).await);
    }
    if done > 0 {
        app.post.wake();
    }
    Ok(done)
}
