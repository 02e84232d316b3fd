//! Blocks of 64 columns at once, in vectors where the processor has them.
//!
//! The portable kernel gives the same answer everywhere; the vectors are the one place in the
//! crate with unsafe code.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

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
