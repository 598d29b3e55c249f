//! A test of this program as a process of its own that is killed while it works.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

/// Starts a test as a child, kills it after a while, and returns the whole lines that it had printed.
pub(crate) fn said_until_killed(test: &str, variables: &[(&str, &OsStr)], after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("this is a program"))
        .args(["--exact", test, "--nocapture"])
        .envs(variables.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    std::thread::sleep(after);
    child.kill().expect("it runs");
    let printed = BufReader::new(child.stdout.take().expect("it is piped"));
    let lines = printed.lines().map_while(Result::ok).collect();
    child.wait().expect("it is killed");
    lines
}
