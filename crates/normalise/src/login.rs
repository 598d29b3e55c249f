//! What a login says besides its owner's name: the word by which people choose the next login, on another service or for another
//! mailbox.
//!
//! Who makes many accounts likes to make them alike: the same made-up word with other figures, another separator, a letter doubled.
//! Such a word proves nothing by itself and ties accounts that nothing else ties. A name does not: people of one name have like
//! logins, and nobody chose it. Nor does what anybody of the trade puts into a login.

/// Letters that a word needs, and letters of it that are not of the owner's name.
pub const FEWEST_LETTERS: usize = 5;
/// The longest login that is read, in bytes: the local part of a mailbox is no longer (RFC 5321, section 4.5.3.1.1).
pub const MAX_TEXT: usize = 64;
/// Parts of names that are looked at.
const MOST_NAMES: usize = 8;
/// Letters that stand together in a word.
const FEWEST_TOGETHER: usize = 3;
/// Letters of a word of the trade from which on words begin or end with it; shorter ones begin and end too many names.
const FEWEST_OF_PART: usize = 4;
/// The one short word that hardly any login is made without.
const DEVELOPER: &str = "dev";
/// Letters of a name from which on its beginning is known again inside of a login.
const FEWEST_OF_NAME: usize = 3;

/// Words that say what somebody does or would like to be, and what mailboxes are for; longer ones first.
#[rustfmt::skip]
const OF_THE_TRADE: &[&str] = &[
    "development", "blockchain", "programmer", "developer", "freelance", "fullstack", "business", "designer", "engineer",
    "frontend", "official", "security", "services", "software", "solidity", "account", "android", "backend", "company",
    "contact", "digital", "network", "noreply", "private", "service", "student", "support", "website", "career", "coding",
    "crypto", "design", "expert", "genius", "github", "global", "golang", "mobile", "office", "online", "python", "resume",
    "senior", "studio", "tester", "admin", "block", "chain", "cloud", "coder", "crazy", "email", "front", "gmail", "great",
    "happy", "hello", "lucky", "magic", "ninja", "smart", "stack", "super", "back", "best", "boss", "code", "data", "full",
    "game", "good", "guru", "hire", "home", "info", "java", "jobs", "king", "mail", "node", "real", "rust", "star", "team",
    "tech", "work", "app", "com", "dao", "dev", "eng", "eth", "iam", "its", "job", "net", "new", "nft", "org", "pro", "sol",
    "the", "top", "web", "www", "xyz",
];

/// The word of a login of somebody with these names, given in any case and script; `None` where nothing is left that says anything.
///
/// Figures, separators, what is behind a `+`, an `0x` in front and words of the trade are left out, a letter that is doubled stands
/// once. Of what is left five letters must be neither part of a name nor the beginning of one. Words of the trade are known where one
/// stands between separators or figures, longer ones also where a word begins or ends with one.
///
/// ```
/// use bonafide_normalise::login;
/// assert_eq!(login::word("Vell_Quorro.88", &["Ada", "Roe"]).as_deref(), Some("velquoro"));
/// assert_eq!(login::word("0xvellquorodev", &[]).as_deref(), Some("velquoro"));
/// // Their own names say nothing, nor does what many put into a login.
/// assert_eq!(login::word("ada.roe.1990", &["Ada", "Roe"]), None);
/// assert_eq!(login::word("senior.blockchain.dev7", &[]), None);
/// ```
#[must_use]
pub fn word(login: &str, names: &[&str]) -> Option<String> {
    Owner::of(names.iter().copied()).word(login)
}

/// Somebody's names, for several logins.
pub struct Owner {
    names: [Letters; MOST_NAMES],
    count: usize,
}

impl Owner {
    /// Somebody with these names, in any case and script; more than eight are not looked at.
    #[must_use]
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut owner = Self { names: [Letters::NONE; MOST_NAMES], count: 0 };
        let words = names.into_iter().flat_map(|name| name.split(|letter: char| !letter.is_alphabetic()));
        for (place, word) in owner.names.iter_mut().zip(words.filter(|word| !word.is_empty())) {
            *place = Letters::of(word);
            owner.count += 1;
        }
        owner
    }

    /// What [`word`] says of one of the logins.
    #[must_use]
    pub fn word(&self, login: &str) -> Option<String> {
        word_of(login, &self.names[..self.count])
    }
}

fn word_of(login: &str, names: &[Letters]) -> Option<String> {
    if login.len() > MAX_TEXT {
        return None;
    }
    let login = login.split('+').next().unwrap_or(login);
    let is_address_like = login.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"));
    let login = if is_address_like { &login[2..] } else { login };
    // Most logins are their owners' names: words of the trade need not be looked for in them.
    if !Letters::of(login).say_something_besides(names) {
        return None;
    }
    let mut letters = Letters::NONE;
    for part in login.split(|letter: char| !letter.is_alphabetic()) {
        let part = Letters::of(part);
        let rest = besides_trade(part.get());
        // Shorter ones are initials, or what stands between the figures of a number.
        if rest.len() >= FEWEST_TOGETHER {
            letters.extend(rest);
        }
    }
    letters.write_doubled_once();
    (letters.get().len() >= FEWEST_LETTERS && letters.say_something_besides(names)).then(|| letters.get().iter().collect())
}

/// The letters of a login or name, in lower case.
#[derive(Clone, Copy)]
struct Letters {
    all: [char; MAX_TEXT],
    count: usize,
}

impl Letters {
    const NONE: Self = Self { all: ['\0'; MAX_TEXT], count: 0 };

    fn of(text: &str) -> Self {
        let mut letters = Self::NONE;
        if text.is_ascii() {
            let lower = text.bytes().filter(u8::is_ascii_alphabetic).map(|letter| char::from(letter.to_ascii_lowercase()));
            for (place, letter) in letters.all.iter_mut().zip(lower) {
                *place = letter;
                letters.count += 1;
            }
            return letters;
        }
        let lower = text.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase);
        for (place, letter) in letters.all.iter_mut().zip(lower) {
            *place = letter;
            letters.count += 1;
        }
        letters
    }

    fn get(&self) -> &[char] {
        &self.all[..self.count]
    }

    fn extend(&mut self, letters: &[char]) {
        let room = &mut self.all[self.count..];
        let count = room.len().min(letters.len());
        room[..count].copy_from_slice(&letters[..count]);
        self.count += count;
    }

    fn write_doubled_once(&mut self) {
        let mut kept = 0;
        for at in 0..self.count {
            if kept == 0 || self.all[kept - 1] != self.all[at] {
                self.all[kept] = self.all[at];
                kept += 1;
            }
        }
        self.count = kept;
    }

    /// Whether enough letters are neither part of a name nor the beginning of one.
    fn say_something_besides(&self, names: &[Self]) -> bool {
        let letters = self.get();
        if letters.len() < FEWEST_LETTERS {
            return false;
        }
        let mut is_own = [false; MAX_TEXT];
        for name in names {
            let name = name.get();
            for start in (0..letters.len()).filter(|&start| letters[start] == name[0]) {
                let common = beginning_of(name, &letters[start..]);
                if common >= FEWEST_OF_NAME.min(name.len()) {
                    is_own[start..start + common].fill(true);
                }
            }
        }
        is_own[..letters.len()].iter().filter(|is_own| !**is_own).count() >= FEWEST_LETTERS
    }
}

/// The letters of a part of a login without words of the trade, of which it may be made, or begin or end with.
fn besides_trade(part: &[char]) -> &[char] {
    let is_word = |letters: &[char], word: &str| letters.iter().copied().eq(word.chars());
    let cut = |part: &[char]| {
        OF_THE_TRADE.iter().filter(|word| part.len() >= word.len()).find_map(|word| {
            if part.len() > word.len() && word.len() < FEWEST_OF_PART && *word != DEVELOPER {
                return None;
            }
            let (behind, before) = (word.len(), part.len() - word.len());
            if is_word(&part[..behind], word) {
                Some((behind, part.len()))
            } else {
                is_word(&part[before..], word).then_some((0, before))
            }
        })
    };
    let mut rest = part;
    while let Some((from, to)) = cut(rest).filter(|_| !rest.is_empty()) {
        rest = &rest[from..to];
    }
    rest
}

/// How many letters begin with the letters of a name, whether either writes some of them doubled.
fn beginning_of(name: &[char], letters: &[char]) -> usize {
    let (mut of_name, mut at) = (0, 0);
    while of_name < name.len() && at < letters.len() {
        if name[of_name] == letters[at] {
            of_name += 1;
            at += 1;
        } else if at > 0 && letters[at] == letters[at - 1] {
            at += 1;
        } else if of_name > 0 && name[of_name] == name[of_name - 1] {
            of_name += 1;
        } else {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_word_is_known_again_in_other_dress() {
        for login in ["quorrel", "Quorel7", "the_quorrel", "quorrel.dev", "0xQuorrel", "quor-rel99", "j.quorrel", "quorrel+jobs"]
        {
            assert_eq!(word(login, &["Ada", "Roe"]).as_deref(), Some("quorel"), "{login}");
        }
    }

    #[test]
    fn names_and_their_beginnings_say_nothing() {
        for login in ["alexandra.vellmont", "alexvell", "a.vellmont77", "vellmontalexandra", "avellm", "vell.a.dev"] {
            assert_eq!(word(login, &["Alexandra", "Vellmont"]), None, "{login}");
        }
        // A word besides the name does.
        assert_eq!(word("alexquorrel", &["Alexandra", "Vellmont"]).as_deref(), Some("alexquorel"));
        // Somebody else's name is a word like any other.
        assert_eq!(word("alexandra.vellmont", &["Bo", "Stone"]).as_deref(), Some("alexandravelmont"));
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        for login in ["", "+", "12345", "0x", "ab", "info", "__", "dev.dev.dev", "da66ae40bc71ff", "x9k2m4p7q", &"a".repeat(500)]
        {
            assert_eq!(word(login, &[]), None, "{login}");
        }
        assert_eq!(word("quorrel", &["", "  ", "-"]).as_deref(), Some("quorel"));
    }

    proptest! {
        #[test]
        fn figures_separators_and_case_change_nothing(word_of in "[bcfghjkqvz]{7,12}", figures in "[0-9]{0,4}", at in 3_usize..5) {
            let other = format!("{}_{}{figures}", word_of[..at].to_uppercase(), &word_of[at..]);
            prop_assert_eq!(word(&word_of, &[]), word(&other, &[]));
        }

        #[test]
        fn whatever_comes_is_read(login in ".{0,80}", name in ".{0,20}") {
            if let Some(word) = word(&login, &[&name]) {
                prop_assert!(word.chars().count() >= FEWEST_LETTERS);
                prop_assert!(word.chars().all(char::is_alphabetic));
            }
        }
    }
}
