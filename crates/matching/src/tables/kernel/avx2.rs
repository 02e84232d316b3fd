//! With registers of 32 bytes.

#![allow(clippy::wildcard_imports, reason = "the names say what they are")]
#![allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]

use super::{AHEAD, BLOCK, BLOCKS, Blocks, Coarse, Lookup, Ruled, Tables, Twins, ones, twins};
use std::arch::x86_64::*;

/// The codes of two blocks, those of the first in the low halves of the bytes.
#[target_feature(enable = "avx2")]
fn load(twins: &Twins) -> [__m256i; 2] {
    let start = twins.0.as_ptr().cast::<__m256i>();
    // SAFETY: the codes are 64 readable bytes, two registers; the loads need no alignment.
    [0, 1].map(|half| unsafe { _mm256_loadu_si256(start.add(half)) })
}

/// What a table of sixteen bytes says of the low half of each byte.
#[target_feature(enable = "avx2")]
fn looked_up(table: &[u8; 16], codes: [__m256i; 2]) -> [__m256i; 2] {
    // SAFETY: the table is sixteen readable bytes; the load needs no alignment.
    let table = unsafe { _mm_loadu_si128(table.as_ptr().cast()) };
    // A shuffle wants the table in both halves of the register.
    let table = _mm256_broadcastsi128_si256(table);
    codes.map(|codes| _mm256_shuffle_epi8(table, _mm256_and_si256(codes, _mm256_set1_epi8(0xf))))
}

/// What a look-up says of the codes of a block.
#[target_feature(enable = "avx2")]
fn of_block(tables: &Tables, lookup: &Lookup, block: usize) -> [__m256i; 2] {
    let (twins, down) = tables.codes(lookup.plane, block);
    let down = _mm_cvtsi32_si128(down.cast_signed());
    looked_up(&lookup.table, load(twins).map(|codes| _mm256_srl_epi16(codes, down)))
}

#[target_feature(enable = "avx2")]
fn quarters(words: &[u16; BLOCK]) -> [__m256i; 4] {
    let start = words.as_ptr().cast::<__m256i>();
    // SAFETY: 64 words are four registers; the loads need no alignment.
    [0, 1, 2, 3].map(|at| unsafe { _mm256_loadu_si256(start.add(at)) })
}

#[target_feature(enable = "avx2")]
pub(super) fn shut(tables: &Tables, rule: &Lookup, (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        let [first, second] = of_block(tables, rule, start + at).map(|bytes| bits(bytes));
        open[at] &= !(first | second << 32);
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> Ruled {
    let (forbidden, present) = (_mm256_set1_epi16(forbidden.cast_signed()), quarters(present));
    let none = |codes| _mm256_cmpeq_epi16(codes, _mm256_setzero_si256());
    let closed = present.map(|present| none(_mm256_andnot_si256(forbidden, present)));
    let untouched = present.map(|present| none(_mm256_and_si256(forbidden, present)));
    Ruled { closed: tops(closed), touched: !tops(untouched) }
}

/// The top bit of each word.
#[target_feature(enable = "avx2")]
fn tops([a, b, c, d]: [__m256i; 4]) -> u64 {
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
pub(super) fn hopeful(tables: &Tables, coarse: &Coarse, (start, some): Blocks, prices: &[[u16; BLOCK]]) -> u64 {
    let step = _mm_cvtsi32_si128(coarse.shift.cast_signed());
    let margin = _mm256_set1_epi8(coarse.margin.cast_signed());
    // The pack works on each half of the registers; the permutation puts the bytes in order.
    let bytes = |low, high| _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi16(low, high));
    let steps = |prices: &[u16; BLOCK]| {
        let [a, b, c, d] = quarters(prices).map(|price| _mm256_srl_epi16(price, step));
        [bytes(a, b), bytes(c, d)]
    };
    let add = |sums: &mut [__m256i; 2], more: [__m256i; 2]| {
        for (sum, more) in sums.iter_mut().zip(more) {
            *sum = _mm256_adds_epu8(*sum, more);
        }
    };
    let any = |sums: [__m256i; 2]| {
        let within = |sum| bits(_mm256_cmpeq_epi8(_mm256_subs_epu8(sum, margin), _mm256_setzero_si256()));
        u64::from(sums.map(within) != [0, 0])
    };
    let mut hopeful = 0;
    for at in twins(some) {
        let block = start + at;
        let (mut first, mut second) = (steps(&prices[block]), steps(&prices[block + 1]));
        for lookup in coarse.lookups() {
            let twins = &tables.codes[lookup.plane + block / 2];
            _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(twins).wrapping_add(AHEAD).cast());
            let both = load(twins);
            add(&mut first, looked_up(&lookup.table, both));
            add(&mut second, looked_up(&lookup.table, both.map(|both| _mm256_srli_epi16::<4>(both))));
        }
        hopeful |= any(first) << at | any(second) << (at + 1);
    }
    hopeful & some
}

#[target_feature(enable = "avx2")]
pub(super) fn within(
    tables: &Tables,
    lookups: &[Lookup],
    block: usize,
    (prices, margin): (&[u16; BLOCK], u16),
    short: &mut [u16; BLOCK],
) -> u64 {
    let zero = _mm256_setzero_si256();
    let (mut words, mut sums) = ([zero; 4], [zero; 2]);
    for lookup in lookups {
        for (sum, more) in sums.iter_mut().zip(of_block(tables, lookup, block)) {
            *sum = _mm256_add_epi8(*sum, more);
        }
        if lookup.widen {
            let low = sums.map(|sum| _mm256_cvtepu8_epi16(_mm256_castsi256_si128(sum)));
            let high = sums.map(|sum| _mm256_cvtepu8_epi16(_mm256_extracti128_si256::<1>(sum)));
            for (word, more) in words.iter_mut().zip([low[0], high[0], low[1], high[1]]) {
                *word = _mm256_add_epi16(*word, more);
            }
            sums = [zero; 2];
        }
    }
    let store = short.as_mut_ptr().cast::<__m256i>();
    for (quarter, &word) in words.iter().enumerate() {
        // SAFETY: four registers fill the 64 words exactly; the store needs no alignment.
        unsafe { _mm256_storeu_si256(store.add(quarter), word) };
    }
    let (margin, prices) = (_mm256_set1_epi16(margin.cast_signed()), quarters(prices));
    tops([0, 1, 2, 3].map(|at| {
        let beyond = _mm256_subs_epu16(_mm256_adds_epu16(words[at], prices[at]), margin);
        _mm256_cmpeq_epi16(beyond, zero)
    }))
}
