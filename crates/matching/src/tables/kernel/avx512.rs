//! With registers of 64 bytes: a block in one.

#![allow(clippy::wildcard_imports, reason = "the names say what they are")]
#![allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]

use super::{AHEAD, BLOCK, BLOCKS, Blocks, Coarse, Lookup, Ruled, Tables, Twins, ones, twins};
use std::arch::x86_64::*;

/// The codes of two blocks, those of the first in the low halves of the bytes.
#[target_feature(enable = "avx512f,avx512bw")]
fn load(twins: &Twins) -> __m512i {
    // SAFETY: the codes are 64 readable bytes; the load needs no alignment.
    unsafe { _mm512_loadu_si512(twins.0.as_ptr().cast()) }
}

/// What a table of sixteen bytes says of the low half of each byte.
#[target_feature(enable = "avx512f,avx512bw")]
fn looked_up(table: &[u8; 16], codes: __m512i) -> __m512i {
    // SAFETY: the table is sixteen readable bytes; the load needs no alignment.
    let table = unsafe { _mm_loadu_si128(table.as_ptr().cast()) };
    // A shuffle wants the table in each quarter of the register.
    _mm512_shuffle_epi8(_mm512_broadcast_i32x4(table), _mm512_and_si512(codes, _mm512_set1_epi8(0xf)))
}

/// What a look-up says of the codes of a block.
#[target_feature(enable = "avx512f,avx512bw")]
fn of_block(tables: &Tables, lookup: &Lookup, block: usize) -> __m512i {
    let (twins, down) = tables.codes(lookup.plane, block);
    looked_up(&lookup.table, _mm512_srl_epi16(load(twins), _mm_cvtsi32_si128(down.cast_signed())))
}

#[target_feature(enable = "avx512f,avx512bw")]
fn halves(words: &[u16; BLOCK]) -> [__m512i; 2] {
    let start = words.as_ptr().cast::<__m512i>();
    // SAFETY: 64 words are two registers; the loads need no alignment.
    unsafe { [_mm512_loadu_si512(start), _mm512_loadu_si512(start.add(1))] }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn shut(tables: &Tables, rule: &Lookup, (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        open[at] &= !_mm512_movepi8_mask(of_block(tables, rule, start + at));
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> Ruled {
    let (forbidden, present) = (_mm512_set1_epi16(forbidden.cast_signed()), halves(present));
    let none = |codes| u64::from(_mm512_cmpeq_epu16_mask(codes, _mm512_setzero_si512()));
    let closed = present.map(|present| none(_mm512_andnot_si512(forbidden, present)));
    let untouched = present.map(|present| none(_mm512_and_si512(forbidden, present)));
    Ruled { closed: closed[0] | closed[1] << 32, touched: !(untouched[0] | untouched[1] << 32) }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn hopeful(tables: &Tables, coarse: &Coarse, (start, some): Blocks, prices: &[[u16; BLOCK]]) -> u64 {
    let step = _mm_cvtsi32_si128(coarse.shift.cast_signed());
    let margin = _mm512_set1_epi8(coarse.margin.cast_signed());
    // The pack works on each quarter of the registers; the permutation puts the bytes in order.
    let order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
    let steps = |prices: &[u16; BLOCK]| {
        let [low, high] = halves(prices).map(|price| _mm512_srl_epi16(price, step));
        _mm512_permutexvar_epi64(order, _mm512_packus_epi16(low, high))
    };
    let mut hopeful = 0;
    for at in twins(some) {
        let block = start + at;
        let (mut first, mut second) = (steps(&prices[block]), steps(&prices[block + 1]));
        for lookup in coarse.lookups() {
            let twins = &tables.codes[lookup.plane + block / 2];
            _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(twins).wrapping_add(AHEAD).cast());
            let both = load(twins);
            first = _mm512_adds_epu8(first, looked_up(&lookup.table, both));
            second = _mm512_adds_epu8(second, looked_up(&lookup.table, _mm512_srli_epi16::<4>(both)));
        }
        hopeful |= u64::from(_mm512_cmple_epu8_mask(first, margin) != 0) << at;
        hopeful |= u64::from(_mm512_cmple_epu8_mask(second, margin) != 0) << (at + 1);
    }
    hopeful & some
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn within(
    tables: &Tables,
    lookups: &[Lookup],
    block: usize,
    (prices, margin): (&[u16; BLOCK], u16),
    short: &mut [u16; BLOCK],
) -> u64 {
    let zero = _mm512_setzero_si512();
    let (mut words, mut sum) = ([zero; 2], zero);
    for lookup in lookups {
        sum = _mm512_add_epi8(sum, of_block(tables, lookup, block));
        if lookup.widen {
            let low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(sum));
            let high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64::<1>(sum));
            words = [_mm512_add_epi16(words[0], low), _mm512_add_epi16(words[1], high)];
            sum = zero;
        }
    }
    let store = short.as_mut_ptr().cast::<__m512i>();
    for (half, &word) in words.iter().enumerate() {
        // SAFETY: two registers fill the 64 words exactly; the store needs no alignment.
        unsafe { _mm512_storeu_si512(store.add(half), word) };
    }
    let (margin, prices) = (_mm512_set1_epi16(margin.cast_signed()), halves(prices));
    let half = |at: usize| u64::from(_mm512_cmple_epu16_mask(_mm512_adds_epu16(words[at], prices[at]), margin));
    half(0) | half(1) << 32
}
