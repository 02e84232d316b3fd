use std::collections::BTreeMap;

use axum::http::StatusCode;

use super::client::{Client, each, filled};

pub const ALL: &[(&str, &str)] = &[
    ("sent", "1"),
    ("name", "Höst"),
    ("shared", "yes"),
    ("programme", "msf"),
    ("programme", "muf"),
    ("objective", "total"),
    ("rule", "language"),
    ("rule", "distance"),
    ("rule", "gender"),
    ("rule", "competitor"),
    ("rule", "earlier"),
];

async fn round(client: &Client) -> String {
    let board = client.post("/rounds", ALL).await;
    assert_eq!(board.status, StatusCode::OK, "{}", board.text());
    assert!(board.text().contains("Proven best"));
    board.path
}

/// The first proposed pair on a board: mentee and mentor.
fn proposed(page: &str) -> (String, String) {
    let value = |form: &str, name: &str| {
        let (_, rest) = form.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let forms = page.split("class=\"acts\"").skip(1).map(|form| form.split("</form>").next().unwrap());
    let mut forms = forms;
    forms.find_map(|form| value(form, "mentee").zip(value(form, "mentor"))).expect("somebody is proposed")
}

#[tokio::test]
async fn a_round_goes_from_the_form_to_pairs() {
    each(async |client| {
        let path = round(&client).await;
        let board = client.get(&path).await;
        let version = board.after("name=\"version\" value=\"");
        let (mentee, mentor) = proposed(&board.text());
        let acts = format!("{path}/acts");
        let form = |act: &'static str, version: &str, mentee: &str, mentor: &str| {
            [
                ("act", act.to_owned()),
                ("version", version.to_owned()),
                ("mentee", mentee.to_owned()),
                ("mentor", mentor.to_owned()),
            ]
        };
        let post = async |client: &Client, form: [(&str, String); 4]| {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.post(&acts, &form).await
        };
        let locked = post(&client, form("lock", &version, &mentee, &mentor)).await;
        assert!(locked.text().contains("Nobody changed mentor."), "locking what is proposed moves nobody");
        // Another coordinator still sees the first version.
        let late = post(&client.other("Per").await, form("forbid", &version, &mentee, &mentor)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Karin has changed this"));
        let twice = post(&client, form("lock", "2", &mentee, &mentor)).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.text().contains("locked already"));
        let undone = client.post(&format!("{path}/undo"), &[("act", "undo"), ("version", "2")]).await;
        assert!(!undone.text().contains(">Locked<"));
        let forbidden = post(&client, form("forbid", "3", &mentee, &mentor)).await;
        assert!(forbidden.text().contains("another mentor or none"), "somebody had to move");

        for page in ["scarcity", "scenarios", "approval"] {
            assert_eq!(client.get(&format!("{path}/{page}")).await.status, StatusCode::OK, "{page}");
        }
        let approval = client.get(&format!("{path}/approval")).await.text();
        let chosen: Vec<String> = approval
            .split("name=\"mentee\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        let mut fields = vec![("version", "4")];
        fields.extend(chosen.iter().take(3).map(|mentee| ("mentee", mentee.as_str())));
        let none = client.post(&format!("{path}/approval"), &[("version", "4")]).await;
        assert!(none.text().contains("No proposal is chosen"));
        let pairs = client.post(&format!("{path}/approval"), &fields).await;
        assert_eq!(pairs.path, "/pairs?made=3");
        assert!(pairs.text().contains("3 mentors have been asked."));
        let again = client.post(&format!("{path}/approval"), &fields).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "an approved round is closed");
    })
    .await;
}

/// Everybody who has the only mentor that the rules allow somebody is locked: no points would help.
#[tokio::test]
async fn who_can_only_have_what_is_locked_to_others_is_told_so() {
    each(async |client| {
        let path = round(&client).await;
        let unmatched = client.get(&format!("{path}?show=unmatched")).await.text();
        let link = format!("{path}/mentees/");
        let mentees = unmatched.split(&link).skip(1).filter_map(|rest| rest.split(['"', '#', '/']).next());
        let mut lonely = None;
        for mentee in mentees {
            let page = client.get(&format!("{link}{mentee}")).await;
            if page.text().contains("1 mentor may be proposed, but is of more use to somebody else.") {
                lonely = Some((format!("{link}{mentee}"), page.after("name=\"mentor\" value=\"")));
                break;
            }
        }
        let (page, mentor) = lonely.expect("somebody is allowed one mentor only");
        for at in 1..=20 {
            let board = client.get(&format!("{path}?page={at}")).await;
            let version = board.after("name=\"version\" value=\"");
            let board = board.text();
            let forms = board.split("class=\"acts\"").skip(1).map(|form| form.split("</form>").next().unwrap());
            let theirs = forms.filter(|form| form.contains(&format!("name=\"mentor\" value=\"{mentor}\"")));
            let mentees =
                theirs.map(|form| form.split("name=\"mentee\" value=\"").nth(1).unwrap().split('"').next().unwrap());
            for (version, mentee) in (version.parse::<usize>().unwrap()..).zip(mentees) {
                let version = version.to_string();
                let form = [("act", "lock"), ("version", &version), ("mentee", mentee), ("mentor", &mentor)];
                assert_eq!(client.post(&format!("{path}/acts"), &form).await.status, StatusCode::OK);
            }
        }
        let told = client.get(&page).await.text();
        assert!(told.contains("No place is left with the mentors whom the rules allow"), "{told}");
        assert!(!told.contains("is of more use to somebody else"));
    })
    .await;
}

/// Two rounds over the same people: what one has approved is marked in the other, and not ticked.
#[tokio::test]
async fn a_round_knows_what_another_has_taken() {
    each(async |client| {
        let (first, second) = (round(&client).await, round(&client).await);
        let (mentee, _) = proposed(&client.get(&first).await.text());
        let approve = format!("{first}/approval");
        client.post(&approve, &[("version", "1"), ("mentee", mentee.as_str())]).await;
        let board = client.get(&second).await.text();
        assert!(board.contains("can no longer become"), "the board says so");
        let approval = client.get(&format!("{second}/approval")).await.text();
        assert!(approval.contains("No longer waiting"));
        assert!(approval.contains(&format!("value=\"{mentee}\" aria-label")), "not ticked");
        let none = client.get(&format!("{second}/approval?tick=none")).await.text();
        assert!(approval.contains(" checked") && !none.contains(" checked"));
    })
    .await;
}

/// A record changed since the round counts when it is approved.
#[tokio::test]
async fn nobody_is_approved_against_a_rule_that_is_broken_now() {
    for store in filled().await {
        let client = Client::new(store.clone(), "Karin").await;
        let path = round(&client).await;
        let (mentee, mentor) = proposed(&client.get(&path).await.text());
        let id = mentoring::Id::parse(&mentor).unwrap();
        let (known, version) = store.everywhere().one::<mentoring::Mentor>(&id).await.unwrap();
        let stamp = store::Stamp::program("Per", "2026-11-23T10:00:00Z".parse().unwrap());
        let changed = mentoring::Mentor { approved: false, ..known };
        store.everywhere().save(&changed, version, &["approved"], &stamp).await.unwrap();
        let approval = client.get(&format!("{path}/approval")).await.text();
        assert!(approval.contains("The mentor is not approved yet."), "the reason is told");
        assert!(approval.contains(&format!("value=\"{mentee}\" aria-label")), "not ticked");
        let fields = [("version", "1"), ("mentee", mentee.as_str())];
        let refused = client.post(&format!("{path}/approval"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Nothing has been approved"), "{}", refused.text());
    }
}

#[tokio::test]
async fn a_round_needs_a_programme_and_gets_a_name() {
    each(async |client| {
        let without: Vec<_> = ALL.iter().copied().filter(|field| field.0 != "programme").collect();
        let refused = client.post("/rounds", &without).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Choose at least one programme"));
        let unnamed: Vec<_> = ALL.iter().map(|&(key, value)| (key, if key == "name" { " " } else { value })).collect();
        assert!(client.post("/rounds", &unnamed).await.text().contains("<h1>Round 23 November 2026</h1>"));
    })
    .await;
}

/// A part of the page that meets an error shows the error, not an empty board.
#[tokio::test]
async fn an_error_in_a_part_of_a_page_takes_the_place_of_the_page() {
    each(async |client| {
        let path = round(&client).await;
        let request = || {
            axum::http::Request::post(format!("{path}/acts"))
                .header("hx-request", "true")
                .header("content-type", "application/x-www-form-urlencoded")
        };
        let body = || axum::body::Body::from("act=lock&version=7&mentee=0000000000000&mentor=0000000000000");
        let (status, headers) = client.raw(request(), body()).await;
        assert_eq!((status, headers["hx-retarget"].to_str().unwrap()), (StatusCode::CONFLICT, "#content"));
        let (status, headers) = client.other("").await.raw(request(), body()).await;
        assert_eq!((status, headers["hx-redirect"].to_str().unwrap()), (StatusCode::OK, "/door"));
    })
    .await;
}

#[tokio::test]
async fn alternatives_tell_their_cost_and_can_be_chosen() {
    each(async |client| {
        let path = round(&client).await;
        let (mentee, mentor) = proposed(&client.get(&path).await.text());
        let part = client.get(&format!("{path}/mentees/{mentee}/others?back={path}")).await;
        assert_eq!(part.status, StatusCode::OK);
        let other = part.after("name=\"mentor\" value=\"");
        assert_ne!(other, mentor);
        let fields = [("act", "lock"), ("version", "1"), ("mentee", &mentee), ("mentor", &other), ("back", &path)];
        let board = client.post(&format!("{path}/acts"), &fields).await;
        assert!(board.text().contains("Total: −") || board.text().contains("Total: 0"), "{}", board.text());
        assert!(board.text().contains(">Locked<"));
    })
    .await;
}

/// Two who swap mentors: one takes the other's, and what that costs the whole is told before.
#[tokio::test]
async fn any_mentor_can_be_compared_and_swapped_in() {
    each(async |client| {
        let path = round(&client).await;
        let board = client.get(&path).await.text();
        let (mentee, own) = proposed(&board);
        let page = client.get(&format!("{path}/mentees/{mentee}")).await.text();
        let all = page.split("name=\"mentor\">").nth(1).unwrap().split("</select>").next().unwrap().to_owned();
        let mentors: Vec<&str> = all.split("value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(mentors.len() > 50 && mentors.contains(&own.as_str()));
        let mut swapped = false;
        for mentor in mentors.iter().filter(|mentor| **mentor != own) {
            let compared = client.get(&format!("{path}/mentees/{mentee}/compare?mentor={mentor}")).await;
            assert_eq!(compared.path, format!("{path}/mentees/{mentee}/{mentor}"));
            if compared.text().contains("If the pair is chosen") && compared.text().contains("value=\"lock\"") {
                let fields = [("act", "lock"), ("version", "1"), ("mentee", &mentee), ("mentor", mentor)];
                let done = client.post(&format!("{path}/acts"), &fields).await;
                assert!(done.text().contains("is locked."), "{}", done.text());
                swapped = true;
                break;
            }
        }
        assert!(swapped, "somebody else is allowed");
        let nobody = client.get(&format!("{path}/mentees/{mentee}/compare?mentor=x")).await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// An extra place given on the board gives the mentee a mentor, as the way out had promised.
#[tokio::test]
async fn the_ways_out_of_having_no_mentor_can_be_taken() {
    each(async |client| {
        let path = round(&client).await;
        let without = client.get(&format!("{path}?show=unmatched")).await;
        assert!(without.text().contains("Cheapest way out:"), "{}", without.text());
        // A mentor who is full before the round needs a new record, not a place on the board.
        let mut page = client.get(&format!("{path}?show=unmatched")).await;
        let mut mentee = String::new();
        for rest in without.text().split(&format!("href=\"{path}/mentees/")).skip(1) {
            mentee = rest.split(['"', '#']).next().unwrap().to_owned();
            page = client.get(&format!("{path}/mentees/{mentee}")).await;
            if page.text().contains("value=\"give\"") {
                break;
            }
        }
        let mentor = page.after("name=\"mentor\" value=\"");
        let fields = [("act", "give"), ("version", "1"), ("mentee", mentee.as_str()), ("mentor", &mentor)];
        client.post(&format!("{path}/acts"), &fields).await;
        let page = client.get(&format!("{path}/mentees/{mentee}")).await.text();
        assert!(page.contains("Proposed mentor"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn weights_above_the_limit_are_refused_and_nothing_typed_is_lost() {
    each(async |client| {
        let mut fields = ALL.to_vec();
        fields.push(("needs", "900"));
        let answer = client.post("/rounds", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("1,585 points together") && answer.text().contains("value=\"900\""));
    })
    .await;
}

#[tokio::test]
async fn a_scenario_shows_who_would_get_another_mentor() {
    each(async |client| {
        let path = round(&client).await;
        let played = client
            .post(
                &format!("{path}/scenarios"),
                &[("name", "På distans & nära"), ("remote", "yes"), ("off", "distance")],
            )
            .await;
        assert_eq!(played.status, StatusCode::OK);
        let text = played.text();
        assert!(text.contains("another mentor</h3>") && !text.contains("Nobody gets another mentor"), "{text}");
        assert!(
            text.contains("Without the rule: a reasonable distance") && text.contains("Everybody can meet"),
            "what it changes"
        );
        let twice = [("name", "På distans & nära"), ("needs", "300")];
        let twice = client.post(&format!("{path}/scenarios"), &twice).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.text().contains("already has a change") && twice.text().contains("value=\"300\""));
        let heavy = client.post(&format!("{path}/scenarios"), &[("name", "Tung"), ("needs", "900")]).await;
        assert_eq!(heavy.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(heavy.text().contains("1,585 points together") && heavy.text().contains("value=\"Tung\""));
        let dropped = client.post(&format!("{path}/scenarios"), &[("drop", "På distans & nära")]).await;
        assert!(!dropped.text().contains("På distans"));
    })
    .await;
}

/// The same people and acts give the same file, byte for byte, on both databases.
#[tokio::test]
async fn exports_are_the_same_bytes_on_every_database() {
    let mut files: BTreeMap<&str, Vec<Vec<u8>>> = BTreeMap::new();
    for store in filled().await {
        let client = Client::new(store, "Karin").await;
        let path = round(&client).await;
        for file in ["a.csv", "a.xlsx"] {
            let export = client.get(&format!("{path}/export/{file}")).await;
            assert_eq!(export.status, StatusCode::OK);
            files.entry(file).or_default().push(export.bytes);
        }
        let pairs = client.get("/pairs/export/pairs.csv").await;
        files.entry("pairs.csv").or_default().push(pairs.bytes);
    }
    for (file, versions) in files {
        assert!(versions.iter().all(|version| *version == versions[0] && version.len() > 1000), "{file}");
    }
}

/// A round made again from what it kept gives the pairs that it gave.
#[tokio::test]
async fn a_kept_round_gives_the_same_pairs_again() {
    for store in filled().await {
        let client = Client::new(store.clone(), "Karin").await;
        let path = round(&client).await;
        let id = mentoring::Id::parse(path.trim_start_matches("/rounds/")).unwrap();
        let row = store.everywhere().round(&id).await.unwrap();
        let people = store.everywhere().round_people(&id).await.unwrap();
        assert_eq!(app::matching_round::fingerprint(&row.setting, &people.mentees, &people.mentors), row.fingerprint);
        let board = app::matching_round::reopen(&row, people, &matching::Control::default()).unwrap();
        let again = app::matching_round::proposals(&board).unwrap();
        let mut pairs = again.pairs;
        pairs.sort();
        assert_eq!(pairs, store.everywhere().proposals(&id).await.unwrap());
        assert_eq!(again.total, row.total);
    }
}
