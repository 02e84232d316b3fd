//! The queue: everything that waits for somebody, by deadline and harm, each with what can be done at once.

use jiff::Span;
use jiff::civil::Date;
use mentoring::{FlagAct, Id, Matter, PairState, Right, Say};

use crate::web::pairs::{HELPED, told_flag, told_outcome};
use crate::web::state::Asked;
use crate::web::words::zone_day;
use crate::web::{App, Error, Words, identity};

/// Days from two yeses to an agreement after which somebody should ask how it goes.
const SLOW: i32 = 14;

/// A line of the queue.
pub(super) struct Task {
    pub(super) matter: Matter,
    /// Who it is about, and where it is seen to.
    pub(super) who: String,
    pub(super) path: String,
    /// What it is, in words.
    pub(super) what: String,
    pub(super) since: Date,
    pub(super) deadline: Date,
    pub(super) late: bool,
    /// The flag, where the acts about it go, and each act as it is sent and in words.
    pub(super) flag: Option<Id>,
    pub(super) form: String,
    pub(super) acts: Vec<(&'static str, String)>,
}

/// Something that has just been done about a flag, in words, and where it is taken back.
pub(super) struct Done {
    pub(super) what: String,
    pub(super) undo: String,
}

impl Task {
    fn new(matter: Matter, (who, path): (String, String), what: String, since: Date, today: Date) -> Self {
        let deadline = matter.deadline(since);
        let late = deadline < today;
        Self { matter, who, path, what, since, deadline, late, flag: None, form: String::new(), acts: Vec::new() }
    }

    /// The same with what can be done about a flag at once.
    fn of_flag(self, pair: &Id, flag: &Id, w: Words) -> Self {
        let acts = match self.matter {
            Matter::Flag(kind) => kind.acts().iter().map(|act| (act.code(), act_label(*act, w))).collect(),
            Matter::Result(_) => {
                vec![(HELPED, w.t("pairs-flag-helped")), (FlagAct::Called.code(), act_label(FlagAct::Called, w))]
            }
            _ => Vec::new(),
        };
        Self { form: format!("/pairs/{pair}/flags/{flag}"), flag: Some(flag.clone()), acts, ..self }
    }
}

fn act_label(act: FlagAct, w: Words) -> String {
    w.t(match act {
        FlagAct::Remind => "pairs-flag-remind",
        FlagAct::Called => "pairs-flag-called",
        FlagAct::Offered => "pairs-flag-offered",
    })
}

/// Each pair once, where its most urgent matter stands, with what else there is to see to. What is done about one flag is
/// done about all that wait.
fn one_each(queue: Vec<Task>) -> Vec<Task> {
    let mut once: Vec<Task> = Vec::new();
    for task in queue {
        match once.iter_mut().find(|it| it.path == task.path && task.path.starts_with("/pairs/")) {
            Some(first) => {
                first.what = format!("{}; {}", first.what, task.what);
                if first.acts.is_empty() {
                    (first.flag, first.form, first.acts) = (task.flag, task.form, task.acts);
                }
            }
            None => once.push(task),
        }
    }
    once
}

/// Everything that waits for somebody, by deadline and harm.
pub(super) async fn queue(app: &App, asked: &Asked) -> Result<Vec<Task>, Error> {
    let (today, w) = (app.today(), asked.w);
    let day = |stored: &str| zone_day(stored).unwrap_or(today);
    let mut queue = Vec::new();
    for flag in asked.within().open_flags(today).await? {
        let (matter, what) = match &flag.act {
            Some((act, at)) => {
                let say = Say::new("home-result").with("act", act.names()).with("day", w.stored_day(at));
                (Matter::Result(*act), format!("{}: {}", told_flag(&flag, w), w.page(&say)))
            }
            None => (Matter::Flag(flag.kind), told_flag(&flag, w)),
        };
        let who = (format!("{} – {}", flag.mentee, flag.mentor), format!("/pairs/{}", flag.pair));
        queue.push(Task::new(matter, who, what, day(&flag.waits_since), today).of_flag(&flag.pair, &flag.id, w));
    }
    for row in asked.within().slow_pairs(today.saturating_sub(Span::new().days(SLOW))).await? {
        let PairState::Agreeing { since, .. } = row.pair.state else { continue };
        let who = (format!("{} – {}", row.mentee_name, row.mentor_name), format!("/pairs/{}", row.pair.id));
        queue.push(Task::new(Matter::Slow, who, w.label(Matter::Slow.names()), since, today));
    }
    for it in asked.within().pending(app.now()).await? {
        let path = match it.matter {
            Matter::LetDown => format!("/mentees/{}", it.id),
            Matter::Unapproved => format!("/mentors/{}", it.id),
            _ => format!("/applications/{}", it.id),
        };
        queue.push(Task::new(it.matter, (it.name, path), w.label(it.matter.names()), day(&it.since), today));
    }
    let answers_for = asked.visitor.purview(Right::ManageOrganisation);
    for it in app.store.within(&answers_for).complaints().await?.into_iter().filter(|it| it.ended_at.is_none()) {
        let what = w.label(Matter::Complaint.names());
        queue.push(Task::new(Matter::Complaint, (it.name, "/complaints".to_owned()), what, day(&it.since), today));
    }
    queue.sort_by_key(|task| (task.matter.place(task.since, today), task.since));
    Ok(one_each(queue))
}

/// What has just been done about a flag, for as long as it can be taken back.
pub(super) async fn just_done(app: &App, asked: &Asked, pair: &str, flag: &str) -> Result<Option<Done>, Error> {
    let (pair, flag, w) = (identity(pair)?, identity(flag)?, asked.w);
    let Some(known) = asked.within().flags_of(&pair).await?.into_iter().find(|it| it.id == flag) else {
        return Ok(None);
    };
    let open = asked.within().pair(&pair).await?.pair.is_open();
    if known.may_undo(open, app.now()).is_err() {
        return Ok(None);
    }
    let act = match &known.act {
        Some((act, _)) if known.ended_at.is_none() => act_label(*act, w),
        _ => told_outcome(&known, w),
    };
    let what = format!("{}: {act}", told_flag(&known, w));
    Ok(Some(Done { what, undo: format!("/pairs/{pair}/flags/{flag}/undo") }))
}
