//! Blocks of 64 columns at once, in vectors where the processor has them.
//!
//! The portable kernel gives the same answer everywhere; the vectors are the one place in the
//! crate with unsafe code.

#![allow(unsafe_code)]

use super::{BLOCK, BLOCKS, Lookup, Tables, ones};

/// Which instructions are used, decided once when the tables are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Kernel {
    /// The widest that this processor has.
    pub(super) fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Portable)
    }

    /// Those that this processor has, the widest last.
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            all.push(Self::Avx2);
            if std::arch::is_x86_feature_detected!("avx512f") && std::arch::is_x86_feature_detected!("avx512bw") {
                all.push(Self::Avx512);
            }
        }
        all
    }
}

/// What some codes of each block of a group are to a rule: a bit for each block that has none but forbidden ones, and one
/// for each that has a forbidden one.
pub(super) fn rule(kernel: Kernel, present: &[u16; BLOCKS], forbidden: u16) -> (u64, u64) {
    match kernel {
        Kernel::Portable => portable::rule(present, forbidden),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::rule(present, forbidden) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::rule(present, forbidden) },
    }
}

/// So many bytes ahead the codes of each plane are asked for: a scan reads more planes at once than a processor foresees.
#[cfg(target_arch = "x86_64")]
const AHEAD: usize = 4 * BLOCK;

/// So many blocks of a group are summed up before what is found in them is seen to: it is little, and the next ones have
/// more to come up to.
pub(super) const PART: usize = 16;

/// A group of blocks in parts, each with the bits of its own.
pub(super) fn parts((start, some, mixed): (usize, u64, u64)) -> impl Iterator<Item = (usize, u64, u64)> {
    let of = |bits: u64, first: usize| bits >> first & ((1 << PART) - 1);
    (0..BLOCKS).step_by(PART).map(move |first| (start + first, of(some, first), of(mixed, first)))
}

/// What is found in a part of a group of blocks.
pub(super) struct Found {
    /// By how much each column falls short of the most that the row can reach.
    pub(super) short: [[u16; BLOCK]; PART],
    /// A bit for each column that counts.
    pub(super) columns: [u64; PART],
}

impl Found {
    pub(super) fn new() -> Self {
        Self { short: [[0; BLOCK]; PART], columns: [0; PART] }
    }
}

/// Some blocks: the first of those that are spoken of, and a bit for each.
pub(super) type Blocks = (usize, u64);

/// Finds the columns of some blocks whose shortfall and price together are at most `margin`, whether allowed or not;
/// answers a bit for each block that has one. Only of those are the shortfalls told; a block is left as soon as none can.
pub(super) fn within(
    kernel: Kernel,
    tables: &Tables,
    row: usize,
    some: Blocks,
    (prices, margin): (&[[u16; BLOCK]], u16),
    found: &mut Found,
) -> u64 {
    let lookups = tables.shortfalls(row);
    match kernel {
        Kernel::Portable => portable::within(tables, lookups, some, (prices, margin), found),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::within(tables, lookups, some, (prices, margin), found) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::within(tables, lookups, some, (prices, margin), found) },
    }
}

/// A bit for each column of some blocks that no rule of the row forbids.
pub(super) fn open(kernel: Kernel, tables: &Tables, row: usize, some: Blocks, open: &mut [u64]) {
    let rules = tables.rules(row);
    match kernel {
        Kernel::Portable => portable::open(tables, rules, some, open),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::open(tables, rules, some, open) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::open(tables, rules, some, open) },
    }
}

/// The codes of a block in the plane of a look-up.
#[inline]
fn codes<'a>(tables: &'a Tables, lookup: &Lookup, block: usize) -> &'a [u8; BLOCK] {
    &tables.codes[lookup.plane as usize * tables.blocks() + block].0
}

mod portable {
    use super::{BLOCK, BLOCKS, Blocks, Found, Lookup, Tables, codes, ones};

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
        (start, some): Blocks,
        (prices, margin): (&[[u16; BLOCK]], u16),
        found: &mut Found,
    ) -> u64 {
        let mut any = 0;
        for at in ones(some) {
            let mut sums = [0; BLOCK];
            for lookup in lookups {
                for (sum, &code) in sums.iter_mut().zip(codes(tables, lookup, start + at)) {
                    *sum += u16::from(lookup.table[usize::from(code)]);
                }
            }
            let within = sums.iter().zip(&prices[at]).map(|(&short, &price)| short.saturating_add(price) <= margin);
            let columns = within.enumerate().fold(0, |bits, (at, within)| bits | u64::from(within) << at);
            if columns != 0 {
                any |= 1 << at;
                (found.short[at], found.columns[at]) = (sums, columns);
            }
        }
        any
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(clippy::wildcard_imports, reason = "the names say what they are")]
#[allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]
mod avx2 {
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
}

#[cfg(target_arch = "x86_64")]
#[allow(clippy::wildcard_imports, reason = "the names say what they are")]
#[allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]
mod avx512 {
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
            let closed = rules.iter().fold(_mm512_setzero_si512(), |closed, rule| {
                _mm512_or_si512(closed, looked_up(tables, rule, start + at))
            });
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
}
