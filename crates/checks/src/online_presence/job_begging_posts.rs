//! # What it finds
//! Accounts whose posts are nearly all applications for work, or nearly all the same text again.
//!
//! # Why it matters
//! Accounts made to back a persona need posts, and whoever runs many of them fills them with templates.
//!
//! # Innocent explanations
//! - A new account, opened for the search of a job.
//! - Long unemployment.
//! - Posts made by a tool that publishes on several networks.
//!
//! # What to ask next
//! - Which of these discussions did you take part in yourself?
//!
//! # Sources
//! - Signal ONL-019: SEAL.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::words::{at_least, count, percent, short},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-019"),
    slug: "job-begging-posts",
    stage: Stage::OnlinePresence,
    title: "Only posts that ask for work, or repeated ones",
    summary: "What public posts are about, and how many of them repeat each other.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Footprint,
    facts: &[FactKind::SocialPost],
    flags: Flags::NONE,
};

/// Fewer posts than this are a new account.
const POSTS: usize = 8;
const SHARE_PERCENT: u64 = 75;
/// Shorter texts ("Thanks!") repeat by themselves.
const LONG_ENOUGH: usize = 40;

/// Phrases with which people offer themselves for work.
const ASKING_FOR_WORK: &[&str] = &[
    "open to work",
    "opentowork",
    "looking for a job",
    "looking for job",
    "looking for work",
    "looking for new opportunities",
    "looking for opportunities",
    "looking for a new opportunity",
    "looking for a remote",
    "available for hire",
    "available for work",
    "available for new projects",
    "hire me",
    "dm me for work",
    "dm for work",
    "seeking a role",
    "seeking remote",
    "seeking new opportunities",
    "please check my portfolio",
    "check my resume",
    "check out my resume",
    "any job",
    "need a job",
    "job seeker",
];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut networks: BTreeMap<&str, Vec<Known<'_, SocialPost>>> = BTreeMap::new();
    for post in dossier.all::<SocialPost>() {
        networks.entry(post.payload.network.as_str()).or_default().push(post);
    }
    if networks.is_empty() {
        return Err(Early::not_applicable("no posts in the dossier"));
    }
    networks.retain(|_, posts| posts.len() >= POSTS);
    if networks.is_empty() {
        return Err(Early::inconclusive(Need::Facts, format!("at least {POSTS} posts of one account")));
    }
    let examined: usize = networks.values().map(Vec::len).sum();
    let findings = networks.iter().filter_map(|(network, posts)| begging(network, posts).or_else(|| repeated(network, posts))).collect();
    Ok(Outcome::of(findings, count(examined, "post")))
}

fn begging(network: &str, posts: &[Known<'_, SocialPost>]) -> Option<Finding> {
    let asks = |post: &&Known<'_, SocialPost>| {
        let text = post.text.to_lowercase();
        ASKING_FOR_WORK.iter().any(|phrase| text.contains(phrase))
    };
    let asking: Vec<_> = posts.iter().filter(asks).collect();
    let what = format!("{} of {} on {network} ask for work", asking.len(), count(posts.len(), "post"));
    finding(&asking, posts.len(), &what, "asks for")
}

fn repeated(network: &str, posts: &[Known<'_, SocialPost>]) -> Option<Finding> {
    let mut texts: BTreeMap<String, Vec<&Known<'_, SocialPost>>> = BTreeMap::new();
    for post in posts {
        let words: String = post.text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() >= LONG_ENOUGH {
            texts.entry(words).or_default().push(post);
        }
    }
    // The first post of each text is original; what comes after it repeats it.
    let repeats: Vec<_> = texts.values().filter(|same| same.len() > 1).flatten().copied().collect();
    let what = format!("{} of {} on {network} share their text with another", repeats.len(), count(posts.len(), "post"));
    finding(&repeats, posts.len(), &what, "repeats")
}

fn finding(posts: &[&Known<'_, SocialPost>], all: usize, what: &str, relation: &str) -> Option<Finding> {
    if !at_least(posts.len() as u64, all as u64, SHARE_PERCENT) {
        return None;
    }
    let compared = if relation == "repeats" { Compared::bound("another post", "the same text") } else { Compared::bound("work", "an offer of oneself") };
    let mut evidence = posts.iter().take(3).map(|post| observed(*post, short(&post.text, 120)).relates(relation, compared.clone()));
    let first = evidence.next()?;
    let summary = format!("{what} ({}).", percent(posts.len() as u64, all as u64));
    Some(Finding::new(Strength::Weak, summary, first).and_all(evidence))
}
