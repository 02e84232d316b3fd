//! What can be done with a booking: read from a form, done by the store, told by mail.

use jiff::Timestamp;
use jiff::civil::DateTime;
use mentoring::{Booking, Id, Meeting, MeetingForm, Occasion, Plan, Purview, Right, Say, Seat, organisation_name};
use store::{Account, Booked, BookingRow, Companion, Stamp, Within};

use crate::clock::{moment_there, there};
use crate::mail::{Party, Table, booking_told};
use crate::web::programmes::line;
use crate::web::{App, Error};

/// Something to do with a booking.
#[derive(Clone, Debug)]
pub(in crate::web) enum Act {
    /// Times are proposed to the other one.
    Propose(Vec<Timestamp>, Plan),
    /// A time that the two have agreed on elsewhere.
    Agreed(Timestamp, Plan),
    /// One of the times proposed.
    Choose(Timestamp),
    /// None of the times suits.
    Refuse,
    /// It is called off.
    Cancel,
    /// It took place: how long and how.
    Held(u16, MeetingForm),
    /// It did not.
    Missed,
}

/// A form for a booking, as it was written: nothing is lost if something in it cannot be.
#[derive(Clone, Debug)]
pub(in crate::web) struct Draft {
    /// The times, as a browser sends them.
    times: Vec<String>,
    pub(in crate::web) minutes: String,
    pub(in crate::web) form: MeetingForm,
    pub(in crate::web) place: String,
}

impl Draft {
    /// What somebody has sent, if it is about a booking to make.
    pub(in crate::web) fn of(posted: &[(String, String)]) -> Option<Self> {
        let times = posted.iter().filter(|(key, _)| key == "time").map(|(_, value)| value.trim().to_owned()).collect();
        let (minutes, (_, form), place) = (line(posted, "minutes", 5), length(posted), line(posted, "place", 400));
        is_new(posted).then_some(Self { times, minutes, form, place })
    }

    /// A time, from one.
    pub(in crate::web) fn time(&self, at: usize) -> &str {
        self.times.get(at - 1).map_or("", String::as_str)
    }
}

impl From<&Plan> for Draft {
    fn from(plan: &Plan) -> Self {
        let minutes = plan.minutes.to_string();
        Self { times: Vec::new(), minutes, form: plan.form, place: plan.place.clone() }
    }
}

/// Whether a form is about a booking to make.
pub(in crate::web) fn is_new(posted: &[(String, String)]) -> bool {
    matches!(line(posted, "act", 20).as_str(), "propose" | "agreed")
}

/// How long, how and where, from a form.
fn plan(posted: &[(String, String)]) -> Result<Plan, Error> {
    let (minutes, form) = length(posted);
    Plan::new(minutes, form, &line(posted, "place", 400)).map_err(Error::Refused)
}

fn length(posted: &[(String, String)]) -> (u16, MeetingForm) {
    let form = MeetingForm::from_code(&line(posted, "form", 10)).unwrap_or(MeetingForm::Place);
    (line(posted, "minutes", 5).parse().unwrap_or(0), form)
}

/// The times that a form gives, by the clocks of Sweden; fields left empty are none.
fn times(posted: &[(String, String)]) -> Result<Vec<Timestamp>, Error> {
    let given = posted.iter().filter(|(key, value)| key == "time" && !value.trim().is_empty());
    given
        .map(|(_, value)| {
            let time: DateTime = value.trim().parse().map_err(|_| Error::Faulty(Say::new("booking-fault-time")))?;
            moment_there(time).ok_or_else(|| Error::Faulty(Say::new("booking-fault-gap").with("x", value.as_str())))
        })
        .collect()
}

impl Act {
    /// The act that a form asks for.
    ///
    /// # Errors
    /// What is missing or cannot be, in words.
    pub(in crate::web) fn of(posted: &[(String, String)]) -> Result<Self, Error> {
        Ok(match line(posted, "act", 20).as_str() {
            "propose" => Self::Propose(times(posted)?, plan(posted)?),
            "agreed" => match times(posted)?[..] {
                [time] => Self::Agreed(time, plan(posted)?),
                _ => return Err(Error::Faulty(Say::new("booking-fault-one"))),
            },
            "choose" => {
                let time = line(posted, "time", 40).parse();
                Self::Choose(time.map_err(|_| Error::Faulty(Say::new("booking-fault-time")))?)
            }
            "refuse" => Self::Refuse,
            "cancel" => Self::Cancel,
            "held" => {
                let (minutes, form) = length(posted);
                Self::Held(minutes, form)
            }
            "missed" => Self::Missed,
            _ => return Err(Error::Faulty(Say::new("pairs-fault-act"))),
        })
    }

    fn on(&self, booking: &mut Booking, seat: Seat, now: Timestamp) -> Result<&'static str, Say> {
        match self {
            Self::Propose(times, plan) => booking.propose(seat, times, plan.clone(), now),
            Self::Agreed(at, plan) => booking.rebook(*at, plan.clone(), now),
            Self::Choose(at) => booking.choose(seat, *at, now),
            Self::Refuse => booking.refuse(seat, now),
            Self::Cancel => booking.cancel(now),
            Self::Held(..) => booking.tell(true, now),
            Self::Missed => booking.tell(false, now),
        }
    }
}

/// So many bookings of one pair or application in an hour: each is a letter.
const AN_HOUR: i64 = 12;

impl App {
    /// The two who sit at a booking.
    ///
    /// # Errors
    /// [`Error::NotFound`], also if one of them has been erased; or what the database says.
    pub(crate) async fn table(&self, occasion: Occasion, subject: &Id, host: Option<&Id>) -> Result<Table, Error> {
        let everywhere = self.store.everywhere();
        if occasion == Occasion::Meeting {
            let (_, both) = everywhere.pair_and_parties(subject).await?;
            let organisation = both.mentee.organisation.clone();
            let party = |seat: Seat| {
                let (name, email, language) = both.on(seat.side());
                let phone = if seat == Seat::Host { &both.mentor.phone } else { &both.mentee.phone };
                Party { name: name.to_owned(), email: email.to_owned(), phone: phone.clone(), language }
            };
            let (host, guest) = (party(Seat::Host), party(Seat::Guest));
            let companion = |it: &Companion| {
                let Companion { name, email, phone, language, .. } = it.clone();
                (Seat::from(it.side), Party { name, email, phone, language })
            };
            let more = both.companions.iter().map(companion).collect();
            return Ok(Table { occasion, host, guest, more, organisation, page: String::new() });
        }
        let application = everywhere.application(subject).await?;
        let all = self.store.organisations().await?;
        let account = match host {
            // Whoever does not answer for the organisation any more is told nothing of its applicants.
            Some(host) => {
                let held = self.store.appointments(host).await?;
                let reach = Purview::of(&held, Right::ChangePeople, &all);
                if reach.has(&application.organisation) { self.store.account(host).await.ok() } else { None }
            }
            None => None,
        };
        let nobody = || Party {
            name: organisation_name(&all, &application.organisation).to_owned(),
            email: String::new(),
            phone: String::new(),
            language: application.language,
        };
        let staff = |it: Account| Party { name: it.name, email: it.email, phone: String::new(), language: it.language };
        let host = account.map_or_else(nobody, staff);
        let answer = |field| application.answer(field).to_owned();
        let (name, email, phone) = (answer("name"), answer("email"), answer("phone"));
        let guest = Party { name, email, phone, language: application.language };
        let page = format!("{}/applications/{subject}", self.settings.url);
        Ok(Table { occasion, host, guest, more: Vec::new(), organisation: application.organisation, page })
    }

    /// Makes a booking: proposes times, or books one that the two have agreed on.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says, [`Error::NotFound`], or what the database says.
    pub(in crate::web) async fn book(
        &self,
        within: Within<'_>,
        (occasion, subject, host): (Occasion, &Id, Option<Id>),
        seat: Seat,
        act: &Act,
        stamp: &Stamp,
    ) -> Result<Id, Error> {
        let (id, now) = (self.new_id(), self.now());
        let (kind, booking) = match act {
            Act::Propose(times, plan) => {
                ("booking-asked", Booking::asked(id.clone(), seat, times, plan.clone(), now).map_err(Error::Refused)?)
            }
            Act::Agreed(at, plan) => {
                ("booking-made", Booking::booked(id.clone(), *at, plan.clone(), now).map_err(Error::Refused)?)
            }
            _ => return Err(Error::Faulty(Say::new("pairs-fault-act"))),
        };
        self.spare(subject).await?;
        let table = self.table(occasion, subject, host.as_ref()).await?;
        let mails = booking_told(kind, (&booking, &booking), &table, Some(seat), now);
        let row = BookingRow { booking, occasion, subject: subject.clone(), host };
        within.make_booking(&row, &Booked { kind, mails, met: None }, stamp).await?;
        self.post.wake();
        Ok(id)
    }

    async fn spare(&self, subject: &Id) -> Result<(), Error> {
        if self.spared(&format!("booking {subject}"), AN_HOUR).await? {
            return Ok(());
        }
        Err(Error::Faulty(Say::new("mine-pair-too-often")))
    }

    /// Does something with a booking, and tells the two.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says, [`Error::NotFound`], or what the database says.
    pub(in crate::web) async fn act_on_booking(
        &self,
        within: Within<'_>,
        row: &BookingRow,
        seat: Seat,
        act: &Act,
        stamp: &Stamp,
    ) -> Result<BookingRow, Error> {
        self.spare(&row.subject).await?;
        let (now, today) = (self.now(), self.today());
        let table = self.table(row.occasion, &row.subject, row.host.as_ref()).await?;
        let rule = |booking: &mut Booking| {
            let before = booking.clone();
            let kind = act.on(booking, seat, now)?;
            let met = match (act, booking.at()) {
                (Act::Held(minutes, form), Some(at)) if row.occasion == Occasion::Meeting => {
                    let day = there(at).date();
                    Some((seat, Meeting::held(day, *minutes, *form, day, today)?))
                }
                _ => None,
            };
            Ok(Booked { kind, mails: booking_told(kind, (&before, booking), &table, Some(seat), now), met })
        };
        let changed = within.change_booking(&row.booking.id, rule, stamp).await;
        self.post.wake();
        changed.map_err(Error::from)
    }
}
