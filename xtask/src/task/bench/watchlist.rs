//! Watch lists: accuracy, false alarms and time of screening, on the labelled queries of the shared data.
//!
//! The measures are those of the peers' table in `docs/watchlists.md`: a hit counts where one of the accepted entries is returned with
//! at least the threshold's score; a false positive is a query that fits nobody and gets any hit at the threshold. The threshold "at
//! 1 %" is the lowest at which at most one query in a hundred that fits nobody is flagged.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs,
    io::Read as _,
    path::Path,
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use bonafide_engine::lists::QUESTION_SCORE;
use serde_json::{Value, json};

use super::{data, dice::Dice, program, row, scratch};
use crate::shell::root;

/// Queries that are answered before time is taken.
const ENTRIES: usize = 5;
/// Names of the large list.
const MANY_NAMES: usize = 300_000;

pub(super) fn run() -> Result<()> {
    let screening = data("screening")?;
    let lists = screening.join("ofac");
    let folder = scratch("watchlist")?;
    let program = program::release()?;
    let screen = |lists: &Path, queries: &[Value], name: &str, more: &[&str]| -> Result<(Vec<Value>, program::Timings)> {
        let (input, output) = (folder.join(format!("{name}.jsonl")), folder.join(format!("{name}.out.jsonl")));
        let lines: Vec<String> = queries.iter().map(Value::to_string).collect();
        fs::write(&input, lines.join("\n"))?;
        let (lists, limit) = (lists.to_string_lossy(), ENTRIES.to_string());
        let (input, out) = (input.to_string_lossy().into_owned(), output.to_string_lossy().into_owned());
        let arguments = ["screen", "--lists", &lists, "--in", &input, "--out", &out, "--limit", &limit, "--threads", "1"];
        let (_, timings) = program::timed(&program, &[&arguments[..], more].concat())?;
        let answers = program::json_lines(&output)?;
        if answers.len() != queries.len() {
            bail!("{} of {} queries were answered", answers.len(), queries.len());
        }
        Ok((answers, timings))
    };

    let queries = program::json_lines(&screening.join("vectors/screening_dev_queries.jsonl"))?;
    let (answers, timings) = screen(&lists, &queries, "queries", &[])?;
    let judged = judge(&queries, &answers)?;
    let everybody: Vec<&Judged> = judged.iter().collect();
    accuracy("all names", &everybody, &everybody, &ALL);
    let negatives: Vec<&Judged> = judged.iter().filter(|judged| judged.accepted.is_empty()).collect();
    let listed = dprk_entries(&lists)?;
    let dprk: Vec<&Judged> = judged.iter().filter(|judged| judged.accepted.iter().any(|id| listed.contains(id))).collect();
    accuracy("DPRK programmes", &dprk, &negatives, &DPRK);
    by_class(&judged);
    korean_false_alarms(&judged);
    questions_by_tradition(&judged);

    row("CPU of one name, p50", &format!("{:.0} µs", timings.p50_us), "≤ 100 µs", timings.p50_us <= 100.0);
    row("CPU of one name, p99", &format!("{:.0} µs", timings.p99_us), "≤ 600 µs", timings.p99_us <= 600.0);
    // The first question for a way of making names screens its reference population where the lists are no index.
    println!("       … with lists that are no index: {:.0}", timings.items / timings.cpu_ms * 1e3);
    row("load from the raw files, CPU", &format!("{:.0} ms", timings.load_ms), "≤ 500 ms", timings.load_ms <= 500.0);
    let index = folder.join("ofac.index");
    let index = index.to_string_lossy();
    screen(&lists, &queries[..1], "build", &["--index", &index])?;
    let (again, mapped) = screen(&lists, &queries, "mapped", &["--index", &index])?;
    let rate = mapped.items / mapped.cpu_ms * 1e3;
    row("screenings a second and core", &format!("{rate:.0}"), "≥ 8,000", rate >= 8_000.0);
    row(
        "the mapped index answers as the raw files do",
        if again == answers { "equal" } else { "differs" },
        "equal",
        again == answers,
    );
    row("load from the mapped index, CPU", &format!("{:.0} ms", mapped.load_ms), "≤ 50 ms", mapped.load_ms <= 50.0);
    let megabytes = mapped.peak_rss_kb / 1024.0;
    row("memory with the mapped index", &format!("{megabytes:.0} MB"), "≤ 60 MB", megabytes <= 60.0);

    identifiers(&screening, &lists, &screen)?;
    many_names(&lists, &folder, &queries, &screen)?;
    by_library(&screening)
}

/// What a query should have found, and what it found.
struct Judged {
    class: String,
    accepted: BTreeSet<String>,
    /// Ids and scores, best first.
    found: Vec<(String, f64)>,
    has_birth_date: bool,
}

impl Judged {
    /// The best score of any entry.
    fn top(&self) -> f64 {
        self.found.first().map_or(0.0, |(_, score)| *score)
    }

    /// The best score of an accepted entry.
    fn right(&self) -> f64 {
        self.found.iter().find(|(id, _)| self.accepted.contains(id)).map_or(0.0, |(_, score)| *score)
    }

    fn within(&self, rank: usize) -> bool {
        self.found.iter().take(rank).any(|(id, _)| self.accepted.contains(id))
    }
}

fn judge(queries: &[Value], answers: &[Value]) -> Result<Vec<Judged>> {
    queries
        .iter()
        .zip(answers)
        .map(|(query, answer)| {
            if query["qid"] != answer["qid"] {
                bail!("answers are not in the order of the queries: {} for {}", answer["qid"], query["qid"]);
            }
            let texts =
                |value: &Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            let found = answer["results"].as_array().context("results")?.iter();
            Ok(Judged {
                class: query["cls"].as_str().unwrap_or_default().to_owned(),
                accepted: texts(&query["expect"]),
                found: found
                    .map(|hit| (hit["id"].as_str().unwrap_or_default().to_owned(), hit["score"].as_f64().unwrap_or(f64::NAN)))
                    .collect(),
                has_birth_date: query["query"].get("birthDate").is_some(),
            })
        })
        .collect()
}

/// Goals of a group: recall within 1 and 5, recall at 1 % and 5 % false positives, area under the curve, best F1.
struct Goals {
    first: f64,
    fifth: Option<f64>,
    at_one: f64,
    at_five: Option<f64>,
    area: Option<f64>,
    f1: Option<f64>,
}

const ALL: Goals = Goals { first: 0.93, fifth: Some(0.965), at_one: 0.85, at_five: Some(0.92), area: Some(0.96), f1: Some(0.92) };
const DPRK: Goals = Goals { first: 0.92, fifth: None, at_one: 0.80, at_five: None, area: None, f1: None };

fn accuracy(group: &str, positives: &[&Judged], negatives: &[&Judged], goals: &Goals) {
    let positives: Vec<&&Judged> = positives.iter().filter(|judged| !judged.accepted.is_empty()).collect();
    let mut tops: Vec<f64> = negatives.iter().filter(|judged| judged.accepted.is_empty()).map(|judged| judged.top()).collect();
    tops.sort_by(|left, right| right.total_cmp(left));
    let count = positives.len() as f64;
    let share = |hits: usize| hits as f64 / count;
    let within = |rank| share(positives.iter().filter(|judged| judged.within(rank)).count());
    let at = |rate| {
        let threshold = threshold(&tops, rate);
        share(positives.iter().filter(|judged| judged.right() >= threshold).count())
    };
    let said = |what: &str, figure: f64, goal: Option<f64>| {
        if let Some(goal) = goal {
            row(&format!("{group}: {what}"), &format!("{figure:.3}"), &format!("≥ {goal}"), figure >= goal);
        }
    };
    println!("       {group}: {count} queries that fit somebody, {} that fit nobody", tops.len());
    said("recall@1", within(1), Some(goals.first));
    said("recall@5", within(5), goals.fifth);
    said("recall at 1 % false positives", at(0.01), Some(goals.at_one));
    said("recall at 5 % false positives", at(0.05), goals.at_five);
    let rights: Vec<f64> = positives.iter().map(|judged| judged.right()).collect();
    said("area under the curve", area(&rights, &tops), goals.area);
    said("best F1", best_f1(&rights, &tops), goals.f1);
}

/// The lowest threshold at which at most a share of the scores (sorted, highest first) reaches it.
fn threshold(tops: &[f64], rate: f64) -> f64 {
    let allowed = (tops.len() as f64 * rate).floor() as usize;
    // Just above the first score that must stay below.
    tops.get(allowed).map_or(0.0, |score| score.next_up()).max(f64::MIN_POSITIVE)
}

/// How often a query that fits somebody scores above one that fits nobody (Mann–Whitney; ties count half).
fn area(rights: &[f64], tops: &[f64]) -> f64 {
    let mut ascending = tops.to_vec();
    ascending.sort_by(f64::total_cmp);
    let wins: f64 = rights
        .iter()
        .map(|right| {
            let below = ascending.partition_point(|top| top < right);
            let equal = ascending.partition_point(|top| top <= right) - below;
            below as f64 + equal as f64 / 2.0
        })
        .sum();
    wins / (rights.len() as f64 * tops.len() as f64)
}

fn best_f1(rights: &[f64], tops: &[f64]) -> f64 {
    let reaching = |scores: &[f64], threshold: f64| scores.iter().filter(|score| **score >= threshold).count() as f64;
    let thresholds = rights.iter().chain(tops).copied().filter(|threshold| *threshold > 0.0);
    thresholds
        .map(|threshold| {
            let (hits, false_alarms) = (reaching(rights, threshold), reaching(tops, threshold));
            2.0 * hits / (hits + false_alarms + rights.len() as f64)
        })
        .fold(0.0, f64::max)
}

fn by_class(judged: &[Judged]) {
    let mut classes: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for one in judged.iter().filter(|judged| !judged.accepted.is_empty()) {
        classes.entry(&one.class).or_default().push(one);
    }
    for (class, members) in classes {
        let share = |rank| members.iter().filter(|judged| judged.within(rank)).count() as f64 / members.len() as f64;
        println!("       {class}: recall@1 {:.3}, recall@5 {:.3} of {}", share(1), share(5), members.len());
        if class == "korean_romanisation" {
            row("Korean romanisation: recall@5", &format!("{:.3}", share(5)), "≥ 0.98", share(5) >= 0.98);
        }
    }
}

/// Ordinary Korean names that are flagged where one in a hundred of all ordinary names is.
fn korean_false_alarms(judged: &[Judged]) {
    let ordinary: Vec<&Judged> = judged.iter().filter(|judged| judged.accepted.is_empty()).collect();
    let mut tops: Vec<f64> = ordinary.iter().map(|judged| judged.top()).collect();
    tops.sort_by(|left, right| right.total_cmp(left));
    let threshold = threshold(&tops, 0.01);
    let korean = |with_birth_date: bool| {
        let group = ordinary.iter().filter(|judged| judged.class.contains("korean") && judged.class.starts_with("neg"));
        let group: Vec<_> = group.filter(|judged| !with_birth_date || judged.has_birth_date).collect();
        let flagged = group.iter().filter(|judged| judged.top() >= threshold).count();
        (flagged, group.len(), flagged as f64 / group.len().max(1) as f64 * 100.0)
    };
    for (with, goal, what) in
        [(false, 2.0, "ordinary Korean names flagged at the 1 % point"), (true, 0.5, "… those with a date of birth")]
    {
        let (flagged, of, percent) = korean(with);
        row(what, &format!("{flagged} of {of} ({percent:.1} %)"), &format!("≤ {goal} %"), percent <= goal);
    }
}

/// How often ordinary people of a writing tradition are asked about because of their name: a name alone never counts, and it must not
/// cost some people more questions than others without anybody knowing.
fn questions_by_tradition(judged: &[Judged]) {
    let asked = |judged: &&Judged| judged.top() >= QUESTION_SCORE;
    let ordinary: Vec<&Judged> = judged.iter().filter(|judged| judged.accepted.is_empty()).collect();
    let overall = ordinary.iter().copied().filter(asked).count() as f64 / ordinary.len() as f64;
    println!(
        "       name questions among {} ordinary people (score {QUESTION_SCORE} or more): {:.2} %",
        ordinary.len(),
        overall * 100.0
    );
    let mut traditions: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for one in &ordinary {
        traditions.entry(&one.class).or_default().push(one);
    }
    for (tradition, members) in traditions {
        let count = members.iter().copied().filter(asked).count();
        let share = count as f64 / members.len() as f64;
        let ratio = if overall > 0.0 { share / overall } else { 0.0 };
        println!("       {tradition}: {count} of {} ({:.1} %), {ratio:.1} × all", members.len(), share * 100.0);
    }
}

/// Name pairs and re-screening, by the examples of the library.
fn by_library(screening: &Path) -> Result<()> {
    let pairs = example("name_accuracy", &[OsStr::new("0")])?;
    let f1 = figure(&pairs, "best F1")?;
    row("labelled name pairs: F1", &format!("{f1:.3}"), "≥ 0.86", f1 >= 0.86);

    let korean = example("korean_names", &[screening.as_os_str()])?;
    korean.lines().for_each(|line| println!("       listed Korean people, {line}"));
    let in_hangul = korean.lines().find(|line| line.starts_with("in Hangul")).context("no line on Hangul")?;
    let first = figure(in_hangul, "recall@1")?;
    row("listed Korean people by their names in Hangul: recall@1", &format!("{first:.3}"), "≥ 0.95", first >= 0.95);

    println!("       reference names of each way of making them:");
    let ordinary = example("ordinary_names", &[screening.as_os_str()])?;
    ordinary.lines().for_each(|line| println!("       {line}"));

    let history = scratch("watchlist-history")?;
    let unpacked =
        Command::new("tar").arg("-xJf").arg(screening.join("ofac/sdn_history.tar.xz")).arg("-C").arg(&history).status()?;
    if !unpacked.success() {
        bail!("tar cannot unpack the dated snapshots");
    }
    // The step that adds most: 298 entries between 26 April and 1 May 2024.
    let snapshot = |day: &str| history.join("hist").join(format!("sdn_{day}.csv"));
    let (older, newer) = (snapshot("2024-04-26"), snapshot("2024-05-01"));
    let people = example("rescreen_people", &[OsStr::new("100000"), older.as_os_str(), newer.as_os_str()])?;
    let rounds: Vec<f64> = people.lines().filter(|line| line.starts_with("round")).filter_map(seconds).collect();
    let best = rounds.iter().copied().fold(f64::INFINITY, f64::min);
    row("298 entries against 100,000 people", &format!("{best:.2} s"), "≤ 1 s", best <= 1.0);
    people.lines().filter(|line| line.contains("missed by")).for_each(|line| println!("       {line}"));
    Ok(())
}

/// The seconds that a line ends in, written `1.2s` or `340ms`.
fn seconds(line: &str) -> Option<f64> {
    let word = line.split_whitespace().next_back()?;
    match word.strip_suffix("ms") {
        Some(milliseconds) => milliseconds.parse::<f64>().ok().map(|number| number / 1e3),
        None => word.strip_suffix('s')?.parse().ok(),
    }
}

/// What an example of the library prints, built for release.
fn example(name: &str, given: &[&OsStr]) -> Result<String> {
    let arguments = ["run", "--release", "--quiet", "--package", "bonafide-watchlist", "--example", name, "--"];
    let output = Command::new("cargo").args(arguments).args(given).current_dir(root()).output().context("cargo")?;
    if !output.status.success() {
        bail!("the example {name} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The number behind a word.
fn figure(text: &str, word: &str) -> Result<f64> {
    let behind = text.split(word).nth(1).with_context(|| format!("no {word} in {text}"))?;
    let number: String =
        behind.trim_start_matches([' ', ':', '=']).chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.trim_end_matches('.').parse().with_context(|| format!("no number behind {word}"))
}

/// Entries under a programme whose name holds DPRK.
fn dprk_entries(lists: &Path) -> Result<BTreeSet<String>> {
    let text = unpacked(&lists.join("sdn.csv.gz"))?;
    let listed = text.lines().filter(|line| line.contains("DPRK"));
    Ok(listed.filter_map(|line| line.split(',').next()).map(|number| format!("ofac:{number}")).collect())
}

type Screen<'s> = dyn Fn(&Path, &[Value], &str, &[&str]) -> Result<(Vec<Value>, program::Timings)> + 's;

/// Listed mailboxes and wallets in other notations find their entry; others find nobody.
fn identifiers(screening: &Path, lists: &Path, screen: &Screen<'_>) -> Result<()> {
    let remarks = unpacked(&lists.join("sdn.csv.gz"))? + &unpacked(&lists.join("sdn_comments.csv.gz"))?;
    let mut dice = Dice::new(0x6964_656e);
    let mut queries = Vec::new();
    for word in remarks.split([' ', ';', ':', '"', ',']).map(|word| word.trim_end_matches('.')) {
        let (kind, known) = match word {
            mail if mail.contains('@') && mail.contains('.') => ("email", mail),
            ether if ether.len() == 42 && ether.starts_with("0x") => ("wallet", ether),
            bitcoin if bitcoin.starts_with("bc1q") => ("wallet", bitcoin),
            _ => continue,
        };
        let number = queries.len() / 2;
        queries.push(json!({"qid": format!("k{number}"), "schema": "Person", "query": {kind: altered(known, kind)}}));
        queries.push(json!({"qid": format!("u{number}"), "schema": "Person", "query": {kind: broken(known, &mut dice)}}));
    }
    if queries.len() < 400 {
        bail!("only {} identifiers were found in {}", queries.len() / 2, screening.display());
    }
    let (answers, timings) = screen(lists, &queries, "identifiers", &[])?;
    let sure = |answer: &Value, least: f64| answer["results"][0]["score"].as_f64().is_some_and(|score| score >= least);
    let (known, unknown): (Vec<&Value>, Vec<&Value>) =
        answers.iter().partition(|answer| answer["qid"].as_str().is_some_and(|qid| qid.starts_with('k')));
    let found = known.iter().filter(|answer| sure(answer, 0.95)).count();
    let false_hits = unknown.iter().filter(|answer| sure(answer, 0.5)).count();
    row("identifiers in another notation found", &format!("{found} of {}", known.len()), "all", found == known.len());
    row("identifiers that differ in one letter: hits", &false_hits.to_string(), "0", false_hits == 0);
    row("one identifier, p50", &format!("{:.1} µs", timings.p50_us), "≤ 2 µs", timings.p50_us <= 2.0);
    Ok(())
}

fn altered(known: &str, kind: &str) -> String {
    match kind {
        "email" => known.replacen('@', "+jobs@", 1).to_uppercase(),
        _ if known.starts_with("0x") => format!("0x{}", known[2..].to_uppercase()),
        _ => known.to_uppercase(),
    }
}

/// Another letter for one of an identifier.
fn broken(known: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = known.chars().collect();
    let at = 3 + dice.below(8) as usize;
    let at = at.min(letters.len() - 1);
    letters[at] = if letters[at] == 'q' { 'w' } else { 'q' };
    letters.into_iter().collect()
}

/// The same queries against a list of 300,000 invented names, recombined from the words of the real ones.
fn many_names(lists: &Path, folder: &Path, queries: &[Value], screen: &Screen<'_>) -> Result<()> {
    let text = unpacked(&lists.join("sdn.csv.gz"))?;
    let names: Vec<(&str, &str)> = text
        .lines()
        .filter(|line| line.contains("\"individual\""))
        .filter_map(|line| line.split('"').nth(1)?.split_once(", "))
        .collect();
    let mut dice = Dice::new(0x6d61_6e79);
    let many = folder.join("many");
    fs::create_dir_all(&many)?;
    let mut lines = String::new();
    for number in 0..MANY_NAMES {
        let surname = names[dice.below(names.len() as u64) as usize].0;
        let given = names[dice.below(names.len() as u64) as usize].1;
        let name = format!("{given} {surname}");
        lines.push_str(&json!({"id": format!("many-{number}"), "schema": "Person", "properties": {"name": [name]}}).to_string());
        lines.push('\n');
    }
    fs::write(many.join("many.ftm.json"), lines)?;
    let index = folder.join("many.index");
    let index = index.to_string_lossy();
    screen(&many, &queries[..1], "many-build", &["--index", &index])?;
    let (_, timings) = screen(&many, queries, "many", &["--index", &index])?;
    row("300,000 names: p50", &format!("{:.0} µs", timings.p50_us), "≤ 400 µs", timings.p50_us <= 400.0);
    row("300,000 names: p99", &format!("{:.0} µs", timings.p99_us), "≤ 2,500 µs", timings.p99_us <= 2_500.0);
    Ok(())
}

fn unpacked(path: &Path) -> Result<String> {
    let output = Command::new("gzip").arg("-dc").arg(path).output().context("gzip")?;
    if !output.status.success() {
        bail!("gzip cannot unpack {}", path.display());
    }
    let mut text = String::new();
    output.stdout.as_slice().read_to_string(&mut text).with_context(|| format!("{} is not UTF-8", path.display()))?;
    Ok(text)
}
