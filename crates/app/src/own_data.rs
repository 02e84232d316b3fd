//! Everything there is about one person, to take away: JSON for machines, CSV for tables, HTML to read.

use std::io::{Cursor, Write};

use askama::Template;
use mentoring::{Mentee, Mentor};
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
    let mut pairs = Vec::new();
    let told = |event: store::Event| json!({ "at": event.at, "by": event.actor, "what": event.kind });
    if let Some(mentee) = &own.mentee {
        all.push(("mentee", json!(mentee)));
        readings.extend(app.store.readings("mentee", &mentee.id).await?);
        events.extend(everywhere.history::<Mentee>(&mentee.id).await?.into_iter().map(told));
        pairs.extend(everywhere.pairs_of(&mentee.id).await?);
    }
    if let Some(mentor) = &own.mentor {
        all.push(("mentor", json!(mentor)));
        readings.extend(app.store.readings("mentor", &mentor.id).await?);
        events.extend(everywhere.history::<Mentor>(&mentor.id).await?.into_iter().map(told));
        pairs.extend(everywhere.pairs_of(&mentor.id).await?);
    }
    // The other one of a pair is named, for that they know each other; nothing else about them is here.
    let pair = |pair: &store::PairRow| {
        let term = pair.pair.state.term();
        json!({ "programme": pair.pair.programme, "mentee": pair.mentee_name, "mentor": pair.mentor_name,
                "state": pair.pair.state.code(), "proposed": pair.made, "reason": pair.reason, "words": pair.words,
                "started": term.map(|term| term.from), "planned": term.map(|term| term.until) })
    };
    all.push(("pairs", pairs.iter().map(pair).collect()));
    let mut applications = Vec::new();
    for application in app.store.applications_of(&account.email).await? {
        readings.extend(app.store.readings("application", &application.id).await?);
        applications.push(json!({
            "part": application.part, "state": application.state, "organisation": application.organisation,
            "begun": application.made_at, "sent": application.sent_at, "decided": application.decided_at,
            "reason": application.reason, "answers": application.answers,
        }));
    }
    all.push(("applications", json!(applications)));
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
    Ok(zip.finish()?.into_inner())
}
