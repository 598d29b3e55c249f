//! Claims of a résumé or of the form's history section.

use serde::{Deserialize, Serialize};

use crate::time::{End, PartialDate};

/// On whose word a job or a course stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimRole {
    /// The application form.
    #[default]
    Application,
    /// A résumé.
    Resume,
    /// A profile or account.
    Profile,
}

/// How much of the working week a job takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// Full time, said so.
    FullTime,
    /// Part time, advisory, internship beside studies.
    PartTime,
    /// Contract, freelance, consulting, self-employed.
    Contract,
    /// Internship.
    Internship,
    /// Unpaid or volunteer.
    Volunteer,
}

/// A job.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// On whose word.
    pub role: ClaimRole,
    /// Employer as written.
    pub employer: String,
    /// Title as written.
    pub title: String,
    /// First month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: End,
    /// Place as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// City of the place, where it could be told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Whether the job is said to be remote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote: Option<bool>,
    /// Share of the working week, where stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employment: Option<Employment>,
}

/// A course of studies.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Education {
    /// On whose word.
    pub role: ClaimRole,
    /// School as written.
    pub school: String,
    /// Degree as written.
    pub degree: String,
    /// Start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// Graduation or end.
    pub end: End,
    /// E-mail address the applicant gives for the school's registrar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<String>,
    /// Telephone number the applicant gives for the school's registrar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
}

/// Years of experience claimed for a technology.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimedYears {
    /// On whose word.
    pub role: ClaimRole,
    /// Technology as written.
    pub technology: String,
    /// Experience in months (years as written × 12, rounded).
    pub months: u32,
    /// Whether the text says "more than" (`10+ years`): the number is then a lower bound.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub or_more: bool,
}

/// A skill without a number of years.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Skill {
    /// As written.
    pub name: String,
}

/// The visible text of a résumé, in reading order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ResumeText {
    /// The document's name.
    pub document: String,
    /// Text; lines are separated by `\n`. Shortened only where `complete` is false.
    pub text: String,
    /// Whether all of the document's text is here.
    pub complete: bool,
    /// Whether the document is a picture without any text (a scan).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub image_only: bool,
    /// Bullet points of the work section, one string each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bullets: Vec<String>,
}
