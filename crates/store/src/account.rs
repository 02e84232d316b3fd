//! Accounts: who can sign in, and what they are appointed to.

use mentoring::{Appointment, Id, Language, StaffRole};

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::{NewMail, queue};
use crate::person::sort_key;
use crate::stamp::Stamp;
use crate::within::Within;

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its identity.
    pub id: Id,
    /// E-mail address, in lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language of mails.
    pub language: Language,
}

/// An appointment in force, as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Its identity.
    pub id: Id,
    /// Whose it is.
    pub account: Account,
    /// What it is.
    pub held: Appointment,
    /// When it was given, in UTC.
    pub given_at: String,
    /// Who gave it.
    pub given_by: String,
    /// When the account was last seen, in UTC.
    pub seen_at: String,
    /// Whether the account can prove itself with a passkey or by a provider.
    pub proven: bool,
}

/// Whom to appoint to what.
#[derive(Clone, Debug)]
pub struct NewAppointment {
    /// Name, for a new account.
    pub name: String,
    /// Address.
    pub email: String,
    /// Language, for a new account.
    pub language: Language,
    /// What they are appointed to.
    pub held: Appointment,
}

const ACCOUNT: &str = "SELECT id, email, name, language FROM account WHERE 1 = 1";

/// An address as it is compared: without outer blanks, in lower case.
pub(crate) fn address(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(crate) fn account(row: &Row, from: usize) -> Result<Account> {
    Ok(Account {
        id: Id::parse(&row.text(from)?).ok_or(Error::NotFound)?,
        email: row.text(from + 1)?,
        name: row.text(from + 2)?,
        language: Language::from_tag(&row.text(from + 3)?).unwrap_or_default(),
    })
}

pub(crate) fn appointment(row: &Row, from: usize) -> Result<Option<Appointment>> {
    let role = StaffRole::from_code(&row.text(from)?);
    Ok(role.map(|role| Appointment { role, organisation: row.text(from + 1).unwrap_or_default() }))
}

/// The account of an address; a new one if there is none.
pub(crate) async fn account_for(
    tx: &mut Tx,
    email: &str,
    name: &str,
    language: Language,
    stamp: &Stamp,
) -> Result<Account> {
    let email = address(email);
    let id = Id::of("account", &format!("{email} {}", stamp.moment()));
    let row: Vec<Value> = vec![
        id.as_str().into(),
        email.as_str().into(),
        name.into(),
        language.tag().into(),
        stamp.moment().into(),
        String::new().into(),
    ];
    let into = "INSERT INTO account (id, email, name, language, created_at, seen_at) VALUES ";
    tx.insert(into, vec![row], " ON CONFLICT (email) DO NOTHING").await?;
    let found = tx.first(sql(ACCOUNT).push(" AND email = ").value(email)).await?.ok_or(Error::NotFound)?;
    let found = account(&found, 0)?;
    if found.id == id {
        note(tx, stamp, "account", id.as_str(), "account-added", serde_json::json!({})).await?;
    }
    Ok(found)
}

/// Appoints an account, which may hold the same already.
pub(crate) async fn appoint(tx: &mut Tx, account: &Id, held: &Appointment, stamp: &Stamp) -> Result<Id> {
    let id = Id::of("appointment", &format!("{account} {} {} {}", held.role.code(), held.organisation, stamp.moment()));
    let row: Vec<Value> = vec![
        id.as_str().into(),
        account.as_str().into(),
        held.role.code().into(),
        held.organisation.as_str().into(),
        stamp.moment().into(),
        stamp.by.as_str().into(),
    ];
    let into = sql("INSERT INTO appointment (id, account, role, organisation, given_at, given_by) VALUES ");
    let insert = into.rows(&[row]).push(" ON CONFLICT (account, role, organisation) WHERE ended_at IS NULL DO NOTHING");
    if tx.run(insert).await? == 0 {
        return Err(Error::Taken);
    }
    tx.run(sql("UPDATE session SET renew = 1 WHERE account = ").value(account.as_str())).await?;
    // A calendar that was subscribed to as a participant must not show whom one interviews: it is made anew.
    tx.run(sql("DELETE FROM feed WHERE account = ").value(account.as_str())).await?;
    note(tx, stamp, "account", account.as_str(), "appointed", serde_json::json!(held)).await?;
    Ok(id)
}

/// Whether an account can prove itself with a passkey or by a provider.
pub(crate) async fn is_proven(tx: &mut Tx, account: &Id) -> Result<bool> {
    let query = sql(PROVEN).bind(account.as_str());
    Ok(tx.first(query).await?.is_some())
}

const PROVEN: &str = "SELECT account FROM passkey WHERE account = $1 UNION ALL \
     SELECT account FROM identity WHERE account = $1 LIMIT 1";

/// Whoever loses a role signs in anew, everywhere.
async fn end_sessions(tx: &mut Tx, account: &Id) -> Result<()> {
    tx.run(sql("DELETE FROM session WHERE account = $1").bind(account.as_str())).await?;
    Ok(())
}

impl Store {
    /// An account by identity.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn account(&self, id: &Id) -> Result<Account> {
        let row = self.db.first(sql(ACCOUNT).push(" AND id = ").value(id.as_str())).await?;
        account(&row.ok_or(Error::NotFound)?, 0)
    }

    /// The account of an address, in any case.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<Account>> {
        let row = self.db.first(sql(ACCOUNT).push(" AND email = ").value(address(email))).await?;
        row.map(|row| account(&row, 0)).transpose()
    }

    /// What an account is appointed to now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn appointments(&self, account: &Id) -> Result<Vec<Appointment>> {
        let query = sql("SELECT role, organisation FROM appointment WHERE ended_at IS NULL AND account = ");
        let rows = self.db.all(query.value(account.as_str()).push(" ORDER BY given_at, id")).await?;
        Ok(rows.iter().map(|row| appointment(row, 0)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Whether anybody holds a role anywhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn anybody_is(&self, role: StaffRole) -> Result<bool> {
        let query = sql("SELECT id FROM appointment WHERE ended_at IS NULL AND role = ").value(role.code());
        Ok(self.db.first(query.push(" LIMIT 1")).await?.is_some())
    }

    /// Makes the first owner. Only as long as there is none: a second caller gets [`Error::Taken`].
    ///
    /// # Errors
    /// As said, or what the database says.
    pub async fn found(&self, new: &NewAppointment, stamp: &Stamp) -> Result<Account> {
        let mut tx = self.db.begin().await?;
        // Held until the end, so that of two callers the second sees the first's owner.
        tx.all(sql("SELECT code FROM organisation ORDER BY code").push(tx.engine().for_update())).await?;
        let owner = sql("SELECT id FROM appointment WHERE ended_at IS NULL AND role = ").value(StaffRole::Owner.code());
        if tx.first(owner).await?.is_some() {
            return Err(Error::Taken);
        }
        let account = account_for(&mut tx, &new.email, &new.name, new.language, stamp).await?;
        appoint(&mut tx, &account.id, &new.held, stamp).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Whether an invitation still invites: its appointment is in force, and the account has no other way
    /// in yet. One made by the operator names no appointment and always does.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invites(&self, account: &Id, appointment: &str) -> Result<bool> {
        if appointment.is_empty() {
            return Ok(true);
        }
        let held = sql("SELECT id FROM appointment WHERE ended_at IS NULL AND id = $1 AND account = $2");
        let held = self.db.first(held.bind(appointment).bind(account.as_str())).await?;
        Ok(held.is_some() && self.db.first(sql(PROVEN).bind(account.as_str())).await?.is_none())
    }

    /// Sends an account a new invitation, and notes who did.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invite_again(&self, account: &Id, mail: &NewMail, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        queue(&mut tx, mail, stamp).await?;
        note(&mut tx, stamp, "account", account.as_str(), "invited", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Notes that the operator has made a way in for an account.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_invitation(&self, account: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        note(&mut tx, stamp, "account", account.as_str(), "invited", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Writes to an account's address in another language from now on.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_language(&self, account: &Id, language: Language, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let update = sql("UPDATE account SET language = ").value(language.tag()).push(" WHERE id = ");
        tx.run(update.value(account.as_str())).await?;
        let detail = serde_json::json!({ "language": language.tag() });
        note(&mut tx, stamp, "account", account.as_str(), "language-chosen", detail).await?;
        tx.commit().await
    }

    /// The account of a participant: of an address that a mentor, mentee or applicant has. A new one if
    /// there is none yet; nothing if nobody has the address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn participant(&self, email: &str, language: Language, stamp: &Stamp) -> Result<Option<Account>> {
        if let Some(account) = self.account_by_email(email).await? {
            return Ok(Some(account));
        }
        let Some(name) = self.name_of(email).await? else { return Ok(None) };
        let mut tx = self.db.begin().await?;
        let account = account_for(&mut tx, email, &name, language, stamp).await?;
        tx.commit().await?;
        Ok(Some(account))
    }

    /// Notes that whoever has an address wants to stay, so that they are not idle; false if nobody has it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stay(&self, email: &str, language: Language, stamp: &Stamp) -> Result<bool> {
        let Some(account) = self.participant(email, language, stamp).await? else { return Ok(false) };
        let mut tx = self.db.begin().await?;
        let seen = sql("UPDATE account SET seen_at = $1 WHERE id = $2");
        tx.run(seen.bind(stamp.moment()).bind(account.id.as_str())).await?;
        note(&mut tx, stamp, "account", account.id.as_str(), "stayed", serde_json::json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The name of whoever has an address in the programme.
    ///
    /// # Errors
    /// What the database says.
    pub async fn name_of(&self, email: &str) -> Result<Option<String>> {
        let query = sql("SELECT name FROM account WHERE email = $1 UNION ALL \
             SELECT name FROM mentor WHERE LOWER(email) = $1 UNION ALL SELECT name FROM mentee WHERE LOWER(email) = $1 \
             UNION ALL SELECT name FROM application WHERE email = $1");
        self.db.first(query.bind(address(email))).await?.map(|row| row.text(0)).transpose()
    }
}

impl Within<'_> {
    /// Everybody appointed in the purview, in Swedish order of names.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staff(&self) -> Result<Vec<StaffRow>> {
        let query = sql("SELECT appointment.id, account.id, account.email, account.name, account.language, \
             appointment.role, appointment.organisation, appointment.given_at, appointment.given_by, account.seen_at, \
             CAST((SELECT COUNT(*) FROM passkey WHERE passkey.account = account.id) + \
             (SELECT COUNT(*) FROM identity WHERE identity.account = account.id) AS BIGINT) \
             FROM appointment JOIN account ON account.id = appointment.account WHERE appointment.ended_at IS NULL");
        let mut staff = Vec::new();
        for row in self.db().all(self.narrow(query, "appointment.organisation")).await? {
            let Some(held) = appointment(&row, 5)? else { continue };
            staff.push(StaffRow {
                id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
                account: account(&row, 1)?,
                held,
                given_at: row.text(7)?,
                given_by: row.text(8)?,
                seen_at: row.text(9)?,
                proven: row.number(10)? > 0,
            });
        }
        staff.sort_by_cached_key(|row| (sort_key(&row.account.name), row.id.clone()));
        Ok(staff)
    }

    /// Appoints somebody and queues the mail that tells them, if there is to be one, all in one. The mail
    /// knows whether they can prove themselves already: an account that can gets no new way in.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the organisation is beyond the purview, [`Error::Taken`] if they hold the
    /// same already, or what the database says.
    pub async fn appoint(
        &self,
        new: &NewAppointment,
        told: impl FnOnce(&Account, &Id, bool) -> Option<NewMail>,
        stamp: &Stamp,
    ) -> Result<Id> {
        if !self.purview.has(&new.held.organisation) {
            return Err(Error::NotFound);
        }
        let mut tx = self.db().begin().await?;
        let account = account_for(&mut tx, &new.email, &new.name, new.language, stamp).await?;
        let id = appoint(&mut tx, &account.id, &new.held, stamp).await?;
        let proven = is_proven(&mut tx, &account.id).await?;
        if let Some(mail) = told(&account, &id, proven) {
            queue(&mut tx, &mail, stamp).await?;
        }
        tx.commit().await?;
        Ok(account.id)
    }

    /// Ends an appointment; the account is signed out everywhere. The last owner stays.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::LastOwner`], or what the database says.
    pub async fn dismiss(&self, id: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db().begin().await?;
        // The owners are held first, so that two of them cannot end each other's at the same time.
        let owners = sql("SELECT id FROM appointment WHERE ended_at IS NULL AND role = 'owner' ORDER BY id");
        let owners = tx.all(owners.push(tx.engine().for_update())).await?;
        let query = sql("SELECT account, role, organisation FROM appointment WHERE ended_at IS NULL AND id = ");
        let row = tx.first(self.narrow(query.value(id.as_str()), "organisation")).await?.ok_or(Error::NotFound)?;
        let account = Id::parse(&row.text(0)?).ok_or(Error::NotFound)?;
        if row.text(1)? == StaffRole::Owner.code() && owners.len() < 2 {
            return Err(Error::LastOwner);
        }
        let end = sql("UPDATE appointment SET ended_at = $1, ended_by = $2 WHERE id = $3");
        tx.run(end.bind(stamp.moment()).bind(stamp.by.as_str()).bind(id.as_str())).await?;
        end_sessions(&mut tx, &account).await?;
        note(&mut tx, stamp, "account", account.as_str(), "dismissed", serde_json::json!(appointment(&row, 1)?))
            .await?;
        tx.commit().await
    }

    /// One appointment in force.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn appointment(&self, id: &Id) -> Result<StaffRow> {
        self.staff().await?.into_iter().find(|row| row.id == *id).ok_or(Error::NotFound)
    }
}
