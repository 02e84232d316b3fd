//! Mails that come back: reports of a mail server that it could not deliver one after all (RFC 3464).

use mailparse::{MailHeaderMap, ParsedMail, parse_headers, parse_mail};
use mentoring::Id;

/// What a report says of one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The mail, by its identity on the wire.
    pub mail: Id,
    /// Whom it did not reach.
    pub recipient: String,
    /// What the server says.
    pub answer: String,
}

/// Every part of a message, the outermost first.
fn parts<'a, 'b>(mail: &'a ParsedMail<'b>) -> Vec<&'a ParsedMail<'b>> {
    std::iter::once(mail).chain(mail.subparts.iter().flat_map(parts)).collect()
}

/// The identity in the returned message's head, `<identity@host>`.
fn identity(part: &ParsedMail) -> Option<Id> {
    let head = part.get_body().ok()?;
    let (headers, _) = parse_headers(head.trim_start().as_bytes()).ok()?;
    let written = headers.get_first_value("Message-ID")?;
    Id::parse(written.trim().trim_matches(['<', '>']).split('@').next()?)
}

/// What a report says of one recipient; nothing if the server only says that it takes longer.
fn failed(fields: &str) -> Option<(String, String)> {
    let (fields, _) = parse_headers(fields.as_bytes()).ok()?;
    let value = |name: &str| fields.get_first_value(name).map(|value| value.trim().to_owned());
    let kept_address = |value: String| value.split_once(';').map(|(_, address)| address.trim().to_owned());
    let status = value("Status")?;
    if !value("Action")?.eq_ignore_ascii_case("failed") || !status.starts_with('5') {
        return None;
    }
    let recipient = value("Original-Recipient").or_else(|| value("Final-Recipient")).and_then(kept_address)?;
    let answer = value("Diagnostic-Code").and_then(kept_address).unwrap_or(status);
    let answer = answer.chars().filter(|letter| !letter.is_control()).take(500).collect();
    Some((recipient, answer))
}

/// Every mail that a message says has not been delivered and never will be; none if the message is
/// something else, such as an answer of a person.
pub fn returned(message: &[u8]) -> Vec<Returned> {
    let Ok(report) = parse_mail(message) else { return Vec::new() };
    let parts = parts(&report);
    let of = |kinds: [&'static str; 2]| {
        parts.iter().filter(move |part| kinds.contains(&part.ctype.mimetype.to_lowercase().as_str()))
    };
    let head = of(["text/rfc822-headers", "message/rfc822"]).chain(of(["message/global-headers", "message/global"]));
    let Some(mail) = head.into_iter().find_map(|part| identity(part)) else { return Vec::new() };
    let mut all = Vec::new();
    for part in of(["message/delivery-status", "message/global-delivery-status"]) {
        let text = part.get_body().unwrap_or_default().replace("\r\n", "\n");
        // The first group of fields is about the report itself; the others are each about one recipient.
        for (recipient, answer) in text.split("\n\n").filter_map(|group| failed(group.trim_start())) {
            all.push(Returned { mail: mail.clone(), recipient, answer });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report as Postfix writes it.
    fn report(action: &str, status: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\nSubject: Undelivered Mail Returned to Sender\r\n\
             To: mentor@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\
             \tboundary=\"ABC/mx.example\"\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n--ABC/mx.example\r\n\
             Content-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to inform you\r\n\r\n\
             --ABC/mx.example\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\nArrival-Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)\r\n\r\n\
             Final-Recipient: rfc822; borta@example.org\r\nOriginal-Recipient: rfc822;Borta@example.org\r\n\
             Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n    User unknown\r\n\r\n\
             --ABC/mx.example\r\nContent-Description: Undelivered Message Headers\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Message-ID: <{}@example.se>\r\nSubject: Hej\r\n\r\n--ABC/mx.example--\r\n",
            Id::from_number(7)
        )
    }

    #[test]
    fn a_report_says_which_mail_did_not_reach_whom() {
        let expected = Returned {
            mail: Id::from_number(7),
            recipient: "Borta@example.org".to_owned(),
            answer: "550 5.1.1 User unknown".to_owned(),
        };
        assert_eq!(returned(report("failed", "5.1.1").as_bytes()), [expected]);
    }

    #[test]
    fn delays_answers_and_noise_say_nothing() {
        for message in [
            report("delayed", "4.4.1"),
            report("failed", "4.4.7"),
            report("relayed", "5.0.0"),
            "From: a@example.org\r\nSubject: Tack!\r\n\r\nFinal-Recipient: rfc822; borta@example.org\r\n".to_owned(),
            String::new(),
            report("failed", "5.1.1").replace("Message-ID", "X-Other"),
        ] {
            assert_eq!(returned(message.as_bytes()), [], "{message}");
        }
        let whole = report("failed", "5.1.1");
        for end in 0..whole.len() {
            returned(&whole.as_bytes()[..end]);
        }
    }
}
