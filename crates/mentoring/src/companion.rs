//! Companions: more people in a pair than two. A second mentor who knows what the first one does not, or a colleague of
//! the mentee: the company is who is helped.

use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::pair::PairState;
use crate::rules::{Setting, broken_since};
use crate::say::Say;

/// What only whoever keeps the count can find when somebody joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinFault {
    /// They take part already.
    There,
    /// The mentor has no free place.
    NoPlace,
    /// The mentee has a mentor, or does not wait.
    NotWaiting,
    /// They have accepted the agreement already.
    Agreed,
}

impl From<JoinFault> for Say {
    fn from(fault: JoinFault) -> Self {
        Self::new(match fault {
            JoinFault::There => "companion-there",
            JoinFault::NoPlace => "companion-no-place",
            JoinFault::NotWaiting => "companion-not-waiting",
            JoinFault::Agreed => "companion-agreed",
        })
    }
}

impl PairState {
    /// Whether somebody can join the two: they have both said yes, and it is not over.
    ///
    /// # Errors
    /// If they have not, or it is.
    pub fn may_be_joined(&self) -> Result<(), Say> {
        match self {
            Self::Over { .. } => Err(Say::new("pair-over")),
            Self::Asked { .. } => Err(Say::new("pair-not-begun")),
            _ => Ok(()),
        }
    }
}

/// Whether a mentor can join the pair of a mentee: no rule forbids that the two meet. The place is taken by whoever
/// keeps the count.
///
/// # Errors
/// The first rule that is broken, in words.
pub fn may_join_as_mentor(mentor: &Mentor, mentee: &Mentee, setting: &Setting) -> Result<(), Say> {
    broken_since(mentee, mentor, setting).map_or(Ok(()), |broken| Err(broken.say))
}

/// Whether a mentee can join the pair of another: they are of the same company, and have applied for the same
/// programme.
///
/// # Errors
/// If they are not.
pub fn may_join_as_mentee(other: &Mentee, mentee: &Mentee) -> Result<(), Say> {
    let number = |mentee: &Mentee| mentee.company.as_ref().and_then(|company| company.number.clone());
    if other.id == mentee.id || number(mentee).is_none() || number(other) != number(mentee) {
        return Err(Say::new("companion-other-company"));
    }
    if other.programme != mentee.programme {
        return Err(Say::new("companion-other-programme"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Id, cast};

    #[test]
    fn only_colleagues_join_a_mentee_and_only_mentors_whom_no_rule_forbids() {
        let mentee = cast::amina();
        let colleague = Mentee { id: Id::of("mentee", "b"), email: "b@example.org".into(), ..mentee.clone() };
        assert_eq!(may_join_as_mentee(&colleague, &mentee), Ok(()));
        assert_eq!(may_join_as_mentee(&mentee, &mentee), Err(Say::new("companion-other-company")), "not oneself");
        let stranger = Mentee { company: None, ..colleague.clone() };
        assert_eq!(may_join_as_mentee(&stranger, &mentee), Err(Say::new("companion-other-company")));
        let none = Mentee { company: None, ..mentee.clone() };
        assert_eq!(may_join_as_mentee(&stranger, &none), Err(Say::new("companion-other-company")), "no number is none");
        let elsewhere = Mentee { programme: "other".into(), ..colleague };
        assert_eq!(may_join_as_mentee(&elsewhere, &mentee), Err(Say::new("companion-other-programme")));

        let mut mentor = cast::greta();
        assert_eq!(may_join_as_mentor(&mentor, &mentee, &cast::setting()), Ok(()));
        mentor.conflicts = vec!["556677-8899".into()];
        assert_eq!(may_join_as_mentor(&mentor, &mentee, &cast::setting()).unwrap_err().key, "broken-conflict");
        mentor.conflicts.clear();
        mentor.approved = false;
        assert_eq!(may_join_as_mentor(&mentor, &mentee, &cast::setting()).unwrap_err().key, "broken-approved");
    }
}
