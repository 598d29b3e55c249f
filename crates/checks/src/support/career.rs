//! What the claimed career says as a whole.

use bonafide_model::{
    dossier::{Dossier, Known},
    fact::{ClaimRole, Work},
    time::YearMonth,
};

/// Words of a title that say the job makes software. Part of a word counts: `developer`, `developers`, `DevOps`.
const SOFTWARE: &[&str] = &[
    "engineer",
    "develop",
    "programm",
    "coder",
    "devops",
    "sre",
    "software",
    "full stack",
    "fullstack",
    "full-stack",
    "frontend",
    "front-end",
    "backend",
    "back-end",
    "smart contract",
    "solidity",
    "blockchain",
    "machine learning",
    "data scien",
    "architect",
    "cto",
];

/// Engineers who make no software: their titles name the field.
const OTHER_ENGINEERS: &[&str] = &[
    "civil",
    "mechanical",
    "chemical",
    "structural",
    "petroleum",
    "sales engineer",
    "field service",
    "sound engineer",
    "landscape",
];

/// Whether a title is one of somebody who writes software.
pub(crate) fn makes_software(title: &str) -> bool {
    let title = title.to_lowercase();
    let is_word = |word: &str| title.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let named = |word: &str| if word.len() <= 3 { is_word(word) } else { title.contains(word) };
    SOFTWARE.iter().any(|word| named(word)) && !OTHER_ENGINEERS.iter().any(|word| title.contains(word))
}

/// The software jobs of the career, each once, earliest first: the form and the résumé usually state the same ones, so the source
/// with most of them is taken.
pub(crate) fn software_jobs<'a>(dossier: &'a Dossier) -> Vec<Known<'a, Work>> {
    [ClaimRole::Application, ClaimRole::Resume, ClaimRole::Profile]
        .into_iter()
        .map(|role| {
            let mut jobs: Vec<_> = dossier
                .all::<Work>()
                .filter(|job| job.role == role && job.start.is_some() && makes_software(&job.title))
                .collect();
            let key = |job: &Known<'_, Work>| (job.start, job.employer.trim().to_lowercase());
            jobs.sort_by_key(key);
            jobs.dedup_by_key(|job| key(job));
            jobs
        })
        .fold(Vec::new(), |most, jobs| if jobs.len() > most.len() { jobs } else { most })
}

/// The latest month in which the first of the jobs may have begun.
pub(crate) fn begun(jobs: &[Known<'_, Work>]) -> Option<YearMonth> {
    jobs.iter().filter_map(|job| job.start).map(|start| start.latest_month()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_people_who_write_software() {
        for title in ["Senior Software Engineer", "Full Stack Developer", "SRE", "CTO & co-founder", "Smart Contract Auditor"] {
            assert!(makes_software(title), "{title}");
        }
        for title in ["Nurse", "Civil Engineer", "Director", "Actor", "Sales Engineer", "Recruiter", ""] {
            assert!(!makes_software(title), "{title}");
        }
    }
}
