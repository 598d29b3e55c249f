//! Other people in one subject's records.
//!
//! What one subject's record says of another is not stored under the first one's key alone: an object that is about the other
//! subject (a holder, a link, the compared side of evidence) is replaced by a token that holds it sealed under the *other's* key,
//! and the other's id inside a text is replaced by a token with the other's opaque key id. Tokens are resolved when the record is
//! read; after the other was erased they read "erased". Derived values from which an id could be guessed (fingerprints, hashes of
//! answers) are sealed under the keys of everybody they depend on.
//!
//! Tokens are strings between two marks (U+F8FF, a private-use character). A mark that stood in the original is itself written as a
//! token, so hostile text cannot imitate one.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use bonafide_model::{
    assessment::Assessment,
    finding::ComparedKind,
    id::SubjectId,
    lens::{Asked, LinkHit, Reply},
};
use memchr::memmem::Finder;
use serde_json::{Map, Value, json};

use crate::id::{SubjectKeyId, from_hex, from_hex_any, to_hex};

/// What a reference to an erased subject reads as.
pub const ERASED: &str = "erased";
/// What a reference to another subject reads as where other people's values are to be left out.
pub const WITHHELD: &str = "withheld";

const MARK: char = '\u{F8FF}';
/// What stands before the id of the member after which a ring is named.
const RING: &str = "r:";
/// Ids shorter than this are not looked for inside texts: they would be found in every second sentence and identify nobody.
const SHORTEST_IN_TEXT: usize = 3;

/// How references to other subjects are resolved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// To what they were; "erased" where the other subject was erased.
    #[default]
    Named,
    /// To "withheld": for packages that leave the house.
    Withheld,
}

/// The other subjects that an assessment and its answers name.
pub(crate) fn named_in(own: &SubjectId, assessment: &Assessment, asked: &[Asked]) -> BTreeSet<SubjectId> {
    let mut found = BTreeSet::new();
    let mut note = |id: &str| {
        if !id.is_empty() && id != own.as_str() && id != ERASED && id != WITHHELD {
            found.insert(SubjectId::new(id));
        }
    };
    for evidence in assessment.findings.iter().flat_map(|finding| &finding.evidence) {
        if evidence.compared_with.kind == ComparedKind::Subject {
            note(&evidence.compared_with.id);
        }
    }
    for reply in asked.iter().filter_map(|asked| asked.answer.as_ref().ok()) {
        match reply {
            Reply::Holders(holders) => holders.subjects.iter().for_each(|holder| note(&holder.subject)),
            Reply::Dismissals(hits) => hits.iter().for_each(|hit| note(&hit.subject)),
            Reply::OtherTellings(tellings) => tellings.iter().for_each(|telling| note(&telling.subject)),
            Reply::Ties(tied) => {
                for tied in tied {
                    // A ring is named after one of its members: `r:` and an id.
                    note(tied.to.strip_prefix(RING).unwrap_or(&tied.to));
                    tied.ties.iter().for_each(|tie| note(&tie.subject));
                }
            }
            Reply::Clusters(hits) | Reply::Templates(hits) | Reply::SharedPassages(hits) | Reply::Neighbourhood(hits) => {
                hits.iter().filter(|hit| is_subject(hit)).for_each(|hit| note(&hit.id));
            }
            // Listed one by one, so that an answer added later is judged here: may it name a subject?
            Reply::Indicators(_)
            | Reply::IndicatorsAmong(_)
            | Reply::ListHits(_)
            | Reply::ListedOwners(_)
            | Reply::IpTraits(_)
            | Reply::IpPlace(_)
            | Reply::Employer(_)
            | Reply::School(_)
            | Reply::Technology(_)
            | Reply::MailProvider(_)
            | Reply::SiteHost(_)
            | Reply::Package(_) => {}
        }
    }
    found
}

fn is_subject(hit: &LinkHit) -> bool {
    hit.kind == "subject"
}

/// What is put in place of an erased object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Holder,
    Compared,
    Link,
    Dismissal,
    Tie,
    Telling,
    Referral,
    Text,
    Hash,
}

impl Shape {
    const ALL: [Self; 9] = [
        Self::Holder,
        Self::Compared,
        Self::Link,
        Self::Dismissal,
        Self::Tie,
        Self::Telling,
        Self::Referral,
        Self::Text,
        Self::Hash,
    ];

    const fn letter(self) -> char {
        match self {
            Self::Holder => 'h',
            Self::Compared => 'c',
            Self::Link => 'l',
            Self::Dismissal => 'd',
            Self::Tie => 'y',
            Self::Telling => 'j',
            Self::Referral => 'r',
            Self::Text => 't',
            Self::Hash => 'x',
        }
    }

    fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.letter() == letter)
    }

    /// The value that stands for one that may not or can no longer be read.
    fn blank(self, word: &str) -> Value {
        match self {
            Self::Holder => json!({"subject": word, "same_name": false, "same_person": false, "applied_on": null,
                "benign": null, "known_bad": false}),
            Self::Compared => json!({"kind": "subject", "id": word, "value": word, "source": "store", "version": ""}),
            Self::Link => {
                json!({"id": word, "kind": "subject", "cluster": null, "shares": [], "weight": 0, "version": ""})
            }
            Self::Dismissal => json!({"subject": word, "on": "0000-01-01", "shares": []}),
            Self::Tie => json!({"subject": word, "what": "phone", "value": word, "holders": 0, "weight": 0}),
            Self::Telling => json!({"subject": word, "applied_on": null, "jobs": [], "schools": []}),
            Self::Referral => json!({"by": word, "subject": word}),
            Self::Text => json!(word),
            Self::Hash => json!("0".repeat(64)),
        }
    }

    /// The shape of an object that is about another subject, with that subject's id.
    fn of(object: &Map<String, Value>) -> Option<(Self, &str)> {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        if text("kind") == Some("subject") {
            let shape = if object.contains_key("shares") { Self::Link } else { Self::Compared };
            return text("id").map(|id| (shape, id));
        }
        let subject = text("subject")?;
        let shape = if object.contains_key("same_person") {
            Self::Holder
        } else if object.contains_key("shares") {
            Self::Dismissal
        } else if object.contains_key("what") && object.contains_key("holders") {
            Self::Tie
        } else if object.contains_key("jobs") && object.contains_key("schools") {
            Self::Telling
        } else if object.contains_key("by") {
            Self::Referral
        } else {
            return None;
        };
        Some((shape, subject))
    }
}

/// Seals or opens bytes under a subject's key; `None` where there is no key, or the bytes do not open.
pub(crate) type Recode<'a> = dyn Fn(SubjectKeyId, &[u8]) -> Option<Vec<u8>> + 'a;

/// Where ids of other subjects are looked for inside texts. Objects that are about another subject are replaced in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Texts {
    /// In all texts: what people write.
    All,
    /// In the texts of an assessment, but not in values of the subject's own, which stay its own whatever they resemble.
    NotOwnValues,
    /// In none: facts are the subject's own values.
    None,
}

/// Fields of an assessment, its evidence and its questions that hold values of the subject's own.
const OWN_VALUES: [&str; 6] = ["display_name", "subject_value", "quote", "document", "question", "subject"];

/// Replaces what is about other subjects by tokens.
pub(crate) struct Tokeniser<'a> {
    others: &'a BTreeMap<SubjectId, SubjectKeyId>,
    seal: &'a Recode<'a>,
    texts: Texts,
    words: Vec<Word<'a>>,
    met_a_mark: Cell<bool>,
}

/// An id that is looked for inside texts.
struct Word<'a> {
    id: &'a str,
    key: SubjectKeyId,
    finder: Finder<'a>,
}

/// Whether text holds a mark, which must be written as a token even where nobody else is named.
pub(crate) fn has_mark(json: &[u8]) -> bool {
    // As serde_json writes it: the character itself, three bytes of UTF-8.
    let mut buffer = [0; 4];
    let mark = MARK.encode_utf8(&mut buffer).as_bytes();
    json.contains(&mark[0]) && json.windows(mark.len()).any(|window| window == mark)
}

impl<'a> Tokeniser<'a> {
    /// For values that name some others, with their keys' ids; `seal` seals bytes under another subject's key, and `texts` says where
    /// ids are looked for inside texts.
    pub(crate) fn new(others: &'a BTreeMap<SubjectId, SubjectKeyId>, seal: &'a Recode<'a>, texts: Texts) -> Self {
        let mut words: Vec<Word<'a>> = others
            .iter()
            .map(|(id, key)| Word { id: id.as_str(), key: *key, finder: Finder::new(id.as_str()) })
            .filter(|word| word.id.len() >= SHORTEST_IN_TEXT && !word.id.contains(MARK))
            .collect();
        // Longest first, so that an id that contains another is found whole.
        words.sort_by_key(|word| std::cmp::Reverse(word.id.len()));
        Self { others, seal, texts, words, met_a_mark: Cell::new(false) }
    }

    /// Whether marks stood in what was replaced so far, so that it does not read as it was where marks are kept.
    pub(crate) fn met_a_mark(&self) -> bool {
        self.met_a_mark.get()
    }

    /// Replaces in place; answers whom the value named.
    pub(crate) fn replace(&self, value: &mut Value) -> BTreeSet<SubjectKeyId> {
        self.replace_in(value, self.texts)
    }

    fn replace_in(&self, value: &mut Value, texts: Texts) -> BTreeSet<SubjectKeyId> {
        let mut named = BTreeSet::new();
        match value {
            Value::String(text) => self.replace_text(text, texts, &mut named),
            Value::Array(items) => items.iter_mut().for_each(|item| named.extend(self.replace_in(item, texts))),
            Value::Object(object) => {
                let about = Shape::of(object).and_then(|(shape, id)| Some((shape, self.key_of(id)?)));
                for (field, item) in object.iter_mut() {
                    let own = texts == Texts::NotOwnValues && OWN_VALUES.contains(&field.as_str());
                    named.extend(self.replace_in(item, if own { Texts::None } else { texts }));
                }
                self.replace_derived(object, &named);
                if let Some((shape, key)) = about {
                    named.insert(key);
                    if let Some(token) = self.sealed(shape, &[key], value) {
                        *value = Value::String(token);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        named
    }

    /// A hash or fingerprint over something that names others confirms a guess of their ids.
    fn replace_derived(&self, object: &mut Map<String, Value>, named: &BTreeSet<SubjectKeyId>) {
        if named.is_empty() {
            return;
        }
        let keys: Vec<_> = named.iter().copied().collect();
        for (field, shape) in [("fingerprint", Shape::Text), ("hash", Shape::Hash), ("answers", Shape::Text)] {
            if let Some(value @ Value::String(_)) = object.get_mut(field)
                && let Some(token) = self.sealed(shape, &keys, value)
            {
                *value = Value::String(token);
            }
        }
    }

    /// Seals the hash over all answers, which stands apart from them.
    pub(crate) fn replace_answers_hash(&self, assessment: &mut Value, named: &BTreeSet<SubjectKeyId>) {
        if let Some(Value::Object(lens)) = assessment.get_mut("lens") {
            self.replace_derived(lens, named);
        }
    }

    fn key_of(&self, id: &str) -> Option<SubjectKeyId> {
        self.others.get(&SubjectId::new(id)).copied()
    }

    fn sealed(&self, shape: Shape, keys: &[SubjectKeyId], value: &Value) -> Option<String> {
        let mut bytes = serde_json::to_vec(value).ok()?;
        for key in keys {
            bytes = (self.seal)(*key, &bytes)?;
        }
        let names: Vec<_> = keys.iter().map(ToString::to_string).collect();
        Some(format!("{MARK}s{}{}:{}{MARK}", shape.letter(), names.join(","), to_hex(&bytes)))
    }

    fn replace_text(&self, text: &mut String, texts: Texts, named: &mut BTreeSet<SubjectKeyId>) {
        if text.contains(MARK) {
            self.met_a_mark.set(true);
            *text = escape(text);
        }
        if texts == Texts::None {
            return;
        }
        for Word { id, key, finder } in &self.words {
            // Hardly any text names anybody: the rest is seen in one pass each.
            if finder.find(text.as_bytes()).is_none() {
                continue;
            }
            if let Some(replaced) = replace_word(text, id, &format!("{MARK}i{key}{MARK}")) {
                *text = replaced;
                named.insert(*key);
            }
        }
    }
}

/// Marks of the original, written as tokens.
fn escape(text: &str) -> String {
    text.replace(MARK, &format!("{MARK}m{MARK}"))
}

/// Replaces `word` where it does not continue a longer word or id, outside tokens; `None` where it does not occur.
fn replace_word(text: &str, word: &str, by: &str) -> Option<String> {
    let mut result = String::new();
    let mut taken = 0;
    let mut search = 0;
    while let Some(found) = text.get(search..).and_then(|rest| rest.find(word)).map(|at| at + search) {
        let end = found + word.len();
        let inside_word = continues(text[..found].chars().rev()) || continues(text[end..].chars());
        let inside_token = text[..found].matches(MARK).count() % 2 == 1;
        if inside_word || inside_token {
            search = found + word.chars().next().map_or(1, char::len_utf8);
        } else {
            result.push_str(&text[taken..found]);
            result.push_str(by);
            taken = end;
            search = end;
        }
    }
    if taken == 0 {
        return None;
    }
    result.push_str(&text[taken..]);
    Some(result)
}

/// Whether what stands beside a word belongs to it: a letter or digit, or a joint of an id with a letter or digit behind it.
fn continues(mut beside: impl Iterator<Item = char>) -> bool {
    match beside.next() {
        Some('-' | '_' | '.' | '@' | '+') => beside.next().is_some_and(char::is_alphanumeric),
        Some(next) => next.is_alphanumeric(),
        None => false,
    }
}

/// Resolves tokens.
pub(crate) struct Resolver<'a> {
    /// How.
    pub(crate) others: Others,
    /// Opens bytes sealed under another subject's key; `None` after its erasure.
    pub(crate) open: &'a Recode<'a>,
    /// The id of another subject; `None` after its erasure.
    pub(crate) name: &'a dyn Fn(SubjectKeyId) -> Option<String>,
    /// Whether marks of the original stay written as tokens, because what is made of the text will be resolved again.
    pub(crate) keep_marks: bool,
}

impl Resolver<'_> {
    /// Resolves in place.
    pub(crate) fn resolve(&self, value: &mut Value) {
        match value {
            Value::String(text) if text.contains(MARK) => {
                if let Some(whole) = self.sealed(text) {
                    *value = whole;
                } else {
                    *text = self.text(text);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.resolve(item)),
            Value::Object(object) => object.iter_mut().for_each(|(_, item)| self.resolve(item)),
            _ => {}
        }
    }

    /// The value of a string that is one sealed token.
    fn sealed(&self, text: &str) -> Option<Value> {
        let token = text.strip_prefix(MARK)?.strip_suffix(MARK)?.strip_prefix('s')?;
        let shape = Shape::of_letter(token.chars().next()?)?;
        let (keys, sealed) = token[1..].split_once(':')?;
        let blank = |word| Some(shape.blank(word));
        if self.others == Others::Withheld {
            return blank(WITHHELD);
        }
        let mut bytes = from_hex_any(sealed)?;
        for key in keys.split(',').rev() {
            match from_hex(key).map(SubjectKeyId::from_bytes).and_then(|key| (self.open)(key, &bytes)) {
                Some(opened) => bytes = opened,
                None => return blank(ERASED),
            }
        }
        let mut value = serde_json::from_slice(&bytes).ok()?;
        // What is about one subject may name a third.
        self.resolve(&mut value);
        Some(value)
    }

    fn text(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len());
        // Marks come in pairs: every second piece is a token.
        for (index, piece) in text.split(MARK).enumerate() {
            if index % 2 == 0 {
                result.push_str(piece);
            } else if piece == "m" {
                self.push(&mut result, MARK.encode_utf8(&mut [0; 4]));
            } else if self.others == Others::Withheld {
                result.push_str(WITHHELD);
            } else {
                let name = piece
                    .strip_prefix('i')
                    .and_then(from_hex)
                    .and_then(|key| (self.name)(SubjectKeyId::from_bytes(key)))
                    .unwrap_or_else(|| ERASED.to_owned());
                self.push(&mut result, &name);
            }
        }
        result
    }

    fn push(&self, result: &mut String, text: &str) {
        if self.keep_marks {
            result.push_str(&escape(text));
        } else {
            result.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::seal::{Purpose, Seal, SubjectKey};

    fn key(number: u8) -> SubjectKeyId {
        SubjectKeyId::from_bytes([number; 16])
    }

    fn seal_of(key: SubjectKeyId) -> Seal {
        Seal::new(&SubjectKey::from_bytes([key.as_bytes()[0]; 32]))
    }

    /// Tokens in, and back out with some keys gone.
    fn there_and_back(value: &Value, others: &BTreeMap<SubjectId, SubjectKeyId>, gone: &[SubjectKeyId]) -> (Value, Value) {
        with_texts(value, others, gone, Texts::NotOwnValues)
    }

    fn with_texts(
        value: &Value,
        others: &BTreeMap<SubjectId, SubjectKeyId>,
        gone: &[SubjectKeyId],
        texts: Texts,
    ) -> (Value, Value) {
        let mut stored = value.clone();
        let seal = |id: SubjectKeyId, bytes: &[u8]| Some(seal_of(id).seal(Purpose::Reference, b"", bytes));
        Tokeniser::new(others, &seal, texts).replace(&mut stored);
        let open = |id: SubjectKeyId, bytes: &[u8]| {
            if gone.contains(&id) { None } else { seal_of(id).open(Purpose::Reference, b"", bytes) }
        };
        let name = |id: SubjectKeyId| {
            others.iter().find(|(_, key)| **key == id && !gone.contains(key)).map(|(subject, _)| subject.to_string())
        };
        let mut read = stored.clone();
        let resolver = |keep_marks| Resolver { others: Others::Named, open: &open, name: &name, keep_marks };
        resolver(false).resolve(&mut read);
        // In two steps, as for a state of a projection, it comes to the same.
        let mut twice = stored.clone();
        resolver(true).resolve(&mut twice);
        resolver(false).resolve(&mut twice);
        assert_eq!(twice, read);
        (stored, read)
    }

    fn two() -> BTreeMap<SubjectId, SubjectKeyId> {
        BTreeMap::from([(SubjectId::new("bob@mail.example"), key(1)), (SubjectId::new("app-17"), key(2))])
    }

    #[test]
    fn another_subject_leaves_no_trace_and_reads_erased() {
        let value = json!({
            "summary": "shares a phone with bob@mail.example and app-17. Not with app-171, app-17-b or a.app-17.",
            "display_name": "app-17 Holdings",
            "evidence": [{"compared_with": {"kind": "subject", "id": "bob@mail.example", "value": "", "source": "store", "version": ""},
                "root": "subject:bob@mail.example"}],
            "fingerprint": "0123456789abcdef",
            "asked": [{"answer": {"Ok": {"reply": "holders", "is": {"subjects": [
                {"subject": "app-17", "same_name": true, "same_person": false, "applied_on": "2026-03-04", "benign": null,
                 "known_bad": true}], "count": 1, "ignored": null}}}, "hash": "ab"}],
        });
        let (stored, read) = there_and_back(&value, &two(), &[]);
        assert_eq!(read, value);
        let text = stored.to_string();
        for trace in ["bob", "and app-17", "2026-03-04", "0123456789abcdef", "\"ab\""] {
            assert!(!text.contains(trace), "{trace} stands in {text}");
        }
        assert!(text.contains("Not with app-171, app-17-b or a.app-17."), "{text}");
        assert_eq!(stored["display_name"], "app-17 Holdings", "a value of the subject's own stays");

        let (_, read) = there_and_back(&value, &two(), &[key(1)]);
        assert_eq!(read["summary"], "shares a phone with erased and app-17. Not with app-171, app-17-b or a.app-17.");
        assert_eq!(read["evidence"][0]["compared_with"]["id"], "erased");
        assert_eq!(read["evidence"][0]["root"], "subject:erased");
        assert_eq!(read["fingerprint"], "erased");
        assert_eq!(read["asked"], value["asked"]);
    }

    #[test]
    fn what_another_application_tells_is_erased_with_it() {
        let value = json!({"asked": [{"answer": {"Ok": {"reply": "other_tellings", "is": [
            {"subject": "app-17", "applied_on": "2026-03-04", "jobs": [{"employer": "Globex", "start": "2019-03"}], "schools": ["Elm"]},
            {"subject": "bob@mail.example", "applied_on": null, "jobs": [], "schools": []}]}}}]});
        let (stored, read) = there_and_back(&value, &two(), &[]);
        assert_eq!(read, value);
        let text = stored.to_string();
        for trace in ["bob", "app-17", "2026-03-04", "Globex", "Elm"] {
            assert!(!text.contains(trace), "{trace} stands in {text}");
        }
        let (_, read) = there_and_back(&value, &two(), &[key(2)]);
        let reply = &read["asked"][0]["answer"]["Ok"];
        assert_eq!(reply["is"][0]["subject"], "erased");
        assert_eq!(reply["is"][1], value["asked"][0]["answer"]["Ok"]["is"][1]);
        serde_json::from_value::<Reply>(reply.clone()).expect("a reply");
    }

    #[test]
    fn a_ring_names_nobody_who_was_erased() {
        let value = json!({"asked": [{"answer": {"Ok": {"reply": "ties", "is": [
            {"form": "ring", "to": "r:app-17", "size": 3, "odds": 640, "known_bad": false, "version": "g", "ties": [
                {"subject": "bob@mail.example", "what": "phone", "value": "125550142", "holders": 2, "weight": 760},
                {"subject": "app-17", "what": "wallet", "value": "0xabc1", "holders": 2, "weight": 820}]}]}}}]});
        let (stored, read) = there_and_back(&value, &two(), &[]);
        assert_eq!(read, value);
        let text = stored.to_string();
        for trace in ["bob", "app-17", "125550142", "0xabc1"] {
            assert!(!text.contains(trace), "{trace} stands in {text}");
        }
        let (_, read) = there_and_back(&value, &two(), &[key(2)]);
        let ring = &read["asked"][0]["answer"]["Ok"]["is"][0];
        assert_eq!((&ring["to"], &ring["ties"][1]["subject"]), (&json!("r:erased"), &json!("erased")));
        assert_eq!(ring["ties"][0], value["asked"][0]["answer"]["Ok"]["is"][0]["ties"][0]);
        serde_json::from_value::<Reply>(read["asked"][0]["answer"]["Ok"].clone()).expect("a reply");
    }

    #[test]
    fn erased_shapes_are_still_readable_types() {
        use bonafide_model::{
            fact::Referral,
            finding::Compared,
            lens::{DismissalHit, Holder},
        };
        serde_json::from_value::<Holder>(Shape::Holder.blank(ERASED)).expect("a holder");
        serde_json::from_value::<Compared>(Shape::Compared.blank(ERASED)).expect("a compared value");
        serde_json::from_value::<LinkHit>(Shape::Link.blank(ERASED)).expect("a link");
        serde_json::from_value::<DismissalHit>(Shape::Dismissal.blank(ERASED)).expect("a dismissal");
        serde_json::from_value::<bonafide_model::lens::Tie>(Shape::Tie.blank(ERASED)).expect("a tie");
        serde_json::from_value::<bonafide_model::lens::OtherTelling>(Shape::Telling.blank(ERASED)).expect("a telling");
        serde_json::from_value::<Referral>(Shape::Referral.blank(ERASED)).expect("a referral");
        serde_json::from_value::<bonafide_model::ContentHash>(Shape::Hash.blank(ERASED)).expect("a hash");
    }

    #[test]
    fn hostile_text_cannot_imitate_a_token() {
        let forged = format!("{MARK}i{}{MARK} and {MARK}", key(2));
        let (stored, read) = there_and_back(&json!([forged]), &two(), &[]);
        assert_ne!(stored, json!([forged]));
        assert_eq!(read, json!([forged]));
    }

    proptest! {
        #[test]
        fn any_text_survives(text in "[a-c1\u{F8FF} :-]{0,40}", ids in proptest::collection::vec("[a-c1\u{F8FF}-]{1,5}", 0..4)) {
            let others: BTreeMap<_, _> =
                ids.iter().enumerate().map(|(index, id)| (SubjectId::new(id.clone()), key(index as u8))).collect();
            let value = json!({"a": text, "b": [{"subject": ids.first(), "same_person": true, "x": text}], "hash": text});
            for texts in [Texts::All, Texts::NotOwnValues, Texts::None] {
                prop_assert_eq!(&with_texts(&value, &others, &[], texts).1, &value);
            }
        }
    }
}
