//! Running the program as a user does.

use std::path::Path;

use assert_cmd::Command;

/// Runs the program in a home with the store `store`: its status, output and errors.
pub(crate) fn bonafide(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("bonafide")
        .unwrap()
        .current_dir(home)
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .args(arguments)
        .args(["--data", "store", "--quiet"])
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
