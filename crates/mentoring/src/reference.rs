//! Counties, municipalities, industries and competences, read once from the data folder.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Names;

/// A reference list entry is known by its place in the list and stored by its code.
macro_rules! listed {
    ($(#[$meta:meta])* $id:ident, $entry:ident, $list:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(u16);

        impl $id {
            /// Every entry, in order of its code.
            pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
                (0..$list.entries.len() as u16).map(Self)
            }

            /// The entry with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                $list.by_code.get(code).map(|&at| Self(at))
            }

            /// What is known of the entry.
            pub fn entry(self) -> &'static $entry {
                &$list.entries[usize::from(self.0)]
            }

            /// The place in the list, from 0.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// The stable code.
            pub fn code(self) -> &'static str {
                self.entry().code
            }

            /// The name in both languages.
            pub fn names(self) -> &'static Names {
                &self.entry().names
            }
        }

        impl serde::Serialize for $id {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $id {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| serde::de::Error::custom(format!("no such code: {code}")))
            }
        }
    };
}

struct List<T> {
    entries: Vec<T>,
    by_code: HashMap<&'static str, u16>,
}

/// Reads a CSV file of the data folder; the files are part of the program, so a fault in one is a
/// fault in the program.
fn read<T>(text: &'static str, code: fn(&T) -> &'static str, entry: impl Fn(&[&'static str]) -> Option<T>) -> List<T> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("the data folder holds valid CSV"));
    let entries: Vec<T> = records
        .filter_map(|record| {
            let cells: Vec<&'static str> =
                record.iter().map(|cell| &*Box::leak(cell.to_owned().into_boxed_str())).collect();
            entry(&cells)
        })
        .collect();
    let by_code = entries.iter().enumerate().map(|(at, entry)| (code(entry), at as u16)).collect();
    List { entries, by_code }
}

listed! {
    /// A county (län).
    County, CountyEntry, COUNTIES
}
listed! {
    /// A municipality (kommun).
    Municipality, MunicipalityEntry, MUNICIPALITIES
}
listed! {
    /// An industry: a division of SNI 2025.
    Industry, IndustryEntry, INDUSTRIES
}
listed! {
    /// A competence that mentors have and mentees need.
    Competence, CompetenceEntry, COMPETENCES
}
listed! {
    /// An area of competences.
    Area, AreaEntry, AREAS
}

/// A county's facts.
#[derive(Debug)]
pub struct CountyEntry {
    /// Two digits.
    pub code: &'static str,
    /// The full name.
    pub names: Names,
    /// The name without "län", as in tables.
    pub short: &'static str,
    /// Inhabitants on 31 December 2023.
    pub population: u32,
    /// Counties it borders on by land.
    pub neighbours: Vec<&'static str>,
}

/// A municipality's facts.
#[derive(Debug)]
pub struct MunicipalityEntry {
    /// Four digits.
    pub code: &'static str,
    /// The name, the same in both languages.
    pub names: Names,
    /// The county it lies in.
    pub county: County,
    /// Latitude of a point inside it, in degrees.
    pub latitude: f64,
    /// Longitude of the same point, in degrees.
    pub longitude: f64,
    /// Its number of postcodes: a rough measure of its size.
    pub postcodes: u32,
}

/// An industry's facts.
#[derive(Debug)]
pub struct IndustryEntry {
    /// Two digits.
    pub code: &'static str,
    /// The name.
    pub names: Names,
    /// The letter of the section it belongs to.
    pub section: &'static str,
}

/// A competence's facts.
#[derive(Debug)]
pub struct CompetenceEntry {
    /// A letter for the area and a number.
    pub code: &'static str,
    /// The name.
    pub names: Names,
    /// The area it belongs to.
    pub area: Area,
    /// Words that point to it, in both languages.
    pub keywords: Vec<&'static str>,
}

/// An area's facts.
#[derive(Debug)]
pub struct AreaEntry {
    /// One letter.
    pub code: &'static str,
    /// The name.
    pub names: Names,
}

static COUNTIES: LazyLock<List<CountyEntry>> = LazyLock::new(|| {
    read(
        include_str!("../data/counties.csv"),
        |entry: &CountyEntry| entry.code,
        |cells| {
            Some(CountyEntry {
                code: cells[0],
                names: Names { sv: cells[1], en: cells[2] },
                short: cells[3],
                population: cells[4].parse().ok()?,
                neighbours: cells[7].split_whitespace().collect(),
            })
        },
    )
});

static MUNICIPALITIES: LazyLock<List<MunicipalityEntry>> = LazyLock::new(|| {
    read(
        include_str!("../data/municipalities.csv"),
        |entry: &MunicipalityEntry| entry.code,
        |cells| {
            Some(MunicipalityEntry {
                code: cells[0],
                names: Names { sv: cells[2], en: cells[2] },
                county: County::from_code(cells[1])?,
                latitude: cells[3].parse().ok()?,
                longitude: cells[4].parse().ok()?,
                postcodes: cells[5].parse().ok()?,
            })
        },
    )
});

static INDUSTRIES: LazyLock<List<IndustryEntry>> = LazyLock::new(|| {
    read(
        include_str!("../data/industries.csv"),
        |entry: &IndustryEntry| entry.code,
        |cells| {
            // Sections stand in the same file without a parent; people choose divisions.
            let division = !cells[1].is_empty();
            division.then(|| IndustryEntry {
                code: cells[0],
                names: Names { sv: cells[2], en: cells[3] },
                section: cells[1],
            })
        },
    )
});

static AREAS: LazyLock<List<AreaEntry>> = LazyLock::new(|| {
    read(
        include_str!("../data/competence_areas.csv"),
        |entry: &AreaEntry| entry.code,
        |cells| Some(AreaEntry { code: cells[0], names: Names { sv: cells[1], en: cells[2] } }),
    )
});

static COMPETENCES: LazyLock<List<CompetenceEntry>> = LazyLock::new(|| {
    read(
        include_str!("../data/competences.csv"),
        |entry: &CompetenceEntry| entry.code,
        |cells| {
            Some(CompetenceEntry {
                code: cells[0],
                names: Names { sv: cells[2], en: cells[3] },
                area: Area::from_code(cells[1])?,
                keywords: cells[5].split('|').chain(cells[6].split('|')).collect(),
            })
        },
    )
});

static POSTCODES: LazyLock<HashMap<u32, Municipality>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("../data/postcodes.csv").as_bytes());
    let records = reader.records().map(|record| record.expect("the data folder holds valid CSV"));
    records.filter_map(|record| Some((record[0].parse().ok()?, Municipality::from_code(&record[1])?))).collect()
});

/// Kilometres between any two municipalities on a sphere, row by row.
static DISTANCES: LazyLock<Vec<Vec<u16>>> = LazyLock::new(|| {
    let points: Vec<[f64; 3]> = Municipality::all().map(|place| on_sphere(place.entry())).collect();
    let mut distances = vec![vec![0; points.len()]; points.len()];
    for from in 0..points.len() {
        for to in 0..from {
            let km = great_circle(&points[from], &points[to]);
            distances[from][to] = km;
            distances[to][from] = km;
        }
    }
    distances
});

/// A place as a point on the unit sphere.
fn on_sphere(place: &MunicipalityEntry) -> [f64; 3] {
    let (latitude, longitude) = (place.latitude.to_radians(), place.longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

fn great_circle(from: &[f64; 3], to: &[f64; 3]) -> u16 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let chord: f64 = from.iter().zip(to).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    // The first terms of the arc sine: within a country they are exact to far less than a metre.
    let half = chord / 2.0;
    let square = half * half;
    let arc = half * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (15.0 / 336.0))));
    (2.0 * EARTH_RADIUS_KM * arc).round() as u16
}

impl Competence {
    /// The competences of an area.
    pub(crate) fn of_area(area: Area) -> &'static [Self] {
        static BY_AREA: LazyLock<Vec<Vec<Competence>>> = LazyLock::new(|| {
            let of = |area: Area| Competence::all().filter(|competence| competence.entry().area == area).collect();
            Area::all().map(of).collect()
        });
        &BY_AREA[area.index()]
    }
}

impl Municipality {
    /// Kilometres to another municipality as the crow flies, between a point in each.
    pub fn distance(self, other: Self) -> u16 {
        DISTANCES[self.index()][other.index()]
    }

    /// The same to every municipality, in the order of the list.
    pub(crate) fn distances(self) -> &'static [u16] {
        &DISTANCES[self.index()]
    }

    /// The municipality of a postcode such as `371 31`; not every postcode in use is known.
    pub fn from_postcode(postcode: &str) -> Option<Self> {
        let digits: String = postcode.chars().filter(|letter| !letter.is_whitespace()).collect();
        POSTCODES.get(&digits.parse().ok()?).copied()
    }

    /// The county it lies in.
    pub fn county(self) -> County {
        self.entry().county
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_whole() {
        assert_eq!(County::all().len(), 21);
        assert_eq!(Municipality::all().len(), 290);
        assert_eq!(Industry::all().len(), 87);
        assert_eq!(Competence::all().len(), 62);
        assert_eq!(Area::all().len(), 10);
        assert_eq!(County::all().map(|county| county.entry().population).sum::<u32>(), 10_551_707);
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let [stockholm, malmo, karlskrona] =
            ["0180", "1280", "1080"].map(|code| Municipality::from_code(code).unwrap());
        // Stockholm–Malmö is about 510 km as the crow flies.
        assert!((490..=535).contains(&stockholm.distance(malmo)), "{}", stockholm.distance(malmo));
        assert_eq!(stockholm.distance(malmo), malmo.distance(stockholm));
        assert_eq!(malmo.distance(malmo), 0);
        assert_eq!(Municipality::from_postcode("371 31"), Some(karlskrona));
        assert_eq!(Municipality::from_postcode("00000"), None);
    }
}
