//! The report: figures counted from records, each with the condition that lists its rows.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use mentoring::{Figure, Period};

use crate::db::{Query, sql};
use crate::error::Result;
use crate::stamp::moment;
use crate::within::Within;

/// Which rows a figure counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The figure and its days; none for all rows.
    pub figure: Option<(Figure, Period)>,
    /// Code of the programme; empty for all.
    pub programme: String,
    /// Code of the county; empty for all.
    pub county: String,
    /// Code of the organisation; empty for all.
    pub organisation: String,
}

/// The figures of one organisation in one county and programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// Code of the programme.
    pub programme: String,
    /// Code of the county.
    pub county: String,
    /// Code of the organisation.
    pub organisation: String,
    /// In the order of [`Figure::ALL`].
    pub figures: [i64; 8],
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Pairs,
    Applications,
    Mentees,
}

fn of(figure: Figure) -> Of {
    match figure {
        Figure::Applied | Figure::Accepted => Of::Applications,
        Figure::Waiting => Of::Mentees,
        Figure::Proposed | Figure::Started | Figure::Active | Figure::Completed | Figure::Early => Of::Pairs,
    }
}

/// Adds a condition for a stretch of days.
fn within_days(query: Query, column: &'static str, period: Period) -> Query {
    let query = query.push(column).push(" >= ").value(period.from.to_string());
    query.push(" AND ").push(column).push(" <= ").value(period.until.to_string())
}

/// Adds the condition of a figure about pairs; none if the figure counts something else.
fn pair_condition(query: Query, figure: Figure, period: Period) -> Option<Query> {
    let ended = |query: Query, state| {
        let query = query.push("pair.started IS NOT NULL AND pair.state = ").value(state).push(" AND ");
        within_days(query, "pair.closed", period)
    };
    match figure {
        Figure::Proposed => Some(within_days(query, "pair.made", period)),
        Figure::Started => Some(within_days(query, "pair.started", period)),
        Figure::Active => {
            let last = period.until.to_string();
            let query = query.push("pair.started <= ").value(last.as_str());
            Some(query.push(" AND (pair.closed IS NULL OR pair.closed > ").value(last).push(")"))
        }
        Figure::Completed => Some(ended(query, "completed")),
        Figure::Early => Some(ended(query, "early")),
        Figure::Applied | Figure::Accepted | Figure::Waiting => None,
    }
}

/// Adds the condition of a figure about applications; none if the figure counts something else.
fn application_condition(query: Query, figure: Figure, period: Period) -> Option<Query> {
    let [begin, end] = moments(period);
    let (query, column) = match figure {
        Figure::Applied => (query.push("part = 'mentee' AND "), "sent_at"),
        Figure::Accepted => (query.push("part = 'mentee' AND state = 'accepted' AND "), "decided_at"),
        _ => return None,
    };
    Some(query.push(column).push(" >= ").value(begin).push(" AND ").push(column).push(" < ").value(end))
}

impl Counted {
    fn narrow(
        &self,
        query: Query,
        add: fn(Query, Figure, Period) -> Option<Query>,
        columns: [&'static str; 3],
    ) -> Query {
        let figure = |(figure, period)| add(query.clone().push(" AND "), figure, period);
        let mut query = self.figure.and_then(figure).unwrap_or(query);
        for (column, code) in columns.into_iter().zip([&self.programme, &self.county, &self.organisation]) {
            if !code.is_empty() {
                query = query.push(" AND ").push(column).push(" = ").value(code.as_str());
            }
        }
        query
    }

    /// Narrows a list of pairs to the rows counted.
    pub(crate) fn narrow_pairs(&self, query: Query) -> Query {
        self.narrow(query, pair_condition, ["pair.programme", "mentee.county", "mentee.organisation"])
    }

    /// Narrows a list of applications to the rows counted.
    pub(crate) fn narrow_applications(&self, query: Query) -> Query {
        self.narrow(query, application_condition, ["programme", "SUBSTR(municipality, 1, 2)", "organisation"])
    }

    /// Whether it is a figure about applications that is listed.
    pub(crate) fn is_of_applications(&self) -> bool {
        self.figure.is_some_and(|(figure, _)| of(figure) == Of::Applications)
    }
}

/// The first moment of the days and the one after the last, as the database holds moments: days are Sweden's.
fn moments(period: Period) -> [String; 2] {
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    let begin = |day: jiff::civil::Date| {
        let begin = day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        moment(begin.unwrap_or(jiff::Timestamp::MIN))
    };
    [begin(period.from), begin(period.until.tomorrow().unwrap_or(period.until))]
}

/// Adds a count of the rows for each figure.
fn sums(
    mut query: Query,
    figures: &[Figure],
    period: Period,
    add: fn(Query, Figure, Period) -> Option<Query>,
) -> Query {
    for figure in figures {
        let begun = query.clone().push(", CAST(SUM(CASE WHEN ");
        query = add(begun, *figure, period).map_or(query, |it| it.push(" THEN 1 ELSE 0 END) AS BIGINT)"));
    }
    query
}

impl Within<'_> {
    /// Every figure by programme, county and organisation; only those rows that count anything.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report(&self, period: Period) -> Result<Vec<ReportRow>> {
        let mut rows: BTreeMap<(String, String, String), [i64; 8]> = BTreeMap::new();
        let figures = |wanted: Of| -> Vec<Figure> {
            Figure::ALL.iter().copied().filter(|figure| of(*figure) == wanted).collect()
        };
        let (of_pairs, of_applications) = (figures(Of::Pairs), figures(Of::Applications));
        let pairs = sql("SELECT pair.programme, mentee.county, mentee.organisation");
        let pairs = sums(pairs, &of_pairs, period, pair_condition);
        let pairs = pairs.push(" FROM pair JOIN mentee ON mentee.id = pair.mentee WHERE 1 = 1");
        let pairs = self.narrow(pairs, "mentee.organisation").push(" GROUP BY 1, 2, 3");
        let applied = sql("SELECT programme, SUBSTR(municipality, 1, 2), organisation");
        let applied = sums(applied, &of_applications, period, application_condition);
        let applied = applied.push(" FROM application WHERE organisation <> ''");
        let applied = self.narrow(applied, "organisation").push(" GROUP BY 1, 2, 3");
        let waiting =
            "SELECT programme, county, organisation, COUNT(*) FROM mentee WHERE name <> '' AND state = 'waiting'";
        let waiting = self.narrow(sql(waiting), "organisation").push(" GROUP BY 1, 2, 3");
        let of_mentees = figures(Of::Mentees);
        for (query, figures) in [(pairs, of_pairs), (applied, of_applications), (waiting, of_mentees)] {
            for row in self.db().all(query).await? {
                let counts = rows.entry((row.text(0)?, row.text(1)?, row.text(2)?)).or_default();
                for (at, figure) in figures.iter().enumerate() {
                    counts[*figure as usize] += row.number(3 + at)?;
                }
            }
        }
        rows.retain(|_, figures| figures.iter().any(|count| *count > 0));
        let row = |((programme, county, organisation), figures)| ReportRow { programme, county, organisation, figures };
        Ok(rows.into_iter().map(row).collect())
    }
}
