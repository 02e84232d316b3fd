//! A mentee as fields.

use mentoring::{
    Company, Competence, Fluency, Gender, Goal, Id, Importance, Industry, Mentee, Municipality, Reach, Say, Size,
    Stage, Time, Tongue, Wish, tidy_company_number,
};

use super::mentor::{field, values};
use super::{Choices, Fault, Field, Kind, Lists, Reader, Record, Writer};

/// The fields of a mentee.
pub const MENTEE: &[Field] = &[
    field("name", "Namn", "Name", &["namn", "adept", "full name", "för- och efternamn"], Kind::Text, true),
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
    field("programme", "Program", "Programme", &["program"], Kind::One(Choices::Programmes), true),
    field(
        "municipality",
        "Kommun",
        "Municipality",
        &["ort", "postnummer", "postcode", "place"],
        Kind::One(Choices::Municipalities),
        true,
    ),
    field(
        "waiting_since",
        "Ansökt",
        "Applied",
        &["ansökningsdatum", "väntar sedan", "datum", "waiting since"],
        Kind::Day,
        true,
    ),
    field("stage", "Företagets skede", "The company's stage", &["skede", "stage"], Kind::One(Choices::Stages), true),
    field("size", "Företagets storlek", "The company's size", &["storlek", "size"], Kind::One(Choices::Sizes), true),
    field("industry", "Bransch", "Industry", &["sni"], Kind::One(Choices::Industries), false),
    field("company", "Företag", "Company", &["företagsnamn"], Kind::Text, false),
    field("company_number", "Organisationsnummer", "Company number", &["orgnr", "org.nr"], Kind::Text, false),
    field(
        "needs",
        "Behov",
        "Needs",
        &["behöver", "need"],
        Kind::Graded(Choices::Competences, Choices::Importances),
        true,
    ),
    field("goals", "Mål", "Goals", &["goal"], Kind::Many(Choices::Goals), false),
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
    field("languages", "Språk", "Languages", &["language"], Kind::Graded(Choices::Tongues, Choices::Fluencies), true),
    field("reach", "Åker högst", "Travels at most", &["reser", "avstånd", "max km"], Kind::One(Choices::Reaches), true),
    field(
        "remote",
        "Träffas även på distans",
        "Also meets remotely",
        &["distans", "digitalt", "remote"],
        Kind::YesNo,
        false,
    ),
    field("times", "Tider", "Times", &["tid", "när"], Kind::Many(Choices::Times), false),
    field(
        "mentor_gender",
        "Önskar mentor av kön",
        "Wishes a mentor of gender",
        &["önskat kön"],
        Kind::One(Choices::Genders),
        false,
    ),
    field("mentor_gender_only", "Bara det könet", "Only that gender", &[], Kind::YesNo, false),
    field(
        "earlier",
        "Tidigare mentorer (e-post)",
        "Earlier mentors (e-mail)",
        &["tidigare mentor"],
        Kind::Words,
        false,
    ),
    field("excluded", "Vill inte träffa (e-post)", "Does not want to meet (e-mail)", &["undantag"], Kind::Words, false),
    field(
        "about",
        "Med egna ord",
        "In their own words",
        &["om", "beskrivning", "fritext", "presentation"],
        Kind::Long,
        false,
    ),
];

/// The mentee a record describes; identity follows the e-mail address.
///
/// # Errors
/// Every fault found.
pub fn to_mentee(record: &Record, lists: &Lists) -> Result<Mentee, Vec<Fault>> {
    let mut reader = Reader::new(record, MENTEE, lists);
    if reader.day("waiting_since").is_some_and(|day| day > lists.today) {
        reader.fault("waiting_since", Say::new("fault-future"));
    }
    // Nobody has waited since before the programmes began.
    if reader.day("waiting_since").is_some_and(|day| day.year() < 2000) {
        reader.fault("waiting_since", Say::new("fault-long-ago"));
    }
    let email = reader.text("email");
    let gender = reader.one("mentor_gender", Gender::from_code);
    let number = reader.maybe("company_number").map(|number| tidy_company_number(&number));
    reader.check_numbers("company_number");
    if number.is_some() && reader.maybe("company").is_none() {
        reader.fault("company", Say::new("fault-company-name"));
    }
    let people = |field| reader.all(field).map(person).collect::<Vec<Id>>();
    let mentee = reader
        .one("municipality", Municipality::from_code)
        .zip(reader.day("waiting_since"))
        .zip(reader.one("stage", Stage::from_code).zip(reader.one("size", Size::from_code)))
        .zip(reader.one("reach", Reach::from_code))
        .map(|(((municipality, waiting_since), (stage, size)), reach)| Mentee {
            id: Id::of("mentee", &email),
            name: reader.text("name"),
            organisation: reader.text("organisation"),
            programme: reader.text("programme"),
            municipality,
            waiting_since,
            paired: false,
            company: reader.maybe("company").map(|name| Company { name, number }),
            industry: reader.one("industry", Industry::from_code),
            stage,
            size,
            needs: reader.graded("needs", Competence::from_code, Importance::from_code),
            goals: reader.many("goals", Goal::from_code),
            values: values(&reader),
            languages: reader.graded("languages", Tongue::from_code, Fluency::from_code),
            reach,
            remote: reader.yes("remote"),
            times: reader.many("times", Time::from_code),
            mentor_gender: gender.map(|gender| Wish { gender, only: reader.yes("mentor_gender_only") }),
            earlier: people("earlier"),
            excluded: people("excluded"),
            about: reader.text("about"),
            phone: reader.text("phone"),
            email,
        });
    reader.end(mentee)
}

/// A mentor named by e-mail address, or by identity as an export writes it.
fn person(written: &str) -> Id {
    if written.contains('@') {
        Id::of("mentor", written)
    } else {
        Id::parse(written).unwrap_or_else(|| Id::of("mentor", written))
    }
}

/// A mentee's fields.
pub fn from_mentee(mentee: &Mentee) -> Record {
    let codes =
        |(competence, importance): &(Competence, Importance)| format!("{}:{}", competence.code(), importance.code());
    let mut writer = Writer::default()
        .text("name", &mentee.name)
        .text("email", &mentee.email)
        .text("phone", &mentee.phone)
        .text("organisation", &mentee.organisation)
        .text("programme", &mentee.programme)
        .text("municipality", mentee.municipality.code())
        .text("waiting_since", mentee.waiting_since.to_string())
        .text("stage", mentee.stage.code())
        .text("size", mentee.size.code())
        .maybe("industry", mentee.industry.map(Industry::code))
        .all("needs", mentee.needs.iter().map(codes))
        .all("goals", mentee.goals.iter().map(|goal| goal.code().to_owned()))
        .all(
            "languages",
            mentee.languages.iter().map(|(tongue, fluency)| format!("{}:{}", tongue.code(), fluency.code())),
        )
        .text("reach", mentee.reach.code())
        .yes("remote", mentee.remote)
        .all("times", mentee.times.iter().map(|time| time.code().to_owned()))
        .maybe("mentor_gender", mentee.mentor_gender.map(|wish| wish.gender.code()))
        .all("earlier", mentee.earlier.iter().map(ToString::to_string))
        .all("excluded", mentee.excluded.iter().map(ToString::to_string))
        .text("about", &mentee.about);
    if let Some(wish) = mentee.mentor_gender {
        writer = writer.yes("mentor_gender_only", wish.only);
    }
    for (value, answer) in &mentee.values {
        writer = writer.text(value.code(), answer.to_string());
    }
    if let Some(company) = &mentee.company {
        writer = writer.text("company", &company.name).maybe("company_number", company.number.as_ref());
    }
    writer.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{Scale, organisations, programmes, year};
    use crate::record::{from_mentor, to_mentor};

    #[test]
    fn everybody_comes_through_their_fields_unchanged() {
        let today = jiff::civil::date(2026, 11, 23);
        let lists = Lists { organisations: organisations(), programmes: programmes(), today };
        let year = year(Scale::SMALL, today, 3);
        for mentee in &year.waiting {
            assert_eq!(to_mentee(&from_mentee(mentee), &lists).as_ref(), Ok(mentee));
        }
        for mentor in &year.mentors {
            let again = to_mentor(&from_mentor(mentor), &lists)
                .map(|again| mentoring::Mentor { open_pairs: mentor.open_pairs, ..again });
            assert_eq!(again.as_ref(), Ok(mentor));
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let lists =
            Lists { organisations: organisations(), programmes: programmes(), today: jiff::civil::date(2026, 11, 23) };
        let record =
            Record::from([("email", vec!["nobody".to_owned()]), ("waiting_since", vec!["2030-01-01".to_owned()])]);
        let faults = to_mentee(&record, &lists).unwrap_err();
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field).collect();
        for expected in
            ["name", "email", "organisation", "programme", "municipality", "stage", "needs", "waiting_since"]
        {
            assert!(fields.contains(&expected), "{expected} in {fields:?}");
        }
    }
}
