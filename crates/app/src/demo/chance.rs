//! Chance with a seed.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// Draws that are the same for the same seed.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `end`, which must not be 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end as u64) as usize
    }

    /// True in so many cases of a hundred.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of several, by weight; at least one weight must be above 0.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, u32)]) -> T {
        let mut at = self.below(from.iter().map(|choice| choice.1 as usize).sum());
        for &(value, weight) in from {
            if at < weight as usize {
                return value;
            }
            at -= weight as usize;
        }
        unreachable!("the draw is below the sum of the weights")
    }

    /// So many different ones, by weight; fewer if there are not enough.
    pub(super) fn several<T: Copy + PartialEq>(&mut self, count: usize, from: &[(T, u32)]) -> Vec<T> {
        let mut left = from.to_vec();
        let mut drawn = Vec::new();
        while drawn.len() < count && left.iter().any(|choice| choice.1 > 0) {
            let value = self.weighted(&left);
            left.retain(|choice| choice.0 != value);
            drawn.push(value);
        }
        drawn
    }
}
