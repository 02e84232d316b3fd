//! Who answers an organisation's letters.

use mentoring::StaffRole;

use super::Wording;
use crate::web::App;

/// Who reads the answers to letters, and whom those who take part can call; empty where nobody is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Desk {
    /// The address that answers go to.
    pub(crate) email: String,
    /// Who reads them, by name.
    pub(crate) reads: String,
    /// Whom to call, by name.
    pub(crate) calls: String,
    /// The number.
    pub(crate) phone: String,
}

impl Desk {
    /// Fills in what is not known yet: what an organisation says of itself, and its first coordinator, by name and
    /// address. An address and its reader, and a number and its name, are of one organisation.
    fn fill(&mut self, words: &Wording, coordinator: Option<(&str, &str)>) {
        let (name, email) = coordinator.unwrap_or_default();
        if self.phone.is_empty() && !words.contact_phone.is_empty() {
            self.phone.clone_from(&words.contact_phone);
            self.calls = if words.contact_name.is_empty() { name.to_owned() } else { words.contact_name.clone() };
        }
        if self.email.is_empty() && !words.answers.is_empty() {
            self.email.clone_from(&words.answers);
            self.reads.clone_from(&words.contact_name);
        } else if self.email.is_empty() {
            (self.email, self.reads) = (email.to_owned(), name.to_owned());
        }
    }
}

impl App {
    /// Who answers an organisation's letters: as it says, else its first coordinator, else the same of those above it.
    pub(crate) async fn desk(&self, organisation: &str, wording: &Wording) -> store::Result<Desk> {
        let mut desk = Desk::default();
        let mut staff = self.store.everywhere().staff().await?;
        staff.retain(|it| it.held.role == StaffRole::Coordinator);
        staff.sort_by(|a, b| a.given_at.cmp(&b.given_at));
        let all = self.store.organisations().await?;
        let (mut code, mut words) = (organisation.to_owned(), wording.clone());
        // A tree has no more steps than nodes.
        for _ in &all {
            let first = staff.iter().find(|it| it.held.organisation == code);
            desk.fill(&words, first.map(|it| (it.account.name.as_str(), it.account.email.as_str())));
            let above = all.iter().find(|it| it.code == code).and_then(|it| it.parent.clone());
            match above.filter(|_| desk.email.is_empty() || desk.phone.is_empty()) {
                Some(parent) => code = parent,
                None => break,
            }
            words = self.wording(&code).await?.0;
        }
        Ok(desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(words: &[(&str, &str, &str)], coordinator: Option<(&str, &str)>) -> [String; 4] {
        let mut desk = Desk::default();
        for (answers, contact_name, contact_phone) in words {
            let [answers, contact_name, contact_phone] =
                [answers, contact_name, contact_phone].map(|it| (*it).to_owned());
            desk.fill(&Wording { answers, contact_name, contact_phone, ..Wording::default() }, coordinator);
        }
        [desk.email, desk.reads, desk.calls, desk.phone]
    }

    #[test]
    fn nobody_is_said_to_read_what_somebody_else_gets() {
        let karin = Some(("Karin", "karin@a.example"));
        assert_eq!(filled(&[("", "", "")], karin), ["karin@a.example", "Karin", "", ""]);
        assert_eq!(filled(&[("", "Sam", "08-1")], karin), ["karin@a.example", "Karin", "Sam", "08-1"]);
        assert_eq!(filled(&[("box@a.example", "", "08-1")], karin), ["box@a.example", "", "Karin", "08-1"]);
        assert_eq!(filled(&[("box@a.example", "Sam", "")], None), ["box@a.example", "Sam", "", ""]);
        assert_eq!(
            filled(&[("", "", ""), ("up@b.example", "Ulla", "08-2")], None),
            ["up@b.example", "Ulla", "Ulla", "08-2"]
        );
        assert_eq!(filled(&[("", "", "")], None), ["", "", "", ""].map(str::to_owned));
    }
}
