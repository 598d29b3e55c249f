//! Assessment JSON v1: the frozen output types of `bonafide.assessment/1`.
//!
//! These types stand apart from the model, so that the model may change while files written years ago keep their meaning. Fields
//! may be added; none is changed or dropped. Key order is the order of declaration; floats have at most six significant digits.
//! The schema is [`SCHEMA`].

use std::io::Write;

use bonafide_model::{
    assessment::{AssessedFinding, Assessment as Model, Weight},
    finding::{Compared as ModelCompared, ComparedKind, Evidence as ModelEvidence},
    place::Place as ModelPlace,
};
use serde::{Deserialize, Serialize};

use super::escape;
use crate::{error::Error, number::rounded};

/// The value of the field `schema`.
pub const NAME: &str = "bonafide.assessment/1";

/// The JSON Schema (draft 2020-12) of one line.
pub const SCHEMA: &str = include_str!("../../schema/assessment-1.schema.json");

/// Writes one assessment as one compact line.
///
/// # Errors
/// [`Error::Json`] where the writer refuses.
pub fn write_line(assessment: &Model, out: &mut impl Write) -> Result<(), Error> {
    let failed = |source| Error::Json { subject: assessment.subject.to_string(), source };
    escape::to_writer(&Assessment::from(assessment), out).map_err(failed)?;
    out.write_all(b"\n").map_err(|source| failed(serde_json::Error::io(source)))
}

/// One assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Always [`NAME`].
    pub schema: String,
    /// The application's own id where it has one.
    pub subject: String,
    /// The name shown in tables; the id where no name is known.
    pub name: String,
    /// The lens's day, `YYYY-MM-DD`.
    pub as_of: String,
    /// When the application was handed in (RFC 3339), where known; claims are judged as of then.
    pub applied_at: Option<String>,
    /// BLAKE3 hash of the dossier, 64 hexadecimal digits.
    pub dossier_hash: String,
    /// What the assessment depends on besides the dossier.
    pub lens: Lens,
    /// `clear`, `look` or `urgent`.
    pub band: String,
    /// Sum of what was counted, in bits.
    pub weight: f64,
    /// Why this band, in one sentence.
    pub because: String,
    /// Findings, those that count most first.
    pub findings: Vec<Finding>,
    /// What ran, what did not, and why.
    pub coverage: Coverage,
    /// How many ordinary applicants would look like this, where it was measured.
    pub base_rate: Option<BaseRate>,
    /// What intake could not read or cut short.
    pub incomplete: Vec<String>,
}

/// Versions of the surroundings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lens {
    /// Catalogue with its rates.
    pub catalogue: String,
    /// Watch lists.
    pub lists: Vec<List>,
    /// Intel snapshot; empty where there is none.
    pub intel: String,
    /// Link graph; empty where there is none.
    pub links: String,
    /// Hash over the reference tables.
    pub tables: String,
    /// Hash over all questions asked and their answers.
    pub answers: String,
}

/// A watch list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// Source.
    pub source: String,
    /// SHA-256 of the snapshot.
    pub sha256: String,
    /// Publisher's date.
    pub published: String,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the check.
    pub code: String,
    /// Slug of the check.
    pub slug: String,
    /// Title of the check.
    pub title: String,
    /// Stage of hiring.
    pub stage: String,
    /// Family for the cap.
    pub family: String,
    /// `weak`, `medium` or `strong`.
    pub strength: String,
    /// What the finding is worth by itself, in bits.
    pub weight: f64,
    /// What of it was counted, in bits.
    pub counted: f64,
    /// Why less than its weight was counted, if so.
    pub held_back: Option<String>,
    /// Whether it rests on the resemblance of names alone and so never counts.
    pub name_alone: bool,
    /// Where the weight comes from.
    pub weighed_by: String,
    /// One sentence for people.
    pub summary: String,
    /// Evidence; never empty.
    pub evidence: Vec<Evidence>,
    /// Innocent explanations.
    pub innocent: Vec<String>,
    /// What to ask next.
    pub ask: Vec<String>,
    /// Recognises the same finding in a later assessment.
    pub fingerprint: String,
}

/// Two values that were compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the subject's fact.
    pub fact: String,
    /// Its value.
    pub subject_value: String,
    /// What it was compared with.
    pub compared_with: Compared,
    /// How the two relate.
    pub relation: String,
    /// Where the subject's value stands.
    pub place: Place,
    /// The thing the evidence rests on; findings with one root are one witness.
    pub root: String,
}

/// What a value was compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// `list_entry`, `indicator`, `persona`, `cluster`, `subject`, `ring`, `fact`, `reference` or `bound`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its value; always empty for another subject, of which only the id is written.
    pub value: String,
    /// The cluster of an indicator or persona, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Version of the source.
    pub version: String,
    /// For a fact of the same subject: where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Where a value stands. Of the optional fields those are present that the kind of document has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The document.
    pub document: String,
    /// Page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Left, top, right, bottom in points (1/72 inch) from the upper left corner of the page.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub area: Option<[f64; 4]>,
    /// Line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// First byte and the byte behind the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<[u64; 2]>,
    /// Part inside a container, such as `word/settings.xml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Paragraph or row inside the part, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Interval of a recording, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<[f64; 2]>,
}

/// What ran and what did not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Number of checks that gave findings or *clear*.
    pub ran: u32,
    /// Checks that looked and found nothing.
    pub clear: Vec<Clear>,
    /// Checks that had nothing to look at.
    pub not_applicable: Vec<NotApplicable>,
    /// Checks that lacked something.
    pub inconclusive: Vec<Inconclusive>,
}

/// A check that looked and found nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clear {
    /// Code.
    pub code: String,
    /// What was examined.
    pub examined: String,
}

/// A check that had nothing to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotApplicable {
    /// Code.
    pub code: String,
    /// Why.
    pub why: String,
}

/// A check that lacked something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inconclusive {
    /// Code.
    pub code: String,
    /// What is missing, in words that follow "needs": `watch list: any list of sanctioned parties`.
    pub missing: String,
    /// The kind of what is missing: `watch_list`, `intel`, `link_graph`, `network_data`, `reference_table`, `facts`, `collector` or
    /// `check`.
    pub need: String,
}

/// How many ordinary applicants would look like this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseRate {
    /// The number among 1,000, an upper bound from the rarest measured finding.
    pub per_thousand: f64,
    /// The finding it comes from.
    pub code: String,
    /// What was measured, on how many.
    pub measured_on: String,
}

impl From<&Model> for Assessment {
    fn from(model: &Model) -> Self {
        Self {
            schema: NAME.to_owned(),
            subject: model.subject.to_string(),
            name: model.display_name.clone(),
            as_of: model.as_of.to_string(),
            applied_at: model.applied_at.map(|at| at.to_string()),
            dossier_hash: model.dossier_hash.to_string(),
            lens: Lens {
                catalogue: model.lens.catalogue.clone(),
                lists: model
                    .lens
                    .lists
                    .iter()
                    .map(|list| List {
                        source: list.source.clone(),
                        sha256: list.sha256.clone(),
                        published: list.published.clone(),
                    })
                    .collect(),
                intel: model.lens.intel.clone(),
                links: model.lens.links.clone(),
                tables: model.lens.tables.clone(),
                answers: model.lens.answers.clone(),
            },
            band: model.band.name().to_owned(),
            weight: bits(model.weight),
            because: model.because.clone(),
            findings: model.findings.iter().map(Finding::from).collect(),
            coverage: coverage(&model.coverage),
            base_rate: model.base_rate.as_ref().map(|rate| BaseRate {
                per_thousand: rounded(rate.per_thousand),
                code: rate.code.to_string(),
                measured_on: rate.measured_on.clone(),
            }),
            incomplete: model.incomplete.clone(),
        }
    }
}

impl From<&AssessedFinding> for Finding {
    fn from(finding: &AssessedFinding) -> Self {
        Self {
            code: finding.code.to_string(),
            slug: finding.slug.clone(),
            title: finding.title.clone(),
            stage: finding.stage.name().to_owned(),
            family: tag(&finding.family),
            strength: finding.strength.name().to_owned(),
            weight: bits(finding.weight),
            counted: bits(finding.counted),
            held_back: finding.held_back.clone(),
            name_alone: finding.name_alone,
            weighed_by: finding.weighed_by.clone(),
            summary: finding.summary.clone(),
            evidence: finding.evidence.iter().map(Evidence::from).collect(),
            innocent: finding.innocent.clone(),
            ask: finding.ask.clone(),
            fingerprint: finding.fingerprint.clone(),
        }
    }
}

impl From<&ModelEvidence> for Evidence {
    fn from(evidence: &ModelEvidence) -> Self {
        Self {
            fact: evidence.fact.to_string(),
            subject_value: evidence.subject_value.clone(),
            compared_with: Compared::from(&evidence.compared_with),
            relation: evidence.relation.clone(),
            place: Place::new(&evidence.document, &evidence.place),
            root: evidence.root.clone(),
        }
    }
}

impl From<&ModelCompared> for Compared {
    fn from(compared: &ModelCompared) -> Self {
        let another = compared.kind == ComparedKind::Subject;
        Self {
            kind: tag(&compared.kind),
            id: compared.id.clone(),
            // Whatever a check put there: another subject's value never leaves in this subject's file.
            value: if another { String::new() } else { compared.value.clone() },
            cluster: compared.cluster.clone(),
            source: compared.source.clone(),
            version: compared.version.clone(),
            place: compared.place.as_ref().filter(|_| !another).map(|place| Place::new(&compared.source, place)),
        }
    }
}

impl Place {
    fn new(document: &str, place: &ModelPlace) -> Self {
        let mut flat = Self { document: document.to_owned(), ..Self::default() };
        match place {
            ModelPlace::Whole => {}
            ModelPlace::Page { page, area } => {
                flat.page = Some(*page);
                flat.area = Some([area.left, area.top, area.right, area.bottom].map(|edge| rounded(f64::from(edge))));
            }
            ModelPlace::Text { line, span } => {
                flat.line = Some(*line);
                flat.span = Some([span.0, span.1]);
            }
            ModelPlace::Part { part, line } => {
                flat.part = Some(part.clone());
                flat.paragraph = *line;
            }
            ModelPlace::Seconds { from, to } => {
                flat.seconds = Some([from, to].map(|second| rounded(f64::from(*second))));
            }
        }
        flat
    }
}

fn coverage(coverage: &bonafide_model::assessment::Coverage) -> Coverage {
    Coverage {
        ran: coverage.ran,
        clear: coverage
            .clear
            .iter()
            .map(|check| Clear { code: check.code.to_string(), examined: check.examined.clone() })
            .collect(),
        not_applicable: coverage
            .not_applicable
            .iter()
            .map(|check| NotApplicable { code: check.code.to_string(), why: check.why.clone() })
            .collect(),
        inconclusive: coverage
            .inconclusive
            .iter()
            .map(|check| Inconclusive {
                code: check.code.to_string(),
                missing: format!("{}: {}", check.missing.need.name(), check.missing.what),
                need: tag(&check.missing.need),
            })
            .collect(),
    }
}

fn bits(weight: Weight) -> f64 {
    rounded(weight.bits())
}

/// The name an enum without payload has in files.
fn tag(name: &impl Serialize) -> String {
    match serde_json::to_value(name) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
