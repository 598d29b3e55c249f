//! A stream of applicants with rings and honest look-alikes, and the truth about each.
//!
//! Seeded and streamed: the same parameters give the same bytes, and no more than one group of people is in memory. Every parameter
//! can be drawn, so that a method is judged on populations that are unlike each other: [`Population::drawn`]. All people are made of
//! syllables; mail domains end in `.example` (or hold a character that the provider forbids), networks are those never routed.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::random::Random;

mod population;
mod words;

pub use population::Population;

use words::{
    FIRM_KINDS, MEANS, OBJECTS, PLACES, PROJECT_HEADINGS, PROVIDERS, RESULTS, SYLLABLES, TECHNOLOGIES, TITLES, TOWNS, VERBS,
    WORK_HEADINGS,
};

/// One application with its truth.
#[derive(Clone, Debug)]
pub struct Made {
    /// The application, in the schema of the applicants' sets.
    pub application: Value,
    /// The text of the résumé.
    pub resume: String,
    /// What is true of it.
    pub truth: Value,
}

/// Heading of the flat form.
pub const FLAT: &str =
    "id,applied_at,first_name,last_name,email,phone,country,city,employer,github,ip,device,wallet,avatar_phash";

impl Made {
    /// The application as a row of the flat form.
    #[must_use]
    pub fn flat(&self) -> String {
        let cells: Vec<&str> = FLAT.split(',').map(|heading| self.application[heading].as_str().unwrap_or_default()).collect();
        cells.join(",")
    }
}

/// Calls `take` with every application, group by group.
///
/// # Errors
/// What `take` fails with.
pub fn stream<E>(population: &Population, mut take: impl FnMut(Made) -> Result<(), E>) -> Result<(), E> {
    let mut maker = Maker { population, random: Random::new(population.seed), number: 0, person: 0 };
    let mut group = 0_u64;
    while maker.person < population.people {
        group += 1;
        let mut people = maker.group(group);
        maker.common_things(&mut people);
        for person in people {
            for made in maker.applications(person) {
                take(made)?;
            }
        }
    }
    Ok(())
}

/// The pool of a ring's pictures.
const PICTURE: usize = 4;

/// A person before the applications.
#[derive(Clone, Debug, Default)]
struct Person {
    number: usize,
    given: String,
    family: String,
    town: usize,
    email: String,
    phone: String,
    account: Option<String>,
    network: String,
    device: String,
    wallet: Option<String>,
    picture: Option<u64>,
    commits: Vec<String>,
    root: Option<String>,
    firms: Vec<String>,
    sentences: Vec<String>,
    projects: Vec<String>,
    ring: Option<(u64, bool, bool)>,
    operator: usize,
    tags: Vec<&'static str>,
}

struct Maker<'p> {
    population: &'p Population,
    random: Random,
    number: usize,
    person: usize,
}

impl Maker<'_> {
    fn group(&mut self, group: u64) -> Vec<Person> {
        let population = self.population;
        // A draw by person picks the kind of group; larger groups are drawn as much more rarely.
        let at = (self.random.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        let mean_ring = (population.largest_ring as f64 + 2.0) / 2.0;
        let shares = [
            (population.ring_share / mean_ring, 0),
            (population.households / 2.7, 1),
            (population.agencies / 6.0, 2),
            (population.courses / 9.0, 3),
            (population.downloads.0 / population.downloads.1.max(1) as f64, 4),
        ];
        let in_groups =
            population.ring_share + population.households + population.agencies + population.courses + population.downloads.0;
        let groups: f64 = shares.iter().map(|(share, _)| share).sum::<f64>() + (1.0 - in_groups).max(0.05);
        let mut low = 0.0;
        let kind = shares.iter().find_map(|&(share, kind)| {
            low += share / groups;
            (at < low).then_some(kind)
        });
        match kind {
            Some(0) => self.ring(group),
            Some(1) => self.household(),
            Some(2) => self.agency(group),
            Some(3) => self.course(),
            Some(4) => self.download(),
            _ => vec![self.somebody()],
        }
    }

    fn ring(&mut self, group: u64) -> Vec<Person> {
        let population = self.population;
        let size = 2 + self.random.below(population.largest_ring.max(2) - 1);
        let hard = self.random.chance(population.hard_rings);
        let sharing = if hard { population.hard_sharing } else { population.ring_sharing };
        let towns: Vec<usize> = (0..2 + self.random.below(3)).map(|_| self.random.below(TOWNS.len())).collect();
        let root = self.random.chance(population.ring_documents).then(|| self.root());
        let sentences: Vec<String> = (0..population.ring_sentences.0).map(|_| self.sentence()).collect();
        // Firms that nobody else has worked for: their references are the ring's own telephones.
        let firms: Vec<String> = (0..2 + self.random.below(3)).map(|_| self.firm()).collect();
        let operators = 1 + size / 6;
        let mut pools: Vec<Vec<String>> = Vec::new();
        let pool = (size as f64 * sharing / 3.0).ceil().max(1.0) as usize;
        for kind in 0..6 {
            pools.push((0..pool).map(|_| self.value(kind)).collect());
        }
        let has_bad = self.random.chance(0.35);
        (0..size)
            .map(|at| {
                let mut person = self.somebody();
                person.ring = Some((group, hard, has_bad && at == 0));
                person.operator = at % operators;
                person.town = *self.random.pick(&towns);
                person.phone = self.telephone(person.town);
                // What the operators have at hand is used for some of the personas. Pictures are made in series: a ring that is
                // careful with telephones and devices still draws them from one stock.
                let taken = |kind: usize, random: &mut Random| {
                    let chance = if kind == PICTURE { population.ring_sharing } else { sharing };
                    random.chance(chance).then(|| random.pick(&pools[kind]).clone())
                };
                if let Some(phone) = taken(0, &mut self.random) {
                    person.phone = phone;
                }
                if let Some(device) = taken(1, &mut self.random) {
                    person.device = device;
                }
                if let Some(network) = taken(2, &mut self.random) {
                    person.network = network;
                }
                if let Some(wallet) = taken(3, &mut self.random) {
                    person.wallet = Some(wallet);
                }
                if let Some(picture) = taken(PICTURE, &mut self.random) {
                    let noise = self.noise(4);
                    person.picture = u64::from_str_radix(&picture, 16).ok().map(|hash| hash ^ noise);
                }
                if let Some(commit) = taken(5, &mut self.random) {
                    person.commits.push(commit);
                }
                if root.is_some() && self.random.chance(0.75) {
                    person.root.clone_from(&root);
                }
                let mut mine = sentences.clone();
                self.random.shuffle(&mut mine);
                mine.truncate(1 + population.ring_sentences.1 / 2 + self.random.below(population.ring_sentences.1));
                person.sentences.splice(0..0, mine);
                for firm in &mut person.firms {
                    if self.random.chance(population.ring_firms) {
                        firm.clone_from(self.random.pick(&firms));
                    }
                }
                person.tags.clear();
                person
            })
            .collect()
    }

    fn household(&mut self) -> Vec<Person> {
        let size = 2 + self.random.below(2) + usize::from(self.random.chance(0.2));
        let first = self.somebody();
        let shares_phone = self.random.chance(0.3);
        let shares_device = self.random.chance(0.3);
        let mut people = vec![first];
        for _ in 1..size {
            let mut person = self.somebody();
            person.town = people[0].town;
            person.network.clone_from(&people[0].network);
            if self.random.chance(self.population.one_surname) {
                person.family.clone_from(&people[0].family);
            }
            person.phone = self.telephone(person.town);
            if shares_phone && self.random.chance(0.6) {
                person.phone.clone_from(&people[0].phone);
            }
            if shares_device && self.random.chance(0.6) {
                person.device.clone_from(&people[0].device);
            }
            self.readdress(&mut person);
            people.push(person);
        }
        people.iter_mut().for_each(|person| person.tags.push("household"));
        people
    }

    fn agency(&mut self, group: u64) -> Vec<Person> {
        let (phone, network) = (self.value(0), self.value(2));
        (0..3 + self.random.below(7))
            .map(|_| {
                let mut person = self.somebody();
                person.phone.clone_from(&phone);
                if self.random.chance(0.7) {
                    person.network.clone_from(&network);
                }
                person.email = format!("{}.{}@staff-{group}.example", person.given, person.family).to_lowercase();
                person.tags.push("agency");
                person
            })
            .collect()
    }

    fn course(&mut self) -> Vec<Person> {
        let town = self.random.below(TOWNS.len());
        let (root, network) = (self.root(), self.value(2));
        let work: Vec<String> = (0..3 + self.random.below(4)).map(|_| self.sentence()).collect();
        (0..4 + self.random.below(11))
            .map(|_| {
                let mut person = self.somebody();
                if self.random.chance(0.95) {
                    person.town = town;
                }
                person.phone = self.telephone(person.town);
                person.root = Some(root.clone());
                if self.random.chance(0.4) {
                    person.network.clone_from(&network);
                }
                person.projects = work.iter().filter(|_| self.random.chance(0.7)).cloned().collect();
                person.tags.push("bootcamp");
                person
            })
            .collect()
    }

    /// People who have filled in one downloaded template and left sentences as they were.
    fn download(&mut self) -> Vec<Person> {
        let (root, sentences) = (self.root(), (0..6).map(|_| self.sentence()).collect::<Vec<_>>());
        let count = self.population.downloads.1 / 2 + self.random.below(self.population.downloads.1.max(1)) + 2;
        (0..count)
            .map(|_| {
                let mut person = self.somebody();
                person.root = Some(root.clone());
                person.sentences.extend(sentences.iter().filter(|_| self.random.chance(0.5)).cloned());
                person.tags.push("popular_template");
                person
            })
            .collect()
    }

    /// What honest people share with strangers.
    fn common_things(&mut self, people: &mut [Person]) {
        let population = self.population;
        let all = population.people;
        for person in people {
            let campus = ["university_ip", "corporate_nat", "cgnat", "vpn"];
            let holders = [25, 4, 4, 9];
            for at in 0..4 {
                if self.random.chance(population.networks[at]) {
                    let pool = (all as f64 * population.networks[at] / f64::from(holders[at])).ceil() as usize;
                    person.network = named_network(at, self.random.below(pool.max(1)));
                    if person.ring.is_none() {
                        person.tags.push(campus[at]);
                    }
                }
            }
            if person.ring.is_some() {
                continue;
            }
            let (share, each) = population.common_devices;
            if self.random.chance(share) {
                person.device = format!("fpc{:06x}", self.random.below((all as f64 * share) as usize / each.max(1) + 1));
            }
            if self.random.chance(population.placeholders) {
                let which = (self.random.below(5) as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                person.picture = Some(which ^ self.noise(3));
            }
            if self.random.chance(population.exchanges) {
                let which = self.random.below(all / 600 + 2) as u64;
                person.wallet = Some(format!("0x{:040x}", u128::from(which) + (0xE0_u128 << 100)));
            }
            if person.root.is_none() && self.random.chance(population.popular_documents) {
                person.root = Some(format!("00{:06X}", 0x00A0_0000 + self.random.below(5) * 4_099));
            }
        }
    }

    fn somebody(&mut self) -> Person {
        self.person += 1;
        let mut person = Person {
            number: self.person,
            given: self.name(60, 20_000),
            family: self.name(200, 50_000),
            town: self.random.below(TOWNS.len()),
            device: self.value(1),
            network: self.value(2),
            ..Person::default()
        };
        person.phone = self.telephone(person.town);
        self.readdress(&mut person);
        if self.random.chance(0.6) {
            person.account = Some(format!("{}_{}{}", person.given, person.family, self.random.below(100_000)));
        }
        if self.random.chance(0.2) {
            person.wallet = Some(self.value(3));
        }
        if self.random.chance(0.6) {
            person.picture = Some(self.random.bits());
        }
        if self.random.chance(0.25) {
            person.commits.push(self.value(5));
        }
        let jobs = 1 + self.random.below(5);
        person.firms = (0..jobs).map(|_| self.known_firm()).collect();
        person.sentences = (0..jobs * 4).map(|_| self.sentence()).collect();
        let (pool, most) = self.population.popular_sentences;
        for _ in 0..self.random.below(most + 1) {
            let which = self.random.below(pool);
            let mut popular = Random::new(self.population.seed ^ (which as u64 + 1).wrapping_mul(0xA24B_AED4_963E_E407));
            person.sentences.push(sentence(&mut popular));
        }
        if self.random.chance(0.5) {
            person.projects = (0..3).map(|_| self.sentence()).collect();
        }
        person
    }

    fn applications(&mut self, person: Person) -> Vec<Made> {
        let mut applications = 1;
        while applications < 6 && self.random.chance(self.population.again) {
            applications += 1;
        }
        let mut now = person;
        let resume = self.resume(&now);
        (0..applications)
            .map(|at| {
                if at > 0 {
                    self.change(&mut now);
                }
                self.application(&now, &resume)
            })
            .collect()
    }

    fn change(&mut self, person: &mut Person) {
        let changed = self.population.changed;
        if self.random.chance(changed) {
            person.network = self.value(2);
        }
        if self.random.chance(changed / 2.0) {
            person.device = self.value(1);
        }
        if self.random.chance(changed / 2.0) && !person.tags.contains(&"agency") {
            person.phone = self.telephone(person.town);
        }
        if self.random.chance(changed / 2.0) && !person.tags.contains(&"agency") {
            self.readdress(person);
        }
        if let Some(picture) = &mut person.picture {
            *picture ^= self.noise(3);
        }
    }

    fn application(&mut self, person: &Person, resume: &str) -> Made {
        let id = format!("B{:08}", self.number);
        self.number += 1;
        let stated = self.population.stated;
        let mut often = |value: &str| (value.is_empty() || !self.random.chance(stated)).then_some(Value::Null);
        let given = person.given.clone();
        let wallet = person.wallet.as_ref().map(|wallet| often(wallet).unwrap_or_else(|| json!(wallet)));
        let phone = often(&person.phone);
        let (town, country, _) = TOWNS[person.town];
        let given = if self.random.chance(0.03) { slip(&given, &mut self.random) } else { given };
        let email = self.notation_of_email(&person.email);
        let phone = phone.unwrap_or_else(|| json!(self.notation_of_phone(&person.phone)));
        let work: Vec<Value> = person
            .firms
            .iter()
            .enumerate()
            .map(|(at, firm)| {
                json!({"employer": firm, "title": TITLES[(person.number + at) % TITLES.len()], "start": format!("{}-0{}", 2010 + at, 1 + person.number % 9)})
            })
            .collect();
        let day = 1 + self.random.below(28);
        let application = json!({
            "id": id,
            "applied_at": format!("2026-{:02}-{day:02}T08:00:00Z", 1 + self.random.below(9)),
            "first_name": title(&given),
            "last_name": title(&person.family),
            "email": email,
            "phone": phone,
            "country": country,
            "city": town,
            "employer": person.firms.last(),
            "github": person.account,
            "ip": person.network,
            "device": person.device,
            "wallet": wallet,
            "avatar_phash": person.picture.map(|hash| format!("{hash:016x}")),
            "commit_emails": person.commits,
            "doc": {"rsid_root": person.root},
            "work": work,
        });
        let truth = json!({
            "id": id,
            "person": format!("P{:08}", person.number),
            "ring": person.ring.map(|(ring, _, _)| format!("R{ring:08}")),
            "operator": person.ring.map(|(ring, _, _)| format!("{ring}.{}", person.operator)),
            "hard_ring": person.ring.is_some_and(|(_, hard, _)| hard),
            "tags": person.tags,
            "known_bad": person.ring.is_some_and(|(_, _, bad)| bad),
        });
        Made { application, resume: resume.to_owned(), truth }
    }

    fn resume(&mut self, person: &Person) -> String {
        let mut text = format!("{} {}\n{}\n", title(&person.given), title(&person.family), TITLES[person.number % TITLES.len()]);
        let _ = write!(text, "\n{}\n", self.random.pick(WORK_HEADINGS));
        let mut sentences = person.sentences.clone();
        self.random.shuffle(&mut sentences);
        let each = sentences.len().div_ceil(person.firms.len().max(1)).max(1);
        for (firm, sentences) in person.firms.iter().zip(sentences.chunks(each)) {
            let _ = writeln!(text, "{}, {firm}  2014-02 - 2017-05", self.random.pick(TITLES));
            for sentence in sentences {
                let _ = writeln!(text, "- {}", self.worded(sentence));
            }
        }
        if !person.projects.is_empty() {
            let _ = write!(text, "\n{}\n", self.random.pick(PROJECT_HEADINGS));
            for sentence in &person.projects {
                let _ = writeln!(text, "- {}", self.worded(sentence));
            }
        }
        let _ = write!(text, "\nSkills\n{}, {}\n", self.random.pick(TECHNOLOGIES), self.random.pick(TECHNOLOGIES));
        text
    }

    /// A sentence with figures and a technology of one's own.
    fn worded(&mut self, sentence: &str) -> String {
        let mut text = sentence.replace("{}", &(2 + self.random.below(95)).to_string());
        if let Some((start, end)) = text.split_once("{t}") {
            text = format!("{start}{}{end}", self.random.pick(TECHNOLOGIES));
        }
        text
    }

    fn sentence(&mut self) -> String {
        sentence(&mut self.random)
    }

    fn word(&mut self, syllables: usize) -> String {
        (0..syllables + self.random.below(2)).map(|_| *self.random.pick(SYLLABLES)).collect()
    }

    /// A name: every other one is common.
    fn name(&mut self, common: usize, all: usize) -> String {
        let which = if self.random.chance(0.5) { self.random.below(common) } else { self.random.below(all) };
        let mut random = Random::new((which as u64 + 1).wrapping_mul(0xC2B2_AE3D_27D4_EB4F) ^ all as u64);
        (0..2 + random.below(2)).map(|_| *random.pick(SYLLABLES)).collect()
    }

    fn firm(&mut self) -> String {
        let stem = self.word(3);
        format!("{} {}", title(&stem), self.random.pick(FIRM_KINDS))
    }

    /// A firm that others have worked for too.
    fn known_firm(&mut self) -> String {
        let all = self.population.firms.max(20);
        // One job in six is with one of the few large firms.
        let which = if self.random.chance(1.0 / 6.0) { self.random.below(all / 100 + 1) } else { self.random.below(all) } as u64;
        let mut random = Random::new(self.population.seed ^ (which + 1).wrapping_mul(0x8CB9_2BA7_2F3D_8DD7));
        let stem: String = (0..3).map(|_| *random.pick(SYLLABLES)).collect();
        format!("{} {}", title(&stem), random.pick(FIRM_KINDS))
    }

    fn root(&mut self) -> String {
        format!("00{:06X}", self.random.below(0x00FF_FFFF))
    }

    /// A value of a pool: telephone, device, network, wallet, picture, mailbox.
    fn value(&mut self, pool: usize) -> String {
        let bits = self.random.bits();
        match pool {
            0 => {
                let town = self.random.below(TOWNS.len());
                self.telephone(town)
            }
            1 => format!("fp{:012x}", bits >> 16),
            2 => format!("{}.{}.{}.{}", 240 + bits % 14, bits >> 8 & 255, bits >> 16 & 255, bits >> 24 & 255),
            3 => format!("0x{:016x}{:016x}{:08x}", bits, self.random.bits(), bits as u32 ^ 0x5A5A_5A5A),
            4 => format!("{bits:016x}"),
            _ => format!("dev-{:08x}@code.example", bits as u32),
        }
    }

    fn telephone(&mut self, town: usize) -> String {
        let code = TOWNS[town].2;
        if code == "+1" {
            return format!("+1{}555{:04}", 200 + self.random.below(790), self.random.below(10_000));
        }
        format!("{code}{}", 600_000_000 + self.random.below(399_999_999))
    }

    fn readdress(&mut self, person: &mut Person) {
        let mut at = self.random.below(100);
        let mut domain = "post.example".to_owned();
        for &(name, share) in PROVIDERS {
            if at < share {
                name.clone_into(&mut domain);
                break;
            }
            at -= share;
        }
        if self.random.chance(0.05) {
            domain = format!("{}.example", person.family);
        }
        person.email = format!("{}-{}{}@{domain}", person.given, person.family, self.random.below(10_000));
    }

    fn notation_of_email(&mut self, email: &str) -> String {
        match self.random.below(8) {
            0 => email.to_uppercase(),
            1 => email.replace('@', "+jobs@"),
            _ => email.to_owned(),
        }
    }

    fn notation_of_phone(&mut self, phone: &str) -> String {
        let digits = phone.trim_start_matches('+');
        match (digits.strip_prefix('1'), self.random.below(4)) {
            (Some(national), 0) if national.len() == 10 => format!("({}) {}-{}", &national[..3], &national[3..6], &national[6..]),
            (Some(national), 1) if national.len() == 10 => format!("{}.{}.{}", &national[..3], &national[3..6], &national[6..]),
            (_, 2) => format!("00{digits}"),
            _ => phone.to_owned(),
        }
    }

    /// Up to so many flipped bits.
    fn noise(&mut self, most: usize) -> u64 {
        (0..self.random.below(most + 1)).fold(0, |noise, _| noise | 1 << self.random.below(64))
    }
}

fn sentence(random: &mut Random) -> String {
    let mut text = format!("{} {}", random.pick(VERBS), random.pick(OBJECTS));
    if random.chance(0.8) {
        text.push_str(" in {t}");
    }
    let _ = write!(text, " {}, {}", random.pick(PLACES), random.pick(RESULTS));
    if random.chance(0.8) {
        let _ = write!(text, ", {}", random.pick(MEANS));
    }
    text
}

fn named_network(kind: usize, which: usize) -> String {
    format!("25{}.{}.{}.{}", kind % 5, which >> 16 & 255, which >> 8 & 255, which & 255)
}

fn title(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Two neighbouring letters swapped.
fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 3 {
        let at = 1 + random.below(letters.len() - 2);
        letters.swap(at - 1, at);
    }
    letters.into_iter().collect()
}
