//! The price of each column, kept twice: exactly, and narrow for the vector kernel.

use crate::tables::BLOCK;

/// A price for each column, never negative.
///
/// In the dual of the assignment problem a price is what one more place in the column would be
/// worth to the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    exact: Vec<i64>,
    narrow: Vec<u16>,
    wide: usize,
}

impl Prices {
    /// `columns` prices of zero.
    pub fn zero(columns: usize) -> Self {
        Self { exact: vec![0; columns], narrow: vec![0; columns.next_multiple_of(BLOCK)], wide: 0 }
    }

    /// Prices from a list.
    ///
    /// # Panics
    /// If a price is negative.
    pub fn from_list(list: &[i64]) -> Self {
        let mut prices = Self::zero(list.len());
        for (column, &price) in list.iter().enumerate() {
            prices.set(column, price);
        }
        prices
    }

    /// The price of a column.
    #[inline]
    pub fn of(&self, column: usize) -> i64 {
        self.exact[column]
    }

    /// All prices in column order.
    pub fn as_slice(&self) -> &[i64] {
        &self.exact
    }

    pub(crate) fn set(&mut self, column: usize, price: i64) {
        assert!(price >= 0, "a price is never negative");
        self.wide -= usize::from(self.exact[column] > i64::from(u16::MAX));
        self.wide += usize::from(price > i64::from(u16::MAX));
        self.exact[column] = price;
        self.narrow[column] = price.min(i64::from(u16::MAX)) as u16;
    }

    /// The prices of a block of columns in sixteen bits, if all prices fit.
    pub(crate) fn narrow(&self, block: usize) -> Option<&[u16; BLOCK]> {
        self.narrow[block * BLOCK..].first_chunk().filter(|_| self.wide == 0)
    }
}
