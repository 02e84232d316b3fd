//! The expected wait, in words and as a shade of the map.

use mentoring::{County, Say, Waits};

/// Of a programme in a county, or of the whole country where too few had a mentor there.
pub(super) fn say(waits: &Waits, programme: &str, county: County) -> Say {
    let weeks = |days: i64| (days + 3) / 7;
    match (waits.median(Some(programme), Some(county)), waits.median(Some(programme), None)) {
        (Some(days), _) => Say::new("site-wait").with("n", weeks(days)),
        (None, Some(days)) => Say::new("site-wait-country").with("n", weeks(days)),
        (None, None) => Say::new("site-wait-unknown"),
    }
}

/// How long one waits in a county, from 0 (nobody knows) and 1 (short) to 5 (long).
pub(super) fn level(waits: &Waits, county: County) -> usize {
    waits.median(None, Some(county)).map_or(0, |days| (1 + days / 30).clamp(1, 5) as usize)
}
