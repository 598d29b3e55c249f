//! What is found when applications come one by one: `one_by_one SET TEN` takes a drawn set (`applicants.jsonl`, `resumes.jsonl` and
//! `truth.jsonl` in the folder SET; or `flat.csv` without texts), links TEN tenths of it at once and adds the rest one by one, and compares that with linking all at
//! once.

#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::{collections::BTreeMap, error::Error, fs, path::Path, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::{self, Applicants, Index, Key};
use serde_json::Value;

/// Person and ring by id.
type Said = BTreeMap<String, (String, Option<String>)>;

fn with_texts(heading: &str, lines: &[&str], resumes: &str) -> Result<Applicants, Box<dyn Error>> {
    let limits = Limits { bytes: 1 << 40, unpacked: 1 << 40, ..Limits::default() };
    let (mut applicants, _) = people::read("applicants", format!("{heading}{}\n", lines.join("\n")).as_bytes(), &limits)?;
    people::read_resumes("resumes.jsonl", resumes.as_bytes(), &limits, &mut applicants)?;
    Ok(applicants)
}

/// Rings found and personas flagged, ordinary and hard, and honest people flagged.
fn judge(what: &str, truth: &BTreeMap<String, Value>, said: &Said) {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    said.values().filter_map(|(_, ring)| ring.as_deref()).for_each(|ring| *sizes.entry(ring).or_default() += 1);
    let mut rings: BTreeMap<(bool, &str), Vec<&str>> = BTreeMap::new();
    let (mut alarms, mut honest) = (0, 0);
    for (id, (_, ring)) in said {
        let of = &truth[id];
        if let Some(name) = of["ring"].as_str() {
            rings.entry((of["hard_ring"] == true, name)).or_default().push(id);
        } else {
            honest += 1;
            alarms += usize::from(ring.is_some());
        }
    }
    print!("{what:<12}");
    for hard in [false, true] {
        let of_kind: Vec<&Vec<&str>> = rings.iter().filter(|((is_hard, _), _)| *is_hard == hard).map(|(_, ids)| ids).collect();
        let is_found = |ids: &&&Vec<&str>| {
            let mut held: BTreeMap<&str, usize> = BTreeMap::new();
            ids.iter().filter_map(|id| said[*id].1.as_deref()).for_each(|ring| *held.entry(ring).or_default() += 1);
            held.iter().any(|(ring, &count)| count * 2 >= ids.len() && count * 5 >= sizes[*ring] * 4)
        };
        let found = of_kind.iter().filter(is_found).count();
        let flagged = of_kind.iter().flat_map(|ids| ids.iter()).filter(|id| said[**id].1.is_some()).count();
        let personas: usize = of_kind.iter().map(|ids| ids.len()).sum();
        let name = if hard { "hard" } else { "ordinary" };
        print!("{name} rings {found} of {}, personas {flagged} of {personas}; ", of_kind.len());
    }
    println!("honest flagged {alarms} of {honest}");
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, set, tenths] = arguments.as_slice() else { return Err("one_by_one SET TENTHS".into()) };
    let read = |name: &str| fs::read_to_string(Path::new(set).join(name));
    let is_flat = Path::new(set).join("flat.csv").exists();
    let (text, resumes) =
        if is_flat { (read("flat.csv")?, String::new()) } else { (read("applicants.jsonl")?, read("resumes.jsonl")?) };
    let mut truth: BTreeMap<String, Value> = BTreeMap::new();
    for line in read("truth.jsonl")?.lines() {
        let of: Value = serde_json::from_str(line)?;
        truth.insert(of["id"].as_str().unwrap_or_default().to_owned(), of);
    }
    let mut lines: Vec<&str> = text.lines().collect();
    let heading = if is_flat { format!("{}\n", lines.remove(0)) } else { String::new() };
    let tenths: u64 = tenths.parse()?;
    // In no order that has to do with rings.
    let is_early = |line: &&str| line.bytes().take(40).fold(7_u64, |sum, byte| sum * 31 % 1_009 + u64::from(byte)) % 10 < tenths;
    let (early, late): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| is_early(line));
    let key = || Key::from_bytes([7; 32]);
    let all = with_texts(&heading, &lines, &resumes)?;
    let of = |index: &Index| -> Result<Said, Box<dyn Error>> {
        Ok(index.clusters()?.into_iter().map(|(id, person, ring)| (id, (person, ring))).collect())
    };
    judge("at once", &truth, &of(&Index::in_memory(&all, &people::link(&all), key())?)?);
    let early = with_texts(&heading, &early, &resumes)?;
    let mut index = Index::in_memory(&early, &people::link(&early), key())?;
    let late = with_texts(&heading, &late, &resumes)?;
    let mut took = Vec::new();
    index.add(&late, &late.in_input_order(), |_, added| took.extend(added.map(|added| added.took)))?;
    judge("one by one", &truth, &of(&index)?);
    took.sort_unstable();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!("{} added: p50 {:?}, p99 {:?}, most {:?}", took.len(), at(0.5), at(0.99), at(1.0 - 1e-9));
    // One that comes to few, and to many; one that goes.
    for count in [2_000, 3_900, 12_000] {
        let some = &lines[..lines.len().min(count)];
        let nobody = with_texts(&heading, &[], "")?;
        let mut index = Index::in_memory(&nobody, &people::link(&nobody), key())?;
        index.put(&with_texts(&heading, &some[..some.len() - 1], &resumes)?, &|_, _| false)?;
        let last = with_texts(&heading, &some[some.len() - 1..], &resumes)?;
        let started = Instant::now();
        index.put(&last, &|_, _| false)?;
        let put = started.elapsed();
        let started = Instant::now();
        index.remove(&[last.id(0).to_owned()])?;
        println!("{count}: one put in {put:?}, removed in {:?}", started.elapsed());
    }
    Ok(())
}
