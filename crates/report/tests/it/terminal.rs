use bonafide_report::{Options, Run, Verbosity};
use unicode_width::UnicodeWidthStr;

use crate::{is_dangerous, nobody, only_mallory, options, people, terminal_text};

#[test]
fn a_run_at_three_widths_without_and_with_colour() {
    for width in [60, 100, 160] {
        for colour in [false, true] {
            let text = terminal_text(&people::run(), &options(width, colour, Verbosity::Normal));
            // Escape sequences are shown as a picture, so that the snapshot can be read and compared as text.
            let name = format!("terminal_{width}_{}", if colour { "colour" } else { "plain" });
            insta::assert_snapshot!(name, text.replace('\u{1b}', "␛"));
        }
    }
}

#[test]
fn brief_and_verbose() {
    insta::assert_snapshot!("terminal_brief", terminal_text(&people::run(), &options(100, false, Verbosity::Brief)));
    insta::assert_snapshot!("terminal_verbose", terminal_text(&people::run(), &options(100, false, Verbosity::Verbose)));
}

#[test]
fn nobody_at_all() {
    insta::assert_snapshot!(terminal_text(&nobody(), &Options::plain(80)), @r"
    bonafide 0.1.0 · 0 applications · 0 urgent · 0 look · 0 clear · as of 2026-11-21

    No applications were given, so there is nothing to tell.
    ");
}

#[test]
fn one_card_alone() {
    let run = people::run();
    let mut out = Vec::new();
    let subject = run.ranked()[3];
    bonafide_report::terminal::write_card(&run, subject, &Options::plain(72), &mut out).expect("writes to memory");
    insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"));
}

#[test]
fn every_subject_has_a_row_and_no_line_is_too_wide() {
    let run = people::crowd(200);
    for width in [40, 77, 88, 123, 150, 200] {
        for verbosity in [Verbosity::Brief, Verbosity::Normal, Verbosity::Verbose] {
            let text = terminal_text(&run, &options(width, false, verbosity));
            for line in text.lines() {
                assert!(line.width() <= width, "{} columns at {width}: {line}", line.width());
                assert_eq!(line, line.trim_end());
            }
        }
        let table = terminal_text(&run, &options(width, false, Verbosity::Brief));
        for index in 0..200 {
            assert_eq!(table.matches(&format!("app-{index:05}")).count(), 1, "app-{index:05} at {width}");
        }
    }
}

#[test]
fn the_order_is_band_then_weight_then_id() {
    let mut shuffled = people::crowd(200);
    shuffled.subjects.reverse();
    let place = |id: &str, run: &Run| run.ranked().iter().position(|subject| subject.assessment.subject.as_str() == id);
    assert_eq!(place("app-00000", &shuffled), Some(0));
    assert_eq!(place("app-00020", &shuffled), Some(1));
    assert_eq!(place("app-00003", &shuffled), Some(10), "the heavier of those to look at comes first");
    let (ordered, shuffled) =
        (terminal_text(&people::crowd(200), &Options::plain(100)), terminal_text(&shuffled, &Options::plain(100)));
    assert_eq!(ordered, shuffled, "the order of the input does not matter");
}

#[test]
fn hostile_text_controls_nothing() {
    for width in [40, 60, 100, 200] {
        for verbosity in [Verbosity::Brief, Verbosity::Normal, Verbosity::Verbose] {
            let text = terminal_text(&only_mallory(), &options(width, false, verbosity));
            assert_eq!(text.chars().find(|&character| is_dangerous(character)), None);
            assert!(text.lines().all(|line| line.width() <= width && line.chars().count() < width * 8));
            for marker in ["‹U+001B›", "‹U+202E›", "characters›"] {
                assert!(text.contains(marker), "{marker} at {width}");
            }
        }
    }
}

#[test]
fn colour_adds_sequences_and_nothing_else() {
    let plain = terminal_text(&people::run(), &options(100, false, Verbosity::Verbose));
    let coloured = terminal_text(&people::run(), &options(100, true, Verbosity::Verbose));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').expect("a sequence ends").1;
    }
    stripped.push_str(rest);
    assert_ne!(plain, coloured);
    assert_eq!(plain, stripped);
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn words_are_sober() {
    let text = terminal_text(&people::run(), &options(160, false, Verbosity::Verbose)).to_lowercase();
    for word in ["north korea", "dprk", "fraudster", "criminal", "guilty", "suspect", "liar", "reject this"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("a person asks, listens and decides"));
}

#[test]
fn a_clear_subject_is_asked_nothing_and_compliance_is() {
    let text = terminal_text(&people::run(), &options(200, false, Verbosity::Brief));
    let row = |id: &str| text.lines().find(|line| line.contains(id)).expect("a row").to_owned();
    assert!(row("app-0015").contains("Compliance: compare date of birth"), "{text}");
    assert!(row("app-0015").starts_with("clear     0.00") && row("app-0015").contains("a name alone"));
    assert!(!row("app-0004").contains('?') && !row("app-0001").contains('?'));
}
