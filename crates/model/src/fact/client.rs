//! Facts about the browser and network an application form was sent from.

use serde::{Deserialize, Serialize};

use crate::{protected::Protected, time::UtcOffset};

/// The network address the form was sent from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientIp {
    /// IPv4 or IPv6 address in its shortest form.
    pub ip: String,
}

/// The browser's user agent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UserAgent {
    /// As sent.
    pub text: String,
}

/// The browser's language list; sealed, see [`Protected`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptLanguage {
    /// As sent.
    pub claim: Protected,
}

/// The browser's time zone.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientTimezone {
    /// IANA name as reported.
    pub zone: String,
}

/// The browser's distance from UTC when the form was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClientOffset {
    /// East of Greenwich positive (the sign of the JavaScript call is already turned round).
    pub offset: UtcOffset,
}

/// Device traits of the browser.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientDevice {
    /// Fingerprint of the device, as the vendor computes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_id: Option<String>,
    /// Screen size as reported, such as `1920x1080`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    /// WebGL renderer as reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webgl_renderer: Option<String>,
}

/// How the form was filled in. Collected with notice only.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FormTiming {
    /// From the first input to sending, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Characters typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed: Option<u32>,
    /// Characters pasted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pasted: Option<u32>,
    /// Characters put in by autofill or a password manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autofilled: Option<u32>,
    /// Intervals between key strokes in milliseconds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_intervals_ms: Vec<u32>,
    /// Whether the form page was told that assistive technology is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistive: Option<bool>,
}
