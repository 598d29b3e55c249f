//! What the store promises: kills, damage and erasure, done to the program as a machine and an intruder would do them.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::{dice::Dice, program, row, scratch};
use crate::shell::{cargo, root, step};

const KILLS: usize = 200;
/// Applicants of one ingest.
const APPLICANTS: usize = 320;
const FLIPS: usize = 400;
const CUTS: usize = 40;
const AS_OF: &str = "2026-06-01T00:00:00Z";

pub(super) fn run() -> Result<()> {
    let program = program::release()?;
    kills(&program)?;
    damage(&program)?;
    erasure(&program)?;
    let mut tests = cargo(&["nextest", "run", "-p", "bonafide-store", "-p", "bonafide-cases", "--status-level", "fail"]);
    tests.env("BONAFIDE_LONG_TESTS", "1");
    step("the long tests of the log: 200 kills with erasures, recomputed chains, a bit in every 61st byte", tests)
}

/// Kills the ingest at a random moment, again and again, in one store. A line of its output is an acknowledgement.
fn kills(program: &Path) -> Result<()> {
    let folder = scratch("kills")?;
    let (store, out) = (folder.join("store"), folder.join("out.jsonl"));
    let mut dice = Dice::new(0x6b69_6c6c);
    // The moments are spread over the time that one ingest takes when nobody kills it.
    let set = folder.join("undisturbed.jsonl");
    fs::write(&set, applicants("undisturbed", APPLICANTS))?;
    let started = Instant::now();
    vet(program, &set, &store)?;
    let undisturbed = u64::try_from(started.elapsed().as_micros())?;
    let mut acknowledged = BTreeSet::new();
    let (mut at_work, mut lost, mut unsound) = (0, 0, 0);
    for round in 0..KILLS {
        let set = folder.join("applicants.jsonl");
        fs::write(&set, applicants(&format!("kill-{round:03}"), APPLICANTS))?;
        let _ = fs::remove_file(&out);
        let mut child = Command::new(program)
            .args(["vet".as_ref(), set.as_os_str(), "--json".as_ref(), out.as_os_str(), "--data".as_ref(), store.as_os_str()])
            .args(["--as-of", AS_OF, "--quiet"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        std::thread::sleep(Duration::from_micros(dice.below(undisturbed)));
        let ended = child.try_wait()?.is_some();
        child.kill()?;
        child.wait()?;
        let before = acknowledged.len();
        acknowledged.extend(whole_lines(&out)?);
        at_work += usize::from(!ended && acknowledged.len() > before);
        if round % 20 == 19 {
            let filed = filed(program, &store)?;
            lost += acknowledged.difference(&filed).count();
            unsound += usize::from(!sound(program, &store)?);
            for subject in acknowledged.iter().skip(round).step_by(acknowledged.len() / 10 + 1) {
                if !bonafide(program, &store, ["case", "show", subject, "--json"])?.status.success() {
                    lost += 1;
                }
            }
        }
    }
    row(
        &format!(
            "{KILLS} kills during ingest ({at_work} of them between two acknowledgements), {} acknowledged",
            acknowledged.len()
        ),
        &format!("{lost} lost, {unsound} times unsound"),
        "0 lost, 0 unsound, no repair by hand",
        lost == 0 && unsound == 0 && at_work > KILLS / 3,
    );
    Ok(())
}

/// Bits, ends and whole files of the log are changed; `doctor` must notice each time.
fn damage(program: &Path) -> Result<()> {
    let folder = scratch("damage")?;
    let (store, other) = (folder.join("store"), folder.join("other"));
    let examples = root().join("examples/applications");
    vet(program, &examples, &store)?;
    let path = database(&store)?;
    let earlier = fs::read(&path)?;
    let set = folder.join("more.jsonl");
    fs::write(&set, applicants("more", 20))?;
    vet(program, &set, &store)?;
    let whole = fs::read(&path)?;
    if !sound(program, &store)? {
        bail!("a store that nobody touched is called unsound");
    }
    let noticed_with = |bytes: &[u8]| -> Result<bool> {
        fs::write(&path, bytes)?;
        Ok(!sound(program, &store)?)
    };

    let mut dice = Dice::new(0x666c_6970);
    let mut noticed = 0;
    for _ in 0..FLIPS {
        let mut bent = whole.clone();
        let at = dice.below(whole.len() as u64) as usize;
        bent[at] ^= 1 << dice.below(8);
        noticed += usize::from(noticed_with(&bent)?);
    }
    row(&format!("{FLIPS} bits flipped anywhere in the log's file"), &format!("{noticed} noticed"), "all", noticed == FLIPS);

    let mut noticed = usize::from(noticed_with(&earlier)?);
    for _ in 1..CUTS {
        noticed += usize::from(noticed_with(&whole[..dice.below(whole.len() as u64) as usize])?);
    }
    row(&format!("tail cut off {CUTS} times, once at an earlier state"), &format!("{noticed} noticed"), "all", noticed == CUTS);

    // A log that is sound in itself, and not this one: what somebody leaves who writes it anew with the same program.
    vet(program, &examples, &other)?;
    let rewritten = noticed_with(&fs::read(database(&other)?)?)?;
    row("log rewritten with the program itself", if rewritten { "noticed" } else { "not noticed" }, "noticed", rewritten);
    fs::write(&path, &whole)?;
    if !sound(program, &store)? {
        bail!("the store is called unsound after its bytes were put back");
    }
    Ok(())
}

/// Erases one of many and looks for what is left, byte by byte.
fn erasure(program: &Path) -> Result<()> {
    let folder = scratch("erasure")?;
    let store = folder.join("store");
    let set = folder.join("applicants.jsonl");
    let words = [
        "Quillona",
        "Zebrowick",
        "quillona.z@mail.example",
        "+15125550188",
        "5125550188",
        "Tanglewick Instruments",
        "zebrowick-dev",
    ];
    let erased = json!({
        "id": "erase-me", "applied_at": "2026-03-01T09:00:00Z", "name": {"full": "Quillona Zebrowick"},
        "emails": ["quillona.z@mail.example"], "phones": ["+15125550188"],
        "work": [{"employer": "Tanglewick Instruments", "title": "Engineer", "start": "2024-03", "end": "2026-01"}],
        "links": {"github": "https://github.com/zebrowick-dev"}, "claimed_years": {"Rust": 14},
    });
    fs::write(&set, format!("{}{erased}\n{}", applicants("before", 3_000), applicants("after", 500)))?;
    vet(program, &set, &store)?;
    let shown = bonafide(program, &store, ["case", "show", "erase-me"])?;
    if !String::from_utf8_lossy(&shown.stdout).contains("Zebrowick") {
        bail!("the subject to be erased cannot be seen before");
    }
    let started = Instant::now();
    let done =
        bonafide(program, &store, ["case", "erase", "erase-me", "--by", "A Person", "--reason", "they asked for it", "--yes"])?;
    let took = started.elapsed();
    if !done.status.success() {
        bail!("case erase failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    let mut traces = traces(&store, &words)?;
    for call in [&["case", "list", "--all"][..], &["case", "list", "--all", "--json"], &["case", "show", "before-0007"]] {
        let output = bonafide(program, &store, call)?;
        let text = String::from_utf8_lossy(&output.stdout).to_lowercase();
        traces.extend(words.iter().filter(|word| text.contains(&word.to_lowercase())).map(|word| format!("{word} in {call:?}")));
    }
    let gone = !bonafide(program, &store, ["case", "show", "erase-me"])?.status.success();
    let sound = sound(program, &store)?;
    for trace in &traces {
        println!("       {trace}");
    }
    row(
        "values of an erased subject left in store, indexes, blobs, write-ahead files and later reports",
        &format!("{} left, {}", traces.len(), if sound { "the chain verifies" } else { "the chain is broken" }),
        "0, verifies",
        traces.is_empty() && gone && sound,
    );
    row(
        "erase one of 3,501 subjects, whole process (wall)",
        &format!("{:.0} ms", took.as_secs_f64() * 1e3),
        "≤ 1,000 ms",
        took <= Duration::from_secs(1),
    );
    Ok(())
}

/// Invented applicants, one JSON object a line.
fn applicants(prefix: &str, count: usize) -> String {
    let mut lines = String::new();
    for number in 0..count {
        let applicant = json!({
            "id": format!("{prefix}-{number:04}"),
            "applied_at": "2026-03-01T09:00:00Z",
            "name": {"full": format!("Karo Vell{number}")},
            "emails": [format!("{prefix}.{number}@mail.example")],
            "phones": [format!("+1512555{:04}", number % 10_000)],
            "work": [{"employer": "Globex", "title": "Engineer", "start": "2019-03", "end": "2022-06"}],
            "claimed_years": {"Rust": 6},
        });
        let _ = writeln!(lines, "{applicant}");
    }
    lines
}

fn bonafide(program: &Path, store: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Output> {
    Command::new(program).args(arguments).arg("--data").arg(store).stdin(Stdio::null()).output().context("starting the program")
}

fn vet(program: &Path, path: &Path, store: &Path) -> Result<()> {
    let path = path.as_os_str();
    let output = bonafide(program, store, ["vet".as_ref(), path, "--as-of".as_ref(), AS_OF.as_ref(), "--quiet".as_ref()])?;
    if !output.status.success() {
        bail!("vet failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn sound(program: &Path, store: &Path) -> Result<bool> {
    Ok(bonafide(program, store, ["doctor"])?.status.success())
}

/// Subjects that the store holds.
fn filed(program: &Path, store: &Path) -> Result<BTreeSet<String>> {
    let output = bonafide(program, store, ["case", "list", "--all", "--json"])?;
    if !output.status.success() {
        bail!("case list failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let subject = |line: &str| -> Result<String> {
        let case: Value = serde_json::from_str(line)?;
        Ok(case["subject"].as_str().context("a case has a subject")?.to_owned())
    };
    String::from_utf8_lossy(&output.stdout).lines().map(subject).collect()
}

/// Subjects of the complete lines of an output: a line that the kill cut short was not said.
fn whole_lines(path: &Path) -> Result<Vec<String>> {
    let Ok(text) = fs::read_to_string(path) else { return Ok(Vec::new()) };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| {
            let assessment: Value = serde_json::from_str(line).context("a complete line of the output")?;
            Ok(assessment["subject"].as_str().context("subject")?.to_owned())
        })
        .collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

fn database(store: &Path) -> Result<PathBuf> {
    files(store)?
        .into_iter()
        .find(|path| fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3\0")))
        .context("the store has a database file")
}

/// Where words stand in the files of a folder: in any case, as UTF-8 and as UTF-16.
fn traces(folder: &Path, words: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in files(folder)? {
        let bytes = fs::read(&path)?.to_ascii_lowercase();
        for word in words.iter().map(|word| word.to_lowercase()) {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            if holds(word.as_bytes()) || holds(&wide) {
                found.push(format!("{word} in {}", path.display()));
            }
        }
    }
    Ok(found)
}
