//! Status resources: what became of what was sent.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use bonafide_intel::taxii::{Added, Outcome, write_instant};
use serde::Serialize;

/// Statuses that are kept; the oldest go.
const MOST_KEPT: usize = 1_000;

/// What became of one request (section 4.3.1).
#[derive(Debug, Serialize)]
pub(super) struct Status {
    id: String,
    status: &'static str,
    request_timestamp: String,
    total_count: usize,
    success_count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successes: Vec<Detail>,
    failure_count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Detail>,
    pending_count: usize,
}

/// What became of one object.
#[derive(Debug, Serialize)]
struct Detail {
    id: String,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl Status {
    pub(super) fn of(id: String, requested: i64, outcomes: Vec<Outcome>) -> Self {
        let total_count = outcomes.len();
        let (mut successes, mut failures) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            let version = outcome.version.unwrap_or_else(|| write_instant(requested));
            let detail = |message| Detail { id: outcome.id.unwrap_or_else(|| "unknown".to_owned()), version, message };
            match outcome.added {
                Added::New => successes.push(detail(None)),
                Added::Known => successes.push(detail(Some("this version was there already".to_owned()))),
                Added::Refused(refusal) => failures.push(detail(Some(refusal.to_string()))),
            }
        }
        Self {
            id,
            status: "complete",
            request_timestamp: write_instant(requested),
            total_count,
            success_count: successes.len(),
            failure_count: failures.len(),
            successes,
            failures,
            pending_count: 0,
        }
    }
}

/// Statuses by id, each with the user who may see it.
#[derive(Default)]
pub(super) struct Statuses {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    by_id: HashMap<String, (String, Arc<Status>)>,
    /// Ids, the oldest first.
    order: VecDeque<String>,
}

impl Statuses {
    pub(super) fn keep(&self, user: &str, status: Status) -> Arc<Status> {
        let status = Arc::new(status);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.by_id.insert(status.id.clone(), (user.to_owned(), Arc::clone(&status)));
        kept.order.push_back(status.id.clone());
        if kept.order.len() > MOST_KEPT
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.by_id.remove(&oldest);
        }
        status
    }

    pub(super) fn get(&self, user: &str, id: &str) -> Option<Arc<Status>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.by_id.get(id).filter(|(of, _)| of == user).map(|(_, status)| Arc::clone(status))
    }
}
