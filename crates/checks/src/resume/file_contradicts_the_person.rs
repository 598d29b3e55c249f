//! # What it finds
//! Signs that a résumé was another person's file: an author with an entirely different name, a creation clock that is legal in no
//! claimed place, a link whose visible address and target differ, a target that is a mailbox shown nowhere. One sign alone is weak.
//!
//! # Why it matters
//! Résumés of invented applicants are edited from one file. The editor changes what can be read and forgets what cannot.
//!
//! # Innocent explanations
//! - A friend, a career service or an agency wrote or formatted the file.
//! - A template carries its maker's name.
//! - The file was made while travelling, or by a web service on another continent.
//! - A link that still leads to one's own old mailbox after the text above it was changed.
//!
//! # What to ask next
//! - Who made this file for you, and with which program?
//!
//! # Sources
//! - Signal RES-004: Mandiant, 2024-09; own proposal.
//! - Dates with offset: ISO 32000-2, 7.9.4.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::{
        clock_claim::{self, Clock},
        git, versions,
        words::count,
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-004"),
    slug: "file-contradicts-the-person",
    stage: Stage::Resume,
    title: "File contradicts the person",
    summary: "Author, clock and left-over links of each document against the names, places and addresses that the applicant states.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Document,
    facts: &[FactKind::DocumentProperty, FactKind::Email, FactKind::Link],
    flags: Flags::NONE,
};

/// Authors that programs and machines write; they name nobody.
const NOBODY: &[&str] = &[
    "user", "admin", "administrator", "owner", "windows user", "microsoft office user", "office user", "default user", "guest", "unknown", "anonymous",
    "test", "student", "home", "pc", "laptop", "my computer", "hp", "dell", "lenovo", "asus", "acer", "python-docx", "template", "resume", "cv",
];

/// Words of firms, services and templates: an author with one of them is no person.
const NO_PERSON: &[&str] = &[
    "template", "templates", "resume", "resumes", "cv", "studio", "services", "service", "inc", "ltd", "llc", "gmbh", "company", "corporation",
    "office", "career", "careers", "university", "college", "school", "agency", "team", "group", "design", "designs", "media", "software",
    "microsoft", "google", "adobe", "canva", "apple", "library", "press", "converter", "pdf", "generator", "account", "user", "computer",
];

/// A document's clock may be two hours off a claimed place: a neighbour's server, a change of law.
const NEAR_MINUTES: i32 = 120;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let names = versions::stated_names(dossier);
    let mut documents: BTreeMap<&str, Vec<(u8, String, Evidence)>> = BTreeMap::new();
    let mut examined = 0_usize;
    for property in dossier.all::<DocumentProperty>() {
        let sign = match property.name.as_str() {
            "author" | "last_modified_by" | "xmp_dc_creator" => {
                examined += 1;
                other_author(&property, &names)
            }
            "creation_utc_offset" => {
                examined += 1;
                foreign_clock(dossier, lens, &property)
            }
            _ => None,
        };
        if let Some((points, words, evidence)) = sign {
            let signs = documents.entry(property.payload.document.as_str()).or_default();
            // Author, last editor and XMP creator are one kind of sign: whoever helped with the file may have left a name in each.
            let is_author = matches!(property.name.as_str(), "author" | "last_modified_by" | "xmp_dc_creator");
            if !(is_author && signs.iter().any(|(_, known, _)| known.starts_with(WRITTEN_BY))) {
                signs.push((points, words, evidence));
            }
        }
    }
    for email in dossier.all::<Email>().filter(|email| email.role == EmailRole::DocumentLink) {
        examined += 1;
        if let Some(sign) = hidden_mailbox(dossier, &email) {
            documents.entry(email.fact.source.name.as_str()).or_default().push(sign);
        }
    }
    if examined == 0 {
        return Err(Early::not_applicable("the documents name no author, clock or address"));
    }
    let findings = documents.into_iter().filter_map(|(document, signs)| finding(document, signs)).collect();
    Ok(Outcome::of(findings, format!("{} of documents (authors, clocks, link targets)", count(examined, "trace"))))
}

/// Two points are two kinds of contradiction in one file, or one that an honest editor hardly leaves.
fn finding(document: &str, signs: Vec<(u8, String, Evidence)>) -> Option<Finding> {
    let points: u8 = signs.iter().map(|(points, ..)| *points).sum();
    let words: Vec<&str> = signs.iter().map(|(_, words, _)| words.as_str()).collect();
    let summary = format!("{document}: {}.", words.join("; "));
    let strength = if points >= 2 { Strength::Medium } else { Strength::Weak };
    let mut evidence = signs.into_iter().map(|(_, _, evidence)| evidence);
    let first = evidence.next()?;
    Some(Finding::new(strength, summary, first).and_all(evidence))
}

fn other_author(property: &Known<'_, DocumentProperty>, names: &[Known<'_, PersonName>]) -> Option<(u8, String, Evidence)> {
    let author = property.payload.value.trim();
    let folded = author.to_lowercase();
    let person = !NOBODY.contains(&folded.as_str()) && !folded.split(|c: char| !c.is_alphanumeric()).any(|word| NO_PERSON.contains(&word));
    let known: Vec<&str> = names.iter().map(|name| name.full.as_str()).collect();
    let stated = names.first()?;
    if !person || !versions::differs_from_all(author, &known) {
        return None;
    }
    let evidence = observed(property, author).relates("is another name than", Compared::fact(stated, &stated.full));
    Some((1, format!("{WRITTEN_BY}{author}"), evidence))
}

const WRITTEN_BY: &str = "it was written by ";

fn foreign_clock(dossier: &Dossier, lens: &Lens<'_>, property: &Known<'_, DocumentProperty>) -> Option<(u8, String, Evidence)> {
    let clock: UtcOffset = property.payload.value.parse().ok()?;
    let created = dossier
        .all::<DocumentProperty>()
        .find(|other| other.document == property.document && other.name == "created")
        .and_then(|created| created.payload.value.get(..7)?.parse::<YearMonth>().ok());
    let month = created.unwrap_or_else(|| YearMonth::of_date(dossier.judged_on(lens)));
    let claims = clock_claim::claims(dossier, lens);
    let claim = claims.first()?;
    let allowed: Vec<_> = claims.iter().map(|claim| claim.allowed(month)).collect();
    if allowed.iter().any(|allowed| !matches!(allowed.of(clock), Clock::Far)) {
        return None;
    }
    let nearest = allowed.iter().flat_map(|allowed| &allowed.legal).map(|legal| git::apart(*legal, clock)).min()?;
    if nearest <= NEAR_MINUTES {
        return None;
    }
    let legal: Vec<String> = allowed[0].legal.iter().map(ToString::to_string).collect();
    let evidence = observed(property, clock.to_string()).relates("is none of", Compared::bound(claim.bound(), legal.join(", ")));
    Some((1, format!("it was made on a clock of {clock}, which {} does not have", claim.words), evidence))
}

/// A link leads to a mailbox. Where the reader sees another address, or the mailbox stands nowhere, it is a left-over.
fn hidden_mailbox(dossier: &Dossier, email: &Known<'_, Email>) -> Option<(u8, String, Evidence)> {
    let seen: Vec<_> =
        dossier.all::<Email>().filter(|other| matches!(other.role, EmailRole::Application | EmailRole::Resume)).collect();
    let shown = seen.first()?;
    // References and schools have mailboxes of their own, and so have the makers of templates.
    let of_references = dossier.all::<Reference>().any(|reference| reference.email_canonical.as_deref() == Some(email.canonical.as_str()));
    let of_nobody = email.canonical.split(|c: char| !c.is_alphanumeric()).any(|word| NO_PERSON.contains(&word));
    if seen.iter().any(|other| other.canonical == email.canonical) || of_references || of_nobody {
        return None;
    }
    // A link keeps one's own old mailbox when the text above it is changed.
    let may_be_own = seen.iter().any(|other| share_a_stem(other.local_part(), email.local_part()));
    let points = if may_be_own { 1 } else { 2 };
    let evidence = observed(email, &email.address).relates("is a link target shown nowhere, unlike", Compared::fact(shown, &shown.address));
    Some((points, format!("a link leads to the mailbox {}, which stands nowhere in the application", email.address), evidence))
}

/// Whether two local parts have a run of letters in common, or one begins with the other's.
fn share_a_stem(left: &str, right: &str) -> bool {
    let stems = |local: &str| -> Vec<String> {
        let runs = local.split(|c: char| !c.is_alphabetic());
        runs.filter(|run| run.chars().count() >= LETTERS_OF_A_STEM).map(str::to_lowercase).collect()
    };
    let (left, right) = (stems(left), stems(right));
    left.iter().any(|one| right.iter().any(|other| one.starts_with(other.as_str()) || other.starts_with(one.as_str())))
}

/// Shorter runs of letters are initials and chance.
const LETTERS_OF_A_STEM: usize = 3;
