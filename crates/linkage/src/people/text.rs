//! Skeletons of the sentences of a résumé.
//!
//! A re-worded template keeps its sentences and changes figures and technologies. A skeleton leaves both open: every word that
//! holds a digit is `0`, every word that begins with or holds a capital behind the first word, or that is written like a file name,
//! is `T`. So `Cut latency by 40% in Rust` and `Cut latency by 7% in Node.js` are one sentence, whatever technologies there will be.

/// Words of a sentence that is worth remembering at least.
const LEAST_WORDS: usize = 6;
/// Bytes of a sentence that are read.
const MOST_BYTES: usize = 600;
/// Sentences of one text that are read.
const MOST_SENTENCES: usize = 400;

/// Where in a résumé a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The work the applicant claims to have done for employers, or a summary of it.
    Work,
    /// Projects, open source, course work: those who took one course share it.
    Projects,
    /// Education, skills and the like.
    Other,
}

/// Calls `take` with each sentence's section and skeleton.
pub(super) fn skeletons(text: &str, mut take: impl FnMut(Section, &str)) {
    let mut section = Section::Work;
    let mut skeleton = String::new();
    let mut taken = 0;
    for line in text.lines() {
        let line = line.trim();
        if let Some(next) = heading(line) {
            section = next;
            continue;
        }
        let bare = line.trim_start_matches(['-', '*', '•', '·', '–', '—', '▪', '◦', '‣', '>', ' ', '\t']);
        let is_bullet = bare.len() != line.len();
        let parts: &mut dyn Iterator<Item = &str> =
            if is_bullet { &mut std::iter::once(bare) } else { &mut bare.split_inclusive(". ") };
        for sentence in parts {
            if taken == MOST_SENTENCES {
                return;
            }
            if write_skeleton(sentence, &mut skeleton) >= LEAST_WORDS {
                taken += 1;
                take(section, &skeleton);
            }
        }
    }
}

/// The section that a heading opens.
fn heading(line: &str) -> Option<Section> {
    if line.is_empty() || line.len() > 40 || line.split_whitespace().count() > 4 || line.contains(['@', '|', ',', '.']) {
        return None;
    }
    let lower = line.trim_end_matches(':').to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if holds(&["project", "open source", "portfolio", "course", "hackathon"]) {
        return Some(Section::Projects);
    }
    if holds(&["education", "skills", "certific", "languages", "interests", "references", "publications", "awards"]) {
        return Some(Section::Other);
    }
    let whole = ["experience", "employment", "work history", "career", "summary", "profile", "about", "overview", "objective"];
    holds(&whole).then_some(Section::Work)
}

/// Writes the skeleton and counts its words.
pub(super) fn write_skeleton(sentence: &str, skeleton: &mut String) -> usize {
    skeleton.clear();
    let mut words = 0;
    let mut last = "";
    let end = sentence.char_indices().map(|(at, _)| at).find(|&at| at >= MOST_BYTES).unwrap_or(sentence.len());
    for raw in sentence[..end].split_whitespace() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        let behind = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
        let open = if word.contains(|c: char| c.is_numeric()) {
            "0"
        } else if is_proper(word, words == 0) || behind.contains(['+', '#']) {
            "T"
        } else {
            ""
        };
        words += 1;
        // Two open words in a row are one: products have names of several words.
        if !open.is_empty() && open == last {
            continue;
        }
        last = open;
        if !skeleton.is_empty() {
            skeleton.push(' ');
        }
        if open.is_empty() {
            word.chars().flat_map(char::to_lowercase).for_each(|c| skeleton.push(c));
        } else {
            skeleton.push_str(open);
        }
    }
    words
}

fn is_proper(word: &str, is_first: bool) -> bool {
    let mut capitals = word.chars().filter(|c| c.is_uppercase());
    let inner = word.char_indices().any(|(at, c)| at > 0 && c == '.');
    inner || if is_first { capitals.nth(1).is_some() } else { capitals.next().is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Section, String)> {
        let mut all = Vec::new();
        skeletons(text, |section, skeleton| all.push((section, skeleton.to_owned())));
        all
    }

    #[test]
    fn figures_and_technologies_are_left_open() {
        let one = of("- Hardened the audit trail in C++ for a team of six, saving 41k USD a year");
        let other = of("* Hardened the audit trail in Node.js for a team of six, saving 9k EUR a year.");
        assert_eq!(one, other);
        assert_eq!(one[0].1, "hardened the audit trail in T for a team of six saving 0 T a year");
    }

    #[test]
    fn sections_are_told_apart() {
        let text = "Jane Roe\nExperience\n- Built the first thing for the second team there\nPROJECTS\n- Built another thing for the course we all took\nSkills\nRust, Go";
        let sections: Vec<Section> = of(text).into_iter().map(|(section, _)| section).collect();
        assert_eq!(sections, [Section::Work, Section::Projects]);
    }
}
