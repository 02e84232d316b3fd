//! Documents on paper: the agreement that the two have accepted, and diplomas.

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{Ending, Id, Language, PairState, Say, Side, organisation_name};
use store::{Acceptance, Parties};

use crate::clock::there;
use crate::web::{App, Error, Words, raw_text};

/// So many characters of a digest tell one version of an agreement from the others.
const VERSION: usize = 8;

fn parts(day: Date) -> (i32, u8, u8) {
    (day.year().into(), day.month() as u8, day.day() as u8)
}

/// When and in which language somebody accepted which version, in words.
fn accepted(acceptance: &Acceptance, w: Words) -> String {
    let at = acceptance.at.parse::<Timestamp>().map(there);
    let say = Say::new(match acceptance.language {
        Language::Swedish => "paper-accepted-swedish",
        Language::English => "paper-accepted-english",
    });
    let day = at.as_ref().map_or_else(|_| String::new(), |at| w.day(at.date()));
    let time = at.map_or_else(|_| String::new(), |at| at.strftime("%H:%M").to_string());
    w.page(&say.with("day", day).with("time", time).with("version", &acceptance.digest[..VERSION]))
}

/// Sets a document where it keeps nobody else waiting.
async fn set<D: Send + 'static>(of: D, print: fn(&D) -> Result<Vec<u8>, documents::Fault>) -> Result<Vec<u8>, Error> {
    let printed = tokio::task::spawn_blocking(move || print(&of)).await?;
    printed.map_err(|fault| Error::Internal(fault.to_string()))
}

/// So many meetings a diploma tells of, or more.
const WORTH_TELLING: usize = 3;

/// Whoever has been erased is in no document any more.
fn is_named(both: &Parties) -> Result<(), Error> {
    if both.mentee.name.is_empty() || both.mentor.name.is_empty() { Err(Error::NotFound) } else { Ok(()) }
}

impl App {
    /// The agreement of a pair as the two have accepted it, in a language. Where nobody has read it in that language
    /// the text is a translation, and says so.
    ///
    /// # Errors
    /// [`Error::NotFound`] before anybody has accepted it, or once one of the two has been erased; or what the
    /// database says.
    pub(crate) async fn agreement_paper(&self, pair: &Id, language: Language) -> Result<Vec<u8>, Error> {
        let everywhere = self.store.everywhere();
        let (known, both) = everywhere.pair_and_parties(pair).await?;
        let acceptances = everywhere.acceptances(pair).await?;
        is_named(&both)?;
        let last = acceptances.last().ok_or(Error::NotFound)?;
        let day = last.at.parse::<Timestamp>().map_or_else(|_| self.today(), |at| there(at).date());
        let w = Words { language };
        let all = self.store.organisations().await?;
        let organisation = organisation_name(&all, &both.mentee.organisation).to_owned();
        let read = acceptances.iter().rev().find(|it| it.language == language);
        let (body, foot) = match read {
            Some(read) => (read.body.clone(), w.x("paper-version", &read.digest[..VERSION])),
            None => (raw_text(self, "agreement", language).await?.0, w.x("paper-translation", &last.digest[..VERSION])),
        };
        let party = |it: &Acceptance| documents::Party {
            role: w.label(it.side.names()),
            name: it.name.clone(),
            accepted: accepted(it, w),
        };
        let paper = documents::Agreement {
            language: language.tag().to_owned(),
            title: w.t("mine-agreement"),
            programme: self.programme_name(&known.programme).await?,
            body,
            parties_title: w.t("paper-parties"),
            parties: acceptances.iter().map(party).collect(),
            foot: format!("{organisation} · {foot}"),
            page: w.t("paper-page"),
            day: parts(day),
        };
        set(paper, documents::agreement).await
    }

    /// The diploma of one of a pair that has been completed, or of a companion by name, in a language.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the pair has not been completed, or one of the two has been erased; or what the
    /// database says.
    pub(crate) async fn diploma_paper(
        &self,
        pair: &Id,
        (side, name): (Side, Option<&str>),
        language: Language,
    ) -> Result<Vec<u8>, Error> {
        let everywhere = self.store.everywhere();
        let (known, both) = everywhere.pair_and_parties(pair).await?;
        let PairState::Over { how: Ending::Completed, on, term: Some(term) } = known.state else {
            return Err(Error::NotFound);
        };
        is_named(&both)?;
        let w = Words { language };
        let meetings = everywhere.meetings(pair).await?;
        let minutes: u32 = meetings.iter().map(|held| u32::from(held.minutes)).sum();
        let all = self.store.organisations().await?;
        // One who is proud of it hangs it up: a meeting or two is no boast.
        let key = match (side, meetings.len() < WORTH_TELLING) {
            (Side::Mentor, false) => "paper-diploma-mentor",
            (Side::Mentor, true) => "paper-diploma-mentor-short",
            (Side::Mentee, false) => "paper-diploma-mentee",
            (Side::Mentee, true) => "paper-diploma-mentee-short",
        };
        let say = Say::new(key)
            .with("x", both.on(side.other()).0)
            .with("from", w.day(term.from))
            .with("until", w.day(on.min(term.until)))
            .with("n", meetings.len())
            .with("time", w.hours(minutes));
        let paper = documents::Diploma {
            language: language.tag().to_owned(),
            title: w.t("paper-diploma"),
            programme: self.programme_name(&known.programme).await?,
            name: name.unwrap_or(both.on(side).0).to_owned(),
            text: w.page(&say),
            giver: organisation_name(&all, &both.mentee.organisation).to_owned(),
            given: w.day(on),
            day: parts(on),
        };
        set(paper, documents::diploma).await
    }
}
