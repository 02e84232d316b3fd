//! With registers of 32 bytes.

#![allow(clippy::wildcard_imports, reason = "the names say what they are")]
#![allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]

use super::{AHEAD, BLOCK, BLOCKS, Blocks, Found, Lookup, Tables, codes, ones};
use std::arch::x86_64::*;

/// The row's sixteen bytes in both halves of a register, as a shuffle wants them.
#[target_feature(enable = "avx2")]
fn table(lookup: &Lookup) -> __m256i {
    // SAFETY: the table is sixteen readable bytes; the load needs no alignment.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(lookup.table.as_ptr().cast()) })
}

#[target_feature(enable = "avx2")]
fn looked_up(tables: &Tables, lookup: &Lookup, block: usize) -> [__m256i; 2] {
    let start = codes(tables, lookup, block).as_ptr();
    _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
    let (table, start) = (table(lookup), start.cast::<__m256i>());
    // SAFETY: 64 bytes are two registers; the loads need no alignment.
    [0, 1].map(|half| _mm256_shuffle_epi8(table, unsafe { _mm256_loadu_si256(start.add(half)) }))
}

#[target_feature(enable = "avx2")]
fn quarters(words: &[u16; BLOCK]) -> [__m256i; 4] {
    let start = words.as_ptr().cast::<__m256i>();
    // SAFETY: 64 words are four registers; the loads need no alignment.
    [0, 1, 2, 3].map(|at| unsafe { _mm256_loadu_si256(start.add(at)) })
}

#[target_feature(enable = "avx2")]
pub(super) fn open(tables: &Tables, rules: &[Lookup], (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        let mut closed = [_mm256_setzero_si256(); 2];
        for rule in rules {
            for (closed, more) in closed.iter_mut().zip(looked_up(tables, rule, start + at)) {
                *closed = _mm256_or_si256(*closed, more);
            }
        }
        open[at] = !(bits(closed[0]) | bits(closed[1]) << 32);
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> (u64, u64) {
    let (forbidden, present) = (_mm256_set1_epi16(forbidden.cast_signed()), quarters(present));
    let none = |codes| _mm256_cmpeq_epi16(codes, _mm256_setzero_si256());
    let closed = present.map(|present| none(_mm256_andnot_si256(forbidden, present)));
    let untouched = present.map(|present| none(_mm256_and_si256(forbidden, present)));
    (words(closed), !words(untouched))
}

/// The top bit of each word.
#[target_feature(enable = "avx2")]
fn words([a, b, c, d]: [__m256i; 4]) -> u64 {
    // The pack works on each half of the registers; the permutation puts the words in order.
    let half = |low, high| bits(_mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi16(low, high)));
    half(a, b) | half(c, d) << 32
}

/// The top bit of each byte.
#[target_feature(enable = "avx2")]
fn bits(bytes: __m256i) -> u64 {
    u64::from(_mm256_movemask_epi8(bytes).cast_unsigned())
}

#[target_feature(enable = "avx2")]
pub(super) fn within(
    tables: &Tables,
    lookups: &[Lookup],
    (start, some): Blocks,
    (prices, margin): (&[[u16; BLOCK]], u16),
    found: &mut Found,
) -> u64 {
    let margin = _mm256_set1_epi16(margin.cast_signed());
    let zero = _mm256_setzero_si256();
    let mut any = 0;
    for at in ones(some) {
        let (mut short, mut sums) = ([zero; 4], [zero; 2]);
        let prices = quarters(&prices[at]);
        let mut columns = u64::MAX;
        for lookup in lookups {
            for (sum, more) in sums.iter_mut().zip(looked_up(tables, lookup, start + at)) {
                *sum = _mm256_add_epi8(*sum, more);
            }
            if lookup.widen {
                let low = sums.map(|sum| _mm256_cvtepu8_epi16(_mm256_castsi256_si128(sum)));
                let high = sums.map(|sum| _mm256_cvtepu8_epi16(_mm256_extracti128_si256::<1>(sum)));
                for (short, more) in short.iter_mut().zip([low[0], high[0], low[1], high[1]]) {
                    *short = _mm256_add_epi16(*short, more);
                }
                sums = [zero; 2];
                columns = words([0, 1, 2, 3].map(|at| {
                    let beyond = _mm256_subs_epu16(_mm256_adds_epu16(short[at], prices[at]), margin);
                    _mm256_cmpeq_epi16(beyond, zero)
                }));
                if columns == 0 {
                    break;
                }
            }
        }
        if columns != 0 {
            any |= 1 << at;
            found.columns[at] = columns;
            let store = found.short[at].as_mut_ptr().cast::<__m256i>();
            for (quarter, short) in short.into_iter().enumerate() {
                // SAFETY: four registers fill the 64 words exactly; the store needs no alignment.
                unsafe { _mm256_storeu_si256(store.add(quarter), short) };
            }
        }
    }
    any
}
