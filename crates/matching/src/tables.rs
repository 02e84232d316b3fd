//! Scores as sums of small table look-ups: the implicit problem, without a matrix.
//!
//! A column is described by a *code* from 0 to 15 in each of many *planes* (one plane a feature).
//! A row brings, for the planes it cares about, a table of points for each code, and tables of
//! codes that it forbids. The score of a pair is the row's offset and the points looked up; the
//! pair is not allowed if any of its codes is forbidden.
//!
//! Sixteen codes are what one vector shuffle looks up at once, so a pair costs a fraction of a
//! nanosecond and no score is ever stored: recomputing is cheaper than loading.
//!
//! What is kept of the points is by how much each code falls short of the best one: the score is the
//! most that the row can reach, less the shortfalls.

mod coarse;
mod kernel;

use std::ops::{Range, RangeInclusive};

use crate::prices::Prices;
use crate::scores::{Scores, Visit};
use coarse::Coarse;
use kernel::{Blocks, Kernel, Ruled};

/// Columns are looked at this many at a time.
pub(crate) const BLOCK: usize = 64;

/// So many blocks are a group: one bit each.
const BLOCKS: usize = 64;

/// A feature of the columns: made by [`TablesBuilder::plane`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Plane(u32);

/// The codes of two blocks, where one load from the cache has them all: those of the first in the low halves of the bytes,
/// those of the second in the high ones.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Twins([u8; BLOCK]);

/// One look-up: sixteen bytes by the codes of a plane; how far each falls short, or all ones if a rule forbids it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup {
    plane: u32,
    /// A bit for each code with an entry above 0.
    codes: u16,
    /// After this look-up the sum of bytes may be full and must be widened.
    widen: bool,
    /// The largest entry.
    most: u8,
    table: [u8; 16],
}

#[derive(Clone, Copy, Debug)]
struct Row {
    rules: u32,
    points: u32,
    end: u32,
    /// The most points the row can reach.
    most: u16,
}

impl Lookup {
    fn new(plane: Plane, table: [u8; 16]) -> Self {
        let bit = |(code, &entry): (usize, &u8)| u16::from(entry != 0) << code;
        let most = table.into_iter().fold(0, u8::max);
        Self { plane: plane.0, codes: table.iter().enumerate().map(bit).sum(), widen: false, most, table }
    }
}

/// Scores computed from planes of codes and tables of points.
#[derive(Clone, Debug)]
pub struct Tables {
    columns: usize,
    /// For each plane, two blocks by two; beyond the last column there are noughts.
    codes: Vec<Twins>,
    /// For each plane and block, in groups, a bit for each code that some column of the block has.
    present: Vec<[u16; BLOCKS]>,
    /// The same for each plane as a whole.
    used: Vec<u16>,
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
            used: Vec::new(),
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
        let codes: Vec<u8> = codes.into_iter().collect();
        assert_eq!(codes.len(), self.0.columns, "one code a column");
        assert!(codes.iter().all(|&code| code < 16), "a code is at most 15");
        for two in codes.chunks(2 * BLOCK) {
            let (first, second) = two.split_at(two.len().min(BLOCK));
            let mut twins = [0; BLOCK];
            twins[..first.len()].copy_from_slice(first);
            for (both, code) in twins.iter_mut().zip(second) {
                *both |= code << 4;
            }
            self.0.codes.push(Twins(twins));
        }
        let mut used = 0;
        for some in codes.chunks(BLOCK * BLOCKS) {
            let mut present = [0; BLOCKS];
            for (inside, present) in some.chunks(BLOCK).zip(&mut present) {
                *present = inside.iter().fold(0, |codes, &code| codes | 1 << code);
                used |= *present;
            }
            self.0.present.push(present);
        }
        self.0.used.push(used);
        Plane(self.0.used.len() as u32 - 1)
    }

    /// Adds a row: its offset, its points by plane and code, and the codes it forbids by plane
    /// (bit *c* set: code *c* is forbidden).
    ///
    /// # Errors
    /// [`TooManyPoints`] if the offset and the largest points of each table exceed
    /// [`Tables::MOST_POINTS`].
    ///
    /// # Panics
    /// If a plane is of another builder that has more of them.
    pub fn row(
        &mut self,
        offset: u16,
        points: impl IntoIterator<Item = (Plane, [u16; 16])>,
        forbidden: impl IntoIterator<Item = (Plane, u16)>,
    ) -> Result<(), TooManyPoints> {
        let rules = self.0.lookups.len() as u32;
        let planes = self.0.used.len() as u32;
        let known = |plane: Plane| assert!(plane.0 < planes, "a plane of this builder");
        for (plane, codes) in forbidden {
            known(plane);
            if codes != 0 {
                let table = std::array::from_fn(|code| if codes >> code & 1 == 1 { u8::MAX } else { 0 });
                self.0.lookups.push(Lookup::new(plane, table));
            }
        }
        let first = self.0.lookups.len();
        let (mut sum, mut most) = (u32::from(offset), u32::from(offset));
        for (plane, table) in points {
            known(plane);
            sum = sum.saturating_add(u32::from(*table.iter().max().expect("sixteen entries")));
            if sum > u32::from(Tables::MOST_POINTS) {
                continue;
            }
            // What no column has need not be reached for.
            let used = self.0.used[plane.0 as usize];
            let best = (0..16).filter(|code| used >> code & 1 == 1).map(|code| table[code]).max().unwrap_or(0);
            most += u32::from(best);
            let mut short = table.map(|points| best.saturating_sub(points));
            // Shortfalls above a byte take several look-ups of the same plane.
            while short.iter().any(|&left| left > 0) {
                let part = short.map(|left| left.min(u16::from(u8::MAX)) as u8);
                self.0.lookups.push(Lookup::new(plane, part));
                short = std::array::from_fn(|code| short[code] - u16::from(part[code]));
            }
        }
        if sum > u32::from(Tables::MOST_POINTS) {
            self.0.lookups.truncate(rules as usize);
            return Err(TooManyPoints { sum });
        }
        // What takes most away comes first, so that most columns are soon known to be of no use.
        self.0.lookups[first..].sort_by_key(|lookup| std::cmp::Reverse(lookup.most));
        let mut narrow_sum = 0;
        for at in first..self.0.lookups.len() {
            let most = u16::from(self.0.lookups[at].most);
            if narrow_sum + most > u16::from(u8::MAX) {
                self.0.lookups[at - 1].widen = true;
                narrow_sum = 0;
            }
            narrow_sum += most;
        }
        if let Some(last) = self.0.lookups[first..].last_mut() {
            last.widen = true;
        }
        let most = most as u16;
        self.0.most = self.0.most.max(most);
        let end = self.0.lookups.len() as u32;
        self.0.rows.push(Row { rules, points: first as u32, end, most });
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

    fn blocks(&self) -> usize {
        self.columns.div_ceil(BLOCK)
    }

    /// Blocks, again as many at a time.
    fn groups(&self) -> usize {
        self.blocks().div_ceil(BLOCKS)
    }

    /// Where the codes of a plane begin.
    fn start(&self, plane: u32) -> usize {
        plane as usize * self.blocks().div_ceil(2)
    }

    /// The codes of a block in a plane, and by how many bits they are to be shifted down to lie in the low halves.
    fn codes(&self, plane: u32, block: usize) -> (&Twins, u32) {
        (&self.codes[self.start(plane) + block / 2], block as u32 % 2 * 4)
    }

    fn rules(&self, row: usize) -> &[Lookup] {
        let row = self.rows[row];
        &self.lookups[row.rules as usize..row.points as usize]
    }

    /// By how much the codes fall short.
    fn shortfalls(&self, row: usize) -> &[Lookup] {
        let row = self.rows[row];
        &self.lookups[row.points as usize..row.end as usize]
    }

    /// The codes that the columns of each block of a group have in a plane.
    fn present(&self, plane: u32, group: usize) -> &[u16; BLOCKS] {
        &self.present[plane as usize * self.groups() + group]
    }

    /// The groups of blocks that have some of the columns, and a bit for each such block.
    fn groups_of(columns: &Range<usize>) -> impl Iterator<Item = (usize, u64)> {
        let blocks = columns.start / BLOCK..columns.end.div_ceil(BLOCK);
        (blocks.start / BLOCKS..blocks.end.div_ceil(BLOCKS)).map(move |group| {
            let start = group * BLOCKS;
            let before = u64::MAX << blocks.start.saturating_sub(start);
            (group, before & u64::MAX >> (start + BLOCKS).saturating_sub(blocks.end))
        })
    }

    /// What a rule is to each block of a group.
    fn ruled(&self, rule: &Lookup, group: usize) -> Ruled {
        kernel::rule(self.kernel, self.present(rule.plane, group), rule.codes)
    }

    /// Those of some blocks of a group that no rule of the row closes as a whole.
    fn open_blocks(&self, row: usize, (group, some): (usize, u64)) -> Blocks {
        let mut open = some;
        for rule in self.rules(row) {
            open &= !self.ruled(rule, group).closed;
            if open == 0 {
                break;
            }
        }
        (group * BLOCKS, open)
    }

    /// A bit for each column of a block that no rule of the row forbids.
    fn open(&self, row: usize, block: usize) -> u64 {
        let mut open = [u64::MAX];
        for rule in self.rules(row) {
            if self.present(rule.plane, block / BLOCKS)[block % BLOCKS] & rule.codes != 0 {
                kernel::shut(self.kernel, self, rule, (block, 1), &mut open);
            }
        }
        open[0]
    }

    /// A bit for each column of a block that is among these.
    fn inside(block: usize, columns: &Range<usize>) -> u64 {
        let first = block * BLOCK;
        let from = u64::MAX << columns.start.saturating_sub(first);
        from & u64::MAX >> (first + BLOCK).saturating_sub(columns.end)
    }

    /// The score of a pair, whether allowed or not.
    fn points(&self, row: usize, column: usize) -> i32 {
        let short = |lookup: &Lookup| i32::from(lookup.table[self.code(lookup, column)]);
        i32::from(self.rows[row].most) - self.shortfalls(row).iter().map(short).sum::<i32>()
    }

    fn code(&self, lookup: &Lookup, column: usize) -> usize {
        let (twins, down) = self.codes(lookup.plane, column / BLOCK);
        usize::from(twins.0[column % BLOCK] >> down & 0xf)
    }

    /// The same scores through each kernel that this processor has: all must agree.
    #[cfg(test)]
    fn through_each(&self) -> impl Iterator<Item = Self> + '_ {
        Kernel::all().into_iter().map(|kernel| Self { kernel, ..self.clone() })
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
        Some(self.points(row, column))
    }

    fn scan(&self, row: usize, columns: Range<usize>, prices: &Prices, threshold: i64, visit: &mut Visit) {
        let most = self.rows[row].most;
        // A pair counts only if its shortfall and its price together are at most this. Beyond sixteen bits everything may
        // count; below, a price that is not kept narrow is beyond any margin or is seen to at the end.
        let margin = |threshold: i64| {
            let margin = i64::from(most).saturating_sub(threshold).saturating_sub(1);
            (margin >= 0).then_some(margin.min(i64::from(u16::MAX)) as u16)
        };
        let mut threshold = threshold;
        let (mut short, mut coarse) = ([0; BLOCK], Coarse::new());
        let open = Self::groups_of(&columns).map(|some| self.open_blocks(row, some));
        for (start, mut some) in open.flat_map(kernel::parts) {
            match margin(threshold) {
                None => return,
                Some(margin) if some != 0 && margin < most => {
                    coarse.set(self, row, margin);
                    some = kernel::hopeful(self.kernel, self, &coarse, (start, some), prices);
                }
                Some(_) => {}
            }
            for at in ones(some) {
                let (block, Some(margin)) = (start + at, margin(threshold)) else { return };
                let within = kernel::within(self.kernel, self, row, block, (prices, margin), &mut short);
                let mut left = within & Self::inside(block, &columns);
                if left != 0 {
                    left &= self.open(row, block);
                }
                for inside in ones(left) {
                    let (column, score) = (block * BLOCK + inside, i32::from(most - short[inside]));
                    if i64::from(score) - prices.of(column) > threshold {
                        threshold = visit(column as u32, score);
                    }
                }
            }
        }
    }

    fn count(&self, row: usize, columns: Range<usize>) -> u64 {
        let mut count = 0;
        for (group, some) in Self::groups_of(&columns) {
            let (start, some) = self.open_blocks(row, (group, some));
            if some == 0 {
                continue;
            }
            let mut open = [u64::MAX; BLOCKS];
            for rule in self.rules(row) {
                let some = self.ruled(rule, group).touched & some;
                kernel::shut(self.kernel, self, rule, (start, some), &mut open);
            }
            let allowed = |at| open[at] & Self::inside(start + at, &columns);
            count += ones(some).map(|at| u64::from(allowed(at).count_ones())).sum::<u64>();
        }
        count
    }
}

/// The places of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (at < u64::BITS as usize).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tables() -> impl Strategy<Value = Tables> {
        // Now and then more than a group of blocks.
        let columns = prop_oneof![9 => 1..150usize, 1 => BLOCK * BLOCKS - 70..BLOCK * BLOCKS * 2 + 200];
        let shape = (columns, 1..4usize, 1..5usize);
        shape.prop_flat_map(|(columns, planes, rows)| {
            let codes = prop::collection::vec(prop::collection::vec(0..16u8, columns), planes);
            let table = prop_oneof![prop::array::uniform16(0..400u16), prop::array::uniform16(0..30u16)];
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
        tables.scan(row, 0..cut, prices, threshold, &mut visit);
        tables.scan(row, cut..tables.columns(), prices, threshold, &mut visit);
        (tables.count(row, 0..cut) + tables.count(row, cut..tables.columns()), seen)
    }

    proptest! {
        #[test]
        fn every_kernel_visits_what_the_plain_score_says(
            tables in tables(),
            prices in prop::collection::vec(0..500i64, BLOCK * BLOCKS * 2 + 200),
            dear in prop::option::of(prop_oneof![30_000..70_000i64, 66_000..1_000_000i64]),
            threshold in prop_oneof![4 => -600..1500i64, 1 => -70_000..0i64],
            // So far below the most that the row can reach: what most scans ask for.
            close in prop::option::weighted(0.7, 0..600i64),
        ) {
            let mut list = prices[..tables.columns()].to_vec();
            if let Some(dear) = dear { list[0] = dear; }
            let prices = Prices::from_list(&list);
            for row in 0..tables.rows() {
                let threshold = close.map_or(threshold, |close| i64::from(tables.rows[row].most) - close);
                let allowed = (0..tables.columns()).filter_map(|column| Some((column, tables.score(row, column)?)));
                let expected: Vec<_> = allowed.clone()
                    .filter(|&(column, score)| i64::from(score) - list[column] > threshold)
                    .map(|(column, score)| (column as u32, score)).collect();
                let count = allowed.count() as u64;
                for tables in tables.through_each() {
                    prop_assert_eq!(visited(&tables, row, &prices, threshold), (count, expected.clone()));
                }
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
