//! Speed and memory of `vet`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use serde_json::json;

use super::{career, data, program, row, scratch};

/// How many applications the folder holds.
const APPLICATIONS: usize = 200;

pub(super) fn vet_folder() -> Result<()> {
    let mut pdfs: Vec<PathBuf> = Vec::new();
    for folder in ["linkage/resume_pdfs", "linkage/docs_meta"] {
        for entry in fs::read_dir(data(folder)?)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "pdf") {
                pdfs.push(path);
            }
        }
    }
    pdfs.sort();
    if pdfs.is_empty() {
        bail!("no PDF résumés in the test data");
    }
    let folder = scratch("vet")?;
    for (number, pdf) in pdfs.iter().cycle().take(APPLICATIONS).enumerate() {
        let application = folder.join(format!("application-{number:03}"));
        fs::create_dir_all(&application)?;
        fs::copy(pdf, application.join("resume.pdf"))?;
        let form = json!({
            "id": format!("bench-{number:03}"),
            "applied_at": "2026-03-01T09:00:00Z",
            "name": {"full": "Karo Vell"},
            "emails": [format!("karo.vell{number}@mail.example")],
            "phones": ["+1 512 555 0142"],
            "location": {"city": "Austin", "region": "TX", "country": "US"},
            "work": [{"employer": "Globex", "title": "Engineer", "start": "2019-03", "end": "2022-06"}],
            "claimed_years": {"Rust": 6},
        });
        fs::write(application.join("application.json"), serde_json::to_vec(&form)?)?;
    }
    let program = program::release()?;
    let json = folder.join("out.jsonl");
    let arguments = [
        "vet",
        &folder.to_string_lossy(),
        "--dry-run",
        "--as-of",
        "2026-06-01T00:00:00Z",
        "--threads",
        "2",
        "--json",
        &json.to_string_lossy(),
    ];
    let (_, timings) = program::timed(&program, &arguments)?;
    if timings.items < APPLICATIONS as f64 {
        bail!("only {} of {APPLICATIONS} applications were vetted", timings.items);
    }
    let per_item = (timings.cpu_ms + timings.load_ms) / timings.items;
    row("200 applications with PDF résumés, CPU each", &format!("{per_item:.1} ms"), "≤ 20 ms", per_item <= 20.0);
    row("p99 of one application (wall)", &format!("{:.1} ms", timings.p99_us / 1_000.0), "≤ 60 ms", timings.p99_us <= 60_000.0);
    row(
        "peak memory with workers",
        &format!("{:.0} MB", timings.peak_rss_kb / 1_024.0),
        "≤ 200 MB",
        timings.peak_rss_kb <= 204_800.0,
    );
    println!("       p50 {:.1} ms, wall {:.0} ms in all", timings.p50_us / 1_000.0, timings.wall_ms);
    Ok(())
}

pub(super) fn vet_set() -> Result<()> {
    let set = data("linkage/applicants10k")?;
    let folder = scratch("set")?;
    let program = program::release()?;
    let (applicants, resumes) = (set.join("applicants.jsonl.gz"), set.join("resumes.jsonl.gz"));
    let (json, store) = (folder.join("out.jsonl"), folder.join("store"));
    let arguments = [
        "vet",
        &applicants.to_string_lossy(),
        "--resumes",
        &resumes.to_string_lossy(),
        "--tables",
        &set.to_string_lossy(),
        "--data",
        &store.to_string_lossy(),
        "--as-of",
        "2026-06-01T00:00:00Z",
        "--json",
        &json.to_string_lossy(),
    ];
    let (_, timings) = program::timed(&program, &arguments)?;
    let seconds = (timings.cpu_ms + timings.load_ms) / 1_000.0;
    row(
        &format!("{:.0} applicants imported, vetted and stored, CPU", timings.items),
        &format!("{seconds:.1} s"),
        "≤ 40 s",
        timings.items >= 10_000.0 && seconds <= 40.0,
    );
    println!("       wall {:.1} s, peak memory {:.0} MB", timings.wall_ms / 1_000.0, timings.peak_rss_kb / 1_024.0);
    honest(&set, &json)?;
    one_more(&program, &folder, &store)
}

/// One application against a store of 10,000: the first call after so many takes them into the link index, later ones find them there.
fn one_more(program: &Path, folder: &Path, store: &Path) -> Result<()> {
    let application = folder.join("one-more");
    fs::create_dir_all(&application)?;
    let form = json!({
        "id": "one-more",
        "applied_at": "2026-03-01T09:00:00Z",
        "name": {"given": "Karo", "family": "Vell"},
        "emails": ["karo.vell@mail.example"],
        "phones": ["+1 512 555 0142"],
        "location": {"city": "Austin", "region": "TX", "country": "US"},
        "work": [{"employer": "Globex", "title": "Engineer", "start": "2019-03", "end": "2022-06"}],
    });
    fs::write(application.join("application.json"), serde_json::to_vec(&form)?)?;
    let (path, store) = (application.to_string_lossy(), store.to_string_lossy());
    let arguments = ["vet", &path, "--data", &store, "--as-of", "2026-06-01T00:00:00Z"];
    let cpu_ms = || program::timed(program, &arguments).map(|(_, timings)| timings.cpu_ms + timings.load_ms);
    let first = cpu_ms()?;
    let later = cpu_ms()?;
    row("one more application against a store of 10,000, CPU", &format!("{later:.0} ms"), "≤ 100 ms", later <= 100.0);
    println!("       the first such call, which takes the 10,000 into the link index: {:.1} s", first / 1_000.0);
    Ok(())
}

/// How many honest applicants of the set are anything but clear: nobody of them misrepresents anything, and half share a household, a
/// network, a template or an agency with others.
fn honest(set: &Path, assessments: &Path) -> Result<()> {
    let mut bands = BTreeMap::new();
    for assessment in program::json_lines(assessments)? {
        bands.insert(assessment["subject"].as_str().unwrap_or_default().to_owned(), assessment["band"] == "clear");
    }
    let (mut honest, mut marked) = (0, Vec::new());
    for truth in career::truth(set)?.into_iter().filter(|truth| !truth.ring && truth.planted.is_empty()) {
        honest += 1;
        if bands.get(&truth.id) != Some(&true) {
            marked.push(format!("{} ({})", truth.id, truth.tags.join(", ")));
        }
    }
    row(
        &format!("honest applicants of the set ({honest}) that are not clear"),
        &marked.len().to_string(),
        "≤ 0.1 %",
        marked.len() * 1_000 <= honest,
    );
    for marked in marked.iter().take(20) {
        println!("       {marked}");
    }
    Ok(())
}
