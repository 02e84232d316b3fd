//! Documents are what they say: archival, tagged, with every letter, the same bytes for the same data.

use documents::{Agreement, Diploma, Party, agreement, diploma};

fn an_agreement() -> Agreement {
    Agreement {
        language: "sv".to_owned(),
        title: "Mentoravtal".to_owned(),
        programme: "Mentor Starta Företag".to_owned(),
        body: "Avtalet gäller.\n\n## Vad ni lovar\n\n- Ni träffas.\n- *Båda* kan **avsluta**.\n".to_owned(),
        parties_title: "Godkänt av".to_owned(),
        parties: ["Åsa Öhman", "Đorđe Ŋ. Sámi-Åström", "محمد 山田"]
            .map(|name| Party { role: "mentor".to_owned(), name: name.to_owned(), accepted: "3 december".to_owned() })
            .to_vec(),
        foot: "Version 1a2b".to_owned(),
        page: "Sida {n} av {of}".to_owned(),
        day: (2026, 12, 3),
    }
}

fn a_diploma() -> Diploma {
    Diploma {
        language: "sv".to_owned(),
        title: "Diplom".to_owned(),
        programme: "Mentor Starta Företag".to_owned(),
        name: "Greta Zetterlund".to_owned(),
        text: "har varit mentor.".to_owned(),
        giver: "Mentorprogrammet".to_owned(),
        given: "3 december 2027".to_owned(),
        day: (2027, 12, 3),
    }
}

fn has(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn documents_are_archival_and_accessible() {
    for (pdf, language) in [(agreement(&an_agreement()).unwrap(), "sv"), (diploma(&a_diploma()).unwrap(), "sv")] {
        assert!(pdf.starts_with(b"%PDF-1.7"));
        for mark in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1"] {
            assert!(has(&pdf, mark), "{mark}");
        }
        assert!(has(&pdf, "/StructTreeRoot") && has(&pdf, &format!("/Lang({language})")));
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(agreement(&an_agreement()).unwrap(), agreement(&an_agreement()).unwrap());
    let other = Agreement { foot: "Version 2c3d".to_owned(), ..an_agreement() };
    assert_ne!(agreement(&an_agreement()).unwrap(), agreement(&other).unwrap());
}

#[test]
fn nothing_that_people_write_stops_a_document() {
    for text in
        ["#panic(\"x\")", "$ \\ @ref <label> `", "\u{0}\u{7}\u{202e}", "😀 山 \u{e000}", "", "- \n- \n# \n\n***"]
    {
        let mut it = an_agreement();
        it.body = text.to_owned();
        it.title = format!("A {text}");
        it.parties[0].name = text.to_owned();
        agreement(&it).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        diploma(&Diploma { name: text.to_owned(), text: text.to_owned(), ..a_diploma() }).unwrap();
    }
    let long = Agreement { body: "En lång rad med ord. ".repeat(2000), ..an_agreement() };
    assert!(agreement(&long).is_ok());
}
