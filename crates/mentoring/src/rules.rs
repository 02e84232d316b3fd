//! The hard rules: each can say whether a pair breaks it, and how, in words.

use jiff::civil::Date;

use crate::criteria::{Feature, Tongues, rivals_of, unreachable, unwanted_genders};
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::programme::{Programme, Rule};
use crate::say::Say;
use crate::traits::Traits;

/// What a round goes by, besides the people.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Setting {
    /// The programmes of the round, with their weights and rules; a mentee is judged by their own.
    pub programmes: Vec<Programme>,
    /// The day of the round.
    pub today: Date,
    /// Whether mentors may be shared between organisations.
    pub shared: bool,
    /// As many pairs as possible before the best total.
    pub most_pairs: bool,
}

impl Setting {
    /// The programme a mentee has applied for, if it is part of the round.
    pub fn programme_of(&self, mentee: &Mentee) -> Option<&Programme> {
        self.programmes.iter().find(|programme| programme.code == mentee.programme)
    }
}

/// A rule that a pair breaks, with the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: Rule,
    /// How, in words.
    pub say: Say,
}

impl Broken {
    fn new(rule: Rule, say: Say) -> Self {
        Self { rule, say }
    }
}

/// Rules about the mentor alone: whether they can be proposed to anybody in the round.
pub fn unavailable(mentor: &Mentor, setting: &Setting) -> Vec<Broken> {
    let mut broken = Vec::new();
    if !setting.programmes.iter().any(|programme| mentor.programmes.contains(&programme.code)) {
        broken.push(Broken::new(Rule::Programme, not_in(setting.programmes.iter())));
    }
    if !mentor.approved {
        broken.push(Broken::new(Rule::Approved, Say::new("broken-approved")));
    }
    match mentor.agreement_until {
        None => broken.push(Broken::new(Rule::Agreement, Say::new("broken-agreement-missing"))),
        Some(until) if until < setting.today => {
            broken.push(Broken::new(
                Rule::Agreement,
                Say::new("broken-agreement-expired").with("day", until.to_string()),
            ));
        }
        Some(_) => {}
    }
    if let Some(pause) = mentor.pause.filter(|pause| pause.covers(setting.today)) {
        broken.push(Broken::new(Rule::Paused, Say::new("broken-paused").with("day", pause.until.to_string())));
    }
    if mentor.free_places() == 0 {
        let say = Say::new("broken-capacity").with("places", mentor.capacity).with("pairs", mentor.open_pairs);
        broken.push(Broken::new(Rule::Capacity, say));
    }
    broken
}

/// Rules about the mentee alone: whether they take part in the round.
pub fn outside_round(mentee: &Mentee, setting: &Setting) -> Option<Broken> {
    if setting.programme_of(mentee).is_none() {
        return Some(Broken::new(Rule::Programme, Say::new("broken-other-programme")));
    }
    mentee.paired.then(|| Broken::new(Rule::Paired, Say::new("broken-paired")))
}

/// Rules that look at one feature of the mentor: the values that break them.
pub(crate) fn by_feature(mentee: &Mentee, programme: &Programme, setting: &Setting) -> Vec<(Rule, Feature, u16)> {
    let mut rules = vec![
        (Rule::Programme, Feature::Programme(programme.code.clone()), 1),
        (Rule::Language, Feature::Tongues(Tongues::new(&mentee.languages)), 1),
        (Rule::Distance, Feature::Reach(mentee.municipality), unreachable(mentee)),
    ];
    if let Some(wish) = mentee.mentor_gender.filter(|wish| wish.only) {
        rules.push((Rule::Gender, Feature::Gender, unwanted_genders(wish.gender)));
    }
    if let (Some(_), Some(industry)) = (&mentee.company, mentee.industry) {
        let (group, code) = rivals_of(mentee.municipality.county());
        rules.push((Rule::Competitor, Feature::Rivals(industry, group), 1 << code));
    }
    if !setting.shared {
        rules.push((Rule::Organisation, Feature::Organisation(mentee.organisation.clone()), 1));
    }
    rules.retain(|(rule, _, _)| programme.keeps(*rule));
    rules
}

/// Rules about the two together that no feature tells: rare exceptions.
pub(crate) fn by_pair(mentee: &Mentee, mentor: &Mentor, programme: &Programme) -> Vec<Rule> {
    let number = mentee.company.as_ref().and_then(|company| company.number.as_ref());
    let own = mentor.company.as_ref();
    let same_company = number.is_some() && own.and_then(|company| company.number.as_ref()) == number;
    let interest = number.is_some_and(|number| mentor.conflicts.contains(number));
    let same_person = mentee.email.eq_ignore_ascii_case(&mentor.email);
    [
        (Rule::Conflict, same_company || interest || same_person),
        (Rule::Earlier, mentee.earlier.contains(&mentor.id)),
        (Rule::Excluded, mentee.excluded.contains(&mentor.id)),
    ]
    .into_iter()
    .filter(|&(rule, broken)| broken && programme.keeps(rule))
    .map(|(rule, _)| rule)
    .collect()
}

/// A mentee's rules about the two together, to be asked of many mentors.
pub(crate) struct Rulings<'a> {
    mentee: &'a Mentee,
    programme: Option<&'a Programme>,
    by_feature: Vec<(Rule, Feature, u16)>,
}

impl<'a> Rulings<'a> {
    pub(crate) fn of(mentee: &'a Mentee, setting: &'a Setting) -> Self {
        let programme = setting.programme_of(mentee);
        let by_feature = programme.map_or_else(Vec::new, |programme| by_feature(mentee, programme, setting));
        Self { mentee, programme, by_feature }
    }

    /// The rules that the pair breaks, those about the mentor alone left out.
    pub(crate) fn broken(&self, mentor: &Mentor, traits: &Traits) -> Vec<Rule> {
        let by_feature =
            self.by_feature.iter().filter(|(_, feature, forbidden)| forbidden >> feature.code(traits) & 1 == 1);
        let mut broken: Vec<Rule> = by_feature.map(|(rule, _, _)| *rule).collect();
        broken.extend(self.programme.into_iter().flat_map(|programme| by_pair(self.mentee, mentor, programme)));
        broken
    }
}

/// Every rule that a pair breaks, in words; empty if the pair is allowed.
pub fn broken(mentee: &Mentee, mentor: &Mentor, setting: &Setting) -> Vec<Broken> {
    let Some(programme) = setting.programme_of(mentee) else {
        return outside_round(mentee, setting).into_iter().collect();
    };
    let mut broken = unavailable(mentor, setting);
    for rule in Rulings::of(mentee, setting).broken(mentor, &Traits::of(mentor)) {
        if broken.iter().all(|told| told.rule != rule) {
            let say = if rule == Rule::Programme { not_in([programme]) } else { sentence(rule, mentee, mentor) };
            broken.push(Broken::new(rule, say));
        }
    }
    broken
}

/// The first rule that a proposal breaks by today's records, if there is one. Places and open pairs are
/// left to those who take them: only they can count without somebody coming in between.
pub fn broken_since(mentee: &Mentee, mentor: &Mentor, setting: &Setting) -> Option<Broken> {
    let counted = |broken: &Broken| matches!(broken.rule, Rule::Capacity | Rule::Paired);
    broken(mentee, mentor, setting).into_iter().find(|broken| !counted(broken))
}

fn not_in<'a>(programmes: impl IntoIterator<Item = &'a Programme>) -> Say {
    let names: Vec<&str> = programmes.into_iter().map(|programme| programme.name.as_str()).collect();
    Say::new("broken-programme").with("programme", names.join(", "))
}

fn sentence(rule: Rule, mentee: &Mentee, mentor: &Mentor) -> Say {
    let km = mentee.municipality.distance(mentor.municipality);
    match rule {
        Rule::Language => Say::new("broken-language"),
        Rule::Distance => {
            let key = if mentee.remote { "broken-distance" } else { "broken-distance-no-remote" };
            Say::new(key).with("km", km).with("place", mentor.municipality.names()).with("reach", mentee.reach.names())
        }
        Rule::Gender => {
            let wanted = mentee.mentor_gender.expect("the rule follows from a wish").gender;
            Say::new("broken-gender").with("gender", wanted.names())
        }
        Rule::Competitor => {
            let industry = mentee.industry.expect("competitors share an industry");
            Say::new("broken-competitor").with("industry", industry.names())
        }
        Rule::Conflict => Say::new("broken-conflict"),
        Rule::Earlier => Say::new("broken-earlier"),
        Rule::Excluded => Say::new("broken-excluded"),
        Rule::Organisation => Say::new("broken-organisation"),
        Rule::Programme | Rule::Approved | Rule::Agreement | Rule::Paused | Rule::Capacity | Rule::Paired => {
            unreachable!("a rule about one person alone")
        }
    }
}
