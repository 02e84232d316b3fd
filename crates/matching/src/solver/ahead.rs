//! What is still ahead of a search. Where very many columns tie each would be looked at by every row; so nobody is shown
//! those again to which no way can be shorter.

use crate::prices::Prices;

/// Once a row has had to look at all columns: the prices, but of the columns that are closed so high that nobody looks at
/// them.
#[derive(Default)]
pub(super) struct Ahead(Option<Prices>);

impl Ahead {
    pub(super) fn has_begun(&self) -> bool {
        self.0.is_some()
    }

    /// The prices to look at columns by: from the first time on with some closed.
    pub(super) fn prices(&mut self, prices: &Prices, closed: impl FnOnce() -> Vec<u32>) -> &Prices {
        self.0.get_or_insert_with(|| {
            let mut prices = prices.clone();
            for column in closed() {
                prices.set(column as usize, Prices::MOST);
            }
            prices
        })
    }

    pub(super) fn close(&mut self, column: u32) {
        if let Some(prices) = &mut self.0 {
            prices.set(column as usize, Prices::MOST);
        }
    }
}
