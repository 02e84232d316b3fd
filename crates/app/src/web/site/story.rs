//! Stories of pairs: their words and pictures.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mentoring::{Id, Language, Right, Say};
use sha2::{Digest, Sha256};
use store::Story;

use super::edit::long;
use crate::picture::small;
use crate::secret::hex;
use crate::web::programmes::{line, version};
use crate::web::state::{Asked, Frame, Open};
use crate::web::{Answer, App, Error, identity};

#[derive(Template)]
#[template(path = "site/story.html")]
struct Telling {
    frame: Frame,
    story: Story,
    fault: Option<(&'static str, String)>,
}

fn page(app: &App, asked: &Asked, story: Story, fault: Option<(&'static str, String)>) -> Answer {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(Telling { frame: asked.frame(app, "site"), story, fault }.render()?)).into_response())
}

/// The form for a new story.
pub(in crate::web) async fn new_story(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    page(&app, &asked, Story::new(app.new_id(), asked.w.language), None)
}

/// A story's form.
pub(in crate::web) async fn edit_story(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    page(&app, &asked, app.store.story(&identity(&id)?).await?, None)
}

/// Adds a story.
pub(in crate::web) async fn add_story(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    tell(&app, &asked, Story::new(app.new_id(), asked.w.language), &posted).await
}

/// Changes a story.
pub(in crate::web) async fn save_story(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let story = app.store.story(&identity(&id)?).await?;
    tell(&app, &asked, Story { version: version(&posted), ..story }, &posted).await
}

async fn tell(app: &App, asked: &Asked, story: Story, posted: &[(String, String)]) -> Answer {
    let story = Story {
        language: Language::from_tag(&line(posted, "language", 10)).unwrap_or_default(),
        title: line(posted, "title", 120),
        body: long(posted, "body"),
        video: line(posted, "video", 400),
        shown: posted.iter().any(|(key, _)| key == "shown"),
        ..story
    };
    let w = asked.w;
    if story.title.is_empty() {
        return page(app, asked, story, Some(("title", w.t("fault-required"))));
    }
    if !story.video.is_empty() && !story.video.starts_with("https://") {
        let fault = w.x("site-fault-url", story.video.as_str());
        return page(app, asked, story, Some(("video", fault)));
    }
    app.store.put_story(&story, &asked.stamp(app)).await?;
    let to = if story.version == 0 { format!("/site/stories/{}", story.id) } else { "/site".to_owned() };
    Ok(Redirect::to(&to).into_response())
}

/// Removes a story.
pub(in crate::web) async fn drop_story(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    app.store.drop_story(&identity(&id)?, &asked.stamp(&app)).await?;
    Ok(Redirect::to("/site").into_response())
}

/// Gives a story a picture.
pub(in crate::web) async fn illustrate(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    mut posted: Multipart,
) -> Answer {
    let story = app.store.story(&identity(&id)?).await?;
    let (mut text, mut file) = (String::new(), None);
    let bad = |_| Error::Faulty(Say::new("file-upload"));
    while let Some(part) = posted.next_field().await.map_err(bad)? {
        match part.name().unwrap_or_default() {
            "text" => text = line(&[("text".to_owned(), part.text().await.map_err(bad)?)], "text", 300),
            "picture" => file = Some(part.bytes().await.map_err(bad)?).filter(|bytes| !bytes.is_empty()),
            _ => {}
        }
    }
    if text.is_empty() {
        return page(&app, &asked, story, Some(("text", asked.w.t("picture-no-text"))));
    }
    let made = match file {
        Some(file) => tokio::task::spawn_blocking(move || small(&file)).await?,
        None => Err(Say::new("picture-none")),
    };
    match made {
        Ok(jpeg) => {
            let (written, digest) = (STANDARD.encode(&jpeg), hex(&Sha256::digest(&jpeg)[..8]));
            app.store.illustrate(&story.id, Some((&written, &digest, &text)), &asked.stamp(&app)).await?;
            Ok(Redirect::to(&format!("/site/stories/{}", story.id)).into_response())
        }
        Err(say) => page(&app, &asked, story, Some(("picture", asked.w.page(&say)))),
    }
}

/// Takes the picture of a story away.
pub(in crate::web) async fn drop_picture(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id: Id = identity(&id)?;
    app.store.illustrate(&id, None, &asked.stamp(&app)).await?;
    Ok(Redirect::to(&format!("/site/stories/{id}")).into_response())
}

/// The picture of a story that everybody sees; the owner sees every one.
pub(in crate::web) async fn picture(State(app): State<Arc<App>>, open: Open, Path(id): Path<String>) -> Answer {
    let story = app.store.story(&identity(&id)?).await?;
    if !story.shown && !open.visitor.is_some_and(|visitor| visitor.may(Right::ManageProgramme)) {
        return Err(Error::NotFound);
    }
    let written = app.store.picture(&story.id).await?;
    let jpeg = STANDARD.decode(written).map_err(|error| Error::Internal(error.to_string()))?;
    // The address changes with the picture, by its digest.
    let kept = if story.shown { "public, max-age=86400" } else { "no-store" };
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, kept)], jpeg).into_response())
}
