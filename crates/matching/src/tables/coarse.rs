//! A first look at a row's shortfalls, in bytes: what surely is of no use need not be summed up exactly.

use super::Tables;

/// More look-ups than this could only rule out more; the most telling come first.
const MOST: usize = 32;

/// The shortfalls of a row in steps so large that a margin has room in a byte. Whatever is beyond the margin when it is
/// counted so, and each part rounded down, is beyond it.
pub(super) struct Coarse {
    /// A step is two to the power of this.
    pub(super) shift: u32,
    /// In steps, below the most that a byte holds: sums that stop there are beyond it.
    pub(super) margin: u8,
    count: usize,
    lookups: [Lookup; MOST],
}

/// One look-up: where the plane begins, and sixteen shortfalls.
#[derive(Clone, Copy)]
pub(super) struct Lookup {
    pub(super) plane: usize,
    pub(super) table: [u8; 16],
}

impl Coarse {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let lookup = Lookup { plane: 0, table: [0; 16] };
        Self { shift: u32::MAX, margin: 0, count: 0, lookups: [lookup; MOST] }
    }

    /// Made ready for a row and a margin: always of the same row, whose margin may change.
    pub(super) fn set(&mut self, tables: &Tables, row: usize, margin: u16) {
        let shift = (u32::from(margin) + 1).div_ceil(u32::from(u8::MAX)).next_power_of_two().ilog2();
        self.margin = (margin >> shift) as u8;
        if shift != self.shift {
            self.shift = shift;
            let lookups = tables.shortfalls(row);
            self.count = lookups.len().min(MOST);
            for (coarse, exact) in self.lookups.iter_mut().zip(lookups) {
                *coarse = Lookup { plane: tables.start(exact.plane), table: exact.table.map(|short| short >> shift) };
            }
        }
    }

    pub(super) fn lookups(&self) -> &[Lookup] {
        &self.lookups[..self.count]
    }
}
