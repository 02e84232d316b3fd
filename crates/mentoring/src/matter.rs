//! Matters: everything that waits for a coordinator, in one queue by deadline and harm.

use jiff::civil::Date;

use crate::flag::{FlagAct, FlagKind};
use crate::language::Names;
use crate::working_days::working_days_after;

/// Something that waits for a coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Somebody has said something, or the program has noticed it.
    Flag(FlagKind),
    /// Something has been done about it: has it helped?
    Result(FlagAct),
    /// A complaint, to whoever answers for the organisation.
    Complaint,
    /// A mentee whose pair has ended needs another mentor.
    LetDown,
    /// The time for an interview has been, and nothing is written down.
    Unwritten,
    /// An interview has been written down, and nothing is decided.
    Undecided,
    /// An application for which no interview is booked.
    Unbooked,
    /// Both have said yes, and the agreement is not accepted.
    Slow,
    /// A mentor has been accepted and not approved.
    Unapproved,
}

impl Matter {
    /// How much harm it does to wait: 0 is the most.
    pub fn harm(self) -> u8 {
        match self {
            Self::Flag(FlagKind::Help) => 0,
            Self::Flag(FlagKind::Unhappy) => 1,
            Self::Complaint | Self::LetDown | Self::Flag(FlagKind::Words) => 2,
            Self::Flag(FlagKind::NoContact) => 3,
            Self::Flag(FlagKind::Silent) => 4,
            Self::Result(_) => 5,
            Self::Flag(FlagKind::Diverging | FlagKind::Question) => 6,
            Self::Unwritten => 7,
            Self::Undecided => 8,
            Self::Slow => 9,
            Self::Unbooked => 10,
            Self::Unapproved => 11,
            Self::Flag(FlagKind::Over) => 12,
        }
    }

    /// Working days that a coordinator has from the day on which it came up.
    fn days(self) -> u8 {
        match self {
            Self::Result(_) => 0,
            Self::Flag(FlagKind::Help | FlagKind::Question | FlagKind::Unhappy | FlagKind::Words) | Self::Unwritten => {
                2
            }
            Self::Flag(_) | Self::Complaint | Self::LetDown | Self::Undecided | Self::Slow | Self::Unapproved => 5,
            Self::Unbooked => 10,
        }
    }

    /// The day by which it is to be seen to.
    pub fn deadline(self, since: Date) -> Date {
        working_days_after(since, self.days())
    }

    /// Its place in the queue of a day, smaller is earlier: what is to be done by then, or calls for help, by harm;
    /// then the rest by its last day. What has been late for long does not stand before what hurts now.
    pub fn place(self, since: Date, today: Date) -> (Date, u8) {
        let deadline = if self.harm() == 0 { today } else { self.deadline(since).max(today) };
        (deadline, self.harm())
    }

    /// What it is, in words.
    pub fn names(self) -> &'static Names {
        match self {
            Self::Flag(kind) => kind.names(),
            Self::Result(_) => &Names { sv: "har det hjälpt?", en: "has it helped?" },
            Self::Complaint => &Names { sv: "har klagat", en: "has complained" },
            Self::LetDown => &Names { sv: "behöver en ny mentor", en: "needs another mentor" },
            Self::Unwritten => &Names { sv: "intervjun är inte inskriven", en: "the interview is not written down" },
            Self::Undecided => &Names { sv: "intervjuad, inget beslut", en: "interviewed, no decision" },
            Self::Unbooked => &Names { sv: "anmälan utan bokad intervju", en: "an application without an interview" },
            Self::Slow => &Names {
                sv: "har sagt ja, men inte godkänt avtalet",
                en: "have said yes, but not accepted the agreement",
            },
            Self::Unapproved => &Names { sv: "antagen mentor, inte godkänd", en: "an accepted mentor, not approved" },
        }
    }

    /// What usually helps.
    pub fn act(self) -> &'static Names {
        match self {
            Self::Flag(kind) => kind.act(),
            Self::Result(_) => &Names {
                sv: "Se om de har träffats sedan dess. Skriv hur det gick, eller gör något mer.",
                en: "See whether they have met since. Write how it went, or do something more.",
            },
            Self::Complaint => &Names { sv: "Läs, hör av dig och svara.", en: "Read, get in touch and answer." },
            Self::LetDown => {
                &Names { sv: "Matcha nu, eller ta med i nästa omgång.", en: "Match now, or in the next round." }
            }
            Self::Unwritten => &Names { sv: "Skriv in intervjun.", en: "Write down the interview." },
            Self::Undecided => &Names { sv: "Anta eller avböj.", en: "Accept or decline." },
            Self::Unbooked => &Names { sv: "Föreslå en tid, eller avböj.", en: "Propose a time, or decline." },
            Self::Slow => &Names { sv: "Fråga hur det går.", en: "Ask how it goes." },
            Self::Unapproved => &Names { sv: "Godkänn, eller säg till mentorn.", en: "Approve, or tell the mentor." },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn whoever_calls_for_help_comes_before_what_can_wait() {
        let monday = date(2026, 11, 23);
        assert_eq!(Matter::Flag(FlagKind::Help).deadline(monday), date(2026, 11, 25));
        assert_eq!(Matter::Unbooked.deadline(monday), date(2026, 12, 7));
        assert_eq!(Matter::Result(FlagAct::Remind).deadline(monday), monday, "it has waited long enough already");
        let mut all: Vec<u8> = FlagKind::ALL.iter().map(|kind| Matter::Flag(*kind).harm()).collect();
        assert!(all[0] == 0 && all.iter().skip(1).all(|harm| *harm > 0));
        all.sort_unstable();
        assert!(Matter::LetDown.harm() < Matter::Slow.harm());
        let place = |matter: Matter, since| matter.place(since, monday);
        let help = place(Matter::Flag(FlagKind::Help), monday);
        let late = place(Matter::Flag(FlagKind::Silent), date(2026, 5, 1));
        assert!(help < late, "whoever calls today comes before what has been late for long");
        assert!(place(Matter::Flag(FlagKind::Unhappy), date(2026, 9, 1)) < late, "of what is late the worst first");
        assert!(late < place(Matter::Complaint, monday), "what is late comes before what can wait a few days");
    }
}
