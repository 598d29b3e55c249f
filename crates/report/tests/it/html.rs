use bonafide_report::Options;
use quick_xml::{Reader, events::Event};

use crate::{is_dangerous, nobody, only_mallory, page_text, people};

/// Elements that HTML writes without an end tag.
const VOID: [&str; 2] = ["meta", "br"];

/// What stands in a page, found by a strict reader.
#[derive(Default)]
pub(crate) struct Read {
    ids: Vec<String>,
    references: Vec<String>,
    pub(crate) elements: Vec<String>,
    attributes: Vec<(String, String)>,
    text: String,
    headings: Vec<u32>,
}

pub(crate) fn read(page: &str) -> Read {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut read = Read::default();
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().expect("well-formed markup") {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                for attribute in start.attributes() {
                    let attribute = attribute.expect("a quoted attribute that stands once");
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.value.to_string();
                    match key.as_str() {
                        "id" => read.ids.push(value.clone()),
                        "aria-labelledby" => read.references.extend(value.split(' ').map(str::to_owned)),
                        "href" => read.references.push(value.strip_prefix('#').expect("a link within the page").to_owned()),
                        _ => {}
                    }
                    read.attributes.push((key, value));
                }
                if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
                    read.headings.push(level);
                }
                read.elements.push(name.clone());
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(end) => {
                let name = end.name().as_ref().to_owned();
                assert_eq!(open.pop(), Some(name), "elements nest");
            }
            Event::Empty(empty) => panic!("HTML has no self-closing elements: {empty:?}"),
            Event::Text(text) => read.text.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    read
}

#[test]
fn pages_are_well_formed_and_their_references_lead_somewhere() {
    for run in [people::run(), people::crowd(200), nobody(), only_mallory()] {
        let read = read(&page_text(&run));
        let mut ids = read.ids.clone();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), read.ids.len(), "ids are unique");
        for reference in &read.references {
            assert!(read.ids.contains(reference), "{reference} leads nowhere");
        }
        assert!(read.headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "headings step down one at a time");
        assert_eq!(read.headings.iter().filter(|level| **level == 1).count(), 1);
    }
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    for run in [people::run(), only_mallory()] {
        let page = page_text(&run);
        let read = read(&page);
        for element in &read.elements {
            let harmless =
                ["script", "img", "link", "iframe", "object", "embed", "form", "image", "use", "base", "foreignObject"];
            assert!(!harmless.contains(&element.as_str()), "<{element}>");
        }
        for (key, value) in &read.attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}={value}");
            assert!(!value.contains("://"), "{key}={value}");
        }
        let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a style sheet").0;
        assert!(!style.contains("@import") && !style.contains("//"));
        assert!(style.matches("url(").count() == style.matches("url(#").count());
        let policy = &read.attributes.iter().find(|(_, value)| value.starts_with("default-src")).expect("a policy").1;
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    }
}

#[test]
fn much_evidence_opens_on_request() {
    let mut run = people::run();
    let evidence = &mut run.subjects[2].assessment.findings[0].evidence;
    *evidence = vec![evidence[0].clone(); 500];
    assert!(page_text(&run).contains("488 more pieces of evidence"));
    let text = crate::terminal_text(&run, &Options::plain(100));
    assert!(text.contains("and 492 more like these"));
    assert_eq!(text.matches("“214 of 256 own commits").count(), 8);
}

#[test]
fn hostile_text_is_text() {
    let page = page_text(&only_mallory());
    assert_eq!(page.chars().find(|&character| is_dangerous(character)), None);
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert!(page.contains("&lt;script&gt;") && page.contains("‹U+202E›") && page.contains("more characters›"));
    assert!(page.len() < 400_000, "{} bytes", page.len());
}

#[test]
fn a_page_says_what_a_reader_needs() {
    let read = read(&page_text(&people::run()));
    for needed in [
        "a person asks, listens and decides",
        "not a proof of identity",
        "bonafide lists update",
        "applications/app-0023/cv.pdf",
        "May be innocent",
        "From which places did you work between 2023 and 2026?",
        "first public 2022-10",
        "cv.pdf, page 2",
        "At most 1 of about 1,100 ordinary applicants would look like this",
        "pages 31 to 240 were not read",
        "app-2025-0188, erased",
        "Fernweh Software Example",
        "two jobs at once",
    ] {
        assert!(read.text.contains(needed), "'{needed}' is missing");
    }
    for run in people::run().subjects {
        assert!(read.text.contains(&run.assessment.dossier_hash.to_string()), "{}", run.assessment.subject);
    }
    assert!(read.attributes.contains(&("href".into(), "#subject-app-0012".into())), "evidence links to the other subject");
}

#[test]
fn a_page_as_it_is() {
    let mut run = people::run();
    run.subjects.retain(|subject| ["app-0004", "app-0007"].contains(&subject.assessment.subject.as_str()));
    insta::assert_snapshot!(page_text(&run).replace("><", ">\n<"));
}

#[test]
fn a_crowd_keeps_its_rows_and_says_what_is_left_out() {
    let run = people::crowd(200);
    let mut out = Vec::new();
    let options = Options { page_limit: 100, ..Options::default() };
    bonafide_report::html::write(&run, &options, &mut out).expect("writes to memory");
    let page = String::from_utf8(out).expect("UTF-8");
    let read = read(&page);
    for index in 0..200 {
        assert!(read.text.contains(&format!("app-{index:05}")), "app-{index:05}");
    }
    assert!(read.text.contains("160 clear applications without any finding have a row and no section on this page"));
    assert_eq!(read.elements.iter().filter(|element| *element == "article").count(), 40);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let mut shuffled = people::run();
    shuffled.subjects.reverse();
    assert_eq!(page_text(&people::run()), page_text(&shuffled));
}

/// WCAG 2.2, 1.4.3: text has a contrast of 4.5 to its ground; 1.4.11: marks have 3.
#[test]
fn contrasts_are_sufficient_in_both_schemes() {
    let page = page_text(&nobody());
    let style = page.split_once("<style>").expect("a style sheet").1;
    let (light, rest) = style.split_once("@media (prefers-color-scheme: dark)").expect("a dark scheme");
    let (dark, rest) = rest.split_once("* {").expect("an end of the dark scheme");
    let print = rest.split_once("@media print").expect("a print scheme").1;
    let text = [
        ("ink", "ground"),
        ("soft", "ground"),
        ("link", "ground"),
        ("ink", "panel"),
        ("soft", "panel"),
        ("link", "panel"),
        ("urgent", "urgent-ground"),
        ("look", "look-ground"),
        ("clear", "clear-ground"),
        ("urgent", "ground"),
        ("look", "ground"),
    ];
    let marks =
        ["bar-strong", "bar-medium", "bar-weak", "bar-down", "job", "study", "commit", "overlap", "urgent", "look", "clear"];
    for scheme in [light, dark, print] {
        let colour = |name: &str| {
            let value = scheme.split_once(&format!("--{name}: #")).unwrap_or_else(|| panic!("no --{name}")).1;
            luminance(&value[..6])
        };
        for (over, under) in text {
            assert!(contrast(colour(over), colour(under)) >= 4.5, "{over} on {under}: {}", contrast(colour(over), colour(under)));
        }
        for mark in marks {
            assert!(contrast(colour(mark), colour("ground")) >= 3.0, "{mark}: {}", contrast(colour(mark), colour("ground")));
        }
    }
}

fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
