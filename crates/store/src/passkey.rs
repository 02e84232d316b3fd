//! Passkeys, and identities at providers: how staff prove who they are.

use jiff::Timestamp;
use mentoring::Id;

use crate::Store;
use crate::account::{Account, account, is_proven};
use crate::db::{Row, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::stamp::{Stamp, moment};

/// A passkey as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyRow {
    /// The identity of the credential.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// The public part, as JSON.
    pub credential: String,
    /// When it was made, in UTC.
    pub made_at: String,
    /// When it was last used, in UTC.
    pub used_at: String,
}

fn passkey(row: &Row) -> Result<PasskeyRow> {
    Ok(PasskeyRow {
        id: row.text(0)?,
        name: row.text(1)?,
        credential: row.text(2)?,
        made_at: row.text(3)?,
        used_at: row.text(4)?,
    })
}

impl Store {
    /// The passkeys of an account, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn passkeys(&self, account: &Id) -> Result<Vec<PasskeyRow>> {
        let query = sql("SELECT id, name, credential, made_at, used_at FROM passkey WHERE account = ");
        let rows = self.db.all(query.value(account.as_str()).push(" ORDER BY made_at, id")).await?;
        rows.iter().map(passkey).collect()
    }

    /// A passkey, and whose it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_by_passkey(&self, id: &str) -> Result<Option<(Account, PasskeyRow)>> {
        let query = sql("SELECT passkey.id, passkey.name, passkey.credential, passkey.made_at, passkey.used_at, \
             account.id, account.email, account.name, account.language FROM passkey \
             JOIN account ON account.id = passkey.account WHERE passkey.id = ");
        let row = self.db.first(query.value(id)).await?;
        row.map(|row| Ok((account(&row, 5)?, passkey(&row)?))).transpose()
    }

    /// Keeps a new passkey; as the only way in, if those before are lost: they and every session end then.
    ///
    /// # Errors
    /// [`Error::Taken`] if it is known already, or what the database says.
    pub async fn add_passkey(
        &self,
        account: &Id,
        (id, name, credential): (&str, &str, &str),
        only: bool,
        stamp: &Stamp,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if only {
            for lost in ["DELETE FROM passkey WHERE account = ", "DELETE FROM session WHERE account = "] {
                tx.run(sql(lost).value(account.as_str())).await?;
            }
        }
        let row: Vec<Value> = vec![
            id.into(),
            account.as_str().into(),
            name.into(),
            credential.into(),
            stamp.moment().into(),
            String::new().into(),
        ];
        let insert = sql("INSERT INTO passkey (id, account, name, credential, made_at, used_at) VALUES ").rows(&[row]);
        if tx.run(insert.push(" ON CONFLICT (id) DO NOTHING")).await? == 0 {
            return Err(Error::Taken);
        }
        note(&mut tx, stamp, "account", account.as_str(), "passkey-added", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Writes down that a passkey has been used, with its counter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_passkey(&self, id: &str, credential: &str, now: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let query = sql("UPDATE passkey SET credential = $1, used_at = $2 WHERE id = $3");
        tx.run(query.bind(credential).bind(moment(now)).bind(id)).await?;
        tx.commit().await
    }

    /// Removes a passkey of an account, but not its last way in.
    ///
    /// # Errors
    /// [`Error::LastKey`], [`Error::NotFound`], or what the database says.
    pub async fn drop_passkey(&self, account: &Id, id: &str, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let query = sql("DELETE FROM passkey WHERE account = $1 AND id = $2");
        if tx.run(query.bind(account.as_str()).bind(id)).await? == 0 {
            return Err(Error::NotFound);
        }
        if !is_proven(&mut tx, account).await? {
            return Err(Error::LastKey);
        }
        note(&mut tx, stamp, "account", account.as_str(), "passkey-dropped", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Whose identity it is at a provider.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<Account>> {
        let query = sql("SELECT account.id, account.email, account.name, account.language FROM identity \
             JOIN account ON account.id = identity.account WHERE identity.issuer = $1 AND identity.subject = $2");
        let row = self.db.first(query.bind(issuer).bind(subject)).await?;
        row.map(|row| account(&row, 0)).transpose()
    }

    /// Ties an identity at a provider to an account.
    ///
    /// # Errors
    /// [`Error::Taken`] if it is somebody's already, or what the database says.
    pub async fn tie_identity(&self, account: &Id, issuer: &str, subject: &str, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row: Vec<Value> = vec![issuer.into(), subject.into(), account.as_str().into(), stamp.moment().into()];
        let insert = sql("INSERT INTO identity (issuer, subject, account, made_at) VALUES ").rows(&[row]);
        if tx.run(insert.push(" ON CONFLICT (issuer, subject) DO NOTHING")).await? == 0 {
            return Err(Error::Taken);
        }
        note(&mut tx, stamp, "account", account.as_str(), "identity-tied", serde_json::json!({ "issuer": issuer }))
            .await?;
        tx.commit().await
    }
}
