//! `mentorpar propose`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use matching::Control;
use mentoring::{Board, ContractArea, County, Organisation, OrganisationKind, Round, Say, Setting};

use super::people::Source;
use super::progress::Progress;
use super::{Stop, block_on, no_file, now};
use crate::clock::there;
use crate::demo::{DEVELOP, organisations, programmes};
use crate::export::{FileKind, board_table};
use crate::import::Assumed;
use crate::record::{Lists, Role, apart};
use crate::web::Words;

#[derive(Args)]
pub(super) struct Propose {
    /// CSV or XLSX file of mentors.
    #[arg(long, value_name = "FILE")]
    mentors: PathBuf,
    /// CSV or XLSX file of mentees.
    #[arg(long, value_name = "FILE")]
    mentees: PathBuf,
    /// File to write: .xlsx or .csv.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// As many pairs as possible, and then the best total.
    #[arg(long)]
    most_pairs: bool,
    /// The day of the round, YYYY-MM-DD; by default today.
    #[arg(long, value_name = "DAY")]
    today: Option<jiff::civil::Date>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

impl Propose {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        let name = self.out.display().to_string();
        let kind = FileKind::of_name(&name).ok_or_else(|| Stop::Input(words.x("cli-out", name.as_str())))?;
        let today = self.today.unwrap_or_else(|| there(now()).date());
        if [&self.mentors, &self.mentees].contains(&&self.out) {
            return Err(Stop::Input(words.x("cli-out-is-in", name)));
        }
        let own = Organisation {
            code: "own".to_owned(),
            name: words.t("cli-own-organisation"),
            kind: OrganisationKind::Regional,
            parent: None,
            areas: County::all().map(|county| ContractArea::new(DEVELOP, county)).collect(),
        };
        let organisations = organisations().into_iter().chain([own]).collect();
        let lists = Lists { organisations, programmes: programmes(), today };
        let assumed = Assumed { organisation: "own".to_owned(), programme: DEVELOP.to_owned(), approved: true };
        let (mentors, mentees) = block_on(async {
            let nobody = async |_| Ok((Vec::new(), Vec::new()));
            let source = |role, file| Source { role, file, assumed: assumed.clone(), lists: &lists, words };
            let (first, second) = (source(Role::Mentors, &self.mentors), source(Role::Mentees, &self.mentees));
            let (mentors, mentees) = (first.look(nobody).await?, second.look(nobody).await?);
            if !self.json {
                first.tell(&mentors);
                second.tell(&mentees);
            }
            Ok::<_, Stop>((apart(mentors.people).0, apart(mentees.people).1))
        })??;
        let setting =
            Setting { programmes: lists.programmes.clone(), today, shared: true, most_pairs: self.most_pairs };
        let progress = Progress::start(&words.t("rounds-running-text"));
        let waiting = mentees.len();
        let step = |done, all| progress.step(done, all);
        let control = Control { progress: Some(&step), ..Control::default() };
        let board = Board::open(Arc::new(Round::new(setting, mentees, mentors)), &control)?;
        let proof = board.prove()?;
        progress.end();
        let bytes = board_table(&board, words).file(kind, words.language)?;
        std::fs::write(&self.out, bytes).map_err(|error| no_file(&self.out, &error, words))?;
        if self.json {
            let answer = serde_json::json!({ "mentees": waiting, "pairs": proof.pairs, "total": proof.total, "looked_at": proof.looked_at, "proven": true });
            println!("{answer}");
        } else {
            let say = Say::new("cli-proposed")
                .with("pairs", proof.pairs)
                .with("mentees", waiting)
                .with("points", words.number(proof.total));
            println!("{}", words.page(&say.with("looked", words.number(proof.looked_at)).with("file", name)));
        }
        Ok(())
    }
}
