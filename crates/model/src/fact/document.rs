//! Facts about documents and pictures themselves, as opposed to what they say.

use serde::{Deserialize, Serialize};

/// One property of a document. Names are those of the résumé reader's `meta` object; a property with several values is several
/// facts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentProperty {
    /// The document's name.
    pub document: String,
    /// Name of the property, such as `author`, `producer`, `creation_utc_offset`, `rsid_root`.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// How text is kept from a reader's eyes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hiding {
    /// Text of the background's colour.
    #[default]
    BackgroundColour,
    /// Text render mode 3 (neither filled nor stroked), or Word's `vanish`.
    Invisible,
    /// Letters of 2 points or less.
    Tiny,
    /// Outside the page.
    OffPage,
    /// Zero-width or bidirectional control characters inside the text.
    ZeroWidth,
    /// Completely transparent.
    Transparent,
    /// Covered by a picture or filled shape.
    Covered,
    /// In a comment, metadata field or alternative text.
    Metadata,
}

/// Text in a document that its reader does not see.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HiddenText {
    /// The document's name.
    pub document: String,
    /// How it is hidden.
    pub hiding: Hiding,
    /// The text.
    pub text: String,
}

/// What a picture is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureRole {
    /// The avatar or photo handed in with the application.
    #[default]
    Avatar,
    /// A picture inside a résumé.
    Resume,
    /// A picture of an identity document.
    Document,
    /// The avatar of an online account.
    Profile,
}

/// A picture.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// What it is for.
    pub role: PictureRole,
    /// File name.
    pub name: String,
    /// 64-bit perceptual hash (DCT, 16 hexadecimal digits), where the picture could be decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phash: Option<String>,
    /// SHA-256 of the bytes, lower case, where the bytes were at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Width in pixels; 0 where unknown.
    pub width: u32,
    /// Height in pixels; 0 where unknown.
    pub height: u32,
    /// Software that the picture's metadata names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
    /// Perceptual hash of the border region (background) without the centre, where computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_phash: Option<String>,
    /// Perceptual hash of the centre (where a portrait has its face), where computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centre_phash: Option<String>,
}
