//! Facts from the open web and from freelancing platforms, as collectors or exports bring them.

use serde::{Deserialize, Serialize};

use crate::time::PartialDate;

/// The three answers of a collector. An error, a captcha or a redirect to a log-in is *unknown* and never counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It is there.
    Found,
    /// It is not there, and the source would have shown it.
    NotFound,
    /// The source did not answer.
    #[default]
    Unknown,
}

/// A profile on a network other than GitHub.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SocialProfile {
    /// Network, such as `linkedin`.
    pub network: String,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the page is there.
    pub found: Found,
    /// Whether it was there before and vanished after the firm made contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vanished_after_contact: Option<bool>,
    /// When the account was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<PartialDate>,
    /// Number of connections or followers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections: Option<u64>,
    /// Number of posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posts: Option<u64>,
    /// Number of pictures in the media page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures: Option<u64>,
    /// Of these, pictures of events, places or other people (by the person who looked).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candid_pictures: Option<u64>,
    /// When the profile was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<jiff::Timestamp>,
}

/// A public post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SocialPost {
    /// Network.
    pub network: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<jiff::Timestamp>,
    /// Text.
    pub text: String,
}

/// A website of the subject.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Website {
    /// Address.
    pub url: String,
    /// When the domain was registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<PartialDate>,
    /// Number of pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The name the site states for its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_name: Option<String>,
    /// Another site whose text this one repeats, with the share of the text, 0…1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<(String, f64)>,
    /// Of the copied text, whether it is a testimonial or project of another portfolio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies_portfolio: Option<bool>,
}

/// What a search of the open web answered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchResult {
    /// What was searched: `person`, `employer`, `face`.
    pub about: String,
    /// The words searched.
    pub query: String,
    /// The answer.
    pub found: Found,
    /// Number of relevant hits, where found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hits: Option<u32>,
    /// For a person: what of the found person differs from the subject, as the person who looked recorded it: `face`, `city`, `job`.
    pub differs: Vec<String>,
    /// For a person: what agrees, recorded the same way.
    pub agrees: Vec<String>,
}

/// What is known of an e-mail address's age.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailAge {
    /// Canonical address.
    pub address: String,
    /// Whether any trace was found (breach corpora, avatars, accounts).
    pub found: Found,
    /// The oldest trace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<PartialDate>,
    /// Sources that answered.
    pub sources: u32,
}

/// The line type of a telephone number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PhoneLine {
    /// Number in E.164 form.
    pub number: String,
    /// `mobile`, `landline`, `voip`, `prepaid` …
    pub line_type: String,
    /// When the number was last ported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ported: Option<PartialDate>,
}

/// An account on a freelancing platform.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlatformAccount {
    /// Platform.
    pub platform: String,
    /// Account id or handle.
    pub account: String,
    /// Name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Ratings received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratings: Option<u32>,
    /// Distinct payers behind the ratings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payers: Option<u32>,
    /// Ratings from the payer with most of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_payer_ratings: Option<u32>,
    /// Whether that payer shares payment data with the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payer_shares_payment_data: Option<bool>,
    /// Bids sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bids: Option<u32>,
    /// Bids won.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wins: Option<u32>,
    /// Share of bids whose text repeats an earlier one, 0…1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated_bids: Option<f64>,
    /// Other accounts of the platform on the same device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts_on_device: Option<u32>,
    /// Other accounts of the platform on the same address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts_on_ip: Option<u32>,
}

/// A log-in session on a platform.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlatformSession {
    /// Platform.
    #[serde(default)]
    pub platform: String,
    /// Start.
    pub from: jiff::Timestamp,
    /// End.
    pub to: jiff::Timestamp,
    /// ISO country the platform places the session in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Latitude and longitude the platform places the session at, in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<(f64, f64)>,
    /// Whether requests were made throughout (as opposed to an idle tab).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// A bid, bounty or grant application.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bid {
    /// Platform or programme.
    pub platform: String,
    /// Ecosystem or project, such as a chain's name.
    pub ecosystem: String,
    /// `bounty`, `grant`, `hackathon`, `job`.
    pub form: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<jiff::Timestamp>,
}

/// A published package.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PublishedPackage {
    /// `npm`, `pypi`, `crates`.
    pub registry: String,
    /// Name.
    pub name: String,
    /// Version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
