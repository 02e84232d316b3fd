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

use super::coarse::Coarse;
use super::{BLOCK, BLOCKS, Lookup, Tables, Twins, ones};
use crate::prices::Prices;

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

/// What a rule is to each block of a group.
pub(super) struct Ruled {
    /// A bit for each block that has none but forbidden codes.
    pub(super) closed: u64,
    /// A bit for each block that has a forbidden code.
    pub(super) touched: u64,
}

/// What a rule is to each block of a group, by the codes that its columns have and those that are forbidden.
pub(super) fn rule(kernel: Kernel, present: &[u16; BLOCKS], forbidden: u16) -> Ruled {
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

/// So many twins ahead the codes of each plane are asked for: a scan reads more planes at once than a processor foresees.
#[cfg(target_arch = "x86_64")]
const AHEAD: usize = 2;

/// So many blocks of a group, an even number, are looked at before what is found in them is seen to: it is little, and
/// the next ones have more to come up to.
const PART: usize = 16;

/// A group of blocks in parts, each with the bits of its own.
pub(super) fn parts((start, some): Blocks) -> impl Iterator<Item = Blocks> {
    (0..BLOCKS).step_by(PART).map(move |first| (start + first, some >> first & ((1 << PART) - 1)))
}

/// Some blocks: the first of those that are spoken of, and a bit for each.
pub(super) type Blocks = (usize, u64);

/// A bit for each of some blocks that may have a column within the margin, by a coarse look; none is missing that has.
pub(super) fn hopeful(kernel: Kernel, tables: &Tables, coarse: &Coarse, some: Blocks, prices: &Prices) -> u64 {
    match kernel {
        // Without vectors there is nothing quicker than the sums themselves.
        Kernel::Portable => some.1,
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::hopeful(tables, coarse, some, prices.narrow()) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::hopeful(tables, coarse, some, prices.narrow()) },
    }
}

/// Tells by how much each column of a block falls short of the most that the row can reach; answers a bit for each whose
/// shortfall and price together are at most `margin`, whether allowed or not.
pub(super) fn within(
    kernel: Kernel,
    tables: &Tables,
    row: usize,
    block: usize,
    (prices, margin): (&Prices, u16),
    short: &mut [u16; BLOCK],
) -> u64 {
    let (lookups, prices) = (tables.shortfalls(row), &prices.narrow()[block]);
    match kernel {
        Kernel::Portable => portable::within(tables, lookups, block, (prices, margin), short),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::within(tables, lookups, block, (prices, margin), short) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::within(tables, lookups, block, (prices, margin), short) },
    }
}

/// Takes away, of a bit for each column of some blocks, those that a rule forbids.
pub(super) fn shut(kernel: Kernel, tables: &Tables, rule: &Lookup, some: Blocks, open: &mut [u64]) {
    match kernel {
        Kernel::Portable => portable::shut(tables, rule, some, open),
        // SAFETY: the kernel was chosen because the processor has AVX2.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { avx2::shut(tables, rule, some, open) },
        // SAFETY: the kernel was chosen because the processor has AVX-512 with bytes and words.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => unsafe { avx512::shut(tables, rule, some, open) },
    }
}

/// Those of some blocks that have a bit, two by two as their codes lie: the first of each two.
#[cfg(target_arch = "x86_64")]
fn twins(some: u64) -> impl Iterator<Item = usize> {
    ones((some | some >> 1) & (u64::MAX / 3))
}
