//! A block of 64 columns at once, in vectors where the processor has them.
//!
//! The portable kernel gives the same answer everywhere; the AVX2 kernel is the one place in the
//! crate with unsafe code.

#![allow(unsafe_code)]

use super::{BLOCK, Lookup, Tables};

/// Which instructions are used, decided once when the tables are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Kernel {
    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            return Self::Avx2;
        }
        Self::Portable
    }
}

/// A bit for each column of the block that no rule of the row forbids.
pub(super) fn open(kernel: Kernel, tables: &Tables, row: usize, first: usize) -> u64 {
    let rules = tables.rules(row);
    if rules.is_empty() {
        return u64::MAX;
    }
    match kernel {
        Kernel::Portable => portable::open(tables, rules, first),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::open(tables, rules, first) },
    }
}

/// The scores of the block's columns, whether allowed or not.
pub(super) fn scores(kernel: Kernel, tables: &Tables, row: usize, first: usize, out: &mut [u16; BLOCK]) {
    match kernel {
        Kernel::Portable => portable::scores(tables, row, first, out),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::scores(tables, row, first, out) },
    }
}

/// The scores, and a bit for each column whose score less its price exceeds the threshold.
pub(super) fn above(
    kernel: Kernel,
    tables: &Tables,
    row: usize,
    first: usize,
    prices: &[u16],
    threshold: i32,
    out: &mut [u16; BLOCK],
) -> u64 {
    match kernel {
        Kernel::Portable => {
            portable::scores(tables, row, first, out);
            portable::above(out, &prices[first..first + BLOCK], threshold)
        }
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::above(tables, row, first, prices, threshold, out) },
    }
}

fn codes<'a>(tables: &'a Tables, lookup: &Lookup, first: usize) -> &'a [u8] {
    let start = lookup.plane as usize * tables.padded() + first;
    &tables.codes[start..start + BLOCK]
}

mod portable {
    use super::{BLOCK, Lookup, Tables, codes};

    pub(super) fn open(tables: &Tables, rules: &[Lookup], first: usize) -> u64 {
        let mut closed = 0;
        for rule in rules {
            for (at, &code) in codes(tables, rule, first).iter().enumerate() {
                closed |= u64::from(rule.table[usize::from(code)] & 1) << at;
            }
        }
        !closed
    }

    pub(super) fn scores(tables: &Tables, row: usize, first: usize, out: &mut [u16; BLOCK]) {
        out.fill(tables.rows[row].offset);
        for lookup in tables.points(row) {
            for (score, &code) in out.iter_mut().zip(codes(tables, lookup, first)) {
                *score += u16::from(lookup.table[usize::from(code)]);
            }
        }
    }

    pub(super) fn above(scores: &[u16; BLOCK], prices: &[u16], threshold: i32) -> u64 {
        let mut bits = 0;
        for (at, (&score, &price)) in scores.iter().zip(prices).enumerate() {
            bits |= u64::from(i32::from(score) - i32::from(price) > threshold) << at;
        }
        bits
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(clippy::wildcard_imports, reason = "the names say what they are")]
#[allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]
mod avx2 {
    use super::{BLOCK, Lookup, Tables, codes};
    use std::arch::x86_64::*;

    /// The row's sixteen bytes in both halves of a register, as a shuffle wants them.
    #[target_feature(enable = "avx2")]
    fn table(lookup: &Lookup) -> __m256i {
        // SAFETY: the table is sixteen readable bytes; the load needs no alignment.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(lookup.table.as_ptr().cast()) })
    }

    #[target_feature(enable = "avx2")]
    fn halves(codes: &[u8]) -> (__m256i, __m256i) {
        assert!(codes.len() == BLOCK);
        let start = codes.as_ptr().cast::<__m256i>();
        // SAFETY: 64 bytes are readable, as asserted; the loads need no alignment.
        unsafe { (_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1))) }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn open(tables: &Tables, rules: &[Lookup], first: usize) -> u64 {
        let mut closed = (_mm256_setzero_si256(), _mm256_setzero_si256());
        for rule in rules {
            let table = table(rule);
            let (low, high) = halves(codes(tables, rule, first));
            closed.0 = _mm256_or_si256(closed.0, _mm256_shuffle_epi8(table, low));
            closed.1 = _mm256_or_si256(closed.1, _mm256_shuffle_epi8(table, high));
        }
        !(bits(closed.0) | bits(closed.1) << 32)
    }

    /// The top bit of each byte.
    #[target_feature(enable = "avx2")]
    fn bits(bytes: __m256i) -> u64 {
        u64::from(_mm256_movemask_epi8(bytes).cast_unsigned())
    }

    /// Sixteen scores to a register, in column order.
    #[target_feature(enable = "avx2")]
    fn sums(tables: &Tables, row: usize, first: usize) -> [__m256i; 4] {
        let zero = _mm256_setzero_si256();
        let mut wide = [_mm256_set1_epi16(tables.rows[row].offset.cast_signed()); 4];
        let (mut low, mut high) = (zero, zero);
        for lookup in tables.points(row) {
            let table = table(lookup);
            let (low_codes, high_codes) = halves(codes(tables, lookup, first));
            low = _mm256_add_epi8(low, _mm256_shuffle_epi8(table, low_codes));
            high = _mm256_add_epi8(high, _mm256_shuffle_epi8(table, high_codes));
            if lookup.widen {
                for (at, bytes) in [low, high].into_iter().enumerate() {
                    let first_half = _mm256_cvtepu8_epi16(_mm256_castsi256_si128(bytes));
                    let second_half = _mm256_cvtepu8_epi16(_mm256_extracti128_si256::<1>(bytes));
                    wide[2 * at] = _mm256_add_epi16(wide[2 * at], first_half);
                    wide[2 * at + 1] = _mm256_add_epi16(wide[2 * at + 1], second_half);
                }
                (low, high) = (zero, zero);
            }
        }
        wide
    }

    #[target_feature(enable = "avx2")]
    fn store(wide: [__m256i; 4], out: &mut [u16; BLOCK]) {
        let start = out.as_mut_ptr().cast::<__m256i>();
        for (at, scores) in wide.into_iter().enumerate() {
            // SAFETY: four registers of sixteen scores fill the 64 of the block exactly.
            unsafe { _mm256_storeu_si256(start.add(at), scores) };
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn scores(tables: &Tables, row: usize, first: usize, out: &mut [u16; BLOCK]) {
        store(sums(tables, row, first), out);
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn above(
        tables: &Tables,
        row: usize,
        first: usize,
        prices: &[u16],
        threshold: i32,
        out: &mut [u16; BLOCK],
    ) -> u64 {
        let prices = &prices[first..first + BLOCK];
        let wide = sums(tables, row, first);
        // A negative threshold is added to the score, a positive one to the price, so that both
        // sides stay unsigned. Saturation is harmless: scores and thresholds stay below 2^15.
        let (to_score, to_price) = (threshold.min(0).unsigned_abs() as u16, threshold.max(0) as u16);
        let to_score = _mm256_set1_epi16(to_score.cast_signed());
        let to_price = _mm256_set1_epi16(to_price.cast_signed());
        let start = prices.as_ptr().cast::<__m256i>();
        let mut above = [_mm256_setzero_si256(); 4];
        for (at, excess) in above.iter_mut().enumerate() {
            // SAFETY: the slice holds the block's 64 prices; the load needs no alignment.
            let price = unsafe { _mm256_loadu_si256(start.add(at)) };
            *excess = _mm256_subs_epu16(_mm256_adds_epu16(wide[at], to_score), _mm256_adds_epu16(price, to_price));
        }
        let any = _mm256_or_si256(_mm256_or_si256(above[0], above[1]), _mm256_or_si256(above[2], above[3]));
        if _mm256_testz_si256(any, any) == 1 {
            return 0;
        }
        store(wide, out);
        pack(above[0], above[1]) | pack(above[2], above[3]) << 32
    }

    /// A bit for each of 32 sixteen-bit numbers that is not zero.
    #[target_feature(enable = "avx2")]
    fn pack(low: __m256i, high: __m256i) -> u64 {
        let zero = _mm256_setzero_si256();
        let (low, high) = (_mm256_cmpeq_epi16(low, zero), _mm256_cmpeq_epi16(high, zero));
        // The pack works on each half of the registers; the permutation puts the columns in order.
        let bytes = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi16(low, high));
        !bits(bytes) & u64::from(u32::MAX)
    }
}
