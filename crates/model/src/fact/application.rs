//! Facts of an application form and of the process around it.

use serde::{Deserialize, Serialize};

use crate::{protected::Protected, time::PartialDate};

/// When the application was handed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppliedAt {
    /// The instant; claims in the application are judged as of then.
    pub at: jiff::Timestamp,
}

/// The role applied for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AppliedRole {
    /// Title of the role.
    pub title: String,
    /// The applicant system and the id it gave the application, such as `greenhouse` and `71000001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ats: Option<(String, String)>,
}

/// On whose word a name stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameRole {
    /// The application form.
    #[default]
    Application,
    /// A former name that the application states: marriage, transition, pen name.
    Former,
    /// The head of a résumé.
    Resume,
    /// The metadata of a document: author or last editor.
    Document,
    /// A profile or account.
    Profile,
    /// The holder of a bank account.
    BankHolder,
    /// The author of the subject's own commits.
    Commit,
}

/// A name of the subject.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonName {
    /// On whose word.
    pub role: NameRole,
    /// The name in full, as written.
    pub full: String,
    /// Given names, where the source keeps them apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// Family name, where the source keeps it apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
}

/// On whose word an e-mail address stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailRole {
    /// The application form.
    #[default]
    Application,
    /// A résumé's text.
    Resume,
    /// A link target inside a document that its visible text does not show.
    DocumentLink,
    /// A profile or account.
    Profile,
}

/// An e-mail address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Email {
    /// On whose word.
    pub role: EmailRole,
    /// The address as written.
    pub address: String,
    /// The canonical form: lower case, provider rules applied (plus tags, dots, alias domains).
    pub canonical: String,
}

impl Email {
    /// The part before the `@` of the canonical address.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.canonical.rsplit_once('@').map_or(self.canonical.as_str(), |(local, _)| local)
    }

    /// The domain of the canonical address, empty where there is none.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.canonical.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// A telephone number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Phone {
    /// On whose word (the same roles as for e-mail).
    pub role: EmailRole,
    /// The number as written.
    pub raw: String,
    /// The number in E.164 form, such as `+15125550142`, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e164: Option<String>,
    /// ISO 3166-1 code of the country whose numbering plan the number belongs to; several where a plan is shared.
    pub regions: Vec<String>,
}

/// On whose word a place stands, and what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocationRole {
    /// Residence, in the application form.
    #[default]
    Application,
    /// Residence, in a résumé.
    Resume,
    /// Residence, in a profile or account.
    Profile,
}

/// A place where the subject claims to live.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    /// On whose word.
    pub role: LocationRole,
    /// The place as written.
    pub raw: String,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State, province or region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// The time zone the subject claims to work in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimedTimezone {
    /// As written: an IANA name, an abbreviation or an offset.
    pub zone: String,
}

/// A nationality; sealed, see [`Protected`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Nationality {
    /// The claim.
    pub claim: Protected,
}

/// A language the subject claims; sealed, see [`Protected`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Language {
    /// The claim.
    pub claim: Protected,
}

/// A date of birth.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BirthDate {
    /// To the precision stated.
    pub date: PartialDate,
}

/// The employer named in the application form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CurrentEmployer {
    /// As written.
    pub name: String,
}

/// What kind of account or page a link leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names of the services are the documentation")]
pub enum LinkKind {
    Github,
    Gitlab,
    Linkedin,
    Telegram,
    Twitter,
    Npm,
    Pypi,
    StackOverflow,
    Upwork,
    Freelancer,
    Facebook,
    Instagram,
    Medium,
    /// A site that the subject calls its own.
    Portfolio,
    #[default]
    Other,
}

/// On whose word a link stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkRole {
    /// The application form.
    #[default]
    Application,
    /// The visible text of a résumé.
    Resume,
    /// The target of a link in a document.
    DocumentLink,
    /// A profile or account.
    Profile,
}

/// A link to an account or page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// On whose word.
    pub role: LinkRole,
    /// What it leads to.
    pub service: LinkKind,
    /// The canonical address.
    pub url: String,
    /// The account's handle in canonical form, where the service has handles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The text shown to a reader, where it differs from the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_as: Option<String>,
}

/// A wallet address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wallet {
    /// Chain: `eth`, `btc`, `trx`, `sol`; empty where the form does not tell.
    pub chain: String,
    /// As written.
    pub address: String,
    /// The canonical form.
    pub canonical: String,
}

/// An identity document that the subject names. What its issuer says is sealed: whom a paper is from says nothing about its holder.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentityDocument {
    /// What paper, as written: `passport`, `identity card` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// Number, as written.
    pub number: String,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Protected>,
    /// The last day of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<PartialDate>,
}

/// A bank account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BankAccount {
    /// Holder, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// ISO country of the bank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// IBAN or another account reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// An answer to a question of the form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// A person named as reference.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reference {
    /// Name.
    pub name: String,
    /// Firm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// E-mail address as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Canonical e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_canonical: Option<String>,
    /// Telephone number as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Telephone number in E.164 form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_e164: Option<String>,
    /// Network address the reference form was sent from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Device the reference form was sent from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_id: Option<String>,
}

/// A change of contact data during the process, from the applicant system's audit trail.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactChange {
    /// What changed: `email`, `phone`, `address`, `name`, `wallet`, `bank`.
    pub field: String,
    /// The value before, where the trail holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The value after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<jiff::Timestamp>,
    /// The stage of hiring the subject was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The subject.
    #[default]
    FromSubject,
    /// The firm.
    ToSubject,
}

/// A message between the subject and the firm.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// `email`, `linkedin`, `chat`, `platform` …
    pub channel: String,
    /// Who wrote it.
    pub direction: Direction,
    /// To whom, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The role of the person written to, such as `founder` or `cto`, where the log knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_role: Option<String>,
    /// Whether the subject wrote first, outside any application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsolicited: Option<bool>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<jiff::Timestamp>,
    /// Subject line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Text.
    pub text: String,
    /// Whether a contract had been signed by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_contract: Option<bool>,
}

/// What was said about pay, in one currency and per year.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Offer {
    /// Currency code.
    pub currency: String,
    /// What the subject asked for or accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<u64>,
    /// Lower end of the firm's band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_low: Option<u64>,
    /// Upper end of the firm's band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_high: Option<u64>,
    /// Whether the subject negotiated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub negotiated: Option<bool>,
}

/// The staffing agency that presents the subject.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agency {
    /// Name.
    pub name: String,
    /// What the agency handed over to show that it verified the person; empty: nothing.
    pub evidence: Vec<String>,
    /// Whether the firm asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<bool>,
}

/// Who referred the subject.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Referral {
    /// Name.
    pub by: String,
    /// The referrer's own subject id, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Canonical e-mail address of the referrer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_canonical: Option<String>,
}

/// A note of a person who handles the application.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// Text.
    pub text: String,
}
