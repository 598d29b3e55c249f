use std::fs;

use bonafide_formats::{document::Line, error::Error as FormatError, worker::Picture as ReadPicture};
use bonafide_model::fact::{FactKind, Payload};
use tempfile::TempDir;

use super::*;
use crate::Roll;

/// Reads text as text and refuses what starts with `BAD`.
struct Plain;

fn picture() -> ReadPicture {
    ReadPicture {
        sha256: "00".into(),
        width: 4,
        height: 4,
        phash: Some("00000000000000ff".into()),
        background_phash: None,
        centre_phash: None,
        software: None,
        generator_signs: vec!["drawn by a generator".into()],
    }
}

impl DocumentReader for Plain {
    fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, FormatError> {
        if bytes.starts_with(b"BAD") {
            return Err(FormatError::Encrypted { format: "PDF" });
        }
        let lines = String::from_utf8_lossy(bytes)
            .lines()
            .map(|line| Line {
                text: line.to_owned(),
                place: Place::Page { page: 1, area: Default::default() },
                ..Line::default()
            })
            .collect();
        let incomplete = if name.contains("cut") { vec!["page 201 and those behind it are left out".into()] } else { Vec::new() };
        Ok(Document { lines, incomplete, ..Document::default() })
    }

    fn picture(&self, _name: &str, bytes: &[u8]) -> Result<ReadPicture, FormatError> {
        if bytes.starts_with(b"BAD") {
            return Err(FormatError::Malformed { format: "image", why: "no picture".into() });
        }
        Ok(picture())
    }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("writes");
    }
    folder
}

fn vet(folder: &TempDir) -> Result<Application, Error> {
    read(folder.path(), &Plain, &Limits::default())
}

fn refusal(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let text = vet(&folder).expect_err("no application").in_full();
    text.replace(&folder.path().display().to_string(), "FOLDER")
}

fn kinds(application: &Application) -> Vec<FactKind> {
    let mut kinds: Vec<_> = application.facts.iter().map(|fact| fact.value.kind()).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

const FORM_TEXT: &str = r#"{"id": "r-1", "name": "Robin Sample", "emails": ["robin@mail.example"]}"#;
const DUMP: &str = r#"{"login": "robin-s1", "created_at": "2020-01-01T00:00:00Z",
    "commits": [["r", "h1", "x", "robin@mail.example", "2021-01-01T00:00:00+01:00", "robin@mail.example", "2021-01-01T00:00:00+01:00", "m", 9, null]]}"#;

#[test]
fn a_folder_with_everything() {
    let folder = folder(&[
        ("application.json", FORM_TEXT),
        ("cv.pdf", "Robin Sample\nEngineer"),
        ("cut.docx", "x"),
        ("cover letter.txt", "Dear team"),
        (
            "resume.json",
            r#"{"basics": {"name": "Robin Sample", "email": "robin@mail.example"}, "work": [{"name": "Initech", "position": "Engineer", "startDate": "2020-03"}]}"#,
        ),
        ("avatar.png", "picture"),
        ("github.json", DUMP),
        ("notes.md", "Called on Monday.\n"),
        ("id/front.jpg", "picture"),
        ("id/back.txt", "x"),
        ("mail/1.eml", "From: robin@mail.example\nTo: jobs@firm.example\nSubject: Hello\n\nHi"),
        ("calls/1.wav", "sound"),
        ("setup.exe", "x"),
        (".DS_Store", "x"),
        ("old/thing.txt", "x"),
    ]);
    let application = vet(&folder).expect("an application");
    assert_eq!((application.subject.as_str(), application.has_own_id), ("r-1", true));
    assert!(application.facts.iter().all(|fact| application.sources.contains(&fact.source)));
    assert_eq!(application.blobs.len(), application.sources.len());
    let mut told: Vec<String> =
        application.facts.iter().map(|fact| format!("{}: {}", fact.source.name, fact.value.kind().name())).collect();
    told.dedup();
    told.extend(application.notes.iter().map(|note| format!("{:?} {note}", note.kind)));
    insta::assert_snapshot!(told.join("\n"));
    let identity =
        application.facts.iter().find_map(|fact| bonafide_model::fact::CommitIdentity::of(&fact.value)).expect("an identity");
    assert_eq!(identity.own_because, "stated in the application");
}

#[test]
fn the_same_folder_gives_the_same_application() {
    let files = [("a.txt", "Robin"), ("notes.md", "x"), ("b.pdf", "y")];
    let (one, two) = (folder(&files), folder(&files));
    let (one, two) = (vet(&one).expect("reads"), vet(&two).expect("reads"));
    assert_eq!(one.subject, two.subject);
    assert!(!one.has_own_id && one.subject.as_str().starts_with("app-"));
    let ids = |application: &Application| application.facts.iter().map(|fact| fact.id).collect::<Vec<_>>();
    assert_eq!(ids(&one), ids(&two));
}

#[test]
fn a_form_without_an_id_takes_its_id_from_all_that_was_handed_in() {
    let with = |resume: &str| {
        let folder = folder(&[("application.json", r#"{"name": "Robin"}"#), ("cv.txt", resume)]);
        vet(&folder).expect("reads").subject
    };
    assert_eq!(with("a"), with("a"));
    assert_ne!(with("a"), with("b"));
}

#[test]
fn an_empty_form_beside_a_resume_is_an_application() {
    let folder = folder(&[("application.json", "{}"), ("cv.txt", "Robin")]);
    assert!(kinds(&vet(&folder).expect("reads")).contains(&FactKind::ResumeText));
}

#[test]
fn bad_folders_are_refused_by_name() {
    let told = [
        refusal(&[]),
        refusal(&[("application.json", FORM_TEXT), ("application-2.json", FORM_TEXT)]),
        refusal(&[("application.json", FORM_TEXT), ("form.json", FORM_TEXT)]),
        refusal(&[("application.json", FORM_TEXT), ("second/application.json", FORM_TEXT)]),
        refusal(&[("application.json", "{\"name\": ")]),
        refusal(&[("application.json", "[]")]),
        refusal(&[("application.json", &format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)))]),
        refusal(&[("cv.pdf", "BAD")]),
        refusal(&[("notes.exe", "x")]),
        refusal(&[("calls/1.wav", "x")]),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_bad_resume_leaves_the_rest() {
    let folder = folder(&[
        ("application.json", FORM_TEXT),
        ("cv.pdf", "BAD"),
        ("github.json", "{"),
        ("avatar.png", "BAD"),
        ("other.json", "{\"x\": 1}"),
    ]);
    let application = vet(&folder).expect("reads");
    assert!(kinds(&application).contains(&FactKind::Email));
    insta::assert_snapshot!(application.incomplete.join("\n"));
}

#[test]
fn a_dump_of_another_account_is_said() {
    let form = |link: &str| format!(r#"{{"id": "r-1", "links": {{"github": "{link}"}}}}"#);
    let notes = |link: &str| {
        let folder = folder(&[("application.json", &form(link)), ("github.json", DUMP)]);
        vet(&folder).expect("reads").notes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(notes("https://github.com/Robin-S1"), Vec::<String>::new());
    assert_eq!(notes("somebody-else"), ["github.json: the dump is of the account robin-s1, the application names somebody-else"]);
}

#[test]
fn sizes_are_asked_before_anything_is_opened() {
    let folder = folder(&[("application.json", FORM_TEXT)]);
    // A sparse file: two gigabytes that take no room and would take all memory.
    let huge =
        |name: &str| fs::File::create(folder.path().join(name)).and_then(|file| file.set_len(2 << 30)).expect("a sparse file");
    huge("cv.pdf");
    let started = std::time::Instant::now();
    let application = vet(&folder).expect("reads");
    assert!(application.incomplete[0].contains("2147483648 bytes"), "{:?}", application.incomplete);
    huge("application.json");
    let error = vet(&folder).expect_err("too large").to_string();
    assert!(error.contains("application.json") && error.contains("2147483648 bytes"), "{error}");
    let error = read(&folder.path().join("cv.pdf"), &Plain, &Limits::default()).expect_err("too large").to_string();
    assert!(error.contains("2147483648 bytes"), "{error}");
    assert!(started.elapsed().as_secs() < 2);
}

#[test]
fn the_number_of_files_is_limited() {
    let many: Vec<(String, String)> =
        (0..MOST_FILES + 3).map(|number| (format!("mail/{number:04}.eml"), format!("Subject: {number}\n\nx"))).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    files.push(("application.json", FORM_TEXT));
    let application = vet(&folder(&files)).expect("reads");
    assert_eq!(application.sources.len(), MOST_FILES);
    assert_eq!(application.incomplete.len(), 4);
}

#[cfg(unix)]
#[test]
fn links_and_special_files_are_not_opened() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let outside = folder(&[("secret.txt", "not yours")]);
    let folder = folder(&[("application.json", FORM_TEXT), ("real.txt", "Robin")]);
    symlink(outside.path().join("secret.txt"), folder.path().join("cv.txt")).expect("a link");
    symlink(outside.path(), folder.path().join("id")).expect("a link");
    symlink("nowhere", folder.path().join("broken.pdf")).expect("a link");
    symlink("real.txt", folder.path().join("inside.txt")).expect("a link");
    let _socket = UnixListener::bind(folder.path().join("pipe.pdf")).expect("a socket");
    let application = vet(&folder).expect("reads");
    insta::assert_snapshot!(application.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let names: Vec<_> = application.sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["application.json", "inside.txt", "real.txt"]);
    assert!(read(&folder.path().join("pipe.pdf"), &Plain, &Limits::default()).is_err());
}

#[test]
fn lone_files_are_applications() {
    let folder = folder(&[
        ("Robin Sample.pdf", "Robin"),
        ("a.json", FORM_TEXT),
        ("dump.json", DUMP),
        ("avatar.png", "x"),
        ("x.exe", "x"),
        ("cv.json", r#"{"basics": {"name": "R"}}"#),
    ]);
    let lone = |name: &str| read(&folder.path().join(name), &Plain, &Limits::default());
    assert_eq!(lone("Robin Sample.pdf").expect("reads").display_name, "Robin Sample.pdf");
    assert_eq!(lone("a.json").expect("reads").subject.as_str(), "r-1");
    assert!(kinds(&lone("dump.json").expect("reads")).contains(&FactKind::GithubAccount));
    assert_eq!(lone("dump.json").expect("reads").subject.as_str(), "robin-s1");
    assert!(kinds(&lone("cv.json").expect("reads")).contains(&FactKind::PersonName));
    for name in ["avatar.png", "x.exe", "missing.pdf"] {
        assert!(lone(name).is_err(), "{name}");
    }
}

fn discovered(folder: &TempDir) -> String {
    let found = discover(folder.path(), &Limits::default()).expect("discovers");
    let short = |text: String| text.replace(&folder.path().display().to_string(), "FOLDER");
    let items = found.items.iter().map(|item| match item {
        Item::Application(path) => short(format!("application {}", path.display())),
        Item::Set(path) => short(format!("set {}", path.display())),
    });
    let problems = found.problems.iter().map(|problem| short(format!("problem {}", problem.in_full())));
    items.chain(problems).chain(found.notes.iter().map(|note| short(format!("note {note}")))).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_lies_under_a_path() {
    let told = [
        discovered(&folder(&[("application.json", FORM_TEXT), ("cv.pdf", "x")])),
        discovered(&folder(&[("resume.pdf", "x"), ("cover_letter.pdf", "x")])),
        discovered(&folder(&[
            ("b.pdf", "x"),
            ("a.docx", "x"),
            ("c.json", FORM_TEXT),
            ("set.jsonl.gz", "x"),
            ("readme.exe", "x"),
        ])),
        discovered(&folder(&[
            ("two/application.json", FORM_TEXT),
            ("one/cv-robin.pdf", "x"),
            ("one/robin.md", "x"),
            ("deep/a/b/cv.pdf", "x"),
            ("applicants.csv", "id\n"),
        ])),
        discovered(&folder(&[("application-1.json", FORM_TEXT), ("application-2.json", FORM_TEXT)])),
        discovered(&folder(&[("a/b/c/d/e/f/cv.pdf", "x"), ("ok/cv.pdf", "x")])),
    ];
    insta::assert_snapshot!(told.join("\n\n"));
    let empty = folder(&[("x/.DS_Store", "x")]);
    assert!(discovered(&empty).contains("problem FOLDER/x: the folder is empty"));
    assert!(discover(&empty.path().join("missing"), &Limits::default()).is_err());
    let lines = folder(&[("many.json", "{\"name\": \"A\"}\n{\"name\": \"B\"}\n"), ("one.json", "{\n\"name\": \"A\"}\n")]);
    assert_eq!(
        discover(&lines.path().join("many.json"), &Limits::default()).expect("there").items,
        [Item::Set(lines.path().join("many.json"))]
    );
    assert_eq!(
        discover(&lines.path().join("one.json"), &Limits::default()).expect("there").items,
        [Item::Application(lines.path().join("one.json"))]
    );
}

#[test]
fn applications_with_one_id_are_told_apart() {
    let one = folder(&[("application.json", FORM_TEXT)]);
    let other = folder(&[("application.json", r#"{"id": "r-1", "name": "Somebody Else"}"#)]);
    let mut roll = Roll::default();
    let admit = |roll: &mut Roll, folder: &TempDir| roll.admit(vet(folder).expect("reads"));
    let first = admit(&mut roll, &one);
    assert_eq!((first.subject.as_str(), first.notes.len()), ("r-1", 0));
    let again = admit(&mut roll, &one);
    assert_eq!(again.subject, first.subject);
    assert!(again.notes[0].text.contains("given twice"), "{:?}", again.notes);
    let second = admit(&mut roll, &other);
    assert_eq!(admit(&mut roll, &other).subject, second.subject, "its own id does not depend on how often it is given");
    assert!(second.subject.as_str().starts_with("r-1~"), "{}", second.subject);
    assert!(second.notes[0].text.contains("r-1"), "{:?}", second.notes);
    assert_ne!(first.facts[0].id, second.facts[0].id);
    assert_eq!(second.facts.iter().map(|fact| fact.value.kind()).collect::<Vec<_>>(), [FactKind::PersonName]);
}

#[test]
fn a_file_that_an_event_links_to_may_lie_beside() {
    let event = r#"{"id": "wk-1", "event_type": "candidate_created", "resource_type": "candidate", "data": {"id": "c1", "name": "Robin Sample",
        "email": "robin@mail.example", "resume_url": "https://files.example/r.pdf"}}"#;
    let alone = vet(&folder(&[("application.json", event)])).expect("reads");
    assert_eq!(alone.incomplete.len(), 1, "{:?}", alone.incomplete);
    let beside =
        vet(&folder(&[("application.json", event), ("resume.txt", "Robin Sample\nrobin@mail.example\n")])).expect("reads");
    assert!(beside.incomplete.is_empty(), "{:?}", beside.incomplete);
}
