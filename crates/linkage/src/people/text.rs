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
    if sentence.is_ascii() {
        return write_plain(&sentence.as_bytes()[..sentence.len().min(MOST_BYTES)], skeleton);
    }
    let mut writer = Writer { skeleton, words: 0, last: "" };
    let end = sentence.char_indices().map(|(at, _)| at).find(|&at| at >= MOST_BYTES).unwrap_or(sentence.len());
    for raw in sentence[..end].split_whitespace() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        let behind = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
        let open = if word.contains(|c: char| c.is_numeric()) {
            "0"
        } else if is_proper(word, writer.words == 0) || behind.contains(['+', '#']) {
            "T"
        } else {
            ""
        };
        if writer.begin(open) {
            word.chars().flat_map(char::to_lowercase).for_each(|c| writer.skeleton.push(c));
        }
    }
    writer.words
}

/// The same of ASCII, byte by byte.
fn write_plain(sentence: &[u8], skeleton: &mut String) -> usize {
    let mut writer = Writer { skeleton, words: 0, last: "" };
    for raw in sentence.split(|byte| byte.is_ascii_whitespace() || *byte == 0x0B) {
        let Some(start) = raw.iter().position(u8::is_ascii_alphanumeric) else { continue };
        let end = raw.iter().rposition(u8::is_ascii_alphanumeric).map_or(raw.len(), |at| at + 1);
        let (word, behind) = (&raw[start..end], &raw[start..]);
        let (mut figures, mut capitals, mut dots) = (false, 0, false);
        for (at, byte) in word.iter().enumerate() {
            figures |= byte.is_ascii_digit();
            capitals += usize::from(byte.is_ascii_uppercase());
            dots |= at > 0 && *byte == b'.';
        }
        let is_proper = dots || capitals > usize::from(writer.words == 0);
        let open = match figures {
            true => "0",
            false if is_proper || behind.iter().any(|byte| matches!(byte, b'+' | b'#')) => "T",
            false => "",
        };
        if writer.begin(open) {
            writer.skeleton.extend(word.iter().map(|byte| char::from(byte.to_ascii_lowercase())));
        }
    }
    writer.words
}

struct Writer<'s> {
    skeleton: &'s mut String,
    words: usize,
    last: &'static str,
}

impl Writer<'_> {
    /// Begins a word; whether it is to be written, being none that is left open.
    fn begin(&mut self, open: &'static str) -> bool {
        self.words += 1;
        // Two open words in a row are one: products have names of several words.
        if !open.is_empty() && open == self.last {
            return false;
        }
        self.last = open;
        if !self.skeleton.is_empty() {
            self.skeleton.push(' ');
        }
        self.skeleton.push_str(open);
        open.is_empty()
    }
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

    proptest::proptest! {
        #[test]
        fn plain_sentences_take_the_short_way_to_the_same_skeleton(sentence in "[ -~\\t\\x0B]{0,80}|([A-Za-z0-9.+#,-]{0,9} ){0,12}") {
            let mut short = String::new();
            let words = write_skeleton(&sentence, &mut short);
            // What is not ASCII goes the long way; a sign of no word changes nothing else.
            let mut long = String::new();
            let of_long = write_skeleton(&format!("{sentence} \u{2014}"), &mut long);
            proptest::prop_assert_eq!((words, short), (of_long, long));
        }
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
