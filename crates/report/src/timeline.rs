//! What a subject claims over time, against what can be dated: jobs, studies, accounts, commits, the application.

use std::collections::{BTreeMap, HashMap};

use bonafide_model::{
    dossier::{Dossier, Known},
    fact::{CommitActivity, Education, EmailAge, Employment, GithubAccount, SocialProfile, Website, Work},
    time::{End, PartialDate, YearMonth},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// At most so many rows of one kind are kept; the rest is counted.
const MOST_ROWS: usize = 60;
/// Commits of at most so many accounts are kept.
const MOST_ACCOUNTS: usize = 4;
/// At most so many years before the application are drawn.
const YEARS_BACK: i32 = 60;
/// At most so many years after it.
const YEARS_AHEAD: i32 = 5;
/// Full-time jobs that share at least so many whole months are marked: a change of job within one month shares one.
const OVERLAP_MONTHS: i32 = 2;

/// The dated part of a dossier, small enough to keep for thousands of subjects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    pub(crate) spans: Vec<Span>,
    pub(crate) events: Vec<Event>,
    pub(crate) commits: Vec<Commits>,
    /// The month claims are judged in.
    pub(crate) judged: i32,
    /// Statements beyond the limit on rows.
    pub(crate) left_out: usize,
}

/// A job or a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) kind: SpanKind,
    /// Employer or school as written.
    pub(crate) place: String,
    /// Title or degree as written.
    pub(crate) what: String,
    pub(crate) start: Option<PartialDate>,
    pub(crate) end: End,
    pub(crate) employment: Option<Employment>,
    /// Documents that state it, in canonical order.
    pub(crate) said_by: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SpanKind {
    Job,
    Studies,
}

/// Something that happened once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    /// First and last month it may mean.
    pub(crate) months: (i32, i32),
    /// As it was stated.
    pub(crate) date: String,
    pub(crate) what: String,
    pub(crate) application: bool,
}

/// Commits of one account per month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commits {
    pub(crate) login: String,
    /// Month and number, in order.
    pub(crate) months: Vec<(i32, u32)>,
}

impl Timeline {
    /// The timeline of a dossier. `as_of` stands in where the dossier has no day of application.
    #[must_use]
    pub fn of(dossier: &Dossier, as_of: Date) -> Self {
        let applied = dossier.applied_at();
        let mut timeline = Self { judged: ordinal(month_of(applied, as_of)), ..Self::default() };
        timeline.add_spans(dossier.all::<Work>().map(|work| job(&work)));
        timeline.add_spans(dossier.all::<Education>().map(|course| studies(&course)));
        timeline.spans.sort_by_key(|span| (span.kind, span.months(timeline.judged).map(|months| months.outer)));
        timeline.add_events(dossier);
        if let Some(at) = applied {
            let day = at.to_zoned(TimeZone::UTC).date();
            timeline.add_event(PartialDate::Day(day), "application handed in".to_owned(), true);
        }
        timeline.events.sort();
        timeline.events.dedup();
        let mut accounts = dossier.all::<CommitActivity>();
        for activity in accounts.by_ref().take(MOST_ACCOUNTS) {
            let months: BTreeMap<i32, u32> = activity.months.iter().map(|(month, number)| (ordinal(*month), *number)).collect();
            timeline.commits.push(Commits { login: activity.login.clone(), months: months.into_iter().collect() });
        }
        timeline.left_out += accounts.count();
        timeline
    }

    /// Whether there is anything to draw besides the application itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.commits.is_empty() && self.events.iter().all(|event| event.application)
    }

    /// Adds spans of one kind; what several documents state alike is one row.
    fn add_spans(&mut self, spans: impl Iterator<Item = Span>) {
        let mut rows = HashMap::new();
        for span in spans {
            let key = (span.place.to_lowercase(), span.what.to_lowercase(), span.start, span.end);
            if let Some(known) = rows.get(&key).and_then(|row: &usize| self.spans.get_mut(*row)) {
                for document in span.said_by {
                    if let Err(at) = known.said_by.binary_search(&document) {
                        known.said_by.insert(at, document);
                    }
                }
            } else if rows.len() < MOST_ROWS {
                rows.insert(key, self.spans.len());
                self.spans.push(span);
            } else {
                self.left_out += 1;
            }
        }
    }

    fn add_events(&mut self, dossier: &Dossier) {
        for account in dossier.all::<GithubAccount>() {
            let made = account.created_at.map(|at| PartialDate::Day(at.to_zoned(TimeZone::UTC).date()));
            if let Some(date) = made.or(account.created_year.map(PartialDate::Year)) {
                self.add_event(date, format!("GitHub account {} made", account.login), false);
            }
        }
        for profile in dossier.all::<SocialProfile>() {
            if let Some(date) = profile.joined {
                self.add_event(date, format!("{} profile made", profile.network), false);
            }
        }
        for site in dossier.all::<Website>() {
            if let Some(date) = site.registered {
                self.add_event(date, format!("domain of {} registered", site.url), false);
            }
        }
        for age in dossier.all::<EmailAge>() {
            if let Some(date) = age.first_seen {
                self.add_event(date, format!("oldest trace of {}", age.address), false);
            }
        }
    }

    fn add_event(&mut self, date: PartialDate, what: String, application: bool) {
        if self.events.len() < MOST_ROWS || application {
            let months = (ordinal(date.earliest_month()), ordinal(date.latest_month()));
            self.events.push(Event { months, date: date.to_string(), what, application });
        } else {
            self.left_out += 1;
        }
    }

    /// The months that are drawn, the last one included: from January of the first year to December of the last, within limits.
    pub(crate) fn range(&self) -> (i32, i32) {
        let (lowest, highest) = (self.judged - YEARS_BACK * 12, self.judged + YEARS_AHEAD * 12);
        let spans = self.spans.iter().filter_map(|span| span.months(self.judged)).map(|months| months.outer);
        let events = self.events.iter().map(|event| event.months);
        let commits = self.commits.iter().flat_map(|commits| commits.months.iter().map(|(month, _)| (*month, *month)));
        let (mut first, mut last) = (self.judged, self.judged);
        for (from, to) in spans.chain(events).chain(commits) {
            first = first.min(from);
            last = last.max(to);
        }
        let (first, last) = (first.max(lowest), last.min(highest));
        (first.div_euclid(12) * 12, last.div_euclid(12) * 12 + 11)
    }

    /// Months in which a job surely overlaps another full-time job, with that job's place, per job of [`Timeline::spans`].
    pub(crate) fn overlaps(&self) -> Vec<Vec<Overlap<'_>>> {
        let sure: Vec<_> = self.spans.iter().map(|span| span.whole_week_months(self.judged)).collect();
        let places: Vec<_> = self.spans.iter().map(|span| span.place.to_lowercase()).collect();
        let mut overlaps: Vec<Vec<Overlap<'_>>> = self.spans.iter().map(|_| Vec::new()).collect();
        for (index, mine) in sure.iter().enumerate() {
            for (other, theirs) in sure.iter().enumerate() {
                let (Some(mine), Some(theirs)) = (mine, theirs) else { continue };
                let months = (mine.0.max(theirs.0), mine.1.min(theirs.1));
                if index != other && places[index] != places[other] && months.1 - months.0 + 1 >= OVERLAP_MONTHS {
                    overlaps[index].push(Overlap { months, with: &self.spans[other].place });
                }
            }
        }
        overlaps
    }
}

/// Months that two jobs share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overlap<'a> {
    /// First and last month.
    pub(crate) months: (i32, i32),
    /// The other employer.
    pub(crate) with: &'a str,
}

/// The months a span covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Months {
    /// First and last month it may cover.
    pub(crate) outer: (i32, i32),
    /// First and last month it covers whatever the missing precision hides; `None` where nothing is sure.
    pub(crate) sure: Option<(i32, i32)>,
}

impl Span {
    /// The months covered; `None` without any date.
    pub(crate) fn months(&self, judged: i32) -> Option<Months> {
        let Some(start) = self.start else {
            let End::On(end) = self.end else { return None };
            return Some(Months { outer: (ordinal(end.earliest_month()), ordinal(end.latest_month())), sure: None });
        };
        let (first, first_sure) = (ordinal(start.earliest_month()), ordinal(start.latest_month()));
        let (last_sure, last) = match self.end {
            End::On(end) => (ordinal(end.earliest_month()), ordinal(end.latest_month())),
            End::Present => (judged, judged),
            End::Unknown => (first_sure, first_sure),
        };
        let sure = (first_sure <= last_sure).then_some((first_sure, last_sure));
        Some(Months { outer: (first.min(last), last.max(first)), sure })
    }

    fn whole_week_months(&self, judged: i32) -> Option<(i32, i32)> {
        let whole_week = matches!(self.employment, None | Some(Employment::FullTime));
        if self.kind == SpanKind::Job && whole_week { self.months(judged)?.sure } else { None }
    }

    /// The dates as they were stated.
    pub(crate) fn dates(&self) -> String {
        match (self.start, self.end) {
            (Some(start), End::On(end)) => format!("{start} to {end}"),
            (Some(start), End::Present) => format!("{start} to present"),
            (Some(start), End::Unknown) => format!("{start}, end not stated"),
            (None, End::On(end)) => format!("until {end}, start not stated"),
            (None, End::Present) => "to present, start not stated".to_owned(),
            (None, End::Unknown) => "no dates stated".to_owned(),
        }
    }

    /// What and where: `Backend engineer, Nordwind Example`.
    pub(crate) fn label(&self) -> String {
        match (self.what.is_empty(), self.place.is_empty()) {
            (false, false) => format!("{}, {}", self.what, self.place),
            (true, false) => self.place.clone(),
            (false, true) => self.what.clone(),
            (true, true) => "not named".to_owned(),
        }
    }

    /// The share of the working week, where it was stated.
    pub(crate) const fn share(&self) -> Option<&'static str> {
        match self.employment {
            None => None,
            Some(Employment::FullTime) => Some("full time"),
            Some(Employment::PartTime) => Some("part time"),
            Some(Employment::Contract) => Some("contract"),
            Some(Employment::Internship) => Some("internship"),
            Some(Employment::Volunteer) => Some("volunteer"),
        }
    }
}

fn job(work: &Known<'_, Work>) -> Span {
    Span {
        kind: SpanKind::Job,
        place: work.employer.clone(),
        what: work.title.clone(),
        start: work.start,
        end: work.end,
        employment: work.employment,
        said_by: vec![work.fact.source.name.clone()],
    }
}

fn studies(course: &Known<'_, Education>) -> Span {
    Span {
        kind: SpanKind::Studies,
        place: course.school.clone(),
        what: course.degree.clone(),
        start: course.start,
        end: course.end,
        employment: None,
        said_by: vec![course.fact.source.name.clone()],
    }
}

fn month_of(applied: Option<Timestamp>, as_of: Date) -> YearMonth {
    YearMonth::of_date(applied.map_or(as_of, |at| at.to_zoned(TimeZone::UTC).date()))
}

/// Months since January of the year 0.
fn ordinal(month: YearMonth) -> i32 {
    i32::from(month.year()) * 12 + i32::from(month.month()) - 1
}

/// A month as text, `2021-03`.
pub(crate) fn month_name(ordinal: i32) -> String {
    format!("{:04}-{:02}", ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use bonafide_model::{
        ContentHash,
        fact::{AppliedAt, FactSink},
        id::SubjectId,
        place::{Place, Source},
    };
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn timeline(jobs: &[(&str, &str, End, Option<Employment>)]) -> Timeline {
        let source = |name: &str| Source { name: name.into(), content: ContentHash::of_bytes(name.as_bytes()) };
        let mut facts = Vec::new();
        for name in ["application.json", "cv.pdf"] {
            let mut sink = FactSink::new(SubjectId::new("s"), source(name));
            for (employer, start, end, employment) in jobs {
                let start = start.parse().ok();
                let (employer, title) = ((*employer).to_owned(), "Engineer".to_owned());
                sink.push(Work { employer, title, start, end: *end, employment: *employment, ..Work::default() }, Place::Whole);
            }
            facts.extend(sink.into_facts());
        }
        let mut sink = FactSink::new(SubjectId::new("s"), source("application.json"));
        sink.push(AppliedAt { at: "2026-10-02T09:14:00Z".parse().expect("a timestamp") }, Place::Whole);
        facts.extend(sink.into_facts());
        Timeline::of(&Dossier::new(SubjectId::new("s"), facts), date(2026, 11, 21))
    }

    fn on(text: &str) -> End {
        End::On(text.parse().expect("a date"))
    }

    #[test]
    fn a_job_stated_twice_is_one_row() {
        let timeline = timeline(&[("Nordwind Example", "2019-03", on("2021-08"), None)]);
        assert_eq!(timeline.spans.len(), 1);
        assert_eq!(timeline.spans[0].said_by, ["application.json", "cv.pdf"]);
        assert_eq!(timeline.range(), (2019 * 12, 2026 * 12 + 11));
    }

    #[test]
    fn only_sure_full_time_months_overlap() {
        let overlap = |first: (&str, End, Option<Employment>), second: (&str, End, Option<Employment>)| {
            let timeline = timeline(&[("A", first.0, first.1, first.2), ("B", second.0, second.1, second.2)]);
            timeline.overlaps().iter().map(Vec::len).sum::<usize>()
        };
        let present = ("2024-01", End::Present, None);
        assert_eq!(overlap(("2019-03", on("2021-08"), None), ("2020-01", on("2020-12"), None)), 2, "each names the other");
        assert_eq!(overlap(("2019-03", on("2021-08"), None), ("2021-08", End::Present, None)), 0, "a change of job");
        assert_eq!(overlap(("2019-03", on("2021-08"), Some(Employment::PartTime)), ("2020-01", on("2020-12"), None)), 0);
        assert_eq!(overlap(("2019", on("2020"), None), ("2020", on("2021"), None)), 0, "years alone prove nothing");
        assert_eq!(overlap(("2019", on("2022"), None), ("2020-01", on("2021-06"), None)), 2, "2020 and 2021 are sure");
        assert_eq!(overlap(present, ("2025-01", End::Present, Some(Employment::Contract))), 0);
        assert_eq!(overlap(present, ("2025-01", End::Present, Some(Employment::FullTime))), 2);
        assert_eq!(overlap(present, ("2026-10", End::Present, None)), 0, "one shared month");
    }

    #[test]
    fn impossible_dates_do_not_stretch_the_picture() {
        let timeline =
            timeline(&[("A", "0001", on("0002"), None), ("B", "9999-12", End::Present, None), ("C", "", End::Unknown, None)]);
        let (first, last) = timeline.range();
        assert_eq!((first.div_euclid(12), last.div_euclid(12)), (1966, 2031));
        assert_eq!(timeline.spans[0].dates(), "no dates stated");
    }

    #[test]
    fn a_thousand_jobs_are_counted() {
        let names: Vec<String> = (0..1_000).map(|number| format!("Firm {number}")).collect();
        let jobs: Vec<_> = names.iter().map(|name| (name.as_str(), "2020-01", End::Present, None)).collect();
        let timeline = timeline(&jobs);
        assert_eq!(timeline.spans.len(), MOST_ROWS);
        assert_eq!(timeline.left_out, 2 * (1_000 - MOST_ROWS));
    }

    proptest! {
        #[test]
        fn any_dates_give_whole_years(starts in proptest::collection::vec((1_i16..=9999, 1_i16..=9999), 0..6)) {
            let dates: Vec<_> = starts.iter().map(|(from, to)| (format!("{from:04}"), format!("{to:04}"))).collect();
            let jobs: Vec<_> = dates.iter().map(|(from, to)| ("A", from.as_str(), on(to), None)).collect();
            let timeline = timeline(&jobs);
            let (first, last) = timeline.range();
            prop_assert!(first <= timeline.judged && timeline.judged <= last && (last - first + 1) % 12 == 0);
            for span in &timeline.spans {
                let months = span.months(timeline.judged).expect("dated");
                prop_assert!(months.outer.0 <= months.outer.1);
            }
        }
    }
}
