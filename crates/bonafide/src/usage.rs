//! What the process and its workers used: CPU time and memory, for `--timings`.
//!
//! The system tells a process about itself to the microsecond on every Unix; about its workers only `/proc` does, where there is one.
//! Elsewhere the fields are `null`, because a guess would be taken for a measurement.

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

/// Usage of this process and of children that were waited for.
#[cfg(unix)]
pub(crate) fn of_self() -> Option<Usage> {
    use nix::sys::{
        resource::{UsageWho, getrusage},
        time::TimeValLike as _,
    };

    let (own, children) = (getrusage(UsageWho::RUSAGE_SELF).ok()?, getrusage(UsageWho::RUSAGE_CHILDREN).ok()?);
    let times = [own.user_time(), own.system_time(), children.user_time(), children.system_time()];
    let microseconds = times.iter().map(|time| time.num_microseconds()).sum::<i64>();
    // What getrusage calls the peak may be that of the process that started this one. It is kilobytes on Linux, bytes on macOS.
    let peak = || Some(u64::try_from(own.max_rss()).ok()? / if cfg!(target_os = "macos") { 1_024 } else { 1 });
    let peak_rss_kb = of_process(std::process::id()).map(|process| process.peak_rss_kb).or_else(peak)?;
    Some(Usage { cpu: Duration::from_micros(u64::try_from(microseconds).ok()?), peak_rss_kb })
}

/// Usage of this process.
#[cfg(not(unix))]
pub(crate) fn of_self() -> Option<Usage> {
    of_process(std::process::id())
}
