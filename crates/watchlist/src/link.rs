//! Links between listed parties: who owns, controls or belongs to whom, and by how much.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::entry::{EntryId, collapsed};

/// A link from the entry that holds it to another party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What the other party is to this one.
    pub relation: Relation,
    /// The other party's name as written; empty where only an id is given.
    pub name: Box<str>,
    /// The other party's entry, where the list says it or exactly one entry of the list bears the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// How the link and its entry were found.
    #[serde(default, skip_serializing_if = "Found::is_told")]
    pub found: Found,
    /// The list's own word for the relation; empty where its form says all, such as a column of owners.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub wording: Box<str>,
    /// The part that an owner holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// Whether the list says that the link has ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
}

impl Link {
    /// A link to a party that is named.
    #[must_use]
    pub fn to_name(relation: Relation, name: &str) -> Self {
        let name = collapsed(name);
        Self { relation, name, entry: None, found: Found::Told, wording: "".into(), share: None, ended: false }
    }

    /// A link to an entry.
    #[must_use]
    pub fn to_entry(relation: Relation, entry: EntryId, name: &str) -> Self {
        Self { entry: Some(entry), ..Self::to_name(relation, name) }
    }

    /// What the list itself says in links: without what was found by looking at other entries, which come and go without a change
    /// of this one.
    pub(crate) fn told(links: &[Self]) -> Vec<Self> {
        let told = links.iter().filter(|link| link.found != Found::InText).cloned();
        told.map(|link| match link.found {
            Found::ByName => Self { entry: None, found: Found::Told, ..link },
            Found::Told | Found::InText => link,
        })
        .collect()
    }

    /// With the list's own word for the relation.
    #[must_use]
    pub fn worded(self, wording: &str) -> Self {
        Self { wording: collapsed(wording), ..self }
    }

    /// With the part that is held.
    #[must_use]
    pub fn of_share(self, share: Option<Share>) -> Self {
        Self { share, ..self }
    }

    /// As a link that has ended.
    #[must_use]
    pub fn ended(self, ended: bool) -> Self {
        Self { ended, ..self }
    }
}

/// How a link was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// The list says it as it stands here.
    #[default]
    Told,
    /// The list names the other party; exactly one of its entries bears the name.
    ByName,
    /// A text of the list names an entry: its name behind a phrase, or its reference number.
    InText,
}

impl Found {
    const fn is_told(&self) -> bool {
        matches!(self, Self::Told)
    }
}

/// What another party is to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Owner, or parent organisation: what the 50 % rule looks at.
    Owner,
    /// Owned, a subsidiary.
    Owned,
    /// Whom the party acts for or is led by, or "owned or controlled by" without saying which: the 50 % rule asks which.
    Controller,
    /// Whom the party leads or who acts for it.
    Controlled,
    /// A member of the family.
    Family,
    /// Linked, and the list does not say how, or says something else in [`Link::wording`].
    Linked,
}

impl Relation {
    /// The same relation seen from the other party.
    #[must_use]
    pub const fn inverse(self) -> Self {
        match self {
            Self::Owner => Self::Owned,
            Self::Owned => Self::Owner,
            Self::Controller => Self::Controlled,
            Self::Controlled => Self::Controller,
            Self::Family | Self::Linked => self,
        }
    }

    /// The relation that words between two parties mean: `X is … Y`, from X to Y.
    ///
    /// ```
    /// use bonafide_watchlist::link::Relation;
    /// assert_eq!(Relation::of_words("Owned or Controlled By"), Relation::Controller);
    /// assert_eq!(Relation::of_words("Owned by"), Relation::Owner);
    /// assert_eq!(Relation::of_words("Leader or official of"), Relation::Controlled);
    /// assert_eq!(Relation::of_words("Providing support to"), Relation::Linked);
    /// ```
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        let lower = words.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
        match () {
            () if has(&["family", "relative", "spouse", "child of", "parent of", "sibling", "brother", "sister"]) => Self::Family,
            () if has(&["controlled by", "acting for", "on behalf of", "directed by", "operated by", "managed by"]) => {
                Self::Controller
            }
            () if has(&["owned by", "subsidiary of", "property in the interest of"]) => Self::Owner,
            () if has(&["controls", "leader", "official of", "executive", "director of", "operates", "manages"]) => {
                Self::Controlled
            }
            () if has(&["owns", "owner of", "parent company of", "shareholder"]) => Self::Owned,
            () => Self::Linked,
        }
    }
}

/// A part of a whole in hundredths of a percent: 5,000 is one half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(u16);

impl Share {
    /// One half, from which on property counts as the owners' (OFAC's 50 % rule says "50 percent or more").
    pub const HALF: Self = Self(5_000);

    /// Reads a percentage: `50`, `50.1 %`, `33,3`. Of a range (`50-75`, `50 to 75`, `more than 50`, `≥ 50`) the least counts: what is
    /// held at any rate. `None` for anything else, for more than 100, and for what has no least (`less than 50`): what a list leaves
    /// open is not a share of zero.
    ///
    /// ```
    /// use bonafide_watchlist::link::Share;
    /// assert_eq!(Share::of_percent("50,10 %").map(|share| share.to_string()).as_deref(), Some("50.1 %"));
    /// assert!(["50", "50-75", "from 50 to 75", "more than 50%", ">=50"].iter().all(|text| Share::of_percent(text) >= Some(Share::HALF)));
    /// assert!(["less than 50", "150", "about half", "75-50", ""].iter().all(|text| Share::of_percent(text).is_none()));
    /// ```
    #[must_use]
    pub fn of_percent(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 40 {
            return None;
        }
        let lower = text.to_lowercase();
        let words = ["more than", "at least", "over", "from", ">=", "≥", ">"];
        let rest = words.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
        if let Some((least, most)) = ["-", "–", " to "].iter().find_map(|divider| rest.split_once(divider)) {
            let (least, most) = (Self::of_number(least)?, Self::of_number(most)?);
            return (least <= most).then_some(least);
        }
        Self::of_number(rest)
    }

    fn of_number(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let percent: f64 = text.parse().ok().filter(|_| is_number)?;
        // Within 0…10,000 by the range: the cast cuts nothing off.
        (percent > 0.0 && percent <= 100.0).then(|| Self((percent * 100.0).round() as u16))
    }

    /// In hundredths of a percent.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} %", f64::from(self.0) / 100.0)
    }
}
