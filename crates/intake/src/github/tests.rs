use bonafide_model::{
    ContentHash,
    fact::{ClockJump, CommitIdentity, Fact, FactValue, GithubAccount, GithubRepository, Ownership, Payload},
    id::SubjectId,
    place::{Place, Source},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn fold_dump(text: &str, claims: &Claims) -> (Vec<Fact>, Vec<Remark>) {
    let source = Source { name: "github.json".into(), content: ContentHash::of_bytes(text.as_bytes()) };
    let mut sink = FactSink::new(SubjectId::new("s1"), source);
    let remarks = read(text.as_bytes(), claims, &Limits::default(), &mut sink).expect("a dump");
    (sink.into_facts(), remarks)
}

fn all<T: Payload + Clone>(facts: &[Fact]) -> Vec<T> {
    facts.iter().filter_map(|fact| T::of(&fact.value)).cloned().collect()
}

fn identity(facts: &[Fact], email: &str) -> CommitIdentity {
    all::<CommitIdentity>(facts).into_iter().find(|identity| identity.email == email).expect(email)
}

fn commit(repo: &str, hash: &str, name: &str, email: &str, at: &str) -> Value {
    json!([repo, hash, name, email, at, email, at, "m", 12, null])
}

fn web(repo: &str, hash: &str, name: &str, email: &str, at: &str) -> Value {
    json!([repo, hash, name, email, at, "noreply@github.com", at, "m", 12, null])
}

fn repo(name: &str, fork: bool, created: &str) -> Value {
    json!({"name": name, "fork": fork, "created": created, "pushed": created, "lang": "Rust", "stars": 1, "size": 10})
}

/// An account made in 2020 with a repository of its own, a fork, and a repository with a history older than itself.
fn sample() -> Value {
    json!({
        "login": "mara-q7", "group": "x", "label": "alleged", "created_at": "2020-03-01T00:00:00Z",
        "updated_at": "2024-03-01T00:00:00Z", "country_claimed": "Utopia", "public_repos": 3, "followers_count": 2,
        "following_count": 2, "followers": ["one", "two"], "following": ["zoe-x", "abe-y", "zoe-x"],
        "repos": [repo("own", false, "2021-01-01T00:00:00Z"), repo("fork", true, "2021-02-01T00:00:00Z"),
                  repo("old", false, "2022-01-01T00:00:00Z")],
        "contributors": {"own": ["mara-q7"], "old": ["mara-q7", "dependabot[bot]"]},
        "unique_emails": {"mara.listed@mail.example": "mara-q7", "someone@mail.example": "someone"},
        "potential_copy_repos": 1,
        "commits": [
            commit("own", "a1", "mara-q7", "mara@work.example", "2021-01-02T10:00:00+01:00"),
            commit("own", "a2", "mara-q7", "mara@work.example", "2021-01-02T18:30:00+09:00"),
            web("own", "a3", "Mara Quill", "77+mara-q7@users.noreply.github.com", "2021-01-03T09:00:00+00:00"),
            web("own", "a4", "Mara Quill", "77+mara-q7@users.noreply.github.com", "2021-01-03T09:00:00+01:00"),
            commit("fork", "b1", "Up Stream", "up@stream.example", "2015-05-05T05:05:05-08:00"),
            commit("fork", "a1", "mara-q7", "mara@work.example", "2021-01-02T10:00:00+01:00"),
            ["old", "c1", "Mara Quill", "quill@home.example", "2019-06-01T12:00:00+03:30", "quill@home.example",
             "2019-06-01T12:00:00+03:30", "m", 40, "former-owner"],
            ["old", "c2", "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", "2022-02-01T00:00:00Z",
             "noreply@github.com", "2022-02-01T00:00:00Z", "m", 40, null],
            web("old", "c3", "Mara Quill", "77+mara-old@users.noreply.github.com", "2022-02-02T00:00:00+01:00"),
        ],
    })
}

#[test]
fn a_small_dump_in_full() {
    let (facts, remarks) = fold_dump(&serde_json::to_string_pretty(&sample()).expect("serialises"), &Claims::default());
    assert!(remarks.is_empty(), "{remarks:?}");
    let values: Vec<_> = facts.iter().map(|fact| &fact.value).collect();
    insta::assert_json_snapshot!(values);
}

#[test]
fn whose_identity_an_address_is() {
    let (facts, _) = fold_dump(&sample().to_string(), &Claims::default());
    for (email, ownership, because) in [
        ("mara@work.example", Ownership::Own, "its author name is the account's login"),
        ("mara.listed@mail.example", Ownership::Own, "listed under the account's login"),
        ("77+mara-q7@users.noreply.github.com", Ownership::Own, "no-reply address of the account"),
        ("77+mara-old@users.noreply.github.com", Ownership::Own, "no-reply address of the account"),
        ("quill@home.example", Ownership::Own, "bears the name that stands on the account's no-reply address"),
        ("up@stream.example", Ownership::Other, ""),
        ("someone@mail.example", Ownership::Other, ""),
        ("49699333+dependabot[bot]@users.noreply.github.com", Ownership::Bot, ""),
    ] {
        let found = identity(&facts, email);
        assert_eq!((found.ownership, found.own_because.as_str()), (ownership, because), "{email}");
    }
    assert_eq!(identity(&facts, "77+mara-old@users.noreply.github.com").noreply_login.as_deref(), Some("mara-old"));
}

#[test]
fn what_the_application_states_counts() {
    let claims = Claims { emails: vec!["up@stream.example".into()], names: vec!["Someone  Else".into()] };
    let mut dump = sample();
    dump["commits"] = json!([
        commit("own", "a1", "X", "up@stream.example", "2021-01-02T10:00:00+01:00"),
        commit("own", "a2", "else, someone", "se@x.example", "2021-01-02T10:00:00+01:00"),
        commit("fork", "a3", "Someone Else", "namesake@x.example", "2021-01-02T10:00:00+01:00"),
    ]);
    let (facts, _) = fold_dump(&dump.to_string(), &claims);
    assert_eq!(identity(&facts, "up@stream.example").own_because, "stated in the application");
    assert_eq!(identity(&facts, "se@x.example").own_because, "its author name is the applicant's");
    assert_eq!(identity(&facts, "namesake@x.example").ownership, Ownership::Other, "a namesake upstream of a fork");
}

#[test]
fn a_common_login_is_no_proof_in_other_peoples_work() {
    let dump = |contributors: Value| {
        let commits = [
            commit("copy", "a1", "robin", "robin@upstream.example", "2021-01-02T10:00:00+01:00"),
            commit("copy", "a2", "wren", "wren@upstream.example", "2021-01-02T10:00:00+01:00"),
        ];
        json!({"login": "robin", "contributors": {"copy": contributors}, "commits": commits}).to_string()
    };
    let ownership = |contributors: Value| {
        let (facts, _) = fold_dump(&dump(contributors), &Claims::default());
        identity(&facts, "robin@upstream.example").ownership
    };
    assert_eq!(ownership(json!(["robin-upstream", "wren"])), Ownership::Other);
    assert_eq!(ownership(json!(["robin"])), Ownership::Own);
}

#[test]
fn the_only_author_beside_the_only_contributor_is_the_account() {
    let dump = |authors: &[&str], contributors: Value, fork: bool| {
        let commits: Vec<_> = authors
            .iter()
            .enumerate()
            .map(|(number, email)| commit("r", &number.to_string(), "A. Nother", email, "2020-05-05T05:05:05+02:00"))
            .collect();
        let repos = [repo("r", fork, "2021-01-01T00:00:00Z")];
        json!({"login": "quill", "repos": repos, "contributors": {"r": contributors}, "commits": commits}).to_string()
    };
    let ownership = |text: String| identity(&fold_dump(&text, &Claims::default()).0, "x@x.example").ownership;
    assert_eq!(ownership(dump(&["x@x.example"], json!(["Quill", "renovate[bot]"]), false)), Ownership::Own);
    assert_eq!(ownership(dump(&["x@x.example"], json!(["quill"]), true)), Ownership::Other, "a fork");
    assert_eq!(ownership(dump(&["x@x.example"], json!(["quill", "other"]), false)), Ownership::Other, "two contributors");
    assert_eq!(ownership(dump(&["x@x.example", "y@x.example"], json!(["quill"]), false)), Ownership::Other, "two authors");
}

#[test]
fn a_lone_address_without_an_account_is_the_accounts_from_the_making_on() {
    let ownership = |date: &str, further: Option<&str>| {
        let mut commits = vec![
            web("r", "1", "q", "5+quill@users.noreply.github.com", "2021-01-01T00:00:00+02:00"),
            commit("r", "2", "old name", "x@x.example", date),
        ];
        commits.extend(further.map(|email| commit("r", "3", "other", email, "2021-01-03T00:00:00Z")));
        let repos = [repo("r", false, "2021-01-01T00:00:00Z")];
        let dump = json!({"login": "quill", "repos": repos, "contributors": {"r": ["quill"]}, "commits": commits});
        identity(&fold_dump(&dump.to_string(), &Claims::default()).0, "x@x.example").ownership
    };
    assert_eq!(ownership("2021-01-01T00:02:00Z", None), Ownership::Own);
    assert_eq!(ownership("2019-01-01T00:02:00Z", None), Ownership::Other, "history that was brought along");
    assert_eq!(ownership("2021-01-02T00:00:00Z", Some("y@y.example")), Ownership::Other, "two such addresses");
}

#[test]
fn dates_of_the_platform_are_not_the_authors_clock() {
    let (facts, _) = fold_dump(&sample().to_string(), &Claims::default());
    let web = identity(&facts, "77+mara-q7@users.noreply.github.com");
    assert_eq!((web.commits, web.dated_by_platform), (2, 1));
    assert_eq!(web.offsets, [("+01:00".parse().expect("an offset"), 1)], "the browser told its zone");
}

#[test]
fn the_clock_of_the_platforms_home_is_the_authors_only_where_the_author_keeps_it() {
    let merged =
        |number: i32, at: &str| web("own", &format!("w{number}"), "Mara Quill", "77+mara-q7@users.noreply.github.com", at);
    let mut dump = sample();
    let add = |dump: &mut Value, rows: Vec<Value>| dump["commits"].as_array_mut().expect("commits").extend(rows);
    add(
        &mut dump,
        vec![
            merged(1, "2023-07-03T09:00:00-07:00"),
            merged(2, "2023-12-03T09:00:00-08:00"),
            // Not legal in California on that day: a browser's own zone.
            merged(3, "2023-12-04T09:00:00-07:00"),
            merged(4, "2023-12-05T09:00:00-05:00"),
        ],
    );
    let clocks = |dump: &Value| {
        let (facts, _) = fold_dump(&dump.to_string(), &Claims::default());
        let web = identity(&facts, "77+mara-q7@users.noreply.github.com");
        (web.dated_by_platform, web.offsets.iter().map(|(offset, _)| offset.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(clocks(&dump), (3, vec!["-07:00".to_owned(), "-05:00".into(), "+01:00".into()]));
    let at_home = |number: i32| {
        commit("own", &format!("h{number}"), "mara-q7", "mara@work.example", &format!("2023-08-0{number}T09:00:00-07:00"))
    };
    add(&mut dump, (1..=3).map(at_home).collect());
    assert_eq!(clocks(&dump).0, 1, "three commits on a machine of one's own");
}

#[test]
fn commits_made_long_after_their_author_date_are_counted() {
    let made = |hash: &str, committed: &str| {
        json!([
            "own",
            hash,
            "mara-q7",
            "mara@work.example",
            "2021-05-02T10:00:00+01:00",
            "mara@work.example",
            committed,
            "m",
            9,
            null
        ])
    };
    let mut dump = sample();
    let commits = dump["commits"].as_array_mut().expect("commits");
    commits.extend([made("l1", "2021-05-20T10:00:00+01:00"), made("l2", "2021-07-20T10:00:00+01:00"), made("l3", "not a date")]);
    let (facts, _) = fold_dump(&dump.to_string(), &Claims::default());
    let own = all::<GithubRepository>(&facts).into_iter().find(|repository| repository.name == "own").expect("own");
    assert_eq!(own.own_committed_late, 1);
}

#[test]
fn clocks_are_kept_by_repository() {
    let at = |repo: &str, hash: &str, at: &str| commit(repo, hash, "mara-q7", "mara@work.example", at);
    let rows = [
        at("old", "k1", "2021-03-02T09:00:00+01:00"),
        at("own", "k2", "2021-03-02T10:00:00+01:00"),
        at("own", "k3", "2021-03-03T10:00:00+01:00"),
        at("own", "k4", "2021-04-03T10:00:00+02:00"),
    ];
    let mut dump = sample();
    dump["commits"] = rows.into_iter().collect();
    let (facts, _) = fold_dump(&dump.to_string(), &Claims::default());
    let clocks = identity(&facts, "mara@work.example").clocks_by_repository;
    let told: Vec<_> = clocks
        .iter()
        .map(|clocks| (clocks.repository.as_str(), clocks.days, clocks.months.len(), clocks.brought.len()))
        .collect();
    assert_eq!(
        told,
        [("own", 2, 2, 0), ("old", 1, 1, 1)],
        "a day counts where it began, and a commit before its repository is brought"
    );
}

#[test]
fn clocks_of_many_repositories_are_cut_and_said() {
    let commits: Vec<Value> = (0..600)
        .map(|number| {
            commit(
                &format!("r{number:03}"),
                &number.to_string(),
                "x",
                "9+quill-7@users.noreply.github.com",
                "2021-03-02T09:00:00+01:00",
            )
        })
        .collect();
    let (facts, remarks) = fold_dump(&json!({"login": "quill-7", "commits": commits}).to_string(), &Claims::default());
    let own = identity(&facts, "9+quill-7@users.noreply.github.com");
    assert_eq!((own.clocks_by_repository.len(), own.clocks_left_out), (500, 100));
    assert_eq!(own.offsets_by_month[0].2, 600, "the sum is whole");
    assert!(remarks.iter().any(|remark| remark.text.contains("100 further repositories in the clocks")), "{remarks:?}");
}

#[test]
fn a_commit_in_two_repositories_counts_once_for_its_author() {
    let (facts, _) = fold_dump(&sample().to_string(), &Claims::default());
    let mara = identity(&facts, "mara@work.example");
    assert_eq!((mara.commits, mara.repositories), (2, 2));
    let own: u32 = all::<GithubRepository>(&facts).iter().map(|repository| repository.own_commits).sum();
    assert_eq!(own, 7, "every repository counts what stands in it");
}

#[test]
fn a_clock_jump_names_its_commits_and_where_they_stand() {
    let text = serde_json::to_string_pretty(&sample()).expect("serialises");
    let (facts, _) = fold_dump(&text, &Claims::default());
    let jump: ClockJump = all(&facts).remove(0);
    assert_eq!(
        (jump.pairs, jump.pairs_beside_utc, jump.from.to_string().as_str(), jump.to.to_string().as_str()),
        (1, 1, "+01:00", "+09:00")
    );
    assert_eq!(jump.commits.iter().map(|commit| commit.commit.as_str()).collect::<Vec<_>>(), ["a1", "a2"]);
    let fact = facts.iter().find(|fact| matches!(fact.value, FactValue::ClockJump(_))).expect("there");
    let Place::Text { span, .. } = fact.place else { panic!("a place in the text") };
    assert!(text[span.0 as usize..span.1 as usize].contains("\"a2\""));
}

#[test]
fn who_committed_own_commits_is_counted() {
    let by = |hash: &str, committer: &str| {
        json!([
            "own",
            hash,
            "mara-q7",
            "mara@work.example",
            "2021-05-02T10:00:00+01:00",
            committer,
            "2021-05-02T10:00:00+01:00",
            "m",
            12,
            null
        ])
    };
    let mut dump = sample();
    let commits = dump["commits"].as_array_mut().expect("commits");
    commits.extend([
        by("f1", "lead@firm.example"),
        by("f2", "lead@firm.example"),
        by("f3", "Other.Lead@firm.example"),
        by("f4", "77+mara-q7@users.noreply.github.com"),
        by("f5", "noreply@github.com"),
        by("f6", "release-bot@firm.example"),
    ]);
    let (facts, _) = fold_dump(&dump.to_string(), &Claims::default());
    let own = all::<GithubRepository>(&facts).into_iter().find(|repository| repository.name == "own").expect("own");
    assert_eq!((own.own_committed_by_others, own.foreign_committers), (3, 2));
}

#[test]
fn followers_are_no_facts() {
    let (facts, _) = fold_dump(&sample().to_string(), &Claims::default());
    let text = serde_json::to_string(&facts).expect("serialises");
    assert!(!text.contains("\"one\"") && !text.contains("alleged"), "neither followers nor a collector's label");
    assert_eq!(all::<bonafide_model::fact::GithubFollowing>(&facts)[0].follows, ["abe-y", "zoe-x"]);
}

#[test]
fn further_fields_of_collectors() {
    let dump = json!({
        "login": "quill", "name": "Quentin Quill", "bio": "b", "readme": "r", "avatar_phash": "0xF0F0", "created_year": 2019,
        "repos": [repo("r", false, "2021-01-01T00:00:00Z")],
        "copies": [{"repo": "r", "repository": "up/stream", "same_hash": 3, "same_content_other_author": 9,
                    "first_seen": "2018-01-01T00:00:00Z", "tree_equal": true}],
        "messages_elsewhere": [{"repo": "r", "repository": "a/b", "found": 3, "compared": 40},
                               {"repo": "r", "repository": "up/stream", "found": 31, "compared": 40}],
    });
    let (facts, remarks) = fold_dump(&dump.to_string(), &Claims::default());
    assert!(remarks.is_empty(), "{remarks:?}");
    let account: GithubAccount = all(&facts).remove(0);
    assert_eq!((account.created_year, account.bio.as_deref(), account.readme.as_deref()), (Some(2019), Some("b"), Some("r")));
    let repository: GithubRepository = all(&facts).remove(0);
    assert_eq!(repository.tree_equals.as_deref(), Some("up/stream"));
    assert_eq!(repository.copied_from[0].same_content_other_author, 9);
    assert_eq!(repository.messages_elsewhere.map(|elsewhere| elsewhere.found), Some(31));
    let picture: bonafide_model::fact::Picture = all(&facts).remove(0);
    assert_eq!(picture.phash.as_deref(), Some("000000000000f0f0"));
}

#[test]
fn several_accounts_in_one_file() {
    let (one, two) = (json!({"login": "one", "repos": []}).to_string(), json!({"login": "two", "following": ["x"]}).to_string());
    for text in [format!("{one}\n{two}\n"), format!("[{one},{two}]"), format!("{one}\r\n\r\n{two}")] {
        let (facts, remarks) = fold_dump(&text, &Claims::default());
        assert_eq!(all::<GithubAccount>(&facts).len(), 2, "{text}");
        assert!(remarks.is_empty(), "{remarks:?}");
    }
    let (facts, remarks) = fold_dump(&format!("{one}\n{{broken\n{two}\n"), &Claims::default());
    assert_eq!(all::<GithubAccount>(&facts).len(), 2);
    assert_eq!(remarks[0].line, Some(2));
}

#[test]
fn what_is_no_dump_has_a_named_error() {
    for text in ["", "{", "[]", "{}", "{\"login\": 5, \"commits\": []}", "3"] {
        let source = Source { name: "github.json".into(), content: ContentHash::of_bytes(b"x") };
        let mut sink = FactSink::new(SubjectId::new("s1"), source);
        let error = read(text.as_bytes(), &Claims::default(), &Limits::default(), &mut sink).expect_err(text);
        assert!(error.to_string().starts_with("github.json"), "{error}");
    }
}

#[test]
fn rows_that_cannot_be_read_are_said() {
    let mut dump = sample();
    dump["commits"] = json!([[], "x", ["own", "h", "n", "e@x.example", "yesterday", null, null, null, null, null], null]);
    dump["repos"] = json!([{"fork": true}, 7]);
    dump["tomorrow"] = json!(1);
    let (facts, remarks) = fold_dump(&dump.to_string(), &Claims::default());
    assert_eq!(identity(&facts, "e@x.example").commits, 1);
    let said: Vec<_> = remarks.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn names_in_scripts_without_spaces_are_names() {
    let dump = json!({"login": "quill", "commits": [commit("r", "1", "홍길동", "h@x.example", "2021-01-01T00:00:00Z"),
        commit("r", "2", "quill-dev", "other@x.example", "2021-01-01T00:00:00Z")]});
    let claims = Claims { names: vec!["홍길동".into()], ..Claims::default() };
    let (facts, _) = fold_dump(&dump.to_string(), &claims);
    assert_eq!(identity(&facts, "h@x.example").ownership, Ownership::Own);
    assert_eq!(identity(&facts, "other@x.example").ownership, Ownership::Other);
}

#[test]
fn what_exceeds_a_limit_is_said() {
    let commits: Vec<Value> = (0..3_000)
        .map(|number| {
            let at = format!("{:04}-{:02}-01T00:00:00Z", 1_000 + number / 12, number % 12 + 1);
            commit(&format!("r{number}"), &number.to_string(), "quill-7", &format!("a{}@x.example", number % 500), &at)
        })
        .chain((0..3_000).map(|number| {
            let at = format!("{:04}-{:02}-01T00:00:00Z", 1_000 + number / 12, number % 12 + 1);
            commit("r", &format!("own{number}"), "x", "9+quill-7@users.noreply.github.com", &at)
        }))
        .collect();
    let dump = json!({"login": "quill-7", "commits": commits});
    let (facts, remarks) = fold_dump(&dump.to_string(), &Claims::default());
    assert_eq!(all::<GithubRepository>(&facts).len(), 2_000);
    assert!(
        remarks.iter().any(|remark| remark.text.contains("1001 further repositories") && remark.text.contains("months")),
        "{remarks:?}"
    );
}

#[test]
fn the_developers_dumps_fold_as_counted_by_hand() {
    let Some(text) = crate::test_data::text("tradecraft/github_profiles_dev.jsonl.gz") else { return };
    let offset = |text: &str| text.parse().expect("an offset");
    let mut read = 0;
    for line in text.lines() {
        let (facts, remarks) = fold_dump(line, &Claims::default());
        assert!(remarks.is_empty(), "{remarks:?}");
        let account: GithubAccount = all(&facts).remove(0);
        let identities: Vec<CommitIdentity> = all(&facts);
        assert_eq!(identities.iter().map(|identity| identity.commits).sum::<u32>(), account.commits_listed, "{}", account.login);
        let own: Vec<_> = identities.iter().filter(|identity| identity.ownership == Ownership::Own).collect();
        assert!(!own.is_empty(), "{}", account.login);
        let counted = |clock: &str| -> (u32, u32) {
            let (mut at, mut any) = (0, 0);
            for (found, count) in own.iter().flat_map(|identity| &identity.offsets) {
                any += count;
                at += if *found == offset(clock) { *count } else { 0 };
            }
            (at, any)
        };
        // Expected figures were counted from the rows by another program.
        match account.country_claimed.as_deref() {
            Some("Germany") => {
                assert_eq!((account.country.as_deref(), counted("+10:00")), (Some("DE"), (28, 28)));
            }
            Some("Canada") if account.commits_listed > 0 => {
                assert_eq!((account.country.as_deref(), counted("+03:30")), (Some("CA"), (28, 28)));
            }
            Some("Europa") => {
                assert_eq!(account.country, None, "a continent is no country");
                assert_eq!((counted("+01:00").0 + counted("+02:00").0, counted("+01:00").1), (111, 111));
                assert!(all::<ClockJump>(&facts).is_empty(), "the control has no jump");
            }
            _ => {}
        }
        read += 1;
    }
    assert_eq!(read, 14);
}

/// Figures on request: `cargo test --release -p bonafide-intake figures -- --ignored --nocapture`.
#[test]
#[ignore = "prints figures; run in release"]
fn figures() {
    let authors: Vec<String> = (0..40).map(|number| format!("author{number}@mail.example")).collect();
    let commits: Vec<Value> = (0..1_000)
        .map(|number| {
            let at = format!("2021-{:02}-{:02}T10:{:02}:00+0{}:00", number % 12 + 1, number % 28 + 1, number % 60, number % 9);
            commit(&format!("repo{}", number % 30), &format!("{number:040x}"), "Some Author", &authors[number % 40], &at)
        })
        .collect();
    let followers: Vec<String> = (0..5_000).map(|number| format!("follower-number-{number}")).collect();
    let repos: Vec<Value> = (0..30).map(|number| repo(&format!("repo{number}"), false, "2020-01-01T00:00:00Z")).collect();
    let dump = json!({"login": "mara-q7", "created_at": "2020-01-01T00:00:00Z", "followers": followers, "following": followers, "repos": repos, "commits": commits}).to_string();
    let first = std::time::Instant::now();
    let _ = fold_dump(&dump, &Claims::default());
    eprintln!("the first time: {:?}", first.elapsed());
    let mut times: Vec<_> = (0..50)
        .map(|_| {
            let started = std::time::Instant::now();
            let (facts, _) = fold_dump(&dump, &Claims::default());
            assert!(facts.len() > 30);
            started.elapsed()
        })
        .collect();
    times.sort();
    eprintln!(
        "1,000 commits, 5,000 followers, 5,000 followed ({} bytes): median {:?}, worst {:?}",
        dump.len(),
        times[25],
        times[49]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_dump_panics(
        rows in proptest::collection::vec(
            ("[ab]", "[0-9a-f]{0,3}", "(mara-q7|x y|\\PC{0,8})", "(\\PC{0,12}|[ab]@x.example|7\\+[ab]@users.noreply.github.com)", "(\\PC{0,12}|20[0-9]{2}-0[1-9]-1[0-9]T1[0-9]:00:00[+-]0[0-9]:00)"),
            0..20,
        ),
        extra in "\\PC{0,20}",
    ) {
        let commits: Vec<Value> = rows.iter().map(|(repo, hash, name, email, at)| commit(repo, hash, name, email, at)).collect();
        let dump = json!({"login": "mara-q7", "commits": commits, "unique_emails": {extra.clone(): extra}, "contributors": {"a": ["mara-q7"]}});
        let (facts, _) = fold_dump(&dump.to_string(), &Claims::default());
        let distinct: std::collections::HashSet<_> =
            rows.iter().filter(|row| !row.1.is_empty()).map(|row| (&row.1, crate::canonical::email(&row.3))).collect();
        let empty = rows.iter().filter(|row| row.1.is_empty()).count();
        let counted: u32 = all::<CommitIdentity>(&facts).iter().map(|identity| identity.commits).sum();
        prop_assert_eq!(counted as usize, distinct.len() + empty);
        for identity in all::<CommitIdentity>(&facts).iter().filter(|identity| identity.ownership == Ownership::Own) {
            let mut sums = std::collections::BTreeMap::new();
            for (month, offset, commits) in identity.clocks_by_repository.iter().flat_map(|clocks| &clocks.months) {
                *sums.entry((*month, *offset)).or_insert(0) += commits;
            }
            let sums: Vec<_> = sums.into_iter().map(|((month, offset), commits)| (month, offset, commits)).collect();
            prop_assert_eq!(&sums, &identity.offsets_by_month);
        }
    }

    #[test]
    fn order_of_rows_does_not_matter(seed in any::<u64>()) {
        let dump = sample();
        let mut shuffled = dump.clone();
        let rows = shuffled["commits"].as_array_mut().expect("rows");
        let length = rows.len();
        for index in 0..length {
            rows.swap(index, (seed as usize).wrapping_mul(index + 7) % length);
        }
        let values = |dump: &Value| {
            let (facts, _) = fold_dump(&dump.to_string(), &Claims::default());
            let mut values: Vec<_> = facts.iter().map(|fact| serde_json::to_string(&fact.value).expect("serialises")).collect();
            values.sort();
            values
        };
        prop_assert_eq!(values(&dump), values(&shuffled));
    }
}
