//! How long a record is kept, and what keeps it longer.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use crate::{
    case::{Case, Status},
    events::{DecisionCode, HoldKind},
};

/// How long records are kept, in days after the last thing that happened to the case.
///
/// The defaults follow the rules named in them; counsel must check them for the firm's own jurisdictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Cases that were decided or closed.
    pub closed: Period,
    /// Cases in which a person rejected.
    pub rejected: Period,
    /// Cases that nobody finished.
    pub unfinished: Period,
    /// After this many days a *look* on which nobody acted lapses to clear.
    pub lapse_after_days: u32,
}

/// A period with the rule it follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Days.
    pub days: u32,
    /// The rule and its source.
    pub rule: String,
}

impl Period {
    /// A period with its rule.
    #[must_use]
    pub fn new(days: u32, rule: impl Into<String>) -> Self {
        Self { days, rule: rule.into() }
    }
}

impl Default for Rules {
    fn default() -> Self {
        let year = "records of an application are kept for one year (29 CFR 1602.14)";
        Self {
            closed: Period::new(366, year),
            rejected: Period::new(366, year),
            unfinished: Period::new(366, year),
            lapse_after_days: 30,
        }
    }
}

/// Until when a case is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The first day on which it may be erased; `None` while a legal hold is on.
    pub until: Option<Date>,
    /// The rule, or the hold, in words.
    pub rule: String,
}

impl Rules {
    /// Until when a case is kept.
    #[must_use]
    pub fn retention_of(&self, case: &Case) -> Retention {
        if let Some(hold) = &case.hold {
            let more = if hold.kind == HoldKind::Sanctions {
                "; records of a sanctions match are kept for ten years (31 CFR 501.601)"
            } else {
                ""
            };
            return Retention { until: None, rule: format!("legal hold ({}): {}{more}", hold.kind, hold.reason) };
        }
        let period = match (case.status, &case.decision) {
            (Status::Closed, Some(decision)) if matches!(decision.code, DecisionCode::Rejected | DecisionCode::Confirmed) => {
                &self.rejected
            }
            (Status::Closed, _) => &self.closed,
            _ => &self.unfinished,
        };
        Retention { until: Some(after(case.last_at, period.days)), rule: period.rule.clone() }
    }

    /// Whether the retention period of a case has ended on a day.
    #[must_use]
    pub fn is_due(&self, case: &Case, on: Date) -> bool {
        self.retention_of(case).until.is_some_and(|until| on >= until)
    }

    /// Whether a *look* on which nobody acted lapses to clear: open, not reopened by a person's wish, without a confirmed list match.
    #[must_use]
    pub fn lapses(&self, case: &Case, on: Date) -> bool {
        let Some(assessed) = &case.assessed else { return false };
        case.status == Status::Open
            && assessed.band == bonafide_model::assessment::Band::Look
            && !assessed.listed
            && on >= after(case.last_at, self.lapse_after_days)
    }
}

/// The UTC day that lies a number of days behind an instant; the last day there is where the calendar ends.
fn after(at: Timestamp, days: u32) -> Date {
    day_of(at).checked_add(Span::new().days(i64::from(days))).unwrap_or(Date::MAX)
}

/// The UTC day of an instant.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
