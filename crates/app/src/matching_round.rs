//! From people to a kept round and back: the one way that the web and the command line share.

use std::sync::Arc;

use matching::{Cancelled, Control};
use mentoring::{Board, Id, Mentee, Mentor, Round, Setting};
use sha2::{Digest, Sha256};
use store::{Proposals, RoundRow, Snapshot};

/// Changes when the rules, the criteria or the engine's choice among equals change what they give for
/// the same people.
pub const RULES_VERSION: &str = "2";

/// What a round sees, as one fingerprint: the setting and everybody's record.
///
/// # Panics
/// Never: records are always writable as JSON.
pub fn fingerprint(setting: &Setting, mentees: &[Mentee], mentors: &[Mentor]) -> String {
    let mut records: Vec<String> =
        mentees.iter().map(|mentee| serde_json::to_string(mentee).expect("plain data")).collect();
    records.extend(mentors.iter().map(|mentor| serde_json::to_string(mentor).expect("plain data")));
    records.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(RULES_VERSION);
    hash.update(serde_json::to_string(setting).expect("plain data"));
    for record in records {
        hash.update([0]);
        hash.update(record);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The board of a kept round, from what it saw and what was done on it.
///
/// # Errors
/// [`Cancelled`] if the control says so.
pub fn reopen(row: &RoundRow, people: Snapshot, control: &Control) -> Result<Board, Cancelled> {
    let round = Round::new(row.setting.clone(), people.mentees, people.mentors);
    Board::replay(Arc::new(round), &row.acts, control)
}

/// What a board proposes, with its proof checked.
///
/// # Errors
/// The flaw found, if the engine has a fault: then nothing may be kept.
pub fn proposals(board: &Board) -> Result<Proposals, matching::Flaw> {
    let proof = board.prove()?;
    let pairs: Vec<(Id, Id, u16)> =
        board.pairs().map(|(mentee, mentor, points)| (mentee.id.clone(), mentor.id.clone(), points)).collect();
    Ok(Proposals {
        pairs,
        total: board.total(),
        proof: serde_json::json!({ "total": proof.total, "pairs": proof.pairs, "looked_at": proof.looked_at })
            .to_string(),
    })
}
