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

/// The condition of a figure about pairs; the days are the first two values.
pub(crate) fn pair_condition(figure: Figure) -> Option<&'static str> {
    Some(match figure {
        Figure::Proposed => "pair.made >= $1 AND pair.made <= $2",
        Figure::Started => "pair.started >= $1 AND pair.started <= $2",
        // The first day plays no part but as a value that must be used.
        Figure::Active => {
            "pair.started <= $2 AND (pair.closed IS NULL OR pair.closed > $2) AND (pair.started >= $1 OR pair.started < $1)"
        }
        Figure::Completed => "pair.state = 'completed' AND pair.closed >= $1 AND pair.closed <= $2",
        Figure::Early => {
            "pair.state = 'early' AND pair.started IS NOT NULL AND pair.closed >= $1 AND pair.closed <= $2"
        }
        Figure::Applied | Figure::Accepted | Figure::Waiting => return None,
    })
}

/// The condition of a figure about applications; the first moment and the one after the last are the first two
/// values.
pub(crate) fn application_condition(figure: Figure) -> Option<&'static str> {
    Some(match figure {
        Figure::Applied => "part = 'mentee' AND sent_at >= $1 AND sent_at < $2",
        Figure::Accepted => "part = 'mentee' AND state = 'accepted' AND decided_at >= $1 AND decided_at < $2",
        _ => return None,
    })
}

/// The first moment of the days and the one after the last, as the database holds moments: days are Sweden's.
pub(crate) fn moments(period: Period) -> [String; 2] {
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    let begin = |day: jiff::civil::Date| {
        let begin = day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        moment(begin.unwrap_or(jiff::Timestamp::MIN))
    };
    [begin(period.from), begin(period.until.tomorrow().unwrap_or(period.until))]
}

/// A count of the rows that fulfil a condition.
fn sum(query: Query, condition: &'static str) -> Query {
    query.push(", CAST(SUM(CASE WHEN ").push(condition).push(" THEN 1 ELSE 0 END) AS BIGINT)")
}

impl Within<'_> {
    /// Every figure by programme, county and organisation; only those rows that count anything.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report(&self, period: Period) -> Result<Vec<ReportRow>> {
        let mut rows: BTreeMap<(String, String, String), [i64; 8]> = BTreeMap::new();
        let mut pairs = sql("SELECT pair.programme, mentee.county, mentee.organisation");
        pairs = pairs.bind(period.from.to_string()).bind(period.until.to_string());
        let of_pairs: Vec<Figure> = Figure::ALL.iter().copied().filter(|it| pair_condition(*it).is_some()).collect();
        for condition in of_pairs.iter().filter_map(|figure| pair_condition(*figure)) {
            pairs = sum(pairs, condition);
        }
        let pairs = pairs.push(" FROM pair JOIN mentee ON mentee.id = pair.mentee WHERE 1 = 1");
        let pairs = self.narrow(pairs, "mentee.organisation").push(" GROUP BY 1, 2, 3");
        let [begin, end] = moments(period);
        let mut applied = sql("SELECT programme, SUBSTR(municipality, 1, 2), organisation").bind(begin).bind(end);
        let of_applications: Vec<Figure> =
            Figure::ALL.iter().copied().filter(|it| application_condition(*it).is_some()).collect();
        for condition in of_applications.iter().filter_map(|figure| application_condition(*figure)) {
            applied = sum(applied, condition);
        }
        let applied = applied.push(" FROM application WHERE organisation <> ''");
        let applied = self.narrow(applied, "organisation").push(" GROUP BY 1, 2, 3");
        let waiting =
            "SELECT programme, county, organisation, COUNT(*) FROM mentee WHERE name <> '' AND state = 'waiting'";
        let waiting = self.narrow(sql(waiting), "organisation").push(" GROUP BY 1, 2, 3");
        for (query, figures) in [(pairs, of_pairs), (applied, of_applications), (waiting, vec![Figure::Waiting])] {
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
