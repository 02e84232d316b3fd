//! How long one can expect to wait, by programme and county: what those waited who got a mentor.

use std::collections::HashMap;

use crate::reference::County;

/// Fewer than so many say nothing, and could be recognised.
const FEW: usize = 5;

/// Days waited from the application to the pair.
#[derive(Clone, Debug, Default)]
pub struct Waits(HashMap<(Option<String>, Option<County>), Vec<i64>>);

impl Waits {
    /// From programme, county and days of each pair.
    pub fn new(waits: impl IntoIterator<Item = (String, County, i64)>) -> Self {
        let mut all: HashMap<_, Vec<i64>> = HashMap::new();
        for (programme, county, days) in waits {
            for of in [(Some(programme.clone()), Some(county)), (Some(programme), None), (None, Some(county))] {
                all.entry(of).or_default().push(days);
            }
        }
        for days in all.values_mut() {
            days.sort_unstable();
        }
        Self(all)
    }

    /// The days by which half of them had a mentor: in a programme or in all, in a county or the whole
    /// country. Nothing where there were too few to say, or to hide who it was.
    pub fn median(&self, programme: Option<&str>, county: Option<County>) -> Option<i64> {
        let days = self.0.get(&(programme.map(str::to_owned), county)).filter(|days| days.len() >= FEW)?;
        Some(days[days.len() / 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_not_told_apart() {
        let (here, there) = (County::from_code("12").unwrap(), County::from_code("09").unwrap());
        let mut all: Vec<_> = [400, 20, 10, 40, 30].map(|days| ("msf".to_owned(), here, days)).to_vec();
        all.push(("msf".to_owned(), there, 700));
        let waits = Waits::new(all);
        assert_eq!(waits.median(Some("msf"), Some(here)), Some(30), "half waited at most 30 days");
        assert_eq!(waits.median(None, Some(here)), Some(30));
        assert_eq!(waits.median(Some("msf"), Some(there)), None, "one is too few");
        assert_eq!(waits.median(Some("msf"), None), Some(40), "the one there counts in the whole");
        assert_eq!(waits.median(Some("muf"), None), None);
    }
}
