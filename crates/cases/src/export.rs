//! The evidence package: a ZIP with facts, assessment, history and original files, their hashes, and a manifest.
//!
//! The same state of a case gives the same bytes: entries are sorted, times are those of events, and what only says that somebody
//! looked or exported is left out.

use std::io::{self, Seek, Write};

use bonafide_model::{
    assessment::Assessment,
    fact::{Fact, FactKind, Provenance},
};
use bonafide_store::{Assessed, Others, Store};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    case::{Case, CaseId},
    error::{CaseError, Result},
    events::{ExportFor, NoteKind},
    history::{self, What},
    names::{SafeNames, safe_part},
    sheet::Sheet,
};

/// Who wants a package, and for whom.
#[derive(Clone, Debug)]
pub struct ExportOrder {
    /// The person who asks for it.
    pub by: String,
    /// For whom it is made.
    pub purpose: ExportFor,
}

/// What a package holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// `bonafide.export/1`.
    pub schema: &'static str,
    /// The case.
    pub case: CaseId,
    /// The subject's id.
    pub subject: String,
    /// For whom it was made.
    pub purpose: ExportFor,
    /// When something last happened to the case.
    pub as_of: Timestamp,
    /// Position of that in the log.
    pub position: u64,
    /// What was left out, and why.
    pub withheld: Vec<String>,
    /// All other files but the list of hashes, sorted by path.
    pub files: Vec<FileEntry>,
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Its path inside the package.
    pub path: String,
    /// What it is.
    pub what: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Shows an assessment in the form that leaves the house: `serde_json::value::to_raw_value` of that form.
pub type Render<'a> = &'a dyn Fn(&Assessment) -> serde_json::Result<Box<RawValue>>;

/// Facts whose values are another person's.
const OF_OTHERS: &[FactKind] = &[FactKind::Reference, FactKind::Referral];

/// Writes a package; answers its manifest and the manifest's own SHA-256.
pub(crate) fn write<W: Write + Seek>(
    store: &dyn Store,
    case: &Case,
    order: &ExportOrder,
    render: Option<Render<'_>>,
    out: W,
) -> Result<(Manifest, String)> {
    let facts = store.facts(&case.subject, Others::Withheld)?.unwrap_or_default();
    let assessed = store.assessment(&case.subject, Others::Withheld)?.map(|stored| stored.assessed);
    let mut history = history::entries(store.history(&case.subject, Others::Withheld)?)?;
    let own = |fact: &Fact| !OF_OTHERS.contains(&fact.value.kind());
    let hidden = facts.facts.iter().filter(|(_, known)| !own(&known.fact)).count();
    let mut withheld = vec!["ids and values of other subjects in findings and answers".to_owned()];
    if hidden > 0 {
        withheld.push(format!("{hidden} fact(s) that state another person's name or contact data (references, referrals)"));
    }
    history.retain(|entry| !entry.what.is_audit());
    if order.purpose == ExportFor::SubjectAccess {
        let before = history.len();
        history.retain(|entry| match &entry.what {
            What::Noted(note) => note.kind != NoteKind::Confidential,
            // That a record is frozen may tell the subject of a report about it (31 U.S.C. 5318(g)(2): no tipping off).
            What::Held(_) | What::Released(_) => false,
            _ => true,
        });
        if history.len() < before {
            withheld.push("entries that are confidential by law".into());
        }
    }

    let kept: Vec<_> = facts.facts.iter().filter(|(_, known)| own(&known.fact)).collect();
    let own_facts: Vec<&Fact> = kept.iter().map(|(_, known)| &known.fact).collect();
    let shown = assessed.as_ref().map(|assessed| shown(&assessed.assessment, render)).transpose()?;
    let told = assessed.as_ref().map(|assessed| &assessed.assessment);
    let sheet = Sheet::new(case, &own_facts, &history, told, shown.as_deref());
    let mut parts = vec![
        Part::json("case.json", "the case, as reports to agencies start from it", &sheet)?,
        Part::lines(
            "facts.jsonl",
            "what was observed, with place and provenance, one fact a line",
            kept.iter().map(|(scope, known)| FactLine { scope, fact: &known.fact, provenance: &known.provenance }),
        )?,
        Part::lines("history.jsonl", "what happened to the case, in order", history.iter())?,
        Part::text("README.txt", "how to read and verify this package", readme(case, order)),
    ];
    if let (Some(Assessed { asked, .. }), Some(shown)) = (&assessed, &shown) {
        parts.push(Part::lines("assessment.json", "the latest assessment", std::iter::once(shown))?);
        let what = "every question the assessment asked of lists, intel and links, with its answer";
        parts.push(Part::lines("answers.jsonl", what, asked.iter())?);
    }
    let mut names = SafeNames::default();
    for (scope, blob) in facts.originals {
        let folder = if scope == "application" { "originals".into() } else { format!("originals/{}", safe_part(&scope)) };
        let what = format!("original file of the {scope}, as received");
        parts.push(Part { path: names.path(&folder, &blob.name), what, content: Content::Original(blob) });
    }
    parts.sort_by(|left, right| left.path.cmp(&right.path));

    let mut package = Package { zip: ZipWriter::new(out), files: Vec::new() };
    for part in parts {
        let bytes = match part.content {
            Content::Bytes(bytes) => bytes,
            Content::Original(blob) => store.original(&case.subject, &blob)?,
        };
        package.add(part.path, part.what, &bytes)?;
    }
    let manifest = Manifest {
        schema: "bonafide.export/1",
        case: case.id,
        subject: case.subject.to_string(),
        purpose: order.purpose,
        as_of: case.last_at,
        position: case.last.0,
        withheld,
        files: package.files.clone(),
    };
    let text = pretty("manifest.json", &manifest)?;
    let hash = package.add("manifest.json".into(), "this list".into(), &text)?;
    let sums: String = package.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect();
    package.add("SHA256SUMS".into(), "hashes of all other files".into(), sums.as_bytes())?;
    package.finish()?;
    Ok((manifest, hash))
}

fn shown(assessment: &Assessment, render: Option<Render<'_>>) -> Result<Box<RawValue>> {
    let shown = match render {
        Some(render) => render(assessment),
        None => to_raw_value(assessment),
    };
    shown.map_err(|error| package("assessment.json", error.into()))
}

/// A line of `facts.jsonl`.
#[derive(Serialize)]
struct FactLine<'a> {
    scope: &'a str,
    fact: &'a Fact,
    provenance: &'a Provenance,
}

struct Part {
    path: String,
    what: String,
    content: Content,
}

enum Content {
    Bytes(Vec<u8>),
    Original(bonafide_store::BlobRef),
}

impl Part {
    fn text(path: &str, what: &str, text: String) -> Self {
        Self { path: path.into(), what: what.into(), content: Content::Bytes(text.into_bytes()) }
    }

    fn json<T: Serialize>(path: &'static str, what: &str, value: &T) -> Result<Self> {
        Ok(Self { path: path.into(), what: what.into(), content: Content::Bytes(pretty(path, value)?) })
    }

    fn lines(path: &'static str, what: &str, lines: impl Iterator<Item = impl Serialize>) -> Result<Self> {
        let mut bytes = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut bytes, &line).map_err(|error| package(path, error.into()))?;
            bytes.push(b'\n');
        }
        Ok(Self { path: path.into(), what: what.into(), content: Content::Bytes(bytes) })
    }
}

fn pretty<T: Serialize>(path: &str, value: &T) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| package(path, error.into()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct Package<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<FileEntry>,
}

impl<W: Write + Seek> Package<W> {
    /// Adds a file; answers its SHA-256.
    fn add(&mut self, path: String, what: String, bytes: &[u8]) -> Result<String> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(path.as_str(), options).map_err(|error| package(&path, error.into()))?;
        self.zip.write_all(bytes).map_err(|source| package(&path, source))?;
        let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.files.push(FileEntry { path, what, bytes: bytes.len() as u64, sha256: sha256.clone() });
        Ok(sha256)
    }

    fn finish(self) -> Result<()> {
        let mut out = self.zip.finish().map_err(|error| package("the end", error.into()))?;
        out.flush().map_err(|source| package("the end", source))
    }
}

fn package(what: &str, source: io::Error) -> CaseError {
    CaseError::Package { what: what.to_owned(), source }
}

fn readme(case: &Case, order: &ExportOrder) -> String {
    let purpose = match order.purpose {
        ExportFor::Evidence => "as evidence",
        ExportFor::SubjectAccess => "for the subject itself",
    };
    format!(
        "Evidence package of case {}, made {purpose}\n\n\
         case.json        the case: subject, account, indicators, assessment\n\
         facts.jsonl      what was observed, where it stands, when and by what it was collected\n\
         assessment.json  the latest assessment: findings with evidence, innocent explanations, what to ask, and what could not run\n\
         answers.jsonl    what lists, intel and links answered when it was made\n\
         history.jsonl    what happened to the case: records, assessments, decisions with name and reason\n\
         originals/       files as received; names were made safe. They come from outside: open them with care\n\
         manifest.json    what each file is, its length and SHA-256\n\
         SHA256SUMS       to verify all of it: sha256sum -c SHA256SUMS\n\n\
         The program recommends and never decides. A finding is an indication of misrepresentation with innocent explanations\n\
         beside it; it is no statement about a person's guilt or origin. Values of other people were left out of everything but\n\
         the original files, which are exact copies.\n",
        case.id
    )
}
