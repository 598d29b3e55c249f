use bonafide_report::{Run, csv};

use crate::{is_dangerous, only_mallory, people};

fn lines(run: &Run) -> String {
    let mut out = Vec::new();
    csv::write(run, &mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_run_as_csv() {
    insta::assert_snapshot!(lines(&people::run()));
}

#[test]
fn one_line_a_subject_with_all_columns() {
    for (run, subjects) in [(people::crowd(200), 200), (only_mallory(), 1), (crate::nobody(), 0)] {
        let text = lines(&run);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>(), csv::COLUMNS);
        let records = reader.records().collect::<Result<Vec<_>, _>>().expect("well-formed");
        assert_eq!(records.len(), subjects);
        assert_eq!(text.lines().count(), subjects + 1, "no cell holds a line break");
    }
}

#[test]
fn no_cell_is_a_formula_or_hides_something() {
    let mut run = only_mallory();
    run.subjects[0].assessment.display_name = "=cmd|' /C calc'!A0".into();
    run.subjects[0].assessment.because = "\t@SUM(1)".into();
    let text = lines(&run);
    assert_eq!(text.chars().find(|&character| is_dangerous(character)), None);
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let record = reader.records().next().expect("one").expect("well-formed");
    assert!(record.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])), "{record:?}");
    assert_eq!(&record[1], "'=cmd|' /C calc'!A0");
}
