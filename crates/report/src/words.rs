//! The report's own words and numbers: one place for all, so that terminal, page and table say the same.

use bonafide_model::{
    assessment::{AssessedFinding, Assessment, Band, BaseRate, Weight},
    check::Family,
    finding::{Compared, ComparedKind, Evidence},
    place::Place,
};

use crate::{
    clean::{self, clean},
    number::six_digits,
    run::Noticed,
};

/// The sentence without which no report is printed.
pub(crate) const A_PERSON_DECIDES: &str = "Nothing here rejects anybody. The program compares what was stated with what was found \
     and recommends where to look; a person asks, listens and decides.";

/// What a picture of links does not say.
pub(crate) const A_LINK_IS_NO_VERDICT: &str = "A link is a question, not a verdict. Households, schools, agencies and courses share \
     values honestly; what is shared is weighed by how rarely honest people share it, and a person decides.";

/// How to read bands.
pub(crate) const BANDS: [(Band, &str); 3] = [
    (Band::Urgent, "look at this one first"),
    (Band::Look, "ask the applicant a neutral question"),
    (Band::Clear, "nothing found that deserves anybody's time; not a proof of identity"),
];

/// How to read weights.
pub(crate) const WEIGHTS: &str = "Weight is counted in bits. One bit doubles the odds of misrepresentation, two bits make them \
     fourfold. Findings that come from one circumstance are capped together, so a sum may count less than its parts.";

/// So many reasons are named in a row; the number of the findings behind the others is stated.
const REASONS: usize = 3;

/// Why a subject has its place in the queue: the checks that found most, each once, and the number of the other findings.
pub(crate) fn reasons(assessment: &Assessment) -> (Vec<Reason<'_>>, usize) {
    let mut reasons: Vec<Reason<'_>> = Vec::new();
    for finding in &assessment.findings {
        match reasons.iter_mut().find(|reason| reason.first.code == finding.code) {
            Some(reason) => reason.findings += 1,
            None => reasons.push(Reason { first: finding, findings: 1 }),
        }
    }
    let others = reasons.iter().skip(REASONS).map(|reason| reason.findings).sum();
    reasons.truncate(REASONS);
    (reasons, others)
}

/// What one check found.
pub(crate) struct Reason<'a> {
    /// The finding that counts most.
    pub(crate) first: &'a AssessedFinding,
    /// How many there are.
    pub(crate) findings: usize,
}

impl Reason<'_> {
    /// What stands behind the code: how many, and whether they count.
    pub(crate) fn remark(&self) -> String {
        let times = if self.findings > 1 { format!(" ×{}", thousands(self.findings)) } else { String::new() };
        format!("{times}{}", not_counted(self.first))
    }
}

/// What of an application was not read, for a row: the first thing, and how many more.
pub(crate) fn unread_part(assessment: &Assessment) -> Option<String> {
    let first = assessment.incomplete.first()?;
    let more = match assessment.incomplete.len() - 1 {
        0 => String::new(),
        more => format!("; and {} more", thousands(more)),
    };
    Some(format!("not read in full: {}{more}", clean(first, clean::NAME * 2)))
}

/// How many applications had something, and one of them.
pub(crate) fn applications(noticed: &Noticed) -> String {
    let first = clean(&noticed.first, clean::NAME);
    if noticed.applications == 1 { first } else { format!("{}, {first} first", count(noticed.applications, "application")) }
}

/// A count with its noun: `1 check`, `1,204 checks`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", thousands(number)) }
}

/// A number with commas between groups of three digits.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A weight with its sign and two decimals, as exact as it was counted: `+4.20`, `−0.35`, `0.00`.
pub(crate) fn weight(weight: Weight) -> String {
    let hundredths = weight.0.unsigned_abs();
    let sign = match weight.0 {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A number with one decimal.
pub(crate) fn decimals(number: f64) -> String {
    format!("{number:.1}")
}

/// What a family is called in a sentence.
pub(crate) const fn family(family: Family) -> &'static str {
    match family {
        Family::AddressPattern => "address pattern",
        Family::Contact => "contact data",
        Family::Client => "browser and form",
        Family::Network => "network address",
        Family::Process => "conduct during the process",
        Family::Pay => "pay",
        Family::History => "work history",
        Family::Contradiction => "contradiction",
        Family::Document => "document",
        Family::Wording => "wording",
        Family::Picture => "picture",
        Family::CodeHistory => "code history",
        Family::CommitIdentity => "commit identity",
        Family::CommitClock => "commit clock",
        Family::Account => "account",
        Family::Footprint => "footprint",
        Family::Platform => "freelancing platform",
        Family::Link => "link to others",
        Family::Intel => "intel",
        Family::Sanctions => "sanctions list",
    }
}

/// The base rate as a sentence.
pub(crate) fn base_rate(rate: &BaseRate) -> String {
    let share = if rate.per_thousand <= 0.0 {
        "None of 1,000".to_owned()
    } else if rate.per_thousand < 1.0 {
        // Two digits: the rate is an estimate and must not look exact.
        let one_of = 1_000.0 / rate.per_thousand;
        let unit = 10_f64.powf((one_of.log10().floor() - 1.0).min(15.0));
        format!("At most 1 of about {}", thousands(((one_of / unit).round() * unit) as usize))
    } else {
        format!("At most {} of 1,000", six_digits((rate.per_thousand * 10.0).round() / 10.0))
    };
    format!("{share} ordinary applicants would look like this ({}; {}).", rate.code, clean(&rate.measured_on, clean::SENTENCE))
}

/// Where something stands: the document and the place in it.
pub(crate) fn place(document: &str, place: &Place) -> String {
    let document = clean(document, clean::NAME * 2);
    let inside = clean(&place.to_string(), clean::NAME * 2);
    match (document.is_empty(), inside.is_empty()) {
        (true, _) => inside,
        (false, true) => document,
        (false, false) => format!("{document}, {inside}"),
    }
}

/// Another subject that evidence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// Its name.
    Named(String),
    /// Its facts were erased; only the id is left.
    Erased,
}

/// What the subject's value was compared with, in words: the value, and where it comes from.
pub(crate) struct ComparedWords {
    /// The value, empty where only the source says something.
    pub(crate) value: String,
    /// Where it comes from.
    pub(crate) source: String,
}

/// Words for what a value was compared with. `other` resolves the name of another subject.
pub(crate) fn compared(compared: &Compared, other: Option<&Other>) -> ComparedWords {
    let id = clean(&compared.id, clean::NAME * 2);
    if compared.kind == ComparedKind::Subject {
        let value = match other {
            Some(Other::Named(name)) => format!("{id}, {}", clean(name, clean::NAME)),
            Some(Other::Erased) => format!("{id}, erased"),
            None => id,
        };
        return ComparedWords { value, source: "another application".to_owned() };
    }
    let value = clean(&compared.value, clean::VALUE);
    let mut source = match compared.kind {
        ComparedKind::Fact => {
            let place = compared.place.clone().unwrap_or_default();
            return ComparedWords { value, source: self::place(&compared.source, &place) };
        }
        ComparedKind::Bound => return ComparedWords { value, source: format!("limit: {id}") },
        ComparedKind::ListEntry => format!("entry {id} of {}", clean(&compared.source, clean::NAME)),
        ComparedKind::Indicator => format!("indicator {id} from {}", clean(&compared.source, clean::NAME)),
        ComparedKind::Persona => format!("persona {id} from {}", clean(&compared.source, clean::NAME)),
        ComparedKind::Cluster => format!("cluster {id} in {}", clean(&compared.source, clean::NAME)),
        ComparedKind::Ring => format!("ring {id} in {}", clean(&compared.source, clean::NAME)),
        ComparedKind::Reference => format!("{id} in {}", clean(&compared.source, clean::NAME)),
        ComparedKind::Subject => String::new(),
    };
    if let Some(cluster) = &compared.cluster {
        source.push_str(&format!(", cluster {}", clean(cluster, clean::NAME)));
    }
    if !compared.version.is_empty() {
        source.push_str(&format!(", version {}", short_hash(&compared.version)));
    }
    ComparedWords { value, source }
}

/// A version as it is; of a long hash the first twelve digits and an ellipsis.
pub(crate) fn short_hash(version: &str) -> String {
    if version.len() > 24 && version.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        format!("{}…", &version[..12])
    } else {
        clean(version, clean::NAME)
    }
}

/// The relation between two values.
pub(crate) fn relation(evidence: &Evidence) -> String {
    clean(&evidence.relation, clean::NAME * 2)
}

/// What to ask next: the first question of the finding that counts most.
///
/// A *clear* subject is asked nothing. Where its name alone resembles a listed one, the question goes to compliance.
pub(crate) fn next_question(assessment: &Assessment) -> Option<&str> {
    let mut asking = assessment.findings.iter().filter(|finding| assessment.band != Band::Clear || finding.name_alone);
    asking.find_map(|finding| finding.ask.first()).map(String::as_str)
}

/// Why a finding that is named in a table did not count; empty where it did.
pub(crate) fn not_counted(finding: &AssessedFinding) -> &'static str {
    match (finding.name_alone, finding.counted == Weight::ZERO) {
        (true, _) => ", a name alone, not counted",
        (false, true) => ", not counted",
        (false, false) => "",
    }
}

/// What of a finding was counted: its weight, and where less was counted, why.
pub(crate) fn counted(finding: &AssessedFinding) -> String {
    if finding.counted == finding.weight {
        format!("{} bits", weight(finding.weight))
    } else {
        format!("{} of {} bits counted", weight(finding.counted), weight(finding.weight))
    }
}

/// The hashes and versions that let somebody repeat the assessment, with their names.
pub(crate) fn record(assessment: &Assessment) -> Vec<(&'static str, String)> {
    let lens = &assessment.lens;
    let or_none = |text: &str| if text.is_empty() { "none loaded".to_owned() } else { clean(text, clean::VALUE) };
    let mut record = vec![
        ("Dossier (BLAKE3)", assessment.dossier_hash.to_string()),
        ("Catalogue", or_none(&lens.catalogue)),
        ("Reference tables", or_none(&lens.tables)),
        ("Questions and answers", or_none(&lens.answers)),
        ("Intel", or_none(&lens.intel)),
        ("Link graph", or_none(&lens.links)),
    ];
    for list in &lens.lists {
        let shown = |text: &str| clean(text, clean::VALUE);
        record.push((
            "Watch list",
            format!("{}, published {}, SHA-256 {}", shown(&list.source), shown(&list.published), shown(&list.sha256)),
        ));
    }
    if lens.lists.is_empty() {
        record.push(("Watch lists", or_none("")));
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_written_exactly() {
        for (hundredths, text) in [(0, "0.00"), (5, "+0.05"), (420, "+4.20"), (-35, "−0.35"), (123_456, "+1234.56")] {
            assert_eq!(weight(Weight(hundredths)), text);
        }
        assert_eq!(weight(Weight(i32::MIN)), "−21474836.48");
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(count(1, "check"), "1 check");
        assert_eq!(count(0, "check"), "0 checks");
        assert_eq!(count(1_204, "check"), "1,204 checks");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(999), "999");
    }
}
