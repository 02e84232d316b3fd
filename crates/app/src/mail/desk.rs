//! Who answers an organisation's letters.

use mentoring::StaffRole;

use super::Wording;
use crate::web::App;

/// Whom letters name for questions, and where answers go; empty where nobody is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Desk {
    /// A person's name.
    pub(crate) name: String,
    /// The address.
    pub(crate) email: String,
    /// A telephone number.
    pub(crate) phone: String,
}

impl App {
    /// Who answers an organisation's letters: whom it names, else the first coordinator of its own or of those above.
    pub(crate) async fn desk(&self, organisation: &str, wording: &Wording) -> store::Result<Desk> {
        let named = Desk {
            name: wording.contact_name.clone(),
            email: wording.answers.clone(),
            phone: wording.contact_phone.clone(),
        };
        if !named.email.is_empty() || organisation.is_empty() {
            return Ok(named);
        }
        let mut staff = self.store.everywhere().staff().await?;
        staff.retain(|it| it.held.role == StaffRole::Coordinator);
        staff.sort_by(|a, b| a.given_at.cmp(&b.given_at));
        let all = self.store.organisations().await?;
        let mut code = organisation.to_owned();
        // A tree has no more steps than nodes.
        for _ in 0..=all.len() {
            if let Some(found) = staff.iter().find(|it| it.held.organisation == code) {
                let name = if named.name.is_empty() { found.account.name.clone() } else { named.name };
                return Ok(Desk { name, email: found.account.email.clone(), phone: named.phone });
            }
            match all.iter().find(|it| it.code == code).and_then(|it| it.parent.clone()) {
                Some(parent) => code = parent,
                None => break,
            }
        }
        Ok(named)
    }
}
