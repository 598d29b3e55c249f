//! What intake hands on: one application with its facts, sources and originals.

use std::collections::HashMap;

use bonafide_formats::{
    json::{self, Node},
    limits::Limits,
};
use bonafide_model::{
    ContentHash,
    fact::{Email, EmailRole, Fact, FactSink, Link, LinkKind, NameRole, Payload, PersonName},
    id::SubjectId,
    place::Source,
};

use crate::{
    application, ats,
    error::Error,
    github, json_resume,
    remark::{Remark, RemarkKind, Remarks},
    set::row,
    writer::{Voice, Writer},
};

/// One application: everything that was handed in for one subject.
#[derive(Clone, Debug)]
pub struct Application {
    /// The application's own id where it has one, otherwise derived from the content of its sources.
    pub subject: SubjectId,
    /// Whether the id is the application's own.
    pub has_own_id: bool,
    /// How the application is named to people: the folder, the file, or the record's id.
    pub display_name: String,
    /// What was observed.
    pub facts: Vec<Fact>,
    /// The artefacts the facts were read from, and those that were kept without being read.
    pub sources: Vec<Source>,
    /// The original bytes of every source, for the store.
    pub blobs: Vec<Blob>,
    /// What is missing from the facts, one sentence each: unread, unreadable or over a limit.
    pub incomplete: Vec<String>,
    /// All that the readers have to say beside the facts, those of `incomplete` included.
    pub notes: Vec<Remark>,
}

/// The original bytes of one source.
#[derive(Clone, PartialEq, Eq)]
pub struct Blob {
    /// The source.
    pub source: Source,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Blob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Blob({}, {} bytes)", self.source.name, self.bytes.len())
    }
}

impl Application {
    /// The hash of all sources: equal for two applications with the same content.
    #[must_use]
    pub fn content(&self) -> ContentHash {
        content_of(&self.sources)
    }

    /// The same application under another id; the ids of the facts follow.
    #[must_use]
    pub fn renamed(mut self, subject: SubjectId) -> Self {
        let mut sinks: HashMap<Source, FactSink> = HashMap::new();
        let mut order: Vec<Source> = Vec::new();
        for fact in self.facts {
            let sink = sinks.entry(fact.source.clone()).or_insert_with(|| {
                order.push(fact.source.clone());
                FactSink::new(subject.clone(), fact.source.clone())
            });
            match &fact.quote {
                Some(quote) => sink.push_quoted(fact.value, fact.place, quote),
                None => sink.push(fact.value, fact.place),
            }
        }
        self.facts = order.into_iter().filter_map(|source| sinks.remove(&source)).flat_map(FactSink::into_facts).collect();
        self.subject = subject;
        self
    }
}

/// The hash of a set of sources, whatever their order.
pub(crate) fn content_of(sources: &[Source]) -> ContentHash {
    let mut hashes: Vec<ContentHash> = sources.iter().map(|source| source.content).collect();
    hashes.sort_unstable();
    let bytes: Vec<u8> = hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
    ContentHash::of_bytes(&bytes)
}

/// The id of an application that has none of its own.
pub(crate) fn derived_id(sources: &[Source]) -> SubjectId {
    SubjectId::new(format!("app-{}", content_of(sources).short(16)))
}

/// What a JSON text is.
pub(crate) enum Shape {
    /// `application.json`.
    Form,
    /// The body of an applicant system's event.
    Event(ats::Event),
    /// A row of a table of applicants, as an object.
    Row,
    /// A JSON Resume.
    Resume,
    /// A GitHub profile dump.
    Dump,
    /// None of them.
    Unknown,
}

/// Recognises a JSON text by its content.
pub(crate) fn shape(root: Node<'_>) -> Shape {
    if let Some(event) = ats::recognise(root) {
        Shape::Event(event)
    } else if github::is_dump(root) {
        Shape::Dump
    } else if json_resume::is_resume(root) {
        Shape::Resume
    } else if row::is_row(root) {
        Shape::Row
    } else if application::is_application(root) {
        Shape::Form
    } else {
        Shape::Unknown
    }
}

impl Shape {
    /// The id that the text gives the application.
    pub(crate) fn id(&self, root: Node<'_>) -> Option<String> {
        match self {
            Self::Event(event) => event.id(root),
            Self::Form | Self::Row => application::id(root),
            // A dump by itself is the application of its account.
            Self::Dump => github::login(root),
            Self::Resume | Self::Unknown => None,
        }
    }

    /// Writes the facts of the text.
    pub(crate) fn write(&self, root: Node<'_>, sink: &mut FactSink, remarks: &Remarks) {
        let name = sink.source().name.clone();
        let voice = if matches!(self, Self::Resume) { Voice::Resume } else { Voice::Form };
        if matches!(self, Self::Dump) {
            github::read_account(root, &github::Claims::default(), sink, remarks);
            return;
        }
        let mut writer = Writer { sink, remarks, voice, country: None };
        match self {
            Self::Event(event) => event.write(root, &mut writer),
            Self::Row => row::write(root, &mut writer),
            Self::Resume => json_resume::write(root, &name, &mut writer),
            Self::Form | Self::Unknown | Self::Dump => application::write(root, &mut writer),
        }
    }
}

/// Puts an application together from its sources.
pub(crate) struct Assembly {
    subject: SubjectId,
    has_own_id: bool,
    display_name: String,
    facts: Vec<Fact>,
    sources: Vec<Source>,
    blobs: Vec<Blob>,
    notes: Vec<Remark>,
}

impl Assembly {
    pub(crate) fn new(subject: SubjectId, has_own_id: bool, display_name: String) -> Self {
        Self { subject, has_own_id, display_name, facts: Vec::new(), sources: Vec::new(), blobs: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn display_name(&self) -> &str {
        &self.display_name
    }

    /// A sink for the facts of one source.
    pub(crate) fn sink(&self, source: &Source) -> FactSink {
        FactSink::new(self.subject.clone(), source.clone())
    }

    /// Takes over a source's facts, remarks and bytes.
    pub(crate) fn take(&mut self, source: Source, facts: Vec<Fact>, notes: Vec<Remark>, bytes: Vec<u8>) {
        self.facts.extend(facts);
        self.notes.extend(notes);
        self.sources.push(source.clone());
        self.blobs.push(Blob { source, bytes });
    }

    pub(crate) fn note(&mut self, remark: Remark) {
        self.notes.push(remark);
    }

    /// What form and résumé say of their author so far. What a document's metadata or hidden links say is not the author's word.
    pub(crate) fn claims(&self) -> github::Claims {
        let emails = self.facts.iter().filter_map(|fact| Email::of(&fact.value));
        let names = self.facts.iter().filter_map(|fact| PersonName::of(&fact.value));
        let stated = |role| matches!(role, NameRole::Application | NameRole::Former | NameRole::Resume);
        github::Claims {
            emails: emails
                .filter(|email| matches!(email.role, EmailRole::Application | EmailRole::Resume))
                .map(|email| email.canonical.clone())
                .collect(),
            names: names.filter(|name| stated(name.role)).map(|name| name.full.clone()).collect(),
        }
    }

    /// Handles of a service that form and résumé name.
    pub(crate) fn accounts(&self, service: LinkKind) -> Vec<String> {
        let links = self.facts.iter().filter_map(|fact| Link::of(&fact.value));
        let mut handles: Vec<String> =
            links.filter(|link| link.service == service).filter_map(|link| link.handle.clone()).collect();
        handles.sort_unstable();
        handles.dedup();
        handles
    }

    /// Takes back that files have to be fetched, where as many documents lie beside.
    pub(crate) fn files_lie_beside(&mut self, documents: usize) {
        let needed = |note: &Remark| note.kind == RemarkKind::FileNeeded;
        if self.notes.iter().filter(|note| needed(note)).count() <= documents {
            self.notes.retain(|note| !needed(note));
        }
    }

    pub(crate) fn finish(self) -> Application {
        let incomplete = self.notes.iter().filter(|note| note.kind.is_incomplete()).map(ToString::to_string).collect();
        Application {
            subject: self.subject,
            has_own_id: self.has_own_id,
            display_name: self.display_name,
            facts: self.facts,
            sources: self.sources,
            blobs: self.blobs,
            incomplete,
            notes: self.notes,
        }
    }
}

impl From<Application> for Assembly {
    fn from(application: Application) -> Self {
        Self {
            subject: application.subject,
            has_own_id: application.has_own_id,
            display_name: application.display_name,
            facts: application.facts,
            sources: application.sources,
            blobs: application.blobs,
            notes: application.notes,
        }
    }
}

/// Reads one JSON text that is an application by itself: `application.json`, the body of an applicant system's event, a row of a
/// table of applicants, a JSON Resume or a GitHub profile dump.
///
/// `name` names the source to people; the application's id comes from the text, or from its content.
///
/// # Errors
/// [`Error::Read`] for what is no JSON or exceeds the limits; [`Error::NotAnApplication`] where the object is none of the above.
pub fn read_json(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Application, Error> {
    read_json_as(name, name, bytes, false, limits)
}

/// Reads a JSON text. `certain`: it stands where an application stands, so that an object without any telling field is one too.
pub(crate) fn read_json_as(
    name: &str,
    display: &str,
    bytes: Vec<u8>,
    certain: bool,
    limits: &Limits,
) -> Result<Application, Error> {
    let source = Source { name: name.to_owned(), content: ContentHash::of_bytes(&bytes) };
    let remarks = Remarks::on(name);
    let (assembly, facts) = {
        let tree = json::parse(&bytes, limits).map_err(|source| Error::Read { name: name.to_owned(), source })?;
        let root = tree.root();
        note_tree(&tree, &remarks);
        let shape = shape(root);
        if matches!(shape, Shape::Unknown) && !(certain && root.kind() == json::Kind::Object) {
            return Err(Error::NotAnApplication { name: name.to_owned(), why: why_not(root) });
        }
        let own = shape.id(root);
        let subject = own.clone().map_or_else(|| derived_id(std::slice::from_ref(&source)), SubjectId::new);
        let assembly = Assembly::new(subject, own.is_some(), display.to_owned());
        let mut sink = assembly.sink(&source);
        shape.write(root, &mut sink, &remarks);
        (assembly, sink.into_facts())
    };
    let mut assembly = assembly;
    assembly.take(source, facts, remarks.into_list(), bytes);
    Ok(assembly.finish())
}

/// Says what the parser noticed: another encoding, keys that stand twice.
pub(crate) fn note_tree(tree: &json::Tree<'_>, remarks: &Remarks) {
    if let Some(note) = tree.note() {
        remarks.say(RemarkKind::Encoding, note);
    }
    for duplicate in tree.duplicates() {
        let text =
            format!("the key '{}' stands twice in one object; the last one counts", crate::fields::cut(&duplicate.key, 60));
        remarks.say_line(RemarkKind::Conflict, duplicate.line, text);
    }
}

fn why_not(root: Node<'_>) -> String {
    if root.get("test").and_then(Node::as_bool) == Some(true) {
        return "a test event of an applicant system; it carries no application".into();
    }
    match root.kind() {
        json::Kind::Object => {
            "the object has none of the fields of an application, of an applicant system's event, of a JSON Resume or \
             of a GitHub dump; docs/application-json.md lists them"
                .into()
        }
        json::Kind::Array => "a list; give one object a line (NDJSON) to read many applications".into(),
        kind => format!("expected an object, found {}", kind.name()),
    }
}

/// The applications of one call, by id: two that claim one id are told apart, and what is given twice is said to be.
#[derive(Debug, Default)]
pub struct Roll {
    seen: HashMap<SubjectId, (ContentHash, String)>,
}

impl Roll {
    /// Admits an application. Another one with an id that was seen gets an id of its own, made of the claimed one and its content;
    /// the very same application keeps its id. Either way a remark says so.
    #[must_use]
    pub fn admit(&mut self, mut application: Application) -> Application {
        let content = application.content();
        let claimed = application.subject.clone();
        let mut digits = 8;
        while let Some((known, name)) = self.seen.get(&application.subject) {
            let same = *known == content;
            let text = if same {
                format!("the same application is given twice (first as {name})")
            } else {
                let own = SubjectId::new(format!("{claimed}~{}", content.short(digits)));
                let text = format!("the id {claimed} is also that of {name}; this application stands under {own}");
                application = application.renamed(own);
                digits += 8;
                text
            };
            let source = application.display_name.clone();
            application.notes.insert(0, Remark { kind: RemarkKind::Conflict, source, line: None, field: None, text });
            if same {
                return application;
            }
        }
        self.seen.insert(application.subject.clone(), (content, application.display_name.clone()));
        application
    }
}
