//! With registers of 64 bytes: a block in one.

#![allow(clippy::wildcard_imports, reason = "the names say what they are")]
#![allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]

use super::{AHEAD, BLOCK, BLOCKS, Blocks, Found, Lookup, Tables, codes, ones};
use std::arch::x86_64::*;

/// The row's sixteen bytes in each quarter of a register, as a shuffle wants them.
#[target_feature(enable = "avx512f,avx512bw")]
fn table(lookup: &Lookup) -> __m512i {
    // SAFETY: the table is sixteen readable bytes; the load needs no alignment.
    _mm512_broadcast_i32x4(unsafe { _mm_loadu_si128(lookup.table.as_ptr().cast()) })
}

#[target_feature(enable = "avx512f,avx512bw")]
fn looked_up(tables: &Tables, lookup: &Lookup, block: usize) -> __m512i {
    let start = codes(tables, lookup, block).as_ptr();
    _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
    // SAFETY: the codes of a block are 64 readable bytes; the load needs no alignment.
    let codes = unsafe { _mm512_loadu_si512(start.cast()) };
    _mm512_shuffle_epi8(table(lookup), codes)
}

#[target_feature(enable = "avx512f,avx512bw")]
fn halves(words: &[u16; BLOCK]) -> [__m512i; 2] {
    let start = words.as_ptr().cast::<__m512i>();
    // SAFETY: 64 words are two registers; the loads need no alignment.
    unsafe { [_mm512_loadu_si512(start), _mm512_loadu_si512(start.add(1))] }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn open(tables: &Tables, rules: &[Lookup], (start, some): Blocks, open: &mut [u64]) {
    for at in ones(some) {
        let closed = rules
            .iter()
            .fold(_mm512_setzero_si512(), |closed, rule| _mm512_or_si512(closed, looked_up(tables, rule, start + at)));
        open[at] = !_mm512_movepi8_mask(closed);
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> (u64, u64) {
    let (forbidden, present) = (_mm512_set1_epi16(forbidden.cast_signed()), halves(present));
    let none = |codes| u64::from(_mm512_cmpeq_epu16_mask(codes, _mm512_setzero_si512()));
    let closed = present.map(|present| none(_mm512_andnot_si512(forbidden, present)));
    let untouched = present.map(|present| none(_mm512_and_si512(forbidden, present)));
    (closed[0] | closed[1] << 32, !(untouched[0] | untouched[1] << 32))
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn within(
    tables: &Tables,
    lookups: &[Lookup],
    (start, some): Blocks,
    (prices, margin): (&[[u16; BLOCK]], u16),
    found: &mut Found,
) -> u64 {
    let margin = _mm512_set1_epi16(margin.cast_signed());
    let zero = _mm512_setzero_si512();
    let mut any = 0;
    for at in ones(some) {
        let (mut short, mut sum) = ([zero; 2], zero);
        let prices = halves(&prices[at]);
        let mut columns = u64::MAX;
        for lookup in lookups {
            sum = _mm512_add_epi8(sum, looked_up(tables, lookup, start + at));
            if lookup.widen {
                let low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(sum));
                let high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64::<1>(sum));
                short = [_mm512_add_epi16(short[0], low), _mm512_add_epi16(short[1], high)];
                sum = zero;
                let half = |at: usize| _mm512_cmple_epu16_mask(_mm512_adds_epu16(short[at], prices[at]), margin);
                columns = u64::from(half(0)) | u64::from(half(1)) << 32;
                if columns == 0 {
                    break;
                }
            }
        }
        if columns != 0 {
            any |= 1 << at;
            found.columns[at] = columns;
            let store = found.short[at].as_mut_ptr().cast::<__m512i>();
            // SAFETY: two registers fill the 64 words exactly; the stores need no alignment.
            unsafe {
                _mm512_storeu_si512(store, short[0]);
                _mm512_storeu_si512(store.add(1), short[1]);
            }
        }
    }
    any
}
