//! The two programmes and some twenty organisations that deliver them.

use mentoring::{Condition, ContractArea, County, Organisation, OrganisationKind, Programme};

/// Code of *Mentor Starta Företag*.
pub const START: &str = "msf";
/// Code of *Mentor Utveckla Företag*.
pub const DEVELOP: &str = "muf";

const REGIONAL: [(&str, &str, &[&str]); 10] = [
    ("utv-nord", "Utvecklingsbolaget Nord", &["24", "25"]),
    ("utv-mitt", "Utvecklingsbolaget Mitt", &["22", "23"]),
    ("utv-gavle-dala", "Utvecklingsbolaget Gävle Dala", &["20", "21"]),
    ("utv-malardalen", "Utvecklingsbolaget Mälardalen", &["03", "04", "18", "19"]),
    ("utv-stockholm", "Utvecklingsbolaget Stockholm Gotland", &["01", "09"]),
    ("utv-ost", "Utvecklingsbolaget Öst", &["05"]),
    ("utv-smaland", "Utvecklingsbolaget Småland", &["06", "07", "08"]),
    ("utv-vast", "Utvecklingsbolaget Väst", &["13", "14"]),
    ("utv-varmland", "Utvecklingsbolaget Värmland", &["17"]),
    ("utv-syd", "Utvecklingsbolaget Syd", &["10", "12"]),
];

const CENTRES: [(&str, &str, &[&str]); 12] = [
    ("nystart-norrbotten", "Nystartscentrum Norrbotten", &["25"]),
    ("nystart-vasterbotten", "Nystartscentrum Västerbotten", &["24"]),
    ("nystart-mittnorrland", "Nystartscentrum Mittnorrland", &["22", "23"]),
    ("nystart-gavle-dala", "Nystartscentrum Gävle Dala", &["20", "21"]),
    ("nystart-stockholm", "Nystartscentrum Stockholm", &["01"]),
    ("nystart-gotland", "Nystartscentrum Gotland", &["09"]),
    ("nystart-uppsala", "Nystartscentrum Uppsala Västmanland", &["03", "19"]),
    ("nystart-ost", "Nystartscentrum Sörmland Östergötland", &["04", "05"]),
    ("nystart-varmland", "Nystartscentrum Värmland Örebro", &["17", "18"]),
    ("nystart-smaland", "Nystartscentrum Småland", &["06", "07", "08"]),
    ("nystart-skane", "Nystartscentrum Skåne Blekinge", &["10", "12"]),
    ("nystart-vast", "Nystartscentrum Västra Götaland Halland", &["13", "14"]),
];

/// The two programmes, with the starting weights.
pub fn programmes() -> Vec<Programme> {
    let mut start = Programme::new(START, "Mentor Starta Företag");
    start.conditions.insert(Condition::Young);
    let mut develop = Programme::new(DEVELOP, "Mentor Utveckla Företag");
    develop.conditions.extend([Condition::Active, Condition::Growth]);
    vec![start, develop]
}

/// The owner, its regional companies, the supplier and its local centres.
///
/// # Panics
/// Never: the counties named above exist.
pub fn organisations() -> Vec<Organisation> {
    let of = |code: &str, name: &str, kind, parent: Option<&str>, programme: &str, counties: &[&str]| Organisation {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        parent: parent.map(str::to_owned),
        areas: counties
            .iter()
            .map(|county| ContractArea::new(programme, County::from_code(county).expect("the counties above exist")))
            .collect(),
    };
    let mut all = vec![
        of("agare", "Programägaren", OrganisationKind::Owner, None, "", &[]),
        of("nystart", "Nystartsgruppen", OrganisationKind::Supplier, Some("agare"), "", &[]),
    ];
    let regional = OrganisationKind::Regional;
    all.extend(REGIONAL.iter().map(|(code, name, there)| of(code, name, regional, Some("agare"), DEVELOP, there)));
    let centre = OrganisationKind::Centre;
    all.extend(CENTRES.iter().map(|(code, name, there)| of(code, name, centre, Some("nystart"), START, there)));
    all
}

/// The code of the organisation that delivers a programme in a county.
pub(super) fn deliverer<'a>(organisations: &'a [Organisation], programme: &str, county: County) -> &'a str {
    let found = organisations.iter().find(|organisation| organisation.delivers(programme, county));
    &found.expect("every county has a deliverer of each programme").code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_county_has_one_deliverer_of_each_programme() {
        for county in County::all() {
            for programme in [START, DEVELOP] {
                let count =
                    organisations().iter().filter(|organisation| organisation.delivers(programme, county)).count();
                assert_eq!(count, 1, "{programme} in {}", county.code());
            }
        }
    }
}
