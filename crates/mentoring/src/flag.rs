//! Flags: what about a pair a coordinator is to do something about.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};

use crate::language::{Names, choices};
use crate::say::Say;

choices! {
    /// What a flag is about; the most harmful first.
    FlagKind {
        Help = "help", "vill ha hjälp", "wants help";
        Unhappy = "unhappy", "tycker inte att det går bra", "does not think that it goes well";
        Words = "words", "har skrivit till samordnaren", "has written to the coordinator";
        NoContact = "no-contact", "har inte fått kontakt", "has not made contact";
        Silent = "silent", "tysta", "silent";
        Diverging = "diverging", "ser olika på hur det går", "see differently how it goes";
        Over = "over", "förbi sista dagen, utan utvärdering eller träff", "past the last day, without an evaluation or a meeting";
        Question = "question", "har en fråga", "has a question";
    }
}

choices! {
    /// Something that a coordinator does about a flag, and that is looked at again.
    FlagAct {
        Remind = "remind", "påminde båda", "reminded both";
        Called = "called", "ringde", "called";
        Offered = "offered", "erbjöd byte, uppehåll eller avslut", "offered a change, a break or an end";
    }
}

/// So long what was done about a flag can be taken back, by whoever sees that it was the wrong line.
const UNDONE_WITHIN: SignedDuration = SignedDuration::from_mins(60);
/// So long a reminder waits before it goes out, so that it can be taken back.
pub const REMINDED_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// Whether what was last done about a flag can still be taken back: when it was, and the act, or none if it was
/// settled. A reminder cannot once it has gone out.
///
/// # Errors
/// In words, if nothing was done, or if it is too long ago.
pub fn may_undo(last: Option<(Timestamp, Option<FlagAct>)>, now: Timestamp) -> Result<(), Say> {
    let (done, act) = last.ok_or_else(|| Say::new("flag-undo-nothing"))?;
    let (within, why) = match act {
        Some(FlagAct::Remind) => (REMINDED_AFTER, "flag-undo-sent"),
        _ => (UNDONE_WITHIN, "flag-undo-late"),
    };
    if now.duration_since(done) <= within { Ok(()) } else { Err(Say::new(why)) }
}

/// So many days after an act it is asked whether it has helped.
const ASKED_AFTER: i32 = 14;

impl FlagAct {
    /// The day on which it is asked whether it has helped.
    pub fn asked_on(today: Date) -> Date {
        today.saturating_add(Span::new().days(ASKED_AFTER))
    }
}

impl FlagKind {
    /// Whether it is what one of the two says, rather than something between them.
    pub fn is_of_one(self) -> bool {
        !matches!(self, Self::Silent | Self::Diverging | Self::Over)
    }

    /// What a coordinator can do about it at once; whoever calls for help is called, not reminded.
    pub fn acts(self) -> &'static [FlagAct] {
        match self {
            Self::NoContact | Self::Silent | Self::Over => &[FlagAct::Remind, FlagAct::Called],
            _ => &[FlagAct::Called],
        }
    }

    /// What usually helps.
    pub fn act(self) -> &'static Names {
        match self {
            Self::Help | Self::Question => {
                &Names { sv: "Ring eller skriv till den som frågar.", en: "Call or write to whoever asks." }
            }
            Self::Words => &Names { sv: "Läs, och hör av dig.", en: "Read, and get in touch." },
            Self::Unhappy | Self::Diverging => &Names {
                sv: "Ring den som är minst nöjd, sedan den andra. Erbjud byte av mentor, utan skuld.",
                en: "Call whoever is least content, then the other one. Offer a change of mentor, without blame.",
            },
            Self::NoContact => &Names {
                sv: "Ring mentorn och be om en tid den här veckan.",
                en: "Call the mentor and ask for a time this week.",
            },
            Self::Silent => &Names {
                sv: "Ring båda. Föreslå en tid, ett uppehåll eller ett avslut.",
                en: "Call both. Suggest a time, a break or an end.",
            },
            Self::Over => &Names {
                sv: "Ring båda. Be dem svara på utvärderingen och skriva in när de har träffats; har de aldrig gjort det, avsluta i förtid.",
                en: "Call both. Ask them to answer the evaluation and to note when they have met; if they never have, end the pair early.",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_taken_back_within_an_hour_and_a_reminder_before_it_goes() {
        let done: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let may = |act, now: &str| may_undo(Some((done, act)), now.parse().unwrap()).map_err(|say| say.key);
        assert_eq!(may_undo(None, done).map_err(|say| say.key), Err("flag-undo-nothing"));
        assert_eq!(may(None, "2026-11-23T10:00:00Z"), Ok(()));
        assert_eq!(may(Some(FlagAct::Called), "2026-11-23T10:00:01Z"), Err("flag-undo-late"));
        assert_eq!(may(Some(FlagAct::Remind), "2026-11-23T09:00:30Z"), Ok(()));
        assert_eq!(may(Some(FlagAct::Remind), "2026-11-23T09:00:31Z"), Err("flag-undo-sent"));
    }
}
