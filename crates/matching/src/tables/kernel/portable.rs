//! Without vectors, for every processor.

use super::{BLOCK, BLOCKS, Blocks, Lookup, Ruled, Tables, ones};

/// The codes of a block in the plane of a look-up.
fn codes(tables: &Tables, lookup: &Lookup, block: usize) -> impl Iterator<Item = usize> {
    let (twins, down) = tables.codes(lookup.plane, block);
    twins.0.iter().map(move |both| usize::from(both >> down & 0xf))
}

pub(super) fn shut(tables: &Tables, rule: &Lookup, (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        for (inside, code) in codes(tables, rule, start + at).enumerate() {
            open[at] &= !(u64::from(rule.table[code] & 1) << inside);
        }
    }
}

pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> Ruled {
    let bits = |is: &dyn Fn(u16) -> bool| {
        present.iter().enumerate().fold(0, |bits, (at, &codes)| bits | u64::from(is(codes)) << at)
    };
    Ruled { closed: bits(&|codes| codes & !forbidden == 0), touched: bits(&|codes| codes & forbidden != 0) }
}

pub(super) fn within(
    tables: &Tables,
    lookups: &[Lookup],
    block: usize,
    (prices, margin): (&[u16; BLOCK], u16),
    short: &mut [u16; BLOCK],
) -> u64 {
    *short = [0; BLOCK];
    for lookup in lookups {
        for (short, code) in short.iter_mut().zip(codes(tables, lookup, block)) {
            *short += u16::from(lookup.table[code]);
        }
    }
    let within = short.iter().zip(prices).map(|(&short, &price)| short.saturating_add(price) <= margin);
    within.enumerate().fold(0, |bits, (at, within)| bits | u64::from(within) << at)
}
