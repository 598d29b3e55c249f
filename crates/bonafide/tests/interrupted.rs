//! Ctrl-C, as a user presses it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Rows in which every name stands several times, a little changed.
fn table(rows: usize) -> String {
    let mut text = String::from("id,given,family,city,phone\n");
    let mut state = 1_u64;
    let mut word = |of: u64| {
        state = of.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ state.rotate_left(7);
        (0..8).map(|at| char::from(b'a' + (state >> (at * 7)) as u8 % 26)).collect::<String>()
    };
    for row in 0..rows as u64 {
        let _ = writeln!(text, "r{row},{},{},{},512555{:04}", word(row / 3), word(row / 5), word(row % 50), row % 10_000);
    }
    text
}

fn interrupt(process: u32) {
    assert!(Command::new("kill").args(["-INT", &process.to_string()]).status().unwrap().success());
}

/// Starts `link dedupe` over a file that stood there before, and presses Ctrl-C after a while. The status, and how long it took to end.
fn dedupe(folder: &Path, presses: &[Duration]) -> (Option<i32>, Duration) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("bonafide"))
        .current_dir(folder)
        .args(["link", "dedupe", "--in", "table.csv", "--out", "clusters.csv", "--threads", "1"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for &pause in presses {
        thread::sleep(pause);
        interrupt(child.id());
    }
    let pressed = Instant::now();
    (child.wait().unwrap().code(), pressed.elapsed())
}

#[test]
fn an_interrupted_deduplication_leaves_what_stood_there() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("table.csv"), table(300_000)).unwrap();
    fs::write(home.path().join("clusters.csv"), "what stood there").unwrap();
    let files = || {
        let mut names: Vec<String> =
            fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    // Once while it reads or links: it stops when what is in hand is done. Twice: at once.
    for presses in [&[Duration::from_millis(400)][..], &[Duration::from_millis(400), Duration::from_millis(50)]] {
        let (status, took) = dedupe(home.path(), presses);
        assert_eq!(status, Some(130), "{presses:?}");
        assert!(presses.len() == 1 || took < Duration::from_secs(2), "{took:?}");
        assert_eq!(fs::read_to_string(home.path().join("clusters.csv")).unwrap(), "what stood there");
        assert_eq!(files(), ["clusters.csv", "table.csv"]);
    }
}
