//! Keys under which rows are found although people write names in many ways.

/// Legal forms that are left out of a firm's key.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "as",
    "aps",
    "pte",
    "pty",
    "corp",
    "corporation",
    "co",
    "company",
    "sro",
    "doo",
    "kft",
    "zoo",
];

/// A firm's key: lower-case words without punctuation, the legal form at the end left out.
pub(super) fn firm(name: &str) -> String {
    let name = name.to_lowercase();
    let mut words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-'))
        .map(letters_and_digits)
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(&word.as_str())) {
        words.pop();
    }
    words.join(" ")
}

/// A school's key: lower-case words without punctuation and without a leading "the".
pub(super) fn school(name: &str) -> String {
    let name = name.to_lowercase();
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-'))
        .map(letters_and_digits)
        .filter(|word| !word.is_empty())
        .collect();
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// Keys to try for a technology, best first: as written, without a version number, without `js` or `lang`.
pub(super) fn technology(name: &str) -> Vec<String> {
    let plain: String = name.trim().to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#')).collect();
    let mut keys = Vec::new();
    let mut add = |key: &str| {
        if !key.is_empty() && !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    };
    add(&plain);
    let without_version = without_version(name);
    add(&without_version);
    for key in [plain.as_str(), without_version.as_str()] {
        for tail in ["lang", "language", "programming", "framework"] {
            if let Some(head) = key.strip_suffix(tail) {
                add(head);
            }
        }
        // `React.js` is React and `Node` is Node.js; `AngularJS` has a row of its own, which was tried first.
        if let Some(head) = key.strip_suffix("js") {
            add(head);
        }
    }
    keys
}

/// Cuts `3.11` off `Python 3.11` and `Python3.11`, but leaves `web3`, `s3` and `es6` alone where the row itself carries the digit.
fn without_version(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let head = name.trim_end_matches(|c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ' ' | 'x' | '+')
                && name.ends_with(|last: char| last.is_ascii_digit() || last == 'x' || last == '+')
    });
    let head = if name.starts_with("c++") { "c++" } else { head };
    head.chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#')).collect()
}

fn letters_and_digits(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_are_one_with_and_without_their_legal_form() {
        for written in ["Zork Labs", "ZORK LABS, INC.", "Zork Labs GmbH & Co. KG", "zork  labs ltd"] {
            assert_eq!(firm(written), "zork labs", "{written}");
        }
        assert_eq!(firm("Inc"), "inc");
        assert_eq!(school("The University of Nowhere"), school("University of Nowhere,"));
    }
}
