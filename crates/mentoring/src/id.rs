//! Stable identities.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An identity: thirteen letters and digits, safe in a URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The identity of a thing known by a name of its own, such as a person by e-mail address.
    ///
    /// The same kind and name always give the same identity, so that the same file read twice
    /// changes nothing, on any database. Case and outer blanks do not matter.
    ///
    /// # Panics
    /// Never: a digest is longer than eight bytes.
    pub fn of(kind: &str, name: &str) -> Self {
        let digest =
            Sha256::new().chain_update(kind).chain_update([0]).chain_update(name.trim().to_lowercase()).finalize();
        Self::from_number(u64::from_be_bytes(digest[..8].try_into().expect("a digest is longer than eight bytes")))
    }

    /// An identity from a random number.
    pub fn from_number(number: u64) -> Self {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let letter = |at: u32| char::from(LETTERS[(number >> (5 * at) & 31) as usize]);
        Self((0..13).rev().map(letter).collect())
    }

    /// An identity that came from outside, such as a URL: any short word of letters and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        plain.then(|| Self(text.to_owned()))
    }

    /// The identity as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
