//! The one streaming driver: items in, results out in the order of the items, with progress, timings and a clean stop.

use std::{
    collections::BTreeMap,
    io::IsTerminal,
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::{
    interrupt::interrupted,
    output,
    usage::{self, Usage},
};

/// How a batch runs.
pub(crate) struct Batch<'a> {
    /// Worker threads.
    pub(crate) threads: usize,
    /// No progress.
    pub(crate) quiet: bool,
    /// What the items are called, such as `applications`.
    pub(crate) noun: &'a str,
    /// Number of items, where known.
    pub(crate) total: Option<u64>,
    /// Items of one piece of work.
    pub(crate) at_once: u64,
}

/// What a batch measured.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    items: u64,
    wall: Duration,
    /// Time by item.
    times: Vec<Duration>,
    /// Whether the user stopped the batch before its end.
    pub(crate) interrupted: bool,
}

impl Batch<'_> {
    /// Runs `work` over all items on several threads and hands the results to `deliver` in the order of the items.
    ///
    /// At most a few items per thread are in flight, so memory is bounded however long the stream is. Ctrl-C stops the intake of
    /// items; what is in hand is finished and delivered. The stream of items is made, and lives, on a thread of its own.
    pub(crate) fn run<I: Send, R: Send, E, S: Iterator<Item = I>>(
        &self,
        items: impl FnOnce() -> S + Send,
        work: impl Fn(I) -> R + Sync,
        mut deliver: impl FnMut(R) -> Result<(), E>,
    ) -> Result<Measured, E> {
        let started = Instant::now();
        let bar = self.progress();
        let mut measured = Measured::default();
        let (task_sender, task_receiver) = mpsc::sync_channel::<(u64, I)>(self.threads * 4);
        // The workers own the receiving end: when the last one ends, the producer is told by a failing send.
        let task_receiver = Arc::new(Mutex::new(task_receiver));
        let (result_sender, result_receiver) = mpsc::sync_channel::<(u64, R, Duration)>(self.threads * 4);
        let delivered = std::thread::scope(|scope| {
            scope.spawn(move || {
                for (number, item) in (0_u64..).zip(items()) {
                    if interrupted() || task_sender.send((number, item)).is_err() {
                        break;
                    }
                }
            });
            for _ in 0..self.threads {
                let (sender, receiver, work) = (result_sender.clone(), Arc::clone(&task_receiver), &work);
                scope.spawn(move || {
                    loop {
                        let task = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok((number, item)) = task else { break };
                        let begun = Instant::now();
                        let result = work(item);
                        if sender.send((number, result, begun.elapsed())).is_err() {
                            break;
                        }
                    }
                });
            }
            drop((result_sender, task_receiver));
            // Results that came early wait for their turn. The channel bounds how many are on their way; a slow item lets at most
            // the rest of the window pile up here.
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (number, result, time) in result_receiver {
                waiting.insert(number, (result, time));
                while let Some((result, time)) = waiting.remove(&next) {
                    measured.times.push(time);
                    deliver(result)?;
                    next += 1;
                    measured.items += 1;
                    bar.inc(self.at_once);
                }
            }
            Ok(())
        });
        bar.finish_and_clear();
        measured.wall = started.elapsed();
        measured.interrupted = interrupted();
        delivered.map(|()| measured)
    }

    fn progress(&self) -> ProgressBar {
        let bar = ProgressBar::new(self.total.unwrap_or(0));
        if self.quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
            return bar;
        }
        let template = if self.total.is_some() {
            "{bar:30} {pos}/{len} {msg} · {per_sec} · {eta} left"
        } else {
            "{spinner} {pos} {msg} · {per_sec}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(self.noun.to_owned());
        bar
    }
}

/// The line of `--timings`.
#[derive(Serialize)]
struct Timings {
    items: u64,
    wall_ms: u64,
    cpu_ms: Option<u64>,
    load_ms: Option<u64>,
    peak_rss_kb: Option<u64>,
    p50_us: u64,
    p99_us: u64,
}

impl Measured {
    /// Counts and times what a piece of work held, where that was several items.
    pub(crate) fn of_items(&mut self, times: Vec<Duration>) {
        self.items = times.len() as u64;
        self.times = times;
    }

    /// Adds what the same items took in an earlier pass, in the same order, and between the passes.
    pub(crate) fn after(mut self, earlier: &Self, between: Duration) -> Self {
        self.wall += earlier.wall + between;
        self.times.iter_mut().zip(&earlier.times).for_each(|(time, before)| *time += *before);
        self.interrupted |= earlier.interrupted;
        self
    }

    /// Prints the line of `--timings`. `load` is the CPU time that loading took, which the batch's own CPU time excludes; `workers`
    /// are the processes that worked for this one.
    pub(crate) fn print(mut self, load: Option<Usage>, workers: &[u32]) {
        self.times.sort_unstable();
        let at = |share: f64| {
            let index = ((self.times.len() as f64 * share).ceil() as usize).clamp(1, self.times.len().max(1)) - 1;
            self.times.get(index).map_or(0, |time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
        };
        let all: Option<Usage> = usage::of_self().map(|own| {
            workers
                .iter()
                .filter_map(|pid| usage::of_process(*pid))
                .fold(own, |sum, worker| Usage { cpu: sum.cpu + worker.cpu, peak_rss_kb: sum.peak_rss_kb + worker.peak_rss_kb })
        });
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let load_ms = load.map(|usage| milliseconds(usage.cpu));
        let timings = Timings {
            items: self.items,
            wall_ms: milliseconds(self.wall),
            cpu_ms: all.map(|usage| milliseconds(usage.cpu).saturating_sub(load_ms.unwrap_or(0))),
            load_ms,
            peak_rss_kb: all.map(|usage| usage.peak_rss_kb),
            p50_us: at(0.5),
            p99_us: at(0.99),
        };
        if let Ok(line) = serde_json::to_string(&timings) {
            output::note(&line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(threads: usize) -> Batch<'static> {
        Batch { threads, quiet: true, noun: "items", total: None, at_once: 1 }
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 8] {
            let mut seen = Vec::new();
            let slow_first = |number: u64| {
                if number.is_multiple_of(7) {
                    std::thread::sleep(Duration::from_millis(2));
                }
                number * 2
            };
            let measured = batch(threads).run(
                || 0..200,
                slow_first,
                |result| {
                    seen.push(result);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!(seen, (0..200).map(|number| number * 2).collect::<Vec<_>>());
            assert_eq!(measured.map(|measured| measured.items), Ok(200));
        }
    }

    #[test]
    fn a_failing_delivery_ends_the_batch() {
        let result = batch(4).run(|| 0.., |number: u64| number, |number| if number == 10 { Err("full") } else { Ok(()) });
        assert_eq!(result.err(), Some("full"));
    }
}
