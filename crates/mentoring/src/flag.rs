//! Flags: what about a pair a coordinator is to do something about.

use jiff::Span;
use jiff::civil::Date;

use crate::language::{Names, choices};

choices! {
    /// What a flag is about; the most harmful first.
    FlagKind {
        Help = "help", "vill ha hjälp", "wants help";
        Unhappy = "unhappy", "tycker inte att det går bra", "does not think that it goes well";
        Words = "words", "har skrivit till samordnaren", "has written to the coordinator";
        NoContact = "no-contact", "har inte fått kontakt", "has not made contact";
        Silent = "silent", "tysta", "silent";
        Diverging = "diverging", "ser olika på hur det går", "see differently how it goes";
        Over = "over", "förbi sista dagen, utan utvärdering", "past the last day, without an evaluation";
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
                sv: "Ring båda och be dem svara på utvärderingen, eller förläng.",
                en: "Call both and ask them to answer the evaluation, or extend.",
            },
        }
    }
}
