//! # What it finds
//! A form that shows at least two of three signs of a script: text entered faster than anybody types, nearly everything pasted within
//! seconds, key strokes at perfectly even intervals.
//!
//! # Why it matters
//! Applications by the thousand are sent by programs.
//!
//! # Innocent explanations
//! - Autofill and password managers fill whole forms at once: what they enter is not counted.
//! - Assistive technology types evenly and fast: where the form was told of it, the check does not apply.
//! - Careful people write the answers elsewhere and paste them.
//!
//! # What to ask next
//! - Ask a question in the next form whose answer cannot be prepared.
//!
//! # Sources
//! - Signal APP-019: Sardine; Greenhouse.
//! - Typing speed: the fastest typists sustain about 15 characters a second (Dhakal et al., *Observations on typing from 136 million keystrokes*, CHI 2018, have 1 in 10,000 above).

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-019"),
    slug: "form-filled-by-a-script",
    stage: Stage::Application,
    title: "Form filled by a script",
    summary: "Speed, pasting and rhythm of typing against what hands can do.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Client,
    facts: &[FactKind::FormTiming],
    flags: Flags { fairness: true, ..Flags::NONE },
};

/// Characters a second that no hands sustain.
const FASTEST_HANDS: f64 = 20.0;

/// Fewer characters than this tell nothing about speed.
const FEWEST_CHARACTERS: u32 = 200;

/// Share of pasted characters, and time, of a form that was filled in at one stroke.
const PASTED_SHARE: f64 = 0.95;
const PASTED_WITHIN_SECONDS: f64 = 15.0;

/// Key strokes of hands vary by a third or more; machines that add jitter still vary less than this.
const EVEN_VARIATION: f64 = 0.08;
const FEWEST_STROKES: usize = 30;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let timings = dossier.require::<FormTiming>("form telemetry")?;
    let mut findings = Vec::new();
    let mut examined = 0_usize;
    for timing in &timings {
        if timing.assistive == Some(true) {
            return Err(Early::not_applicable("assistive technology is in use"));
        }
        let signs = signs(timing);
        examined += usize::from(timing.seconds.is_some() || timing.key_intervals_ms.len() >= FEWEST_STROKES);
        if signs.len() < 2 {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("The form shows {}.", signs.join(" and ")),
            observed(timing, signs.join("; ")).relates("is beyond", Compared::bound("what hands do", format!("{FASTEST_HANDS} characters a second"))),
        ));
    }
    if examined == 0 {
        return Err(Early::inconclusive(Need::Facts, "the time to fill in the form, or thirty key strokes"));
    }
    Ok(Outcome::of(findings, format!("the speed and rhythm of {}", count(examined, "form"))))
}

fn signs(timing: &FormTiming) -> Vec<String> {
    let mut signs = Vec::new();
    let (typed, pasted) = (timing.typed.unwrap_or(0), timing.pasted.unwrap_or(0));
    let seconds = timing.seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    if let Some(seconds) = seconds {
        if typed >= FEWEST_CHARACTERS && f64::from(typed) / seconds > FASTEST_HANDS {
            signs.push(format!("{typed} characters typed in {seconds:.0} s"));
        }
        let entered = typed.saturating_add(pasted);
        if entered >= FEWEST_CHARACTERS && f64::from(pasted) / f64::from(entered) >= PASTED_SHARE && seconds <= PASTED_WITHIN_SECONDS {
            signs.push(format!("{pasted} of {entered} characters pasted within {seconds:.0} s"));
        }
    }
    if let Some(variation) = variation(&timing.key_intervals_ms)
        && variation < EVEN_VARIATION
    {
        signs.push(format!("{} key strokes at intervals that vary by {:.0} %", timing.key_intervals_ms.len(), variation * 100.0));
    }
    signs
}

/// Standard deviation over mean of the intervals.
fn variation(intervals: &[u32]) -> Option<f64> {
    if intervals.len() < FEWEST_STROKES {
        return None;
    }
    let count = intervals.len() as f64;
    let mean = intervals.iter().map(|ms| f64::from(*ms)).sum::<f64>() / count;
    let variance = intervals.iter().map(|ms| (f64::from(*ms) - mean).powi(2)).sum::<f64>() / count;
    (mean > 0.0).then(|| variance.sqrt() / mean)
}
