//! How far a run has come, to go on from later.

use crate::solution::Solution;

/// Prices, and who sits where: from these a run goes on, or a problem that has changed a little is solved anew.
///
/// It is a hint, never an authority: [`Problem::solve_from`](crate::Problem::solve_from) finds an optimum and its proof
/// whatever it says: sooner if it is near the truth, and later if a large problem has changed much since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// A price for each column, in points.
    pub prices: Vec<i64>,
    /// The column of each row.
    pub seats: Vec<Option<u32>>,
}

/// Bytes that are no checkpoint, or that have been cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a whole checkpoint")]
pub struct NoCheckpoint;

/// What the bytes of a checkpoint begin with.
const MARK: &[u8; 8] = b"matchck1";

/// A row without a seat, in bytes.
const NOWHERE: u32 = u32::MAX;

impl Checkpoint {
    /// A solution as a place to go on from.
    pub fn of<S: crate::Scores>(solution: &Solution<S>) -> Self {
        solution.state.checkpoint()
    }

    /// As bytes, to be kept in a file: 16, and 8 for each column, and 4 for each row.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + 8 * self.prices.len() + 4 * self.seats.len());
        bytes.extend(MARK);
        for count in [self.prices.len(), self.seats.len()] {
            bytes.extend((count as u32).to_le_bytes());
        }
        bytes.extend(self.prices.iter().flat_map(|price| price.to_le_bytes()));
        bytes.extend(self.seats.iter().flat_map(|seat| seat.unwrap_or(NOWHERE).to_le_bytes()));
        bytes
    }

    /// Whether bytes begin as those of a checkpoint do, whole or cut off.
    pub fn is_begun(bytes: &[u8]) -> bool {
        bytes.starts_with(MARK) || MARK.starts_with(bytes)
    }

    /// From the bytes of [`Checkpoint::to_bytes`].
    ///
    /// # Errors
    /// [`NoCheckpoint`] if they are something else, or not all there.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoCheckpoint> {
        let rest = bytes.strip_prefix(MARK).ok_or(NoCheckpoint)?;
        let (counts, rest) = rest.split_first_chunk::<8>().ok_or(NoCheckpoint)?;
        let (counts, _) = counts.as_chunks();
        let [columns, rows] = [counts[0], counts[1]].map(|count| u32::from_le_bytes(count) as usize);
        let (prices, seats) =
            columns.checked_mul(8).and_then(|bytes| rest.split_at_checked(bytes)).ok_or(NoCheckpoint)?;
        if Some(seats.len()) != rows.checked_mul(4) {
            return Err(NoCheckpoint);
        }
        let seat = |&bytes: &[u8; 4]| Some(u32::from_le_bytes(bytes)).filter(|&column| column != NOWHERE);
        Ok(Self {
            prices: prices.as_chunks().0.iter().map(|&bytes| i64::from_le_bytes(bytes)).collect(),
            seats: seats.as_chunks().0.iter().map(seat).collect(),
        })
    }
}
