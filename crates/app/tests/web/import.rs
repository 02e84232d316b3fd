use axum::http::StatusCode;

use super::client::{Client, each};

const FILE: &str = "Namn;E-post;Organisation;Program;Ort;Ansökt;Skede;Storlek;Behov;Språk;Åker högst\n\
Åsa Öberg;asa@example.org;utv-syd;muf;Karlskrona;2026-10-01;etablerat;1–9 anställda;D2 (avgörande), hjälp med prissättning;svenska (flytande);60 km\n\
Bo Ek;bo@example.org;Utvecklingsbolaget Syd;Mentor Utveckla Företag;371 31;1/9/2026;idé;alone;F1:important;sv:fluent;anywhere\n";

async fn upload(client: &Client, file: &str) -> super::client::Answer {
    client.upload("/import", &[("role", "mentees")], "file", file.as_bytes()).await
}

/// The headings' meanings as the preview page proposes them.
fn meanings(page: &str) -> Vec<String> {
    let selects = page.split("<select name=\"meaning\"").skip(1);
    let chosen = |select: &str| {
        let options = select.split("</select>").next().unwrap();
        let selected =
            options.split("<option value=\"").find(|option| option.split('>').next().unwrap().contains("selected"));
        selected.map_or_else(String::new, |option| option.split('"').next().unwrap().to_owned())
    };
    selects.map(chosen).collect()
}

#[tokio::test]
async fn a_file_is_shown_then_kept_and_the_second_time_changes_nothing() {
    each(async |client| {
        // A comma divides needs only where the whole is no name.
        let file = FILE.replace("D2 (avgörande), hjälp", "D2 (avgörande)|hjälp");
        let shown = upload(&client, &file).await;
        let page = shown.text();
        assert_eq!(shown.status, StatusCode::OK);
        assert!(page.contains("Import 2 people"), "{page}");
        assert!(page.contains("hjälp med prissättning") && page.contains("Pricing"), "the guess is shown");
        let id = shown.after("action=\"/import/");
        let meanings = meanings(&page);
        let mut fields: Vec<(&str, &str)> = meanings.iter().map(|field| ("meaning", field.as_str())).collect();
        fields.push(("keep", "1"));
        let kept = client.post(&format!("/import/{id}"), &fields).await;
        assert_eq!(kept.path, "/mentees?read=2");
        assert!(kept.text().contains("2 people have been read in."));
        assert!(client.get("/mentees?q=%C3%96berg").await.text().contains("Åsa Öberg"));
        let again = upload(&client, &file).await.text();
        assert!(again.contains("There is nothing to import"), "{again}");
        let gone = client.post(&format!("/import/{id}"), &fields).await;
        assert!(gone.text().contains("no longer here"));
    })
    .await;
}

#[tokio::test]
async fn faults_are_told_by_row_and_heading_and_nothing_is_kept() {
    each(async |client| {
        let file = FILE
            .replace("Karlskrona", "Atlantis")
            .replace("bo@example.org", "asa@example.org")
            .replace("1/9/2026", "i våras");
        let page = upload(&client, &file).await.text();
        for told in ["Ort: “Atlantis” is not in the list", "Ansökt: “i våras” is not a date", "2 rows have faults"]
        {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains("name=\"keep\""));
        assert!(!client.get("/mentees?q=asa%40example").await.text().contains("Åsa Öberg"));
    })
    .await;
}

#[tokio::test]
async fn headings_mapped_by_hand_are_remembered() {
    each(async |client| {
        let file = FILE.replace("Namn;E-post", "Vem;Kontakt").replace("D2 (avgörande), hjälp med prissättning", "D2");
        let shown = upload(&client, &file).await;
        assert!(shown.text().contains("rows have faults"));
        let id = shown.after("action=\"/import/");
        let mut meanings = meanings(&shown.text());
        meanings[0] = "name".to_owned();
        meanings[1] = "email".to_owned();
        let fields: Vec<(&str, &str)> = meanings.iter().map(|field| ("meaning", field.as_str())).collect();
        let again = client.post(&format!("/import/{id}"), &fields).await;
        assert!(again.text().contains("Import 2 people"), "{}", again.text());
        let keep: Vec<(&str, &str)> = fields.iter().copied().chain([("keep", "1")]).collect();
        client.post(&format!("/import/{id}"), &keep).await;
        assert!(upload(&client, &file).await.text().contains("There is nothing to import"));
    })
    .await;
}

#[tokio::test]
async fn a_file_with_fewer_columns_changes_only_those() {
    each(async |client| {
        let list = client.get("/mentors").await;
        let path = format!("/mentors/{}", list.after("<th scope=\"row\"><a href=\"/mentors/"));
        let before = client.get(&format!("{path}/edit")).await;
        let email = before.after("id=\"email\" name=\"email\" value=\"");
        let file = format!("Namn;E-post\nNytt Namn;{email}\n");
        let shown = client.upload("/import", &[("role", "mentors")], "file", file.as_bytes()).await;
        assert!(shown.text().contains("Import 1 person"), "{}", shown.text());
        let id = shown.after("action=\"/import/");
        client.post(&format!("/import/{id}"), &[("meaning", "name"), ("meaning", "email"), ("keep", "1")]).await;
        let after = client.get(&format!("{path}/edit")).await;
        let known = |page: &super::client::Answer| {
            page.text().lines().filter(|line| line.contains(" selected") || line.contains(" checked")).count()
        };
        assert_eq!(after.after("id=\"name\" name=\"name\" value=\""), "Nytt Namn");
        assert_eq!(known(&after), known(&before), "competences, languages and the rest are as they were");
    })
    .await;
}

#[tokio::test]
async fn hostile_files_get_a_sentence() {
    each(async |client| {
        for (file, told) in
            [("", "The file is empty"), ("Namn;E-post\n", "headings only"), ("%PDF-1.4", "neither CSV nor XLSX")]
        {
            let answer = upload(&client, file).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
            assert!(answer.text().contains(told), "{told}");
        }
        let template = client.get("/import/template/mentors.csv").await;
        assert!(template.text().starts_with("\u{feff}Name,E-mail,"));
    })
    .await;
}

/// Only a person can say that mentors are approved and bound to confidentiality.
#[tokio::test]
async fn a_file_of_mentors_approves_nobody_by_itself() {
    each(async |client| {
        let file = "Namn;E-post;Organisation;Program;Kommun\nMaj Lind;maj@example.org;utv-syd;muf;Karlskrona\n";
        let shown = client.upload("/import", &[("role", "mentors")], "file", file.as_bytes()).await.text();
        assert!(!shown.contains("<li>Approved:") && shown.contains("<li>Places: 1</li>"), "{shown}");
        assert!(shown.contains("<li>Languages: Swedish (fluent)</li>"), "in words, not codes");
        let said = [("role", "mentors"), ("approved", "yes")];
        let shown = client.upload("/import", &said, "file", file.as_bytes()).await.text();
        assert!(shown.contains("<li>Approved: yes</li>"), "{shown}");
    })
    .await;
}
