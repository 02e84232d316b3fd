//! Without vectors, for every processor.

use super::{BLOCK, BLOCKS, Blocks, Lookup, Tables, codes, ones};

pub(super) fn open(tables: &Tables, rules: &[Lookup], (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        let mut closed = 0;
        for rule in rules {
            for (inside, &code) in codes(tables, rule, start + at).iter().enumerate() {
                closed |= u64::from(rule.table[usize::from(code)] & 1) << inside;
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
        for (short, &code) in short.iter_mut().zip(codes(tables, lookup, block)) {
            *short += u16::from(lookup.table[usize::from(code)]);
        }
    }
    let within = short.iter().zip(prices).map(|(&short, &price)| short.saturating_add(price) <= margin);
    within.enumerate().fold(0, |bits, (at, within)| bits | u64::from(within) << at)
}
