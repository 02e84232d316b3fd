//! The typesetter: a template and data in, a PDF file out.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The typesetter refused: what it says.
    #[error("the document could not be set: {0}")]
    Refused(String),
    /// The data could not be written down.
    #[error("the data of the document could not be written: {0}")]
    Data(#[from] serde_json::Error),
}

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&[u8]; 4] = [
        include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
        include_bytes!("../fonts/LibertinusSerif-Bold.otf"),
        include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
        include_bytes!("../fonts/DejaVuSans.ttf"),
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Everything a template can see: itself, the data, the fonts. No file, no network, no clock.
struct Sheet {
    template: Source,
    data: FileId,
    bytes: Bytes,
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names here are paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.bytes.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// What stands for a letter that none of the fonts has: without it an archival file could not be made.
const UNKNOWN: char = '\u{fffd}';

/// The same text with letters that can be printed.
fn printable(text: &str) -> String {
    let known = |letter: char| FONTS.iter().any(|font| font.info().coverage.contains(letter as u32));
    text.chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .map(|letter| if letter == '\n' || known(letter) { letter } else { UNKNOWN })
        .collect()
}

fn all_printable(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(values) => values.iter_mut().for_each(all_printable),
        Value::Object(fields) => fields.values_mut().for_each(all_printable),
        _ => {}
    }
}

fn said(faults: &[SourceDiagnostic]) -> Fault {
    Fault::Refused(faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; "))
}

/// Prints a template with data, which it reads as `data.json`.
pub(crate) fn print(template: &str, data: &Value) -> Result<Vec<u8>, Fault> {
    let mut data = data.clone();
    all_printable(&mut data);
    let sheet = Sheet {
        template: Source::new(file("main.typ"), template.to_owned()),
        data: file("data.json"),
        bytes: Bytes::new(serde_json::to_vec(&data)?),
    };
    let document = typst::compile::<PagedDocument>(&sheet).output;
    // What is remembered of one document is of no use to the next, and would grow for ever.
    comemo::evict(0);
    let document = document.map_err(|faults| said(&faults))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|fault| Fault::Refused(fault.message().to_string()))?;
    let creator = Smart::Custom(Some("Mentorpar".to_owned()));
    let options = PdfOptions { standards, creator, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|faults| said(&faults))
}
