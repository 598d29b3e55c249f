//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

/// Finds applicants and workers who are not who they say they are. Shows the evidence; a person decides.
#[derive(Debug, Parser)]
#[command(name = "bonafide", version, about, long_about = None, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    /// Folder of the store (default: the platform's data folder)
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) data: Option<PathBuf>,
    /// Configuration file (default: bonafide.toml here, then in the platform's configuration folder)
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,
    /// Number of worker threads (default: as many as there are processors)
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) color: Option<Colour>,
    /// No progress on standard error
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Print one JSON line of timings to standard error at the end
    #[arg(long, global = true)]
    pub(crate) timings: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Vet applications: a triage table, and per subject the findings with evidence
    Vet(Vet),
    /// The queue, one case, a decision, an evidence package, erasure
    #[command(subcommand)]
    Case(Case),
    /// The catalogue of checks
    #[command(subcommand)]
    Checks(Checks),
    /// Read résumés into JSON Resume with metadata, layout and claims; find those of one template
    #[command(subcommand)]
    Resume(Resume),
    /// Watch lists and reference tables of the store: fetch, add, status, differences
    #[command(subcommand)]
    Lists(Lists),
    /// Screen names, e-mail addresses, phones, wallets and papers against watch lists
    Screen(Screen),
    /// What partners pass on: indicators out of chat
    #[command(subcommand)]
    Intel(Intel),
    /// Who is the same person, who belongs together
    #[command(subcommand)]
    Link(Link),
    /// Serve collections of indicators by TAXII 2.1
    ///
    /// Collections and their users come from the configuration file, table [taxii]. One port, on this machine alone unless
    /// --behind-proxy says that somebody encrypts what leaves it.
    Serve(Serve),
    /// Verify the store, the configuration and the reference tables
    Doctor,
    /// Show every setting and where its value comes from
    Config(Config),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages into a folder
    Man {
        /// The folder
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Parse foreign bytes for a parent process
    #[command(hide = true)]
    Worker,
}

/// `serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8462")]
    pub(crate) listen: std::net::SocketAddr,
    /// A proxy with TLS stands before it: other addresses than this machine's own may be listened at
    #[arg(long)]
    pub(crate) behind_proxy: bool,
}

/// `vet`
#[derive(Debug, Args)]
pub(crate) struct Vet {
    /// Application folders, JSON files, lone résumés, folders of them, or sets (NDJSON or CSV, also .gz and .xz); - is a set on
    /// standard input
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Résumé texts for a set: NDJSON of {"id","text"}
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) resumes: Option<PathBuf>,
    /// Your reference tables: employers.csv, degree_mills.csv, offices.csv, schools.csv, technologies.csv …
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) tables: Option<PathBuf>,
    /// Write one self-contained HTML report
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    /// Write assessments as JSON, one a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) json: Option<PathBuf>,
    /// Write the triage table as CSV
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) csv: Option<PathBuf>,
    /// Write one HTML and one JSON report per subject into a folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
    /// Read lists and intel from the store but write nothing into it
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The instant that counts as now, RFC 3339 (default: now)
    #[arg(long, value_name = "TIME")]
    pub(crate) as_of: Option<String>,
    /// End with status 1 when a subject reaches this band
    #[arg(long, value_name = "BAND")]
    pub(crate) fail_on: Option<FailOn>,
    /// Show the cards of clear subjects and full coverage too
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// A band to fail on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FailOn {
    /// look or urgent
    Look,
    /// urgent
    Urgent,
}

/// `case …`
#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// The queue: open cases, those that need a person first
    List {
        /// Closed cases too
        #[arg(long)]
        all: bool,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// One case with its findings, decisions and history
    Show {
        /// Subject id
        subject: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Record what a person decided
    Decide {
        /// Subject id
        subject: String,
        /// cleared, asked, held, escalated, rejected-by-person, confirmed-by-person, withdrawn or lapsed
        decision: String,
        /// Who decides
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Write the evidence package: a ZIP with facts, assessment, original files, hashes and a manifest
    Export {
        /// Subject id
        subject: String,
        /// Who asks for it
        #[arg(long, value_name = "NAME")]
        by: String,
        /// The file to write
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: PathBuf,
    },
    /// Erase a subject: destroys its key; the log's chain still verifies
    Erase {
        /// Subject id
        subject: String,
        /// Who erases
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Do it without asking
        #[arg(long)]
        yes: bool,
    },
}

/// `checks …`
#[derive(Debug, Subcommand)]
pub(crate) enum Checks {
    /// All checks
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// The page of one check
    Show {
        /// Code, such as BF-RES-006, or slug
        code: String,
    },
}

/// `resume …`
#[derive(Debug, Subcommand)]
pub(crate) enum Resume {
    /// Read résumés
    Read {
        /// PDF, DOCX, text or Markdown files; - is standard input
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        /// Write to a file instead of standard output
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
    },
    /// Find résumés that were written from one template, and copies
    ///
    /// Sentences are compared with their figures and proper words left open, so that a re-worded template is seen; what a course's
    /// projects have in common is left out. One line a pair.
    Pairs(ResumePairs),
}

/// `resume pairs`
#[derive(Debug, Args)]
pub(crate) struct ResumePairs {
    /// Texts: JSON lines of {"id","text"} (also .gz and .xz); - is standard input
    #[arg(long = "in", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}

/// `link …`
#[derive(Debug, Subcommand)]
pub(crate) enum Link {
    /// Put the rows of a table, or of several, into clusters of one person each
    ///
    /// Columns are typed by their values, weights are learned from the table. The rows are named by the column id, unique_id, rec_id
    /// or record_id, else by the first whose values are all different. --config names a TOML file on the columns: under [columns],
    /// heading = "name", "date", "email", "phone", "code", "category", "text" or "ignore".
    Dedupe(Dedupe),
    /// Link applicants: who is the same person, who belongs to a ring, and how far each is from known bad
    ///
    /// One line an application, in the order of the input: its person, its ring where it would be flagged, and why. Values that
    /// many share are left out and named. Names are never evidence of a ring.
    People(People),
    /// Link new applications with those of an index, and add them to it
    ///
    /// As `link people`, one line for each new application. The index is extended before anything is printed, and no crash loses it.
    Add(Add),
    /// Draw what ties applications to each other
    ///
    /// From what `link people` or `link add` wrote: the rings, or the surroundings of one application, as a page, as a picture, or,
    /// where neither is asked for, as a list. A shared value is a box with a line to each who shares it; the page holds the same as
    /// tables.
    Show(Show),
    /// Record what a person judged about two applications of an index: one person's, or not
    ///
    /// The judgement stands above what linking says, from now on and whenever all are linked anew. Of judgements that contradict
    /// each other the later one stands; the earlier ones are named. `unsure` withdraws one and leaves nothing behind.
    Judge(Judge),
    /// Show what an index knows of an application: its person, its ring, judgements and decisions
    History(LinkHistory),
    /// Record a person's or the intel's decision that applications of an index are known bad, or no longer
    KnownBad(KnownBad),
    /// Remove applications from an index, with all that came of them
    ///
    /// The rest is linked as if they had never been there, and no file of the index holds their ids or hashes any more.
    Forget(Forget),
    /// Link all applications of an index anew
    ///
    /// `link add` does so by itself when one in ten has come since the last time.
    Relink(Relink),
}

/// `link judge`
#[derive(Debug, Args)]
pub(crate) struct Judge {
    /// Folder of the index
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,
    /// One application
    #[arg(long, value_name = "ID")]
    pub(crate) one: String,
    /// The other
    #[arg(long, value_name = "ID")]
    pub(crate) other: String,
    /// What was judged
    #[arg(long = "as", value_name = "VERDICT")]
    pub(crate) verdict: LinkVerdict,
    /// Who judged
    #[arg(long, value_name = "WHO")]
    pub(crate) by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
}

/// What a person judged about two applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinkVerdict {
    /// one person's
    Same,
    /// two people's
    NotSame,
    /// nothing: withdraws an earlier judgement
    Unsure,
}

/// `link history`
#[derive(Debug, Args)]
pub(crate) struct LinkHistory {
    /// Folder of the index
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,
    /// The application
    pub(crate) id: String,
}

/// `link known-bad`
#[derive(Debug, Args)]
pub(crate) struct KnownBad {
    /// Folder of the index
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,
    /// Applications that are known bad from now on
    #[arg(long, value_name = "ID", num_args = 1.., required_unless_present = "withdraw")]
    pub(crate) add: Vec<String>,
    /// Applications that are no longer
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(crate) withdraw: Vec<String>,
    /// Who decided, or the intel's source
    #[arg(long, value_name = "WHO")]
    pub(crate) by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
}

/// `link forget`
#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// Folder of the index
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,
    /// The applications
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,
}

/// `link relink`
#[derive(Debug, Args)]
pub(crate) struct Relink {
    /// Folder of the index
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,
}

/// `link show`
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// What `link people` or `link add` wrote (also .gz and .xz); - is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) links: PathBuf,
    /// An application, a person (p:…) or a ring (r:…); again for more. Default: all rings
    #[arg(long, value_name = "ID")]
    pub(crate) of: Vec<String>,
    /// How many steps around them to go
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) steps: usize,
    /// Write a page with the picture and its tables
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    /// Write the picture alone
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) svg: Option<PathBuf>,
}

/// `link add`
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Folder of the index that `link people --index` made
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,
    /// New applications: JSON lines or CSV (also .gz and .xz); - is standard input
    #[arg(long = "in", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Texts of their résumés: JSON lines of {"id","text"}
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) resumes: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    /// Leave the index as it is
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `link people`
#[derive(Debug, Args)]
pub(crate) struct People {
    /// Applications: JSON lines or CSV (also .gz and .xz); - is standard input
    #[arg(long = "in", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Texts of the résumés: JSON lines of {"id","text"}
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) resumes: Option<PathBuf>,
    /// Applications that people or intel call bad, one id a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) known_bad: Option<PathBuf>,
    /// Also keep the applications in an index in this folder, for `link add`; one that stands there is replaced
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) index: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}

/// `link dedupe`
///
/// Here `--config` names a file on the columns: `[columns]`, then lines such as `born = "date"` or `notes = "ignore"`.
#[derive(Debug, Args)]
pub(crate) struct Dedupe {
    /// A CSV file (also by semicolon or tab, also .gz and .xz); several are linked by the columns they share
    #[arg(long = "in", value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Probability above which two rows are one person
    #[arg(long, value_name = "P", default_value_t = 0.5)]
    pub(crate) threshold: f64,
    /// Write id,cluster to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    /// Write the linked pairs with what each column adds, in bits
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) pairs: Option<PathBuf>,
    /// Write how sound the clusters are (links, density, bridges) and who could not be linked, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,
    /// Use a model that was written before instead of learning one
    #[arg(long = "model-in", alias = "model", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) model: Option<PathBuf>,
    /// Write the model
    #[arg(long = "model-out", alias = "write-model", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) write_model: Option<PathBuf>,
}

/// `lists …`
#[derive(Debug, Subcommand)]
pub(crate) enum Lists {
    /// Fetch lists from their publishers; what is unchanged is not sent again
    ///
    /// A new version is looked at before it replaces the last one: an error page, a cut file or a list that lost half of its entries
    /// is refused, and the last good version stays in force. [lists.sources] of the configuration file adds sources or replaces
    /// addresses.
    Update {
        /// Only these sources (default: all publishers)
        sources: Vec<String>,
        /// Show what would be asked, and ask nobody
        #[arg(long)]
        dry_run: bool,
    },
    /// Add lists and reference tables from files, recognised by content
    Add {
        /// List files as their publishers offer them (also .gz and .xz), or reference tables such as employers.csv
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Name of the source that the files are the newest version of (default: the list's own)
        #[arg(long = "as", value_name = "SOURCE")]
        source: Option<String>,
    },
    /// What is in force, from when, and what is too old
    Status {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// What changed between the last two versions
    Diff {
        /// Only this source
        source: Option<String>,
        /// The older version, by the start of its id
        #[arg(long, value_name = "ID")]
        from: Option<String>,
        /// The newer version, by the start of its id (default: the one in force)
        #[arg(long, value_name = "ID")]
        to: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// `screen`
///
/// Needs no store: the lists are read from files.
#[derive(Debug, Args)]
pub(crate) struct Screen {
    /// A folder of list files as their publishers offer them, or one file; recognised by content, plain, .gz or .xz
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) lists: Vec<PathBuf>,
    /// An index of the lists: used where it is theirs, built where it is not; alone, it is used as it is
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) index: Option<PathBuf>,
    /// Queries, one a line: {"qid":1,"schema":"Person","query":{"name":…,"birthDate":…}}; - is standard input
    #[arg(long = "in", value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Write the answers to a file instead of standard output
    #[arg(long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(crate) out: PathBuf,
    /// Most entries that are shown for a query
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) limit: usize,
    /// Least score of an entry that is shown, 0 to 1
    #[arg(long, value_name = "SCORE", default_value_t = 0.0)]
    pub(crate) threshold: f64,
}

/// `intel …`
#[derive(Debug, Subcommand)]
pub(crate) enum Intel {
    /// Find indicators in chat messages: e-mail addresses, domains, accounts, wallets, hashes …, defanged or not
    ///
    /// Messages are {"id":…,"text":…}, one a line. Answers name each value once, with the bytes of the message it was read from, and
    /// the TLP and PAP markings.
    Extract(LinesInOut),
    /// Judge STIX 2.1 objects, bundles and patterns: errors for every MUST, warnings for good practice
    ///
    /// Cases are {"obj":…} or {"pattern":…}, one a line. Answers say where each rule is broken, and the section that has it.
    Validate(LinesInOut),
}

/// JSON lines in and out.
#[derive(Debug, Args)]
pub(crate) struct LinesInOut {
    /// JSON lines, plain, .gz or .xz; - is standard input
    #[arg(long = "in", value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Write the answers to a file instead of standard output
    #[arg(long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(crate) out: PathBuf,
}

/// `config`
#[derive(Debug, Args)]
pub(crate) struct Config {
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}
