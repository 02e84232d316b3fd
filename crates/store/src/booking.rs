//! Bookings: times that two people agree on, and the calendars they can subscribe to.

use jiff::Timestamp;
use mentoring::{Booking, Id, Meeting, Occasion, Purview, Right, Say, Seat};

use crate::Store;
use crate::account::address;
use crate::db::{Query, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::{NewMail, blank_mails, queue};
use crate::meeting::log;
use crate::phase::enter;
use crate::stamp::{Stamp, moment};
use crate::within::Within;

/// A booking, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingRow {
    /// The booking.
    pub booking: Booking,
    /// A meeting or an interview.
    pub occasion: Occasion,
    /// The pair, or the application.
    pub subject: Id,
    /// The account of whoever interviews; none for a meeting.
    pub host: Option<Id>,
}

/// A booking of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnBooking {
    /// Where one sits.
    pub seat: Seat,
    /// The booking.
    pub row: BookingRow,
    /// The name of the other one.
    pub other: String,
    /// Whether one takes part besides the two.
    pub companion: bool,
}

impl OwnBooking {
    /// Whether one is the interviewer: then it is done as staff, on the application's own page.
    pub fn is_interviewer(&self) -> bool {
        self.row.occasion == Occasion::Interview && self.seat == Seat::Host
    }
}

/// What an act on a booking has done.
#[derive(Clone, Debug)]
pub struct Booked {
    /// The event.
    pub kind: &'static str,
    /// Who is told.
    pub mails: Vec<NewMail>,
    /// The meeting that took place, if one did, and who says so.
    pub met: Option<(Seat, Meeting)>,
}

const COLUMNS: &str = "booking.body, booking.occasion, booking.subject, booking.host";

fn booking(row: &Row) -> Result<BookingRow> {
    Ok(BookingRow {
        booking: row.json(0)?,
        occasion: Occasion::from_code(&row.text(1)?).ok_or(Error::NotFound)?,
        subject: Id::parse(&row.text(2)?).ok_or(Error::NotFound)?,
        host: row.maybe(3)?.and_then(|id| Id::parse(&id)),
    })
}

fn select() -> Query {
    sql("SELECT ").push(COLUMNS).push(" FROM booking WHERE 1 = 1")
}

async fn tell(tx: &mut Tx, row: &BookingRow, done: &Booked, stamp: &Stamp) -> Result<()> {
    for mail in &done.mails {
        queue(tx, mail, stamp).await?;
    }
    if let Some((seat, met)) = &done.met {
        log(tx, &row.subject, Some(seat.side()), met, stamp).await?;
    }
    let detail = serde_json::json!({ "occasion": row.occasion.code(), "subject": row.subject });
    note(tx, stamp, "booking", row.booking.id.as_str(), done.kind, detail).await
}

impl Within<'_> {
    async fn may_reach(&self, occasion: Occasion, subject: &Id) -> Result<()> {
        match occasion {
            Occasion::Meeting => self.pair(subject).await.map(drop),
            Occasion::Interview => self.application(subject).await.map(drop),
        }
    }

    /// The bookings of a pair or an application, the latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn bookings(&self, occasion: Occasion, subject: &Id) -> Result<Vec<BookingRow>> {
        self.may_reach(occasion, subject).await?;
        let query = select().push(" AND occasion = ").value(occasion.code()).push(" AND subject = ");
        let query = query.value(subject.as_str()).push(" ORDER BY made_at DESC, id");
        self.db().all(query).await?.iter().map(booking).collect()
    }

    /// One booking.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn booking(&self, id: &Id) -> Result<BookingRow> {
        let row = self.db().first(select().push(" AND id = ").value(id.as_str())).await?.ok_or(Error::NotFound)?;
        let row = booking(&row)?;
        self.may_reach(row.occasion, &row.subject).await?;
        Ok(row)
    }

    /// Makes a booking; whoever asks for the same twice, by a second click, has asked once.
    ///
    /// # Errors
    /// [`Error::Changed`] if what it is about has ended meanwhile, or if an interview has been asked for by somebody
    /// else; [`Error::NotFound`], or what the database says.
    pub async fn make_booking(&self, new: &BookingRow, done: &Booked, stamp: &Stamp) -> Result<()> {
        self.may_reach(new.occasion, &new.subject).await?;
        let mut tx = self.db().begin().await?;
        let (lock, goes_on) = match new.occasion {
            Occasion::Meeting => ("SELECT state FROM pair WHERE id = $1", &["agreeing", "active", "paused"][..]),
            Occasion::Interview => ("SELECT state FROM application WHERE id = $1", &["sent"][..]),
        };
        let lock = sql(lock).push(tx.engine().for_update()).bind(new.subject.as_str());
        let state = tx.first(lock).await?.ok_or(Error::NotFound)?.text(0)?;
        let open = select().push(" AND state IN ('asked', 'booked') AND occasion = ").value(new.occasion.code());
        let open = tx.all(open.push(" AND subject = ").value(new.subject.as_str())).await?;
        let open: Vec<BookingRow> = open.iter().map(booking).collect::<Result<_>>()?;
        if open.iter().any(|row| row.booking.is_same(&new.booking)) {
            return Ok(());
        }
        // One interview is enough; the two of a pair may have several times ahead.
        if !goes_on.contains(&state.as_str()) || (new.occasion == Occasion::Interview && !open.is_empty()) {
            return Err(Error::Changed { by: String::new() });
        }
        let row: Vec<Value> = vec![
            new.booking.id.as_str().into(),
            new.occasion.code().into(),
            new.subject.as_str().into(),
            new.host.as_ref().map(ToString::to_string).into(),
            new.booking.code().into(),
            new.booking.due().map(moment).into(),
            serde_json::to_string(&new.booking)?.into(),
            stamp.moment().into(),
        ];
        let into = "INSERT INTO booking (id, occasion, subject, host, state, due, body, made_at) VALUES ";
        tx.insert(into, vec![row], "").await?;
        enter(&mut tx, "booking", new.booking.id.as_str(), new.booking.code(), (done.kind, ""), stamp).await?;
        tell(&mut tx, new, done, stamp).await?;
        tx.commit().await
    }

    /// Does something with a booking: the rule sees it as it is at this moment, and nobody else changes it
    /// meanwhile.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says; [`Error::NotFound`], or what the database says. Nothing has
    /// changed then.
    pub async fn change_booking(
        &self,
        id: &Id,
        rule: impl FnOnce(&mut Booking) -> std::result::Result<Booked, Say>,
        stamp: &Stamp,
    ) -> Result<BookingRow> {
        self.booking(id).await?;
        let mut tx = self.db().begin().await?;
        let query = select().push(" AND id = ").value(id.as_str()).push(tx.engine().for_update());
        let mut row = booking(&tx.first(query).await?.ok_or(Error::NotFound)?)?;
        let before = row.booking.code();
        let done = rule(&mut row.booking).map_err(Error::Refused)?;
        let now = &row.booking;
        let update = sql("UPDATE booking SET state = ").value(now.code()).push(", due = ");
        let update = update.value(now.due().map(moment)).push(", body = ").value(serde_json::to_string(now)?);
        tx.run(update.push(" WHERE id = ").value(id.as_str())).await?;
        if before != now.code() {
            enter(&mut tx, "booking", id.as_str(), now.code(), (done.kind, ""), stamp).await?;
        }
        tell(&mut tx, &row, &done, stamp).await?;
        tx.commit().await?;
        Ok(row)
    }
}

impl Store {
    /// Meetings that have a time, and of which nobody has told whether they took place: the pair of each, and when.
    pub(crate) async fn booked_meetings(&self) -> Result<Vec<(String, Timestamp)>> {
        let query =
            sql("SELECT subject, body FROM booking WHERE occasion = 'meeting' AND state IN ('asked', 'booked')");
        let mut all = Vec::new();
        for row in self.db.all(query).await? {
            let booking: Booking = row.json(1)?;
            if let Some(at) = booking.at() {
                all.push((row.text(0)?, at));
            }
        }
        Ok(all)
    }

    /// Bookings to which time does something by a moment, the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bookings_due(&self, now: Timestamp) -> Result<Vec<BookingRow>> {
        let query = select().push(" AND due IS NOT NULL AND due <= ").value(moment(now)).push(" ORDER BY due, id");
        self.db.all(query).await?.iter().map(booking).collect()
    }

    /// Open bookings of what has come to an end: pairs that are over, applications that are decided.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stray_bookings(&self) -> Result<Vec<BookingRow>> {
        let query = select().push(
            " AND due IS NOT NULL AND (occasion = 'meeting' AND subject IN \
             (SELECT id FROM pair WHERE closed IS NOT NULL) OR occasion = 'interview' AND subject IN \
             (SELECT id FROM application WHERE state <> 'sent')) ORDER BY id",
        );
        self.db.all(query).await?.iter().map(booking).collect()
    }

    /// The bookings of whoever has an address, the latest first: for what is about oneself only. Interviews that
    /// one holds are there for as long as one may change who takes part at the organisation.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_bookings(&self, email: &str) -> Result<Vec<OwnBooking>> {
        const PAIR: &str = " FROM booking JOIN pair ON pair.id = booking.subject JOIN mentee ON mentee.id = pair.mentee \
             JOIN mentor ON mentor.id = pair.mentor WHERE booking.occasion = 'meeting'";
        const APPLICATION: &str = " FROM booking JOIN application ON application.id = booking.subject \
             LEFT JOIN account ON account.id = booking.host WHERE booking.occasion = 'interview'";
        let email = address(email);
        let held = match self.account_by_email(&email).await? {
            Some(account) => self.appointments(&account.id).await?,
            None => Vec::new(),
        };
        let reach = Purview::of(&held, Right::ChangePeople, &self.organisations().await?);
        let mut own = Vec::new();
        const AS_MENTOR: &str = " AND EXISTS (SELECT 1 FROM companion JOIN mentor AS own ON own.id = companion.person \
             WHERE companion.pair = pair.id AND companion.side = 'mentor' AND companion.ended IS NULL \
             AND companion.agreed_at IS NOT NULL AND LOWER(own.email) = ";
        const AS_MENTEE: &str = " AND EXISTS (SELECT 1 FROM companion JOIN mentee AS own ON own.id = companion.person \
             WHERE companion.pair = pair.id AND companion.side = 'mentee' AND companion.ended IS NULL \
             AND companion.agreed_at IS NOT NULL AND LOWER(own.email) = ";
        for (seat, other, from, condition, end) in [
            (Seat::Host, ", mentee.name", PAIR, " AND LOWER(mentor.email) = ", ""),
            (Seat::Guest, ", mentor.name", PAIR, " AND LOWER(mentee.email) = ", ""),
            (Seat::Host, ", mentee.name", PAIR, AS_MENTOR, ")"),
            (Seat::Guest, ", mentor.name", PAIR, AS_MENTEE, ")"),
            (Seat::Guest, ", COALESCE(account.name, '')", APPLICATION, " AND application.email = ", ""),
            (Seat::Host, ", application.name, application.organisation", APPLICATION, " AND account.email = ", ""),
        ] {
            let companion = !end.is_empty();
            let query = sql("SELECT ").push(COLUMNS).push(other).push(from).push(condition).value(email.as_str());
            for row in self.db.all(query.push(end).push(" ORDER BY booking.made_at DESC, booking.id")).await? {
                let it = OwnBooking { seat, row: booking(&row)?, other: row.text(4)?, companion };
                if !it.is_interviewer() || reach.has(&row.text(5)?) {
                    own.push(it);
                }
            }
        }
        Ok(own)
    }

    /// Gives an account's calendar an address, by the digest of its secret; the one before is of no use any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn make_feed(&self, account: &Id, secret: &str, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row: Vec<Value> = vec![account.as_str().into(), secret.into(), stamp.moment().into()];
        let again = " ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at";
        tx.insert("INSERT INTO feed (account, secret, made_at) VALUES ", vec![row], again).await?;
        note(&mut tx, stamp, "account", account.as_str(), "feed-made", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Takes the address of an account's calendar away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_feed(&self, account: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        tx.run(sql("DELETE FROM feed WHERE account = ").value(account.as_str())).await?;
        note(&mut tx, stamp, "account", account.as_str(), "feed-dropped", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Since when an account's calendar has an address, in UTC; none if it has not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feed_since(&self, account: &Id) -> Result<Option<String>> {
        let query = sql("SELECT made_at FROM feed WHERE account = ").value(account.as_str());
        self.db.first(query).await?.map(|row| row.text(0)).transpose()
    }

    /// Whose calendar has an address, by the digest of its secret: the account's e-mail address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feed(&self, secret: &str) -> Result<Option<String>> {
        let query = sql("SELECT account.email FROM feed JOIN account ON account.id = feed.account WHERE secret = ");
        self.db.first(query.value(secret)).await?.map(|row| row.text(0)).transpose()
    }
}

/// Deletes bookings of which something holds, with what was written of them.
pub(crate) async fn drop_bookings(tx: &mut Tx, condition: &'static str, value: &str) -> Result<()> {
    for row in tx.all(sql("SELECT id FROM booking WHERE ").push(condition).value(value)).await? {
        let id = row.text(0)?;
        tx.run(blank_mails(format!("booking {id} %"))).await?;
        tx.run(sql("DELETE FROM phase WHERE noun = 'booking' AND subject = ").value(id.as_str())).await?;
        tx.run(sql("DELETE FROM booking WHERE id = ").value(id)).await?;
    }
    Ok(())
}
