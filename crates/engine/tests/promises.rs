//! The promises that no change may break: fairness, reproducibility, isolation.

use bonafide_checks::CATALOGUE;
use bonafide_engine::{Engine, House, combine, isolate::isolated, replay::Replay};
use bonafide_model::{
    Canonical,
    assessment::{Assessment, Band},
    check::{Check, CheckDoc, CheckMeta, Early, Family, Flags, Outcome, Stage, Status, Strength},
    dossier::Dossier,
    fact::FactValue,
    finding::{Compared, Finding, observed},
    id::{CheckCode, SubjectId},
    lens::Lens,
};
use bonafide_testkit::{
    population::{self, Applicant},
    random::Random,
};

fn engine() -> Engine {
    Engine::new(House::offline(), "2026-06-01".parse().expect("a day"))
}

fn assess(engine: &Engine, applicant: &Applicant) -> Assessment {
    engine.assess(&Dossier::new(applicant.subject.clone(), applicant.facts.clone()), &[]).assessment
}

/// What an applicant is judged by, without the words.
#[derive(Debug, PartialEq)]
struct Judgement {
    band: Band,
    weight: i32,
    findings: Vec<String>,
    outcomes: Vec<String>,
}

fn judgement(assessment: &Assessment) -> Judgement {
    let mut findings: Vec<String> = assessment
        .findings
        .iter()
        .map(|finding| format!("{} {} weighs {} counts {}", finding.code, finding.strength, finding.weight.0, finding.counted.0))
        .collect();
    findings.sort();
    let mut outcomes: Vec<String> = assessment.coverage.clear.iter().map(|clear| format!("clear {}", clear.code)).collect();
    outcomes.extend(assessment.coverage.not_applicable.iter().map(|not| format!("not applicable {}", not.code)));
    outcomes.extend(assessment.coverage.inconclusive.iter().map(|not| format!("inconclusive {}", not.code)));
    outcomes.sort();
    Judgement { band: assessment.band, weight: assessment.weight.0, findings, outcomes }
}

#[test]
fn another_name_nationality_and_language_change_no_weight() {
    let engine = engine();
    let population = population::draw(7, 200);
    let mut with_findings = 0;
    for (index, applicant) in population.iter().enumerate() {
        let original = assess(&engine, applicant);
        with_findings += usize::from(!original.findings.is_empty());
        for seed in 0..3 {
            let swapped = population::swap(applicant, 1_000 * seed + index as u64);
            assert_ne!(names(applicant), names(&swapped), "the swap changes the name");
            assert_eq!(
                judgement(&original),
                judgement(&assess(&engine, &swapped)),
                "{} against its swap {seed}",
                applicant.subject
            );
        }
    }
    assert!(with_findings > 20, "a population in which hardly anything is found proves nothing: {with_findings} of 200");
}

fn names(applicant: &Applicant) -> Vec<String> {
    applicant
        .facts
        .iter()
        .filter_map(|fact| match &fact.value {
            FactValue::PersonName(name) => Some(name.full.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn shuffled_facts_and_eight_threads_give_the_same_bytes() {
    let engine = engine();
    let population = population::draw(11, 1_000);
    let bytes_of = |applicant: &Applicant| assess(&engine, applicant).canonical_bytes();
    let one_thread: Vec<Vec<u8>> = population.iter().map(bytes_of).collect();

    let mut random = Random::new(3);
    for (applicant, expected) in population.iter().zip(&one_thread) {
        let mut shuffled = applicant.clone();
        random.shuffle(&mut shuffled.facts);
        assert_eq!(&bytes_of(&shuffled), expected, "{}", applicant.subject);
    }

    let eight_threads: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let chunks: Vec<_> = population
            .chunks(population.len().div_ceil(8))
            .map(|chunk| scope.spawn(|| chunk.iter().map(bytes_of).collect::<Vec<_>>()))
            .collect();
        chunks.into_iter().flat_map(|chunk| chunk.join().expect("no thread panics")).collect()
    });
    assert_eq!(one_thread, eight_threads);
}

#[test]
fn a_replay_without_surroundings_gives_the_same_bytes() {
    let engine = engine();
    for applicant in population::draw(13, 50) {
        let dossier = Dossier::new(applicant.subject.clone(), applicant.facts.clone());
        let assessed = engine.assess(&dossier, &["cv.pdf: page 3 could not be read".to_owned()]);
        let text = serde_json::to_string(&Replay::of(&dossier, &assessed)).expect("serialises");
        let again = Replay::parse(&text).expect("reads").run().expect("the same catalogue");
        assert_eq!(again.canonical_bytes(), assessed.assessment.canonical_bytes());
    }
}

#[test]
fn a_replay_with_another_catalogue_is_refused() {
    let engine = engine();
    let dossier = Dossier::new(SubjectId::new("a"), Vec::new());
    let mut replay = Replay::of(&dossier, &engine.assess(&dossier, &[]));
    replay.versions.catalogue = "0.0.0".into();
    assert!(replay.run().is_err_and(|error| error.to_string().contains("0.0.0")));
}

#[test]
fn a_panic_is_caught_with_its_message() {
    assert_eq!(isolated(|| 7), Ok(7));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let caught: Result<(), String> = isolated(|| panic!("index {} out of range", 9));
    std::panic::set_hook(hook);
    assert_eq!(caught, Err("index 9 out of range".to_owned()));
}

struct Fake(&'static CheckMeta);

static DOC: CheckDoc = CheckDoc { finds: "", matters: "", innocent: &["it happens"], ask: &["why?"], sources: &[], file: "" };

impl Check for Fake {
    fn meta(&self) -> &'static CheckMeta {
        self.0
    }
    fn doc(&self) -> &'static CheckDoc {
        &DOC
    }
    fn run(&self, _: &Dossier, _: &Lens<'_>) -> Result<Outcome, Early> {
        Ok(Outcome::clear(""))
    }
}

const fn meta(code: &str, strength: Strength, family: Family, flags: Flags) -> CheckMeta {
    CheckMeta {
        code: CheckCode::new(code),
        slug: "",
        stage: Stage::Resume,
        title: "",
        summary: "",
        since: "0.1.0",
        status: Status::Preview,
        strength,
        family,
        facts: &[],
        flags,
    }
}

static WEAK_WORDING: Fake = Fake(&meta("BF-TST-001", Strength::Weak, Family::Wording, Flags::NONE));
static WEAK_ALONE: Fake =
    Fake(&meta("BF-TST-002", Strength::Weak, Family::AddressPattern, Flags { never_alone: true, ..Flags::NONE }));
static MEDIUM_HISTORY: Fake = Fake(&meta("BF-TST-003", Strength::Medium, Family::History, Flags::NONE));
static MEDIUM_CLOCK: Fake = Fake(&meta("BF-TST-004", Strength::Medium, Family::CommitClock, Flags::NONE));
static MEDIUM_DOCUMENT: Fake = Fake(&meta("BF-TST-005", Strength::Medium, Family::Document, Flags::NONE));
static STRONG_INTEL: Fake = Fake(&meta("BF-TST-006", Strength::Strong, Family::Intel, Flags::NONE));
static STRONG_NAME: Fake = Fake(&meta("BF-TST-007", Strength::Strong, Family::Sanctions, Flags::NONE));

/// Combines findings of fake checks, each on the fact with the given number.
fn combined(findings: &[(&'static Fake, Strength, usize)]) -> combine::Combined {
    let facts: String = (0..10).map(|number| format!("skill {{\"name\":\"skill {number}\"}}\n")).collect();
    let dossier = bonafide_testkit::dossiers::dossier_from_lines("s", &facts).expect("facts");
    let skills: Vec<_> = dossier.all::<bonafide_model::fact::Skill>().collect();
    let stamped: Vec<_> = findings
        .iter()
        .map(|(check, strength, fact)| {
            let evidence = observed(&skills[*fact], format!("value {fact}"))
                .relates("exceeds", Compared::bound("limit", check.0.code.to_string()));
            let finding = Finding::new(*strength, "found", evidence);
            let named = check.0.code == STRONG_NAME.0.code;
            combine::Stamped { check: *check, finding: if named { finding.on_a_name_alone() } else { finding } }
        })
        .collect();
    combine::combine(&stamped)
}

#[test]
fn one_medium_finding_asks_for_a_look() {
    let one = combined(&[(&MEDIUM_HISTORY, Strength::Medium, 0)]);
    assert_eq!((one.band, one.weight.0), (Band::Look, 300));
}

#[test]
fn a_strong_finding_or_three_medium_families_are_urgent() {
    assert_eq!(combined(&[(&STRONG_INTEL, Strength::Strong, 0)]).band, Band::Urgent);
    let two = [(&MEDIUM_HISTORY, Strength::Medium, 0), (&MEDIUM_CLOCK, Strength::Medium, 1)];
    assert_eq!(combined(&two).band, Band::Look);
    let three = [two[0], two[1], (&MEDIUM_DOCUMENT, Strength::Medium, 2)];
    assert_eq!(combined(&three).band, Band::Urgent);
}

#[test]
fn a_check_cannot_exceed_its_declared_strength() {
    assert_eq!(combined(&[(&WEAK_WORDING, Strength::Strong, 0)]).findings[0].strength, Strength::Weak);
}

#[test]
fn findings_on_one_observation_are_one_witness() {
    let same = combined(&[(&MEDIUM_HISTORY, Strength::Medium, 0), (&MEDIUM_CLOCK, Strength::Medium, 0)]);
    assert_eq!(same.weight.0, 300);
    assert!(same.findings[1].held_back.as_deref().is_some_and(|why| why.contains("one witness")));
}

#[test]
fn a_family_is_capped() {
    let many: Vec<_> = (0..5).map(|fact| (&MEDIUM_HISTORY, Strength::Medium, fact)).collect();
    assert_eq!(combined(&many).weight, combine::cap_of(Family::History));
    let weak: Vec<_> = (0..5).map(|fact| (&WEAK_WORDING, Strength::Weak, fact)).collect();
    assert_eq!(combined(&weak).band, Band::Clear, "weak findings of one family never ask for a look");
}

#[test]
fn what_may_not_stand_alone_does_not_count_alone() {
    assert_eq!(combined(&[(&WEAK_ALONE, Strength::Weak, 0)]).weight.0, 0);
    assert_eq!(combined(&[(&WEAK_ALONE, Strength::Weak, 0), (&WEAK_WORDING, Strength::Weak, 1)]).weight.0, 140);
}

#[test]
fn a_name_alone_never_changes_the_band() {
    let name = combined(&[(&STRONG_NAME, Strength::Strong, 0)]);
    assert_eq!((name.band, name.weight.0), (Band::Clear, 0));
    assert!(name.findings[0].held_back.as_deref().is_some_and(|why| why.contains("second attribute")));
}

#[test]
fn weak_findings_together_never_reach_urgent() {
    // Every family once at its weakest cap: the sum may be large, but no medium finding is among them.
    let many: Vec<_> =
        (0..10).map(|fact| (if fact % 2 == 0 { &MEDIUM_HISTORY } else { &MEDIUM_CLOCK }, Strength::Weak, fact)).collect();
    let combined = combined(&many);
    assert!(combined.band < Band::Urgent, "{:?}", combined.band);
}

#[test]
fn every_check_answers_for_every_ordinary_applicant() {
    let engine = engine();
    for applicant in population::draw(17, 100) {
        let assessment = assess(&engine, &applicant);
        let coverage = &assessment.coverage;
        assert!(
            !coverage.inconclusive.iter().any(|inconclusive| inconclusive.missing.need == bonafide_model::check::Need::Check),
            "a check failed: {:?}",
            coverage.inconclusive
        );
        let with_findings: std::collections::BTreeSet<_> = assessment.findings.iter().map(|finding| finding.code).collect();
        let answered = coverage.clear.len() + coverage.not_applicable.len() + coverage.inconclusive.len() + with_findings.len();
        assert_eq!(answered, CATALOGUE.len(), "each check gives one answer");
    }
}
