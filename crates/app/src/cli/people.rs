//! People from a file, for the verbs that read one.

use std::path::Path;

use super::progress::Progress;
use super::{Stop, no_file};
use crate::import::{Assumed, Meaning, Outlook, Preview, known_ids, preview, written};
use crate::record::{Lists, Record, Role};
use crate::web::Words;
use files::{LARGEST, read};
use mentoring::{Id, Mentee, Mentor, Say};

/// A file that was read: its role's people beside those known.
pub(super) struct Source<'a> {
    pub(super) role: Role,
    pub(super) file: &'a Path,
    pub(super) assumed: Assumed,
    pub(super) lists: &'a Lists,
    pub(super) words: Words,
}

impl Source<'_> {
    /// Reads the file and asks who is known.
    pub(super) async fn look<F>(&self, known: impl FnOnce(Vec<Id>) -> F) -> Result<Preview, Stop>
    where
        F: Future<Output = Result<(Vec<Mentor>, Vec<Mentee>), Stop>>,
    {
        let bytes = read_file(self.file, self.words)?;
        let progress = Progress::start(&self.file.display().to_string());
        let sheet =
            read(&bytes).map_err(|say| Stop::Input(format!("{}: {}", self.file.display(), self.words.page(&say))))?;
        let meaning = Meaning::guess(self.role, &sheet.headings);
        let (mentors, mentees) = known(known_ids(self.role, &sheet, &meaning)).await?;
        let preview = preview(self.role, &sheet, &meaning, &self.assumed, self.lists, &mentors, &mentees);
        progress.end();
        if preview.count(Outlook::Faulty) > 0 {
            return Err(Stop::Input(self.faults(&preview)));
        }
        Ok(preview)
    }

    /// What was assumed and guessed, for a person to check.
    pub(super) fn tell(&self, preview: &Preview) {
        let language = self.words.language;
        let field = |code: &str| self.role.fields().iter().find(|field| field.code == code);
        for (code, value) in &preview.assumed {
            let Some(field) = field(code) else { continue };
            let record = Record::from([(*code, vec![value.clone()])]);
            let shown = written(field, &record, self.lists, language);
            eprintln!(
                "{}",
                self.words.page(&Say::new("cli-assumed").with("x", field.label(language)).with("value", shown))
            );
        }
        for (text, competence) in preview.rows.iter().flat_map(|row| &row.guessed) {
            eprintln!(
                "{}",
                self.words.page(&Say::new("cli-guessed").with("x", text.as_str()).with("value", competence.names()))
            );
        }
    }

    /// Every fault on a line of its own: file, row, column, what to do.
    fn faults(&self, preview: &Preview) -> String {
        const SHOWN: usize = 50;
        let mut lines = Vec::new();
        for row in preview.rows.iter().filter(|row| row.outlook == Outlook::Faulty) {
            for fault in &row.faults {
                let say = Say::new("cli-fault").with("file", self.file.display().to_string()).with("n", row.number);
                lines.push(self.words.page(&say.with("x", crate::web::fault_text(fault, self.words))));
            }
        }
        if lines.len() > SHOWN {
            let more = lines.len() - SHOWN;
            lines.truncate(SHOWN);
            lines.push(self.words.n("import-more", more));
        }
        lines.join("\n")
    }
}

/// A whole file, unless it is too large.
pub(super) fn read_file(file: &Path, words: Words) -> Result<Vec<u8>, Stop> {
    let told = |error: std::io::Error| no_file(file, &error, words);
    let size = std::fs::metadata(file).map_err(told)?.len();
    if size > LARGEST as u64 {
        let say = Say::new("file-large").with("most", LARGEST / 1024 / 1024);
        return Err(Stop::Input(format!("{}: {}", file.display(), words.page(&say))));
    }
    std::fs::read(file).map_err(told)
}
