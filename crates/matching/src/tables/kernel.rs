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

/// A bit for each column of the block that no rule of the row forbids.
pub(super) fn open(kernel: Kernel, tables: &Tables, row: usize, block: usize) -> u64 {
    let rules = tables.rules(row);
    match kernel {
        Kernel::Portable => portable::open(tables, rules, block),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 | Kernel::Avx512 => unsafe { avx2::open(tables, rules, block) },
    }
}

/// By how much the columns of a group of blocks fall short of the most that a row can reach.
pub(super) type Short = [[u16; BLOCK]; BLOCKS];

/// Tells by how much the columns of some blocks fall short, whether allowed or not: the blocks from `start`, by a bit
/// each.
pub(super) fn short(kernel: Kernel, tables: &Tables, row: usize, (start, some): (usize, u64), out: &mut Short) {
    let lookups = tables.shortfalls(row);
    for at in ones(some) {
        out[at] = [0; BLOCK];
    }
    // The blocks are passed over once for all look-ups that a byte can sum up, so that memory is read in order.
    for together in lookups.chunk_by(|lookup, _| !lookup.widen) {
        match kernel {
            Kernel::Portable => portable::add(tables, together, (start, some), out),
            // SAFETY: the kernel was chosen because the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { avx2::add(tables, together, (start, some), out) },
            // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => unsafe { avx512::add(tables, together, (start, some), out) },
        }
    }
}

/// A bit for each column of a block whose shortfall and price together are at most `margin`.
pub(super) fn within(kernel: Kernel, short: &[u16; BLOCK], prices: &[u16; BLOCK], margin: u16) -> u64 {
    match kernel {
        Kernel::Portable => portable::within(short, prices, margin),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::within(short, prices, margin) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::within(short, prices, margin) },
    }
}

/// What the plane of a look-up has, from a block on.
fn plane<'a>(tables: &'a Tables, lookup: &Lookup, start: usize) -> &'a [[u8; BLOCK]] {
    let blocks = tables.blocks();
    &tables.codes[lookup.plane as usize * blocks..][start..blocks]
}

#[cfg(target_arch = "x86_64")]
type Parts<'a> = (&'a [[Lookup; 4]], &'a [[Lookup; 2]], &'a [[Lookup; 1]]);

/// Look-ups in parts whose tables fit into registers: fours, then at most one pair, then at most one alone.
#[cfg(target_arch = "x86_64")]
fn parts(lookups: &[Lookup]) -> Parts<'_> {
    let (fours, rest) = lookups.as_chunks();
    let (two, rest) = rest.as_chunks();
    (fours, two, rest.as_chunks().0)
}

mod portable {
    use super::{BLOCK, BLOCKS, Lookup, Short, Tables, ones, plane};

    pub(super) fn open(tables: &Tables, rules: &[Lookup], block: usize) -> u64 {
        let mut closed = 0;
        for rule in rules {
            for (at, &code) in plane(tables, rule, block)[0].iter().enumerate() {
                closed |= u64::from(rule.table[usize::from(code)] & 1) << at;
            }
        }
        !closed
    }

    pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> (u64, u64) {
        let bits = |is: &dyn Fn(u16) -> bool| {
            present.iter().enumerate().fold(0, |bits, (at, &codes)| bits | u64::from(is(codes)) << at)
        };
        (bits(&|codes| codes & !forbidden == 0), bits(&|codes| codes & forbidden != 0))
    }

    pub(super) fn add(tables: &Tables, together: &[Lookup], (start, some): (usize, u64), out: &mut Short) {
        for lookup in together {
            let plane = plane(tables, lookup, start);
            for at in ones(some) {
                for (short, &code) in out[at].iter_mut().zip(&plane[at]) {
                    *short += u16::from(lookup.table[usize::from(code)]);
                }
            }
        }
    }

    pub(super) fn within(short: &[u16; BLOCK], prices: &[u16; BLOCK], margin: u16) -> u64 {
        let within = short.iter().zip(prices).map(|(&short, &price)| short.saturating_add(price) <= margin);
        within.enumerate().fold(0, |bits, (at, within)| bits | u64::from(within) << at)
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(clippy::wildcard_imports, reason = "the names say what they are")]
#[allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]
mod avx2 {
    use super::{BLOCK, BLOCKS, Lookup, Short, Tables, ones, parts, plane};
    use std::arch::x86_64::*;

    /// The row's sixteen bytes in both halves of a register, as a shuffle wants them.
    #[target_feature(enable = "avx2")]
    fn table(lookup: &Lookup) -> __m256i {
        // SAFETY: the table is sixteen readable bytes; the load needs no alignment.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(lookup.table.as_ptr().cast()) })
    }

    #[target_feature(enable = "avx2")]
    fn halves(codes: &[u8; BLOCK]) -> [__m256i; 2] {
        let start = codes.as_ptr().cast::<__m256i>();
        // SAFETY: 64 bytes are two registers; the loads need no alignment.
        unsafe { [_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1))] }
    }

    #[target_feature(enable = "avx2")]
    fn quarters(words: &[u16; BLOCK]) -> [__m256i; 4] {
        let start = words.as_ptr().cast::<__m256i>();
        // SAFETY: 64 words are four registers; the loads need no alignment.
        [0, 1, 2, 3].map(|at| unsafe { _mm256_loadu_si256(start.add(at)) })
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn open(tables: &Tables, rules: &[Lookup], block: usize) -> u64 {
        let mut closed = [_mm256_setzero_si256(); 2];
        for rule in rules {
            let table = table(rule);
            for (closed, codes) in closed.iter_mut().zip(halves(&plane(tables, rule, block)[0])) {
                *closed = _mm256_or_si256(*closed, _mm256_shuffle_epi8(table, codes));
            }
        }
        !(bits(closed[0]) | bits(closed[1]) << 32)
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
    pub(super) fn add(tables: &Tables, together: &[Lookup], blocks: (usize, u64), out: &mut Short) {
        let (fours, two, one) = parts(together);
        for four in fours {
            add_some(tables, four, blocks, out);
        }
        for two in two {
            add_some(tables, two, blocks, out);
        }
        for one in one {
            add_some(tables, one, blocks, out);
        }
    }

    #[target_feature(enable = "avx2")]
    fn add_some<const N: usize>(tables: &Tables, lookups: &[Lookup; N], (start, some): (usize, u64), out: &mut Short) {
        let planes = lookups.each_ref().map(|lookup| plane(tables, lookup, start));
        let tables = lookups.each_ref().map(|lookup| table(lookup));
        for at in ones(some) {
            let mut sums = [_mm256_setzero_si256(); 2];
            for (plane, table) in planes.into_iter().zip(tables) {
                for (sum, codes) in sums.iter_mut().zip(halves(&plane[at])) {
                    *sum = _mm256_add_epi8(*sum, _mm256_shuffle_epi8(table, codes));
                }
            }
            let first = sums.map(|sum| _mm256_cvtepu8_epi16(_mm256_castsi256_si128(sum)));
            let second = sums.map(|sum| _mm256_cvtepu8_epi16(_mm256_extracti128_si256::<1>(sum)));
            let before = quarters(&out[at]);
            let store = out[at].as_mut_ptr().cast::<__m256i>();
            for (quarter, more) in [first[0], second[0], first[1], second[1]].into_iter().enumerate() {
                // SAFETY: four registers fill the 64 words exactly; the store needs no alignment.
                unsafe { _mm256_storeu_si256(store.add(quarter), _mm256_add_epi16(before[quarter], more)) };
            }
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn within(short: &[u16; BLOCK], prices: &[u16; BLOCK], margin: u16) -> u64 {
        let margin = _mm256_set1_epi16(margin.cast_signed());
        let (short, prices) = (quarters(short), quarters(prices));
        words([0, 1, 2, 3].map(|at| {
            let beyond = _mm256_subs_epu16(_mm256_adds_epu16(short[at], prices[at]), margin);
            _mm256_cmpeq_epi16(beyond, _mm256_setzero_si256())
        }))
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(clippy::wildcard_imports, reason = "the names say what they are")]
#[allow(clippy::cast_ptr_alignment, reason = "every load and store is the unaligned one")]
mod avx512 {
    use super::{BLOCK, BLOCKS, Lookup, Short, Tables, ones, parts, plane};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn rule(present: &[u16; BLOCKS], forbidden: u16) -> (u64, u64) {
        let (forbidden, present) = (_mm512_set1_epi16(forbidden.cast_signed()), halves(present));
        let none = |codes| u64::from(_mm512_cmpeq_epu16_mask(codes, _mm512_setzero_si512()));
        let closed = present.map(|present| none(_mm512_andnot_si512(forbidden, present)));
        let untouched = present.map(|present| none(_mm512_and_si512(forbidden, present)));
        (closed[0] | closed[1] << 32, !(untouched[0] | untouched[1] << 32))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn add(tables: &Tables, together: &[Lookup], blocks: (usize, u64), out: &mut Short) {
        let (fours, two, one) = parts(together);
        for four in fours {
            add_some(tables, four, blocks, out);
        }
        for two in two {
            add_some(tables, two, blocks, out);
        }
        for one in one {
            add_some(tables, one, blocks, out);
        }
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    fn add_some<const N: usize>(tables: &Tables, lookups: &[Lookup; N], (start, some): (usize, u64), out: &mut Short) {
        let planes = lookups.each_ref().map(|lookup| plane(tables, lookup, start));
        // SAFETY: a table is sixteen readable bytes; the load needs no alignment.
        let tables = lookups.each_ref().map(|lookup| unsafe { _mm_loadu_si128(lookup.table.as_ptr().cast()) });
        let tables = tables.map(|table| _mm512_broadcast_i32x4(table));
        for at in ones(some) {
            let mut sum = _mm512_setzero_si512();
            for (plane, table) in planes.into_iter().zip(tables) {
                // SAFETY: the codes of a block are 64 readable bytes; the load needs no alignment.
                let codes = unsafe { _mm512_loadu_si512(plane[at].as_ptr().cast()) };
                sum = _mm512_add_epi8(sum, _mm512_shuffle_epi8(table, codes));
            }
            let [first, second] = halves(&out[at]);
            let first = _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(sum)));
            let second = _mm512_add_epi16(second, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64::<1>(sum)));
            let store = out[at].as_mut_ptr().cast::<__m512i>();
            // SAFETY: two registers fill the 64 words exactly; the stores need no alignment.
            unsafe {
                _mm512_storeu_si512(store, first);
                _mm512_storeu_si512(store.add(1), second);
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    fn halves(words: &[u16; BLOCK]) -> [__m512i; 2] {
        let start = words.as_ptr().cast::<__m512i>();
        // SAFETY: 64 words are two registers; the loads need no alignment.
        unsafe { [_mm512_loadu_si512(start), _mm512_loadu_si512(start.add(1))] }
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn within(short: &[u16; BLOCK], prices: &[u16; BLOCK], margin: u16) -> u64 {
        let margin = _mm512_set1_epi16(margin.cast_signed());
        let (short, prices) = (halves(short), halves(prices));
        let half = |at: usize| _mm512_cmple_epu16_mask(_mm512_adds_epu16(short[at], prices[at]), margin);
        u64::from(half(0)) | u64::from(half(1)) << 32
    }
}
