//! What the program says, page by page: `tests/cli/*.md` are sessions as a user would type them.
//!
//! `TRYCMD=overwrite` brings the pages up to date; read the difference before committing it.

#[test]
fn pages() {
    let nowhere = std::env::temp_dir().join("bonafide-no-such-home");
    trycmd::TestCases::new()
        .case("tests/cli/*.md")
        // Neither settings nor the store of whoever runs the test.
        .env("HOME", nowhere.display().to_string())
        .env("XDG_CONFIG_HOME", nowhere.display().to_string())
        .env("XDG_DATA_HOME", nowhere.display().to_string())
        .env("COLUMNS", "100");
}
