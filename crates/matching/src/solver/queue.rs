//! A radix heap: a priority queue for keys that never fall below the last one taken.
//!
//! Ahuja, Mehlhorn, Orlin & Tarjan, "Faster algorithms for the shortest path problem", JACM 37
//! (1990). Equal keys come out last in, first out, which walks ties depth first; or, if asked for, first in, first out.

/// Keys in 65 buckets by the highest bit in which they differ from the last key taken.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    buckets: [Vec<(u64, u32)>; 65],
    last: u64,
    /// So many of the nearest have been taken by [`Queue::pop_oldest`].
    taken: usize,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self { buckets: std::array::from_fn(|_| Vec::new()), last: 0, taken: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.buckets.iter_mut().for_each(Vec::clear);
        self.last = 0;
        self.taken = 0;
    }

    pub(super) fn push(&mut self, key: i64, node: u32) {
        let key = key as u64;
        debug_assert!(key >= self.last, "keys never fall");
        self.buckets[bucket(key, self.last)].push((key, node));
    }

    /// Takes one of the least keys, the latest first.
    pub(super) fn pop(&mut self) -> Option<(i64, u32)> {
        if self.buckets[0].is_empty() {
            self.advance()?;
        }
        self.buckets[0].pop().map(|(key, node)| (key as i64, node))
    }

    /// Takes one of the least keys, the oldest first. Not to be mixed with [`Queue::pop`].
    pub(super) fn pop_oldest(&mut self) -> Option<(i64, u32)> {
        if self.taken == self.buckets[0].len() {
            self.buckets[0].clear();
            self.taken = 0;
            self.advance()?;
        }
        self.taken += 1;
        let (key, node) = self.buckets[0][self.taken - 1];
        Some((key as i64, node))
    }

    /// Sorts the next bucket into nearer ones, its least keys into the first.
    fn advance(&mut self) -> Option<()> {
        let at = self.buckets.iter().position(|bucket| !bucket.is_empty())?;
        let mut moved = std::mem::take(&mut self.buckets[at]);
        self.last = moved.iter().map(|entry| entry.0).min()?;
        for &(key, node) in &moved {
            self.buckets[bucket(key, self.last)].push((key, node));
        }
        moved.clear();
        self.buckets[at] = moved;
        Some(())
    }
}

fn bucket(key: u64, last: u64) -> usize {
    (u64::BITS - (key ^ last).leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_come_out_in_order(
            steps in prop::collection::vec((0..1000i64, any::<bool>()), 0..200),
            oldest in any::<bool>(),
        ) {
            let mut queue = Queue::new();
            let mut kept = std::collections::BinaryHeap::new();
            let mut last = 0;
            for (rise, pop) in steps {
                if pop {
                    let popped = if oldest { queue.pop_oldest() } else { queue.pop() };
                    let key = popped.map(|(key, _)| key);
                    prop_assert_eq!(key, kept.pop().map(|std::cmp::Reverse(key)| key));
                    last = key.unwrap_or(last);
                } else {
                    queue.push(last + rise, 0);
                    kept.push(std::cmp::Reverse(last + rise));
                }
            }
        }
    }
}
