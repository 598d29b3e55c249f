//! Links between applicants: persons, rings, honest false alarms, known bad, résumés of one template; on the sample and on drawn
//! populations unlike it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{data, program, row, scratch};
use crate::shell::{cargo, step};

#[path = "links_index.rs"]
mod index;

/// Seeds of the drawn populations.
const SEEDS: [u32; 3] = [1, 3, 5];
/// People of a drawn population; with those who apply again about 20,000 applications.
const PEOPLE: &str = "14000";
/// People of the large flat table: about a million applications.
const MANY: &str = "700000";
/// Populations where one person in 340 belongs to a ring.
const RARE_SEEDS: [u32; 2] = [21, 22];
/// People of such a population.
const RARE_PEOPLE: &str = "60000";
/// People whose résumés are compared: about 100,000 texts.
const WRITERS: &str = "70000";

/// What is true of one application.
struct Truth {
    person: String,
    ring: Option<String>,
    hard: bool,
    bad: bool,
    tags: BTreeSet<String>,
}

/// What the program said of it.
struct Said {
    person: String,
    ring: Option<String>,
    has_path: bool,
}

/// The sample, drawn populations, and with `million` the large flat table.
pub(super) fn run(million: bool) -> Result<()> {
    let program = program::release()?;
    let folder = scratch("links")?;
    let sample = data("linkage/applicants10k")?;
    println!("── the sample");
    let truth = read_truth(&unpacked(&sample.join("truth.jsonl.gz"))?)?;
    judge(&program, &folder, &sample.join("applicants.jsonl.gz"), Some(&sample.join("resumes.jsonl.gz")), &truth)?;
    pairs(&program, &folder, &sample.join("resumes.jsonl.gz"), &truth)?;
    for seed in SEEDS {
        println!("── a drawn population, seed {seed}");
        let set = draw(&folder, &seed.to_string(), PEOPLE, "drawn")?;
        let truth = read_truth(&fs::read_to_string(set.join("truth.jsonl"))?)?;
        judge(&program, &folder, &set.join("applicants.jsonl"), Some(&set.join("resumes.jsonl")), &truth)?;
    }
    for seed in RARE_SEEDS {
        println!("── one person in 340 in a ring, seed {seed}");
        let set = draw(&folder, &seed.to_string(), RARE_PEOPLE, "rare")?;
        let truth = read_truth(&fs::read_to_string(set.join("truth.jsonl"))?)?;
        judge(&program, &folder, &set.join("applicants.jsonl"), Some(&set.join("resumes.jsonl")), &truth)?;
        fs::remove_dir_all(set)?;
    }
    println!("── alleged personas, a random half known");
    personas()?;
    println!("── 100,000 texts");
    let set = draw(&folder, "78", WRITERS, "usual")?;
    let truth = read_truth(&fs::read_to_string(set.join("truth.jsonl"))?)?;
    pairs(&program, &folder, &set.join("resumes.jsonl"), &truth)?;
    fs::remove_dir_all(set)?;
    if million {
        println!("── a million flat applications");
        let set = draw(&folder, "77", MANY, "flat")?;
        let truth = read_truth(&fs::read_to_string(set.join("truth.jsonl"))?)?;
        judge(&program, &folder, &set.join("flat.csv"), None, &truth)?;
        println!("── one application more");
        index::run(&program, &folder, &set.join("flat.csv"), &truth)?;
    }
    Ok(())
}

/// Alleged personas among ordinary people: median of 20 splits.
fn personas() -> Result<()> {
    let folder = data("tradecraft")?;
    let path = folder.to_string_lossy();
    let arguments = ["run", "--release", "--quiet", "-p", "bonafide-linkage", "--example", "alleged_personas", "--", &path];
    let output = cargo(&arguments).stderr(Stdio::inherit()).output().context("cargo run --example alleged_personas")?;
    let said: Value = serde_json::from_slice(&output.stdout).context("what the example prints")?;
    let number = |name: &str| said[name].as_f64().with_context(|| format!("the example says no {name}"));
    let (reached, equal, right) = (number("reached")?, number("reached_by_equality")?, number("right_cluster")?);
    let (ordinary, count) = (number("ordinary_reached")? + number("ordinary_in_rings")?, number("ordinary")?);
    row(
        "hidden personas reached",
        &format!("{:.1} % of {} ({:.1} % by equality)", 100.0 * reached, said["personas"], 100.0 * equal),
        "≥ 30 %",
        reached >= 0.3,
    );
    row("… in the right cluster", &format!("{:.1} %", 100.0 * right), "≥ 95 %", right >= 0.95);
    row("… ordinary people reached or in rings", &format!("{ordinary} of {count}"), "none", ordinary == 0.0);
    Ok(())
}

fn draw(folder: &Path, seed: &str, people: &str, how: &str) -> Result<PathBuf> {
    let set = folder.join(format!("{how}-{seed}"));
    let path = set.to_string_lossy();
    let arguments =
        ["run", "--release", "--quiet", "-p", "bonafide-testkit", "--example", "applicants", "--", seed, people, &path, how];
    step("draw a population", cargo(&arguments))?;
    Ok(set)
}

fn unpacked(path: &Path) -> Result<String> {
    let output = Command::new("gzip").arg("-dc").arg(path).output().context("gzip")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn read_truth(text: &str) -> Result<HashMap<String, Truth>> {
    let read = |line: &str| -> Result<(String, Truth)> {
        let json: Value = serde_json::from_str(line)?;
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        let truth = Truth {
            person: text("person").context("person")?,
            ring: text("ring"),
            hard: json["hard_ring"] == true,
            bad: json["known_bad"] == true,
            tags: json["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
        };
        Ok((text("id").context("id")?, truth))
    };
    text.lines().map(read).collect()
}

fn judge(program: &Path, folder: &Path, applicants: &Path, resumes: Option<&Path>, truth: &HashMap<String, Truth>) -> Result<()> {
    let (out, bad) = (folder.join("links.jsonl"), folder.join("bad.txt"));
    let mut known: Vec<&str> = truth.iter().filter(|(_, truth)| truth.bad).map(|(id, _)| id.as_str()).collect();
    known.sort_unstable();
    fs::write(&bad, known.join("\n"))?;
    let texts = [applicants, &out, &bad].map(|path| path.to_string_lossy().into_owned());
    let mut arguments = vec!["link", "people", "--in", &texts[0], "--out", &texts[1], "--known-bad", &texts[2]];
    let resumes = resumes.map(|path| path.to_string_lossy().into_owned());
    if let Some(path) = &resumes {
        arguments.extend(["--resumes", path]);
    }
    let (_, timings) = program::timed(program, &arguments)?;
    let mut said: HashMap<String, Said> = HashMap::new();
    for line in program::json_lines(&out)? {
        let text = |name: &str| line[name].as_str().map(str::to_owned);
        let has_path = line["paths"].as_array().is_some_and(|paths| !paths.is_empty());
        let of = Said { person: text("person_cluster").context("person_cluster")?, ring: text("ring_cluster"), has_path };
        said.insert(text("id").context("id")?, of);
    }
    let (large, seconds) = (timings.items > 500_000.0, timings.cpu_ms / 1_000.0);
    let memory = timings.peak_rss_kb / 1_048_576.0;
    row(
        "CPU and memory",
        &format!("{seconds:.1} s, {memory:.2} GiB for {} applications", timings.items),
        "≤ 10 s, ≤ 1.0 GiB for a million",
        !large || seconds <= 10.0 && memory <= 1.0,
    );
    let all: Vec<(&Truth, &Said)> = truth.iter().filter_map(|(id, truth)| Some((truth, said.get(id)?))).collect();
    let persons = f1(all.iter().map(|(truth, said)| (truth.person.as_str(), said.person.as_str())));
    row(
        "persons: pair precision, recall, F1",
        &format!("{:.4}, {:.4}, {:.4}", persons[0], persons[1], persons[2]),
        "≥ 0.98",
        persons[2] >= 0.98,
    );
    rings(&all);
    reach(&all);
    flagged(&all);
    ring_pairs(&all);
    honest(&all);
    Ok(())
}

/// Of the applications that are said to be of a ring, how many are, and of those that are, how many are said to be.
fn flagged(all: &[(&Truth, &Said)]) {
    let count = |is: &dyn Fn(&Truth, &Said) -> bool| all.iter().filter(|(truth, said)| is(truth, said)).count() as f64;
    let both = count(&|truth, said| truth.ring.is_some() && said.ring.is_some());
    let (said, are) = (count(&|_, said| said.ring.is_some()), count(&|truth, _| truth.ring.is_some()));
    let (precision, recall) = (both / said.max(1.0), both / are.max(1.0));
    row(
        "applications of rings",
        &format!("precision {precision:.3}, recall {recall:.3}"),
        "≥ 0.5, ≥ 0.8",
        precision >= 0.5 && recall >= 0.8,
    );
}

/// Pairs of applications of different persons in one ring.
fn ring_pairs(all: &[(&Truth, &Said)]) {
    let of = |key: &dyn Fn(&Truth, &Said) -> Option<String>| -> f64 {
        let (mut rings, mut persons) = (HashMap::<String, u64>::new(), HashMap::<(String, &str), u64>::new());
        for (truth, said) in all {
            if let Some(ring) = key(truth, said) {
                *persons.entry((ring.clone(), truth.person.as_str())).or_default() += 1;
                *rings.entry(ring).or_default() += 1;
            }
        }
        let pairs = |count: &u64| count * (count - 1) / 2;
        rings.values().map(pairs).sum::<u64>() as f64 - persons.values().map(pairs).sum::<u64>() as f64
    };
    let both = of(&|truth, said| Some(format!("{} {}", truth.ring.as_deref()?, said.ring.as_deref()?)));
    let (said, are) = (of(&|_, said| said.ring.clone()), of(&|truth, _| truth.ring.clone()));
    let (precision, recall) = (both / said.max(1.0), both / are.max(1.0));
    row(
        "ring pairs",
        &format!("precision {precision:.3}, recall {recall:.3}"),
        "≥ 0.95, ≥ 0.8",
        precision >= 0.95 && recall >= 0.8,
    );
}

/// Pairwise precision, recall and F1.
fn f1<'t>(labels: impl Iterator<Item = (&'t str, &'t str)>) -> [f64; 3] {
    let (mut truth, mut said, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (is, was) in labels {
        *truth.entry(is).or_insert(0_u64) += 1;
        *said.entry(was).or_insert(0_u64) += 1;
        *both.entry((is, was)).or_insert(0_u64) += 1;
    }
    let pairs = |counts: &mut dyn Iterator<Item = &u64>| counts.map(|count| count * (count - 1) / 2).sum::<u64>().max(1) as f64;
    let hits = pairs(&mut both.values());
    let (precision, recall) = (hits / pairs(&mut said.values()), hits / pairs(&mut truth.values()));
    [precision, recall, 2.0 * precision * recall / (precision + recall)]
}

/// A ring is found where half of it is in one cluster of which four in five are its own.
fn rings(all: &[(&Truth, &Said)]) {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    let mut members: BTreeMap<&str, Vec<(&Truth, &Said)>> = BTreeMap::new();
    for &(truth, said) in all {
        if let Some(ring) = &said.ring {
            *sizes.entry(ring).or_default() += 1;
        }
        if let Some(ring) = &truth.ring {
            members.entry(ring).or_default().push((truth, said));
        }
    }
    let (mut found, mut count) = ([0, 0], [0, 0]);
    for of in members.values() {
        let mut clusters: BTreeMap<&str, usize> = BTreeMap::new();
        of.iter().filter_map(|(_, said)| said.ring.as_deref()).for_each(|ring| *clusters.entry(ring).or_default() += 1);
        let is_found = clusters.iter().any(|(ring, &held)| held * 2 >= of.len() && held * 5 >= sizes[ring] * 4);
        let hard = usize::from(of.iter().any(|(truth, _)| truth.hard));
        count[hard] += 1;
        found[hard] += usize::from(is_found);
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    row("ordinary rings found", &format!("{} of {}", found[0], count[0]), "≥ 0.95", share(found[0], count[0]) >= 0.95);
    row("hard rings found", &format!("{} of {}", found[1], count[1]), "≥ 0.70", share(found[1], count[1]) >= 0.70);
}

/// Who of a ring of which somebody is known to be bad is shown a way there.
fn reach(all: &[(&Truth, &Said)]) {
    let bad: BTreeSet<&str> = all.iter().filter(|(truth, _)| truth.bad).filter_map(|(truth, _)| truth.ring.as_deref()).collect();
    let others: Vec<_> =
        all.iter().filter(|(truth, _)| !truth.bad && truth.ring.as_deref().is_some_and(|ring| bad.contains(ring))).collect();
    let reached = others.iter().filter(|(_, said)| said.has_path).count();
    row(
        "reached from known bad",
        &format!("{reached} of {}", others.len()),
        "≥ 0.90",
        others.is_empty() || reached * 10 >= others.len() * 9,
    );
}

fn honest(all: &[(&Truth, &Said)]) {
    let honest: Vec<_> = all.iter().filter(|(truth, _)| truth.ring.is_none()).collect();
    let alarms = |of: &mut dyn Iterator<Item = &&(&Truth, &Said)>| {
        of.fold((0_usize, 0_usize), |(alarms, count), (_, said)| (alarms + usize::from(said.ring.is_some()), count + 1))
    };
    let (wrong, count) = alarms(&mut honest.iter());
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    row(
        "honest false alarms",
        &format!("{wrong} of {count} ({:.3} %)", percent(wrong, count)),
        "≤ 0.3 %",
        percent(wrong, count) <= 0.3,
    );
    let tags: BTreeSet<&String> = honest.iter().flat_map(|(truth, _)| &truth.tags).collect();
    for tag in tags {
        let (wrong, count) = alarms(&mut honest.iter().filter(|(truth, _)| truth.tags.contains(tag)));
        let goal = if tag == "bootcamp" { 10.0 } else { 1.0 };
        row(
            &format!("… {tag}"),
            &format!("{wrong} of {count} ({:.2} %)", percent(wrong, count)),
            &format!("≤ {goal} %"),
            percent(wrong, count) <= goal,
        );
    }
}

fn pairs(program: &Path, folder: &Path, resumes: &Path, truth: &HashMap<String, Truth>) -> Result<()> {
    let out = folder.join("pairs.jsonl");
    let (resumes, path) = (resumes.to_string_lossy(), out.to_string_lossy());
    let (_, timings) = program::timed(program, &["resume", "pairs", "--in", &resumes, "--out", &path])?;
    let mut members: BTreeMap<&str, Vec<&Truth>> = BTreeMap::new();
    truth
        .values()
        .filter_map(|truth| Some((truth.ring.as_deref()?, truth)))
        .for_each(|(ring, truth)| members.entry(ring).or_default().push(truth));
    let across = |of: &Vec<&Truth>| -> usize {
        (0..of.len()).map(|at| of[at + 1..].iter().filter(|other| other.person != of[at].person).count()).sum()
    };
    let all: usize = members.values().map(across).sum();
    let (mut hits, mut wrong) = (0, 0);
    for pair in program::json_lines(&out)? {
        let of = |name: &str| truth.get(pair[name].as_str().unwrap_or_default()).context("a pair of nobody");
        let (a, b) = (of("a")?, of("b")?);
        if a.person != b.person {
            if a.ring.is_some() && a.ring == b.ring { hits += 1 } else { wrong += 1 }
        }
    }
    let (recall, precision) = (f64::from(hits) / all.max(1) as f64, f64::from(hits) / f64::from(hits + wrong).max(1.0));
    row(
        "résumé pairs of one ring",
        &format!("recall {recall:.3}, precision {precision:.3}"),
        "≥ 0.90, ≥ 0.95",
        recall >= 0.9 && precision >= 0.95,
    );
    let each = timings.cpu_ms * 1_000.0 / timings.items;
    row("… CPU a text", &format!("{each:.0} µs"), "≤ 60 µs", each <= 60.0);
    Ok(())
}
