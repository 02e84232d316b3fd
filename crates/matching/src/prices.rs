//! The price of each column, kept twice: exactly, and narrow for the vector kernels and whoever asks often.

use crate::tables::BLOCK;

/// A price for each column, never negative.
///
/// In the dual of the assignment problem a price is what one more place in the column would be
/// worth to the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    exact: Vec<i64>,
    /// Of each block, and of one more where they are odd.
    narrow: Vec<[u16; BLOCK]>,
}

impl Prices {
    /// More than any score: nobody looks at a column of this price.
    pub(crate) const MOST: i64 = i64::MAX / 2;

    /// The most that is kept narrow; above it only the exact price is known. Vectors may take it for a signed number.
    const MOST_NARROW: u16 = i16::MAX.cast_unsigned();

    /// `columns` prices of zero.
    pub fn zero(columns: usize) -> Self {
        Self { exact: vec![0; columns], narrow: vec![[0; BLOCK]; columns.div_ceil(2 * BLOCK) * 2] }
    }

    /// Prices from a list.
    ///
    /// # Panics
    /// If a price is negative or above half of what the type holds.
    pub fn from_list(list: &[i64]) -> Self {
        let mut prices = Self::zero(list.len());
        for (column, &price) in list.iter().enumerate() {
            prices.set(column, price);
        }
        prices
    }

    /// The price of a column.
    ///
    /// # Panics
    /// If there is no such column.
    #[inline]
    pub fn of(&self, column: usize) -> i64 {
        // What lies closer together is sooner at hand, and nearly all prices fit.
        let narrow = self.narrow.as_flattened()[..self.exact.len()][column];
        if narrow < Self::MOST_NARROW { i64::from(narrow) } else { self.exact[column] }
    }

    /// All prices in column order.
    pub fn as_slice(&self) -> &[i64] {
        &self.exact
    }

    pub(crate) fn set(&mut self, column: usize, price: i64) {
        assert!((0..=Self::MOST).contains(&price), "a price is never negative, and can be added to");
        self.exact[column] = price;
        self.narrow[column / BLOCK][column % BLOCK] = price.min(i64::from(Self::MOST_NARROW)) as u16;
    }

    /// The prices of each block of columns in sixteen bits; those that do not fit as the most that does.
    pub(crate) fn narrow(&self) -> &[[u16; BLOCK]] {
        &self.narrow
    }
}
