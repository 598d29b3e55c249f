//! Texts that outlive an erasure must hold nothing of the person.

use std::collections::BTreeSet;

use bonafide_model::fact::{Fact, FactKind};
use serde_json::Value;

/// Words shorter than this identify nobody.
const SHORTEST: usize = 3;

/// Kinds of facts whose words identify a person.
const IDENTIFYING: &[FactKind] = &[
    FactKind::PersonName,
    FactKind::Email,
    FactKind::Phone,
    FactKind::Location,
    FactKind::BirthDate,
    FactKind::Link,
    FactKind::Wallet,
    FactKind::BankAccount,
    FactKind::IdentityDocument,
    FactKind::Referral,
    FactKind::Reference,
    FactKind::ClientIp,
    FactKind::GithubAccount,
    FactKind::SocialProfile,
    FactKind::PlatformAccount,
    FactKind::CommitIdentity,
    FactKind::Website,
];

/// The words of a person: of its id, its name and the values that identify it.
pub(crate) fn words_of<'a>(names: &[&str], facts: impl Iterator<Item = &'a Fact>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for name in names {
        collect(name, &mut words);
    }
    for fact in facts.filter(|fact| IDENTIFYING.contains(&fact.value.kind())) {
        if let Ok(Value::Object(mut object)) = serde_json::to_value(&fact.value) {
            texts(&object.remove("value").unwrap_or_default(), &mut words);
        }
    }
    words
}

/// The text with every word of the person replaced by an ellipsis.
pub(crate) fn redact(text: &str, words: &BTreeSet<String>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars().chain(std::iter::once('\0')) {
        if character.is_alphanumeric() {
            word.push(character);
            continue;
        }
        if words.contains(&word.to_lowercase()) {
            result.push('…');
        } else {
            result.push_str(&word);
        }
        word.clear();
        if character != '\0' {
            result.push(character);
        }
    }
    result
}

fn texts(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => collect(text, words),
        Value::Number(number) => collect(&number.to_string(), words),
        Value::Array(items) => items.iter().for_each(|item| texts(item, words)),
        // The names of fields are no values.
        Value::Object(object) => object.values().for_each(|item| texts(item, words)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn collect(text: &str, words: &mut BTreeSet<String>) {
    let found = text.split(|character: char| !character.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.extend(found.map(str::to_lowercase));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_person_goes() {
        let words = words_of(&["ada.l@mail.example", "Ada Lovelock"], std::iter::empty());
        let text = "Ada Lovelock (ada.l@mail.example) asked for it; ADA's letter of 3 May";
        assert_eq!(redact(text, &words), "… … (….l@….…) asked for it; …'s letter of 3 May");
        assert_eq!(redact("", &words), "");
    }
}
