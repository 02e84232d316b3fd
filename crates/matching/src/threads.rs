//! Work on many rows at once: in bands, by as many threads as there are, with the same result whatever their number.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// So many rows are taken together.
const BAND: usize = 128;
/// So many columns are looked at for a whole band before the next: what is known of them then stays in the cache.
const TILE: usize = 8192;
/// For fewer pairs than this it is not worth while to start a thread.
const WORTH_A_THREAD: usize = 1 << 23;

/// The columns, tile by tile.
pub(crate) fn tiles(columns: usize) -> impl Iterator<Item = Range<usize>> {
    (0..columns).step_by(TILE).map(move |first| first..columns.min(first + TILE))
}

/// Does something to each band of `count` rows, each with so many columns to look at; answers what came of each band,
/// in order.
pub(crate) fn in_bands<T: Send>(count: usize, columns: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let bands = count.div_ceil(BAND);
    let band = |at: usize| work(at * BAND..count.min((at + 1) * BAND));
    let threads = if count.saturating_mul(columns) < WORTH_A_THREAD {
        1
    } else {
        thread::available_parallelism().map_or(1, NonZero::get).min(bands)
    };
    if threads < 2 {
        return (0..bands).map(band).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= bands {
                return done;
            }
            done.push((at, band(at)));
        }
    };
    let mut all: Vec<(usize, T)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mut all = share();
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_band_and_every_column_in_one_tile_in_order() {
        for count in [0, 1, BAND, BAND + 1, 10 * BAND - 1] {
            for columns in [0, 1, TILE, 3 * TILE + 5, WORTH_A_THREAD] {
                let rows: Vec<usize> = in_bands(count, columns, |band| band).into_iter().flatten().collect();
                assert_eq!(rows, (0..count).collect::<Vec<_>>());
                assert!(tiles(columns).flatten().eq(0..columns));
            }
        }
    }
}
