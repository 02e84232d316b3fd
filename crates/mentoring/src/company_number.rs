//! Organisation numbers: written in one way, and masked where they may be personal.

/// What is shown instead of a number that may be personal.
pub const MASK: &str = "******-****";

/// A number in the one way it is kept, `556677-8899`; text that is no number stays as it is.
///
/// Ten digits, or twelve with a century before them, with any dashes and blanks.
pub fn tidy_company_number(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let rest = text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '-' | ' ' | '\u{a0}' | '+'));
    let bare = match digits.len() {
        12 if ["16", "18", "19", "20"].iter().any(|century| digits.starts_with(century)) => &digits[2..],
        _ => &digits[..],
    };
    if rest && bare.len() == 10 { format!("{}-{}", &bare[..6], &bare[6..]) } else { text.trim().to_owned() }
}

/// Whether a tidy number has ten digits of which the last checks the others (the Luhn formula, ISO/IEC
/// 7812-1 annex B, as Swedish organisation and personal numbers use it).
pub fn is_company_number(tidy: &str) -> bool {
    let digits: Vec<u32> = tidy.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let luhn = |(at, &digit): (usize, &u32)| {
        let product = digit * (2 - at as u32 % 2);
        product / 10 + product % 10
    };
    let shaped = tidy.len() == 11 && tidy.as_bytes()[6] == b'-' && digits.len() == 10;
    shaped && digits.iter().enumerate().map(luhn).sum::<u32>().is_multiple_of(10)
}

/// The number of a legal person as it is; anything else masked, for a sole trader's number is the
/// owner's personal number.
///
/// A legal person's third digit is at least 2, a personal number's, from the month, at most 1
/// (lag 1974:174 om identitetsbeteckning för juridiska personer m.fl.).
pub fn masked_company_number(text: &str) -> String {
    let tidy = tidy_company_number(text);
    let legal = tidy.len() == 11 && tidy.as_bytes()[2] >= b'2' && tidy.as_bytes()[6] == b'-' && tidy.is_ascii();
    if legal || tidy.is_empty() { tidy } else { MASK.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_one_way() {
        for written in ["556677-8899", "5566778899", "16556677-8899", " 556677 8899 "] {
            assert_eq!(tidy_company_number(written), "556677-8899", "{written}");
        }
        assert_eq!(tidy_company_number("vet ej"), "vet ej");
    }

    #[test]
    fn the_last_digit_checks_the_others() {
        // Bolagsverket's own number, and one digit wrong.
        assert!(is_company_number("202100-5489") && !is_company_number("202100-5488"));
        for wrong in ["", "123", "556677-889x", "5566778899", "556677-8898", "vet ej"] {
            assert!(!is_company_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn whatever_may_be_personal_is_masked() {
        assert_eq!(masked_company_number("5566778899"), "556677-8899");
        assert_eq!(masked_company_number("202100-1234"), "202100-1234");
        for personal in ["550101-1234", "19550101-1234", "198001011234", "SE550101123401", "8001011234", "åäöåäö-1234"]
        {
            assert_eq!(masked_company_number(personal), MASK, "{personal}");
        }
    }
}
