//! The structured résumé: every value beside the words it was read from and where they stand.

use bonafide_formats::document::{Document, DocumentFormat};
use bonafide_model::{
    fact::{Employment, LinkKind},
    place::Place,
    time::{End, PartialDate},
};

/// Words of the document and where they stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quote {
    /// The words as they stand in the document (white space folded).
    pub text: String,
    /// Where the line or lines stand that hold them.
    pub place: Place,
}

impl Quote {
    /// Words and their place.
    #[must_use]
    pub fn new(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), place }
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A résumé as structure.
#[derive(Clone, Debug, Default)]
pub struct Resume {
    /// Name of the person without titles and degrees.
    pub name: Option<Quote>,
    /// Titles and degrees written beside the name, such as `Dr.` or `PhD`.
    pub honorifics: Vec<String>,
    /// Headline under the name: the occupation.
    pub label: Option<Quote>,
    /// E-mail addresses, the visible ones first.
    pub emails: Vec<StatedEmail>,
    /// Telephone numbers.
    pub phones: Vec<StatedPhone>,
    /// Residence.
    pub location: Option<StatedLocation>,
    /// Links to accounts and pages: in the text, or as targets of links over the text.
    pub links: Vec<StatedLink>,
    /// Wallet addresses.
    pub wallets: Vec<StatedWallet>,
    /// Objective, profile, summary.
    pub summary: Option<Quote>,
    /// Jobs, in the order of the document.
    pub work: Vec<Job>,
    /// Unpaid positions under a heading of their own.
    pub volunteer: Vec<Job>,
    /// Courses of studies, in the order of the document.
    pub education: Vec<Study>,
    /// Skills, in the order of the document, each once.
    pub skills: Vec<StatedSkill>,
    /// Years of experience claimed for a technology.
    pub claimed_years: Vec<StatedYears>,
    /// Years of experience claimed in all, with no technology named.
    pub total_years: Option<StatedYears>,
    /// Human languages.
    pub languages: Vec<StatedLanguage>,
    /// Certificates and licences.
    pub certificates: Vec<Item>,
    /// Projects.
    pub projects: Vec<Item>,
    /// Awards and honours.
    pub awards: Vec<Item>,
    /// Publications and patents.
    pub publications: Vec<Item>,
    /// Interests.
    pub interests: Vec<Quote>,
    /// People named as references.
    pub references: Vec<StatedReference>,
    /// All sections in reading order, the head of the document first: every visible line stands in exactly one.
    pub sections: Vec<Section>,
    /// How the document is laid out.
    pub layout: Layout,
    /// What could not be read or needs a second look, one sentence each.
    pub warnings: Vec<String>,
    /// What the reader of the file found besides text.
    pub carried: Carried,
}

/// What the file's reader found besides visible text, handed through.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// The format of the file.
    pub format: DocumentFormat,
    /// Properties of the file.
    pub properties: Vec<bonafide_formats::document::Property>,
    /// Text a reader does not see.
    pub hidden: Vec<bonafide_formats::document::Hidden>,
    /// Embedded pictures.
    pub pictures: Vec<bonafide_formats::document::EmbeddedPicture>,
    /// Whether the pages hold pictures and no text.
    pub image_only: bool,
    /// Whether all of the document was read.
    pub complete: bool,
    /// All visible text, lines separated by `\n`.
    pub text: String,
}

impl Carried {
    /// Takes over what is not text.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut text = String::with_capacity(document.lines.iter().map(|line| line.text.len() + 1).sum());
        for line in &document.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        Self {
            format: document.format,
            properties: document.properties.clone(),
            hidden: document.hidden.clone(),
            pictures: document.pictures.clone(),
            image_only: document.image_only,
            complete: document.incomplete.is_empty(),
            text,
        }
    }
}

/// An e-mail address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedEmail {
    /// The address as written.
    pub quote: Quote,
    /// Canonical form.
    pub canonical: String,
    /// Whether it stands only as the target of a link that the visible text does not show.
    pub only_as_link: bool,
}

/// A telephone number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedPhone {
    /// The number as written.
    pub quote: Quote,
    /// E.164 form where it could be read.
    pub e164: Option<String>,
    /// ISO 3166-1 codes of the regions of its numbering plan.
    pub regions: Vec<String>,
    /// Whether it stands only as the target of a link.
    pub only_as_link: bool,
}

/// A place of residence or work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedLocation {
    /// As written.
    pub quote: Quote,
    /// City.
    pub city: Option<String>,
    /// State, province or region.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedLink {
    /// As written, or the words over the link.
    pub quote: Quote,
    /// What it leads to.
    pub service: LinkKind,
    /// Canonical address.
    pub url: String,
    /// Handle of the account.
    pub handle: Option<String>,
    /// For targets of links over text: the visible text, where it differs from the target.
    pub shown_as: Option<String>,
    /// Whether it was the target of a link over the text.
    pub from_annotation: bool,
}

/// A wallet address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedWallet {
    /// As written.
    pub quote: Quote,
    /// `eth`, `btc`, `trx`, `sol`.
    pub chain: String,
    /// Canonical form.
    pub canonical: String,
}

/// When something began and ended, with the words that say so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Period {
    /// First day, month or year.
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: End,
    /// The words.
    pub quote: Quote,
}

/// A job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// Employer; empty where none is named.
    pub employer: Quote,
    /// Title; empty where none is named.
    pub title: Quote,
    /// When.
    pub period: Option<Period>,
    /// Place of work.
    pub location: Option<StatedLocation>,
    /// Whether the job is said to be remote.
    pub remote: Option<bool>,
    /// Share of the working week or form of contract, where stated.
    pub employment: Option<Employment>,
    /// Department or team, and whatever else stands in the head of the entry.
    pub other: Vec<Quote>,
    /// Lines of description that are no bullet points.
    pub text: Vec<Quote>,
    /// Bullet points, wrapped lines joined.
    pub bullets: Vec<Quote>,
}

/// A course of studies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Study {
    /// School; empty where none is named.
    pub school: Quote,
    /// Degree with its subject as written, such as `B.S. in Computer Science`.
    pub degree: Quote,
    /// The kind of degree alone, such as `B.S.`.
    pub kind: Option<String>,
    /// The subject alone, such as `Computer Science`.
    pub area: Option<String>,
    /// When.
    pub period: Option<Period>,
    /// Place.
    pub location: Option<StatedLocation>,
    /// Grade as written, such as `GPA 8.0 / 10`.
    pub score: Option<String>,
    /// Other lines: coursework, honours.
    pub text: Vec<Quote>,
}

/// A skill.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedSkill {
    /// As written.
    pub quote: Quote,
    /// Name of the group it stands in, such as `Databases`.
    pub group: Option<String>,
}

/// A number of years of experience.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedYears {
    /// Technology as written; empty for experience in all.
    pub technology: String,
    /// Months.
    pub months: u32,
    /// Whether the words say "or more".
    pub or_more: bool,
    /// The words.
    pub quote: Quote,
}

/// A human language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedLanguage {
    /// Name as written.
    pub quote: Quote,
    /// Level as written.
    pub fluency: Option<String>,
}

/// A project, certificate, award or publication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Name.
    pub name: Quote,
    /// Issuer, publisher or organisation, where told apart.
    pub by: Option<String>,
    /// When.
    pub period: Option<Period>,
    /// Address of a page.
    pub url: Option<String>,
    /// Further lines.
    pub text: Vec<Quote>,
}

/// A person named as reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedReference {
    /// Name.
    pub name: Quote,
    /// Firm or position, as written.
    pub company: Option<String>,
    /// E-mail address.
    pub email: Option<StatedEmail>,
    /// Telephone number.
    pub phone: Option<StatedPhone>,
    /// All lines as written.
    pub text: String,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum SectionKind {
    /// What stands before the first heading: name and contacts.
    #[default]
    Head,
    Contact,
    Summary,
    Work,
    Education,
    Skills,
    Projects,
    Certificates,
    Languages,
    Awards,
    Publications,
    Volunteer,
    Interests,
    References,
    Coursework,
    /// Personal data: date of birth, marital status.
    Personal,
    /// A heading that is not understood.
    Other,
}

impl SectionKind {
    /// Name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Contact => "contact",
            Self::Summary => "summary",
            Self::Work => "work",
            Self::Education => "education",
            Self::Skills => "skills",
            Self::Projects => "projects",
            Self::Certificates => "certificates",
            Self::Languages => "languages",
            Self::Awards => "awards",
            Self::Publications => "publications",
            Self::Volunteer => "volunteer",
            Self::Interests => "interests",
            Self::References => "references",
            Self::Coursework => "coursework",
            Self::Personal => "personal",
            Self::Other => "other",
        }
    }
}

/// A section of the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// What it is about.
    pub kind: SectionKind,
    /// Heading as written; absent for the head of the document.
    pub heading: Option<Quote>,
    /// Its lines as written, without the heading.
    pub lines: Vec<Quote>,
}

/// How the document is laid out: what stays the same when a template is filled in for another person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Number of columns on the page with the most.
    pub columns: u16,
    /// Number of pages; 0 for formats without pages.
    pub pages: u32,
    /// Headings as written, in reading order.
    pub headings: Vec<String>,
    /// What the sections are about, in reading order.
    pub order: Vec<SectionKind>,
    /// `upper`, `title`, `lower` or `mixed`.
    pub heading_case: &'static str,
    /// The bullet glyph used most.
    pub bullet: Option<char>,
    /// Format of the dates used most, such as `MMM YYYY`.
    pub date_format: Option<String>,
    /// What stands between two dates, used most.
    pub date_separator: Option<String>,
    /// Distinct letter sizes in points, largest first.
    pub sizes: Vec<f32>,
    /// Left edges of headings, in whole points.
    pub heading_lefts: Vec<i32>,
    /// In which order the parts of a job stand, such as `title, employer | dates`.
    pub job_template: Option<String>,
}
