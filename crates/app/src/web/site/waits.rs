//! How long one can expect to wait, by programme and county: what those waited who got a mentor in the
//! last year.

use std::collections::HashMap;

use mentoring::{County, Say};

/// Fewer than so many say nothing, and could be recognised.
const FEW: usize = 5;

/// Days waited, each list sorted.
#[derive(Debug, Default)]
pub(in crate::web) struct Waits(HashMap<(String, Option<County>), Vec<i64>>);

impl Waits {
    /// From programme, county and days of each.
    pub(in crate::web) fn new(waits: Vec<(String, County, i64)>) -> Self {
        let mut all: HashMap<(String, Option<County>), Vec<i64>> = HashMap::new();
        for (programme, county, days) in waits {
            all.entry((programme.clone(), Some(county))).or_default().push(days);
            all.entry((programme, None)).or_default().push(days);
            all.entry((String::new(), Some(county))).or_default().push(days);
        }
        for days in all.values_mut() {
            days.sort_unstable();
        }
        Self(all)
    }

    /// The days by which half of them had a mentor; nothing if there were too few.
    fn median(&self, programme: &str, county: Option<County>) -> Option<i64> {
        let days = self.0.get(&(programme.to_owned(), county)).filter(|days| days.len() >= FEW)?;
        Some(days[days.len() / 2])
    }

    /// In words: of the county, or of the whole country where too few had one there.
    pub(super) fn say(&self, programme: &str, county: County) -> Say {
        let weeks = |days: i64| (days + 3) / 7;
        match (self.median(programme, Some(county)), self.median(programme, None)) {
            (Some(days), _) => Say::new("site-wait").with("n", weeks(days)),
            (None, Some(days)) => Say::new("site-wait-country").with("n", weeks(days)),
            (None, None) => Say::new("site-wait-unknown"),
        }
    }

    /// How long one waits in a county, from 0 (nobody knows) and 1 (short) to 5 (long).
    pub(super) fn level(&self, county: County) -> usize {
        match self.median("", Some(county)) {
            None => 0,
            Some(days) => (1 + days / 30).clamp(1, 5) as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_not_told_apart() {
        let (here, there) = (County::from_code("12").unwrap(), County::from_code("09").unwrap());
        let mut all: Vec<_> = [10, 20, 30, 40, 400].map(|days| ("msf".to_owned(), here, days)).to_vec();
        all.push(("msf".to_owned(), there, 700));
        let waits = Waits::new(all);
        assert_eq!(waits.say("msf", here), Say::new("site-wait").with("n", 4_i64), "half waited at most 30 days");
        assert_eq!(waits.say("msf", there).key, "site-wait-country");
        assert_eq!(waits.say("muf", here).key, "site-wait-unknown");
        assert_eq!((waits.level(here), waits.level(there)), (2, 0));
    }
}
