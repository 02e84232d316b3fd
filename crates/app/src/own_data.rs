//! Everything there is about one person, to take away: JSON for machines, CSV for tables, HTML to read.

use std::io::{Cursor, Write};

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mentoring::{Mentee, Mentor, Side};
use serde_json::{Value, json};
use store::Account;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::export::{FileKind, Table};
use crate::web::{App, Words};

/// A part of what there is: its name, and rows of name and value.
struct Part {
    name: String,
    rows: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "mine/own_data.html")]
struct Page {
    w: Words,
    name: String,
    parts: Vec<Part>,
}

/// Every value of a JSON text, each under its path.
fn rows(path: &str, value: &Value, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                rows(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value, into);
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                rows(&format!("{path}.{}", at + 1), value, into);
            }
        }
        Value::Null => {}
        Value::String(text) => into.push((path.to_owned(), text.clone())),
        other => into.push((path.to_owned(), other.to_string())),
    }
}

/// One's pairs. The other one is named, for that they know each other; nothing that they have said is here, nor a
/// proposal that one has not been told of.
async fn pairs(app: &App, account: &Account) -> store::Result<Value> {
    let everywhere = app.store.everywhere();
    let mut pairs = Vec::new();
    for store::OwnPair { side, person, companion, row } in app.store.own_pairs(&account.email).await? {
        // One's own no is one's own, also of a proposal that came to nothing.
        let own_no = !companion && row.cause == if side == Side::Mentor { "pair-mentor-no" } else { "pair-mentee-no" };
        if !row.pair.is_told(side) && !own_no {
            continue;
        }
        let own = |words: &str| if own_no { words.to_owned() } else { String::new() };
        let follow_ups =
            everywhere.follow_ups(&row.pair.id).await?.into_iter().filter(|it| it.side == side && !companion);
        let follow_ups: Vec<Value> = follow_ups
            .map(|it| {
                json!({ "asked": it.asked, "about": it.kind.code(), "answer": it.answer, "reached": it.reached,
                "words": it.words })
            })
            .collect();
        let flags = everywhere.flags_of(&row.pair.id).await?.into_iter();
        let flags = flags.filter(|flag| flag.person.as_ref() == Some(&person));
        let flags: Vec<Value> = flags.map(|flag| json!({ "at": flag.since, "words": flag.words })).collect();
        let meetings = everywhere.meetings(&row.pair.id).await?.into_iter();
        let meetings: Vec<Value> = meetings
            .map(|held| json!({ "day": held.day, "minutes": held.minutes, "form": held.form.code() }))
            .collect();
        let room = app.store.room(&row.pair.id, &person).await?.into_iter();
        let room: Vec<Value> = room
            .map(|it| {
                let entry = it.entry;
                json!({ "at": it.made_at, "own": entry.by == person, "what": entry.kind.code(), "words": entry.words,
                    "by_day": entry.due, "done": entry.done, "file": entry.file })
            })
            .collect();
        let term = row.pair.state.term();
        pairs.push(json!({
            "programme": row.pair.programme, "besides_the_two": companion, "mentee": row.mentee_name, "mentor": row.mentor_name,
            "state": row.pair.state.code(), "proposed": row.made, "reason": own(&row.reason),
            "words": own(&row.words), "started": term.map(|term| term.from),
            "planned": term.map(|term| term.until), "meetings": meetings, "follow_ups": follow_ups,
            "questions": flags, "room": room, "room_seen": app.store.seen_until(&row.pair.id, &person).await?,
        }));
    }
    Ok(Value::Array(pairs))
}

/// Puts the files of the rooms that one is in into a ZIP file, one after the other, each with a name of its own.
async fn put_files(
    app: &App,
    account: &Account,
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    for store::OwnPair { person, row, .. } in app.store.own_pairs(&account.email).await? {
        for it in app.store.room(&row.pair.id, &person).await? {
            if !it.entry.file.is_empty() {
                let (name, content) = app.store.attachment(&row.pair.id, &it.entry.id, &person).await?;
                // What people share is packed already, as a rule.
                let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
                zip.start_file(format!("files/{}/{name}", it.entry.id), stored)?;
                zip.write_all(&STANDARD.decode(content)?)?;
            }
        }
    }
    Ok(())
}

/// What there is, by part.
async fn collect(app: &App, account: &Account) -> store::Result<Vec<(&'static str, Value)>> {
    let own = app.store.own_records(&account.email).await?;
    let everywhere = app.store.everywhere();
    let mut all =
        vec![("account", json!({ "email": account.email, "name": account.name, "language": account.language.tag() }))];
    let appointments = app.store.appointments(&account.id).await?;
    all.push(("appointments", json!(appointments)));
    let mut readings = Vec::new();
    let mut events = Vec::new();
    let told = |event: store::Event| json!({ "at": event.at, "by": event.actor, "what": event.kind });
    if let Some(mentee) = &own.mentee {
        all.push(("mentee", json!(mentee)));
        readings.extend(app.store.readings("mentee", &mentee.id).await?);
        events.extend(everywhere.history::<Mentee>(&mentee.id).await?.into_iter().map(told));
    }
    if let Some(mentor) = &own.mentor {
        all.push(("mentor", json!(mentor)));
        let promises = app.store.pledges(&mentor.id).await?.into_iter();
        all.push(("promises", promises.map(|(at, text)| json!({ "at": at, "text": text })).collect()));
        readings.extend(app.store.readings("mentor", &mentor.id).await?);
        events.extend(everywhere.history::<Mentor>(&mentor.id).await?.into_iter().map(told));
    }
    all.push(("pairs", pairs(app, account).await?));
    let bookings = app.store.own_bookings(&account.email).await?.into_iter();
    let booking = |it: store::OwnBooking| {
        json!({ "about": it.row.occasion.code(), "with": it.other, "state": it.row.booking.code(),
            "at": it.row.booking.at().map(|at| at.to_string()), "minutes": it.row.booking.plan.minutes,
            "place": it.row.booking.plan.place })
    };
    // Whom one interviews is the applicant's own.
    let own = bookings.filter(|it| !it.is_interviewer());
    all.push(("bookings", own.map(booking).collect()));
    let mut applications = Vec::new();
    for application in app.store.applications_of(&account.email).await? {
        readings.extend(app.store.readings("application", &application.id).await?);
        let interview = app.store.interview(&application.id).await?;
        let interview = interview.map(|it| json!({ "day": it.day, "answers": it.answers, "words": it.words }));
        applications.push(json!({
            "part": application.part, "state": application.state, "organisation": application.organisation,
            "begun": application.made_at, "sent": application.sent_at, "decided": application.decided_at,
            "reason": application.reason, "answers": application.answers, "interview": interview,
        }));
    }
    all.push(("applications", json!(applications)));
    let complaints = app.store.own_complaints(&account.email).await?.into_iter();
    let complaint = |it: store::Complaint| json!({ "at": it.since, "words": it.words, "answer": it.outcome });
    all.push(("complaints", complaints.map(complaint).collect()));
    all.push(("events", json!(events)));
    let reading = |reading: &store::Reading| json!({ "day": reading.day, "by": reading.reader });
    all.push(("read by", readings.iter().map(reading).collect()));
    let session =
        |row: &store::SessionRow| json!({ "began": row.began_at, "seen": row.seen_at, "browser": row.device });
    all.push(("sign-ins", app.store.sessions(&account.id, app.now()).await?.iter().map(session).collect()));
    let mail = |row: &store::MailRow| json!({ "at": row.made_at, "subject": row.subject, "text": row.body });
    all.push(("mails", app.store.mails_to(&account.email).await?.iter().map(mail).collect()));
    Ok(all)
}

/// Everything there is about whoever has an account, as a ZIP file.
///
/// # Errors
/// What the database says, or that a file could not be made.
pub(crate) async fn zipped(
    app: &App,
    account: &Account,
    w: Words,
) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let all = collect(app, account).await?;
    let whole: serde_json::Map<String, Value> =
        all.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let mut lines = Vec::new();
    let mut parts = Vec::new();
    for (name, value) in &all {
        let mut found = Vec::new();
        rows("", value, &mut found);
        lines.extend(
            found.iter().map(|(field, text)| vec![(*name).into(), field.as_str().into(), text.as_str().into()]),
        );
        parts.push(Part { name: (*name).to_owned(), rows: found });
    }
    let headings = ["mine-part", "mine-name", "mine-value"].map(|key| w.t(key)).to_vec();
    let table = Table { name: w.t("mine-data"), headings, rows: lines, more: Vec::new() };
    let page = Page { w, name: account.name.clone(), parts }.render()?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in [
        ("data.json", serde_json::to_vec_pretty(&whole)?),
        ("data.csv", table.file(FileKind::Csv, w.language)?),
        ("read-me.html", page.into_bytes()),
    ] {
        zip.start_file(name, packed)?;
        zip.write_all(&bytes)?;
    }
    put_files(app, account, &mut zip).await?;
    Ok(zip.finish()?.into_inner())
}
