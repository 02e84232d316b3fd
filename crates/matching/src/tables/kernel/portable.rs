//! Without vectors, for every processor.

use super::{BLOCK, BLOCKS, Blocks, Lookup, Tables, ones};

/// The codes of a block in the plane of a look-up.
fn codes(tables: &Tables, lookup: &Lookup, block: usize) -> impl Iterator<Item = usize> {
    let (twins, down) = tables.codes(lookup.plane, block);
    twins.0.iter().map(move |both| usize::from(both >> down & 0xf))
}

pub(super) fn open(tables: &Tables, rules: &[Lookup], (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        let mut closed = 0;
        for rule in rules {
            for (inside, code) in codes(tables, rule, start + at).enumerate() {
                closed |= u64::from(rule.table[code] & 1) << inside;
            }
        }
        open[at] = !closed;
    }
}

pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> (u64, u64) {
    let bits = |is: &dyn Fn(u16) -> bool| {
        present.iter().enumerate().fold(0, |bits, (at, &codes)| bits | u64::from(is(codes)) << at)
    };
    (bits(&|codes| codes & !forbidden == 0), bits(&|codes| codes & forbidden != 0))
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
