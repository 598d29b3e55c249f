//! # What it finds
//! A photo whose metadata names an image generator; and a photo that another subject with another name uses too.
//!
//! # Why it matters
//! A face that belongs to nobody cannot be recognised, and a face that belongs to somebody else can be bought. Where neither leaves a
//! mark, a person has to look: absence of a mark proves nothing.
//!
//! # Innocent explanations
//! - Stylised or retouched portraits, made with a generator's tools from a true photo.
//! - A stock picture, a placeholder or a cartoon used as avatar.
//! - The same person applied before under a former name.
//!
//! # What to ask next
//! - Compare the photo with the face on the first call; do not mention the finding.
//!
//! # Sources
//! - Signal RES-016: Microsoft, 2025-06-30; Google GTIG, 2025-04; KnowBe4, 2024-07.
//! - Digital source types: IPTC, *Digital Source Type* vocabulary, `trainedAlgorithmicMedia`.

use crate::{
    prelude::*,
    support::words::{count, short},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-016"),
    slug: "synthetic-or-reused-photo",
    stage: Stage::Resume,
    title: "Photo is synthetic or reused",
    summary: "The photo's metadata against marks of generators, and its hash against other subjects.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Picture,
    facts: &[FactKind::Picture],
    flags: Flags { guided: true, ..Flags::NONE },
};

/// Names that generators write into metadata.
const GENERATORS: &[&str] = &[
    "stable diffusion", "stablediffusion", "midjourney", "dall-e", "dall·e", "dalle", "stylegan", "thispersondoesnotexist", "novelai", "comfyui",
    "automatic1111", "invokeai", "adobe firefly", "firefly image", "imagen", "leonardo.ai", "trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia",
    "openai api", "chatgpt", "gpt-image", "flux.1", "generated photos", "faceapp",
];

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let photos: Vec<_> = dossier.all::<Picture>().filter(|picture| matches!(picture.role, PictureRole::Avatar | PictureRole::Resume)).collect();
    if photos.is_empty() {
        return Err(Early::not_applicable("no photo of the applicant"));
    }
    let mut findings: Vec<Finding> = photos.iter().filter_map(|photo| generated(photo).or_else(|| signed(dossier, photo))).collect();
    if findings.is_empty() {
        findings.extend(signed_in_document(dossier));
    }
    for photo in photos.iter().filter(|photo| photo.role == PictureRole::Avatar) {
        let Some(hash) = photo.phash.as_deref() else { continue };
        match lens.holders(Identifier::new(IdentifierKind::Avatar, hash)) {
            Ok(holders) => findings.extend(crate::support::holders::shared(photo, hash, "photo", &holders, Strength::Medium)),
            // What the file itself shows stands on its own; only a photo without marks depends on the others.
            Err(missing) if findings.is_empty() => return Err(missing.into()),
            Err(_) => {}
        }
    }
    Ok(Outcome::of(findings, format!("the metadata and other users of {}", count(photos.len(), "photo"))))
}

/// A mark beside the program's name: settings in a comment, content credentials, a digital source type.
fn signed(dossier: &Dossier, photo: &Known<'_, Picture>) -> Option<Finding> {
    let sign = dossier
        .all::<DocumentProperty>()
        .find(|property| property.name == "generator_sign" && property.document == photo.name && !property.value.is_empty())?;
    let told = short(&sign.value, 120);
    Some(
        Finding::new(
            Strength::Medium,
            format!("The file of the photo {} bears the mark of an image generator: {told}.", photo.name),
            observed(&sign, &told).relates("is a mark of", Compared::bound("image generator", "settings, credentials or source type")),
        )
        .and(observed(photo, &photo.name).relates("bears", Compared::fact(&sign, &told))),
    )
}

/// Pictures inside a résumé need not be portraits: a mark there counts little.
fn signed_in_document(dossier: &Dossier) -> Option<Finding> {
    let sign = dossier.all::<DocumentProperty>().find(|property| property.name == "image_generator_sign" && !property.value.is_empty())?;
    let told = short(&sign.value, 120);
    Some(Finding::new(
        Strength::Weak,
        format!("A picture inside {} bears the mark of an image generator: {told}.", sign.document),
        observed(&sign, &told).relates("is a mark of", Compared::bound("image generator", "settings, credentials or source type")),
    ))
}

fn generated(photo: &Known<'_, Picture>) -> Option<Finding> {
    let software = photo.software.as_deref()?;
    let folded = software.to_lowercase();
    let generator = GENERATORS.iter().find(|name| folded.contains(*name))?;
    Some(Finding::new(
        Strength::Medium,
        format!("The metadata of the photo {} names an image generator: {software}.", photo.name),
        observed(photo, software).relates("names", Compared::bound("image generator", *generator)),
    ))
}
