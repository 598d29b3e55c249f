//! What the process and its workers used: CPU time and memory, for `--timings`.
//!
//! Read from `/proc` where there is one; elsewhere the fields are `null`, because a guess would be taken for a measurement.

use std::{fs, time::Duration};

/// CPU time and peak memory of one process.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// User and system time, children that were waited for included.
    pub(crate) cpu: Duration,
    /// Peak resident memory in KiB.
    pub(crate) peak_rss_kb: u64,
}

/// Kernel clock ticks a second in `/proc/PID/stat`; fixed at 100 in the Linux user-space interface (`USER_HZ`, proc(5)).
const TICKS_PER_SECOND: u64 = 100;

/// Usage of a process; `None` where the system does not tell.
pub(crate) fn of_process(pid: u32) -> Option<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    // The second field is the command in parentheses and may hold anything; fields are counted behind the last one.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11..15)?.iter().filter_map(|field| field.parse::<u64>().ok()).sum();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().split(' ').next()?.parse().ok()?;
    Some(Usage { cpu: Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND), peak_rss_kb: peak })
}

/// Usage of this process.
pub(crate) fn of_self() -> Option<Usage> {
    of_process(std::process::id())
}
