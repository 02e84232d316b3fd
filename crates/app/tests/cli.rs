//! The command line as a script meets it: answers, files and exit codes.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use app::demo::{Scale, year};
use store::{Stamp, Store};

/// A folder of the test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mentorpar-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).unwrap();
        self.file(name)
    }

    fn database(&self, name: &str) -> String {
        format!("sqlite:{}", self.file(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Exit code, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_mentorpar")).args(arguments).env("LC_ALL", "C").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

/// The same with something at standard input: exit code and answer.
fn fed(arguments: &[&str], input: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mentorpar"));
    let piped = command.args(arguments).env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.stderr(Stdio::null()).spawn().unwrap();
    // A program that stops before it has read everything closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let done = child.wait_with_output().unwrap();
    (done.status.code().unwrap(), String::from_utf8(done.stdout).unwrap())
}

fn done(arguments: &[&str]) -> String {
    let (code, out, fault) = run(arguments);
    assert_eq!(code, 0, "{arguments:?}: {fault}");
    out
}

/// The small made-up year in a database file.
async fn filled(url: &str) {
    let year = year(Scale::SMALL, jiff::civil::date(2026, 11, 23), 1);
    let store = Store::open(url).await.unwrap();
    store.put_organisations(&year.organisations).await.unwrap();
    store.put_programmes(&year.programmes).await.unwrap();
    let stamp = Stamp::program("test", "2026-11-23T09:00:00Z".parse().unwrap());
    store.everywhere().put_people(&year.mentors, &year.waiting, &stamp).await.unwrap();
    store.close().await;
}

#[test]
fn solve_answers_with_total_pairs_prices_and_proof() {
    let folder = Folder::new("solve");
    let scores = folder.write("scores.csv", "row,column,score\na,x,9\na,y,7\nb,x,8\nc,x,6\nc,y,1\n");
    let places = folder.write("places.csv", "column,capacity\nx,2\n");
    let answer: serde_json::Value =
        serde_json::from_str(&done(&["solve", &scores, "--capacities", &places, "--json"])).unwrap();
    assert_eq!((&answer["total"], &answer["proven"]), (&21.into(), &true.into()), "{answer}");
    let pairs: Vec<String> = answer["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| format!("{}{}", pair["row"].as_str().unwrap(), pair["column"].as_str().unwrap()))
        .collect();
    assert_eq!(pairs, ["ay", "bx", "cx"]);
    assert!(answer["prices"]["x"].is_number() && answer["seconds"].is_number());
    // Two columns with a place each: c to y (1) and b to x (8) cost least.
    let least: serde_json::Value = serde_json::from_str(&done(&["solve", &scores, "--minimise", "--json"])).unwrap();
    assert_eq!(least["pairs"].as_array().unwrap().len(), 2);
    assert_eq!(least["total"], 9);
}

#[test]
fn bad_input_is_one_line_and_exit_code_2() {
    let folder = Folder::new("bad");
    for (name, text, told) in [
        ("a.csv", "a,b\n", "line 1: "),
        ("b.csv", "row,column,score\na,b,NaN\n", "line 2, column 3: "),
        ("c.csv", "row,column,score\na,b,1\na,b,1\n", "line 3, column 1: "),
        ("d.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 5\n", "line 3, column 1: "),
        ("e.txt", "", "the file must end in"),
    ] {
        let file = folder.write(name, text);
        let (code, out, fault) = run(&["solve", &file]);
        assert_eq!((code, out.as_str(), fault.lines().count()), (2, "", 1), "{name}: {fault}");
        assert!(fault.contains(told), "{name}: {fault}");
    }
    let scores = folder.write("scores.csv", "row,column,score\na,x,9\n");
    let negative = folder.write("places.csv", "column,capacity\nx,-1\n");
    let (code, _, fault) = run(&["solve", &scores, "--capacities", &negative]);
    assert!(code == 2 && fault.contains("line 2, column 2: the capacity -1 is negative"), "{fault}");
    assert_eq!(run(&["solve", "no-such-file.csv"]).0, 2);
    assert_eq!(run(&["serve", "--database", "sqlite:x", "--address", "0.0.0.0"]).0, 2);
    assert_eq!(run(&["nothing"]).0, 2);
    assert_eq!(run(&["--language", "xx", "demo"]).0, 2);
    let (code, _, fault) = run(&["--language", "sv", "solve", "finns-inte.csv"]);
    assert!(code == 2 && fault.contains("filen finns inte"), "{fault}");
}

#[test]
fn features_are_solved_as_the_numbers_they_stand_for() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/solve/problem.toml");
    assert_eq!(done(&["solve", example]), "row,column\nAsta,Nils\nBirk,Mona\nCleo,Olle\nDag,Mona\n");

    let folder = Folder::new("features");
    folder.write(
        "problem.toml",
        "rows = 'rows.csv'\ncolumns = 'columns.csv'\noutside = 3\nlocked = 'locked.csv'\n\
         [features.a]\nweight = 33\npoints.x = { p = 100, q = 50 }\npoints.y = { q = 77 }\n\
         [features.b]\nweight = 7\npoints.1 = { 1 = 100 }\nallowed.2 = ['2', '']\n",
    );
    let (mut rows, mut columns, mut pairs) = ("id,a,b\n".to_owned(), "id,b,a,places\n".to_owned(), String::new());
    let row = |at: usize| (["x", "y", ""][at % 3], ["1", "2", "", "1"][at / 3 % 4]);
    let column = |at: usize| (["p", "q", "r"][at * 5 % 7 % 3], ["1", "2", "3", ""][at % 4]);
    for at in 0..40 {
        let (a, b) = row(at);
        let _ = writeln!(rows, "r{at},{a},{b}");
    }
    for at in 0..14 {
        let (a, b) = column(at);
        let _ = writeln!(columns, "c{at},{b},{a},{}", at % 4);
    }
    for at in 0..40 {
        for of in 0..14 {
            let (mine, theirs) = (row(at), column(of));
            let a = match (mine.0, theirs.0) {
                ("x", "p") => 33,
                ("x", "q") => 17, // 16.5
                ("y", "q") => 25, // 25.41
                _ => 0,
            };
            let b = if mine.1 == "1" && theirs.1 == "1" { 7 } else { 0 };
            if mine.1 != "2" || theirs.1 == "2" || theirs.1.is_empty() {
                // What a row without a column is worth, taken off every pair.
                let _ = writeln!(pairs, "r{at},c{of},{}", a + b - 3);
            }
        }
    }
    folder.write("rows.csv", &rows);
    folder.write("columns.csv", &columns);
    folder.write("locked.csv", "row,column\nr0,c2\n");
    let places: String = (0..14).map(|at| format!("c{at},{}\n", at % 4)).collect();
    let places = folder.write("places.csv", &format!("column,capacity\n{places}"));
    // The locked row counts as it is, the others are free.
    let (locked, free): (Vec<_>, Vec<_>) = pairs.lines().partition(|line| line.starts_with("r0,"));
    let locked = locked.iter().find_map(|line| line.strip_prefix("r0,c2,")).unwrap().parse::<i64>().unwrap();
    let scores = folder.write("scores.csv", &format!("row,column,score\n{}\n", free.join("\n")));
    let places_left = std::fs::read_to_string(&places).unwrap().replace("c2,2", "c2,1");
    let places = folder.write("places.csv", &places_left);
    let answer = |arguments: &[&str]| -> serde_json::Value { serde_json::from_str(&done(arguments)).unwrap() };
    let numbers = answer(&["solve", &scores, "--capacities", &places, "--json"]);
    let features = answer(&["solve", &folder.file("problem.toml"), "--json"]);
    let expected = numbers["total"].as_i64().unwrap() + locked + 40 * 3;
    assert_eq!(features["total"], expected);
    for pair in features["pairs"].as_array().unwrap() {
        let points: i64 = pair["points"].as_object().unwrap().values().map(|points| points.as_i64().unwrap()).sum();
        assert_eq!(pair["score"], points, "{pair}");
    }
}

#[test]
fn faults_of_features_are_told_with_file_line_and_column() {
    let folder = Folder::new("features-bad");
    let scheme = "rows = 'rows.csv'\ncolumns = 'columns.csv'\nforbidden = 'not.csv'\nlocked = 'locked.csv'\n\
        [features.a]\nweight = 9\npoints.x = { p = 100 }\nallowed.y = ['q']\n";
    let whole = [
        ("problem.toml", scheme),
        ("rows.csv", "name,a\nr,x\ns,y\n"),
        ("columns.csv", "name,a,places\nc,p,1\nd,q,\n"),
        ("not.csv", "row,column\nr,d\n"),
        ("locked.csv", "row,column\nr,c\n"),
    ];
    let write = || whole.iter().for_each(|(name, text)| drop(folder.write(name, text)));
    write();
    let problem = folder.file("problem.toml");
    done(&["solve", &problem]);
    let many: String = (0..17).map(|at| format!("c{at},v{at},1\n")).collect();
    for (name, text, told) in [
        (
            "problem.toml",
            "rows = 'rows.csv'\nkolumner = 'x'\n",
            "problem.toml: line 2: not as TOML wants it: unknown field",
        ),
        (
            "problem.toml",
            &scheme.replace("100", "101"),
            "problem.toml: a gives 101 per cent of its weight; 100 is the most",
        ),
        ("problem.toml", &scheme.replace("weight = 9\n", ""), "problem.toml: a has points but no weight"),
        (
            "problem.toml",
            &scheme.replace("weight = 9", "weight = 20000"),
            "rows.csv: line 2: the features can give this row 20000 points; 16000 are the most",
        ),
        ("rows.csv", "name,b\nr,x\n", "rows.csv: line 1: there is no column with the heading “a”"),
        ("rows.csv", "name,a,a\nr,x,x\n", "rows.csv: line 1, column 3: two columns have the heading “a”"),
        ("rows.csv", "", "rows.csv: The file is empty."),
        ("rows.csv", "name;a\nr;x\n\n\ns;z\n", "rows.csv: line 5, column 2: “z” is no value of a"),
        (
            "problem.toml",
            "rows = 'rows.csv'\ncolumns = 'columns.csv'\noutside = -2147483648\n",
            "problem.toml: outside is -2147483648",
        ),
        (
            "problem.toml",
            "rows = 'rows.csv'\ncolumns = 'columns.csv'\n[features.a]\nweight = 5\n",
            "problem.toml: a has neither points nor allowed",
        ),
        ("rows.csv", "name,a\nr,z\n", "rows.csv: line 2, column 2: “z” is no value of a. There are: x, y"),
        ("rows.csv", "name,a\nr,x\nr,y\n", "rows.csv: line 3, column 1: “r” stands on line 2 already"),
        ("rows.csv", "name,a\nr,x,1\n", "rows.csv: line 2: 2 columns are needed, 3 are there"),
        ("columns.csv", "name,a,places\nc,p,-1\n", "columns.csv: line 2, column 3: the capacity -1 is negative"),
        (
            "columns.csv",
            &format!("name,a,places\n{many}"),
            "columns.csv: the columns have 17 different values of a; 16 are the most",
        ),
        ("not.csv", "row,column\nr,x\n", "not.csv: line 2, column 2: there is no column “x”"),
        ("not.csv", "r,c\n", "not.csv: line 1: the heading must be row,column"),
        (
            "locked.csv",
            "row,column\nr,d\n",
            "locked.csv: line 2: a rule, or the list of forbidden pairs, does not allow this pair",
        ),
        ("locked.csv", "row,column\nr,c\nr,c\n", "locked.csv: line 3: the row is locked already"),
    ] {
        write();
        folder.write(name, text);
        let (code, out, fault) = run(&["solve", &problem]);
        assert_eq!((code, out.as_str(), fault.lines().count()), (2, "", 1), "{name} {text}: {fault}");
        assert!(fault.contains(told), "{told} is not in: {fault}");
    }
    write();
    folder.write("columns.csv", "name,a,places\nc,p,1\nd,qq,1\n");
    let (code, _, note) = run(&["solve", &problem]);
    assert!(code == 0 && note.contains("has the value “qq” of a, for which nobody gets anything"), "{note}");
    let (code, _, fault) = run(&["solve", &problem, "--minimise"]);
    assert!(code == 2 && fault.starts_with("--minimise is for numbers"), "{fault}");
}

#[test]
fn a_long_run_is_cut_short_and_taken_up() {
    let folder = Folder::new("checkpoint");
    // All agree on the order of the columns: every row goes past all that were before.
    let size = 600;
    let mut text = format!("%%MatrixMarket matrix array integer general\n{size} {size}\n");
    for column in 1..=size {
        for row in 1..=size {
            let _ = writeln!(text, "{}", row * column);
        }
    }
    let (scores, kept) = (folder.write("scores.mtx", &text), folder.file("run.checkpoint"));
    let arguments = ["solve", scores.as_str(), "--json", "--checkpoint", kept.as_str()];
    let mut command = Command::new(env!("CARGO_BIN_EXE_mentorpar"));
    let mut long =
        command.args(arguments).env("LC_ALL", "C").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    while !Path::new(&kept).exists() {
        assert_eq!(long.try_wait().unwrap(), None, "it ends before it can be cut short");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    Command::new("kill").args(["-INT", &long.id().to_string()]).status().unwrap();
    let cut = long.wait_with_output().unwrap();
    assert_eq!(cut.status.code(), Some(75));
    assert!(String::from_utf8(cut.stderr).unwrap().contains("The same command goes on from"));
    let answer: serde_json::Value = serde_json::from_str(&done(&arguments)).unwrap();
    assert_eq!(answer["total"], (1..=size).map(|both| both * both).sum::<i64>());
    assert!(!Path::new(&kept).exists());

    let nowhere = folder.file("no-such-folder/run.checkpoint");
    let (code, out, fault) = run(&["solve", &scores, "--checkpoint", &nowhere]);
    assert!(code == 2 && out.is_empty() && fault.contains("cannot be read or written"), "{fault}");

    for bytes in [
        b"something of the user's own".to_vec(),
        matching::Checkpoint { prices: vec![1], seats: vec![None] }.to_bytes(),
    ] {
        std::fs::write(&kept, &bytes).unwrap();
        let (code, _, fault) = run(&arguments);
        assert!(code == 2 && fault.contains("is no checkpoint of this problem"), "{fault}");
        assert_eq!(std::fs::read(&kept).unwrap(), bytes, "nothing of the user's is written over");
    }
    std::fs::remove_file(&kept).unwrap();
    let beside = folder.write("run.checkpoint.new", "something of the user's own");
    let (code, out, fault) = run(&arguments);
    assert!(code == 2 && out.is_empty() && fault.contains("run.checkpoint.new"), "{fault}");
    assert_eq!(std::fs::read_to_string(&beside).unwrap(), "something of the user's own");
}

#[tokio::test]
async fn files_alone_are_enough_to_propose_pairs() {
    let folder = Folder::new("propose");
    let database = folder.database("year.sqlite");
    filled(&database).await;
    let (mentors, mentees) = (folder.file("mentors.xlsx"), folder.file("mentees.csv"));
    done(&["export", "mentors", &mentors, "--database", &database]);
    done(&["export", "mentees", &mentees, "--database", &database]);
    let propose = |out: &str| {
        let given = ["propose", "--mentors", &mentors, "--mentees", &mentees, "--out", out, "--today", "2026-11-23"];
        done(&[&given[..], &["--json"]].concat())
    };
    let (first, second) = (folder.file("pairs.csv"), folder.file("again.csv"));
    let answer: serde_json::Value = serde_json::from_str(&propose(&first)).unwrap();
    assert_eq!((&answer["mentees"], &answer["proven"]), (&80.into(), &true.into()), "{answer}");
    propose(&second);
    let text = std::fs::read_to_string(&first).unwrap();
    assert_eq!(text, std::fs::read_to_string(&second).unwrap(), "the same files give the same pairs");
    assert_eq!(text.lines().count(), 81);
    assert!(text.contains("Cheapest way out:"), "those without a mentor are told why: {text}");
    let (code, _, fault) = run(&["propose", "--mentors", &mentors, "--mentees", &mentees, "--out", &mentors]);
    assert_eq!(code, 2, "{fault}");
}

#[tokio::test]
async fn a_copy_that_is_put_back_holds_everything() {
    let folder = Folder::new("backup");
    let (database, other) = (folder.database("year.sqlite"), folder.database("other.sqlite"));
    filled(&database).await;
    let copy = folder.file("copy.sqlite");
    done(&["backup", &copy, "--database", &database]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else on the machine reads it");
    }
    assert_eq!(run(&["backup", &copy, "--database", &database]).0, 2, "a copy is never written over");
    done(&["restore", &copy, "--database", &other]);
    let export = |database: &str, name: &str| {
        let file = folder.file(name);
        done(&["export", "mentees", &file, "--database", database]);
        std::fs::read(Path::new(&file)).unwrap()
    };
    assert_eq!(export(&database, "a.csv"), export(&other, "b.csv"));
    assert_eq!(run(&["restore", &copy, "--database", &database]).0, 2, "only with --replace");
    let noise = folder.write("noise.sqlite", "no database at all");
    let (code, _, fault) = run(&["restore", &noise, "--database", &database, "--replace"]);
    assert_eq!(code, 2, "{fault}");
    assert_eq!(export(&database, "c.csv"), export(&other, "d.csv"), "a bad copy replaces nothing");
}

/// In the demo anybody may be anybody: it opens no database of real people.
#[tokio::test]
async fn the_demo_opens_only_what_it_has_made() {
    let folder = Folder::new("demo");
    let database = folder.database("real.sqlite");
    filled(&database).await;
    let (code, _, fault) = run(&["demo", "--small", "--port", "0", "--database", &database]);
    assert!(code == 2 && fault.contains("is no database that the demo has made"), "{fault}");
}

/// A mail server's report marks the mail and keeps notices from the address until somebody uses a link sent to it.
#[tokio::test]
async fn a_mail_that_comes_back_is_known() {
    let folder = Folder::new("bounce");
    let database = folder.database("year.sqlite");
    let (store, now) = (Store::open(&database).await.unwrap(), "2026-11-23T09:00:00Z".parse().unwrap());
    let mail = store::NewMail {
        event: "test".to_owned(),
        recipient: "Borta@example.org".to_owned(),
        template: "application-accepted",
        lane: store::Lane::Notice,
        language: mentoring::Language::English,
        organisation: String::new(),
        facts: serde_json::json!({}),
        due_at: now,
        ends_at: "2026-11-24T09:00:00Z".parse().unwrap(),
    };
    store.queue_mail(&mail, &Stamp::program("test", now)).await.unwrap();
    let taken = store.take_mail(now, true).await.unwrap().unwrap();
    store.end_mail(&taken, &store::Fate::Sent, "Hello", "Hello", now).await.unwrap();
    let report = |recipient: &str, id: &str| {
        format!(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
             Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n\
             Content-Type: message/rfc822\r\n\r\nMessage-ID: <{id}@example.se>\r\n\r\nHej\r\n--b--\r\n"
        )
    };
    let given = ["bounce", "--database", &database];
    let own = report("borta@example.org", taken.id.as_str());
    for other in [report("chef@example.org", taken.id.as_str()), report("borta@example.org", "0".repeat(16).as_str())] {
        assert_eq!(
            fed(&given, &other),
            (0, "None of our mails.\n".to_owned()),
            "nobody is silenced by a forged report"
        );
    }
    assert_eq!(store.bounced("borta@example.org").await.unwrap(), None);
    assert!(fed(&given, &own).1.starts_with("One mail has not arrived"));
    assert_eq!(store.bounced("borta@example.org").await.unwrap(), Some("5.1.1".to_owned()));
    assert_eq!(store.mails_to("borta@example.org").await.unwrap()[0].state, "refused");
    let link = store::NewLink {
        secret: "digest".to_owned(),
        purpose: "sign-in",
        email: "Borta@example.org".to_owned(),
        ends_at: mail.ends_at,
        ..store::NewLink::default()
    };
    store.make_link(&link, now).await.unwrap();
    store.use_link("digest", "sign-in", now).await.unwrap().unwrap();
    assert_eq!(store.bounced("borta@example.org").await.unwrap(), None, "mail arrives again");
    assert_eq!(fed(&["bounce", "--database", "sqlite:/nowhere/at.all"], &own).0, 75, "the mail server tries again");
}

/// The list of erasures, kept apart, makes a copy forget that knows nothing of them.
#[tokio::test]
async fn erasures_are_kept_apart_and_done_again() {
    let folder = Folder::new("erasures");
    let (database, copy) = (folder.database("year.sqlite"), folder.file("copy.sqlite"));
    filled(&database).await;
    let of_copy = format!("sqlite:{copy}");
    done(&["backup", &copy, "--database", &database]);
    let store = Store::open(&database).await.unwrap();
    let filter = store::Filter { today: jiff::civil::date(2026, 11, 23), ..store::Filter::default() };
    let gone = store.everywhere().list::<mentoring::Mentor>(&filter, 0, 1).await.unwrap().people.remove(0);
    let stamp = Stamp::program("test", "2026-11-30T09:00:00Z".parse().unwrap());
    store.erase(&gone.email, jiff::civil::date(2026, 11, 30), &stamp).await.unwrap();
    store.close().await;
    let list = done(&["erasures", "--database", &database]);
    assert!(list.lines().count() == 1 && !list.contains(&gone.email), "{list}");
    let file = folder.write("list.txt", &list);
    assert!(done(&["erasures", "--database", &of_copy, "--again", &file]).starts_with("One person"));
    assert!(done(&["erasures", "--database", &of_copy, "--again", &file]).starts_with("0 people"));
    let store = Store::open(&of_copy).await.unwrap();
    assert_eq!(store.name_of(&gone.email).await.unwrap(), None);
    let bad = folder.write("bad.txt", &format!("{list}somebody@example.org yesterday\n"));
    let (code, _, fault) = run(&["erasures", "--database", &of_copy, "--again", &bad]);
    assert!(code == 2 && fault.contains("line 2"), "{fault}");
}

#[test]
fn people_are_imported_once_and_faults_are_named() {
    let folder = Folder::new("import");
    let database = folder.database("own.sqlite");
    let file = folder.write(
        "adepter.csv",
        "Namn;E-post;Organisation;Program;Kommun;Ansökt;Behov\nÅsa Öberg;asa@example.org;agare;muf;Karlskrona;2026-10-01;D2\n",
    );
    let import = |extra: &[&str]| {
        let given = ["import", "mentees", &file, "--database", &database, "--json"];
        let answer: serde_json::Value = serde_json::from_str(&done(&[&given[..], extra].concat())).unwrap();
        (answer["new"].as_u64().unwrap(), answer["same"].as_u64().unwrap())
    };
    assert_eq!(import(&["--dry-run"]), (1, 0));
    assert_eq!(import(&[]), (1, 0));
    assert_eq!(import(&[]), (0, 1));
    let bad = folder.write(
        "fel.csv",
        "Namn;E-post;Organisation;Program;Kommun;Ansökt;Behov\nÅsa;asa;utv-syd;muf;Atlantis;2026-10-01;D2\n",
    );
    let (code, _, fault) = run(&["import", "mentees", &bad, "--database", &database]);
    assert_eq!((code, fault.lines().count()), (2, 3), "{fault}");
    assert!(fault.contains("agare"), "the organisations there are: {fault}");
}
