//! From a name as written to its tokens.

use bonafide_normalise::script::chinese::{self, ChineseName};
use bonafide_normalise::script::korean::KoreanName;
use bonafide_normalise::script::{WritingSystem, arabic, latin, romanise};

use super::token::{Token, TokenKind};
use super::view::NameView;
use super::{organisation, tables};

/// The most tokens of a name that are compared.
pub(super) const MAX_TOKENS: usize = 8;

/// Whose name it is, as far as words mean different things in names of people and of organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation, vessel or aircraft.
    Organisation,
}

/// A name prepared for comparison.
#[derive(Clone, Debug)]
pub struct AnalysedName {
    pub(super) tokens: Box<[Token]>,
    /// So many of the last tokens are the family name, where a comma tells; 0: nothing tells.
    pub(super) family: u8,
    pub(super) korean: Option<Box<KoreanName>>,
    pub(super) chinese: Option<Box<ChineseName>>,
    pub(super) kind: NameKind,
}

impl AnalysedName {
    /// Prepares a name as written. A text without letters has no tokens and matches nothing.
    ///
    /// ```
    /// use bonafide_watchlist::names::{AnalysedName, NameKind};
    /// let name = AnalysedName::of("Prof. Dr. MARLOWE, Rosalind", NameKind::Person);
    /// let words: Vec<_> = name.tokens().iter().map(|token| token.as_str()).collect();
    /// assert_eq!(words, ["rosalind", "marlowe"]);
    /// ```
    #[must_use]
    pub fn of(text: &str, kind: NameKind) -> Self {
        let visible = without_notes(latin::visible(text));
        let visible = if kind == NameKind::Organisation { without_initials(visible) } else { visible };
        let main = if kind == NameKind::Person { without_job(&visible) } else { &visible };
        // "Family, Given" for people alone; organisations have commas of another kind.
        let parts: Vec<&str> = main.split([',', '，']).filter(|part| !part.trim().is_empty()).collect();
        let (family, given) = match parts.as_slice() {
            [family, given] if kind == NameKind::Person => (words_of(family, kind), words_of(given, kind)),
            _ => (Vec::new(), parts.iter().flat_map(|part| words_of(part, kind)).collect()),
        };
        let given = if kind == NameKind::Person { without_ranks(given, family.len()) } else { given };
        let is_named = |words: &[Word], place: usize| {
            kind == NameKind::Organisation || !words[place].is_title() || is_article_name(words, place)
        };
        let tokens_of = |words: &[Word], titles: bool| -> Vec<Token> {
            let named = (0..words.len()).filter(|place| titles || is_named(words, *place));
            named.flat_map(|place| words[place].tokens(kind)).collect()
        };
        let (mut tokens, mut behind) = (tokens_of(&given, false), tokens_of(&family, false));
        if tokens.is_empty() && behind.is_empty() {
            // A title alone may be a name after all.
            (tokens, behind) = (tokens_of(&given, true), tokens_of(&family, true));
        }
        if kind == NameKind::Organisation {
            mark_state_forms(&mut tokens);
        }
        let family_words = behind.len();
        tokens.append(&mut behind);
        let family_words = keep_telling(&mut tokens, family_words) as u8;
        let korean = if kind == NameKind::Person { korean_of(&given, &family) } else { None };
        let chinese = if kind == NameKind::Person { chinese_of(tokens.iter()).map(Box::new) } else { None };
        Self { tokens: tokens.into(), family: family_words, korean, chinese, kind }
    }

    /// What a name is read as where nobody tells: an organisation's where a legal form or the like stands in it, else a person's.
    ///
    /// ```
    /// use bonafide_watchlist::names::{AnalysedName, NameKind};
    /// assert_eq!(AnalysedName::kind_of("Quillfeather Trading Co., Ltd."), NameKind::Organisation);
    /// assert_eq!(AnalysedName::kind_of("Rosalind Marlowe"), NameKind::Person);
    /// ```
    #[must_use]
    pub fn kind_of(text: &str) -> NameKind {
        let words = text.split(|c: char| !c.is_alphanumeric()).take(4 * MAX_TOKENS);
        let mut words = words.filter(|word| !word.is_empty());
        if words.any(|word| tables::tells_organisation(&romanise(word))) { NameKind::Organisation } else { NameKind::Person }
    }

    /// The words that are compared, given names first where a comma tells the order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The name as the comparison sees it; `None` where nothing is left of it.
    pub(crate) fn view(&self) -> Option<NameView<'_>> {
        NameView::new(self.tokens.iter(), self.family, self.kind, self.korean.as_deref(), self.chinese.as_deref())
    }

    /// Pairs of syllables by which a name that can be read as a Korean one is looked up.
    pub(crate) fn syllable_pairs(&self) -> impl Iterator<Item = [u16; 2]> {
        self.korean.iter().flat_map(|korean| korean.syllable_pairs())
    }

    /// Pairs of syllables by which a name that can be read as a Chinese one is looked up.
    pub(crate) fn chinese_pairs(&self) -> impl Iterator<Item = [u16; 2]> {
        self.chinese.iter().flat_map(|chinese| chinese.syllable_pairs())
    }

    /// Whether the name can be read as a Korean one, in whatever spelling.
    #[must_use]
    pub const fn reads_as_korean(&self) -> bool {
        self.korean.is_some()
    }
}

/// A word as written, with its romanised form.
#[derive(Clone, Debug)]
struct Word {
    /// As written, apostrophes and breves included, look-alikes folded.
    written: String,
    roman: String,
    system: Option<WritingSystem>,
    has_dot: bool,
    /// English words that stand for it, where its script tells no more of it than its sound.
    english: Option<&'static str>,
}

impl Word {
    /// The token of the word; several where an abbreviation of an organisation's name stands for several words.
    fn tokens(&self, kind: NameKind) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(1);
        let mut translate = |words: &[&str]| {
            let alone = words.len() == 1;
            let token = |word: &&str| Token::translated(word, alone, &self.roman, &self.written, self.system);
            tokens.extend(words.iter().filter_map(token));
        };
        if let Some(english) = self.english {
            translate(&english.split(' ').collect::<Vec<_>>());
        } else if kind == NameKind::Organisation {
            translate(&organisation::meaning(&self.roman).collect::<Vec<_>>());
        }
        if tokens.is_empty() {
            tokens.extend(Token::new(&self.roman, &self.written, self.system, kind));
        }
        tokens
    }

    fn is_title(&self) -> bool {
        tables::is_title(&self.roman, self.has_dot)
    }
}

/// Makes words legal forms that together name the kind of a state body, where others are left.
fn mark_state_forms(tokens: &mut [Token]) {
    let words: Vec<&str> = tokens.iter().map(Token::as_str).collect();
    let Some((from, length)) =
        (0..words.len()).map(|from| (from, organisation::state_form(&words[from..]))).find(|found| found.1 > 0)
    else {
        return;
    };
    let is_of_form = |place: &usize| (from..from + length).contains(place);
    let others = (0..tokens.len()).filter(|place| !is_of_form(place));
    if others.filter(|place| !matches!(tokens[*place].kind(), TokenKind::Particle | TokenKind::LegalForm)).count() > 0 {
        tokens[from..from + length].iter_mut().for_each(|token| *token = token.as_legal_form());
    }
}

/// Whether a title is a name because an article stands before it at the end: "El-Sheikh", "al-Sayyid".
fn is_article_name(words: &[Word], place: usize) -> bool {
    place + 1 == words.len() && place > 0 && matches!(words[place - 1].roman.as_str(), "al" | "el")
}

/// A text without what lists remark in brackets: "(formerly listed as)", "(combat name)", or the name once more in another script.
fn without_notes(text: String) -> String {
    if !text.contains('(') {
        return text;
    }
    let system = WritingSystem::of_word(&text);
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once('(') {
        let (inside, after) = behind.split_once(')').unwrap_or((behind, ""));
        let is_note = inside.split(|c: char| !c.is_alphanumeric()).any(|word| tables::is_note_word(&word.to_lowercase()));
        let is_other_script = WritingSystem::of_word(inside).is_some_and(|inside| Some(inside) != system);
        kept.push_str(before);
        if is_note || is_other_script {
            kept.push(' ');
        } else {
            kept.extend(["(", inside, ")"]);
        }
        rest = after;
    }
    kept.push_str(rest);
    if kept.chars().any(char::is_alphanumeric) { kept } else { text }
}

/// An organisation's name without its own initials in brackets: "Quillfeather Trading Company (QTC)".
fn without_initials(text: String) -> String {
    let Some((before, behind)) = text.split_once('(') else { return text };
    let Some((inside, after)) = behind.split_once(')') else { return text };
    let letters: Vec<char> = inside.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    if !(2..=10).contains(&letters.len()) || !letters.iter().all(|letter| letter.is_alphabetic()) {
        return text;
    }
    let words = before.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next());
    let mut initials = words.flat_map(char::to_lowercase);
    // Particles and legal forms are left out of initials, mostly.
    if letters.iter().all(|letter| initials.by_ref().any(|initial| initial == *letter)) {
        format!("{before} {after}")
    } else {
        text
    }
}

/// A name without the ranks in front of it, where two words are left at least: "Major" is a name as well.
fn without_ranks(mut given: Vec<Word>, family: usize) -> Vec<Word> {
    let ranks = given.iter().take_while(|word| tables::is_rank(&word.roman) || word.is_title()).count();
    if given.len() - ranks + family >= 2 {
        given.drain(..ranks);
    }
    given
}

/// Leaves the words of a long name that tell the most, in their order, and the family name before others. Answers how many of the
/// last ones are the family name.
fn keep_telling(tokens: &mut Vec<Token>, mut family_words: usize) -> usize {
    while tokens.len() > MAX_TOKENS {
        let given = tokens.len() - family_words;
        let told = |place: &usize| tokens[*place].information() + if *place >= given { 5.0 } else { 0.0 };
        // Of several that tell as little, the last.
        let Some(least) = (0..tokens.len()).rev().min_by(|left, right| told(left).total_cmp(&told(right))) else { break };
        if least >= given {
            family_words -= 1;
        }
        tokens.remove(least);
    }
    family_words
}

fn korean_of(given: &[Word], family: &[Word]) -> Option<Box<KoreanName>> {
    // Apostrophes and breves matter here, so the words are those as written.
    let words: Vec<&str> = family.iter().chain(given).filter(|word| !word.is_title()).map(|word| word.written.as_str()).collect();
    KoreanName::read(&words).map(Box::new)
}

/// The words of a person's name as a Chinese one, where they can be that.
pub(super) fn chinese_of<'t>(tokens: impl ExactSizeIterator<Item = &'t Token>) -> Option<ChineseName> {
    let mut words = [""; 3];
    let count = tokens.len();
    if count > words.len() {
        return None;
    }
    words.iter_mut().zip(tokens).for_each(|(place, token)| *place = token.as_str());
    ChineseName::read(&words[..count])
}

/// What stands before another name, a place, or a dash, a bar or a bracket behind which only a job is told.
fn without_job(text: &str) -> &str {
    for mark in [" aka ", " a.k.a. ", " alias ", " from "] {
        if let Some((name, _)) = text.split_once(mark)
            && !name.trim().is_empty()
        {
            return name;
        }
    }
    for mark in [" | ", " - ", " – ", " — ", " • ", " / ", " @ ", " ("] {
        if let Some((name, rest)) = text.split_once(mark)
            && !name.trim().is_empty()
            && rest.split(|c: char| !c.is_alphanumeric()).any(|word| tables::is_job_word(&word.to_lowercase()))
        {
            return name;
        }
    }
    text
}

/// Words at spaces, hyphens, dots and changes from lower to upper case. A run of Han or Hangul without spaces is a family name of one
/// character and the rest.
fn words_of(text: &str, kind: NameKind) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current = String::new();
    let mut last: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(character) = letters.next() {
        // "RosalindMarlowe" are two words, "GmbH" is one.
        let before_lower = letters.peek().copied().is_some_and(char::is_lowercase);
        let starts_hump = character.is_uppercase() && last.is_some_and(char::is_lowercase) && before_lower;
        let keeps =
            character.is_alphanumeric() || is_mark(character) || is_apostrophe(character) || matches!(character, '$' | '!');
        if starts_hump || !keeps {
            push_word(&mut words, &current, character == '.', kind);
            current.clear();
        }
        if keeps {
            current.push(character);
        }
        last = Some(character);
    }
    push_word(&mut words, &current, false, kind);
    words.truncate(4 * MAX_TOKENS);
    if kind == NameKind::Organisation { with_joined_numbers(with_joined_initials(&words)) } else { words }
}

/// Tens and units that are spelled in two words as one number: "forty-four", "Forty Fourth".
fn with_joined_numbers(mut words: Vec<Word>) -> Vec<Word> {
    let number = |word: &Word| tables::in_full(&word.roman).parse::<u32>().ok();
    let is_spelled = |word: &Word| word.roman.starts_with(|first: char| first.is_ascii_alphabetic());
    let mut at = 0;
    while at + 1 < words.len() {
        let both = number(&words[at]).filter(|_| is_spelled(&words[at])).zip(number(&words[at + 1]));
        if let Some((tens, units)) = both
            && (20..100).contains(&tens)
            && tens % 10 == 0
            && (1..10).contains(&units)
        {
            words[at].roman = (tens + units).to_string();
            words.remove(at + 1);
        }
        at += 1;
    }
    words
}

/// Letters with dots in a row as one word, where they are a legal form or three at least: "S.A.", "T.M.G.".
fn with_joined_initials(words: &[Word]) -> Vec<Word> {
    let is_letter = |word: &Word| word.roman.len() == 1 && !word.roman.as_bytes()[0].is_ascii_digit();
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.first() {
        let dotted = rest.iter().take_while(|word| is_letter(word) && word.has_dot).count();
        // The dot of the last one may be missing.
        let run = dotted + usize::from(dotted > 0 && rest.get(dotted).is_some_and(is_letter));
        let roman: String = rest[..run].iter().map(|word| word.roman.as_str()).collect();
        if run > 2 || (run == 2 && tables::is_legal_form(&roman)) {
            let written: String = rest[..run].iter().map(|word| word.written.as_str()).collect();
            joined.push(Word { written, roman, has_dot: true, ..first.clone() });
            rest = &rest[run..];
        } else {
            joined.push(first.clone());
            rest = &rest[1..];
        }
    }
    joined
}

fn push_word(words: &mut Vec<Word>, written: &str, has_dot: bool, kind: NameKind) {
    let folded = latin::fold_look_alikes(written);
    let system = WritingSystem::of_word(&folded);
    if kind == NameKind::Organisation
        && let Some(unspaced) = organisation::native_words(&folded)
    {
        for word in unspaced {
            match word {
                organisation::UnspacedWord::Unknown(name) => push_folded(words, name, system, has_dot),
                organisation::UnspacedWord::Known(name, english) => push_translated(words, name, system, Some(english)),
            }
        }
        return;
    }
    if matches!(system, Some(WritingSystem::Han | WritingSystem::Hangul))
        && words.is_empty()
        && (2..=5).contains(&folded.chars().count())
    {
        let cut = folded.chars().next().map_or(0, char::len_utf8);
        push_folded(words, &folded[..cut], system, false);
        if let (Some(word), Some(surname)) = (words.last_mut(), folded.chars().next().and_then(chinese::surname_of_character)) {
            surname.clone_into(&mut word.roman);
        }
        push_folded(words, &folded[cut..], system, false);
        return;
    }
    if system == Some(WritingSystem::Arabic) {
        let english = if kind == NameKind::Organisation { organisation::native_meaning(&folded) } else { None };
        if english.is_some() {
            push_translated(words, &folded, system, english);
            return;
        }
        // Latin spellings write the article apart: "الدويك" is "al-Duwaik".
        arabic::parts(&folded).into_iter().for_each(|part| push_folded(words, part, system, has_dot));
        return;
    }
    let plain = if system == Some(WritingSystem::Latin) && !is_ordinal(&folded) { latin::fold_leet(&folded) } else { folded };
    push_folded(words, &plain, system, has_dot);
}

/// "1st", "22nd": digits and what stands behind them in English.
fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|c: char| c.is_ascii_digit());
    ending.len() < word.len() && matches!(ending.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th")
}

fn push_folded(words: &mut Vec<Word>, written: &str, system: Option<WritingSystem>, has_dot: bool) {
    let roman = romanise(written);
    if !roman.is_empty() {
        words.push(Word { written: written.to_owned(), roman, system, has_dot, english: None });
    }
}

/// A word of which its script tells the meaning rather than a spelling.
fn push_translated(words: &mut Vec<Word>, written: &str, system: Option<WritingSystem>, english: Option<&'static str>) {
    let roman = romanise(written);
    words.push(Word { written: written.to_owned(), roman, system, has_dot: false, english });
}

const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʻ' | 'ʿ' | 'ʾ')
}

fn is_mark(character: char) -> bool {
    // Combining marks and vowel signs are not alphabetic in every script, and belong to the word all the same.
    matches!(character as u32, 0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x0670 | 0x0900..=0x0DFF | 0x0E31..=0x0E4E | 0x1780..=0x17D3)
}
