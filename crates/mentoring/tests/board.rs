//! The board: acts, their reverse, why nobody, what if, and whom to recruit.

use std::collections::BTreeSet;
use std::sync::Arc;

use matching::Control;
use mentoring::cast::{amina, bjorn, greta, hassan, setting};
use mentoring::{Act, Board, Lack, Language, Mentee, Relief, Round, Rule, Scenario, Standing, differences, scarcity};

fn board(mentees: Vec<Mentee>) -> Board {
    let round = Round::new(setting(), mentees, vec![greta(), hassan()]);
    Board::open(Arc::new(round), &Control::default()).unwrap()
}

fn mentor_of(board: &Board, mentee: &Mentee) -> Option<String> {
    let row = board.round().row_of(&mentee.id).unwrap();
    board.standing(row).mentor().map(|mentor| mentor.name.clone())
}

#[test]
fn the_best_pairing_is_found_and_proven() {
    let board = board(vec![amina(), bjorn()]);
    assert_eq!(mentor_of(&board, &amina()).as_deref(), Some("Greta Zetterlund"));
    assert_eq!(mentor_of(&board, &bjorn()).as_deref(), Some("Hassan Ek"));
    assert_eq!(board.prove().unwrap().total, board.total());
}

#[test]
fn the_order_of_the_people_changes_nothing() {
    let first = board(vec![amina(), bjorn()]);
    let second = board(vec![bjorn(), amina()]);
    assert!(differences(&first, &second).is_empty());
    assert_eq!(first.total(), second.total());
}

#[test]
fn acts_move_only_those_who_must_and_can_be_done_again() {
    let mut board = board(vec![amina(), bjorn()]);
    let lock = Act::Lock { mentee: bjorn().id, mentor: greta().id };
    let change = board.act(&lock).unwrap();
    assert_eq!((change.pairs, change.moved.len()), (-1, 2), "Amina has nobody else");
    let row = board.round().row_of(&bjorn().id).unwrap();
    assert!(matches!(board.standing(row), Standing::Locked(mentor) if mentor.name == "Greta Zetterlund"));
    board.act(&Act::Unlock { mentee: bjorn().id }).unwrap();
    assert_eq!(board.count(), 2);
    board.act(&Act::Forbid { mentee: bjorn().id, mentor: hassan().id }).unwrap();
    board.act(&Act::Places { mentor: greta().id, places: 2 }).unwrap();
    assert_eq!(mentor_of(&board, &bjorn()).as_deref(), Some("Greta Zetterlund"));
    board.act(&Act::Withdraw { mentee: amina().id }).unwrap();
    let again = Board::replay(Arc::clone(board.round_arc()), board.acts(), &Control::default()).unwrap();
    assert!(differences(&board, &again).is_empty());
    assert_eq!(board.banned()[&bjorn().id], [&hassan().id]);
    board.prove().unwrap();
}

#[test]
fn an_act_that_cannot_be_done_says_why_and_changes_nothing() {
    let mut board = board(vec![amina(), bjorn()]);
    let told = |board: &mut Board, act: Act| board.act(&act).unwrap_err().text(Language::English);
    let not_allowed = told(&mut board, Act::Lock { mentee: amina().id, mentor: hassan().id });
    assert_eq!(not_allowed, "Amina Åberg and Hassan Ek may not be a pair: a rule or a ban stops it.");
    board.act(&Act::Lock { mentee: amina().id, mentor: greta().id }).unwrap();
    let full = told(&mut board, Act::Lock { mentee: bjorn().id, mentor: greta().id });
    assert!(full.starts_with("Greta Zetterlund has no more places to lock."), "{full}");
    let locked = told(&mut board, Act::Forbid { mentee: amina().id, mentor: greta().id });
    assert_eq!(locked, "Amina Åberg is locked to Greta Zetterlund. Unlock first.");
    assert_eq!(told(&mut board, Act::Lock { mentee: amina().id, mentor: greta().id }), "The pair is locked already.");
    assert_eq!(board.acts().len(), 1);
}

#[test]
fn a_rule_cannot_be_lifted_on_the_board() {
    let mut tried = amina();
    tried.earlier = vec![greta().id];
    let mut board = board(vec![tried.clone(), bjorn()]);
    let allow = Act::Allow { mentee: tried.id.clone(), mentor: greta().id };
    assert!(board.act(&allow).is_err());
    board.act(&Act::Forbid { mentee: tried.id.clone(), mentor: greta().id }).unwrap();
    assert!(board.act(&allow).is_err(), "also after a ban by hand");
    assert_eq!(mentor_of(&board, &tried), None);
}

#[test]
fn who_gets_nobody_is_told_the_rules_and_the_cheapest_way_out() {
    let mut lonely = amina();
    lonely.email = "lonely@example.org".into();
    lonely.id = mentoring::Id::of("mentee", &lonely.email);
    lonely.waiting_since = mentoring::cast::TODAY;
    let board = board(vec![amina(), bjorn(), lonely.clone()]);
    let row = board.round().row_of(&lonely.id).unwrap();
    assert_eq!(board.standing(row), Standing::Unmatched);
    let why = board.why(row);
    assert_eq!((why.allowed, why.stopped.as_slice()), (1, [(Rule::Distance, 1)].as_slice()));
    let Some(Lack::Points { mentor, by }) = why.lack else { panic!("points are missing: {:?}", why.lack) };
    assert_eq!(mentor.name, "Greta Zetterlund");
    assert_eq!(by, 55, "exactly the points that Amina has waited for");
    let [place, exception] = why.ways.as_slice() else { panic!("two ways out: {:?}", why.ways) };
    assert_eq!((place.relief, place.mentor.name.as_str()), (Relief::Place, "Greta Zetterlund"));
    assert_eq!((exception.relief, exception.mentor.name.as_str()), (Relief::Exception(Rule::Distance), "Hassan Ek"));
    for way in &why.ways {
        assert_eq!((way.change.pairs, way.change.points), (1, i64::from(way.fit.total)));
    }
    // The place is worth what is promised once it is given, also where somebody else would want it more.
    let mut rival = lonely.clone();
    rival.email = "rival@example.org".into();
    rival.id = mentoring::Id::of("mentee", &rival.email);
    rival.waiting_since = amina().waiting_since;
    let mut contested = self::board(vec![amina(), rival, lonely.clone()]);
    let row = contested.round().row_of(&lonely.id).unwrap();
    let promised = contested.why(row).ways.iter().find(|way| way.relief == Relief::Place).unwrap().change.clone();
    let given = contested.act(&Act::Give { mentee: lonely.id.clone(), mentor: greta().id }).unwrap();
    assert_eq!((given.pairs, given.points), (1, promised.points));
    assert_eq!(mentor_of(&contested, &lonely).as_deref(), Some("Greta Zetterlund"));
    contested.prove().unwrap();
    let mut locked = board.clone();
    locked.act(&Act::Lock { mentee: amina().id, mentor: greta().id }).unwrap();
    let why = locked.why(locked.round().row_of(&lonely.id).unwrap());
    assert_eq!((why.allowed, why.lack), (1, Some(Lack::Place)));
    // Whom somebody has ruled out by hand is no way out.
    let mut banned = board.clone();
    banned.act(&Act::Forbid { mentee: lonely.id.clone(), mentor: greta().id }).unwrap();
    let why = banned.why(banned.round().row_of(&lonely.id).unwrap());
    assert!(why.allowed == 0 && why.ways.iter().all(|way| way.relief != Relief::Place), "{why:?}");
}

#[test]
fn the_exception_from_distance_is_the_nearest_mentor() {
    let mut lonely = amina();
    lonely.email = "lonely@example.org".into();
    lonely.id = mentoring::Id::of("mentee", &lonely.email);
    lonely.waiting_since = mentoring::cast::TODAY;
    let far = |code: &str, email: &str| mentoring::Mentor {
        id: mentoring::Id::of("mentor", email),
        email: email.into(),
        municipality: mentoring::Municipality::from_code(code).unwrap(),
        remote: false,
        ..hassan()
    };
    // The one far away fits better.
    let mut better = far("2580", "lulea@example.org");
    better.competences = greta().competences;
    let mentors = vec![greta(), better, far("1280", "malmo@example.org")];
    let round = Round::new(setting(), vec![amina(), lonely.clone()], mentors);
    let board = Board::open(Arc::new(round), &Control::default()).unwrap();
    let why = board.why(board.round().row_of(&lonely.id).unwrap());
    let ways = why.ways.iter().map(|way| (way.relief, way.km)).collect::<Vec<_>>();
    assert!(ways.contains(&(Relief::Place, 0)), "{ways:?}");
    assert!(ways.iter().any(|way| way.0 == Relief::Exception(Rule::Distance) && way.1 < 200), "{ways:?}");
}

#[test]
fn the_options_cost_the_whole_what_choosing_them_does() {
    let board = board(vec![amina(), bjorn()]);
    let row = board.round().row_of(&bjorn().id).unwrap();
    let options = board.options(row, 3);
    assert_eq!(options.len(), 1);
    assert_eq!(options[0].mentor.name, "Greta Zetterlund");
    let change = board.choosing(&bjorn().id, &greta().id).unwrap();
    assert_eq!(options[0].change, change);
    let mut other = board.clone();
    assert_eq!(other.act(&Act::Lock { mentee: bjorn().id, mentor: greta().id }).unwrap(), change);
}

#[test]
fn a_scenario_stands_beside_the_board_and_leaves_it_alone() {
    let mut lonely = amina();
    lonely.email = "lonely@example.org".into();
    lonely.id = mentoring::Id::of("mentee", &lonely.email);
    let board = board(vec![amina(), bjorn(), lonely]);
    let scenario = Scenario {
        name: "En plats till".into(),
        weights: None,
        rules_off: BTreeSet::new(),
        remote_for_all: false,
        shared: false,
        more_places: vec![(greta().id, 1)],
    };
    let played = scenario.play(&board, &Control::default()).unwrap();
    assert_eq!((board.count(), played.count()), (2, 3));
    let differences = differences(&board, &played);
    assert_eq!(differences.len(), 1);
    assert!(differences[0].before.is_none() && differences[0].after.is_some());
}

#[test]
fn the_first_recruit_is_worth_a_pair_where_somebody_is_without() {
    let mut lonely = amina();
    lonely.email = "lonely@example.org".into();
    lonely.id = mentoring::Id::of("mentee", &lonely.email);
    let board = board(vec![amina(), bjorn(), lonely]);
    let scarcity = scarcity(&board, 3, &Control::default()).unwrap();
    let first = &scarcity.recruits[0];
    assert_eq!((first.kind.county.code(), first.pairs), ("10", 1));
    assert_eq!(first.kind.area.code(), "D", "finance, which is needed most");
    let blekinge = scarcity.counties.iter().find(|supply| supply.county.code() == "10").unwrap();
    assert_eq!((blekinge.mentees, blekinge.unmatched, blekinge.places), (3, 1, 1));
    assert_eq!(blekinge.worth, first.points);
    assert!(scarcity.recruits.windows(2).all(|pair| pair[0].points >= pair[1].points));
}
