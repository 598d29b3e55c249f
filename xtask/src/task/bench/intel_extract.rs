//! Indicators out of chat: accuracy on the labelled messages, markings, speed, hostile texts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{data, program, row, scratch};

/// Bytes of lines that the speed is measured over.
const MEASURED: usize = 48 << 20;
/// What hostile texts repeat.
const HOSTILE: [&str; 12] =
    ["A.", "@@@", "a@", "a@a.", "http://", "hxxp://a.com/(", "[.]", "[a.com](", "npm i ", "telegram @a, ", "a.com/", "\u{200b}"];

#[derive(Default)]
struct Tally {
    right: u32,
    invented: u32,
    missed: u32,
}

impl Tally {
    fn f1(&self) -> f64 {
        2.0 * f64::from(self.right) / f64::from(2 * self.right + self.invented + self.missed).max(1.0)
    }
}

pub(super) fn run() -> Result<()> {
    let labelled = data("intel/chat_dev.jsonl")?;
    let folder = scratch("intel-extract")?;
    let program = program::release()?;
    let extract = |input: &Path, name: &str| -> Result<(Vec<Value>, program::Timings)> {
        let output = folder.join(format!("{name}.out.jsonl"));
        let (input, out) = (input.to_string_lossy().into_owned(), output.to_string_lossy().into_owned());
        let (_, timings) = program::timed(&program, &["intel", "extract", "--in", &input, "--out", &out, "--threads", "1"])?;
        Ok((program::json_lines(&output)?, timings))
    };
    let rows = program::json_lines(&labelled)?;
    let (answers, _) = extract(&labelled, "labelled")?;
    if answers.len() != rows.len() {
        bail!("{} of {} messages were answered", answers.len(), rows.len());
    }
    accuracy(&rows, &answers);

    let lines = fs::read(&labelled)?;
    let large = folder.join("large.jsonl");
    fs::write(&large, lines.repeat(MEASURED / lines.len().max(1)))?;
    let (_, timings) = extract(&large, "large")?;
    let rate = (MEASURED / lines.len().max(1) * lines.len()) as f64 / 1e3 / timings.cpu_ms;
    row("extraction, from lines to lines", &format!("{rate:.0} MB/s and core"), "≥ 30 MB/s", rate >= 30.0);

    let hostile = folder.join("hostile.jsonl");
    let texts: Vec<String> =
        HOSTILE.iter().map(|seed| json!({ "id": seed, "text": seed.repeat((1 << 20) / seed.len()) }).to_string()).collect();
    fs::write(&hostile, texts.join("\n"))?;
    let (_, timings) = extract(&hostile, "hostile")?;
    let slowest = timings.p99_us / 1e3;
    row("1 MB of a hostile text, the slowest", &format!("{slowest:.0} ms"), "≤ 50 ms", slowest <= 50.0);
    Ok(())
}

fn accuracy(rows: &[Value], answers: &[Value]) {
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut exact, mut marked) = (0, 0);
    for (row, answer) in rows.iter().zip(answers) {
        let (meant, found) = (pairs(&row["labels"]), pairs(&answer["found"]));
        found.intersection(&meant).for_each(|(kind, _)| kinds.entry(kind.clone()).or_default().right += 1);
        found.difference(&meant).for_each(|(kind, _)| kinds.entry(kind.clone()).or_default().invented += 1);
        meant.difference(&found).for_each(|(kind, _)| kinds.entry(kind.clone()).or_default().missed += 1);
        exact += usize::from(meant == found);
        marked += usize::from(row["tlp"] == answer["tlp"] && row["pap"] == answer["pap"]);
    }
    let all = kinds.values().fold(Tally::default(), |sum, kind| Tally {
        right: sum.right + kind.right,
        invented: sum.invented + kind.invented,
        missed: sum.missed + kind.missed,
    });
    for (kind, tally) in &kinds {
        println!("       … {kind}: F1 {:.3}, {} invented, {} missed", tally.f1(), tally.invented, tally.missed);
    }
    let share = |count: usize| count as f64 / rows.len().max(1) as f64;
    row("micro F1 on 15 types", &format!("{:.3}", all.f1()), "≥ 0.97", all.f1() >= 0.97);
    row("messages exactly right", &format!("{exact} of {}", rows.len()), "≥ 85 %", share(exact) >= 0.85);
    row("markings right", &format!("{marked} of {}", rows.len()), "≥ 99 %", share(marked) >= 0.99);
}

/// The pairs of type and value of a message.
fn pairs(value: &Value) -> BTreeSet<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    value.as_array().into_iter().flatten().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}
