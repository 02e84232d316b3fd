//! Erasing whoever asks for it, or has been away for too long.
//!
//! What becomes of each column stands in `data.toml`; this file does what it says.

use jiff::civil::Date;
use mentoring::{Id, Mentee, Mentor};

use crate::Store;
use crate::account::address;
use crate::booking::drop_bookings;
use crate::companion::{release_all, release_person};
use crate::db::{Db, Tx, sql};
use crate::entry::{drop_room, drop_written};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::blank_mails;
use crate::phase::enter as enter_phase;
use crate::stamp::Stamp;

fn blank(role: &str, profile: &str) -> Result<String> {
    Ok(if role == "mentee" {
        serde_json::to_string(&serde_json::from_str::<Mentee>(profile)?.forgotten())?
    } else {
        serde_json::to_string(&serde_json::from_str::<Mentor>(profile)?.forgotten())?
    })
}

/// Takes the names out of what rounds saw, of one person or of whole rounds.
pub(crate) async fn blank_rounds(tx: &mut Tx, condition: &'static str, value: &str) -> Result<u64> {
    let query = sql("SELECT round, role, person, profile FROM round_person WHERE ").push(condition).value(value);
    let mut blanked = 0;
    for row in tx.all(query).await? {
        let (role, before) = (row.text(1)?, row.text(3)?);
        let after = blank(&role, &before)?;
        if after != before {
            let update = sql("UPDATE round_person SET profile = $1 WHERE round = $2 AND role = $3 AND person = $4");
            tx.run(update.bind(after).bind(row.text(0)?).bind(role).bind(row.text(2)?)).await?;
            // Boards in the memory of any server are then of an older version.
            tx.run(sql("UPDATE round SET version = version + 1 WHERE id = ").value(row.text(0)?)).await?;
            blanked += 1;
        }
    }
    Ok(blanked)
}

/// Ends the open pairs of whoever is erased, and takes out what was written about any of theirs.
async fn end_pairs(tx: &mut Tx, person: &str, day: Date, stamp: &Stamp) -> Result<()> {
    let open = "SELECT id, CASE WHEN started IS NULL THEN 'withdrawn' ELSE 'early' END FROM pair \
         WHERE closed IS NULL AND (mentee = $1 OR mentor = $1)";
    for row in tx.all(sql(open).bind(person)).await? {
        let (id, state) = (row.text(0)?, row.text(1)?);
        let end = sql("UPDATE pair SET closed = $1, state = $2, version = version + 1 WHERE id = $3");
        tx.run(end.bind(day.to_string()).bind(state.as_str()).bind(id.as_str())).await?;
        // The place is the mentor's again: one by one, because others may count theirs at the same time.
        let place = sql("UPDATE mentor SET used = used - 1 WHERE id = (SELECT mentor FROM pair WHERE id = $1)");
        tx.run(place.bind(id.as_str())).await?;
        if let Some(pair) = Id::parse(&id) {
            release_all(tx, &pair, true, day).await?;
        }
        enter_phase(tx, "pair", &id, &state, ("erased", ""), stamp).await?;
        note(tx, stamp, "pair", &id, "pair-erased", serde_json::json!({})).await?;
    }
    tx.run(sql("UPDATE pair SET words = '' WHERE mentee = $1 OR mentor = $1").bind(person)).await?;
    // Mails to the other one name them as well.
    for row in tx.all(sql("SELECT id FROM pair WHERE mentee = $1 OR mentor = $1").bind(person)).await? {
        let id = row.text(0)?;
        tx.run(blank_mails(format!("pair {id} %"))).await?;
        tx.run(blank_mails(format!("room % {id}%"))).await?;
        drop_bookings(tx, "occasion = 'meeting' AND subject = ", &id).await?;
        drop_room(tx, &id).await?;
        for row in tx.all(sql("SELECT id FROM companion WHERE pair = ").value(id.as_str())).await? {
            tx.run(blank_mails(format!("companion {}%", row.text(0)?))).await?;
        }
    }
    let said = "UPDATE follow_up SET words = '' WHERE pair IN (SELECT id FROM pair WHERE mentee = $1 OR mentor = $1)";
    tx.run(sql(said).bind(person)).await?;
    // Nobody can see to what nobody knows any more.
    let flags = "UPDATE flag SET words = '', outcome = '', ended_at = COALESCE(ended_at, $2) \
         WHERE pair IN (SELECT id FROM pair WHERE mentee = $1 OR mentor = $1)";
    tx.run(sql(flags).bind(person).bind(stamp.moment())).await?;
    // What a companion has asked in a pair that goes on without them.
    let own = "UPDATE flag SET words = '', outcome = '', person = '', side = '', \
         ended_at = COALESCE(ended_at, $2) WHERE person = $1";
    tx.run(sql(own).bind(person).bind(stamp.moment())).await.map(drop)
}

/// Erases a mentor or mentee: the row goes, or what is left of it says nothing but that there was a pair.
async fn erase_person(tx: &mut Tx, noun: &'static str, id: &str, day: Date, stamp: &Stamp) -> Result<()> {
    // Mentors first, then mentees, as an approval does; what is read after that nobody changes any more.
    for lock in [
        "SELECT id FROM mentor WHERE id = $1 OR id IN \
         (SELECT mentor FROM pair WHERE closed IS NULL AND mentee = $1) OR id IN \
         (SELECT companion.person FROM companion JOIN pair ON pair.id = companion.pair \
         WHERE companion.ended IS NULL AND (pair.mentee = $1 OR pair.mentor = $1)) ORDER BY id",
        "SELECT id FROM mentee WHERE id = $1 OR id IN \
         (SELECT mentee FROM pair WHERE closed IS NULL AND mentor = $1) OR id IN \
         (SELECT companion.person FROM companion JOIN pair ON pair.id = companion.pair \
         WHERE companion.ended IS NULL AND (pair.mentee = $1 OR pair.mentor = $1)) ORDER BY id",
    ] {
        tx.all(sql(lock).push(tx.engine().for_update()).bind(id)).await?;
    }
    if noun == "mentor" {
        let back = sql(
            "UPDATE mentee SET state = 'waiting' WHERE id IN (SELECT mentee FROM pair WHERE closed IS NULL AND mentor = ",
        );
        tx.run(back.value(id).push(")")).await?;
    }
    end_pairs(tx, id, day, stamp).await?;
    release_person(tx, id, day).await?;
    erase_applications(tx, "person = ", id).await?;
    blank_rounds(tx, "person = ", id).await?;
    tx.run(sql("DELETE FROM pledge WHERE mentor = ").value(id)).await?;
    for row in tx.all(sql("SELECT pair, id FROM companion WHERE person = ").value(id)).await? {
        let (pair, id) = (row.text(0)?, row.text(1)?);
        tx.run(blank_mails(format!("pair {pair} written %"))).await?;
        tx.run(blank_mails(format!("room % {pair}%"))).await?;
        tx.run(blank_mails(format!("companion {id}%"))).await?;
    }
    // The room is the two's own: of it goes what a companion has written, and no more.
    drop_written(tx, id).await?;
    tx.run(sql("DELETE FROM companion WHERE person = ").value(id)).await?;
    tx.run(sql("DELETE FROM reading WHERE noun = $1 AND subject = $2").bind(noun).bind(id)).await?;
    tx.run(sql("UPDATE event SET detail = '{}', salt = '' WHERE noun = $1 AND subject = $2").bind(noun).bind(id))
        .await?;
    let (select, update) = if noun == "mentee" {
        (
            "SELECT profile FROM mentee WHERE id = ",
            "UPDATE mentee SET name = '', email = '', sort = '', search = '', number = '', state = 'closed', \
             version = version + 1, profile = ",
        )
    } else {
        (
            "SELECT profile FROM mentor WHERE id = ",
            "UPDATE mentor SET name = '', email = '', sort = '', search = '', approved = 0, agreement_until = '', \
             pause_from = '', pause_until = '', used = 0, version = version + 1, profile = ",
        )
    };
    let Some(row) = tx.first(sql(select).value(id)).await? else { return Ok(()) };
    let after = blank(noun, &row.text(0)?)?;
    tx.run(sql(update).value(after).push(" WHERE id = ").value(id)).await?;
    let known = sql("SELECT id FROM pair WHERE mentee = $1 OR mentor = $1 UNION ALL \
         SELECT round FROM proposal WHERE mentee = $1 OR mentor = $1 LIMIT 1");
    if tx.first(known.bind(id)).await?.is_none() {
        let delete = if noun == "mentee" { "DELETE FROM mentee WHERE id = " } else { "DELETE FROM mentor WHERE id = " };
        tx.run(sql(delete).value(id)).await?;
    }
    Ok(())
}

/// Removes applications, with who has read them; that they were made stays, without a name.
pub(crate) async fn erase_applications(tx: &mut Tx, condition: &'static str, value: &str) -> Result<u64> {
    let mut gone = 0;
    for row in tx.all(sql("SELECT id FROM application WHERE ").push(condition).value(value)).await? {
        let id = row.text(0)?;
        drop_bookings(tx, "occasion = 'interview' AND subject = ", &id).await?;
        for statement in [
            "DELETE FROM interview WHERE application = ",
            "DELETE FROM reading WHERE noun = 'application' AND subject = ",
            "UPDATE event SET detail = '{}', actor = '', salt = '' WHERE noun = 'application' AND subject = ",
            "DELETE FROM application WHERE id = ",
        ] {
            tx.run(sql(statement).value(id.as_str())).await?;
        }
        gone += 1;
    }
    Ok(gone)
}

/// Enters an erasure in the ledger; the last of several is the one that counts.
async fn enter(tx: &mut Tx, person: &str, at: &str) -> Result<()> {
    let ledger = sql("INSERT INTO erasure (person, at) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET \
         at = CASE WHEN erasure.at < excluded.at THEN excluded.at ELSE erasure.at END");
    tx.run(ledger.bind(person).bind(at)).await.map(drop)
}

/// Erases everything under an address, but what must be kept without a name.
pub(crate) async fn erase_address(tx: &mut Tx, email: &str, day: Date, stamp: &Stamp) -> Result<()> {
    // The ledger knows whom by a digest only, so that a copy put back can be made to forget as well.
    enter(tx, Id::of("erasure", email).as_str(), &stamp.moment()).await?;
    for (noun, select) in [
        ("mentee", "SELECT id FROM mentee WHERE LOWER(email) = "),
        ("mentor", "SELECT id FROM mentor WHERE LOWER(email) = "),
    ] {
        for row in tx.all(sql(select).value(email)).await? {
            erase_person(tx, noun, &row.text(0)?, day, stamp).await?;
        }
    }
    erase_applications(tx, "email = ", email).await?;
    for delete in [
        "DELETE FROM mail WHERE LOWER(recipient) = ",
        "DELETE FROM bounce WHERE address = ",
        "DELETE FROM complaint WHERE email = ",
        "DELETE FROM link WHERE LOWER(email) = ",
    ] {
        tx.run(sql(delete).value(email)).await?;
    }
    let Some(row) = tx.first(sql("SELECT id, name FROM account WHERE email = ").value(email)).await? else {
        return Ok(());
    };
    let (account, name) = (row.text(0)?, row.text(1)?);
    // Staff stand by name beside what they did.
    for (table, columns) in [
        ("round", ["created_by", "changed_by"]),
        ("appointment", ["given_by", "ended_by"]),
        ("application", ["decided_by", "decided_by"]),
        ("flag", ["ended_by", "ended_by"]),
        ("interview", ["changed_by", "changed_by"]),
        ("complaint", ["ended_by", "ended_by"]),
        ("setting", ["changed_by", "changed_by"]),
        ("story", ["changed_by", "changed_by"]),
    ] {
        for column in columns.into_iter().filter(|_| !name.is_empty()) {
            let query = sql("UPDATE ").push(table).push(" SET ").push(column).push(" = '' WHERE ").push(column);
            tx.run(query.push(" = ").value(name.as_str())).await?;
        }
    }
    for of_account in [
        "DELETE FROM session WHERE account = ",
        "DELETE FROM feed WHERE account = ",
        "UPDATE booking SET host = NULL WHERE host = ",
        "DELETE FROM passkey WHERE account = ",
        "DELETE FROM identity WHERE account = ",
        "UPDATE reading SET reader = '' WHERE account = ",
        "UPDATE event SET actor = '', salt = '' WHERE account = ",
        "UPDATE event SET detail = '{}', actor = '', salt = '' WHERE noun = 'account' AND subject = ",
        "UPDATE account SET name = '', email = 'erased ' || id WHERE id = ",
    ] {
        tx.run(sql(of_account).value(account.as_str())).await?;
    }
    let kept = sql(
        "SELECT id FROM appointment WHERE account = $1 UNION ALL SELECT account FROM reading WHERE account = $1 LIMIT 1",
    );
    if tx.first(kept.bind(account.as_str())).await?.is_none() {
        tx.run(sql("DELETE FROM account WHERE id = ").value(account)).await?;
    }
    Ok(())
}

impl Store {
    /// Erases everybody and everything under an address. Done twice it does nothing more.
    ///
    /// # Errors
    /// [`Error::Appointed`] if the address is appointed to something: that ends first; or what the
    /// database says. Nothing has changed then.
    pub async fn erase(&self, email: &str, day: Date, stamp: &Stamp) -> Result<()> {
        let email = address(email);
        let mut tx = self.db.begin().await?;
        let held = sql("SELECT appointment.id FROM appointment JOIN account ON account.id = appointment.account \
             WHERE appointment.ended_at IS NULL AND account.email = ");
        if tx.first(held.value(email.as_str())).await?.is_some() {
            return Err(Error::Appointed);
        }
        erase_address(&mut tx, &email, day, stamp).await?;
        tx.commit().await?;
        self.forget().await
    }

    /// Leaves nothing of what has been deleted in the files beside the database.
    pub(crate) async fn forget(&self) -> Result<()> {
        if let Db::Sqlite { write, .. } = &self.db {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await?;
        }
        Ok(())
    }

    /// The ledger: whoever has been erased, by a digest of the address, and when, in UTC.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erased(&self) -> Result<Vec<(String, String)>> {
        let rows = self.db.all(sql("SELECT person, at FROM erasure ORDER BY at, person")).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// Erases those of a ledger who are here again, because an older copy has been put back. Whoever has
    /// come back of their own accord since, stays. Answers how many were erased.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_again(&self, ledger: &[(String, String)], day: Date, stamp: &Stamp) -> Result<u64> {
        let mut tx = self.db.begin().await?;
        for (person, at) in ledger {
            // The whole ledger goes into the copy, also for those who are not in this one.
            enter(&mut tx, person, at).await?;
        }
        tx.commit().await?;
        let query = sql("SELECT email, MIN(made) FROM (SELECT email, created_at AS made FROM account \
             UNION ALL SELECT LOWER(email), created_at FROM mentor UNION ALL SELECT LOWER(email), created_at FROM mentee \
             UNION ALL SELECT email, made_at FROM application) AS known GROUP BY email");
        let mut again = 0;
        for row in self.db.all(query).await? {
            let (email, made) = (row.text(0)?, row.text(1)?);
            let digest = Id::of("erasure", &email).to_string();
            if ledger.iter().any(|(person, at)| *person == digest && made < *at) {
                match self.erase(&email, day, stamp).await {
                    Ok(()) => again += 1,
                    Err(Error::Appointed) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(again)
    }
}
