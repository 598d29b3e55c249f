//! # What it finds
//! A request to continue on Telegram, WhatsApp, Skype or another private messenger before a contract was signed.
//!
//! # Why it matters
//! Outside the platform nothing is logged, nobody sees a change of person, and the platform's protections end.
//!
//! # Innocent explanations
//! - Many freelancers prefer a messenger, and many clients ask for it.
//! - A contact line in a signature is no request: it is not counted.
//!
//! # What to ask next
//! - Let us stay here until the contract is signed.
//!
//! # Sources
//! - Signal APP-022: US guidance of 2022-05-16.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-022"),
    slug: "asks-to-leave-the-platform",
    stage: Stage::Application,
    title: "Asks to leave the platform",
    summary: "The applicant's messages before a contract against requests to go on in a private messenger.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Process,
    facts: &[FactKind::Message],
    flags: Flags::NONE,
};

/// Names of services; a request must name one.
const SERVICES: &[&str] = &["telegram", "whatsapp", "whats app", "skype", "wechat", "discord", "signal", "t.me/", "wa.me/", "viber"];

/// Words that ask to go there, before the service's name and close to it.
const REQUESTS: &[&str] = &[
    "let's talk on", "lets talk on", "let's move to", "lets move to", "let's continue on", "lets continue on", "can we talk on", "can we move to",
    "can we continue on", "could we continue on", "could we move to", "please contact me on", "please contact me via", "contact me on", "message me on",
    "text me on", "reach me on", "reach me at", "reach out to me on", "write me on", "write to me on", "add me on", "ping me on", "dm me on", "chat on",
    "chat via", "switch to", "move over to", "prefer to talk on", "prefer to communicate on", "prefer to communicate via", "communicate via",
    "discuss on", "discuss via", "talk in",
];

/// A request and its service stand within this many characters.
const REACH: usize = 40;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut read = 0_usize;
    let before_contract = |message: &Known<'_, Message>| message.direction == Direction::FromSubject && message.after_contract != Some(true);
    for message in dossier.all::<Message>().filter(before_contract) {
        read += 1;
        let folded = message.text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((request, service)) = request_in(&folded) else { continue };
        findings.push(Finding::new(
            META.strength,
            format!("A message asks to go on outside the platform: '{request} … {service}'."),
            observed(&message, format!("{request} … {service}")).relates("asks to leave", Compared::bound("channel of the process", &message.channel)),
        ));
    }
    if read == 0 {
        return Err(Early::not_applicable("no message from the applicant before a contract"));
    }
    findings.truncate(1);
    Ok(Outcome::of(findings, format!("{} before a contract", count(read, "message"))))
}

fn request_in(text: &str) -> Option<(&'static str, &'static str)> {
    REQUESTS.iter().find_map(|request| {
        text.match_indices(request).find_map(|(at, _)| {
            let behind = &text[at + request.len()..];
            let near: String = behind.chars().take(REACH).collect();
            let service = SERVICES.iter().find(|service| near.contains(*service))?;
            Some((*request, *service))
        })
    })
}
