//! A drawn population, and the same population under other names.
//!
//! Applicants are drawn from a seed: people who moved, changed their name, work at odd hours, use privacy tools, write poor
//! metadata, and some who contradict themselves. All names are built from syllables and belong to nobody.
//!
//! [`swap`] gives a person another name, nationality, language and birthplace and leaves places, clocks and identifiers as they
//! are. Whatever a program concludes about the one it must conclude about the other.

use bonafide_model::{
    ContentHash,
    fact::*,
    id::SubjectId,
    place::{Place, Source},
    protected::Protected,
    time::{End, PartialDate, UtcOffset, YearMonth},
};

use crate::random::Random;

/// One applicant: an id and facts.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// Id of the subject.
    pub subject: SubjectId,
    /// Facts.
    pub facts: Vec<Fact>,
}

/// Draws `count` applicants.
#[must_use]
pub fn draw(seed: u64, count: usize) -> Vec<Applicant> {
    (0..count).map(|index| applicant(seed, index)).collect()
}

const SYLLABLES: &[&[&str]] = &[
    &["ka", "to", "mi", "ra", "shi", "no", "ha", "yu"],
    &["bren", "dal", "wick", "ford", "ash", "lyn", "mor", "gan"],
    &["zla", "tko", "mir", "ov", "ska", "dra", "gan", "il"],
    &["ade", "bo", "lu", "wa", "chi", "ne", "ku", "fo"],
    &["al", "har", "oun", "zay", "id", "nas", "rim", "sal"],
    &["san", "jir", "pra", "vee", "lak", "dev", "ani", "ush"],
];

const HOMES: &[(&str, &str, i32, &str)] = &[
    ("Lisbon", "PT", 0, "+351912345"),
    ("Berlin", "DE", 60, "+491512345"),
    ("Toronto", "CA", -300, "+14165550"),
    ("Lagos", "NG", 60, "+234803123"),
    ("Bengaluru", "IN", 330, "+919845012"),
    ("Seoul", "KR", 540, "+821012345"),
    ("Sao Paulo", "BR", -180, "+551198765"),
    ("Austin", "US", -360, "+15125550"),
    ("Warsaw", "PL", 60, "+485123456"),
    ("Manila", "PH", 480, "+639171234"),
];

const TECHNOLOGIES: &[&str] =
    &["Rust", "Go", "Python", "Java", "React", "Kubernetes", "Solidity", "PostgreSQL", "TypeScript", "Terraform"];
const TITLES: &[&str] =
    &["Software Engineer", "Senior Engineer", "Backend Developer", "Site Reliability Engineer", "Data Engineer"];
const NATIONS: &[&str] = &["Utopian", "Ruritanian", "Freedonian", "Laputan", "Sylvanian", "Zembla"];
const LANGUAGES: &[&str] = &["Utopian", "Ruritanian", "Esperanto", "Laputan", "Volapük"];

fn word(random: &mut Random) -> String {
    let culture = *random.pick(SYLLABLES);
    let syllables = 2 + random.below(2);
    let mut word: String = (0..syllables).map(|_| *random.pick(culture)).collect();
    if let Some(first) = word.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    word
}

fn month(year: i16, month: i8) -> PartialDate {
    YearMonth::new(year, month).map_or(PartialDate::Year(year), PartialDate::Month)
}

fn applicant(seed: u64, index: usize) -> Applicant {
    let mut random = Random::new(seed ^ (index as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
    let subject = SubjectId::new(format!("person-{seed}-{index}"));
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(subject.as_str().as_bytes()) };
    let mut form = FactSink::new(subject.clone(), source);
    let whole = || Place::Whole;

    let (given, family) = (word(&mut random), word(&mut random));
    let full = format!("{given} {family}");
    let home = *random.pick(HOMES);
    let at = 1_700_000_000 + (random.below(60_000_000) as i64);
    if let Ok(at) = jiff::Timestamp::from_second(at) {
        form.push(AppliedAt { at }, whole());
    }
    form.push(
        PersonName { role: NameRole::Application, full: full.clone(), given: Some(given.clone()), family: Some(family) },
        whole(),
    );
    if random.chance(0.1) {
        form.push(
            PersonName { role: NameRole::Former, full: format!("{given} {}", word(&mut random)), ..PersonName::default() },
            whole(),
        );
    }
    let handle = format!("user{:x}", random.bits() & 0xFF_FFFF);
    let address = match random.below(4) {
        0 => format!("{handle}@mail.example"),
        1 => format!("dev{}@mail.example", 1000 + random.below(9000)),
        2 => format!("topstar{}@mail.example", 100 + random.below(900)),
        _ => format!("{handle}.work@post.example"),
    };
    form.push(Email { role: EmailRole::Application, address: address.clone(), canonical: address.clone() }, whole());
    let phone_home = if random.chance(0.15) { random.pick(HOMES) } else { &home };
    let number = format!("{}{:04}", phone_home.3, random.below(10_000));
    form.push(
        Phone { role: EmailRole::Application, raw: number.clone(), e164: Some(number), regions: vec![phone_home.1.into()] },
        whole(),
    );
    form.push(
        Location {
            role: LocationRole::Application,
            raw: format!("{}, {}", home.0, home.1),
            city: Some(home.0.into()),
            region: None,
            country: Some(home.1.into()),
        },
        whole(),
    );
    form.push(Nationality { claim: Protected::seal(*random.pick(NATIONS)) }, whole());
    form.push(Language { claim: Protected::seal(*random.pick(LANGUAGES)) }, whole());
    form.push(AcceptLanguage { claim: Protected::seal("xx-XX,xx;q=0.9") }, whole());
    let clock = if random.chance(0.1) { random.pick(HOMES).2 } else { home.2 };
    if let Some(offset) = UtcOffset::from_minutes(clock) {
        form.push(ClientOffset { offset }, whole());
    }
    history(&mut form, &mut random);
    let mut facts = form.into_facts();
    facts.extend(document(&subject, &mut random, &full, clock));
    if random.chance(0.6) {
        facts.extend(code(&subject, &mut random, &full, &handle, &address, home));
    }
    Applicant { subject, facts }
}

fn history(form: &mut FactSink, random: &mut Random) {
    let mut year = 2008 + random.below(10) as i16;
    form.push(
        Education {
            role: ClaimRole::Application,
            school: format!("{} Institute of Technology", word(random)),
            degree: "BSc Computer Science".into(),
            end: End::On(PartialDate::Year(year)),
            ..Education::default()
        },
        Place::Whole,
    );
    for _ in 0..1 + random.below(4) {
        let length = 1 + random.below(4) as i16;
        let overlap = i16::from(random.chance(0.1));
        form.push(
            Work {
                role: ClaimRole::Application,
                employer: format!("{} Labs", word(random)),
                title: (*random.pick(TITLES)).into(),
                start: Some(month(year - overlap, 1 + random.below(6) as i8)),
                end: End::On(month(year + length, 1 + random.below(12) as i8)),
                ..Work::default()
            },
            Place::Whole,
        );
        year += length;
    }
    for _ in 0..random.below(4) {
        let technology = (*random.pick(TECHNOLOGIES)).to_owned();
        form.push(
            ClaimedYears { technology, months: 12 * (1 + random.below(18) as u32), ..ClaimedYears::default() },
            Place::Whole,
        );
    }
}

fn document(subject: &SubjectId, random: &mut Random, full: &str, clock: i32) -> Vec<Fact> {
    let name = "cv.pdf".to_owned();
    let content = ContentHash::of_bytes(format!("{subject} cv").as_bytes());
    let mut sink = FactSink::new(subject.clone(), Source { name: name.clone(), content });
    sink.push(PersonName { role: NameRole::Resume, full: full.into(), ..PersonName::default() }, Place::Whole);
    let author = match random.below(5) {
        0 => "user".to_owned(),
        1 => {
            let own: Vec<String> = full.split_whitespace().map(str::to_owned).collect();
            format!("{} {}", unlike(&own, random), unlike(&own, random))
        }
        _ => full.to_owned(),
    };
    let offset = UtcOffset::from_minutes(clock).unwrap_or(UtcOffset::UTC);
    for (property, value) in [("author", author), ("producer", "Writer 7".into()), ("creation_utc_offset", offset.to_string())] {
        sink.push(DocumentProperty { document: name.clone(), name: property.into(), value }, Place::Whole);
    }
    sink.push(
        ResumeText {
            document: name,
            text: format!("{full}\nSoftware Engineer\nBuilt and ran services."),
            complete: true,
            ..ResumeText::default()
        },
        Place::Whole,
    );
    sink.into_facts()
}

fn code(
    subject: &SubjectId,
    random: &mut Random,
    full: &str,
    handle: &str,
    address: &str,
    home: (&str, &str, i32, &str),
) -> Vec<Fact> {
    let content = ContentHash::of_bytes(format!("{subject} github").as_bytes());
    let mut sink = FactSink::new(subject.clone(), Source { name: "github.json".into(), content });
    let created = jiff::Timestamp::from_second(1_400_000_000 + random.below(300_000_000) as i64).ok();
    sink.push(
        GithubAccount {
            login: handle.into(),
            name: Some(full.into()),
            created_at: created,
            country: random.chance(0.5).then(|| home.1.to_owned()),
            country_claimed: None,
            public_repos: Some(random.below(60) as u64),
            followers: Some(random.below(400) as u64),
            following: Some(random.below(400) as u64),
            ..GithubAccount::default()
        },
        Place::Whole,
    );
    let minutes = if random.chance(0.15) { random.pick(HOMES).2 } else { home.2 };
    let commits = 5 + random.below(300) as u32;
    let mut names = vec![(full.to_owned(), commits)];
    if random.chance(0.3) {
        names.push((handle.to_owned(), 1 + commits / 4));
    }
    let offset = UtcOffset::from_minutes(minutes).unwrap_or(UtcOffset::UTC);
    let months: Vec<_> = (1..=12).filter_map(|month| Some((YearMonth::new(2023, month)?, offset, commits / 12 + 1))).collect();
    sink.push(
        CommitIdentity {
            login: handle.into(),
            email: address.into(),
            canonical: address.into(),
            ownership: Ownership::Own,
            own_because: "address in the application".into(),
            names,
            commits,
            offsets: vec![(offset, commits)],
            offsets_by_month: months,
            days: commits.min(80),
            repositories: 3,
            ..CommitIdentity::default()
        },
        Place::Whole,
    );
    sink.into_facts()
}

/// The same applicant under another name, nationality, language and birthplace; places, clocks and identifiers stay.
///
/// Replacement is consistent: wherever a source states the old name (application, résumé, document author, profile, bank account,
/// commits), the swapped one states the new name in the same form.
#[must_use]
pub fn swap(applicant: &Applicant, seed: u64) -> Applicant {
    let mut random = Random::new(seed);
    // A new name must not resemble, by chance, a name of somebody else in the same dossier: that would be another story.
    let mut taken: Vec<String> = applicant.facts.iter().flat_map(|fact| words_of_names(&fact.value)).collect();
    let mut renamed: Vec<(String, String)> = Vec::new();
    for fact in &applicant.facts {
        let FactValue::PersonName(name) = &fact.value else { continue };
        for token in name.full.split_whitespace() {
            if !renamed.iter().any(|(old, _)| old == token) {
                let new = unlike(&taken, &mut random);
                taken.push(new.clone());
                renamed.push((token.to_owned(), new));
            }
        }
    }
    let facts = applicant
        .facts
        .iter()
        .map(|fact| Fact { value: swap_value(fact.value.clone(), &renamed, &mut random), ..fact.clone() })
        .collect();
    Applicant { subject: applicant.subject.clone(), facts }
}

/// Words of all names that a fact states, the applicant's and others'.
fn words_of_names(value: &FactValue) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    match value {
        FactValue::PersonName(name) => words(&name.full),
        FactValue::DocumentProperty(property) => words(&property.value),
        FactValue::CommitIdentity(identity) => identity.names.iter().flat_map(|(name, _)| words(name)).collect(),
        FactValue::GithubAccount(account) => account.name.as_deref().map(words).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// A word that shares neither its first letter nor more than one pair of letters with any of the given ones.
fn unlike(taken: &[String], random: &mut Random) -> String {
    let pairs =
        |word: &str| -> Vec<[u8; 2]> { word.to_ascii_lowercase().as_bytes().windows(2).map(|pair| [pair[0], pair[1]]).collect() };
    let first = |word: &str| word.to_ascii_lowercase().bytes().next();
    let mut best = word(random);
    for _ in 0..200 {
        let candidate = word(random);
        let resembles = taken.iter().any(|other| {
            let theirs = pairs(other);
            first(other) == first(&candidate) || pairs(&candidate).iter().filter(|pair| theirs.contains(pair)).count() > 1
        });
        best = candidate;
        if !resembles {
            break;
        }
    }
    best
}

fn swap_value(value: FactValue, renamed: &[(String, String)], random: &mut Random) -> FactValue {
    let rename = |text: &str| -> String {
        text.split_inclusive(char::is_whitespace)
            .map(|piece| {
                let word = piece.trim_end();
                let new = renamed.iter().find(|(old, _)| old == word).map_or(word, |(_, new)| new.as_str());
                format!("{new}{}", &piece[word.len()..])
            })
            .collect()
    };
    match value {
        FactValue::PersonName(name) => FactValue::PersonName(PersonName {
            role: name.role,
            full: rename(&name.full),
            given: name.given.as_deref().map(rename),
            family: name.family.as_deref().map(rename),
        }),
        FactValue::Nationality(_) => Nationality { claim: Protected::seal(*random.pick(NATIONS)) }.into(),
        FactValue::Language(_) => Language { claim: Protected::seal(*random.pick(LANGUAGES)) }.into(),
        FactValue::AcceptLanguage(_) => AcceptLanguage { claim: Protected::seal("yy-YY,yy;q=0.8") }.into(),
        FactValue::DocumentProperty(property) => DocumentProperty { value: rename(&property.value), ..property }.into(),
        FactValue::ResumeText(text) => ResumeText { text: rename(&text.text), ..text }.into(),
        FactValue::BankAccount(account) => BankAccount { holder: account.holder.as_deref().map(rename), ..account }.into(),
        FactValue::GithubAccount(account) => GithubAccount { name: account.name.as_deref().map(rename), ..account }.into(),
        FactValue::SocialProfile(profile) => SocialProfile { name: profile.name.as_deref().map(rename), ..profile }.into(),
        FactValue::CommitIdentity(identity) => {
            let names = identity.names.iter().map(|(name, count)| (rename(name), *count)).collect();
            CommitIdentity { names, ..identity }.into()
        }
        other => other,
    }
}
