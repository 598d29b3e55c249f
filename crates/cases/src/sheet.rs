//! `case.json`: the case in the shape that reports to agencies start from.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_model::{
    assessment::Assessment,
    fact::{Fact, FactValue, LinkKind, LinkRole, NameRole, PersonName},
    time::PartialDate,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{
    case::{Case, CaseId},
    history::{Entry, What},
};

/// The whole sheet.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet<'a> {
    schema: &'static str,
    id: CaseId,
    subject: Subject<'a>,
    narrative: String,
    indicators: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<&'a RawValue>,
}

/// What the subject states of itself, in the shape of `application.json`. Nationality and languages are left out: they stand in
/// `facts.jsonl` and have no place in a first account of a case.
#[derive(Debug, Default, Serialize)]
struct Subject<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    applied_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emails: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phones: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_timezone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employer: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    links: BTreeMap<String, Link<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wallets: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bank: Option<Bank<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<Paper<'a>>,
    #[serde(skip_serializing_if = "Client::is_empty")]
    client: Client<'a>,
}

#[derive(Debug, Serialize)]
struct Name<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'a str>,
    full: &'a str,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    former: BTreeSet<&'a str>,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Bank<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
}

/// An identity document; who issued it is sealed.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Paper<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    paper: Option<&'a str>,
    number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<PartialDate>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Link<'a> {
    One(&'a str),
    Several(BTreeSet<&'a str>),
}

#[derive(Debug, Default, Serialize)]
struct Client<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<&'a str>,
}

impl Client<'_> {
    const fn is_empty(&self) -> bool {
        self.ip.is_none() && self.user_agent.is_none() && self.timezone.is_none() && self.device_id.is_none()
    }
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(
        case: &'a Case,
        facts: &[&'a Fact],
        history: &[Entry],
        told: Option<&Assessment>,
        shown: Option<&'a RawValue>,
    ) -> Self {
        Self {
            schema: "bonafide.case/1",
            id: case.id,
            subject: subject(case, facts),
            narrative: narrative(case, history, told),
            indicators: indicators(facts),
            assessment: shown,
        }
    }
}

fn subject<'a>(case: &'a Case, facts: &[&'a Fact]) -> Subject<'a> {
    let mut subject = Subject { id: case.subject.as_str(), name: name(facts), ..Subject::default() };
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for fact in facts {
        match &fact.value {
            FactValue::AppliedAt(applied) => subject.applied_at = subject.applied_at.or(Some(applied.at)),
            FactValue::Email(email) => add(&mut subject.emails, &email.address),
            FactValue::Phone(phone) => add(&mut subject.phones, phone.e164.as_ref().unwrap_or(&phone.raw)),
            FactValue::Location(place) => {
                let (city, region, country) = (place.city.as_deref(), place.region.as_deref(), place.country.as_deref());
                subject.location.get_or_insert(Place { city, region, country });
            }
            FactValue::ClaimedTimezone(claimed) => drop(subject.claimed_timezone.get_or_insert(&claimed.zone)),
            FactValue::CurrentEmployer(employer) => drop(subject.employer.get_or_insert(&employer.name)),
            FactValue::BirthDate(birth) => subject.birth_date = subject.birth_date.or(Some(birth.date)),
            FactValue::Wallet(wallet) => add(&mut subject.wallets, &wallet.address),
            FactValue::IdentityDocument(document) => {
                let paper = Paper { paper: document.paper.as_deref(), number: &document.number, expires: document.expires };
                if !subject.documents.contains(&paper) {
                    subject.documents.push(paper);
                }
            }
            FactValue::BankAccount(bank) => {
                let (holder, country) = (bank.holder.as_deref(), bank.country.as_deref());
                subject.bank.get_or_insert(Bank { holder, country, reference: bank.reference.as_deref() });
            }
            FactValue::Link(link) => {
                let service = service_name(link.service);
                if link.service == LinkKind::Other || subject.links.contains_key(&service) {
                    others.insert(&link.url);
                } else {
                    subject.links.insert(service, Link::One(link.handle.as_ref().unwrap_or(&link.url)));
                }
            }
            FactValue::ClientIp(ip) => drop(subject.client.ip.get_or_insert(&ip.ip)),
            FactValue::UserAgent(agent) => drop(subject.client.user_agent.get_or_insert(&agent.text)),
            FactValue::ClientTimezone(zone) => drop(subject.client.timezone.get_or_insert(&zone.zone)),
            FactValue::ClientDevice(device) => {
                subject.client.device_id = subject.client.device_id.or(device.device_id.as_deref());
            }
            _ => {}
        }
    }
    if !others.is_empty() {
        subject.links.insert("other".into(), Link::Several(others));
    }
    subject
}

/// The name the subject applied under, otherwise the best other one, with the former names it states.
fn name<'a>(facts: &[&'a Fact]) -> Option<Name<'a>> {
    let names: Vec<&PersonName> = facts
        .iter()
        .filter_map(|fact| match &fact.value {
            FactValue::PersonName(name) => Some(name),
            _ => None,
        })
        .collect();
    let rank = |role: NameRole| match role {
        NameRole::Application => 0,
        NameRole::Resume => 1,
        NameRole::Profile => 2,
        NameRole::BankHolder => 3,
        NameRole::Document | NameRole::Commit => 4,
        NameRole::Former => 5,
    };
    let best = names.iter().filter(|name| name.role != NameRole::Former).min_by_key(|name| rank(name.role))?;
    let former = names.iter().filter(|name| name.role == NameRole::Former).map(|name| name.full.as_str()).collect();
    Some(Name { given: best.given.as_deref(), family: best.family.as_deref(), full: &best.full, former })
}

/// The subject's identifiers as `[type, value]`, sorted, each once. Other people's (references, senders of mail) are not among them.
fn indicators(facts: &[&Fact]) -> Vec<(String, String)> {
    let mut found: BTreeSet<(String, String)> = BTreeSet::new();
    let mut add = |kind: &str, value: &str| {
        if !value.is_empty() {
            found.insert((kind.to_owned(), value.to_owned()));
        }
    };
    for fact in facts {
        match &fact.value {
            FactValue::Email(email) => add("email", &email.canonical),
            FactValue::Phone(phone) => add("phone", phone.e164.as_deref().unwrap_or_default()),
            FactValue::ClientIp(ip) => add("ip", &ip.ip),
            FactValue::Wallet(wallet) if matches!(wallet.chain.as_str(), "eth" | "btc" | "trx" | "sol") => {
                add(&wallet.chain, &wallet.canonical);
            }
            FactValue::Link(link) => match (link.service, &link.handle) {
                (LinkKind::Github | LinkKind::Telegram | LinkKind::Linkedin | LinkKind::Npm, Some(handle)) => {
                    add(&service_name(link.service), handle);
                }
                // Links of other people's sites stand in documents too; a site is the subject's own where it says so.
                (LinkKind::Portfolio, _) if link.role != LinkRole::DocumentLink => add("url", &link.url),
                _ => {}
            },
            FactValue::GithubAccount(account) => add("github", &account.login),
            FactValue::Website(site) => add("url", &site.url),
            _ => {}
        }
    }
    found.into_iter().collect()
}

/// What happened, in sentences, for a person to complete.
fn narrative(case: &Case, history: &[Entry], assessment: Option<&Assessment>) -> String {
    let day = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).date();
    let mut text = format!("Case {} was opened on {} for the purpose: {}.", case.id, day(case.opened_at), case.purpose);
    match assessment {
        Some(told) => {
            text.push_str(&format!(
                " As of {} the recommendation is {}: {}.",
                told.as_of,
                told.band,
                told.because.trim_end_matches('.')
            ));
            let counted = told.findings.iter().filter(|finding| finding.counted.0 != 0);
            for (number, finding) in counted.enumerate() {
                text.push_str(&format!("\n{}. {} ({}): {}", number + 1, finding.title, finding.code, finding.summary));
            }
        }
        None => text.push_str(" The subject has not been assessed."),
    }
    for entry in history {
        match &entry.what {
            What::Decided(decided) => {
                text.push_str(&format!(
                    "\nOn {} {} decided '{}', because: {}",
                    day(entry.at),
                    decided.by,
                    decided.code,
                    decided.reason
                ));
            }
            What::Reopened(reopened) => {
                text.push_str(&format!("\nOn {} the case was reopened: {}.", day(entry.at), reopened.reason));
            }
            _ => {}
        }
    }
    text.push_str(
        "\nThis account was put together from the case file. It speaks of indications of misrepresentation, not of guilt; whoever \
         files a report completes and answers for it.",
    );
    text
}

fn add<'a>(list: &mut Vec<&'a str>, value: &'a str) {
    if !list.contains(&value) {
        list.push(value);
    }
}

fn service_name(service: LinkKind) -> String {
    serde_json::to_value(service).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
