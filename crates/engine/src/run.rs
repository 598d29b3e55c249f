//! Runs the catalogue over one dossier.

use std::collections::BTreeSet;

use bonafide_checks::{CATALOGUE, EXCLUDED};
use bonafide_model::{
    Canonical,
    assessment::{Assessment, Coverage, Examined, Inconclusive, LensVersions, NotApplicable},
    check::{Missing, Need, Outcome},
    dossier::Dossier,
    fact::{NameRole, PersonName},
    id::CheckCode,
    lens::{Asked, Lens, Surroundings},
};
use jiff::civil::Date;

use crate::{
    combine::{Stamped, combine},
    house::House,
    isolate::isolated,
};

/// Version of the catalogue and of the rates and rules that weigh its findings.
pub const CATALOGUE_VERSION: &str = bonafide_checks::VERSION;

/// An assessment with the questions its lens was asked.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The assessment.
    pub assessment: Assessment,
    /// Every question asked, with its answer: the dependency set, and the replay.
    pub asked: Vec<Asked>,
}

/// Assesses dossiers in fixed surroundings, as of one day.
pub struct Engine<S = House> {
    surroundings: S,
    as_of: Date,
    turned_on: BTreeSet<CheckCode>,
}

impl<S: Surroundings + Versioned> Engine<S> {
    /// An engine. `as_of` is a UTC day.
    #[must_use]
    pub fn new(surroundings: S, as_of: Date) -> Self {
        Self { surroundings, as_of, turned_on: BTreeSet::new() }
    }

    /// Turns on checks that are off by default.
    #[must_use]
    pub fn turning_on(mut self, codes: impl IntoIterator<Item = CheckCode>) -> Self {
        self.turned_on.extend(codes);
        self
    }

    /// The surroundings.
    #[must_use]
    pub fn surroundings(&self) -> &S {
        &self.surroundings
    }

    /// The day that counts as today.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Runs every check over a dossier and combines what they found.
    ///
    /// `incomplete` says what intake could not read; it goes into the assessment as it is.
    #[must_use]
    pub fn assess(&self, dossier: &Dossier, incomplete: &[String]) -> Assessed {
        let lens = Lens::new(self.as_of, &self.surroundings).on_behalf_of(dossier.subject());
        let mut coverage = Coverage::default();
        let mut stamped = Vec::new();
        for check in CATALOGUE {
            let code = check.meta().code;
            if EXCLUDED.iter().any(|excluded| excluded.code == code) {
                continue;
            }
            if check.meta().flags.off_by_default && !self.turned_on.contains(&code) {
                coverage
                    .not_applicable
                    .push(NotApplicable { code, why: "off by default; the operator did not turn it on".to_owned() });
                continue;
            }
            let outcome = match isolated(|| check.run(dossier, &lens)) {
                Ok(answer) => answer.unwrap_or_else(Outcome::from),
                Err(message) => Outcome::Inconclusive { missing: Missing::new(Need::Check, message) },
            };
            match outcome {
                Outcome::Findings(findings) => {
                    coverage.ran += 1;
                    stamped.extend(findings.into_iter().map(|finding| Stamped { check: *check, finding }));
                }
                Outcome::Clear { examined } => {
                    coverage.ran += 1;
                    coverage.clear.push(Examined { code, examined });
                }
                Outcome::NotApplicable { why } => coverage.not_applicable.push(NotApplicable { code, why }),
                Outcome::Inconclusive { missing } => coverage.inconclusive.push(Inconclusive { code, missing }),
            }
        }
        let asked = lens.into_asked();
        let combined = combine(&stamped);
        let mut versions = self.surroundings.versions();
        versions.catalogue = CATALOGUE_VERSION.to_owned();
        versions.answers = asked.iter().map(|asked| (&asked.question, asked.hash)).collect::<Vec<_>>().content_hash().to_string();
        let assessment = Assessment {
            subject: dossier.subject().clone(),
            display_name: display_name(dossier),
            as_of: self.as_of,
            applied_at: dossier.applied_at(),
            dossier_hash: dossier.hash(),
            lens: versions,
            band: combined.band,
            because: combined.because,
            weight: combined.weight,
            findings: combined.findings,
            coverage,
            base_rate: combined.base_rate,
            incomplete: incomplete.to_vec(),
        };
        Assessed { assessment, asked }
    }
}

/// Surroundings that can say which versions they hold.
pub trait Versioned {
    /// Versions of lists, intel, links and tables; catalogue and answers are filled in by the engine.
    fn versions(&self) -> LensVersions;
}

/// The name to show for a subject: as the application states it, else the résumé, else a profile, else the subject's id.
#[must_use]
pub fn display_name(dossier: &Dossier) -> String {
    [NameRole::Application, NameRole::Resume, NameRole::Profile]
        .into_iter()
        .find_map(|role| dossier.all::<PersonName>().find(|name| name.role == role && !name.full.trim().is_empty()))
        .map_or_else(|| dossier.subject().to_string(), |name| name.full.trim().to_owned())
}
