//! The guard rails: written once, run over all checks.

#![allow(clippy::disallowed_methods, reason = "the guard rails read case files; checks may not")]

#[path = "population/commit_clock.rs"]
mod commit_clock;
#[path = "population/honest_twins.rs"]
mod honest_twins;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use bonafide_checks::{CATALOGUE, EXCLUDED};
use bonafide_model::{
    check::{Check, Outcome},
    dossier::Dossier,
    fact::Fact,
    id::SubjectId,
    lens::Lens,
};
use bonafide_testkit::{
    cases::{self, AS_OF, CaseKind, render},
    random::{self, Random},
    surroundings::Told,
};

fn case_path(check: &dyn Check) -> PathBuf {
    let file = check.doc().file;
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file.replacen("src/", "cases/", 1)).with_extension("md")
}

fn case_text(check: &dyn Check) -> String {
    let path = case_path(check);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: every check has a case file: {error}", path.display()))
}

fn all_example_facts() -> Vec<Fact> {
    CATALOGUE.iter().flat_map(|check| random::examples_from_cases(&case_text(*check))).collect()
}

#[test]
fn every_case_gives_its_outcome() {
    let bless = env::var_os("BONAFIDE_BLESS").is_some();
    let mut wrong = Vec::new();
    for check in CATALOGUE {
        let text = case_text(*check);
        let report = cases::run_file(*check, &text);
        if bless && report.blessed != text {
            fs::write(case_path(*check), &report.blessed).expect("a writable case file");
        }
        let place = case_path(*check);
        let stale = report.stale.iter().filter(|_| !bless);
        wrong.extend(report.wrong.iter().chain(stale).map(|what| format!("{}: {what}", place.display())));
    }
    assert!(wrong.is_empty(), "{}\n(BONAFIDE_BLESS=1 brings outcome blocks up to date)", wrong.join("\n\n"));
}

#[test]
fn every_check_has_a_firing_an_innocent_and_a_not_applicable_case() {
    for check in CATALOGUE {
        let kinds: BTreeSet<CaseKind> = cases::run_file(*check, &case_text(*check)).kinds.into_iter().collect();
        for needed in [CaseKind::Fires, CaseKind::Innocent, CaseKind::NotApplicable] {
            assert!(kinds.contains(&needed), "{}: no {needed:?} case", check.meta().code);
        }
    }
}

#[test]
fn codes_and_slugs_are_unique_and_the_list_is_known() {
    let mut codes = BTreeMap::new();
    let mut slugs = BTreeSet::new();
    for check in CATALOGUE {
        let meta = check.meta();
        assert!(codes.insert(meta.code, meta.slug).is_none(), "{} stands twice", meta.code);
        assert!(slugs.insert(meta.slug), "{} stands twice", meta.slug);
        assert!(meta.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", meta.slug);
        let stage = format!("src/{}/", meta.stage);
        assert!(check.doc().file.starts_with(&stage), "{} says stage {} and lies in {}", meta.code, meta.stage, check.doc().file);
        let file = meta.slug.replace('-', "_");
        assert!(check.doc().file.ends_with(&format!("/{file}.rs")), "{}: the file is named after the slug: {file}.rs", meta.code);
    }
    for excluded in EXCLUDED {
        assert!(!codes.contains_key(&excluded.code), "{} is excluded and must not be in the catalogue", excluded.code);
    }
    let list: Vec<String> = CATALOGUE
        .iter()
        .map(|check| {
            let meta = check.meta();
            format!("{} {} {} {:?} {}", meta.code, meta.slug, meta.strength, meta.family, meta.flags.names().join(" "))
                .trim_end()
                .to_owned()
        })
        .collect();
    insta::assert_snapshot!("catalogue", list.join("\n"));
}

#[test]
fn the_order_of_facts_does_not_matter() {
    for (number, check) in CATALOGUE.iter().enumerate() {
        let facts = random::examples_from_cases(&case_text(*check));
        let told = Told::nothing();
        let answer = |facts: Vec<Fact>| {
            let dossier = Dossier::new(SubjectId::new("case"), facts);
            render(&check.run(&dossier, &Lens::new(AS_OF, &told)).unwrap_or_else(Outcome::from))
        };
        let expected = answer(facts.clone());
        let mut random = Random::new(number as u64);
        for _ in 0..8 {
            let mut shuffled = facts.clone();
            random.shuffle(&mut shuffled);
            assert_eq!(answer(shuffled), expected, "{}", check.meta().code);
        }
    }
}

#[test]
fn empty_huge_and_random_dossiers_never_panic() {
    let examples = all_example_facts();
    assert!(examples.len() > CATALOGUE.len(), "the cases give facts to mutate");
    let told = Told::nothing();
    let mut dossiers = vec![Dossier::new(SubjectId::new("empty"), Vec::new())];
    dossiers.extend((0..400).map(|seed| random::dossier(seed, 60, &examples)));
    dossiers.push(random::dossier(1_000, 20_000, &examples));
    for dossier in &dossiers {
        for check in CATALOGUE {
            let ran = catch_unwind(AssertUnwindSafe(|| {
                let _ = check.run(dossier, &Lens::new(AS_OF, &told));
            }));
            assert!(ran.is_ok(), "{} panicked on {}", check.meta().code, dossier.subject());
        }
    }
}

#[test]
fn evidence_cites_facts_of_the_dossier() {
    for check in CATALOGUE {
        for block in case_text(*check).split("```facts\n").skip(1) {
            let body = block.split("\n```").next().unwrap_or_default();
            let dossier = bonafide_testkit::dossiers::dossier_from_lines("case", body).expect("cases read");
            let told = Told::nothing();
            if let Ok(Outcome::Findings(findings)) = check.run(&dossier, &Lens::new(AS_OF, &told)) {
                for evidence in findings.iter().flat_map(|finding| finding.evidence()) {
                    let cited = dossier.facts().iter().find(|fact| fact.id == evidence.fact);
                    let cited = cited.unwrap_or_else(|| panic!("{} cites a fact that is not there", check.meta().code));
                    assert_eq!(cited.source.name, evidence.document, "{}", check.meta().code);
                    assert!(!evidence.subject_value.is_empty(), "{} quotes nothing", check.meta().code);
                    assert!(!evidence.relation.is_empty(), "{} states no relation", check.meta().code);
                }
            }
        }
    }
}

/// Words that would make a protected trait the reason of a finding. They may stand in explanations of what is *not* counted.
const PROTECTED_WORDS: &[&str] = &[
    "nationality",
    "ethnic",
    "accent",
    "korean",
    "chinese",
    "russian",
    "indian",
    "native",
    "foreign",
    "racial",
    "race",
    "gender",
    "disab",
];

#[test]
fn no_finding_names_a_protected_trait_as_its_reason() {
    for check in CATALOGUE {
        let meta = check.meta();
        let mut said = format!("{} {} ", meta.title, meta.summary);
        for block in case_text(*check).split("```outcome\n").skip(1) {
            said.push_str(block.split("\n```").next().unwrap_or_default());
        }
        let said = said.to_lowercase();
        for word in said.split(|c: char| !c.is_alphanumeric()) {
            let protected = PROTECTED_WORDS.iter().find(|stem| word.starts_with(**stem));
            assert!(protected.is_none(), "{}: '{word}' stands in a title, summary or finding", meta.code);
        }
    }
}

#[test]
fn documentation_has_substance() {
    for check in CATALOGUE {
        let (meta, doc) = (check.meta(), check.doc());
        assert!(meta.summary.ends_with('.') && meta.title.chars().next().is_some_and(char::is_uppercase), "{}", meta.code);
        assert!(doc.innocent.len() >= 2, "{}: at least two innocent explanations", meta.code);
        assert!(!doc.ask.is_empty() && !doc.sources.is_empty(), "{}", meta.code);
        assert!(
            doc.sources.iter().any(|source| source.contains(&meta.code.signal())),
            "{}: name the signal among the sources",
            meta.code
        );
        assert!(doc.finds.len() > 40 && doc.matters.len() > 40, "{}", meta.code);
    }
}
