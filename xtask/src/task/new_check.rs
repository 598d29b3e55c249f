//! `cargo xtask new-check`: the two files of a new check, with everything that must be filled in marked by words that the guard
//! rails refuse.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::shell::root;

pub(crate) fn run(stage: &str, slug: &str, code: &str) -> Result<()> {
    let variant = match stage {
        "application" => "Application",
        "resume" => "Resume",
        "online_presence" => "OnlinePresence",
        "payment" => "Payment",
        other => bail!("there is no stage '{other}'; stages are application, resume, online_presence, payment"),
    };
    code.parse::<bonafide_model::id::CheckCode>()?;
    if slug.is_empty() || !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        bail!("'{slug}' is not a slug: lower-case words joined by hyphens");
    }
    if let Some(taken) = bonafide_checks::find(code) {
        bail!("{code} is taken by {}; codes are never reused", taken.meta().slug);
    }
    let file = slug.replace('-', "_");
    let title = sentence(slug);
    let signal = &code[3..];
    let crates = root().join("crates/checks");
    let write = |relative: String, text: String| -> Result<()> {
        let path = crates.join(&relative);
        if path.exists() {
            bail!("{} exists already", path.display());
        }
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        println!("   crates/checks/{relative}");
        Ok(())
    };
    write(format!("src/{stage}/{file}.rs"), source(variant, slug, code, &title, signal))?;
    write(format!("cases/{stage}/{file}.md"), cases(&title))?;
    println!(
        "   next: fill in both, then `cargo nextest run -p bonafide-checks` (BONAFIDE_BLESS=1 writes outcome blocks; read them)"
    );
    Ok(())
}

fn sentence(slug: &str) -> String {
    let mut words = slug.replace('-', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn source(variant: &str, slug: &str, code: &str, title: &str, signal: &str) -> String {
    format!(
        r#"//! # What it finds
//! Say in one or two sentences what is compared with what.
//!
//! # Why it matters
//! Say why an impostor produces this and what it costs to overlook it.
//!
//! # Innocent explanations
//! - Who honest looks like this?
//! - Who else?
//!
//! # What to ask next
//! - Which neutral question lets an honest person explain it?
//!
//! # Sources
//! - Signal {signal}: where does the knowledge come from?

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {{
    code: CheckCode::new("{code}"),
    slug: "{slug}",
    stage: Stage::{variant},
    title: "{title}",
    summary: "One sentence: what is compared with what.",
    since: "{version}",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Contact,
    facts: &[FactKind::Email],
    flags: Flags::NONE,
}};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {{
    let mut findings = Vec::new();
    let mut examined = 0;
    for email in dossier.all::<Email>() {{
        examined += 1;
        if email.domain() == "replace-this.example" {{
            findings.push(Finding::new(
                META.strength,
                format!("Say what was found: {{}}.", email.address),
                observed(&email, &email.address).relates("is", Compared::bound("the rule", "what the rule says")),
            ));
        }}
    }}
    Ok(Outcome::of(findings, format!("{{examined}} addresses")))
}}
"#,
        version = bonafide_checks::VERSION,
    )
}

fn cases(title: &str) -> String {
    format!(
        r#"# {title}

Say what the cases below show.

## Fires: the plain case

```facts
email {{"address":"a@replace-this.example","canonical":"a@replace-this.example"}}
```
```outcome
```

## Innocent: a look-alike

```facts
email {{"address":"a@other.example","canonical":"a@other.example"}}
```
```outcome
```

## Not applicable: nothing to look at

```facts
skill {{"name":"Rust"}}
```
```outcome
```
"#
    )
}
