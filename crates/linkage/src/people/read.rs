//! Applications into columns, one pass.

use std::{
    borrow::Cow,
    io::{BufRead as _, BufReader, Read},
};

use bonafide_formats::{limits::Limits, packed, packed::Unpacked, table};
use bonafide_normalise::{email, login::Owner};
use serde::Deserialize;

use super::{
    canonical::{account, address, fold_name, lower, mailbox, purse, telephone},
    columns::{Applicants, Column, Many},
    popular,
    text::{Section, skeletons},
};
use crate::error::Error;

/// Bad rows that are kept with their reasons; more are only counted.
const NAMED_PROBLEMS: usize = 100;
/// Bytes of a value that take part in a comparison.
const MOST_VALUE: usize = 256;
/// Values of a list that are read.
const MOST_ITEMS: usize = 100;
/// Addresses of programs that commit for everybody.
const BOTS: [&str; 5] = ["[bot]", "noreply", "no-reply", "actions@github", "dependabot"];

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the unpacked file from 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

/// Rows that could not be read.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The first of them.
    pub named: Vec<Problem>,
    /// How many there are.
    pub count: u64,
}

impl Problems {
    pub(super) fn add(&mut self, line: u64, why: &dyn ToString) {
        self.count += 1;
        if self.named.len() < NAMED_PROBLEMS {
            self.named.push(Problem { line, why: why.to_string() });
        }
    }
}

/// One application as it was written. Unknown fields are other rooms' business.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Application<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) first_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) last_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) email: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) phone: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) country: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) city: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) employer: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) github: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) ip: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) device: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) wallet: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) avatar_phash: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) commit_emails: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow)]
    pub(super) doc: Option<Doc<'a>>,
    #[serde(borrow)]
    pub(super) work: Option<Vec<Work<'a>>>,
    /// Accounts besides, as service and login; nothing where the service is the one of `github`.
    #[serde(skip)]
    pub(super) accounts: Vec<(&'a str, &'a str)>,
    /// Wallet addresses besides.
    #[serde(skip)]
    pub(super) wallets: Vec<&'a str>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Doc<'a> {
    #[serde(borrow)]
    pub(super) rsid_root: Option<Cow<'a, str>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Work<'a> {
    #[serde(borrow)]
    pub(super) employer: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) start: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Resume<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// Reads applications: JSON lines or a table with headings, recognised by content, also packed.
///
/// # Errors
/// [`Error::Read`] where the source fails or is no table; rows that cannot be read are in the problems.
pub fn read(name: &str, source: impl Read + Send, limits: &Limits) -> Result<(Applicants, Problems), Error> {
    let failed = |source| Error::Read { name: name.to_owned(), source };
    let mut source = BufReader::with_capacity(1 << 16, Unpacked::new(source, limits).map_err(failed)?);
    let start = source.fill_buf().unwrap_or_default();
    let first = start.iter().copied().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF));
    let mut intake = Intake::default();
    if first == Some(b'{') {
        let mut lines = packed::lines(source, limits).map_err(failed)?;
        while let Some(line) = lines.next_line() {
            let line = match line {
                Ok(line) => line,
                Err(error) if lines_go_on(&error) => {
                    intake.problems.add(0, &error);
                    continue;
                }
                Err(error) => return Err(failed(error)),
            };
            if line.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match serde_json::from_slice::<Application<'_>>(line.bytes) {
                Ok(application) => intake.add(line.number, &application)?,
                Err(error) => intake.problems.add(line.number, &format!("no application: {error}")),
            }
        }
    } else if first.is_some() {
        read_table(source, limits, &mut intake).map_err(|error| match error {
            Failed::Table(source) => failed(source),
            Failed::Columns(error) => error,
        })?;
    }
    intake.applicants.number()?;
    Ok((intake.applicants.finish(), intake.problems))
}

enum Failed {
    Table(bonafide_formats::error::Error),
    Columns(Error),
}

fn read_table(source: impl Read + Send, limits: &Limits, intake: &mut Intake) -> Result<(), Failed> {
    let mut table = table::Table::new(source, limits).map_err(Failed::Table)?;
    let at = |heading: &str| table.column(heading);
    let headings =
        ["id", "first_name", "last_name", "email", "phone", "country", "city", "employer", "github", "ip", "device", "wallet"]
            .map(at);
    let avatar = at("avatar_phash");
    while let Some(row) = table.next_row() {
        let row = row.map_err(Failed::Table)?;
        if row.is_empty() {
            continue;
        }
        let cell = |at: Option<usize>| at.and_then(|at| row.at(at));
        let [id, first_name, last_name, email, phone, country, city, employer, github, ip, device, wallet] = headings.map(cell);
        let application = Application {
            id,
            first_name,
            last_name,
            email,
            phone,
            country,
            city,
            employer,
            github,
            ip,
            device,
            wallet,
            avatar_phash: cell(avatar),
            ..Application::default()
        };
        intake.add(row.line, &application).map_err(Failed::Columns)?;
    }
    Ok(())
}

/// Adds the texts of résumés to applications that are there. Returns the texts whose application is not.
///
/// # Errors
/// [`Error::Read`] where the source fails.
pub fn read_resumes(
    name: &str,
    source: impl Read + Send,
    limits: &Limits,
    applicants: &mut Applicants,
) -> Result<(u64, Problems), Error> {
    let failed = |source| Error::Read { name: name.to_owned(), source };
    let mut lines = packed::lines(source, limits).map_err(failed)?;
    let (mut problems, mut orphans) = (Problems::default(), 0);
    let rows = applicants.rows_by_id();
    while let Some(line) = lines.next_line() {
        let line = match line {
            Ok(line) => line,
            Err(error) if lines_go_on(&error) => {
                problems.add(0, &error);
                continue;
            }
            Err(error) => return Err(failed(error)),
        };
        if line.bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Resume<'_>>(line.bytes) {
            Ok(resume) => match rows.get(&resume.id, applicants) {
                Some(row) => add_text(applicants, row, &resume.text)?,
                None => orphans += 1,
            },
            Err(error) => problems.add(line.number, &format!("no résumé text: {error}")),
        }
    }
    applicants.finish_texts();
    Ok((orphans, problems))
}

pub(super) fn add_text(applicants: &mut Applicants, row: u32, text: &str) -> Result<(), Error> {
    let mut outcome = Ok(());
    skeletons(text, |section, skeleton| {
        let many = match section {
            Section::Work => Many::Phrases,
            Section::Projects => Many::ProjectPhrases,
            Section::Other => return,
        };
        if outcome.is_ok() && !popular::is_popular(skeleton) {
            outcome = applicants.hold(many, row, skeleton);
        }
    });
    outcome
}

/// A line over the limit is skipped; after any other error nothing follows.
pub(super) fn lines_go_on(error: &bonafide_formats::error::Error) -> bool {
    matches!(error, bonafide_formats::error::Error::OverLimit { what, .. } if what.starts_with("line "))
}

#[derive(Default)]
pub(super) struct Intake {
    pub(super) applicants: Applicants,
    pub(super) problems: Problems,
    buffer: String,
}

impl Intake {
    pub(super) fn add(&mut self, line: u64, application: &Application<'_>) -> Result<(), Error> {
        let Some(id) = application.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) else {
            self.problems.add(line, &"the application has no id; give each an `id` of its own");
            return Ok(());
        };
        let Some(row) = self.applicants.add_row(id)? else {
            self.problems.add(line, &format!("the id {id:?} stands on an earlier line; give each application an id of its own"));
            return Ok(());
        };
        let country = present(&application.country).filter(|country| country.len() == 2);
        self.set(Column::Given, present(&application.first_name).map(fold_name));
        self.set(Column::Family, present(&application.last_name).map(fold_name));
        if let Some(city) = present(&application.city) {
            self.buffer.clear();
            self.buffer.push_str(country.unwrap_or_default());
            self.buffer.make_ascii_lowercase();
            self.buffer.push('|');
            self.buffer.push_str(&lower(city));
            self.applicants.set(Column::Place, &self.buffer);
        }
        if let Some(address) = present(&application.email) {
            let canonical = mailbox(address);
            // Who has a mailbox at a provider shares no house with others there, however few they are.
            let domain = canonical.rsplit_once('@').map_or("", |(_, domain)| domain);
            let house = if email::is_of_a_provider(domain) { "" } else { domain };
            self.set(Column::Domain, Cow::Borrowed(house));
            self.set(Column::Email, canonical);
        }
        self.set(Column::Phone, present(&application.phone).map(|number| telephone(number, country)));
        self.set(Column::Account, present(&application.github).map(account));
        self.accounts(row, application)?;
        self.set(Column::Ip, present(&application.ip).map(address));
        self.set(Column::Device, present(&application.device).map(Cow::Borrowed));
        self.set(Column::Wallet, present(&application.wallet).map(purse));
        let avatar =
            present(&application.avatar_phash).and_then(|hash| u64::from_str_radix(hash.trim_start_matches("0x"), 16).ok());
        self.applicants.set_avatar(avatar);
        let root = application.doc.as_ref().and_then(|doc| present(&doc.rsid_root));
        self.set(Column::DocumentRoot, root.map(lower));
        self.history(row, application)?;
        for wallet in application.wallets.iter().take(MOST_ITEMS) {
            self.applicants.hold(Many::Wallets, row, &purse(truncated(wallet.trim())))?;
        }
        self.applicants.end_row()
    }

    /// Accounts and mailboxes besides the first ones, and the words of all their logins.
    fn accounts(&mut self, row: u32, application: &Application<'_>) -> Result<(), Error> {
        let names = [present(&application.first_name), present(&application.last_name)].map(Option::unwrap_or_default);
        let folded = names.map(|name| if name.is_ascii() { Cow::Borrowed("") } else { fold_name(name) });
        let owner = Owner::of(names.into_iter().chain(folded.iter().map(Cow::as_ref)));
        let applicants = &mut self.applicants;
        let hold_word = |applicants: &mut Applicants, login: &str| match owner.word(login) {
            Some(word) => applicants.hold(Many::Aliases, row, &word),
            None => Ok(()),
        };
        if let Some((login, _)) = present(&application.email).and_then(|address| address.rsplit_once('@')) {
            hold_word(applicants, login)?;
        }
        if let Some(github) = present(&application.github) {
            hold_word(applicants, &account(github))?;
        }
        for address in application.commit_emails.iter().flatten().take(MOST_ITEMS) {
            let canonical = mailbox(address.trim());
            if !canonical.is_empty() && !BOTS.iter().any(|bot| canonical.contains(bot)) {
                applicants.hold(Many::Mailboxes, row, &canonical)?;
                hold_word(applicants, canonical.rsplit_once('@').map_or("", |(login, _)| login))?;
            }
        }
        for &(service, login) in application.accounts.iter().take(MOST_ITEMS) {
            let login = truncated(login.trim());
            if service.is_empty() {
                let login = account(login);
                applicants.hold(Many::Accounts, row, &login)?;
                hold_word(applicants, &login)?;
            } else if !login.is_empty() {
                applicants.hold(Many::Accounts, row, &format!("{service}:{}", lower(login)))?;
                hold_word(applicants, login)?;
            }
        }
        Ok(())
    }

    fn history(&mut self, row: u32, application: &Application<'_>) -> Result<(), Error> {
        let current = present(&application.employer);
        let work = application.work.as_deref().unwrap_or_default();
        self.buffer.clear();
        for entry in work.iter().take(MOST_ITEMS) {
            let Some(employer) = present(&entry.employer) else { continue };
            let employer = lower(employer);
            self.applicants.hold(Many::Employers, row, &employer)?;
            self.buffer.push_str(&employer);
            self.buffer.push_str(present(&entry.start).unwrap_or_default());
            self.buffer.push('\n');
        }
        if let Some(current) = current {
            self.applicants.hold(Many::Employers, row, &lower(current))?;
        }
        if work.len() > 1 {
            let buffer = std::mem::take(&mut self.buffer);
            self.set(Column::History, Cow::Borrowed(truncated(&buffer)));
            self.buffer = buffer;
        } else if work.is_empty()
            && let Some(current) = current
        {
            // All that is known of the career.
            self.set(Column::History, lower(current));
        }
        Ok(())
    }

    fn set<'v>(&mut self, column: Column, value: impl Into<Option<Cow<'v, str>>>) {
        self.applicants.set(column, value.into().as_deref().unwrap_or_default());
    }
}

/// A value without what stands for nothing.
fn present<'a>(value: &'a Option<Cow<'_, str>>) -> Option<&'a str> {
    let value = truncated(value.as_deref()?.trim());
    let nothing = ["null", "none", "nan", "n/a", "na", "-"].iter().any(|word| value.eq_ignore_ascii_case(word));
    (!value.is_empty() && !nothing).then_some(value)
}

pub(super) fn truncated(value: &str) -> &str {
    if value.len() <= MOST_VALUE {
        return value;
    }
    let end = (0..=MOST_VALUE).rev().find(|&at| value.is_char_boundary(at)).unwrap_or(0);
    &value[..end]
}
