//! What the caller decides: width, colour, how much to say, and where to get what is missing.

use bonafide_model::{
    assessment::Band,
    check::{Need, Strength},
};

/// How a report is written.
#[derive(Clone, Debug)]
pub struct Options {
    /// Columns of the terminal; held between [`Options::NARROWEST`] and [`Options::WIDEST`]. HTML, JSON and CSV do not look at it.
    pub width: usize,
    /// Colours of the terminal. Nothing is said by colour alone.
    pub palette: Palette,
    /// How much the terminal report says.
    pub verbosity: Verbosity,
    /// How to get what checks lack.
    pub remedies: Remedies,
    /// From how many subjects on the HTML page keeps only the table row of a *clear* subject without findings, and says so.
    pub page_limit: usize,
}

impl Options {
    /// The narrowest terminal that is laid out; what is narrower is written for this width.
    pub const NARROWEST: usize = 40;
    /// The widest line; longer lines are hard to read.
    pub const WIDEST: usize = 200;

    /// Plain text of a given width.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// The width that is laid out.
    pub(crate) fn columns(&self) -> usize {
        self.width.clamp(Self::NARROWEST, Self::WIDEST)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 100, palette: Palette::PLAIN, verbosity: Verbosity::Normal, remedies: Remedies::default(), page_limit: 500 }
    }
}

/// How much the terminal report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// The table and the footer.
    Brief,
    /// Also a card for every subject that is *look* or *urgent*.
    #[default]
    Normal,
    /// Also the *clear* subjects in short, and per card every check with what it examined or lacked, and the hashes.
    Verbose,
}

/// What a piece of terminal text is, for its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// A heading.
    Heading,
    /// Something to fall back on: places, codes, notes.
    Quiet,
    /// A value that stands in the evidence.
    Value,
    /// A command to type.
    Command,
    /// The *urgent* band and strong findings.
    Urgent,
    /// The *look* band and medium findings.
    Look,
    /// The *clear* band.
    Clear,
}

impl From<Band> for Role {
    fn from(band: Band) -> Self {
        match band {
            Band::Clear => Self::Clear,
            Band::Look => Self::Look,
            Band::Urgent => Self::Urgent,
        }
    }
}

impl From<Strength> for Role {
    fn from(strength: Strength) -> Self {
        match strength {
            Strength::Weak => Self::Quiet,
            Strength::Medium => Self::Look,
            Strength::Strong => Self::Urgent,
        }
    }
}

/// Escape sequences (ECMA-48 *Select Graphic Rendition* parameters) per role; empty for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Headings.
    pub heading: &'static str,
    /// Quiet text.
    pub quiet: &'static str,
    /// Values.
    pub value: &'static str,
    /// Commands.
    pub command: &'static str,
    /// *urgent*, strong.
    pub urgent: &'static str,
    /// *look*, medium.
    pub look: &'static str,
    /// *clear*.
    pub clear: &'static str,
}

impl Palette {
    /// No colour.
    pub const PLAIN: Self = Self { heading: "", quiet: "", value: "", command: "", urgent: "", look: "", clear: "" };

    /// The sixteen colours of every terminal, so that the reader's own theme decides on contrast.
    pub const ANSI: Self =
        Self { heading: "1", quiet: "2", value: "36", command: "1;36", urgent: "1;31", look: "1;33", clear: "32" };

    /// Colour where the caller found a terminal that wants it.
    #[must_use]
    pub const fn when(colour: bool) -> Self {
        if colour { Self::ANSI } else { Self::PLAIN }
    }

    pub(crate) const fn parameters(&self, role: Role) -> &'static str {
        match role {
            Role::Text => "",
            Role::Heading => self.heading,
            Role::Quiet => self.quiet,
            Role::Value => self.value,
            Role::Command => self.command,
            Role::Urgent => self.urgent,
            Role::Look => self.look,
            Role::Clear => self.clear,
        }
    }
}

/// How to get what checks lack: per kind of need a command and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedies {
    /// For [`Need::WatchList`].
    pub watch_list: Remedy,
    /// For [`Need::Intel`].
    pub intel: Remedy,
    /// For [`Need::LinkGraph`].
    pub link_graph: Remedy,
    /// For [`Need::NetworkData`].
    pub network_data: Remedy,
    /// For [`Need::ReferenceTable`].
    pub reference_table: Remedy,
    /// For [`Need::Facts`].
    pub facts: Remedy,
    /// For [`Need::Collector`].
    pub collector: Remedy,
    /// For [`Need::Check`].
    pub check: Remedy,
}

/// A command and what it does; the command is empty where no command helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    /// The command as it is typed.
    pub command: String,
    /// What it does, in words that follow the command.
    pub does: String,
}

impl Remedy {
    /// A remedy.
    #[must_use]
    pub fn new(command: impl Into<String>, does: impl Into<String>) -> Self {
        Self { command: command.into(), does: does.into() }
    }
}

impl Remedies {
    /// The remedy for a need.
    #[must_use]
    pub const fn of(&self, need: Need) -> &Remedy {
        match need {
            Need::WatchList => &self.watch_list,
            Need::Intel => &self.intel,
            Need::LinkGraph => &self.link_graph,
            Need::NetworkData => &self.network_data,
            Need::ReferenceTable => &self.reference_table,
            Need::Facts => &self.facts,
            Need::Collector => &self.collector,
            Need::Check => &self.check,
        }
    }
}

impl Default for Remedies {
    fn default() -> Self {
        Self {
            watch_list: Remedy::new("bonafide lists update", "fetches the lists from their publishers"),
            intel: Remedy::new("bonafide intel import FILE…", "adds indicators from partners"),
            link_graph: Remedy::new(
                "bonafide vet --data DIR PATH…",
                "compares with the other applications of the call and of the store",
            ),
            network_data: Remedy::new("bonafide lists add FILE…", "takes address ranges, VPN exits and geography"),
            reference_table: Remedy::new("bonafide vet --tables DIR PATH…", "reads your own reference tables"),
            facts: Remedy::new("", "no command helps: the application itself would have to say more"),
            collector: Remedy::new(
                "bonafide collect SOURCE… --subject ID",
                "asks open sources, after showing what it would send",
            ),
            check: Remedy::new(
                "bonafide doctor",
                "examines the installation; the failure is an error of the program, please report it",
            ),
        }
    }
}

/// What is missing, as it follows "needs".
pub(crate) const fn need(need: Need) -> &'static str {
    match need {
        Need::WatchList => "a watch list",
        Need::Intel => "intel",
        Need::LinkGraph => "the link graph",
        Need::NetworkData => "network data",
        Need::ReferenceTable => "a reference table",
        Need::Facts => "more of the subject's own data",
        Need::Collector => "open-source evidence",
        Need::Check => "a repair: the check itself failed",
    }
}
