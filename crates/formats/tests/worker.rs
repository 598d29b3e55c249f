//! Worker processes: answers, crashes, hangs, floods of memory, the parent's end.
//!
//! This test is its own worker: started with the argument `worker` it serves. It therefore has a main of its own, which speaks as
//! much of the test protocol as runners need.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::{
    alloc::System,
    io::{self, Write},
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use bonafide_formats::{
    error::Error,
    limits::Limits,
    worker::{Isolation, Pool, serve},
};
use cap::Cap;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

const TESTS: [(&str, fn()); 9] = [
    ("documents_come_back_and_workers_are_used_again", documents_come_back_and_workers_are_used_again),
    ("errors_of_readers_come_back_by_name", errors_of_readers_come_back_by_name),
    ("workbooks_come_back_and_floods_of_cells_take_no_one_along", workbooks_come_back_and_floods_of_cells_take_no_one_along),
    ("a_worker_out_of_memory_is_lost_and_replaced", a_worker_out_of_memory_is_lost_and_replaced),
    ("a_worker_that_hangs_is_killed", a_worker_that_hangs_is_killed),
    ("a_worker_that_does_not_read_is_killed", a_worker_that_does_not_read_is_killed),
    ("many_threads_share_a_pool", many_threads_share_a_pool),
    ("workers_end_with_their_pool_and_their_parent", workers_end_with_their_pool_and_their_parent),
    ("a_program_that_is_none_is_named", a_program_that_is_none_is_named),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("worker") => return worker(arguments.get(1).map(String::as_str)),
        Some("parent") => return parent(),
        _ => {}
    }
    if arguments.iter().any(|argument| argument == "--list") {
        let ignored = arguments.iter().any(|argument| argument == "--ignored");
        TESTS.iter().filter(|_| !ignored).for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    for (name, test) in TESTS.iter().filter(|(name, _)| wanted.is_none_or(|wanted| name.contains(wanted.as_str()))) {
        test();
        println!("test {name} ... ok");
    }
    ExitCode::SUCCESS
}

/// The child side; `how` makes it misbehave.
fn worker(how: Option<&str>) -> ExitCode {
    match how {
        // Neither reads nor writes.
        Some("deaf") => std::thread::sleep(Duration::from_secs(60)),
        // Reads, and then does not answer.
        Some("mute") => {
            let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
            std::thread::sleep(Duration::from_secs(60));
        }
        Some("crash") => std::process::abort(),
        _ => {}
    }
    let bound = |bytes: u64| {
        // Refused where more than that is in use already.
        if ALLOCATOR.set_limit(usize::try_from(bytes).unwrap_or(usize::MAX)).is_err() {
            std::process::abort();
        }
    };
    match serve(io::stdin().lock(), io::stdout().lock(), bound) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn pool(arguments: &[&str], limits: Limits) -> Pool {
    Pool::new(std::env::current_exe().unwrap(), arguments.iter().map(Into::into).collect(), limits)
}

const TEXT: &[u8] = b"Jane Smith\njane@mail.example\n\nExperience\nEngineer, Globex  2019 - 2022\n";

fn documents_come_back_and_workers_are_used_again() {
    let pool = pool(&["worker"], Limits::default());
    let alone = Pool::with(Isolation::InProcess, Limits::default());
    let here = alone.document("cv.txt", TEXT).unwrap();
    assert!(here.lines.iter().any(|line| line.text.starts_with("Jane Smith")));
    let mut processes = Vec::new();
    for _ in 0..5 {
        assert_eq!(pool.document("cv.txt", TEXT).unwrap(), here);
        processes.push(pool.processes());
    }
    assert_eq!(processes[0].len(), 1);
    assert!(processes.windows(2).all(|pair| pair[0] == pair[1]), "{processes:?}");
}

/// A spreadsheet whose only row is repeated so often.
fn spreadsheet(repeated: u32) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    writer.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let row = format!(
        r#"<d xmlns:table="t" xmlns:text="x"><table:table table:name="People"><table:table-row table:number-rows-repeated="{repeated}">
        <table:table-cell><text:p>Robin</text:p></table:table-cell><table:table-cell><text:p>1970</text:p></table:table-cell>
        </table:table-row></table:table></d>"#
    );
    writer.write_all(row.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

fn workbooks_come_back_and_floods_of_cells_take_no_one_along() {
    let limits = Limits { nodes: 50_000, ..Limits::default() };
    let pool = pool(&["worker"], limits.clone());
    let bytes = spreadsheet(3);
    let book = pool.workbook("people.ods", &bytes).unwrap();
    assert_eq!(book, Pool::with(Isolation::InProcess, limits).workbook("people.ods", &bytes).unwrap());
    assert_eq!(book.sheets[0].rows.len(), 3);
    assert_eq!(book.sheets[0].rows[2].cells, ["Robin", "1970"]);
    let before = pool.processes();
    let flood = pool.workbook("flood.ods", &spreadsheet(4_000_000)).unwrap_err();
    assert!(matches!(flood, Error::OverLimit { .. }), "{flood}");
    let broken = pool.workbook("broken.xlsx", b"PK\x03\x04 and nothing else").unwrap_err();
    assert!(matches!(broken, Error::Malformed { .. } | Error::Unsupported { .. }), "{broken}");
    let cut = pool.workbook("cut.ods", &bytes[..bytes.len() / 2]);
    assert!(cut.is_err(), "half a container is none");
    assert_eq!(pool.workbook("people.ods", &bytes).unwrap(), book);
    assert_eq!(pool.processes(), before, "refusals do not cost a worker");
}

fn errors_of_readers_come_back_by_name() {
    let pool = pool(&["worker"], Limits { bytes: 1000, ..Limits::default() });
    assert!(matches!(pool.document("big.txt", &[b' '; 1001]), Err(Error::OverLimit { .. })));
    assert!(matches!(pool.document("cv.pdf", b"%PDF-1.4\nnothing here"), Err(Error::Malformed { format: "PDF", .. })));
    assert!(matches!(pool.picture("a.gif", b"GIF89a"), Err(Error::Unsupported { .. } | Error::Malformed { .. })));
    assert_eq!(pool.processes().len(), 1, "an error is no reason to end a worker");
}

fn a_worker_out_of_memory_is_lost_and_replaced() {
    // Room for the request and little more.
    let limits = Limits { memory: 12 << 20, ..Limits::default() };
    let pool = pool(&["worker"], limits);
    let flood: Vec<u8> = b"word and another word\n".repeat(100_000);
    let lost = pool.document("flood.txt", &flood).map(|document| document.lines.len()).unwrap_err();
    assert!(matches!(&lost, Error::WorkerLost { name, why } if name == "flood.txt" && why.contains("out of memory")), "{lost}");
    assert!(pool.document("cv.txt", TEXT).is_ok(), "the next one gets a fresh worker");
}

fn a_worker_that_hangs_is_killed() {
    let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    for how in ["mute", "deaf"] {
        let pool = pool(&["worker", how], limits.clone());
        let start = Instant::now();
        let lost = pool.document("slow.pdf", TEXT).map(|document| document.lines.len()).unwrap_err();
        assert!(matches!(&lost, Error::WorkerLost { why, .. } if why.contains("time limit")), "{lost}");
        assert!(start.elapsed() < Duration::from_secs(2));
        assert!(pool.processes().is_empty());
    }
    let crashing = pool(&["worker", "crash"], limits);
    assert!(matches!(crashing.document("x.pdf", TEXT), Err(Error::WorkerLost { .. })));
}

fn a_worker_that_does_not_read_is_killed() {
    // More than any pipe holds: writing would block for ever.
    let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    let start = Instant::now();
    let lost = pool(&["worker", "deaf"], limits).document("large.txt", &vec![b'a'; 8 << 20]).unwrap_err();
    assert!(matches!(&lost, Error::WorkerLost { why, .. } if why.contains("time limit")), "{lost}");
    assert!(start.elapsed() < Duration::from_secs(2));
}

fn many_threads_share_a_pool() {
    let pool = pool(&["worker"], Limits::default());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..10 {
                    let text = format!("Line of thread {thread}, round {round}\n");
                    let document = pool.document("cv.txt", text.as_bytes()).unwrap();
                    assert_eq!(document.lines[0].text, text.trim());
                }
            });
        }
    });
    assert!((1..=4).contains(&pool.processes().len()));
}

fn workers_end_with_their_pool_and_their_parent() {
    let closing = pool(&["worker"], Limits::default());
    closing.document("cv.txt", TEXT).unwrap();
    let start = Instant::now();
    drop(closing);
    assert!(start.elapsed() < Duration::from_secs(1));

    // A parent that is killed: its worker's standard input closes, and the worker with it.
    let mut parent = Command::new(std::env::current_exe().unwrap())
        .arg("parent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    io::BufRead::read_line(&mut io::BufReader::new(parent.stdout.as_mut().unwrap()), &mut line).unwrap();
    let worker: u32 = line.trim().parse().unwrap();
    assert!(is_running(worker));
    parent.kill().unwrap();
    parent.wait().unwrap();
    let end = Instant::now() + Duration::from_secs(5);
    while is_running(worker) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!is_running(worker));
}

/// Has a worker, tells its number and waits to be killed.
fn parent() -> ExitCode {
    let pool = pool(&["worker"], Limits::default());
    pool.document("cv.txt", TEXT).unwrap();
    println!("{}", pool.processes()[0]);
    io::stdout().flush().unwrap();
    std::thread::sleep(Duration::from_secs(60));
    ExitCode::FAILURE
}

/// Whether a process is there and no zombie; where that cannot be asked the rest of the test still counts.
fn is_running(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat"));
    status.is_ok_and(|status| !status.contains(") Z"))
}

fn a_program_that_is_none_is_named() {
    let pool = Pool::new("/nowhere/bonafide".into(), Vec::new(), Limits::default());
    let error = pool.document("cv.txt", TEXT).unwrap_err();
    assert!(matches!(&error, Error::Worker { operation, .. } if operation.contains("nowhere")), "{error}");
}
