//! The questions of the interest form, in groups, in the words of whoever answers them.

use mentoring::Part;

use crate::record::Record;
use crate::web::forms::{Fields, Input};
use crate::web::words::Words;

/// A page of questions.
pub(in crate::web) struct Group {
    /// Its code, in the address.
    pub(in crate::web) code: &'static str,
    /// The key of its heading.
    pub(in crate::web) title: &'static str,
    /// The key of what is said first.
    pub(in crate::web) text: &'static str,
    /// The fields asked for.
    pub(in crate::web) fields: &'static [&'static str],
}

const YOU: Group =
    Group { code: "you", title: "apply-you", text: "apply-you-text", fields: &["name", "email", "phone"] };
const CONDITIONS: Group =
    Group { code: "conditions", title: "apply-conditions", text: "apply-conditions-text", fields: &[] };
const STYLE: Group = Group {
    code: "style",
    title: "apply-style",
    text: "apply-style-text",
    fields: &["structure", "challenge", "detail", "risk", "purpose"],
};

const MENTEE: [Group; 7] = [
    YOU,
    Group {
        code: "programme",
        title: "apply-programme",
        text: "apply-programme-text",
        fields: &["programme", "municipality"],
    },
    CONDITIONS,
    Group {
        code: "company",
        title: "apply-company",
        text: "apply-company-text",
        fields: &["company", "company_number", "industry", "stage", "size"],
    },
    Group { code: "needs", title: "apply-needs", text: "apply-needs-text", fields: &["needs", "goals", "about"] },
    STYLE,
    Group {
        code: "meetings",
        title: "apply-meetings",
        text: "apply-meetings-text",
        fields: &["languages", "reach", "remote", "times", "mentor_gender", "mentor_gender_only"],
    },
];

const MENTOR: [Group; 7] = [
    YOU,
    Group {
        code: "programme",
        title: "apply-programmes",
        text: "apply-programmes-text",
        fields: &["programmes", "municipality"],
    },
    CONDITIONS,
    Group {
        code: "experience",
        title: "apply-experience",
        text: "apply-experience-text",
        fields: &["competences", "industries", "stages", "sizes", "goals", "about"],
    },
    Group {
        code: "company",
        title: "apply-interests",
        text: "apply-interests-text",
        fields: &["company", "company_industry", "company_number", "conflicts"],
    },
    STYLE,
    Group {
        code: "meetings",
        title: "apply-meetings",
        text: "apply-meetings-text",
        fields: &["capacity", "languages", "travel_km", "remote", "times", "gender"],
    },
];

/// The groups of a form, in order.
pub(in crate::web) fn groups(part: Part) -> &'static [Group] {
    match part {
        Part::Mentee => &MENTEE,
        Part::Mentor => &MENTOR,
    }
}

/// Fields that are asked for in other words than staff read.
const ASKED: [(&str, &str); 11] = [
    ("email", "apply-ask-email"),
    ("about", "apply-ask-about"),
    ("needs", "apply-ask-needs"),
    ("mentor_gender", "apply-ask-mentor-gender"),
    ("mentor_gender_only", "apply-ask-mentor-gender-only"),
    ("reach", "apply-ask-reach"),
    ("remote", "apply-ask-remote"),
    ("capacity", "apply-ask-capacity"),
    ("conflicts", "apply-ask-conflicts"),
    ("times", "apply-ask-times"),
    ("programmes", "apply-ask-programmes"),
];

/// Puts the fields of a form into the applicant's words.
pub(super) fn in_their_words(fields: &mut Fields, part: Part, w: Words) {
    for shown in &mut fields.shown {
        let goals = if part == Part::Mentor { "apply-ask-goals-mentor" } else { "apply-ask-goals" };
        let asked = ASKED.iter().find(|(code, _)| *code == shown.code).map(|(_, key)| *key);
        if let Some(key) = asked.or((shown.code == "goals").then_some(goals)) {
            shown.label = w.t(key);
        }
    }
    fields.own = true;
    fields.summarise();
}

/// The answers of a group in words: question and answer, also where there is none.
pub(in crate::web) fn told(group: &Group, fields: &Fields, record: &Record, w: Words) -> Vec<(String, String)> {
    let told = fields.shown.iter().filter(|shown| group.fields.contains(&shown.code)).map(|shown| {
        let unsaid = matches!(shown.input, Input::YesNo(_)) && !record.contains_key(shown.code);
        let text = if unsaid { String::new() } else { shown.input.text(w) };
        (shown.label.clone(), text)
    });
    told.collect()
}
