//! Links that are mailed, and proofs under way: secrets kept as digests, each used once, each with an end.

use jiff::Timestamp;

use crate::Store;
use crate::account::address;
use crate::db::{Row, Tx, Value, sql};
use crate::error::Result;
use crate::stamp::moment;

/// A link to make.
#[derive(Clone, Debug, Default)]
pub struct NewLink {
    /// Digest of its secret.
    pub secret: String,
    /// What it is for; a link does nothing else.
    pub purpose: &'static str,
    /// The address it is mailed to, if it is.
    pub email: String,
    /// What it is about.
    pub subject: String,
    /// Digest of the cookie of the browser that asked, if it holds for that one only.
    pub browser: String,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// A link that has been found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address it was mailed to.
    pub email: String,
    /// What it is about.
    pub subject: String,
    /// Digest of the cookie of the browser that asked.
    pub browser: String,
    /// Whether it has been used.
    pub used: bool,
}

/// A code may be typed wrongly this often.
const TRIES: i64 = 5;

const COLUMNS: &str = "email, subject, browser, COALESCE(used_at, '')";

fn link(row: &Row) -> Result<Link> {
    Ok(Link { email: row.text(0)?, subject: row.text(1)?, browser: row.text(2)?, used: !row.text(3)?.is_empty() })
}

/// Whoever uses a link has got the mail with it: the address is not refused any more.
async fn arrived(tx: &mut Tx, link: &Link) -> Result<()> {
    tx.run(sql("DELETE FROM bounce WHERE address = ").value(address(&link.email))).await.map(drop)
}

pub(crate) async fn make_link(tx: &mut Tx, new: &NewLink, now: Timestamp) -> Result<()> {
    let row: Vec<Value> = vec![
        new.secret.as_str().into(),
        new.purpose.into(),
        new.email.as_str().into(),
        new.subject.as_str().into(),
        new.browser.as_str().into(),
        String::new().into(),
        moment(now).into(),
        moment(new.ends_at).into(),
    ];
    let into = "INSERT INTO link (secret, purpose, email, subject, browser, code, made_at, ends_at) VALUES ";
    tx.insert(into, vec![row], "").await
}

impl Store {
    /// Makes a link.
    ///
    /// # Errors
    /// What the database says.
    pub async fn make_link(&self, new: &NewLink, now: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        make_link(&mut tx, new, now).await?;
        tx.commit().await
    }

    /// A link by the digest of its secret, used or not, until it ends. Looking does not use it up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link(&self, secret: &str, purpose: &'static str, now: Timestamp) -> Result<Option<Link>> {
        let query = sql("SELECT ").push(COLUMNS).push(" FROM link WHERE secret = ").value(secret);
        let query = query.push(" AND purpose = ").value(purpose).push(" AND ends_at > ").value(moment(now));
        self.db.first(query).await?.as_ref().map(link).transpose()
    }

    /// Uses a link up: of several at the same time, one gets it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_link(&self, secret: &str, purpose: &'static str, now: Timestamp) -> Result<Option<Link>> {
        let query = sql("UPDATE link SET used_at = ").value(moment(now)).push(" WHERE used_at IS NULL AND secret = ");
        let query = query.value(secret).push(" AND purpose = ").value(purpose);
        self.take(query.push(" AND ends_at > ").value(moment(now))).await
    }

    async fn take(&self, update: crate::db::Query) -> Result<Option<Link>> {
        let mut tx = self.db.begin().await?;
        let row = tx.first(update.push(" RETURNING ").push(COLUMNS)).await?;
        let link = row.as_ref().map(link).transpose()?;
        if let Some(link) = &link {
            arrived(&mut tx, link).await?;
        }
        tx.commit().await?;
        Ok(link)
    }

    /// Gives a link a code that can be typed in the browser that asked; an unused link only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_code(&self, secret: &str, code: &str, now: Timestamp) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let query = sql("UPDATE link SET code = $1 WHERE secret = $2 AND used_at IS NULL AND ends_at > $3");
        let set = tx.run(query.bind(code).bind(secret).bind(moment(now))).await?;
        tx.commit().await?;
        Ok(set > 0)
    }

    /// Uses up the link that a browser asked for, by the code shown elsewhere. After five wrong codes
    /// the browser's links are of no use any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_code(
        &self,
        browser: &str,
        code: &str,
        purpose: &'static str,
        now: Timestamp,
    ) -> Result<Option<Link>> {
        if browser.is_empty() {
            return Ok(None);
        }
        let mut tx = self.db.begin().await?;
        // Counted first, and kept until the end: however many try at once, five have been compared.
        let query = sql("UPDATE link SET tries = tries + 1 WHERE used_at IS NULL AND browser = ").value(browser);
        let query = query.push(" AND purpose = ").value(purpose).push(" AND tries < ").value(TRIES);
        tx.run(query.push(" AND ends_at > ").value(moment(now))).await?;
        let query = sql("UPDATE link SET used_at = ").value(moment(now)).push(" WHERE used_at IS NULL AND browser = ");
        let query = query.value(browser).push(" AND code = ").value(code).push(" AND purpose = ").value(purpose);
        let query = query.push(" AND code <> '' AND tries <= ").value(TRIES).push(" AND ends_at > ").value(moment(now));
        let row = tx.first(query.push(" RETURNING ").push(COLUMNS)).await?;
        // One too many: nothing is counted any more, and nothing is compared.
        let spent = sql("UPDATE link SET code = '' WHERE used_at IS NULL AND browser = ").value(browser);
        tx.run(spent.push(" AND tries >= ").value(TRIES)).await?;
        let link = row.as_ref().map(link).transpose()?;
        if let Some(link) = &link {
            arrived(&mut tx, link).await?;
        }
        tx.commit().await?;
        Ok(link)
    }

    /// Ends every link about something but one: by digest, or none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_links(&self, purpose: &'static str, subject: &str, but: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let query = sql("DELETE FROM link WHERE purpose = $1 AND subject = $2 AND secret <> $3");
        tx.run(query.bind(purpose).bind(subject).bind(but)).await?;
        tx.commit().await
    }

    /// Counts one more try of something in a stretch of time, such as an address and an hour, and
    /// answers how many there have been.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attempt(&self, what: &str, stretch: &str) -> Result<i64> {
        let mut tx = self.db.begin().await?;
        let query = sql("INSERT INTO attempt (what, stretch, times) VALUES ($1, $2, 1) \
             ON CONFLICT (what, stretch) DO UPDATE SET times = attempt.times + 1 RETURNING times");
        let row = tx.first(query.bind(what).bind(stretch)).await?;
        tx.commit().await?;
        row.map_or(Ok(0), |row| row.number(0))
    }
}
