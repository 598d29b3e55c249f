//! TLP and PAP markings of a message.
//!
//! Read are `TLP:AMBER+STRICT`, `[TLP: RED]`, `tlp-green`, `TLP AMBER STRICT`, `TLP2.0:CLEAR`, `TLP[:]RED` and the like; TLP 1's
//! WHITE is CLEAR. Where a message holds several, the strictest counts: whoever joins two passages passes on both.
//!
//! A marking that is only denied does not mark: "not TLP:RED", "isn't TLP:RED", "no longer TLP:RED", "TLP:RED no longer",
//! "downgraded from TLP:RED". Everything else that names a colour counts, also "was TLP:RED": too strict harms nobody.

use std::fmt;

/// Who may be told (Traffic Light Protocol 2.0), the least strict first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tlp {
    /// Everybody.
    Clear,
    /// The community.
    Green,
    /// The recipients' organisations and their clients.
    Amber,
    /// The recipients' organisations only.
    AmberStrict,
    /// The recipients alone.
    Red,
}

impl Tlp {
    /// `clear`, `green`, `amber`, `amber+strict` or `red`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber+strict",
            Self::Red => "red",
        }
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What may be done with it (Permissible Actions Protocol), the least strict first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pap {
    /// Anything.
    Clear,
    /// Active steps that are allowed by law, such as blocking.
    Green,
    /// Passive steps: looking things up elsewhere.
    Amber,
    /// Only what nobody outside can see.
    Red,
}

impl Pap {
    /// `clear`, `green`, `amber` or `red`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

impl fmt::Display for Pap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The markings of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Markings {
    /// Who may be told; `None` where the message does not say.
    pub tlp: Option<Tlp>,
    /// What may be done; `None` where the message does not say.
    pub pap: Option<Pap>,
}

/// Signs between the name of the protocol and the colour, and how many of them at most.
const BETWEEN: &[u8] = b" \t:=-_[({*`/\"'";
const MOST_BETWEEN: usize = 5;

/// The markings that a text (with its defanging undone) holds.
pub(super) fn read(text: &str) -> Markings {
    let bytes = text.as_bytes();
    let mut markings = Markings::default();
    let mut at = 0;
    // Every name of a protocol has `p` or `P` in its third place, which is rarer than the letters before it.
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte | 0x20 == b'p')) {
        let last = at + step;
        at = last + 1;
        let Some(start) = last.checked_sub(2) else { continue };
        let is_word_start = start.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
        let is_tlp = bytes[start..=last].eq_ignore_ascii_case(b"tlp");
        if !is_word_start || !(is_tlp || bytes[start..=last].eq_ignore_ascii_case(b"pap")) {
            continue;
        }
        let Some((colour, end)) = colour(bytes, last + 1) else { continue };
        if is_denied(bytes, start, end) {
            continue;
        }
        if is_tlp {
            markings.tlp = markings.tlp.max(Some(colour));
        } else {
            markings.pap = markings.pap.max(Some(match colour {
                Tlp::Clear => Pap::Clear,
                Tlp::Green => Pap::Green,
                Tlp::Amber | Tlp::AmberStrict => Pap::Amber,
                Tlp::Red => Pap::Red,
            }));
        }
    }
    markings
}

/// The colour that stands behind the name of a protocol, and where it ends.
fn colour(bytes: &[u8], mut at: usize) -> Option<(Tlp, usize)> {
    for version in [&b"v2.0"[..], b"v2", b"2.0", b"2", b" v2.0", b" v2", b" 2.0", b"v1", b" 1.0"] {
        if starts(bytes, at, version) {
            at += version.len();
            break;
        }
    }
    let first = at;
    while at - first < MOST_BETWEEN && bytes.get(at).is_some_and(|byte| BETWEEN.contains(byte)) {
        at += 1;
    }
    const COLOURS: [(&[u8], Tlp); 5] =
        [(b"clear", Tlp::Clear), (b"white", Tlp::Clear), (b"green", Tlp::Green), (b"amber", Tlp::Amber), (b"red", Tlp::Red)];
    let (word, colour) = COLOURS.into_iter().find(|(word, _)| starts(bytes, at, word))?;
    let written = bytes.get(at..at + word.len())?;
    at += word.len();
    if colour == Tlp::Amber {
        let before = at;
        while at - before < 3 && bytes.get(at).is_some_and(|byte| b" +-_".contains(byte)) {
            at += 1;
        }
        // "TLP:AMBER strictly for you" is no AMBER+STRICT; a plus or dash, or the same capitals, make it one.
        let is_joined = bytes[before..at].iter().any(|byte| b"+-_".contains(byte));
        let in_capitals = written == b"AMBER" && bytes.get(at..at + 6) == Some(b"STRICT");
        if starts(bytes, at, b"strict") && ends_word(bytes, at + 6) && (is_joined || in_capitals || at == before) {
            return Some((Tlp::AmberStrict, at + 6));
        }
        at = before;
    }
    ends_word(bytes, at).then_some((colour, at))
}

fn starts(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// Whether the words around a marking take it away.
fn is_denied(bytes: &[u8], start: usize, end: usize) -> bool {
    let denied_before = matches!(
        words_before(bytes, start),
        [_, b"not" | b"never" | b"isn't" | b"isnt" | b"non" | b"ex"]
            | [b"no", b"longer"]
            | [b"not", b"a" | b"marked" | b"as"]
            | [b"downgraded" | b"lowered" | b"relaxed" | b"down" | b"moved" | b"changed", b"from"]
    );
    denied_before
        || [&b" no longer"[..], b" not anymore", b" was lifted", b" is lifted"].iter().any(|words| starts(bytes, end, words))
}

/// The two words before a place, the nearer one last, in lower case as far as they are among those asked for.
fn words_before(bytes: &[u8], start: usize) -> [&'static [u8]; 2] {
    const KNOWN: [&[u8]; 16] = [
        b"not",
        b"never",
        b"isn't",
        b"isnt",
        b"non",
        b"ex",
        b"no",
        b"longer",
        b"a",
        b"marked",
        b"as",
        b"downgraded",
        b"lowered",
        b"relaxed",
        b"moved",
        b"from",
    ];
    const MORE: [&[u8]; 2] = [b"down", b"changed"];
    let mut words: [&'static [u8]; 2] = [b"", b""];
    let mut at = start;
    for slot in [1, 0] {
        let mut spaces = 0;
        while at > 0 && spaces < 4 && matches!(bytes[at - 1], b' ' | b'[' | b'*' | b'(' | b'"' | b'-') {
            at -= 1;
            spaces += 1;
        }
        let end = at;
        while at > 0 && end - at < 12 && (bytes[at - 1].is_ascii_alphabetic() || bytes[at - 1] == b'\'') {
            at -= 1;
        }
        let word = &bytes[at..end];
        words[slot] = KNOWN.into_iter().chain(MORE).find(|known| known.eq_ignore_ascii_case(word)).unwrap_or(b"");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markings_are_read_as_people_write_them() {
        for (text, tlp) in [
            ("TLP:AMBER+STRICT x", Some(Tlp::AmberStrict)),
            ("[TLP: RED]", Some(Tlp::Red)),
            ("tlp-green", Some(Tlp::Green)),
            ("*TLP:WHITE*", Some(Tlp::Clear)),
            ("TLP AMBER STRICT", Some(Tlp::AmberStrict)),
            ("TLP:AMBER-STRICT.", Some(Tlp::AmberStrict)),
            ("TLP:AMBER strict handling", Some(Tlp::Amber)),
            ("TLP2.0:CLEAR", Some(Tlp::Clear)),
            ("TLP:GREEN\nbut this part TLP:AMBER", Some(Tlp::Amber)),
            ("not TLP:RED anymore", None),
            ("no longer TLP:RED, now TLP:GREEN", Some(Tlp::Green)),
            ("downgraded from TLP:RED to TLP:AMBER", Some(Tlp::Amber)),
            ("do not share. TLP:RED", Some(Tlp::Red)),
            ("TLP:REDACTED", None),
            ("ATLP:RED", None),
            ("what does TLP mean? green?", None),
            ("", None),
            ("tlp", None),
        ] {
            assert_eq!(read(text).tlp, tlp, "{text}");
        }
        assert_eq!(read("PAP:AMBER tlp:red").pap, Some(Pap::Amber));
        assert_eq!(read("pap white").pap, Some(Pap::Clear));
    }
}
