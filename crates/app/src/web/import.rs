//! Reading in people: a file, a preview of every row, a yes.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use files::read;
use mentoring::{Organisation, Programme, Say};

use super::people::lists;
use super::rounds::download;
use super::state::{Asked, Frame, Waiting, lock};
use super::{Answer, App, Error, Words, identity};
use crate::import::{Assumed, Meaning, Outlook, Preview, known_ids, preview, signature, written};
use crate::record::{Field, Record, Role, apart};

/// Rows shown of each kind.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "import/start.html")]
struct Start {
    frame: Frame,
    organisations: Vec<Organisation>,
    programmes: Vec<Programme>,
    fault: Option<String>,
}

/// The form for a file.
pub(super) async fn start(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    form(&app, &asked, None).await
}

async fn form(app: &App, asked: &Asked, fault: Option<Say>) -> Answer {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Start {
        frame: asked.frame(app, "import"),
        organisations: asked.deliverers(),
        programmes: app.store.programmes().await?,
        fault: fault.map(|say| asked.w.page(&say)),
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Takes a file in and shows what would happen.
pub(super) async fn upload(State(app): State<Arc<App>>, asked: Asked, mut posted: Multipart) -> Answer {
    let mut role = Role::Mentees;
    let mut assumed = Assumed::default();
    let mut file = None;
    let bad = |_| Error::Faulty(Say::new("file-upload"));
    while let Some(part) = posted.next_field().await.map_err(bad)? {
        match part.name().unwrap_or_default() {
            "role" => role = if part.text().await.map_err(bad)? == "mentors" { Role::Mentors } else { Role::Mentees },
            "organisation" => assumed.organisation = part.text().await.map_err(bad)?,
            "programme" => assumed.programme = part.text().await.map_err(bad)?,
            "approved" => assumed.approved = part.text().await.map_err(bad)? == "yes",
            "file" => {
                let name = part.file_name().unwrap_or_default().to_owned();
                file = Some((name, part.bytes().await.map_err(bad)?));
            }
            _ => {}
        }
    }
    let Some((name, bytes)) = file.filter(|(name, bytes)| !(name.is_empty() && bytes.is_empty())) else {
        return form(&app, &asked, Some(Say::new("file-none"))).await;
    };
    let sheet = match tokio::task::spawn_blocking(move || read(&bytes)).await? {
        Ok(sheet) => sheet,
        Err(say) => return form(&app, &asked, Some(say)).await,
    };
    let kept = app.store.heading_map(&signature(role, &sheet.headings)).await?;
    let meaning = kept.map_or_else(|| Meaning::guess(role, &sheet.headings), |kept| Meaning::from_kept(role, &kept));
    let waiting = Arc::new(Waiting { name, role, sheet: Arc::new(sheet), assumed, account: asked.account().clone() });
    let id = app.new_id();
    let page = show(&app, &asked, &id, &waiting, &meaning).await?;
    const MOST: usize = 4;
    let mut imports = lock(&app.imports);
    if imports.len() >= MOST {
        imports.remove(0);
    }
    imports.push((id, waiting));
    Ok(page)
}

#[derive(Template)]
#[template(path = "import/preview.html")]
struct Page {
    frame: Frame,
    id: mentoring::Id,
    name: String,
    preview: Preview,
    headings: Vec<(String, String, &'static str)>,
    fields: &'static [Field],
    rows: Vec<Row>,
    assumed: Vec<(&'static str, String)>,
    guesses: Vec<(String, &'static str)>,
}

struct Row {
    number: usize,
    name: String,
    outlook: Outlook,
    texts: Vec<String>,
}

async fn look(app: &App, asked: &Asked, waiting: &Arc<Waiting>, meaning: &Meaning) -> Result<Preview, Error> {
    let lists = lists(app, asked).await?;
    let ids = known_ids(waiting.role, &waiting.sheet, meaning);
    let mentors = if waiting.role == Role::Mentors { asked.within().some(&ids).await? } else { Vec::new() };
    let mentees = if waiting.role == Role::Mentees { asked.within().some(&ids).await? } else { Vec::new() };
    let (waiting, meaning) = (Arc::clone(waiting), meaning.clone());
    let looked = tokio::task::spawn_blocking(move || {
        preview(waiting.role, &waiting.sheet, &meaning, &waiting.assumed, &lists, &mentors, &mentees)
    });
    Ok(looked.await?)
}

async fn show(app: &App, asked: &Asked, id: &mentoring::Id, waiting: &Arc<Waiting>, meaning: &Meaning) -> Answer {
    let preview = look(app, asked, waiting, meaning).await?;
    let w = asked.w;
    let label = |code: &'static str| {
        let field = waiting.role.fields().iter().find(|field| field.code == code);
        field.map_or(code, |field| field.label(w.language))
    };
    let lists = lists(app, asked).await?;
    let shown = |code: &'static str, value: &str| {
        let field = waiting.role.fields().iter().find(|field| field.code == code);
        let record = Record::from([(code, vec![value.to_owned()])]);
        field.map_or_else(String::new, |field| written(field, &record, &lists, w.language))
    };
    let mut rows: Vec<_> = preview.rows.iter().collect();
    rows.sort_by_key(|row| (row.outlook, row.number));
    let row = |row: &&crate::import::RowPreview| Row {
        number: row.number,
        name: row.name.clone(),
        outlook: row.outlook,
        texts: row
            .faults
            .iter()
            .map(|fault| fault_text(fault, w))
            .chain(
                (!row.changes.is_empty())
                    .then(|| row.changes.iter().map(|&code| label(code)).collect::<Vec<_>>().join(", ")),
            )
            .collect(),
    };
    let example = |at: usize| {
        waiting
            .sheet
            .rows
            .iter()
            .find_map(|(_, cells)| cells.get(at).filter(|cell| !cell.is_empty()))
            .cloned()
            .unwrap_or_default()
    };
    let headings = waiting.sheet.headings.iter().enumerate();
    let mut guesses: Vec<(String, &'static str)> = preview
        .rows
        .iter()
        .flat_map(|row| &row.guessed)
        .map(|(text, competence)| (text.clone(), w.name(competence.names())))
        .collect();
    guesses.sort();
    guesses.dedup();
    let page = Page {
        frame: asked.frame(app, "import"),
        id: id.clone(),
        name: waiting.name.clone(),
        headings: headings
            .map(|(at, heading)| (heading.clone(), example(at), meaning.0.get(at).copied().flatten().unwrap_or("")))
            .collect(),
        fields: waiting.role.fields(),
        rows: rows.iter().take(SHOWN).map(row).collect(),
        assumed: preview.assumed.iter().map(|(code, value)| (label(code), shown(code, value))).collect(),
        guesses,
        preview,
    };
    Ok(Html(page.render()?).into_response())
}

/// A fault with the heading it stands under.
pub(crate) fn fault_text((heading, say): &(Option<String>, Say), w: Words) -> String {
    match heading {
        Some(heading) => format!("{heading}: {}", w.page(say)),
        None => w.page(say),
    }
}

/// Looks again with other meanings of the headings, or keeps the people.
pub(super) async fn apply(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let id = identity(&id)?;
    let own = |entry: &&(mentoring::Id, Arc<Waiting>)| entry.0 == id && entry.1.account == *asked.account();
    let kept = lock(&app.imports).iter().find(own).map(|(_, waiting)| Arc::clone(waiting));
    let Some(waiting) = kept else { return Err(Error::Faulty(Say::new("file-gone"))) };
    let mut codes: Vec<String> =
        posted.iter().filter(|(key, _)| key == "meaning").map(|(_, value)| value.clone()).collect();
    codes.truncate(waiting.sheet.headings.len());
    let meaning = Meaning::said(waiting.role, &codes);
    if !posted.iter().any(|(key, _)| key == "keep") {
        return show(&app, &asked, &id, &waiting, &meaning).await;
    }
    let preview = look(&app, &asked, &waiting, &meaning).await?;
    if preview.count(Outlook::Faulty) > 0 {
        return show(&app, &asked, &id, &waiting, &meaning).await;
    }
    app.store.keep_heading_map(&signature(waiting.role, &waiting.sheet.headings), &meaning.kept()).await?;
    let (mentors, mentees) = apart(preview.people);
    let saved = asked.within().put_people(&mentors, &mentees, &asked.stamp(&app)).await?;
    lock(&app.imports).retain(|(other, _)| *other != id);
    Ok(Redirect::to(&format!("/{}?read={}", waiting.role.code(), saved.added + saved.changed)).into_response())
}

/// An empty file with the right headings, to fill in.
pub(super) async fn template(State(app): State<Arc<App>>, asked: Asked, Path(file): Path<String>) -> Answer {
    let role = if file.starts_with("mentor") { Role::Mentors } else { Role::Mentees };
    download(crate::import::template(role, &lists(&app, &asked).await?, asked.w), file, &asked).await
}
