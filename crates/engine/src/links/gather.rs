//! From dossiers to what the link graph is made of.

use std::sync::Arc;

use bonafide_linkage::{
    Error,
    people::{self, Gather, Row},
};
use bonafide_model::{
    ContentHash,
    dossier::Dossier,
    fact::{
        BankAccount, ClaimRole, ClientDevice, ClientIp, CommitIdentity, CurrentEmployer, DocumentProperty, Education, Email,
        GithubAccount, GithubFollowing, IdentityDocument, Link, LinkKind, Location, NameRole, Ownership, PersonName, Phone,
        Picture, PictureRole, Reference, ResumeText, Wallet, Work,
    },
    id::SubjectId,
    lens::{Identifier, IdentifierKind, Question, Reply, ToldJob},
};
use bonafide_normalise::handle::service_name;
use jiff::{civil::Date, tz::TimeZone};

use super::{LinkRoom, names, postings::Postings};
use crate::{house::Room as _, networks::NetworkRoom};

/// Identifiers of one dossier that are looked at; more are a dump of somebody's address book.
const MOST_IDENTIFIERS: usize = 2_000;

/// Jobs and schools of a career that are kept to be compared with another telling.
const MOST_TOLD: usize = 40;

/// Properties that name a document itself, not what it is like.
const IDENTITIES: [&str; 7] =
    ["trailer_id0", "xmp_original_document_id", "xmp_document_id", "rsid_root", "doc_id", "image_raw_sha256", "image_sha256"];

/// Collects dossiers, each read once and then let go.
#[derive(Default)]
pub struct Links {
    gather: Gather,
    postings: Vec<(u64, u32)>,
    about: Vec<About>,
    networks: Option<Arc<NetworkRoom>>,
}

/// What is kept of a subject beside what links it.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// When it applied.
    pub(super) applied_on: Option<Date>,
    /// Whether a person confirmed misrepresentation in its case.
    pub(super) known_bad: bool,
    /// Whether there is a résumé with text.
    pub(super) has_text: bool,
    /// Its career as one document tells it.
    pub(super) told: Told,
    /// Keys of the accounts that its account follows, ascending.
    pub(super) follows: Vec<u64>,
    dossier: ContentHash,
}

/// A career as one document tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) jobs: Vec<ToldJob>,
    pub(super) schools: Vec<String>,
}

impl Told {
    fn of(dossier: &Dossier) -> Self {
        // The form and the résumé tell the same; a profile may be anybody's.
        let role = dossier.all::<Work>().map(|work| work.role).find(|role| *role != ClaimRole::Profile);
        let jobs = dossier.all::<Work>().filter(|work| Some(work.role) == role && !work.employer.trim().is_empty());
        let schools = dossier.all::<Education>().filter(|school| school.role != ClaimRole::Profile);
        Self {
            jobs: jobs.map(|work| ToldJob { employer: work.employer.clone(), start: work.start }).take(MOST_TOLD).collect(),
            schools: schools.map(|school| school.school.clone()).filter(|name| !name.trim().is_empty()).take(MOST_TOLD).collect(),
        }
    }
}

impl Links {
    /// An empty collection. With network ranges, addresses of crowds (VPN exits, relays, hosting) link nobody.
    #[must_use]
    pub fn new(networks: Option<Arc<NetworkRoom>>) -> Self {
        Self { networks, ..Self::default() }
    }

    /// Number of subjects.
    #[must_use]
    pub fn subjects(&self) -> usize {
        self.about.len()
    }

    /// Whether a subject was added.
    #[must_use]
    pub fn knows(&self, subject: &SubjectId) -> bool {
        self.gather.knows(subject.as_str().trim())
    }

    /// Adds a subject. Its first dossier counts: a second one of the same subject is left out.
    ///
    /// `known_bad`: a person confirmed misrepresentation in its case. Nothing else makes anybody bad.
    ///
    /// # Errors
    /// Where a column holds more values than can be numbered.
    pub fn add(&mut self, dossier: &Dossier, known_bad: bool) -> Result<(), Error> {
        let row = self.about.len() as u32;
        if !self.gather.add(&self.row(dossier).as_row(dossier.subject()))? {
            return Ok(());
        }
        let mut seen = identifiers(dossier);
        seen.sort_unstable();
        seen.dedup();
        self.postings.extend(seen.iter().map(|identifier| (Postings::key(identifier), row)));
        let follows = follows(dossier);
        self.postings.extend(follows.iter().map(|&key| (key, row)));
        self.about.push(About {
            applied_on: dossier.applied_at().map(|at| at.to_zoned(TimeZone::UTC).date()),
            known_bad,
            has_text: dossier.all::<ResumeText>().any(|text| !text.text.is_empty()),
            told: Told::of(dossier),
            follows,
            dossier: dossier.hash(),
        });
        Ok(())
    }

    /// Links everybody with everybody.
    #[must_use]
    pub fn link(self) -> LinkRoom {
        let applicants = self.gather.finish();
        let rows = applicants.in_input_order();
        let mut about: Vec<Option<About>> = vec![None; rows.len()];
        for (input, known) in self.about.into_iter().enumerate() {
            about[rows[input] as usize] = Some(known);
        }
        // Invariant: every row was added together with what is known of it.
        let about: Vec<About> = about.into_iter().flatten().collect();
        let postings = Postings::new(self.postings.into_iter().map(|(key, input)| (key, rows[input as usize])).collect());
        let mut linked = people::link(&applicants);
        let joined = same_names_of_rings(&applicants, &linked);
        if !joined.is_empty() {
            linked = people::link_joined(&applicants, &joined);
        }
        let bad: Vec<u32> = (0..about.len() as u32).filter(|&row| about[row as usize].known_bad).collect();
        linked.set_known_bad(&bad);
        let version = version(&applicants, &about);
        LinkRoom::new(applicants, linked, about, postings, version)
    }

    fn row<'d>(&self, dossier: &'d Dossier) -> Parts<'d> {
        let ip = dossier.all::<ClientIp>().map(|ip| ip.payload.ip.as_str()).find(|ip| !self.is_a_crowd(ip));
        Parts { ip, ..Parts::of(dossier) }
    }

    /// Whether an address is known to be that of many: whoever comes out of it shares it with strangers.
    fn is_a_crowd(&self, ip: &str) -> bool {
        let answer = self.networks.as_ref().and_then(|room| room.answer(&Question::IpTraits(ip.to_owned())));
        matches!(answer, Some(Ok(Reply::IpTraits(traits))) if !traits.categories.is_empty())
    }
}

/// Pairs of one ring whose names are two ways of writing one name: one person who applied twice is no ring, and whoever shares
/// something with it shares it with one.
fn same_names_of_rings(applicants: &people::Applicants, linked: &people::Linked) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for row in (0..applicants.rows() as u32).filter(|&row| linked.ring(row).is_some()) {
        for mate in linked.ring_mates(applicants, row) {
            let of_mate = linked.rows_of_person(mate).iter().copied().filter(|&other| other > row);
            pairs.extend(of_mate.filter(|&other| names::are_alike(applicants, row, other)).map(|other| (row, other)));
        }
    }
    pairs
}

/// A hash over all subjects, their facts and who is known to be bad, whatever the order in which they came.
fn version(applicants: &people::Applicants, about: &[About]) -> String {
    let mut hasher = blake3::Hasher::new();
    // Rows stand in an order of their own, which depends on ids alone.
    for (row, known) in about.iter().enumerate() {
        let id = applicants.id(row as u32).as_bytes();
        hasher.update(&(id.len() as u64).to_le_bytes());
        hasher.update(id);
        hasher.update(known.dossier.as_bytes());
        hasher.update(&[u8::from(known.known_bad)]);
    }
    ContentHash::from_bytes(*hasher.finalize().as_bytes()).to_string()
}

/// What of a dossier goes into the columns of the linker.
#[derive(Default)]
struct Parts<'d> {
    names: Option<(String, String)>,
    email: Option<&'d str>,
    mailboxes: Vec<&'d str>,
    phone: Option<&'d str>,
    country: Option<&'d str>,
    city: Option<&'d str>,
    employer: Option<&'d str>,
    account: Option<String>,
    ip: Option<&'d str>,
    device: Option<&'d str>,
    wallet: Option<&'d str>,
    avatar: Option<&'d str>,
    document_root: Option<&'d str>,
    work: Vec<(&'d str, String)>,
    texts: Vec<&'d str>,
}

impl<'d> Parts<'d> {
    fn of(dossier: &'d Dossier) -> Self {
        let place = dossier.first::<Location>().map(|place| place.payload);
        let jobs: Vec<&Work> = dossier.all::<Work>().map(|work| work.payload).collect();
        let told_by = jobs.first().map(|work| work.role);
        let own = dossier.all::<CommitIdentity>().filter(|identity| is_own(identity.payload));
        Self {
            names: named(dossier).map(parts_of_name),
            email: dossier.first::<Email>().map(|email| email.payload.canonical.as_str()),
            mailboxes: dossier
                .all::<Email>()
                .map(|email| email.payload.canonical.as_str())
                .chain(own.map(|identity| identity.payload.canonical.as_str()))
                .collect(),
            phone: dossier.all::<Phone>().find_map(|phone| phone.payload.e164.as_deref()),
            country: place.and_then(|place| place.country.as_deref()),
            city: place.and_then(|place| place.city.as_deref()),
            employer: dossier.first::<CurrentEmployer>().map(|employer| employer.payload.name.as_str()),
            account: accounts(dossier).into_iter().next(),
            ip: None,
            device: dossier.all::<ClientDevice>().find_map(|device| device.payload.device_id.as_deref()),
            wallet: dossier.first::<Wallet>().map(|wallet| wallet.payload.canonical.as_str()),
            avatar: avatars(dossier).next(),
            document_root: dossier
                .all::<DocumentProperty>()
                .find(|property| property.name == "rsid_root" && !is_blank(&property.value))
                .map(|property| property.payload.value.as_str()),
            // A career that is told twice counts once.
            work: jobs
                .iter()
                .filter(|work| Some(work.role) == told_by)
                .map(|work| (work.employer.as_str(), work.start.map(|start| start.to_string()).unwrap_or_default()))
                .collect(),
            texts: dossier.all::<ResumeText>().map(|text| text.payload.text.as_str()).collect(),
        }
    }

    fn as_row<'r>(&'r self, subject: &'r SubjectId) -> Row<'r> {
        Row {
            id: subject.as_str(),
            given: self.names.as_ref().map(|(given, _)| given.as_str()),
            family: self.names.as_ref().map(|(_, family)| family.as_str()),
            email: self.email,
            mailboxes: self.mailboxes.clone(),
            phone: self.phone,
            country: self.country,
            city: self.city,
            employer: self.employer,
            account: self.account.as_deref(),
            ip: self.ip,
            device: self.device,
            wallet: self.wallet,
            avatar: self.avatar,
            document_root: self.document_root,
            work: self.work.clone(),
            texts: self.texts.clone(),
            ..Row::default()
        }
    }
}

/// The name that counts: as the application states it, else the résumé, else a profile.
fn named(dossier: &Dossier) -> Option<&PersonName> {
    [NameRole::Application, NameRole::Resume, NameRole::Profile]
        .into_iter()
        .find_map(|role| dossier.all::<PersonName>().find(|name| name.role == role).map(|name| name.payload))
}

fn parts_of_name(name: &PersonName) -> (String, String) {
    if let (Some(given), Some(family)) = (&name.given, &name.family) {
        return (given.clone(), family.clone());
    }
    let full = name.full.trim();
    let (given, family) = full.rsplit_once(char::is_whitespace).unwrap_or(("", full));
    (given.to_owned(), family.to_owned())
}

/// Addresses of bots and of other people never link.
fn is_own(identity: &CommitIdentity) -> bool {
    identity.ownership == Ownership::Own && identity.noreply_login.is_none() && !identity.canonical.is_empty()
}

fn accounts(dossier: &Dossier) -> Vec<String> {
    let own = dossier.all::<GithubAccount>().map(|account| account.payload.login.to_lowercase());
    let links = dossier.all::<Link>().filter(|link| link.service == LinkKind::Github);
    let mut logins: Vec<String> =
        own.chain(links.filter_map(|link| link.payload.handle.clone())).filter(|l| !l.is_empty()).collect();
    logins.dedup();
    logins
}

/// Accounts that the subject's accounts follow: edges that the subject made itself.
fn follows(dossier: &Dossier) -> Vec<u64> {
    let logins = dossier.all::<GithubFollowing>().flat_map(|following| &following.payload.follows);
    let mut keys: Vec<u64> = logins.take(MOST_IDENTIFIERS).map(|login| Postings::followed(login)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn avatars(dossier: &Dossier) -> impl Iterator<Item = &str> {
    dossier
        .all::<Picture>()
        .filter(|picture| matches!(picture.role, PictureRole::Avatar | PictureRole::Profile))
        .filter_map(|picture| picture.payload.phash.as_deref())
}

fn is_blank(value: &str) -> bool {
    value.is_empty() || value.bytes().all(|byte| matches!(byte, b'0' | b'-'))
}

/// All identifiers of a dossier that somebody may ask after, in the forms in which checks ask.
fn identifiers(dossier: &Dossier) -> Vec<Identifier> {
    let mut all: Vec<Identifier> = Vec::new();
    let mut add = |kind: IdentifierKind, value: &str| {
        if !value.is_empty() && all.len() < MOST_IDENTIFIERS {
            all.push(Identifier::new(kind, value));
        }
    };
    dossier.all::<Email>().for_each(|email| add(IdentifierKind::Email, &email.canonical));
    dossier
        .all::<CommitIdentity>()
        .filter(|identity| is_own(identity.payload))
        .for_each(|identity| add(IdentifierKind::Email, &identity.canonical));
    dossier
        .all::<Phone>()
        .filter_map(|phone| phone.payload.e164.as_deref())
        .for_each(|number| add(IdentifierKind::Phone, number));
    dossier.all::<Wallet>().for_each(|wallet| add(IdentifierKind::Wallet, &wallet.canonical));
    accounts(dossier).iter().for_each(|login| add(IdentifierKind::Github, login));
    for link in
        dossier.all::<Link>().filter(|link| !matches!(link.service, LinkKind::Github | LinkKind::Other | LinkKind::Portfolio))
    {
        if let Some(handle) = &link.handle {
            add(IdentifierKind::Handle, &format!("{}:{handle}", service_name(link.service)));
        }
    }
    dossier.all::<ClientIp>().for_each(|ip| add(IdentifierKind::Ip, &ip.ip));
    dossier
        .all::<ClientDevice>()
        .filter_map(|device| device.payload.device_id.as_deref())
        .for_each(|device| add(IdentifierKind::Device, device));
    avatars(dossier).for_each(|hash| add(IdentifierKind::Avatar, &hash.to_lowercase()));
    for property in dossier.all::<DocumentProperty>() {
        if IDENTITIES.contains(&property.name.as_str()) && !is_blank(&property.value) {
            add(IdentifierKind::Document, &format!("{}:{}", property.name, property.value));
        }
    }
    for picture in dossier.all::<Picture>().filter(|picture| picture.role == PictureRole::Document) {
        add(IdentifierKind::Document, &picture.sha256.as_ref().map(|hash| format!("picture:{hash}")).unwrap_or_default());
    }
    for reference in dossier.all::<Reference>() {
        add(IdentifierKind::ReferenceName, &reference.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
    }
    for account in dossier.all::<BankAccount>() {
        add(IdentifierKind::BankAccount, &letters_and_digits(account.reference.as_deref().unwrap_or_default()));
    }
    for document in dossier.all::<IdentityDocument>() {
        add(IdentifierKind::IdentityDocument, &letters_and_digits(&document.number));
    }
    all
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
