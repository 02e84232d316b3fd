//! Stories of pairs, told with the consent of both.

use mentoring::{Id, Language};

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::stamp::Stamp;

/// A story of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its identity.
    pub id: Id,
    /// The language it is told in.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// Its text, in Markdown.
    pub body: String,
    /// The address of a film, if there is one.
    pub video: String,
    /// Digest of its picture; empty for none.
    pub picture: String,
    /// What the picture shows, for those who do not see it.
    pub picture_text: String,
    /// Whether everybody sees it.
    pub shown: bool,
    /// How often it has been changed; 0 for one that is not kept yet.
    pub version: i64,
}

impl Story {
    /// A story without a word.
    pub fn new(id: Id, language: Language) -> Self {
        Self {
            id,
            language,
            title: String::new(),
            body: String::new(),
            video: String::new(),
            picture: String::new(),
            picture_text: String::new(),
            shown: false,
            version: 0,
        }
    }
}

const STORY: &str =
    "SELECT id, language, title, body, video, picture, picture_text, shown, version FROM story WHERE 1 = 1";

fn story(row: &Row) -> Result<Story> {
    Ok(Story {
        id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
        language: Language::from_tag(&row.text(1)?).unwrap_or_default(),
        title: row.text(2)?,
        body: row.text(3)?,
        video: row.text(4)?,
        picture: row.text(5)?,
        picture_text: row.text(6)?,
        shown: row.number(7)? == 1,
        version: row.number(8)?,
    })
}

async fn note_change(tx: &mut Tx, id: &Id, kind: &'static str, stamp: &Stamp) -> Result<()> {
    note(tx, stamp, "story", id.as_str(), kind, serde_json::json!({})).await
}

impl Store {
    /// Every story, the latest first; only those that everybody sees, if asked so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stories(&self, shown: bool) -> Result<Vec<Story>> {
        let query = sql(STORY).push(if shown { " AND shown = 1" } else { "" });
        self.db.all(query.push(" ORDER BY changed_at DESC, id")).await?.iter().map(story).collect()
    }

    /// One story.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn story(&self, id: &Id) -> Result<Story> {
        story(&self.db.first(sql(STORY).push(" AND id = ").value(id.as_str())).await?.ok_or(Error::NotFound)?)
    }

    /// Adds a story, or changes its words, if nobody else has since its version was read. The picture has a
    /// change of its own.
    ///
    /// # Errors
    /// [`Error::Changed`], or what the database says.
    pub async fn put_story(&self, it: &Story, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let (id, language, shown) = (it.id.as_str(), it.language.tag(), i64::from(it.shown));
        let (title, body, video) = (it.title.as_str(), it.body.as_str(), it.video.as_str());
        let done = if it.version == 0 {
            let row: Vec<Value> = vec![
                id.into(),
                language.into(),
                title.into(),
                body.into(),
                video.into(),
                shown.into(),
                stamp.moment().into(),
                stamp.by.as_str().into(),
            ];
            let into = "INSERT INTO story (id, language, title, body, video, shown, changed_at, changed_by) VALUES ";
            tx.run(sql(into).rows(&[row]).push(" ON CONFLICT (id) DO NOTHING")).await?
        } else {
            let update = sql("UPDATE story SET language = $1, title = $2, body = $3, video = $4, shown = $5, \
                 changed_at = $6, changed_by = $7, version = version + 1 WHERE id = $8 AND version = $9");
            let update = update.bind(language).bind(title).bind(body).bind(video).bind(shown);
            tx.run(update.bind(stamp.moment()).bind(stamp.by.as_str()).bind(id).bind(it.version)).await?
        };
        if done == 0 {
            return Err(Error::Changed { by: last_actor(&mut tx, "story", id).await? });
        }
        note_change(&mut tx, &it.id, "story-changed", stamp).await?;
        tx.commit().await
    }

    /// Gives a story a picture, a JPEG file in Base64 with its digest, and says what it shows; or takes the
    /// picture away.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn illustrate(&self, id: &Id, picture: Option<(&str, &str, &str)>, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        tx.run(sql("DELETE FROM picture WHERE story = ").value(id.as_str())).await?;
        let (jpeg, digest, text) = picture.unwrap_or_default();
        let update = sql("UPDATE story SET picture = $1, picture_text = $2, changed_at = $3, changed_by = $4, \
             version = version + 1 WHERE id = $5");
        let update = update.bind(digest).bind(text).bind(stamp.moment()).bind(stamp.by.as_str()).bind(id.as_str());
        if tx.run(update).await? == 0 {
            return Err(Error::NotFound);
        }
        if !jpeg.is_empty() {
            tx.insert("INSERT INTO picture (story, jpeg) VALUES ", vec![vec![id.as_str().into(), jpeg.into()]], "")
                .await?;
        }
        note_change(&mut tx, id, "story-illustrated", stamp).await?;
        tx.commit().await
    }

    /// The picture of a story, a JPEG file in Base64.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn picture(&self, id: &Id) -> Result<String> {
        let row = self.db.first(sql("SELECT jpeg FROM picture WHERE story = ").value(id.as_str())).await?;
        row.ok_or(Error::NotFound)?.text(0)
    }

    /// Removes a story.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_story(&self, id: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        tx.run(sql("DELETE FROM picture WHERE story = ").value(id.as_str())).await?;
        tx.run(sql("DELETE FROM story WHERE id = ").value(id.as_str())).await?;
        note_change(&mut tx, id, "story-dropped", stamp).await?;
        tx.commit().await
    }
}
