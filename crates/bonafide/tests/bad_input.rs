//! Broken, hostile and odd inputs beside an ordinary application: each has a named outcome, and the ordinary one is vetted as ever.

#![allow(clippy::unwrap_used, reason = "a failing helper of a test fails the test")]

use std::{fs, io::Write as _, path::Path, time::Duration};

use assert_cmd::Command;
use flate2::{Compression, write::ZlibEncoder};
use serde_json::{Value, json};

const AS_OF: &str = "2026-11-21T00:00:00Z";
const FORM: &str = r#"{"id": "ordinary", "applied_at": "2026-03-01T09:00:00Z", "name": {"full": "Karo Vell"},
    "emails": ["karo.vell@mail.example"], "phones": ["+1 512 555 0142"],
    "work": [{"employer": "Globex", "title": "Engineer", "start": "2019-03", "end": "2022-06"}]}"#;
/// Stands in a file that an external entity names; it must never be read.
const CANARY: &str = "canary-d41c9";

/// What a run said.
struct Ran {
    status: i32,
    stdout: String,
    stderr: String,
    assessments: Vec<Value>,
    /// Wall time of the application that took longest.
    slowest: Duration,
    /// Wall time of the whole run, start of the program included.
    wall: Duration,
    peak_rss_kb: u64,
}

/// The program of this build, or the one that a benchmark names.
fn program() -> Command {
    std::env::var_os("BONAFIDE_BENCH_PROGRAM").map_or_else(|| Command::cargo_bin("bonafide").unwrap(), Command::new)
}

/// Tells a benchmark what a run took.
fn measured(ran: &Ran) {
    let Some(path) = std::env::var_os("BONAFIDE_BENCH_MEASURED") else { return };
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    let line = json!({"test": test, "wall_ms": ran.wall.as_secs_f64() * 1e3, "peak_rss_kb": ran.peak_rss_kb});
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    writeln!(file, "{line}").unwrap();
}

/// Vets a folder of applications, one of which is ordinary.
fn vet(folder: &Path) -> Ran {
    let nowhere = tempfile::tempdir().unwrap();
    let json = nowhere.path().join("out.jsonl");
    let started = std::time::Instant::now();
    let output = program()
        .current_dir(nowhere.path())
        .arg("vet")
        .arg(folder)
        .args(["--as-of", AS_OF, "--quiet", "--timings", "--threads", "2", "--json"])
        .arg(&json)
        .arg("--data")
        .arg(nowhere.path().join("store"))
        .env("HOME", nowhere.path())
        .env("XDG_CONFIG_HOME", nowhere.path())
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap();
    let wall = started.elapsed();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let timings: Value = stderr
        .lines()
        .rfind(|line| line.starts_with("{\"items\""))
        .map(|line| serde_json::from_str(line).unwrap())
        .unwrap_or_default();
    let lines = fs::read_to_string(&json).unwrap_or_default();
    let ran = Ran {
        status: output.status.code().unwrap_or_else(|| panic!("ended by a signal: {stderr}")),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr,
        assessments: lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        slowest: Duration::from_micros(timings["p99_us"].as_u64().unwrap_or(u64::MAX)),
        wall,
        peak_rss_kb: timings["peak_rss_kb"].as_u64().unwrap_or(0),
    };
    measured(&ran);
    ran
}

/// Vets one bad application beside the ordinary one, and holds the run to what holds for all.
fn beside_the_ordinary(make: impl FnOnce(&Path)) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let application = |name: &str| {
        let path = folder.path().join(name);
        fs::create_dir(&path).unwrap();
        path
    };
    fs::write(application("ordinary").join("application.json"), FORM).unwrap();
    make(&application("bad"));
    let ran = vet(folder.path());
    let alone = tempfile::tempdir().unwrap();
    fs::create_dir(alone.path().join("ordinary")).unwrap();
    fs::write(alone.path().join("ordinary/application.json"), FORM).unwrap();
    let expected = vet(alone.path());
    assert_eq!(expected.status, 0, "{}", expected.stderr);
    let ordinary = ran.assessments.iter().find(|assessment| assessment["subject"] == "ordinary");
    let (ordinary, alone) = (ordinary.map(without_company), expected.assessments.first().map(without_company));
    assert_eq!(ordinary, alone, "the others are vetted as if alone: {}", ran.stderr);
    assert!(ran.peak_rss_kb > 0 && ran.peak_rss_kb < 300 * 1024, "{} kB: {}", ran.peak_rss_kb, ran.stderr);
    // Two seconds a file, and as much again for an unoptimised program on a machine that has other work too.
    assert!(ran.slowest < Duration::from_secs(4), "{:?}: {}", ran.slowest, ran.stderr);
    ran
}

/// What an assessment says, whoever else was vetted: whether there was anybody to link with stands in its lens and its coverage.
fn without_company(assessment: &Value) -> Value {
    let mut assessment = assessment.clone();
    if let Some(fields) = assessment.as_object_mut() {
        fields.retain(|field, _| field != "lens" && field != "coverage");
    }
    assessment
}

/// The bad application has no assessment, the status says so, and the reason is named.
#[track_caller]
fn refused(ran: &Ran, reasons: &[&str]) {
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert_eq!(ran.assessments.len(), 1, "{}", ran.stderr);
    let line = ran.stderr.lines().find(|line| line.contains("bad")).unwrap_or_else(|| panic!("nothing is said: {}", ran.stderr));
    for reason in reasons {
        assert!(line.contains(reason), "'{reason}' is not in: {line}");
    }
}

/// The bad application is vetted as far as it can be read, and what could not be read is named.
#[track_caller]
fn incomplete(ran: &Ran, reasons: &[&str]) {
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.assessments.len(), 2, "{}", ran.stderr);
    let bad = ran.assessments.iter().find(|assessment| assessment["subject"] != "ordinary").unwrap();
    let said = bad["incomplete"].to_string();
    for reason in reasons {
        assert!(said.contains(reason), "'{reason}' is not in: {said}\n{bad}");
    }
}

/// A PDF of numbered objects (ISO 32000-1, 7.5); the first is the catalogue.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let xref = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).unwrap();
    file
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A PDF with one page: its content, the page's further entries, and objects from number 5 on.
fn page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>, trailer: &str) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>").into_bytes(),
        content,
    ];
    objects.extend(more);
    pdf(&objects, trailer)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One gigabyte of spaces, packed twice.
fn bomb() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..1024 {
        encoder.write_all(&spaces).unwrap();
    }
    encoder.finish().unwrap()
}

/// A ZIP archive of stored or deflated parts (APPNOTE 6.3.10, 4.3), each with its packed bytes and its unpacked length.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let packed = &deflated(bytes)[2..];
        let packed = &packed[..packed.len() - 4];
        let (at, sizes) =
            (u32::try_from(file.len()).unwrap(), (u32::try_from(packed.len()).unwrap(), u32::try_from(bytes.len()).unwrap()));
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
        common.extend_from_slice(&crc.sum().to_le_bytes());
        common.extend_from_slice(&sizes.0.to_le_bytes());
        common.extend_from_slice(&sizes.1.to_le_bytes());
        common.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&common);
        file.extend_from_slice(name.as_bytes());
        file.extend_from_slice(packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (at, count) = (u32::try_from(file.len()).unwrap(), u16::try_from(parts.len()).unwrap());
    file.extend_from_slice(&directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&count.to_le_bytes());
    file.extend_from_slice(&count.to_le_bytes());
    file.extend_from_slice(&u32::try_from(directory.len()).unwrap().to_le_bytes());
    file.extend_from_slice(&at.to_le_bytes());
    file.extend_from_slice(&[0, 0]);
    file
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn docx(document: &[u8]) -> Vec<u8> {
    zip(&[("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", RELATIONS.as_bytes()), ("word/document.xml", document)])
}

fn form_beside(folder: &Path) {
    fs::write(folder.join("application.json"), FORM.replace("ordinary", "other")).unwrap();
}

#[test]
fn a_pdf_bomb() {
    let packed = bomb();
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        let content = stream("/Filter[/FlateDecode/FlateDecode]", &deflated(&packed));
        fs::write(folder.join("resume.pdf"), page(content, "", Vec::new(), "")).unwrap();
    });
    incomplete(&ran, &["resume.pdf"]);
}

#[test]
fn a_pdf_whose_pages_share_one_large_stream() {
    let content = stream("/Filter/FlateDecode", &deflated("BT /F 9 Tf 10 10 Td (word) Tj ET ".repeat(200_000).as_bytes()));
    let kids: String = (0..2_000).map(|_| "3 0 R ").collect();
    let objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count 2000>>").into_bytes(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        fs::write(folder.join("resume.pdf"), pdf(&objects, "")).unwrap();
    });
    incomplete(&ran, &["resume.pdf"]);
}

#[test]
fn a_recursive_pdf() {
    // A form that draws itself twice, and a page tree that holds itself.
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>", b"/X Do /X Do");
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        let drawn = page(stream("", b"/X Do /X Do"), "/XObject<</X 5 0 R>>", vec![form], "");
        fs::write(folder.join("resume.pdf"), drawn).unwrap();
    });
    incomplete(&ran, &["resume.pdf"]);
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        let tree = [b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>".to_vec()];
        fs::write(folder.join("resume.pdf"), pdf(&tree, "")).unwrap();
    });
    incomplete(&ran, &["resume.pdf"]);
}

#[test]
fn an_encrypted_pdf() {
    let ran = beside_the_ordinary(|folder| {
        let hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        let lock = format!("<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{hash}>/U<{hash}>>>");
        let bytes = page(stream("", b"BT (x) Tj ET"), "", vec![lock.into_bytes()], "/Encrypt 5 0 R/ID[<00><00>]");
        fs::write(folder.join("resume.pdf"), bytes).unwrap();
    });
    refused(&ran, &["resume.pdf", "encrypted", "password"]);
}

#[test]
fn a_scanned_resume() {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 100/Height 140/BitsPerComponent 8/ColorSpace/DeviceGray", &[200; 14_000]);
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        let scan = page(stream("", b"595 0 0 842 0 0 cm /I Do"), "/XObject<</I 5 0 R>>", vec![image], "");
        fs::write(folder.join("resume.pdf"), scan).unwrap();
    });
    incomplete(&ran, &["resume.pdf", "picture"]);
}

#[test]
fn a_docx_with_external_entities() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.txt");
    fs::write(&secret, CANARY).unwrap();
    let document = format!(
        r#"<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{}"><!ENTITY y "lol"><!ENTITY z "&y;&y;&y;&y;&y;&y;&y;&y;&y;&y;">]>
        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Karo &x; &z; Vell</w:t></w:r></w:p></w:body></w:document>"#,
        secret.display()
    );
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        fs::write(folder.join("resume.docx"), docx(document.as_bytes())).unwrap();
    });
    incomplete(&ran, &["resume.docx"]);
    assert!(!format!("{:?}{}", ran.assessments, ran.stderr).contains(CANARY));
}

#[test]
fn a_docx_that_is_a_zip_bomb() {
    let mut document =
        b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>".to_vec();
    document.resize(400 << 20, b' ');
    let bytes = docx(&document);
    drop(document);
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        fs::write(folder.join("resume.docx"), bytes).unwrap();
    });
    incomplete(&ran, &["resume.docx"]);
}

#[test]
fn json_nested_100_000_deep() {
    let deep = format!("{{\"answers\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let ran = beside_the_ordinary(|folder| fs::write(folder.join("application.json"), &deep).unwrap());
    refused(&ran, &["application.json", "nesting", "limit of 128"]);
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        fs::write(folder.join("github.json"), &deep).unwrap();
    });
    incomplete(&ran, &["github.json", "nesting"]);
}

#[test]
fn files_of_two_gigabytes() {
    for (name, reasons) in [("resume.pdf", ["resume.pdf", "limit"]), ("application.json", ["application.json", "limit"])] {
        let ran = beside_the_ordinary(|folder| {
            let file = fs::File::create(folder.join(name)).unwrap();
            file.set_len(2 << 30).unwrap();
        });
        refused(&ran, &reasons);
    }
    // As a lone file in the folder of applications.
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("ordinary")).unwrap();
    fs::write(folder.path().join("ordinary/application.json"), FORM).unwrap();
    fs::File::create(folder.path().join("bad.pdf")).unwrap().set_len(2 << 30).unwrap();
    refused(&vet(folder.path()), &["bad.pdf", "limit"]);
}

#[test]
fn wrong_encodings() {
    // A form as Windows writes it, with and without a mark, is read.
    for mark in [true, false] {
        let text = FORM.replace("ordinary", "wide").replace("Karo", "Kåro");
        let wide: Vec<u8> = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let ran = beside_the_ordinary(|folder| fs::write(folder.join("application.json"), &wide).unwrap());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(ran.assessments.iter().any(|assessment| assessment["subject"] == "wide"), "{}", ran.stderr);
    }
    // An older encoding is read, and the guess is said.
    let ran = beside_the_ordinary(|folder| {
        let mut bytes = FORM.replace("ordinary", "latin").into_bytes();
        let at = bytes.windows(4).position(|word| word == b"Karo").unwrap();
        bytes[at + 1] = 0xe5;
        fs::write(folder.join("application.json"), bytes).unwrap();
    });
    assert_eq!((ran.status, ran.assessments.len()), (0, 2), "{}", ran.stderr);
    assert!(ran.assessments.iter().any(|assessment| assessment["name"] == "Kåro Vell"), "{:?}", ran.assessments);
    assert!(ran.stdout.contains("application.json: the text is windows-1252"), "{}", ran.stdout);
    let ran = beside_the_ordinary(|folder| {
        let text = b"Ren\xe9e Exemplar\nrenee@mail.example\n\nExperience\n2019 - 2022 Engineer, Globex\n";
        fs::write(folder.join("resume.txt"), text).unwrap();
    });
    assert_eq!((ran.status, ran.assessments.len()), (0, 2), "{}", ran.stderr);
    let binary: Vec<u8> = (0..60_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    for name in ["resume.txt", "resume.pdf", "resume.docx"] {
        let ran = beside_the_ordinary(|folder| fs::write(folder.join(name), &binary).unwrap());
        refused(&ran, &[name]);
    }
}

#[test]
fn names_of_10_000_characters_and_dates_of_the_year_9999() {
    let long = "Maximilian ".repeat(1_000);
    let form = serde_json::json!({
        "id": "long", "applied_at": "9999-12-31T23:59:59Z", "name": {"full": long, "given": "x".repeat(10_000)},
        "emails": [format!("{}@mail.example", "a".repeat(10_000))], "phones": ["9".repeat(10_000)], "birth_date": "9999-12-31",
        "work": [{"employer": long, "title": "Engineer", "start": "9999-01", "end": "10000-01"},
                 {"employer": "Globex", "title": long, "start": "-9999-01", "end": "9999-99-99"}],
        "claimed_years": {"Rust": 1e300, "Go": -4}, "location": {"city": long, "country": "US"},
        "links": {"github": format!("https://github.com/{long}")},
    });
    let ran = beside_the_ordinary(|folder| fs::write(folder.join("application.json"), form.to_string()).unwrap());
    assert_eq!((ran.status, ran.assessments.len()), (0, 2), "{}", ran.stderr);
    let bad = ran.assessments.iter().find(|assessment| assessment["subject"] == "long").unwrap();
    assert!(bad["incomplete"].to_string().contains("10000-01"), "{bad}");
    let ran = beside_the_ordinary(|folder| {
        let text = format!(
            "{long}\nkaro@mail.example\n\nExperience\nEngineer, Globex, 01/9999 - 12/9999\n{}\n",
            "word ".repeat(300_000)
        );
        fs::write(folder.join("resume.txt"), text).unwrap();
    });
    assert_eq!(ran.assessments.len(), 2, "{}", ran.stderr);
}

#[test]
fn an_empty_folder() {
    refused(&beside_the_ordinary(|_| ()), &["empty"]);
    let nothing = tempfile::tempdir().unwrap();
    let ran = vet(nothing.path());
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("no application was found"), "{}", ran.stderr);
}

#[test]
fn a_folder_with_two_applications() {
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        fs::create_dir(folder.join("second")).unwrap();
        form_beside(&folder.join("second"));
    });
    refused(&ran, &["another one in second"]);
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        fs::write(folder.join("other.json"), FORM.replace("ordinary", "third")).unwrap();
    });
    refused(&ran, &["holds 2 applications", "other.json"]);
}

#[test]
fn one_id_for_two_applications_and_one_application_twice() {
    let folder = tempfile::tempdir().unwrap();
    let other = FORM.replace("Karo Vell", "Somebody Else");
    let lines: Vec<String> = [FORM, &other, FORM].iter().map(|form| form.replace('\n', " ")).collect();
    fs::write(folder.path().join("applicants.jsonl"), lines.join("\n")).unwrap();
    let ran = vet(&folder.path().join("applicants.jsonl"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let subjects: Vec<&str> = ran.assessments.iter().map(|assessment| assessment["subject"].as_str().unwrap()).collect();
    assert_eq!((subjects.len(), subjects[0], subjects[2]), (3, "ordinary", "ordinary"), "one line out for one line in");
    assert!(subjects[1].starts_with("ordinary~"), "{subjects:?}");
    assert!(ran.stdout.contains("the id ordinary is also that of"), "{}", ran.stdout);
    assert!(ran.stdout.contains("given twice"), "{}", ran.stdout);
}

#[test]
fn what_is_there_and_cannot_be_read() {
    let ran = beside_the_ordinary(|folder| fs::create_dir(folder.join("application.json")).unwrap());
    refused(&ran, &["application.json"]);
    refused(
        &beside_the_ordinary(|folder| fs::write(folder.join("application.json"), "").unwrap()),
        &["application.json", "expected a value, the text is empty"],
    );
    refused(&beside_the_ordinary(|folder| fs::write(folder.join("application.json"), "[1, 2").unwrap()), &["application.json"]);
    refused(&beside_the_ordinary(|folder| fs::write(folder.join("resume.pdf"), "%PDF-1.7\n").unwrap()), &["resume.pdf"]);
}

/// Modes, links and pipes of a file system as Unix has them.
#[cfg(unix)]
#[test]
fn unreadable_files() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let ran = beside_the_ordinary(|folder| symlink("nowhere", folder.join("application.json")).unwrap());
    refused(&ran, &["application.json: a link that leads"]);
    // Nothing outside the folder is followed to.
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), CANARY).unwrap();
    let ran = beside_the_ordinary(|folder| symlink(outside.path().join("secret.txt"), folder.join("resume.txt")).unwrap());
    refused(&ran, &["resume.txt: a link that leads out of the folder"]);
    assert!(!format!("{:?}{}", ran.assessments, ran.stderr).contains(CANARY));
    // A pipe that nobody writes to never ends.
    let ran = beside_the_ordinary(|folder| {
        assert!(std::process::Command::new("mkfifo").arg(folder.join("resume.pdf")).status().unwrap().success());
    });
    refused(&ran, &["resume.pdf"]);
    let mut readable = false;
    let ran = beside_the_ordinary(|folder| {
        form_beside(folder);
        let path = folder.join("resume.txt");
        fs::write(&path, "Karo Vell").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        readable = fs::read(&path).is_ok();
    });
    // Whoever may read everything reads this too.
    if !readable {
        incomplete(&ran, &["resume.txt"]);
    }
}

#[test]
fn standard_input_is_a_set() {
    let other = FORM.replace("ordinary", "second");
    let lines: Vec<String> = [FORM, &other].iter().map(|form| form.replace('\n', " ")).collect();
    let run = |arguments: &[&str], input: String| {
        let ran = Command::cargo_bin("bonafide").unwrap().args(arguments).args(["--quiet"]).write_stdin(input).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let (status, stdout, stderr) = run(&["vet", "-", "--dry-run", "--json", "-"], lines.join("\n"));
    assert_eq!((status, stdout.lines().count()), (Some(0), 2), "{stderr}");
    let (status, _, stderr) = run(&["vet", "-", "--dry-run"], String::new());
    assert_eq!(status, Some(3), "{stderr}");
    assert!(stderr.contains("empty"), "{stderr}");
    let (status, stdout, stderr) = run(&["resume", "read", "-", "--json"], "Karo Vell\nkaro.vell@mail.example\n".into());
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stdout.contains("karo.vell@mail.example"), "{stdout}");
}
