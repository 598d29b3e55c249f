//! What readers of reports see.

mod csv;
mod graph;
mod html;
mod json;
mod people;
mod terminal;

use proptest::prelude::*;

use bonafide_report::{Options, Palette, Run, Verbosity};

fn terminal_text(run: &Run, options: &Options) -> String {
    let mut out = Vec::new();
    bonafide_report::terminal::write(run, options, &mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

fn page_text(run: &Run) -> String {
    let mut out = Vec::new();
    bonafide_report::html::write(run, &Options::default(), &mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

fn options(width: usize, colour: bool, verbosity: Verbosity) -> Options {
    Options { width, palette: Palette::when(colour), verbosity, ..Options::default() }
}

fn nobody() -> Run {
    Run { subjects: Vec::new(), unread: Vec::new(), noticed: Vec::new(), ..people::run() }
}

fn only_mallory() -> Run {
    let unread = vec![bonafide_report::Unread {
        input: "\u{1b}[1Aapp\u{202e}".into(),
        reason: "<img src=x onerror=alert(1)>\u{7}".into(),
    }];
    let noticed = vec![bonafide_report::Noticed {
        what: "\u{1b}[2Jemial\u{202e}<script>alert(1)</script>".into(),
        first: "<b>\u{7}".into(),
        applications: 2,
    }];
    Run { subjects: vec![people::mallory()], unread, noticed, ..people::run() }
}

/// Every character that may hide or move text.
fn is_dangerous(character: char) -> bool {
    character.is_control() && character != '\n'
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Texts made of what attackers use.
fn attack() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[<>&\"'=+@\\-]{1,8}",
        "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{2069}\u{e0001}\u{301}]{1,8}",
        Just("</style></title></svg><script>".to_owned()),
        Just("\u{1b}]8;;http://evil.example\u{7}".to_owned()),
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_text_breaks_a_report(texts in proptest::collection::vec(attack(), 8), width in 0_usize..300) {
        let mut run = people::run();
        run.subjects.truncate(3);
        run.program = texts[0].clone();
        for subject in &mut run.subjects {
            let assessment = &mut subject.assessment;
            assessment.subject = bonafide_model::id::SubjectId::new(&texts[0]);
            assessment.display_name.clone_from(&texts[1]);
            assessment.because.clone_from(&texts[2]);
            assessment.lens.catalogue.clone_from(&texts[3]);
            assessment.incomplete = vec![texts[4].clone()];
            for finding in &mut assessment.findings {
                finding.summary.clone_from(&texts[5]);
                finding.weighed_by.clone_from(&texts[6]);
                for evidence in &mut finding.evidence {
                    evidence.document.clone_from(&texts[7]);
                    evidence.compared_with.version.clone_from(&texts[1]);
                }
            }
        }
        let text = terminal_text(&run, &options(width, false, Verbosity::Verbose));
        prop_assert_eq!(text.chars().find(|&character| is_dangerous(character)), None);
        let page = page_text(&run);
        prop_assert_eq!(page.chars().find(|&character| is_dangerous(character)), None);
        let read = html::read(&page);
        prop_assert!(!read.elements.iter().any(|element| element == "script"));
    }
}
