//! Ordinary people drawn from a seed, with names as frequent as life has them: a few family names are borne by many, most by few.
//!
//! Given and family names are common ones of nine regions; who bears which together, and everything else, is chance. Mailboxes and
//! telephones are of the kind that belongs to nobody.

use bonafide_model::{
    id::SubjectId,
    time::{PartialDate, YearMonth},
};

use crate::random::Random;

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnPerson {
    /// Id of the subject.
    pub subject: SubjectId,
    /// Name in the order of the region.
    pub name: String,
    /// Birth: a month, or a year where only that is known.
    pub born: PartialDate,
    /// Country, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Mailbox.
    pub email: String,
    /// Number of a passport.
    pub passport: String,
}

struct Region {
    country: &'static str,
    family_first: bool,
    given: &'static [&'static str],
    family: &'static [&'static str],
}

const REGIONS: [Region; 9] = [
    Region {
        country: "KR",
        family_first: true,
        given: &[
            "Min Jun",
            "Seo Yeon",
            "Ji Hoon",
            "Ha Eun",
            "Do Yun",
            "Su Bin",
            "Hyun Woo",
            "Ye Jin",
            "Jung Ho",
            "Mi Kyung",
            "Sang Hoon",
            "Eun Ji",
            "Young Soo",
            "Kyung Hee",
            "Tae Yang",
            "Na Rae",
        ],
        family: &["Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang", "Lim", "Han", "Oh", "Seo", "Shin", "Kwon"],
    },
    Region {
        country: "RU",
        family_first: false,
        given: &[
            "Aleksandr",
            "Dmitri",
            "Maksim",
            "Sergei",
            "Andrei",
            "Aleksei",
            "Anna",
            "Mariya",
            "Elena",
            "Dariya",
            "Olga",
            "Ivan",
        ],
        family: &[
            "Ivanov",
            "Smirnov",
            "Kuznetsov",
            "Popov",
            "Vasilyev",
            "Petrov",
            "Sokolov",
            "Mikhailov",
            "Novikov",
            "Fyodorov",
            "Morozov",
            "Volkov",
            "Alekseyev",
            "Lebedev",
            "Semyonov",
        ],
    },
    Region {
        country: "EG",
        family_first: false,
        given: &[
            "Mohamed", "Ahmed", "Mahmoud", "Mustafa", "Ali", "Omar", "Fatma", "Mariam", "Aya", "Nour", "Youssef", "Ibrahim",
            "Khaled", "Hassan",
        ],
        family: &[
            "Hassan", "Ali", "Ibrahim", "El Sayed", "Mohamed", "Abdallah", "Mansour", "Saleh", "Farouk", "Khalil", "Osman",
            "Nasser",
        ],
    },
    Region {
        country: "CN",
        family_first: true,
        given: &["Wei", "Fang", "Min", "Jing", "Lei", "Yan", "Xiaoming", "Tao", "Jun", "Li", "Qiang", "Meiling", "Hao", "Yifan"],
        family: &["Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma", "Zhu"],
    },
    Region {
        country: "MX",
        family_first: false,
        given: &[
            "José Luis",
            "Juan Carlos",
            "María",
            "Guadalupe",
            "Miguel Ángel",
            "Alejandra",
            "Jorge",
            "Rosa",
            "Ricardo",
            "Ana",
        ],
        family: &[
            "Hernández García",
            "Martínez López",
            "González Pérez",
            "Rodríguez",
            "Sánchez Ramírez",
            "Flores",
            "Torres Díaz",
            "Gómez",
            "Cruz Morales",
            "Ortiz",
            "Reyes Jiménez",
            "Castillo",
        ],
    },
    Region {
        country: "IN",
        family_first: false,
        given: &["Rahul", "Priya", "Amit", "Anjali", "Vijay", "Sunita", "Sanjay", "Kavita", "Arjun", "Deepa", "Rohan", "Neha"],
        family: &["Sharma", "Patel", "Singh", "Kumar", "Gupta", "Reddy", "Iyer", "Das", "Mehta", "Nair", "Khan", "Joshi"],
    },
    Region {
        country: "NG",
        family_first: false,
        given: &["Chinedu", "Ngozi", "Emeka", "Amaka", "Tunde", "Funmilayo", "Ibrahim", "Aisha", "Segun", "Blessing", "Yusuf"],
        family: &["Okafor", "Adeyemi", "Balogun", "Eze", "Okonkwo", "Abubakar", "Ojo", "Nwosu", "Bello", "Lawal", "Musa"],
    },
    Region {
        country: "US",
        family_first: false,
        given: &[
            "James",
            "Mary",
            "Robert",
            "Patricia",
            "John",
            "Jennifer",
            "Michael",
            "Linda",
            "David",
            "Elizabeth",
            "William",
            "Susan",
            "Daniel",
            "Karen",
        ],
        family: &[
            "Smith", "Johnson", "Williams", "Brown", "Jones", "Miller", "Davis", "Wilson", "Anderson", "Taylor", "Moore",
            "Clark", "Walker", "Young",
        ],
    },
    Region {
        country: "DE",
        family_first: false,
        given: &["Lukas", "Anna", "Jonas", "Lena", "Felix", "Marie", "Jürgen", "Sabine", "Stefan", "Ursula", "Klaus", "Katrin"],
        family: &[
            "Müller",
            "Schmidt",
            "Schneider",
            "Fischer",
            "Weber",
            "Meyer",
            "Wagner",
            "Becker",
            "Schulz",
            "Hoffmann",
            "Koch",
        ],
    },
];

/// Endings that make rarer family names of common ones, so that most names are borne by few.
const ENDINGS: [&str; 12] = ["a", "en", "er", "in", "o", "mann", "ez", "i", "son", "wala", "sky", "oglu"];

/// Draws `count` people.
#[must_use]
pub fn draw(seed: u64, count: usize) -> Vec<DrawnPerson> {
    (0..count).map(|index| person(seed, index)).collect()
}

fn person(seed: u64, index: usize) -> DrawnPerson {
    let mut random = Random::new(seed ^ (index as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
    let region = random.pick(&REGIONS);
    // The first names of a table are the frequent ones.
    let mut given = frequent_first(&mut random, region.given).to_owned();
    if !region.family_first && random.chance(0.3) {
        let middle = *random.pick(region.given);
        given = format!("{given} {middle}");
    }
    let mut family = frequent_first(&mut random, region.family).to_owned();
    // Korean and Chinese family names are few; elsewhere most people bear a rare one.
    if !region.family_first && random.chance(0.6) {
        family.push_str(ENDINGS[random.below(ENDINGS.len())]);
    }
    let name = if region.family_first { format!("{family} {given}") } else { format!("{given} {family}") };
    let year = 1950 + random.below(56) as i16;
    let born = YearMonth::new(year, 1 + random.below(12) as i8).filter(|_| random.chance(0.9));
    DrawnPerson {
        subject: SubjectId::new(format!("drawn-{seed}-{index}")),
        name,
        born: born.map_or(PartialDate::Year(year), PartialDate::Month),
        country: region.country,
        email: format!("user{index}.{:04x}@mail{}.example", random.below(1 << 16), random.below(40)),
        passport: format!("{}{:07}", char::from(b'A' + random.below(26) as u8), random.below(10_000_000)),
    }
}

/// The frequency of names falls with their rank; squaring a chance comes near.
fn frequent_first(random: &mut Random, names: &[&'static str]) -> &'static str {
    let chance = random.below(10_000) as f64 / 10_000.0;
    names[((chance * chance) * names.len() as f64) as usize]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_people_and_names_are_shared_as_in_life() {
        assert_eq!(draw(7, 50), draw(7, 50));
        assert_ne!(draw(7, 50), draw(8, 50));
        let mut bearers: HashMap<String, usize> = HashMap::new();
        for person in draw(1, 20_000) {
            *bearers.entry(person.name).or_default() += 1;
        }
        let most = bearers.values().max().copied().unwrap_or_default();
        let single = bearers.values().filter(|bearers| **bearers == 1).count();
        assert!(most > 30 && single > 3_000, "{most} {single}");
    }
}
