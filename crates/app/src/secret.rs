//! Secrets: drawn at random, shown once, kept as digests.

use sha2::{Digest, Sha256};

/// A secret of 256 random bits, as letters and digits for a cookie or a link.
pub fn secret(chance: fn() -> u64) -> String {
    (0..4).map(|_| format!("{:016x}", chance())).collect()
}

/// A code of six digits to type.
pub fn code(chance: fn() -> u64) -> String {
    format!("{:06}", chance() % 1_000_000)
}

/// What is kept of a secret.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes as two digits each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
