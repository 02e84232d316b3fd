//! The report: what has been counted, by programme, county or organisation; each figure opens its rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use jiff::civil::Date;
use mentoring::{County, Figure, Organisation, Period, Programme, organisation_name};
use serde::Deserialize;
use store::{Counted, ReportRow};

use super::people::query;
use super::rounds::download;
use super::state::{Asked, Frame};
use super::{Answer, App, Words};
use crate::export::{Cell, Table};

/// What the figures can be grouped by.
const BY: [(&str, &str); 3] =
    [("programme", "people-programme"), ("county", "people-county"), ("organisation", "people-organisation")];

/// A report as asked for, or the rows of one of its figures.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Wanted {
    from: String,
    until: String,
    by: String,
    figure: String,
    programme: String,
    county: String,
    organisation: String,
}

impl Wanted {
    /// The days; this year so far where none are given.
    fn period(&self, today: Date) -> Period {
        let this = Period::this_year(today);
        let day = |text: &str, or| text.trim().parse().unwrap_or(or);
        Period::between(day(&self.from, this.from), day(&self.until, this.until))
    }

    /// What a list is narrowed to.
    pub(super) fn counted(&self, today: Date) -> Counted {
        let figure = Figure::from_code(&self.figure).map(|figure| (figure, self.period(today)));
        let Self { programme, county, organisation, .. } = self.clone();
        Counted { figure, programme, county, organisation }
    }

    /// The same as a query, to go on with.
    pub(super) fn query(&self) -> String {
        query(&[
            ("figure", &self.figure),
            ("from", &self.from),
            ("until", &self.until),
            ("programme", &self.programme),
            ("county", &self.county),
            ("organisation", &self.organisation),
        ])
    }

    /// What the list shows, in words; empty for all of it.
    pub(super) fn told(&self, today: Date, w: Words) -> String {
        let Some(figure) = Figure::from_code(&self.figure) else { return String::new() };
        let period = self.period(today);
        format!("{}, {} – {}", w.label(figure.names()), w.day(period.from), w.day(period.until))
    }
}

/// A line of the report: its name, and each figure with the address of its rows.
struct Line {
    name: String,
    figures: Vec<(i64, String)>,
}

#[derive(Template)]
#[template(path = "report/report.html")]
struct Page {
    frame: Frame,
    from: String,
    until: String,
    by: String,
    lines: Vec<Line>,
    total: Line,
    /// The query of the files.
    filter: String,
}

/// Where the rows of a figure are listed.
fn rows_of(figure: Figure, period: Period, (by, code): (&str, &str)) -> String {
    let (from, until) = (period.from.to_string(), period.until.to_string());
    let group = (by, code);
    match figure {
        Figure::Waiting => format!("/mentees?{}", query(&[("state", "waiting"), group])),
        Figure::Applied | Figure::Accepted => {
            let parts = [("figure", figure.code()), ("from", &from), ("until", &until), group];
            format!("/applications?{}", query(&parts))
        }
        _ => {
            let parts = [("figure", figure.code()), ("from", &from), ("until", &until), group];
            format!("/pairs?{}", query(&parts))
        }
    }
}

fn line(name: String, figures: [i64; 8], period: Period, group: (&str, &str)) -> Line {
    let figure = |(figure, count): (&Figure, i64)| (count, rows_of(*figure, period, group));
    Line { name, figures: Figure::ALL.iter().zip(figures).map(figure).collect() }
}

/// The names of what a report is grouped by.
struct Names<'a> {
    programmes: &'a [Programme],
    organisations: &'a [Organisation],
    w: Words,
}

impl Names<'_> {
    fn programme(&self, code: &str) -> String {
        let found = self.programmes.iter().find(|it| it.code == code);
        found.map_or_else(|| code.to_uppercase(), |it| it.name.clone())
    }

    fn county(&self, code: &str) -> String {
        County::from_code(code).map_or_else(|| code.to_owned(), |it| self.w.name(it.names()).to_owned())
    }

    fn organisation(&self, code: &str) -> String {
        organisation_name(self.organisations, code).to_owned()
    }
}

/// The report.
pub(super) async fn report(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let period = wanted.period(app.today());
    let rows = asked.within().report(period).await?;
    let programmes = app.store.programmes().await?;
    let names = Names { programmes: &programmes, organisations: &asked.visitor.organisations, w: asked.w };
    let by = BY.iter().map(|(code, _)| *code).find(|code| *code == wanted.by).unwrap_or("programme");
    let mut groups: BTreeMap<String, [i64; 8]> = BTreeMap::new();
    let mut all = [0; 8];
    for ReportRow { programme, county, organisation, figures } in rows {
        let code = match by {
            "county" => county,
            "organisation" => organisation,
            _ => programme,
        };
        let group = groups.entry(code).or_default();
        for (at, count) in figures.into_iter().enumerate() {
            group[at] += count;
            all[at] += count;
        }
    }
    let name = |code: &str| match by {
        "county" => names.county(code),
        "organisation" => names.organisation(code),
        _ => names.programme(code),
    };
    let lines = groups.iter().map(|(code, figures)| line(name(code), *figures, period, (by, code)));
    let mut lines: Vec<Line> = lines.collect();
    lines.sort_by_cached_key(|line| store::sort_key(&line.name));
    let page = Page {
        total: line(asked.w.t("report-total"), all, period, (by, "")),
        from: period.from.to_string(),
        until: period.until.to_string(),
        by: by.to_owned(),
        filter: query(&[("from", &period.from.to_string()), ("until", &period.until.to_string())]),
        lines,
        frame: asked.frame(&app, "report"),
    };
    Ok(Html(page.render()?).into_response())
}

/// Every figure by programme, county and organisation, as a file.
pub(super) async fn export(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let period = wanted.period(app.today());
    let rows = asked.within().report(period).await?;
    let programmes = app.store.programmes().await?;
    let w = asked.w;
    let names = Names { programmes: &programmes, organisations: &asked.visitor.organisations, w };
    let row = |row: ReportRow| {
        let group = [names.programme(&row.programme), names.county(&row.county), names.organisation(&row.organisation)];
        let days = [period.from.to_string(), period.until.to_string()];
        let words = group.into_iter().chain(days).map(Cell::from);
        words.chain(row.figures.into_iter().map(Cell::Number)).collect()
    };
    let headings = BY.iter().map(|(_, key)| *key).chain(["report-from", "report-until"]).map(|key| w.t(key));
    let table = Table {
        more: Vec::new(),
        name: w.t("frame-report"),
        headings: headings.chain(Figure::ALL.iter().map(|figure| w.label(figure.names()))).collect(),
        rows: rows.into_iter().map(row).collect(),
    };
    download(table, file, &asked).await
}
