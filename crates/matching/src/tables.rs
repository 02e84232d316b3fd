//! Scores as sums of small table look-ups: the implicit problem, without a matrix.
//!
//! A column is described by a *code* from 0 to 15 in each of many *planes* (one plane a feature).
//! A row brings, for the planes it cares about, a table of points for each code, and tables of
//! codes that it forbids. The score of a pair is the row's offset and the points looked up; the
//! pair is not allowed if any of its codes is forbidden.
//!
//! Sixteen codes are what one vector shuffle looks up at once, so a pair costs a fraction of a
//! nanosecond and no score is ever stored: recomputing is cheaper than loading.

mod kernel;

use std::ops::{Range, RangeInclusive};

use crate::prices::Prices;
use crate::scores::{Scores, Visit};
use kernel::Kernel;

/// Columns are looked at this many at a time.
pub(crate) const BLOCK: usize = 64;

/// A feature of the columns: made by [`TablesBuilder::plane`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Plane(u32);

/// One look-up: sixteen bytes by the codes of a plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup {
    plane: u32,
    /// After this look-up the eight-bit sum may be full and must be widened.
    widen: bool,
    table: [u8; 16],
}

#[derive(Clone, Copy, Debug)]
struct Row {
    rules: u32,
    points: u32,
    end: u32,
    offset: u16,
    /// The most points the row can reach.
    most: u16,
}

/// Which columns of a block a row's rules allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Open,
    Closed,
    Mixed,
}

impl Lookup {
    /// The plane of a rule, and a bit for each code that it forbids.
    fn forbidden(&self) -> (u32, u16) {
        let bit = |(code, &entry): (usize, &u8)| u16::from(entry != 0) << code;
        (self.plane, self.table.iter().enumerate().map(bit).sum())
    }
}

/// Scores computed from planes of codes and tables of points.
#[derive(Clone, Debug)]
pub struct Tables {
    columns: usize,
    codes: Vec<u8>,
    /// For each plane and block, a bit for each code that some column of the block has.
    present: Vec<u16>,
    rows: Vec<Row>,
    lookups: Vec<Lookup>,
    most: u16,
    kernel: Kernel,
}

/// Collects planes, then rows, of [`Tables`].
#[derive(Debug)]
pub struct TablesBuilder(Tables);

/// A row that cannot be expressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a row's points may sum to {limit} at most; these sum to {sum}", limit = Tables::MOST_POINTS)]
pub struct TooManyPoints {
    /// The largest sum the row could reach.
    pub sum: u32,
}

impl TablesBuilder {
    /// No planes and no rows yet, for this many columns.
    pub fn new(columns: usize) -> Self {
        Self(Tables {
            columns,
            codes: Vec::new(),
            present: Vec::new(),
            rows: Vec::new(),
            lookups: Vec::new(),
            most: 0,
            kernel: Kernel::detect(),
        })
    }

    /// Adds a feature: a code from 0 to 15 for each column.
    ///
    /// # Panics
    /// If there are not exactly as many codes as columns, or a code is above 15.
    pub fn plane(&mut self, codes: impl IntoIterator<Item = u8>) -> Plane {
        let padded = self.0.padded();
        let start = self.0.codes.len();
        self.0.codes.extend(codes);
        assert_eq!(self.0.codes.len() - start, self.0.columns, "one code a column");
        assert!(self.0.codes[start..].iter().all(|&code| code < 16), "a code is at most 15");
        let inside = self.0.codes[start..].chunks(BLOCK);
        let present = inside.map(|block| block.iter().fold(0, |codes, &code| codes | 1 << code));
        self.0.present.extend(present);
        self.0.codes.resize(start + padded, 0);
        Plane((start / padded.max(1)) as u32)
    }

    /// Adds a row: its offset, its points by plane and code, and the codes it forbids by plane
    /// (bit *c* set: code *c* is forbidden).
    ///
    /// # Errors
    /// [`TooManyPoints`] if the offset and the largest points of each table exceed
    /// [`Tables::MOST_POINTS`].
    ///
    /// # Panics
    /// Never: every table has its sixteen entries.
    pub fn row(
        &mut self,
        offset: u16,
        points: impl IntoIterator<Item = (Plane, [u16; 16])>,
        forbidden: impl IntoIterator<Item = (Plane, u16)>,
    ) -> Result<(), TooManyPoints> {
        let rules = self.0.lookups.len() as u32;
        for (plane, codes) in forbidden {
            if codes != 0 {
                let table = std::array::from_fn(|code| if codes >> code & 1 == 1 { u8::MAX } else { 0 });
                self.0.lookups.push(Lookup { plane: plane.0, widen: false, table });
            }
        }
        let first = self.0.lookups.len();
        let mut sum = u32::from(offset);
        let mut narrow_sum = 0;
        for (plane, mut table) in points {
            sum += u32::from(*table.iter().max().expect("sixteen entries"));
            // Points above a byte take several look-ups of the same plane.
            while table.iter().any(|&left| left > 0) {
                let part = table.map(|left| left.min(u16::from(u8::MAX)) as u8);
                let most = u16::from(*part.iter().max().expect("sixteen entries"));
                if narrow_sum + most > u16::from(u8::MAX) {
                    self.0.lookups.last_mut().expect("a look-up filled the sum").widen = true;
                    narrow_sum = 0;
                }
                narrow_sum += most;
                self.0.lookups.push(Lookup { plane: plane.0, widen: false, table: part });
                table = std::array::from_fn(|code| table[code] - u16::from(part[code]));
            }
        }
        if sum > u32::from(Tables::MOST_POINTS) {
            self.0.lookups.truncate(rules as usize);
            return Err(TooManyPoints { sum });
        }
        if let Some(last) = self.0.lookups[first..].last_mut() {
            last.widen = true;
        }
        self.0.most = self.0.most.max(sum as u16);
        let end = self.0.lookups.len() as u32;
        self.0.rows.push(Row { rules, points: first as u32, end, offset, most: sum as u16 });
        Ok(())
    }

    /// The finished scores.
    pub fn build(self) -> Tables {
        self.0
    }
}

impl Tables {
    /// The most points a row may reach.
    pub const MOST_POINTS: u16 = 16_000;

    fn padded(&self) -> usize {
        self.columns.next_multiple_of(BLOCK)
    }

    fn rules(&self, row: usize) -> &[Lookup] {
        let row = self.rows[row];
        &self.lookups[row.rules as usize..row.points as usize]
    }

    fn points(&self, row: usize) -> &[Lookup] {
        let row = self.rows[row];
        &self.lookups[row.points as usize..row.end as usize]
    }

    /// What the rules of a row say of a whole block, by the codes that its columns have.
    fn whole(&self, rules: &[(u32, u16)], block: usize) -> Whole {
        let blocks = self.columns.div_ceil(BLOCK);
        let mut whole = Whole::Open;
        for &(plane, forbidden) in rules {
            let present = self.present[plane as usize * blocks + block];
            if present & !forbidden == 0 {
                return Whole::Closed;
            }
            if present & forbidden != 0 {
                whole = Whole::Mixed;
            }
        }
        whole
    }

    fn code(&self, lookup: &Lookup, column: usize) -> usize {
        usize::from(self.codes[lookup.plane as usize * self.padded() + column])
    }

    /// The same scores through the portable kernel: what every processor must agree with.
    #[cfg(test)]
    fn portable(&self) -> Self {
        Self { kernel: Kernel::Portable, ..self.clone() }
    }
}

impl Scores for Tables {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn columns(&self) -> usize {
        self.columns
    }

    fn range(&self) -> RangeInclusive<i32> {
        0..=i32::from(self.most)
    }

    fn score(&self, row: usize, column: usize) -> Option<i32> {
        let refused = |rule: &Lookup| rule.table[self.code(rule, column)] != 0;
        if self.rules(row).iter().any(refused) {
            return None;
        }
        let points = |lookup: &Lookup| i32::from(lookup.table[self.code(lookup, column)]);
        Some(i32::from(self.rows[row].offset) + self.points(row).iter().map(points).sum::<i32>())
    }

    fn scan_column(&self, column: usize, gains: &[i64], threshold: i64, visit: &mut Visit) {
        let mut threshold = threshold;
        // The column's codes lie far apart, a plane from each other: gathered once, they stay at hand.
        let codes: Vec<u8> = self.codes.iter().skip(column).step_by(self.padded()).copied().collect();
        let entry = |lookup: &Lookup| lookup.table[usize::from(codes[lookup.plane as usize])];
        for (row, (gain, about)) in gains.iter().zip(&self.rows).enumerate() {
            // Most rows could not reach it whatever the column: no need to look anything up.
            if i64::from(about.most) - gain <= threshold || self.rules(row).iter().any(|rule| entry(rule) != 0) {
                continue;
            }
            let points: i32 = self.points(row).iter().map(|lookup| i32::from(entry(lookup))).sum();
            let score = i32::from(about.offset) + points;
            if i64::from(score) - gain > threshold {
                threshold = visit(row as u32, score);
            }
        }
    }

    fn scan(&self, row: usize, columns: Range<usize>, prices: &Prices, threshold: i64, visit: &mut Visit) -> u64 {
        let narrow = prices.narrow().filter(|_| threshold.unsigned_abs() < 1 << 15);
        let mut threshold = threshold;
        let mut allowed = 0;
        let mut scores = [0; BLOCK];
        let rules: Vec<(u32, u16)> = self.rules(row).iter().map(Lookup::forbidden).collect();
        for block in columns.start / BLOCK..columns.end.div_ceil(BLOCK) {
            let first = block * BLOCK;
            let mut open = match self.whole(&rules, block) {
                Whole::Closed => continue,
                Whole::Open => u64::MAX,
                Whole::Mixed => kernel::open(self.kernel, self, row, first),
            };
            open &= u64::MAX << columns.start.saturating_sub(first);
            if first + BLOCK > columns.end {
                open &= (1 << (columns.end - first)) - 1;
            }
            if open == 0 {
                continue;
            }
            allowed += u64::from(open.count_ones());
            let mut above = match narrow {
                Some(narrow) if threshold.unsigned_abs() < 1 << 15 => {
                    kernel::above(self.kernel, self, row, first, narrow, threshold as i32, &mut scores) & open
                }
                _ => {
                    kernel::scores(self.kernel, self, row, first, &mut scores);
                    open
                }
            };
            while above != 0 {
                let at = above.trailing_zeros() as usize;
                above &= above - 1;
                let score = i32::from(scores[at]);
                if i64::from(score) - prices.of(first + at) > threshold {
                    threshold = visit((first + at) as u32, score);
                }
            }
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tables() -> impl Strategy<Value = Tables> {
        let shape = (1..150usize, 1..4usize, 1..5usize);
        shape.prop_flat_map(|(columns, planes, rows)| {
            let codes = prop::collection::vec(prop::collection::vec(0..16u8, columns), planes);
            let table = prop::array::uniform16(0..400u16);
            let row = (
                0..300u16,
                prop::collection::vec((0..planes, table), 0..9),
                prop::collection::vec((0..planes, any::<u16>()), 0..2),
            );
            (Just(columns), codes, prop::collection::vec(row, rows)).prop_map(|(columns, codes, rows)| {
                let mut builder = TablesBuilder::new(columns);
                let planes: Vec<Plane> = codes.into_iter().map(|plane| builder.plane(plane)).collect();
                for (offset, points, forbidden) in rows {
                    let points = points.into_iter().map(|(plane, table)| (planes[plane], table));
                    let forbidden = forbidden.into_iter().map(|(plane, codes)| (planes[plane], codes));
                    builder.row(offset, points, forbidden).expect("within the limit");
                }
                builder.build()
            })
        })
    }

    fn visited(tables: &Tables, row: usize, prices: &Prices, threshold: i64) -> (u64, Vec<(u32, i32)>) {
        let mut seen = Vec::new();
        // In two parts that need not begin or end with a block.
        let cut = tables.columns() * 2 / 3;
        let mut visit = |column, score| {
            seen.push((column, score));
            threshold
        };
        let first = tables.scan(row, 0..cut, prices, threshold, &mut visit);
        let allowed = first + tables.scan(row, cut..tables.columns(), prices, threshold, &mut visit);
        (allowed, seen)
    }

    proptest! {
        #[test]
        fn every_kernel_visits_what_the_plain_score_says(
            tables in tables(),
            prices in prop::collection::vec(0..500i64, 150),
            dear in prop::option::of(66_000..1_000_000i64),
            threshold in -600..1500i64,
        ) {
            let mut prices = Prices::from_list(&prices[..tables.columns()]);
            if let Some(dear) = dear { prices.set(0, dear); }
            for row in 0..tables.rows() {
                let allowed = (0..tables.columns()).filter_map(|column| Some((column, tables.score(row, column)?)));
                let expected: Vec<_> = allowed.clone()
                    .filter(|&(column, score)| i64::from(score) - prices.of(column) > threshold)
                    .map(|(column, score)| (column as u32, score)).collect();
                let count = allowed.count() as u64;
                prop_assert_eq!(visited(&tables, row, &prices, threshold), (count, expected.clone()));
                prop_assert_eq!(visited(&tables.portable(), row, &prices, threshold), (count, expected));
            }
        }
    }

    proptest! {
        #[test]
        fn a_column_is_scanned_as_the_plain_score_says(
            tables in tables(),
            gains in prop::collection::vec(-300..900i64, 5),
            threshold in -600..900i64,
        ) {
            for column in 0..tables.columns() {
                let mut seen = Vec::new();
                tables.scan_column(column, &gains[..tables.rows()], threshold, &mut |row, score| {
                    seen.push((row, score));
                    threshold
                });
                let rows = (0..tables.rows()).filter_map(|row| Some((row as u32, tables.score(row, column)?)));
                let expected: Vec<_> = rows.filter(|&(row, score)| i64::from(score) - gains[row as usize] > threshold).collect();
                prop_assert_eq!(seen, expected);
            }
        }
    }

    #[test]
    fn points_beyond_the_limit_are_refused() {
        let mut builder = TablesBuilder::new(1);
        let plane = builder.plane([0]);
        let refusal = builder.row(1, [(plane, [Tables::MOST_POINTS; 16])], []);
        assert_eq!(refusal, Err(TooManyPoints { sum: u32::from(Tables::MOST_POINTS) + 1 }));
        assert_eq!(builder.build().rows(), 0);
    }
}
