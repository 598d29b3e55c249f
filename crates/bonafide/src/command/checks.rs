//! `bonafide checks list` and `bonafide checks show`.

use std::{fmt::Write as _, path::Path};

use bonafide_checks::{CATALOGUE, EXCLUDED};
use bonafide_model::check::Check;
use serde::Serialize;

use crate::{
    cli::Checks,
    output::Sink,
    status::{Failure, Status},
};

pub(crate) fn run(arguments: &Checks) -> Result<Status, Failure> {
    let text = match arguments {
        Checks::List { json: true } => list_json(),
        Checks::List { json: false } => list_text(),
        Checks::Show { code } => show(code)?,
    };
    let mut sink = Sink::open(Path::new("-"))?;
    sink.write(&text)?;
    sink.finish()?;
    Ok(Status::Done)
}

#[derive(Serialize)]
struct Row {
    code: String,
    slug: &'static str,
    stage: &'static str,
    status: &'static str,
    strength: Option<&'static str>,
    title: &'static str,
    summary: &'static str,
    flags: Vec<&'static str>,
    facts: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = CATALOGUE
        .iter()
        .map(|check| {
            let meta = check.meta();
            Row {
                code: meta.code.to_string(),
                slug: meta.slug,
                stage: meta.stage.name(),
                status: meta.status.name(),
                strength: Some(meta.strength.name()),
                title: meta.title,
                summary: meta.summary,
                flags: meta.flags.names(),
                facts: meta.facts.iter().map(|kind| kind.name()).collect(),
            }
        })
        .collect();
    rows.extend(EXCLUDED.iter().map(|excluded| Row {
        code: excluded.code.to_string(),
        slug: excluded.slug,
        stage: excluded.stage.name(),
        status: "excluded",
        strength: None,
        title: excluded.title,
        summary: excluded.why,
        flags: vec!["never-scored"],
        facts: Vec::new(),
    }));
    rows.sort_by(|left, right| left.code.cmp(&right.code));
    rows
}

fn list_json() -> String {
    let mut text = serde_json::to_string_pretty(&rows()).unwrap_or_default();
    text.push('\n');
    text
}

fn list_text() -> String {
    let mut text = String::new();
    let mut stage = "";
    for row in rows() {
        if row.stage != stage {
            stage = row.stage;
            let _ = writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, stage.replace('_', " "));
        }
        let strength = row.strength.unwrap_or("excluded");
        let flags = if row.flags.is_empty() { String::new() } else { format!("  [{}]", row.flags.join(", ")) };
        let _ = writeln!(text, "  {}  {strength:<8}  {}{flags}", row.code, row.title);
    }
    let _ = writeln!(
        text,
        "\n{} checks, {} excluded signals. `bonafide checks show CODE` shows the page of one.",
        CATALOGUE.len(),
        EXCLUDED.len()
    );
    text
}

fn show(wanted: &str) -> Result<String, Failure> {
    let upper = wanted.to_ascii_uppercase();
    if let Some(check) = CATALOGUE.iter().find(|check| check.meta().code.to_string() == upper || check.meta().slug == wanted) {
        return Ok(page(*check));
    }
    if let Some(excluded) = EXCLUDED.iter().find(|excluded| excluded.code.to_string() == upper || excluded.slug == wanted) {
        return Ok(format!("{}  {}\n\nExcluded: never scored. {}\n", excluded.code, excluded.title, excluded.why));
    }
    Err(Failure::usage(format!("there is no check '{wanted}'"), "`bonafide checks list` shows all codes"))
}

fn page(check: &dyn Check) -> String {
    let (meta, doc) = (check.meta(), check.doc());
    let mut text = format!("{}  {}\n{}\n\n", meta.code, meta.title, meta.summary);
    let flags = meta.flags.names();
    let _ = writeln!(
        text,
        "stage {} · {} · {} since {}{}\n",
        meta.stage.name().replace('_', " "),
        meta.strength,
        meta.status.name(),
        meta.since,
        if flags.is_empty() { String::new() } else { format!(" · {}", flags.join(", ")) }
    );
    let _ = writeln!(text, "What it finds\n{}\n\nWhy it matters\n{}\n", doc.finds, doc.matters);
    for (heading, items) in [("Innocent explanations", doc.innocent), ("What to ask next", doc.ask), ("Sources", doc.sources)] {
        let _ = writeln!(text, "{heading}");
        for item in items {
            let _ = writeln!(text, "- {item}");
        }
        text.push('\n');
    }
    text.pop();
    text
}
