//! What of a dossier links its subject with others, and what is told of it beside.

use bonafide_linkage::{
    Error,
    columns::MISSING,
    people::{Applicants, Column, Gather, Row, RowsById},
};
use bonafide_model::{
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

use super::token::Token;
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
pub(super) struct Gatherer {
    gather: Gather,
    about: Vec<About>,
}

impl Gatherer {
    /// Adds a dossier. Whether it was added: a second one of the same subject is not.
    pub(super) fn add(&mut self, dossier: &Dossier, networks: Option<&NetworkRoom>) -> Result<bool, Error> {
        let about = About::of(dossier);
        let parts = Parts { ip: address(dossier, networks), ..Parts::of(dossier) };
        let row = parts.as_row(dossier.subject(), about.tokens(dossier), stamp(dossier, parts.ip));
        if !self.gather.add(&row)? {
            return Ok(false);
        }
        self.about.push(about);
        Ok(true)
    }

    /// Whether a subject was added.
    pub(super) fn knows(&self, subject: &SubjectId) -> bool {
        self.gather.knows(subject.as_str().trim())
    }

    /// Number of subjects.
    pub(super) fn count(&self) -> usize {
        self.about.len()
    }

    /// Ends the collection.
    pub(super) fn finish(self) -> Gathered {
        let applicants = self.gather.finish();
        let rows = applicants.in_input_order();
        let mut about: Vec<Option<About>> = vec![None; rows.len()];
        for (input, known) in self.about.into_iter().enumerate() {
            about[rows[input] as usize] = Some(known);
        }
        // Invariant: every row was added together with what is known of it.
        let about: Vec<About> = about.into_iter().flatten().collect();
        Gathered { by_id: applicants.rows_by_id(), applicants, about }
    }
}

/// Dossiers that were collected.
pub(super) struct Gathered {
    pub(super) applicants: Applicants,
    by_id: RowsById,
    about: Vec<About>,
}

impl Gathered {
    /// One dossier alone.
    pub(super) fn one(dossier: &Dossier, networks: Option<&NetworkRoom>) -> Result<Self, Error> {
        let mut gatherer = Gatherer::default();
        gatherer.add(dossier, networks)?;
        Ok(gatherer.finish())
    }

    /// The row of a subject.
    pub(super) fn row(&self, subject: &str) -> Option<u32> {
        self.by_id.get(subject, &self.applicants)
    }

    /// What is told of a row.
    pub(super) fn about(&self, row: u32) -> Option<&About> {
        self.about.get(row as usize)
    }

    /// Given and family name of a row, empty where there is none.
    pub(super) fn names(&self, row: u32) -> (String, String) {
        let text = |column: Column| match self.applicants.column(column)[row as usize] {
            MISSING => String::new(),
            value => self.applicants.text(column, value),
        };
        (text(Column::Given), text(Column::Family))
    }
}

/// The address an application came from, unless it is known to be that of many: whoever comes out of it shares it with strangers.
fn address<'d>(dossier: &'d Dossier, networks: Option<&NetworkRoom>) -> Option<&'d str> {
    let is_a_crowd = |ip: &str| {
        let answer = networks.and_then(|room| room.answer(&Question::IpTraits(ip.to_owned())));
        matches!(answer, Some(Ok(Reply::IpTraits(traits))) if !traits.categories.is_empty())
    };
    dossier.all::<ClientIp>().map(|ip| ip.payload.ip.as_str()).find(|ip| !is_a_crowd(ip))
}

/// A number that changes when anything changes that links a subject; never 0.
fn stamp(dossier: &Dossier, address: Option<&str>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(dossier.hash().as_bytes());
    hasher.update(address.unwrap_or_default().as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first).max(1)
}

/// What is kept of a subject beside what links it.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// When it applied.
    pub(super) applied_on: Option<Date>,
    /// Whether there is a résumé with text.
    pub(super) has_text: bool,
    /// Its career as one document tells it.
    pub(super) told: Told,
    /// The accounts that its account follows, ascending.
    pub(super) follows: Vec<Token>,
}

impl About {
    fn of(dossier: &Dossier) -> Self {
        Self {
            applied_on: dossier.applied_at().map(|at| at.to_zoned(TimeZone::UTC).date()),
            has_text: dossier.all::<ResumeText>().any(|text| !text.text.is_empty()),
            told: Told::of(dossier),
            follows: follows(dossier),
        }
    }

    /// What the index lists the subject under.
    fn tokens(&self, dossier: &Dossier) -> Vec<u64> {
        let mut tokens: Vec<u64> = identifiers(dossier).iter().map(|identifier| Token::of(identifier).0).collect();
        tokens.extend(self.follows.iter().map(|token| token.0));
        tokens.extend((!self.follows.is_empty()).then(|| Token::follows().0));
        tokens.extend(self.has_text.then(|| Token::has_text().0));
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }
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
    /// Logins at the code host.
    accounts: Vec<String>,
    /// Other accounts, as service and handle.
    handles: Vec<(&'static str, &'d str)>,
    ip: Option<&'d str>,
    device: Option<&'d str>,
    wallets: Vec<&'d str>,
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
            accounts: accounts(dossier),
            handles: handles(dossier).collect(),
            ip: None,
            device: dossier.all::<ClientDevice>().find_map(|device| device.payload.device_id.as_deref()),
            wallets: dossier.all::<Wallet>().map(|wallet| wallet.payload.canonical.as_str()).collect(),
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

    fn as_row<'r>(&'r self, subject: &'r SubjectId, tokens: Vec<u64>, stamp: u64) -> Row<'r> {
        Row {
            id: subject.as_str(),
            tokens,
            stamp,
            given: self.names.as_ref().map(|(given, _)| given.as_str()),
            family: self.names.as_ref().map(|(_, family)| family.as_str()),
            email: self.email,
            mailboxes: self.mailboxes.clone(),
            phone: self.phone,
            country: self.country,
            city: self.city,
            employer: self.employer,
            account: self.accounts.first().map(String::as_str),
            accounts: self.accounts().collect(),
            ip: self.ip,
            device: self.device,
            wallet: self.wallets.first().copied(),
            wallets: self.wallets.iter().skip(1).copied().collect(),
            avatar: self.avatar,
            document_root: self.document_root,
            work: self.work.clone(),
            texts: self.texts.clone(),
        }
    }
}

impl Parts<'_> {
    /// All accounts but the first at the code host.
    fn accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.accounts.iter().skip(1).map(|login| ("", login.as_str())).chain(self.handles.iter().copied())
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

/// Accounts on other services than the code host, as service and handle.
fn handles(dossier: &Dossier) -> impl Iterator<Item = (&'static str, &str)> {
    let links = dossier.all::<Link>().map(|link| link.payload);
    let others = links.filter(|link| !matches!(link.service, LinkKind::Github | LinkKind::Other | LinkKind::Portfolio));
    others.filter_map(|link| Some((service_name(link.service), link.handle.as_deref()?)))
}

/// Accounts that the subject's accounts follow: edges that the subject made itself.
fn follows(dossier: &Dossier) -> Vec<Token> {
    let logins = dossier.all::<GithubFollowing>().flat_map(|following| &following.payload.follows);
    let mut tokens: Vec<Token> = logins.take(MOST_IDENTIFIERS).map(|login| Token::followed(login)).collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
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
    handles(dossier).for_each(|(service, handle)| add(IdentifierKind::Handle, &format!("{service}:{handle}")));
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
