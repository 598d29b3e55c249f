//! `bonafide case`: the queue, one case, a decision, an evidence package, erasure.

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, IsTerminal as _},
    path::Path,
    sync::Arc,
};

use bonafide_cases::{Case as Filed, CaseError, Cases, Decide, DecisionCode, Entry, ExportFor, ExportOrder, Filter, What};
use bonafide_model::{assessment::Assessment, dossier::Dossier};
use bonafide_report::{Options, Palette, Reported, Run, Verbosity, clean};
use bonafide_store::{SqliteStore, Store};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    cli::{Case, Global},
    command::vet::remedies,
    config::{self, Settings},
    graph,
    output::{self, Sink, count},
    status::{Failure, Status},
    vetted::{options, store_failed},
};

pub(crate) fn run(global: &Global, arguments: &Case) -> Result<Status, Failure> {
    let settings = config::load(global, None)?.settings;
    let reads_only = matches!(arguments, Case::List { .. } | Case::Show { .. });
    let opened =
        if reads_only { SqliteStore::open_read_only(&options(&settings)) } else { SqliteStore::open(&options(&settings)) };
    let store = opened.map_err(|error| store_failed(&settings, "cannot open the store", error))?;
    let store: Arc<dyn Store> = Arc::new(store);
    let cases = Cases::new(Arc::clone(&store));
    let text = match arguments {
        Case::List { all, json } => list(&settings, &cases, *all, *json)?,
        Case::Show { subject, json } => show(&settings, &cases, subject, *json)?,
        Case::Decide { subject, decision, by, reason } => decide(&settings, &cases, subject, decision, by, reason)?,
        Case::Export { subject, by, out } => export(&settings, &cases, subject, by, out)?,
        Case::Erase { subject, by, reason, yes } => {
            erase(&settings, store.as_ref(), &cases, &Order { subject, by, reason, yes: *yes })?
        }
    };
    let mut sink = Sink::open(Path::new("-"))?;
    sink.write(&text)?;
    sink.finish()?;
    Ok(Status::Done)
}

/// Errors that the user can mend are wrong usage; the others are the store's.
fn failed(settings: &Settings, what: &str, error: CaseError) -> Failure {
    match error {
        CaseError::Store(error) => store_failed(settings, what, error),
        unknown @ CaseError::Unknown { .. } => {
            Failure::usage_because(what.to_owned(), "`bonafide case list --all` shows the cases", unknown)
        }
        // The others say themselves what to do.
        other => Failure::usage_because(what.to_owned(), "", other),
    }
}

fn list(settings: &Settings, cases: &Cases, all: bool, json: bool) -> Result<String, Failure> {
    let queue = cases
        .queue(Filter { closed: all, at_least: None })
        .map_err(|error| failed(settings, "the queue cannot be read", error))?;
    let mut text = String::new();
    if json {
        for case in &queue {
            let _ = writeln!(text, "{}", serde_json::to_string(case).unwrap_or_default());
        }
        return Ok(text);
    }
    let _ = writeln!(text, "{:<8} {:<10} {:<7} {:>7}  {:<28} NAME", "CASE", "STATUS", "BAND", "WEIGHT", "SUBJECT");
    for case in &queue {
        let (band, weight) = case
            .assessed
            .as_ref()
            .map_or(("–", String::new()), |assessed| (assessed.band.name(), format!("{:+.2}", assessed.weight.bits())));
        let (subject, name) = (clean(case.subject.as_str(), 28), clean(&case.name, 60));
        let _ =
            writeln!(text, "{:<8} {:<10} {band:<7} {weight:>7}  {subject:<28} {name}", case.id.to_string(), case.status.name());
    }
    let hidden = if all { "" } else { "; closed ones with --all" };
    let _ = writeln!(text, "\n{}{hidden}. `bonafide case show SUBJECT` shows one.", count(queue.len(), "case"));
    Ok(text)
}

fn find(settings: &Settings, cases: &Cases, subject: &str) -> Result<Filed, Failure> {
    cases.find(subject).map_err(|error| failed(settings, "there is no such case", error))
}

fn show(settings: &Settings, cases: &Cases, subject: &str, json: bool) -> Result<String, Failure> {
    let case = find(settings, cases, subject)?;
    let file = cases.show(&case, None).map_err(|error| failed(settings, "the case cannot be read", error))?;
    let mut out = Vec::new();
    if json {
        let assessment = file.assessment.as_ref().map(|stored| frozen(&stored.assessed.assessment));
        let value = serde_json::json!({ "case": file.case, "assessment": assessment, "history": file.history });
        return Ok(format!("{value}\n"));
    }
    let case = &file.case;
    let mut text =
        format!("{} · {} · {} ({})\n", case.id, case.status.name(), clean(&case.name, 80), clean(case.subject.as_str(), 80));
    let _ = writeln!(
        text,
        "kept until {} ({})",
        file.retention.until.map_or_else(|| "released".to_owned(), |day| day.to_string()),
        file.retention.rule
    );
    if let Some(stored) = &file.assessment {
        let facts = file.facts.facts.iter().map(|(_, known)| known.fact.clone()).collect();
        let dossier = Dossier::new(case.subject.clone(), facts);
        let reported = Reported::new(stored.assessed.assessment.clone(), &dossier);
        let run = Run { as_of: stored.assessed.assessment.as_of, subjects: vec![reported], ..Run::default() };
        let mut options = Options::plain(output::terminal_width());
        options.palette = Palette::when(output::may_colour(settings.color));
        options.verbosity = Verbosity::Verbose;
        options.remedies = remedies();
        bonafide_report::terminal::write_card(&run, &run.subjects[0], &options, &mut out)
            .map_err(|error| Failure::internal("the card could not be written", "", error))?;
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(&out));
    text.push_str("\nHistory\n");
    for entry in &file.history {
        let _ = writeln!(text, "  {}  {}", entry.at.strftime("%Y-%m-%d %H:%M"), in_words(entry));
    }
    Ok(text)
}

fn in_words(entry: &Entry) -> String {
    match &entry.what {
        What::Recorded { facts, withdrawn, originals, .. } => {
            format!("{} recorded, {withdrawn} withdrawn, {} kept", count(*facts, "fact"), count(originals.len(), "file"))
        }
        What::Assessed { band, weight, findings } => {
            format!("assessed: {band}, {:.2} bits, {}", weight.bits(), count(findings.len(), "finding"))
        }
        What::Opened(_) => "case opened".to_owned(),
        What::Noted(_) => "note written".to_owned(),
        What::Decided(decided) => {
            format!("{} by {}: {}", decided.code.name(), clean(&decided.by, 80), clean(&decided.reason, 600))
        }
        What::Reopened(reopened) => format!("reopened: {}", clean(&reopened.reason, 600)),
        What::Closed(_) => "closed".to_owned(),
        What::Held(_) => "put on legal hold".to_owned(),
        What::Released(_) => "released from legal hold".to_owned(),
        What::Exported(exported) => format!("evidence package written for {}", clean(&exported.by, 80)),
        What::Viewed(viewed) => format!("looked at by {}", clean(&viewed.by, 80)),
    }
}

fn decide(settings: &Settings, cases: &Cases, subject: &str, decision: &str, by: &str, reason: &str) -> Result<String, Failure> {
    let code: DecisionCode =
        decision.parse().map_err(|error| Failure::usage_because("the decision cannot be recorded", "", error))?;
    let case = find(settings, cases, subject)?;
    let decide = Decide { code, by: by.to_owned(), reason: reason.to_owned(), request: None };
    let case = cases.decide(&case, &decide).map_err(|error| failed(settings, "the decision cannot be recorded", error))?;
    Ok(format!(
        "{} {}: {} by {}. The case is {}.\n",
        case.id,
        clean(case.subject.as_str(), 80),
        code.name(),
        clean(by, 80),
        case.status.name()
    ))
}

fn export(settings: &Settings, cases: &Cases, subject: &str, by: &str, out: &Path) -> Result<String, Failure> {
    let case = find(settings, cases, subject)?;
    let cannot = |source| {
        Failure::internal(format!("cannot write {}", out.display()), "name a file in a folder that can be written", source)
    };
    // Half a package must not be mistaken for evidence, nor take the place of a whole one.
    let part = out.with_added_extension("part");
    let file = BufWriter::new(File::create(&part).map_err(cannot)?);
    let order = ExportOrder { by: by.to_owned(), purpose: ExportFor::Evidence };
    let render = |assessment: &Assessment| serde_json::value::to_raw_value(&frozen(assessment));
    let manifest = match cases.export(&case, &order, Some(&render), file) {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            return Err(failed(settings, "the evidence package cannot be written", error));
        }
    };
    std::fs::rename(&part, out).map_err(cannot)?;
    let withheld =
        if manifest.withheld.is_empty() { String::new() } else { format!(" Left out: {}.", manifest.withheld.join("; ")) };
    let files = count(manifest.files.len(), "file");
    Ok(format!("{}: {files} and a manifest with their hashes.{withheld}\n", out.display()))
}

/// The assessment as it leaves the house.
fn frozen(assessment: &Assessment) -> serde_json::Value {
    let mut line = Vec::new();
    let written = bonafide_report::json::v1::write_line(assessment, &mut line);
    written.ok().and_then(|()| serde_json::from_slice(&line).ok()).unwrap_or_default()
}

/// An order to erase a subject.
struct Order<'a> {
    subject: &'a str,
    by: &'a str,
    reason: &'a str,
    /// Without asking.
    yes: bool,
}

fn erase(settings: &Settings, store: &dyn Store, cases: &Cases, order: &Order<'_>) -> Result<String, Failure> {
    let case = find(settings, cases, order.subject)?;
    if !order.yes && !confirmed(&case)? {
        return Ok("Nothing was erased.\n".to_owned());
    }
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let erasure = cases
        .erasure(&case, order.by, order.reason, today)
        .map_err(|error| failed(settings, "the subject cannot be erased", error))?;
    // What is derived goes first: when the erasure is acknowledged, nothing of the subject is left anywhere.
    let subjects = std::slice::from_ref(&case.subject);
    graph::forget(settings, store, subjects)?;
    let erased = store.erase(subjects, &erasure).map_err(|error| {
        // The index lacks a subject that the store still has.
        graph::discard(settings);
        store_failed(settings, "the subject cannot be erased", error)
    })?;
    Ok(format!(
        "Erased: {} destroyed; {} can be opened by nobody any more, {} removed. The log's chain still verifies.\n\
         Reports written earlier are yours to delete.\n",
        count(erased.keys.len(), "key"),
        count(erased.events, "event"),
        count(erased.originals, "file")
    ))
}

fn confirmed(case: &Filed) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage("erasing asks for confirmation, and there is no terminal to ask on", "add --yes"));
    }
    output::note(&format!(
        "Erase {} ({}) for ever? Type the subject's id to confirm:",
        clean(case.subject.as_str(), 80),
        clean(&case.name, 80)
    ));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|source| Failure::internal("cannot read the answer", "add --yes", source))?;
    Ok(answer.trim() == case.subject.as_str())
}
