//! The room of a pair, as one of the two sees it: messages, goals and homework, files, and notes of one's own.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use mentoring::{Entry, EntryKind, Id, LARGEST_FILE, MOST_WORDS, Say, Side, file_fits};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::{EntryRow, OwnPair, PairRow, Stamp};

use super::pair::{Linked, by_link};
use crate::mail::{ROOM, written_to};
use crate::web::programmes::line;
use crate::web::state::{Asked, Frame, Open};
use crate::web::{Answer, App, Error, Words, identity};

/// So many entries of one of the two in an hour.
const AN_HOUR: i64 = 60;

/// One of the two, in the room.
struct Inside {
    side: Side,
    /// Who it is: one of the two, or a companion.
    person: Id,
    row: PairRow,
    /// Signed in; a link opens the messages only.
    own: bool,
    path: String,
    stamp: Stamp,
}

/// An entry as shown.
struct Shown {
    row: EntryRow,
    /// Whether one has written it oneself, and else who has.
    own: bool,
    by: String,
    /// When, in words.
    at: String,
    /// Until when, and since when it is done, in words.
    due: String,
    done: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "mine/room.html")]
struct Page {
    frame: Frame,
    own: bool,
    pair: Id,
    path: String,
    other: String,
    /// Whether anything can be written.
    open: bool,
    messages: Vec<Shown>,
    plans: Vec<Shown>,
    notes: Vec<Shown>,
    /// What was written and could not be kept.
    lost: (String, String, String),
    today: String,
    fault: Option<String>,
}

impl Page {
    /// What was written of a kind and could not be kept.
    fn again(&self, kind: &str) -> &str {
        if self.lost.0 == kind { &self.lost.1 } else { "" }
    }

    fn files(&self) -> String {
        if self.own { format!("/mine/pairs/{}/files", self.pair) } else { format!("{}/files", self.path) }
    }
}

fn shown(row: EntryRow, person: &Id, names: &[(Id, String)], today: Date, w: Words) -> Shown {
    let entry = &row.entry;
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| w.day(day));
    Shown {
        own: entry.by == *person,
        by: names.iter().find(|(id, _)| *id == entry.by).map_or_else(String::new, |(_, name)| name.clone()),
        at: w.moment(&row.made_at),
        due: day(entry.due),
        done: day(entry.done),
        late: entry.done.is_none() && entry.due.is_some_and(|due| due < today),
        row,
    }
}

async fn page(
    app: &App,
    frame: Frame,
    inside: Inside,
    lost: (String, String, String),
    fault: Option<String>,
) -> Answer {
    let w = frame.w;
    let Inside { side, person, row, own, path, stamp } = inside;
    let today = app.today();
    let all = app.store.room(&row.pair.id, &person).await?;
    app.store.see_room(&row.pair.id, &person, &stamp).await?;
    let mut names =
        vec![(row.pair.mentor.clone(), row.mentor_name.clone()), (row.pair.mentee.clone(), row.mentee_name.clone())];
    let companions = app.store.everywhere().companions(&row.pair.id).await?;
    names.extend(companions.into_iter().map(|it| (it.person, it.name)));
    let of = |kinds: &[EntryKind]| -> Vec<Shown> {
        let some = all.iter().filter(|row| kinds.contains(&row.entry.kind));
        some.map(|row| shown(row.clone(), &person, &names, today, w)).collect()
    };
    let mut plans = if own { of(&[EntryKind::Goal, EntryKind::Homework]) } else { Vec::new() };
    // What is left to do first, by its day.
    plans.sort_by_key(|it| (it.row.entry.done.is_some(), it.row.entry.due.unwrap_or(Date::MAX)));
    let page = Page {
        other: if side == Side::Mentor { row.mentee_name } else { row.mentor_name },
        messages: of(&[EntryKind::Message]),
        plans,
        notes: if own { of(&[EntryKind::Note]) } else { Vec::new() },
        open: row.pair.is_open(),
        pair: row.pair.id,
        today: today.to_string(),
        own,
        path,
        lost,
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// A form with its file.
struct Posted {
    fields: Vec<(String, String)>,
    file: Option<(String, Vec<u8>)>,
}

/// Reads a form; a file that is too large is not read to its end.
async fn posted(mut form: Multipart) -> Result<Posted, Error> {
    let bad = |_| Error::Faulty(Say::new("file-upload"));
    let (mut fields, mut file) = (Vec::new(), None);
    while let Some(mut part) = form.next_field().await.map_err(bad)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = part.file_name().unwrap_or_default().to_owned();
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(bad)? {
                // One more tells that it is too large.
                bytes.extend_from_slice(&chunk[..chunk.len().min(LARGEST_FILE + 1 - bytes.len().min(LARGEST_FILE))]);
            }
            file = Some((file_name, bytes)).filter(|(_, bytes)| !bytes.is_empty());
        } else {
            fields.push((name, part.text().await.map_err(bad)?));
        }
    }
    Ok(Posted { fields, file })
}

/// Signs that cannot be seen and change how the others are read: directions (Unicode Standard Annex 9), joiners and
/// blanks without width.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The name of a file without a path or anything that could be one, and nothing that makes an ending look like another.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = |letter: &char| !letter.is_control() && !is_hidden(*letter) && !"<>:\"|?*".contains(*letter);
    let plain: String = last.chars().filter(kept).collect();
    let trimmed: String = plain.trim().trim_start_matches('.').chars().take(120).collect();
    if trimmed.is_empty() { "file".to_owned() } else { trimmed }
}

/// What was written, with line breaks as they are and nothing that controls.
fn words(fields: &[(String, String)]) -> String {
    let text = fields.iter().find(|(key, _)| key == "words").map_or("", |(_, value)| value.trim());
    let text = text.replace("\r\n", "\n");
    // One more tells that it is too long.
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(MOST_WORDS + 1).collect()
}

async fn perform(app: &App, inside: &Inside, posted: &Posted) -> Result<(), Error> {
    let (pair, person, today) = (&inside.row.pair.id, &inside.person, app.today());
    let act = line(&posted.fields, "act", 20);
    let kind = EntryKind::from_code(&act).filter(|kind| inside.own || *kind == EntryKind::Message);
    if let Some(kind) = kind {
        if !app.spared(&format!("room {pair} {person}"), AN_HOUR).await? {
            return Err(Error::Faulty(Say::new("mine-pair-too-often")));
        }
        let due = match line(&posted.fields, "due", 20).as_str() {
            "" => None,
            day => Some(day.parse().map_err(|_| Error::Faulty(Say::new("pairs-fault-day")))?),
        };
        let file = posted.file.as_ref().filter(|_| kind == EntryKind::Message);
        let size = file.map_or(0, |(_, bytes)| bytes.len());
        file_fits(size, 0).map_err(Error::Refused)?;
        let name = file.map_or_else(String::new, |(name, _)| plain_name(name));
        let entry = Entry::new(app.new_id(), person.clone(), kind, &words(&posted.fields), due, &name, today);
        let entry = entry.map_err(Error::Refused)?;
        let content = file.map_or_else(String::new, |(_, bytes)| STANDARD.encode(bytes));
        let (known, both) = app.store.everywhere().pair_and_parties(pair).await?;
        let letters =
            if kind == EntryKind::Message { written_to(&known, &entry, &both, app.now()) } else { Vec::new() };
        app.store.write_entry(pair, &entry, (&content, size), &letters, &inside.stamp).await?;
        app.post.wake();
        return Ok(());
    }
    let entry = || identity(&line(&posted.fields, "entry", 40));
    match act.as_str() {
        "tick" if inside.own => Ok(app.store.tick_entry(pair, &entry()?, person, today, &inside.stamp).await?),
        "drop" if inside.own => Ok(app.store.drop_entry(pair, &entry()?, person, &inside.stamp).await?),
        _ => Err(Error::Faulty(Say::new("pairs-fault-act"))),
    }
}

async fn done(app: &App, frame: Frame, inside: Inside, form: Multipart) -> Answer {
    let w = frame.w;
    let posted = posted(form).await?;
    // A file may take minutes on its way: it was written when it had arrived.
    let inside = Inside { stamp: Stamp { at: app.now(), ..inside.stamp }, ..inside };
    let fault = match perform(app, &inside, &posted).await {
        Ok(()) => return Ok(Redirect::to(&inside.path).into_response()),
        Err(error) => error.beside_form(w)?,
    };
    let lost = (line(&posted.fields, "act", 20), words(&posted.fields), line(&posted.fields, "due", 20));
    page(app, frame, inside, lost, Some(fault)).await
}

async fn own(app: &App, asked: &Asked, id: &str) -> Result<Inside, Error> {
    let id = identity(id)?;
    let all = app.store.own_pairs(&asked.visitor.session.account.email).await?;
    let found = all.into_iter().find(|own| own.row.pair.id == id && own.row.pair.state.has_room());
    let OwnPair { side, person, row, .. } = found.ok_or(Error::NotFound)?;
    Ok(Inside { side, person, row, own: true, path: format!("/mine/pairs/{id}/room"), stamp: asked.stamp(app) })
}

async fn linked(app: &App, secret: &str) -> Result<Inside, Error> {
    let Linked { row, side, person, .. } = by_link(app, secret, ROOM).await?;
    if !row.pair.state.has_room() {
        return Err(Error::Ended);
    }
    let stamp = Stamp::program("link", app.now());
    Ok(Inside { side, person, row, own: false, path: format!("/room/{secret}"), stamp })
}

fn nothing() -> (String, String, String) {
    Default::default()
}

/// The room of one's own pair.
pub(in crate::web) async fn room(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let inside = own(&app, &asked, &id).await?;
    page(&app, asked.frame(&app, "mine"), inside, nothing(), None).await
}

/// Writes in the room, ticks something off or removes it.
pub(in crate::web) async fn write(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    form: Multipart,
) -> Answer {
    let inside = own(&app, &asked, &id).await?;
    done(&app, asked.frame(&app, "mine"), inside, form).await
}

/// The messages of a room, by the link of a letter.
pub(in crate::web) async fn linked_room(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    let inside = linked(&app, &secret).await?;
    page(&app, open.frame(&app, ""), inside, nothing(), None).await
}

/// Answers a message by the link of a letter.
pub(in crate::web) async fn linked_write(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    form: Multipart,
) -> Answer {
    let inside = linked(&app, &secret).await?;
    done(&app, open.frame(&app, ""), inside, form).await
}

/// A file, never shown within the page: what it is decides the reader's own program.
async fn file(app: &App, inside: &Inside, entry: &str) -> Answer {
    let (name, content) = app.store.attachment(&inside.row.pair.id, &identity(entry)?, &inside.person).await?;
    let bytes = STANDARD.decode(content).map_err(|error| Error::Internal(error.to_string()))?;
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
    ];
    Ok((headers, bytes).into_response())
}

/// A file of the room of one's own pair.
pub(in crate::web) async fn room_file(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, entry)): Path<(String, String)>,
) -> Answer {
    file(&app, &own(&app, &asked, &id).await?, &entry).await
}

/// A file of a message, by the link of a letter.
pub(in crate::web) async fn linked_room_file(
    State(app): State<Arc<App>>,
    Path((secret, entry)): Path<(String, String)>,
) -> Answer {
    file(&app, &linked(&app, &secret).await?, &entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_and_nothing_that_leads_elsewhere() {
        for (name, wanted) in [
            ("Affärsplan v2.pdf", "Affärsplan v2.pdf"),
            ("..\\..\\etc\\passwd", "passwd"),
            ("/tmp/../.bashrc", "bashrc"),
            ("a\u{0}b<script>.html", "abscript.html"),
            ("", "file"),
            ("...", "file"),
            ("faktura\u{202e}fdp.exe", "fakturafdp.exe"),
            ("\u{feff}pl\u{200b}an.pdf", "plan.pdf"),
        ] {
            assert_eq!(plain_name(name), wanted, "{name}");
        }
        assert_eq!(plain_name(&"å".repeat(300)).chars().count(), 120);
    }

    #[test]
    fn what_was_written_fits_or_is_told_to_be_too_long() {
        let field = |text: &str| words(&[("words".to_owned(), text.to_owned())]);
        assert_eq!(field(" a\r\nb\u{7} "), "a\nb");
        assert_eq!(field(&"å".repeat(6000)).chars().count(), MOST_WORDS + 1);
    }
}
