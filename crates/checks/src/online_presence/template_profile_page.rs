//! # What it finds
//! A profile page made of stock phrases and walls of badges and statistics, both at once.
//!
//! # Why it matters
//! Pages of made-up developers are generated in bulk. They list every technology, count visitors and commits, and say nothing that
//! only their owner could say.
//!
//! # Innocent explanations
//! - Popular page generators and copied templates, which many honest beginners use.
//! - Fun with widgets.
//!
//! # What to ask next
//! - Which of these technologies did you use last, and for what?
//!
//! # Sources
//! - Signal ONL-022: Ketman, SEAL.

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-022"),
    slug: "template-profile-page",
    stage: Stage::OnlinePresence,
    title: "Generic bio and stat-heavy profile page",
    summary: "Stock phrases, badges and statistics on the profile page.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Account,
    facts: &[FactKind::GithubAccount],
    flags: Flags::NONE,
};

/// Either alone is a fashion; both together are a template.
const PHRASES: usize = 3;
const WIDGETS: usize = 3;
const BADGES: usize = 12;

/// Phrases of generated pages and biographies.
const STOCK_PHRASES: &[&str] = &[
    "passionate developer",
    "passionate about",
    "a passionate",
    "full stack developer",
    "full-stack developer",
    "full stack & blockchain",
    "full-stack & blockchain",
    "blockchain developer",
    "senior full stack",
    "senior blockchain",
    "web3 developer",
    "years of experience",
    "i'm currently working on",
    "i’m currently working on",
    "i'm currently learning",
    "i’m currently learning",
    "ask me about",
    "how to reach me",
    "fun fact",
    "connect with me",
    "languages and tools",
    "let's connect",
    "highly motivated",
    "result-driven",
    "results-driven",
    "problem solver",
    "100% job success",
    "client satisfaction",
];

/// Services that draw statistics and decorations.
const WIDGET_HOSTS: &[&str] = &[
    "github-readme-stats",
    "github-readme-streak-stats",
    "streak-stats",
    "github-profile-trophy",
    "github-readme-activity-graph",
    "komarev.com",
    "profile-counter",
    "visitor-badge",
    "readme-typing-svg",
    "skillicons.dev",
    "github-profile-summary-cards",
    "capsule-render",
    "wakatime.com",
];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let pages: Vec<_> = dossier.all::<GithubAccount>().filter(|account| account.bio.is_some() || account.readme.is_some()).collect();
    if pages.is_empty() {
        return Err(Early::not_applicable("no profile text in the dossier"));
    }
    let findings = pages.iter().filter_map(finding).collect();
    Ok(Outcome::of(findings, format!("the text of {}", count(pages.len(), "profile page"))))
}

fn finding(account: &Known<'_, GithubAccount>) -> Option<Finding> {
    let text = [account.bio.as_deref(), account.readme.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase();
    let phrases: Vec<&str> = STOCK_PHRASES.iter().copied().filter(|phrase| text.contains(phrase)).collect();
    let widgets: Vec<&str> = WIDGET_HOSTS.iter().copied().filter(|host| text.contains(host)).collect();
    let badges = text.matches("img.shields.io").count();
    if phrases.len() < PHRASES || (widgets.len() < WIDGETS && badges < BADGES) {
        return None;
    }
    let decorations = format!("{} and {}", count(widgets.len(), "statistics widget"), count(badges, "badge"));
    Some(Finding::new(
        Strength::Weak,
        format!("The profile page of {} holds {} and {decorations}.", account.login, count(phrases.len(), "stock phrase")),
        observed(account, format!("\"{}\"; {decorations}", list(&phrases, 5)))
            .relates("is made of", Compared::bound("page templates", format!("{PHRASES} phrases with {WIDGETS} widgets or {BADGES} badges"))),
    ))
}
