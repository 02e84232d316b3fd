//! A mentor as fields.

use mentoring::{
    Area, Competence, Fluency, Gender, Goal, Id, Industry, Level, Mentor, Municipality, OwnCompany, Pause, Say, Size,
    Stage, Time, Tongue, Value, tidy_company_number,
};

use super::{Choices, Fault, Field, Kind, Lists, Reader, Record, Writer};

/// The fields of a mentor.
pub const MENTOR: &[Field] = &[
    field("name", "Namn", "Name", &["namn", "mentor", "full name", "för- och efternamn"], Kind::Text, true),
    field("email", "E-post", "E-mail", &["e-postadress", "epost", "mejl", "mail", "e-mail address"], Kind::Email, true),
    field(
        "phone",
        "Telefon",
        "Phone",
        &["telefonnummer", "tel", "mobil", "mobile", "phone number"],
        Kind::Phone,
        false,
    ),
    field(
        "organisation",
        "Organisation",
        "Organisation",
        &["organization", "centrum", "bolag"],
        Kind::One(Choices::Organisations),
        true,
    ),
    field("programmes", "Program", "Programmes", &["programme", "program"], Kind::Many(Choices::Programmes), true),
    field(
        "municipality",
        "Kommun",
        "Municipality",
        &["ort", "postnummer", "postcode", "place"],
        Kind::One(Choices::Municipalities),
        true,
    ),
    field("approved", "Godkänd", "Approved", &["godkänd mentor"], Kind::YesNo, false),
    field(
        "agreement_until",
        "Uppförandekod och sekretess gäller till",
        "Conduct and confidentiality valid until",
        &["avtal till", "agreement until"],
        Kind::Day,
        false,
    ),
    field("trained", "Grundutbildad den", "Basic training on", &["grundutbildning", "utbildad"], Kind::Day, false),
    field("left", "Har slutat", "Has left", &["slutat"], Kind::YesNo, false),
    field("pause_from", "Uppehåll från", "Pause from", &[], Kind::Day, false),
    field("pause_until", "Uppehåll till och med", "Pause until", &["uppehåll till"], Kind::Day, false),
    field("capacity", "Antal platser", "Places", &["kapacitet", "platser", "capacity"], Kind::Number(50), true),
    field(
        "competences",
        "Kompetenser",
        "Competences",
        &["kompetens", "kan", "skills"],
        Kind::Graded(Choices::Competences, Choices::Levels),
        false,
    ),
    field(
        "industries",
        "Branscher",
        "Industries",
        &["bransch", "industry", "sni"],
        Kind::Many(Choices::Industries),
        false,
    ),
    field("stages", "Erfarenhet av skeden", "Stages known", &["skeden", "skede"], Kind::Many(Choices::Stages), false),
    field(
        "sizes",
        "Erfarenhet av storlekar",
        "Sizes known",
        &["storlekar", "storlek"],
        Kind::Many(Choices::Sizes),
        false,
    ),
    field(
        "structure",
        "Plan före handling (1) – prova sig fram (5)",
        "Plan first (1) – try things out (5)",
        &[],
        Kind::One(Choices::Scale),
        false,
    ),
    field("challenge", "Stöd (1) – utmaning (5)", "Support (1) – challenge (5)", &[], Kind::One(Choices::Scale), false),
    field(
        "detail",
        "Detaljer (1) – helhet (5)",
        "Detail (1) – whole picture (5)",
        &[],
        Kind::One(Choices::Scale),
        false,
    ),
    field("risk", "Trygghet (1) – risk (5)", "Safety (1) – risk (5)", &[], Kind::One(Choices::Scale), false),
    field("purpose", "Lönsamhet (1) – mening (5)", "Profit (1) – purpose (5)", &[], Kind::One(Choices::Scale), false),
    field("goals", "Hjälper gärna till att", "Likes to help to", &["mål"], Kind::Many(Choices::Goals), false),
    field("languages", "Språk", "Languages", &["language"], Kind::Graded(Choices::Tongues, Choices::Fluencies), true),
    field(
        "travel_km",
        "Reser högst, km",
        "Travels at most, km",
        &["reser", "avstånd", "max km"],
        Kind::Number(2000),
        false,
    ),
    field(
        "remote",
        "Träffas även på distans",
        "Also meets remotely",
        &["distans", "digitalt", "remote"],
        Kind::YesNo,
        false,
    ),
    field("times", "Tider", "Times", &["tid", "när"], Kind::Many(Choices::Times), false),
    field("gender", "Kön", "Gender", &[], Kind::One(Choices::Genders), false),
    field(
        "interests",
        "Arbetar helst med",
        "Would rather work with",
        &["intressen"],
        Kind::Many(Choices::Areas),
        false,
    ),
    field("company", "Eget företag", "Own company", &["företag"], Kind::Text, false),
    field(
        "company_industry",
        "Det egna företagets bransch",
        "Own company's industry",
        &["företagets bransch"],
        Kind::One(Choices::Industries),
        false,
    ),
    field(
        "company_number",
        "Det egna företagets organisationsnummer",
        "Own company's number",
        &["organisationsnummer", "orgnr", "org.nr"],
        Kind::Text,
        false,
    ),
    field(
        "conflicts",
        "Intressen i företag (organisationsnummer)",
        "Interests in companies (numbers)",
        &["jäv"],
        Kind::Words,
        false,
    ),
    field("about", "Om mentorn", "About the mentor", &["om", "presentation", "bakgrund", "fritext"], Kind::Long, false),
];

pub(super) const fn field(
    code: &'static str,
    sv: &'static str,
    en: &'static str,
    also: &'static [&'static str],
    kind: Kind,
    required: bool,
) -> Field {
    Field { code, sv, en, also, kind, required }
}

/// The mentor a record describes; identity follows the e-mail address.
///
/// # Errors
/// Every fault found.
pub fn to_mentor(record: &Record, lists: &Lists) -> Result<Mentor, Vec<Fault>> {
    let mut reader = Reader::new(record, MENTOR, lists);
    let pause = match (reader.day("pause_from"), reader.day("pause_until")) {
        (Some(from), Some(until)) if from <= until => Some(Pause { from, until }),
        (Some(_), Some(_)) => {
            reader.fault("pause_until", Say::new("fault-pause-order"));
            None
        }
        (None, None) => None,
        (Some(_), None) => {
            reader.fault("pause_until", Say::new("fault-pause-end"));
            None
        }
        (None, Some(_)) => {
            reader.fault("pause_from", Say::new("fault-pause-start"));
            None
        }
    };
    let company = reader.maybe("company");
    let industry = reader.one("company_industry", Industry::from_code);
    if company.is_some() && industry.is_none() {
        reader.fault("company_industry", Say::new("fault-company-industry"));
    }
    let number = reader.maybe("company_number").map(|number| tidy_company_number(&number));
    reader.check_numbers("company_number");
    reader.check_numbers("conflicts");
    if number.is_some() && company.is_none() {
        reader.fault("company", Say::new("fault-company-name"));
    }
    let email = reader.text("email");
    let mentor = reader.one("municipality", Municipality::from_code).map(|municipality| Mentor {
        id: Id::of("mentor", &email),
        name: reader.text("name"),
        organisation: reader.text("organisation"),
        programmes: reader.many("programmes", |code| Some(code.to_owned())),
        municipality,
        approved: reader.yes("approved"),
        agreement_until: reader.day("agreement_until"),
        trained: reader.day("trained"),
        left: reader.yes("left"),
        pause,
        capacity: reader.number("capacity").unwrap_or(0),
        open_pairs: 0,
        competences: reader.graded("competences", Competence::from_code, Level::from_code),
        industries: reader.many("industries", Industry::from_code),
        company: company.zip(industry).map(|(name, industry)| OwnCompany { name, industry, number }),
        stages: reader.many("stages", Stage::from_code),
        sizes: reader.many("sizes", Size::from_code),
        values: values(&reader),
        goals: reader.many("goals", Goal::from_code),
        languages: reader.graded("languages", Tongue::from_code, Fluency::from_code),
        travel_km: reader.number("travel_km").map(|km| km as u16),
        remote: reader.yes("remote"),
        times: reader.many("times", Time::from_code),
        gender: reader.one("gender", Gender::from_code),
        interests: reader.many("interests", Area::from_code),
        conflicts: reader.texts("conflicts").iter().map(|number| tidy_company_number(number)).collect(),
        about: reader.text("about"),
        phone: reader.text("phone"),
        email,
    });
    reader.end(mentor)
}

pub(super) fn values(reader: &Reader) -> Vec<(Value, u8)> {
    Value::ALL.iter().filter_map(|&value| Some((value, reader.number(value.code())? as u8))).collect()
}

/// A mentor's fields.
pub fn from_mentor(mentor: &Mentor) -> Record {
    let codes = |(competence, level): &(Competence, Level)| format!("{}:{}", competence.code(), level.code());
    let mut writer = Writer::default()
        .text("name", &mentor.name)
        .text("email", &mentor.email)
        .text("phone", &mentor.phone)
        .text("organisation", &mentor.organisation)
        .all("programmes", mentor.programmes.iter().cloned())
        .text("municipality", mentor.municipality.code())
        .yes("approved", mentor.approved)
        .maybe("agreement_until", mentor.agreement_until)
        .maybe("trained", mentor.trained)
        .yes("left", mentor.left)
        .maybe("pause_from", mentor.pause.map(|pause| pause.from))
        .maybe("pause_until", mentor.pause.map(|pause| pause.until))
        .text("capacity", mentor.capacity.to_string())
        .all("competences", mentor.competences.iter().map(codes))
        .all("industries", mentor.industries.iter().map(|industry| industry.code().to_owned()))
        .all("stages", mentor.stages.iter().map(|stage| stage.code().to_owned()))
        .all("sizes", mentor.sizes.iter().map(|size| size.code().to_owned()))
        .all("goals", mentor.goals.iter().map(|goal| goal.code().to_owned()))
        .all(
            "languages",
            mentor.languages.iter().map(|(tongue, fluency)| format!("{}:{}", tongue.code(), fluency.code())),
        )
        .maybe("travel_km", mentor.travel_km)
        .yes("remote", mentor.remote)
        .all("times", mentor.times.iter().map(|time| time.code().to_owned()))
        .maybe("gender", mentor.gender.map(Gender::code))
        .all("interests", mentor.interests.iter().map(|area| area.code().to_owned()))
        .all("conflicts", mentor.conflicts.iter().cloned())
        .text("about", &mentor.about);
    for (value, answer) in &mentor.values {
        writer = writer.text(value.code(), answer.to_string());
    }
    if let Some(company) = &mentor.company {
        writer = writer
            .text("company", &company.name)
            .text("company_industry", company.industry.code())
            .maybe("company_number", company.number.as_ref());
    }
    writer.0
}
