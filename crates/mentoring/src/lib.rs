//! The rules of a mentoring programme: who may meet whom, how well they fit, and why.
//!
//! Pure and synchronous: no clock, no files, no network. Read the modules in the order of the flow:
//! [`Programme`] sets weights and rules; [`Mentor`] and [`Mentee`] are the people; a [`Round`] makes
//! them ready for the engine; a [`Board`] holds the best pairing and every act on it; [`fit`] and
//! [`broken`] put each pair and each non-pair into words; a [`Scenario`] asks what if, and
//! [`scarcity`] whom to recruit.
#![forbid(unsafe_code)]

mod application;
mod board;
mod booking;
#[cfg(feature = "cast")]
pub mod cast;
mod choices;
mod companion;
mod company_number;
mod criteria;
mod entry;
mod fit;
mod flag;
mod follow_up;
mod id;
mod language;
mod matter;
mod meeting;
mod mentee;
mod mentor;
mod organisation;
mod pair;
mod programme;
mod reference;
mod report;
mod retention;
mod round;
mod rules;
mod say;
mod scarcity;
mod scenario;
mod signs;
mod staff;
mod suggest;
mod traits;
mod waits;
mod why;
mod working_days;

pub use application::{ApplicationState, Ball, Condition, DeclineReason, Part, deliverer};
pub use board::{Act, Board, Choice, Standing};
pub use booking::{Booking, BookingState, MOST_TIMES, Occasion, Outcome, Plan, Seat};
pub use choices::{Fluency, Gender, Goal, Importance, Level, Reach, Size, Stage, Time, Tongue, Value};
pub use companion::{JoinFault, may_join_as_mentee, may_join_as_mentor};
pub use company_number::{MASK, is_company_number, masked_company_number, tidy_company_number};
pub use entry::{Entry, EntryKind, LARGEST_FILE, MOST_WORDS, file_fits};
pub use fit::{Fit, Reason, Sense, fit, points};
pub use flag::{FlagAct, FlagKind, REMINDED_AFTER, may_undo};
pub use follow_up::{ANSWERED_WITHIN, Course, FollowUpKind};
pub use id::Id;
pub use language::{Language, Names};
pub use matter::Matter;
pub use meeting::{Meeting, MeetingForm};
pub use mentee::{Company, Mentee, Wish};
pub use mentor::{Mentor, OwnCompany, PLEDGE_ASKED_BEFORE, Pause};
pub use organisation::{ContractArea, Organisation, OrganisationKind, organisation_name};
pub use pair::{
    ANSWER_DAYS, Afterwards, Closing, Due, EndReason, Ending, Evaluation, Evidence, LONGEST_PAUSE, NoReason,
    PAIR_MONTHS, Pair, PairState, Side, Step, Term,
};
pub use programme::{Criterion, Programme, Rule, Weights};
pub use reference::{
    Area, AreaEntry, Competence, CompetenceEntry, County, CountyEntry, Industry, IndustryEntry, Municipality,
    MunicipalityEntry,
};
pub use report::{Figure, Period};
pub use retention::{Farewell, Idle, Retention};
pub use round::Round;
pub use rules::{Broken, Setting, broken, broken_since, outside_round, unavailable};
pub use say::{Argument, Say, Texts};
pub use scarcity::{Kind, Recruit, Scarcity, Supply, scarcity};
pub use scenario::{Difference, Scenario, differences};
pub use signs::Signs;
pub use staff::{Appointment, Purview, Right, StaffRole, may_appoint};
pub use suggest::{Suggestion, suggest};
pub use waits::Waits;
pub use why::{Lack, Relief, Way, Why};
pub use working_days::{is_working_day, working_days_after};
