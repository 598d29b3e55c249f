//! Invented résumés as text, hostile input, and what must hold for any input.

mod names;
mod templates;
mod wraps;

use std::fmt::Write as _;

use bonafide_formats::{
    document::{Document, Line},
    limits::Limits,
    text,
};
use bonafide_model::{
    ContentHash,
    fact::{FactSink, FactValue},
    id::SubjectId,
    place::Source,
    time::End,
};
use proptest::prelude::*;

use super::*;

fn read_text(text: &str) -> Resume {
    read(&text::read("cv.txt", text.as_bytes(), &Limits::default()).expect("text is read"))
}

/// What a person would check first, one line each.
fn outline(resume: &Resume) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{key}: {value}");
        }
    };
    let text = |quote: Option<&Quote>| quote.map_or(String::new(), |quote| quote.text.clone());
    line("name", text(resume.name.as_ref()));
    line("honorifics", resume.honorifics.join(", "));
    line("label", text(resume.label.as_ref()));
    line("emails", resume.emails.iter().map(|email| email.canonical.as_str()).collect::<Vec<_>>().join(", "));
    line(
        "phones",
        resume.phones.iter().map(|phone| phone.e164.as_deref().unwrap_or(&phone.quote.text)).collect::<Vec<_>>().join(", "),
    );
    line(
        "location",
        resume
            .location
            .as_ref()
            .map_or(String::new(), |location| format!("{} ({:?}, {:?})", location.quote.text, location.city, location.country)),
    );
    line("links", resume.links.iter().map(|link| link.url.as_str()).collect::<Vec<_>>().join(", "));
    line("summary", text(resume.summary.as_ref()));
    let end = |end: End| match end {
        End::Unknown => "?".to_owned(),
        End::Present => "now".to_owned(),
        End::On(date) => date.to_string(),
    };
    let period = |period: Option<&Period>| {
        period.map_or("undated".to_owned(), |period| {
            format!("{}..{}", period.start.map_or("?".to_owned(), |date| date.to_string()), end(period.end))
        })
    };
    for job in resume.work.iter().chain(&resume.volunteer) {
        let place = job.location.as_ref().map_or(String::new(), |location| format!(" in {}", location.quote.text));
        let kind = job.employment.map_or(String::new(), |kind| format!(" [{kind:?}]"));
        let remote = if job.remote == Some(true) { " [remote]" } else { "" };
        line(
            "job",
            format!(
                "{} @ {}{place} {}{kind}{remote}, {} bullets",
                job.title.text,
                job.employer.text,
                period(job.period.as_ref()),
                job.bullets.len()
            ),
        );
    }
    for study in &resume.education {
        line("study", format!("{} @ {} {}", study.degree.text, study.school.text, period(study.period.as_ref())));
    }
    line("skills", resume.skills.iter().map(|skill| skill.quote.text.as_str()).collect::<Vec<_>>().join(", "));
    let years = |years: &StatedYears| format!("{} {}{}", years.technology, years.months, if years.or_more { "+" } else { "" });
    line("years", resume.claimed_years.iter().map(years).collect::<Vec<_>>().join(", "));
    line("total", resume.total_years.as_ref().map_or(String::new(), years));
    line(
        "languages",
        resume
            .languages
            .iter()
            .map(|language| format!("{} {}", language.quote.text, language.fluency.as_deref().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join(", "),
    );
    line(
        "certificates",
        resume
            .certificates
            .iter()
            .map(|item| format!("{} {}", item.name.text, period(item.period.as_ref())))
            .collect::<Vec<_>>()
            .join("; "),
    );
    line("projects", resume.projects.iter().map(|item| item.name.text.as_str()).collect::<Vec<_>>().join("; "));
    for reference in &resume.references {
        line(
            "reference",
            format!(
                "{} | {:?} | {:?}",
                reference.name.text,
                reference.company,
                reference.email.as_ref().map(|email| &email.canonical)
            ),
        );
    }
    line("sections", resume.layout.order.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" "));
    line("template", resume.layout.job_template.clone().unwrap_or_default());
    for warning in &resume.warnings {
        line("warning", warning.clone());
    }
    out
}

#[test]
fn title_and_firm_on_one_line() {
    let resume = read_text(
        "Ada Example\nBackend Engineer\nSpringfield, IL | +1 (312) 555-0142 | ada.example@mail.example | github.com/ada-example\n\n\
         SUMMARY\nBackend engineer with 9 years of experience. Over six years with Go and Kubernetes.\n\n\
         EXPERIENCE\nSenior Backend Engineer, Northwind Labs  2021-03 - Present\n- Cut the bill by 30 %\n- Moved 40 services to a new cluster,\n  with no downtime\n\
         Software Engineer, Globex, Inc.  2017-06 - 2021-02\n- Built the search index\n\n\
         EDUCATION\nBSc Computer Science, Lakeside University, 2017\n\n\
         SKILLS\nGo, PostgreSQL, Kubernetes (CKA), C++\nGo: 6 years\nC++: 2 years\n\n\
         LANGUAGES\nEnglish (native), German (B2)\n\n\
         CERTIFICATIONS\nCertified Cluster Keeper, 2022\n\n\
         REFERENCES\nBo Sample, Globex, Inc. – bo.sample@globex.example\n",
    );
    insta::assert_snapshot!(outline(&resume));
}

#[test]
fn dates_above_titles_above_firms_in_german() {
    let resume = read_text(
        "Lebenslauf\n\nDr. Jürgen Musterfeld\nE-Mail: j.musterfeld@post.example\nTelefon: 030 5550142\nWohnort: Berlin, Deutschland\n\n\
         Berufserfahrung\n\n03/2019 – heute\nSenior Softwareentwickler\nNordwind GmbH, Hamburg\n* Leitung eines Teams von sechs Personen\n\n\
         10/2015 – 02/2019\nWerkstudent Datenanalyse\nSternbach AG, München\n* Auswertung von Messdaten\n\n\
         Ausbildung\n\n2010 – 2015\nM.Sc. Informatik\nTechnische Universität Hohenried\n\n\
         Sprachen\nDeutsch: Muttersprache\nEnglisch: C1\n",
    );
    insta::assert_snapshot!(outline(&resume));
}

#[test]
fn one_firm_with_several_roles() {
    let resume = read_text(
        "CASEY VERMEER\ncasey@vermeer.example · +31 20 555 0142 · Amsterdam, Netherlands\n\n\
         Work Experience\n\nWaterlinie B.V.\nEngineering Manager    Jan 2022 - Present\n- Runs a team of nine\n\
         Senior Engineer    Mar 2019 - Dec 2021\n- Wrote the ledger\n\nKantoor Blauw\nSoftware Engineer (Contract)    May 2016 - Feb 2019\n- Built a portal\n\n\
         Education\n\nHogeschool Zuiderdam    2012 - 2016\nHBO Informatica\n",
    );
    insta::assert_snapshot!(outline(&resume));
}

#[test]
fn a_mononym_and_jobs_at_firms_and_since() {
    let resume = read_text(
        "Etta\nProduct designer who writes code\netta [at] etta [dot] example / +44 20 7946 0958 / London, UK\n\n\
         Employment\n\nLead Designer at Blue Heron (since 2020)\nMade the design system.\n\n\
         Freelance Designer, remote (Summer 2018 – 2020)\n\nSkills: Figma, React, Illustration\nLanguages: English, Welsh\n",
    );
    insta::assert_snapshot!(outline(&resume));
}

#[test]
fn what_is_not_understood_is_kept() {
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nEXPERIENCE\nEngineer, Initech  2019 - 2021\n- Worked\n\nZQXJ\nsome line nobody understands\n",
    );
    let kept: Vec<&str> = resume.sections.iter().flat_map(|section| &section.lines).map(|line| line.text.as_str()).collect();
    assert!(kept.contains(&"some line nobody understands"), "{kept:?}");
}

#[test]
fn a_link_that_shows_one_address_and_leads_to_another() {
    use bonafide_formats::document::DocumentLink;
    let line = |text: &str| Line { text: text.into(), page: 1, ..Line::default() };
    let link =
        |target: &str, shown: &str| DocumentLink { target: target.into(), shown: Some(shown.into()), ..DocumentLink::default() };
    let document = Document {
        lines: vec![line("Ada Example"), line("ada@mail.example | LinkedIn | github.com/ada")],
        links: vec![
            link("mailto:somebody.else@post.example", "ada@mail.example"),
            link("https://linkedin.com/in/ada-example", "LinkedIn"),
            link("https://github.com/somebody-else", "github.com/ada"),
            link("https://github.com/ada", "github.com/ada"),
        ],
        ..Document::default()
    };
    let resume = read(&document);
    let emails: Vec<_> = resume.emails.iter().map(|email| (email.canonical.as_str(), email.only_as_link)).collect();
    assert_eq!(emails, [("ada@mail.example", false), ("somebody.else@post.example", true)]);
    let links: Vec<_> = resume.links.iter().map(|link| (link.url.as_str(), link.shown_as.as_deref())).collect();
    assert_eq!(
        links,
        [
            ("https://github.com/ada", None),
            ("https://linkedin.com/in/ada-example", Some("LinkedIn")),
            ("https://github.com/somebody-else", Some("github.com/ada"))
        ]
    );
}

#[test]
fn a_scan_is_named_as_such() {
    let document = Document { image_only: true, ..Document::default() };
    let resume = read(&document);
    assert_eq!(resume.warnings, ["the pages are pictures without text (a scan): nothing could be read from them"]);
    let mut sink = FactSink::new(SubjectId::new("s1"), Source { name: "cv.pdf".into(), content: ContentHash::of_bytes(b"x") });
    facts(&resume, "cv.pdf", &mut sink);
    assert!(sink.facts().iter().any(|fact| matches!(&fact.value, FactValue::ResumeText(text) if text.image_only)));
}

#[test]
fn hostile_sizes_end_in_time() {
    let long_name = format!("{}\nada@mail.example\n\nExperience\nEngineer, Initech 2019 - 2021\n", "Ada ".repeat(2_500));
    let resume = read_text(&long_name);
    assert_eq!(resume.work.len(), 1);
    let many_lines = format!(
        "Ada Example\nada@mail.example\n\nExperience\n{}",
        "Engineer, Initech  2019-01 - 2020-01\n- Worked\n".repeat(4_000)
    );
    assert_eq!(read_text(&many_lines).work.len(), 4_000);
    let one_line = format!("Experience\n{}", "x, | – (".repeat(20_000));
    let _ = read_text(&one_line);
    let commas = format!("Ada Example\n\nExperience\n{} 2019 - 2020\n", "a, ".repeat(5_000));
    let _ = read_text(&commas);
}

#[test]
fn absurd_years_are_warned_about() {
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nExperience\nEngineer, Initech  Jan 9990 - Feb 9999\n- Worked\n\nClerk, Globex  2021-05 - 2019-01\n- Filed\n",
    );
    assert_eq!(resume.work.len(), 2, "{:?}", resume.work);
    assert!(resume.warnings.iter().any(|warning| warning.contains("1900 to 2100")), "{:?}", resume.warnings);
    assert!(resume.warnings.iter().any(|warning| warning.contains("ends before it begins")), "{:?}", resume.warnings);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_no_line_is_lost(text in "(?s).{0,400}") {
        let Ok(document) = text::read("cv.txt", text.as_bytes(), &Limits::default()) else { return Ok(()) };
        let resume = read(&document);
        let kept: usize = resume.sections.iter().map(|section| section.lines.len() + usize::from(section.heading.is_some())).sum();
        // Broken addresses and headings in front of text join or split rows; a line without any letter may vanish.
        prop_assert!(kept + document.lines.len() / 2 + 1 >= document.lines.iter().filter(|line| line.text.chars().any(char::is_alphanumeric)).count());
        let mut sink = FactSink::new(SubjectId::new("s1"), Source { name: "cv.txt".into(), content: ContentHash::of_bytes(b"x") });
        facts(&resume, "cv.txt", &mut sink);
        serde_json::to_string(&json::JsonResume::of(&resume)).expect("serialises");
    }

    #[test]
    fn no_shuffle_of_resume_words_panics(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "Experience", "EDUCATION", "Skills:", "Engineer", "Acme, Inc.", "|", "–", "-", "2019", "2019-03", "Mar 2021", "Present", "(", ")", ",", "\n", "\n\n", "  ", "•", "at", "Berlin", "University", "BSc",
            "a@b.example", "+1 312 555 0142", "10+ years of Rust", "Java: 5 years", "Remote", "IL", "seit", "株式会社", "職歴", "Опыт работы", "\u{ad}", "https://", "/in/x", "@",
        ]),
        0..60,
    )) {
        let resume = read_text(&words.join(" "));
        serde_json::to_string(&json::JsonResume::of(&resume)).expect("serialises");
    }
}

#[test]
fn a_school_diploma_is_no_school() {
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nEducation\n\nHigh School Diploma, 2012\nSpringfield High School\n\n\
         BSc Computer Science, Sample University, 2012 - 2016\n",
    );
    let studies: Vec<(&str, &str)> =
        resume.education.iter().map(|study| (study.degree.text.as_str(), study.school.text.as_str())).collect();
    assert_eq!(
        studies,
        [("High School Diploma", "Springfield High School"), ("BSc Computer Science", "Sample University")],
        "{:?}",
        resume.education
    );
}
