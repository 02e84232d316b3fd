//! Interest forms that have come in and wait for a decision.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mentoring::{Condition, Id, Language, Organisation, Part, Programme};
use store::{Answers, Stamp, Store};

use super::Scale;
use super::chance::Chance;
use super::mentees::mentees;
use super::mentors::mentors;
use crate::mail::receipt;
use crate::record::Person;

/// Mostly mentees, some mentors; a little more than a week of them.
pub(super) fn applied(scale: Scale, today: Date, organisations: &[Organisation], chance: &mut Chance) -> Vec<Person> {
    let count = scale.mentees / 40;
    let mentees = mentees(count, today, organisations, chance).into_iter();
    let mentors = mentors(count / 2, today, organisations, chance).into_iter();
    let mentees = mentees.map(|mentee| Person::Mentee(Box::new(mentee)));
    mentees.chain(mentors.map(|mentor| Person::Mentor(Box::new(mentor)))).collect()
}

/// Sends them in as applicants do, spread over the last days.
pub(super) async fn send(
    store: &Store,
    applied: &[Person],
    organisations: &[Organisation],
    programmes: &[Programme],
    now: Timestamp,
) -> store::Result<()> {
    for (at, person) in applied.iter().enumerate() {
        let (part, name, to, programme) = match person {
            Person::Mentee(mentee) => (Part::Mentee, &mentee.name, &mentee.organisation, &mentee.programme),
            Person::Mentor(mentor) => (Part::Mentor, &mentor.name, &mentor.organisation, &mentor.programmes[0]),
        };
        let wanted = programmes.iter().find(|it| it.code == *programme);
        let asked = Condition::asked(part, wanted);
        let mut answers: Answers =
            person.record().into_iter().map(|(field, values)| (field.to_owned(), values)).collect();
        for unasked in [
            "organisation",
            "waiting_since",
            "approved",
            "agreement_until",
            "trained",
            "left",
            "pause_from",
            "pause_until",
        ] {
            answers.remove(unasked);
        }
        // Every fifth leaves something unticked.
        let told = asked.iter().skip(usize::from(at % 5 == 4)).map(|it| it.code().to_owned()).collect();
        answers.insert("conditions".to_owned(), told);
        let ago = SignedDuration::from_hours(7 * (applied.len() - at) as i64);
        let stamp = Stamp::program(name, now.saturating_sub(ago).unwrap_or(now));
        let id = Id::of("application", &format!("demo {at}"));
        store.begin_application(&id, part, Language::Swedish, &stamp).await?;
        store.save_answers(&id, answers, None, &stamp).await?;
        let application = store.application(&id).await?;
        let organisation = organisations.iter().find(|it| it.code == *to);
        let Some(organisation) = organisation else { continue };
        let programme = wanted.map_or("", |it| it.name.as_str());
        let mail = receipt(&application, programme, organisation, Language::Swedish, stamp.at);
        store.send_application(&id, to, &mail, &stamp).await?;
    }
    Ok(())
}
