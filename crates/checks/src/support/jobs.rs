//! Jobs as intervals of months.

use crate::prelude::*;

/// A job with the months in which it certainly ran.
///
/// Where only years are given, the interval is the shortest that the years allow: from December of the first to January of the
/// last. Two jobs that touch in a year therefore never overlap by rounding.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    /// The claim.
    pub(crate) work: Known<'a, Work>,
    /// First month in which it certainly ran.
    pub(crate) from: YearMonth,
    /// Month in which it certainly still ran or just ended.
    pub(crate) to: YearMonth,
}

/// Jobs of one source (form, résumé or profile) with readable dates, in order of their start; what is not dated is left out.
pub(crate) fn dated(dossier: &Dossier, role: ClaimRole, judged: YearMonth) -> Vec<Job<'_>> {
    let mut jobs: Vec<Job<'_>> = dossier
        .all::<Work>()
        .filter(|work| work.role == role)
        .filter_map(|work| {
            let from = work.start?.latest_month();
            let to = match work.end {
                End::On(date) => date.earliest_month(),
                End::Present => judged,
                End::Unknown => return None,
            };
            Some(Job { work, from, to })
        })
        .collect();
    jobs.sort_by(|left, right| (left.from, left.to, &left.work.employer).cmp(&(right.from, right.to, &right.work.employer)));
    jobs
}

/// Months that two jobs certainly share; 0 where they only touch.
pub(crate) fn months_shared(left: &Job<'_>, right: &Job<'_>) -> i32 {
    left.to.min(right.to).months_since(left.from.max(right.from)).max(0)
}

/// Words in a title or employer that say a job leaves room for another.
const SIDE_WORDS: &[&str] = &[
    "part-time",
    "part time",
    "parttime",
    "freelance",
    "freelancer",
    "contract work",
    "on contract",
    "(contract)",
    "contract position",
    "contractor",
    "consultant",
    "consulting",
    "advisor",
    "adviser",
    "advisory",
    "mentor",
    "tutor",
    "teaching assistant",
    "intern",
    "internship",
    "trainee",
    "apprentice",
    "working student",
    "werkstudent",
    "volunteer",
    "board member",
    "open source",
    "open-source",
    "maintainer",
    "founder",
    "co-founder",
    "cofounder",
    "self-employed",
    "self employed",
    "independent",
    "research assistant",
    "graduate assistant",
    "lecturer",
    "instructor",
    "fellow",
    "reservist",
    "side project",
    "bootcamp",
];

/// Whether a job says of itself that it leaves room for another: part time, contract, studies, own venture.
pub(crate) fn leaves_room(work: &Work) -> bool {
    match work.employment {
        Some(Employment::FullTime) => false,
        Some(_) => true,
        None => {
            let said = format!("{} {}", work.title, work.employer).to_lowercase();
            SIDE_WORDS.iter().any(|word| contains_word(&said, word))
        }
    }
}

fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    })
}

/// Whether two employers are written as one firm: equal words, legal forms left out, or one name beginning with the other.
pub(crate) fn same_firm(left: &str, right: &str) -> bool {
    let (left, right) = (firm_words(left), firm_words(right));
    !left.is_empty() && !right.is_empty() && left.iter().zip(&right).all(|(one, other)| one == other)
}

fn firm_words(name: &str) -> Vec<String> {
    const LEGAL: &[&str] = &[
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "ag",
        "sa",
        "bv",
        "plc",
        "corp",
        "co",
        "company",
        "limited",
        "corporation",
        "pte",
        "pty",
        "the",
    ];
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !LEGAL.contains(word))
        .map(str::to_owned)
        .collect()
}

/// A job in words, as it is quoted in evidence.
pub(crate) fn in_words(work: &Work) -> String {
    let start = work.start.map_or_else(|| "?".to_owned(), |start| start.to_string());
    let end = match work.end {
        End::On(date) => date.to_string(),
        End::Present => "present".to_owned(),
        End::Unknown => "?".to_owned(),
    };
    let title = if work.title.is_empty() { "job" } else { work.title.as_str() };
    format!("{title}, {} {start} – {end}", work.employer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_is_itself_with_and_without_its_legal_form() {
        assert!(same_firm("Zork Labs", "ZORK LABS, Inc."));
        assert!(same_firm("Zork", "Zork Labs"));
        assert!(!same_firm("Zork Labs", "Mork Labs"));
        assert!(!same_firm("", "Zork"));
    }

    #[test]
    fn side_words_are_whole_words() {
        let work = |title: &str| Work { title: title.into(), ..Work::default() };
        assert!(
            leaves_room(&work("Contractor"))
                && leaves_room(&work("Engineering Intern"))
                && leaves_room(&work("Engineer (part-time)"))
        );
        assert!(leaves_room(&work("Backend Engineer (Contract)")));
        assert!(!leaves_room(&work("International Engineer")) && !leaves_room(&work("Smart Contract Engineer")));
    }
}
