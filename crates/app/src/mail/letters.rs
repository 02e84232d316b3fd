//! What every letter says, by its template.

use mentoring::{Language, Say, StaffRole};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Desk;
use super::booking::{BOOKED, CALLED_OFF, TIMES};
use super::complaint::{COMPLAINT_MADE, COMPLAINT_RECEIVED, COMPLAINT_SETTLED};
use super::letter::{Letter, Piece};
use super::pair::{AGREEING, COMPLETED, FOLLOW_UP, NOT_THIS_TIME, PROPOSED, STARTED, WRITTEN};
use super::template::{
    ACCEPTED, APPOINTED, CONDUCT, CONTINUE, DECLINED, IDLE, INVITATION, KEY_ADDED, RECEIVED, SIGN_IN,
};
use super::{booking_letters, pair_letters};
use crate::web::Words;

/// What an organisation says in its letters besides what every letter says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    /// Who writes; empty for the organisation's name.
    pub sender: String,
    /// The address that answers go to; empty for a coordinator's.
    pub answers: String,
    /// Whom to ask for by name; empty for a coordinator.
    pub contact_name: String,
    /// The number to call; empty for none.
    pub contact_phone: String,
    /// Who reads complaints: a name, and an address; empty for whoever answers for the organisation.
    pub complaints_name: String,
    /// The address.
    pub complaints_email: String,
    /// The last words, in Swedish.
    pub closing_sv: String,
    /// In English.
    pub closing_en: String,
}

/// What a letter is made of.
pub(super) struct Source<'a> {
    pub(super) template: &'a str,
    pub(super) language: Language,
    pub(super) facts: &'a Value,
    /// The address of the link in it, if it has one.
    pub(super) link: &'a str,
    /// Who speaks: the organisation, or the programme.
    pub(super) sender: &'a str,
    /// The organisation's own words.
    pub(super) wording: &'a Wording,
    /// Who answers.
    pub(super) desk: &'a Desk,
    /// The address of the program itself.
    pub(super) home: &'a str,
}

impl Source<'_> {
    pub(super) fn fact(&self, name: &str) -> &str {
        self.facts[name].as_str().unwrap_or_default()
    }
}

/// The letter of a template; none if the template is unknown.
pub(super) fn letter(source: &Source) -> Option<Letter> {
    let w = Words { language: source.language };
    let act = |key: &'static str| Piece::Act(w.t(key), source.link.to_owned());
    let (subject, pieces) = match source.template {
        SIGN_IN => (
            subject(SIGN_IN, w),
            vec![
                Piece::Text(w.t("letter-sign-in-text")),
                act("letter-sign-in-act"),
                Piece::Text(w.t("letter-sign-in-not")),
            ],
        ),
        INVITATION | APPOINTED => {
            let role = StaffRole::from_code(source.fact("role")).map_or("", |role| w.name(role.names()));
            let say = Say::new("letter-invitation-text")
                .with("by", source.fact("by"))
                .with("role", role)
                .with("organisation", source.fact("organisation"));
            (
                subject(INVITATION, w),
                [Piece::Text(w.x("letter-hello", source.fact("name"))), Piece::Text(w.page(&say))]
                    .into_iter()
                    .chain(if source.template == INVITATION {
                        vec![
                            Piece::Text(w.t("letter-invitation-how")),
                            act("letter-invitation-act"),
                            Piece::Text(w.t("letter-invitation-until")),
                        ]
                    } else {
                        vec![Piece::Text(w.t("letter-appointed-how"))]
                    })
                    .collect(),
            )
        }
        CONTINUE => (
            subject(CONTINUE, w),
            vec![
                Piece::Text(w.t("letter-continue-text")),
                act("letter-continue-act"),
                Piece::Text(w.t("letter-continue-not")),
            ],
        ),
        RECEIVED => {
            let facts = [("people-programme", "programme"), ("people-organisation", "organisation")];
            let facts = facts.map(|(key, fact)| (w.t(key), source.fact(fact).to_owned()));
            let part =
                if source.fact("part") == "mentor" { "letter-received-mentor" } else { "letter-received-mentee" };
            (
                subject(RECEIVED, w),
                vec![
                    Piece::Text(w.x("letter-hello", source.fact("name"))),
                    Piece::Text(w.t(part)),
                    Piece::Facts(facts.to_vec()),
                    act("letter-status-act"),
                ],
            )
        }
        ACCEPTED => {
            let part =
                if source.fact("part") == "mentor" { "letter-accepted-mentor" } else { "letter-accepted-mentee" };
            (
                subject(ACCEPTED, w),
                vec![
                    Piece::Text(w.x("letter-hello", source.fact("name"))),
                    Piece::Text(w.x(part, source.fact("organisation"))),
                    act("letter-status-act"),
                ],
            )
        }
        DECLINED => (
            subject(DECLINED, w),
            vec![
                Piece::Text(w.x("letter-hello", source.fact("name"))),
                Piece::Text(w.x("letter-declined-text", source.fact("organisation"))),
                Piece::Text(source.fact("reason").to_owned()),
                act("letter-status-act"),
                Piece::Text(w.t("letter-declined-again")),
            ],
        ),
        KEY_ADDED => (
            subject(KEY_ADDED, w),
            vec![Piece::Text(w.x("letter-hello", source.fact("name"))), Piece::Text(w.t("letter-key-text"))],
        ),
        CONDUCT => {
            let key = match source.fact("which") {
                "first" => "letter-conduct-first",
                "last" => "letter-conduct-last",
                _ => "letter-conduct-again",
            };
            let pieces = vec![
                Piece::Text(w.x("letter-hello", source.fact("name"))),
                Piece::Text(w.x(key, w.stored_day(source.fact("day")))),
                act("letter-conduct-act"),
            ];
            (subject(CONDUCT, w), pieces)
        }
        COMPLAINT_MADE => (
            subject(COMPLAINT_MADE, w),
            vec![
                Piece::Text(w.t("letter-complaint-made-text")),
                Piece::Act(w.t("letter-complaint-open"), source.fact("page").to_owned()),
            ],
        ),
        COMPLAINT_RECEIVED => (
            subject(COMPLAINT_RECEIVED, w),
            vec![
                Piece::Text(w.x("letter-hello", source.fact("name"))),
                Piece::Text(w.x("letter-complaint-received-text", source.fact("by"))),
            ],
        ),
        COMPLAINT_SETTLED => (
            subject(COMPLAINT_SETTLED, w),
            vec![
                Piece::Text(w.x("letter-hello", source.fact("name"))),
                Piece::Text(w.x("letter-complaint-settled-text", source.fact("by"))),
                Piece::Text(source.fact("outcome").to_owned()),
            ],
        ),
        IDLE => (
            subject(IDLE, w),
            vec![
                Piece::Text(w.x("letter-hello", source.fact("name"))),
                Piece::Text(w.x("letter-idle-text", w.stored_day(source.fact("day")))),
                act("letter-idle-act"),
                Piece::Text(w.t("letter-idle-not")),
            ],
        ),
        template => {
            let pieces = pair_letters::pieces(source, w).or_else(|| booking_letters::pieces(source, w))?;
            let title = pair_letters::title(source, w).or_else(|| booking_letters::title(source, w));
            (title.unwrap_or_else(|| subject(template, w)), pieces)
        }
    };
    let mut pieces = pieces;
    let closing = source.wording.closing(source.language);
    if !closing.is_empty() {
        pieces.push(Piece::Text(closing.to_owned()));
    }
    let sender = if source.wording.sender.is_empty() { source.sender } else { source.wording.sender.as_str() };
    let foot = foot(source, sender, w);
    let answers = match source.template {
        // Not to the coordinators, whom it may be about.
        COMPLAINT_MADE | COMPLAINT_RECEIVED | COMPLAINT_SETTLED => source.fact("answers").to_owned(),
        _ => source.desk.email.clone(),
    };
    let entry = booking_letters::entry(source);
    Some(Letter {
        language: source.language,
        subject,
        pieces,
        sender: sender.to_owned(),
        answers,
        foot,
        entry,
        papers: Vec::new(),
    })
}

/// Who writes, whom to ask, where one's own page is, and why the reader gets it.
fn foot(source: &Source, sender: &str, w: Words) -> Vec<String> {
    let why = why(source.template);
    let takes_part = matches!(why, "letter-why-pair" | "letter-why-conduct") && source.facts["page"].is_null();
    let mut foot = Vec::new();
    if takes_part || why == "letter-why-application" {
        foot.extend(questions(source.desk, w));
    }
    if takes_part {
        // Whoever has no pair, or none any more, is not told of one.
        let short = pair_letters::UNPAIRED.contains(&source.template) || source.fact("occasion") == "interview";
        let paired = why == "letter-why-pair" && !short;
        let key = if paired { "letter-own-page" } else { "letter-own-page-short" };
        foot.push(w.x(key, format!("{}/mine", source.home)));
    }
    foot.extend([w.x("letter-from", sender), w.t(why)]);
    foot
}

/// Whom to ask: only what somebody reads is to be answered.
fn questions(desk: &Desk, w: Words) -> Option<String> {
    let caller = [&desk.calls, &desk.phone].into_iter().filter(|it| !it.is_empty()).map(String::as_str);
    let caller = caller.collect::<Vec<_>>().join(", ");
    match (desk.email.is_empty(), desk.phone.is_empty()) {
        (false, false) => Some(w.x("letter-questions-both", caller)),
        (true, false) => Some(w.x("letter-questions-call", caller)),
        (false, true) if desk.reads.is_empty() => Some(w.t("letter-questions")),
        (false, true) => Some(w.x("letter-questions-read", desk.reads.as_str())),
        (true, true) => None,
    }
}

/// The subject of a kind of mail, before it has been put into words.
pub(crate) fn subject(template: &str, w: Words) -> String {
    w.t(match template {
        SIGN_IN => "letter-sign-in",
        INVITATION | APPOINTED => "letter-invitation",
        KEY_ADDED => "letter-key",
        CONTINUE => "letter-continue",
        RECEIVED => "letter-received",
        ACCEPTED => "letter-accepted",
        DECLINED => "letter-declined",
        IDLE => "letter-idle",
        CONDUCT => "letter-conduct",
        COMPLAINT_MADE => "letter-complaint-made",
        COMPLAINT_RECEIVED => "letter-complaint-received",
        COMPLAINT_SETTLED => "letter-complaint-settled",
        template if pair_letters::ALL.contains(&template) => pair_letters::subject(template),
        template if booking_letters::ALL.contains(&template) => booking_letters::subject(template),
        _ => "frame-mail",
    })
}

/// Why the reader gets it.
fn why(template: &str) -> &'static str {
    match template {
        SIGN_IN => "letter-why-sign-in",
        CONTINUE | RECEIVED | ACCEPTED | DECLINED => "letter-why-application",
        IDLE => "letter-why-idle",
        CONDUCT => "letter-why-conduct",
        COMPLAINT_MADE | COMPLAINT_RECEIVED | COMPLAINT_SETTLED => "letter-why-complaint",
        template if pair_letters::ALL.contains(&template) => "letter-why-pair",
        template if booking_letters::ALL.contains(&template) => "letter-why-pair",
        _ => "letter-why-staff",
    }
}

/// Every letter that an organisation sends, filled in with an example.
pub(crate) fn preview(language: Language, sender: &str, wording: &Wording, desk: &Desk) -> Vec<Letter> {
    let w = Words { language };
    let facts = json!({
        "name": w.t("letter-example-name"), "organisation": sender, "programme": "Mentor Starta Företag",
        "part": "mentee", "by": w.t("letter-example-by"), "role": "coordinator", "reason": w.t("letter-example-reason"),
        "day": "2028-01-10", "other": w.t("letter-example-other"), "side": "mentee", "place": "Malmö",
        "knows": w.t("letter-example-knows"), "email": "mentor@example.org", "phone": "070-123 45 67",
        "occasion": "meeting", "form": "place", "minutes": 90, "starts": "2028-01-12T09:00:00Z",
        "times": ["2028-01-12T09:00:00Z", "2028-01-13T13:00:00Z"],
    });
    let letter = |template: &&str| {
        let (link, home) = ("https://…", "https://…");
        letter(&Source { template, language, facts: &facts, link, sender, wording, desk, home })
    };
    let all = [
        RECEIVED,
        ACCEPTED,
        DECLINED,
        CONDUCT,
        PROPOSED,
        NOT_THIS_TIME,
        AGREEING,
        STARTED,
        TIMES,
        BOOKED,
        CALLED_OFF,
        WRITTEN,
        FOLLOW_UP,
        COMPLETED,
        IDLE,
        INVITATION,
    ];
    all.iter().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(template: &str, desk: &Desk) -> Letter {
        let (facts, wording) = (json!({ "answers": "mia@almi.example" }), Wording::default());
        let (language, link, sender, home) = (Language::Swedish, "", "Almi Blekinge", "https://mentor.example");
        letter(&Source { template, language, facts: &facts, link, sender, wording: &wording, desk, home }).unwrap()
    }

    #[test]
    fn whoever_takes_part_is_told_whom_to_ask_and_where_their_page_is() {
        let known = |email: &str, reads: &str, calls: &str, phone: &str| {
            let [email, reads, calls, phone] = [email, reads, calls, phone].map(str::to_owned);
            Desk { email, reads, calls, phone }
        };
        let desk = known("karin@almi.example", "Karin Ek", "Sam Al", "0455-123 45");
        let started = of(STARTED, &desk);
        assert_eq!(started.answers, "karin@almi.example");
        assert_eq!(started.foot[0], "Har du frågor? Svara på brevet, eller ring Sam Al, 0455-123 45.");
        assert!(started.foot[1].ends_with("https://mentor.example/mine"), "{:?}", started.foot);
        assert_eq!(of(PROPOSED, &desk).foot[1], "Din sida i programmet: https://mentor.example/mine");
        for (desk, told) in [
            (known("karin@almi.example", "Karin Ek", "", ""), "Har du frågor? Svara på brevet, så läser Karin Ek det."),
            (known("box@almi.example", "", "", ""), "Har du frågor? Svara på brevet."),
            (known("", "", "", "0455-123 45"), "Har du frågor? Ring 0455-123 45."),
        ] {
            assert_eq!(of(STARTED, &desk).foot[0], told);
        }
        assert_eq!(of(STARTED, &Desk::default()).foot.len(), 3, "nobody is named whom nobody knows");
        assert_eq!(of(RECEIVED, &desk).foot.len(), 3, "whoever has applied has no pair");
        assert_eq!(of(KEY_ADDED, &desk).foot.len(), 2, "staff know whom to ask");
    }

    #[test]
    fn the_answer_to_a_letter_about_a_complaint_does_not_go_to_the_coordinator() {
        let desk = Desk { email: "karin@almi.example".to_owned(), ..Desk::default() };
        for template in [COMPLAINT_MADE, COMPLAINT_RECEIVED, COMPLAINT_SETTLED] {
            let letter = of(template, &desk);
            assert_eq!((letter.answers.as_str(), letter.foot.len()), ("mia@almi.example", 2), "{template}");
        }
    }
}
