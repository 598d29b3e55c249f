//! The catalogue of checks.
//!
//! One check is one file `src/<stage>/<check>.rs` and one case file `cases/<stage>/<check>.md`; `build.rs` finds them. A check is a
//! pure function of a [`Dossier`] and a [`Lens`]: this crate has no clock, no network, no files, no
//! environment and no randomness, and its `clippy.toml` refuses them.
//!
//! ```
//! let check = bonafide_checks::find("BF-RES-006").expect("in the catalogue");
//! assert_eq!(check.meta().slug, "technology-older-than-itself");
//! ```

mod prelude;
mod support;

use bonafide_model::{
    check::{Check, CheckDoc, CheckMeta, Early, Outcome, Stage},
    dossier::Dossier,
    id::CheckCode,
    lens::Lens,
};

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// Version of the catalogue: it changes whenever a check may answer otherwise for the same dossier and lens.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

struct Entry {
    meta: &'static CheckMeta,
    doc: &'static CheckDoc,
    run: fn(&Dossier, &Lens<'_>) -> Result<Outcome, Early>,
}

impl Check for Entry {
    fn meta(&self) -> &'static CheckMeta {
        self.meta
    }

    fn doc(&self) -> &'static CheckDoc {
        self.doc
    }

    fn run(&self, dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
        if !self.meta.facts.is_empty() && !self.meta.facts.iter().any(|kind| dossier.has(*kind)) {
            let kinds: Vec<_> = self.meta.facts.iter().map(|kind| kind.name().replace('_', " ")).collect();
            return Err(Early::not_applicable(format!("no {} in the dossier", kinds.join(" or "))));
        }
        (self.run)(dossier, lens)
    }
}

/// The check with a code, if there is one.
#[must_use]
pub fn find(code: &str) -> Option<&'static dyn Check> {
    let code: CheckCode = code.parse().ok()?;
    CATALOGUE.iter().find(|check| check.meta().code == code).copied()
}

/// A signal that may be noted by an interviewer and must never be evidence.
#[derive(Clone, Copy, Debug)]
pub struct Excluded {
    /// The code it would have.
    pub code: CheckCode,
    /// Short name.
    pub slug: &'static str,
    /// Stage of hiring.
    pub stage: Stage,
    /// What it is called.
    pub title: &'static str,
    /// Why it is refused.
    pub why: &'static str,
}

/// The excluded signals of the stages in this catalogue. The engine refuses a finding with one of these codes.
pub const EXCLUDED: &[Excluded] = &[
    Excluded {
        code: CheckCode::new("BF-RES-014"),
        slug: "language-against-origin",
        stage: Stage::Resume,
        title: "Résumé language differs from claimed origin",
        why: "Language is a proxy for national origin. People learn, forget and mix languages.",
    },
    Excluded {
        code: CheckCode::new("BF-RES-022"),
        slug: "common-name",
        stage: Stage::Resume,
        title: "Generic or mass-produced name",
        why: "How common a name is tells where it comes from, not whether it is true.",
    },
];

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
