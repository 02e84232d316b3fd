//! What can be done with a pair: read from a form, done by the store, told by mail.

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{EndReason, Evidence, Language, Meeting, NoReason, Occasion, Pair, Say, Side, Step};
use store::{Accepted, Done, FollowUp, Parties, Stamp, Within};

use crate::clock::there;
use crate::mail::{News, told};
use crate::web::programmes::line;
use crate::web::site::raw_text;
use crate::web::{App, Error};

/// Something to do with a pair.
#[derive(Clone, Debug)]
pub(in crate::web) enum Act {
    /// One side says yes to the proposal.
    Yes(Side),
    /// One side says no.
    No(Side, NoReason),
    /// One side accepts the agreement.
    Agree(Side, Language),
    /// The proposal is taken back.
    TakeBack,
    /// A break until a day.
    Pause(Date),
    /// The end of a break.
    Resume,
    /// A later end.
    Extend(Date),
    /// The end of a pair that has been evaluated.
    Complete,
    /// An early end.
    End(EndReason),
    /// The end of what a mentor has begun who leaves.
    MentorLeaves,
}

/// The most that somebody can write with an act, in characters.
const MOST: usize = 2000;

/// What somebody wrote with an act.
pub(in crate::web) fn words(posted: &[(String, String)]) -> String {
    let text = posted.iter().find(|(key, _)| key == "words").map_or("", |(_, value)| value.trim());
    text.replace("\r\n", "\n").chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(MOST).collect()
}

impl Act {
    /// The act that a form asks for. A side is given by who asks, or by the form for somebody who acts for another.
    ///
    /// # Errors
    /// What is missing, in words of the page.
    pub(in crate::web) fn of(posted: &[(String, String)], side: Side, language: Language) -> Result<Self, Say> {
        let field = |name| line(posted, name, 40);
        let until = || field("until").parse::<Date>().map_err(|_| Say::new("pairs-fault-day"));
        Ok(match field("act").as_str() {
            "yes" => Self::Yes(side),
            "no" => Self::No(side, NoReason::from_code(&field("reason")).unwrap_or(NoReason::Untold)),
            "agree" if field("independent").is_empty() => return Err(Say::new("pairs-fault-independent")),
            "agree" => Self::Agree(side, language),
            "take-back" => Self::TakeBack,
            "pause" => Self::Pause(until()?),
            "resume" => Self::Resume,
            "complete" => Self::Complete,
            "extend" => Self::Extend(until()?),
            "end" => {
                let reason = EndReason::from_code(&field("reason"));
                Self::End(reason.ok_or_else(|| Say::new("pairs-fault-reason"))?)
            }
            _ => return Err(Say::new("pairs-fault-act")),
        })
    }

    fn on(&self, pair: &mut Pair, evidence: Evidence, today: Date) -> Result<Step, Say> {
        match *self {
            Self::Yes(side) => pair.answer(side, Ok(()), today),
            Self::No(side, why) => pair.answer(side, Err(why), today),
            Self::Agree(side, _) => pair.agree(side, today),
            Self::TakeBack => pair.take_back(today),
            Self::Pause(until) => pair.pause(until, today),
            Self::Resume => pair.resume(today),
            Self::Complete => pair.complete(evidence, today),
            Self::Extend(until) => pair.extend(until, today),
            Self::End(why) => pair.end_early(why, today),
            Self::MentorLeaves => pair.mentor_leaves(today),
        }
    }
}

/// What is known of a pair that is to be completed: whether somebody has said what it gave, of the term that it now
/// has, and whether the two have met.
pub(super) fn evidence(pair: &Pair, follow_ups: &[FollowUp], meetings: &[Meeting]) -> Evidence {
    let evaluated = follow_ups.iter().any(|it| it.answer.is_some() && it.evaluates(&pair.state));
    Evidence { evaluated, met: !meetings.is_empty() }
}

/// The agreement as it reads now, in Markdown.
pub(in crate::web) async fn agreement(app: &App, language: Language) -> Result<String, Error> {
    Ok(raw_text(app, "agreement", language).await?.0)
}

impl App {
    /// Does something with a pair, and tells those it concerns. `by` is the one of the two who does it; none for staff.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says, [`Error::NotFound`], or what the database says.
    pub(in crate::web) async fn act_on(
        &self,
        within: Within<'_>,
        pair: &Pair,
        act: &Act,
        (by, words): (Option<Side>, String),
        stamp: &Stamp,
    ) -> Result<Pair, Error> {
        let (now, today) = (self.now(), self.today());
        let programme = self.programme_name(&pair.programme).await?;
        let evidence = evidence(pair, &within.follow_ups(&pair.id).await?, &within.meetings(&pair.id).await?);
        let booked = match act {
            Act::Pause(until) => self.booked_until(within, pair, *until).await?,
            _ => Vec::new(),
        };
        let accepted = match act {
            Act::Agree(side, language) => {
                Some(Accepted { side: *side, language: *language, body: agreement(self, *language).await? })
            }
            _ => None,
        };
        let rule = |pair: &mut Pair, both: &Parties| {
            let before = pair.state;
            let step = act.on(pair, evidence, today)?;
            let mails =
                told(&News { step: &step, before: &before, pair, both, programme: &programme, by, booked, now });
            Ok(Done { step, words, mails, accepted })
        };
        let changed = within.change_pair(&pair.id, rule, stamp).await;
        self.post.wake();
        changed.map_err(Error::from)
    }

    /// The times that the two have booked up to a day, each with its length in minutes.
    async fn booked_until(&self, within: Within<'_>, pair: &Pair, until: Date) -> Result<Vec<(Timestamp, u16)>, Error> {
        let all = within.bookings(Occasion::Meeting, &pair.id).await?;
        let open = all.iter().map(|row| &row.booking).filter(|it| it.is_open() && !it.has_begun(self.now()));
        let mut booked: Vec<_> = open.filter_map(|it| Some((it.at()?, it.plan.minutes))).collect();
        booked.retain(|(at, _)| there(*at).date() <= until);
        booked.sort_unstable();
        Ok(booked)
    }
}
