//! The report: every figure opens exactly the rows that it counts, and the parts make the whole.

use axum::http::StatusCode;
use mentoring::StaffRole;
use store::Way;

use super::client::{Client, each};

/// Every figure of a page with the address of its rows, the total line last.
fn figures(page: &str) -> Vec<Vec<(usize, String)>> {
    let rows = page.split("<tr>").skip(2);
    let cell = |cell: &str| {
        let text = cell.split("</td>").next().unwrap();
        let inner = text.split_once('>').unwrap().1;
        match inner.strip_prefix("<a href=\"") {
            Some(link) => {
                let (address, rest) = link.split_once('"').unwrap();
                let count = rest.trim_start_matches('>').split('<').next().unwrap().replace(',', "");
                (count.parse().unwrap(), address.replace("&#38;", "&").replace("&amp;", "&"))
            }
            None => (inner.trim().parse().unwrap(), String::new()),
        }
    };
    rows.map(|row| row.split("<td class=\"number\"").skip(1).map(cell).collect()).collect()
}

/// How many a list says it has.
fn listed(page: &str) -> usize {
    let status = page.split("<p role=\"status\">").nth(1).unwrap().split("</p>").next().unwrap();
    let digits: String = status.replace(',', "").chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| usize::from(status.starts_with("One ")))
}

async fn check(client: &Client, by: &str) -> Vec<usize> {
    let page = client.get(&format!("/report?from=2025-06-01&until=2026-11-23&by={by}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let lines = figures(&page.text());
    let (total, parts) = lines.split_last().unwrap();
    assert!(!parts.is_empty() && total.len() == 8, "{lines:?}");
    for at in 0..8 {
        let sum: usize = parts.iter().map(|line| line[at].0).sum();
        assert_eq!(sum, total[at].0, "the parts make the whole, {by} {at}");
    }
    for (count, address) in lines.iter().flatten().filter(|(_, address)| !address.is_empty()) {
        let rows = client.get(address).await;
        assert_eq!(listed(&rows.text()), *count, "{address}");
    }
    total.iter().map(|(count, _)| *count).collect()
}

#[tokio::test]
async fn every_figure_opens_its_rows_and_the_parts_make_the_whole() {
    each(async |client| {
        let by_programme = check(&client, "programme").await;
        assert_eq!(check(&client, "county").await, by_programme);
        assert_eq!(check(&client, "organisation").await, by_programme);
        assert!(by_programme[4] > 20 && by_programme[6] > 0 && by_programme[7] > 0, "{by_programme:?}");
        // A part of the house sees its part.
        let staff = client.appointed("Per", Some((StaffRole::Coordinator, "nystart-skane")), Way::Passkey).await;
        let part = check(&staff, "organisation").await;
        assert!(part.iter().zip(&by_programme).all(|(part, all)| part <= all) && part != by_programme, "{part:?}");
        let file = client.get("/report/export/report.csv?from=2025-06-01&until=2026-11-23").await.text();
        let started = |line: &str| line.trim().rsplit([',', ';']).nth(3).unwrap().parse::<usize>().unwrap();
        let sum: usize = file.lines().skip(1).map(started).sum();
        assert_eq!(sum, by_programme[4], "the file says the same: {file}");
        let turned = client.get("/report?from=2026-11-23&until=2025-06-01").await.text();
        assert!(turned.contains("value=\"2025-06-01\""), "days the other way round are turned");
        let nonsense = client.get("/report?from=x&until=&by=y").await.text();
        assert!(nonsense.contains("value=\"2026-01-01\""), "else this year");
    })
    .await;
}
