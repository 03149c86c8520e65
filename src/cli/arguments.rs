//! What can be asked for: the commands and their flags, as help shows them.

mod diff;
mod export;
mod fmt;
mod init;
mod manual;
mod new;
mod shift;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::screen::Screen;
use crate::plan::kinds::approval::Decision;
use crate::report::FORMATS;
use crate::report::answers::Layout;
use crate::time::{Date, Day, Duration, ValueError};

pub(super) use diff::Diff;
pub(super) use fmt::Fmt;
pub(super) use init::Init;
pub(super) use manual::{Completions, Man};
pub(super) use new::New;
pub(super) use shift::Shift;

pub(super) use export::{ALL, Csv, Export, Exported, Ics, Place, Schema};

/// The compiler for release plans.
#[derive(Debug, Parser)]
#[command(
    name = "trainboard",
    version,
    about,
    max_term_width = 100,
    propagate_version = true,
    after_help = "\
Example: trainboard check sample-site

Exit codes: 0 fine, 1 the plan has errors or the answer is no, 2 the command could not be carried out."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// The flags that every command has.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The day that counts as today, such as 2026-11-21; today in the plan's zone unless given
    #[arg(long, global = true, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Day>,
    /// When to use colour; `NO_COLOR` and `CLICOLOR` are heeded too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// How many threads to use; one per core unless given
    #[arg(long, global = true, value_name = "COUNT")]
    pub jobs: Option<NonZeroUsize>,
    /// Say nothing but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say how long each step took
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Publish drafts too
    #[arg(long, global = true)]
    pub drafts: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Build(Build),
    Check(Check),
    Diff(Diff),
    Serve(Serve),
    Explain(Explain),
    CanDeploy(CanDeploy),
    Due(Due),
    Approve(Approve),
    Shift(Shift),
    Fmt(Fmt),
    Export(Export),
    New(New),
    Init(Init),
    Completions(Completions),
    Man(Man),
}

/// Check the plan, then write the portal in one atomic swap
///
/// A plan with errors is not published: the portal that is there stays. Exit codes: 0 the portal is up to date, 1 the
/// plan has errors, 2 it could not be built.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard build plan --output public")]
pub(super) struct Build {
    #[command(flatten)]
    pub plan: PlanArguments,
    /// The folder to write; `output:` of trainboard.yaml or `public` in the plan unless given
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Say what does not hold together, and how to mend it
///
/// Exit codes: 0 no error, 1 errors (with `--deny-warnings`, warnings too), 2 the plan could not be read.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard check plan --format json --as-of 2026-11-21")]
pub(super) struct Check {
    #[command(flatten)]
    pub plan: PlanArguments,
    /// Apply the fixes that are safe, then say what is left; comments and layout stay
    #[arg(long, conflicts_with = "revision")]
    pub fix: bool,
    /// Say only what this git revision did not have
    #[arg(long, value_name = "REVISION")]
    pub new_since: Option<String>,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    pub format: String,
    /// Fail on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Build the portal in memory and show it on this machine
///
/// Edits show by themselves in every open page. Errors in the plan are shown above the page and here, and never stop the
/// server. Exit codes: 2 the plan could not be read or the port is taken.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard serve sample-site --port 8080")]
pub(super) struct Serve {
    /// The folder that holds trainboard.yaml, or one below it
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// The port to listen on
    #[arg(long, default_value_t = crate::serve::PORT)]
    pub port: u16,
    /// Look at the files twice a second, where the system does not tell of changes: some network and shared folders
    #[arg(long)]
    pub poll: bool,
}

/// Explain a rule: what it asks for, why, an example, how to mend it, when to allow it
///
/// Without a rule, lists them all. Exit codes: 0 explained, 2 there is no such rule.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard explain document/unknown-key")]
pub(super) struct Explain {
    /// The rule, such as train/no-manager
    pub rule: Option<String>,
}

/// Say whether something may be deployed, every reason why not, and when it would fit
///
/// Asks freezes, windows and their cutoffs, reservations, other turnovers, and whether the environment can be used. With
/// `--train` or `--turnover` also exceptions, needs and versions, promotion, acceptance, and, for production, gates and
/// changes, as they stand today. Errors of the plan that touch the question are reasons too. With `--quiet` the exit code
/// alone answers.
///
/// Exit codes: 0 yes, 1 no, 2 the question could not be asked.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard can-deploy --environment production --application payments --for 2h
  trainboard can-deploy --turnover 2026-q4/production --at '2026-12-05 22:00' --format json
  trainboard can-deploy --environment production --quiet && ./deploy")]
pub(super) struct CanDeploy {
    /// Where it is deployed to; the turnover's environment unless given
    #[arg(
        short,
        long,
        value_name = "ENVIRONMENT",
        required_unless_present = "turnover"
    )]
    pub environment: Option<String>,
    /// An application that is deployed, with all that it contains; give it once for each
    #[arg(short, long, value_name = "APPLICATION")]
    pub application: Vec<String>,
    /// When it begins: a day (from its start), a moment such as '2026-12-12 22:00' by the environment's clocks, or `now`;
    /// now unless given, or the start of the day of `--as-of`
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub at: Option<When>,
    /// How long it takes, such as 90m or 6h; as long as the turnover is planned to, else only that moment counts
    #[arg(long = "for", value_name = "DURATION", value_parser = length)]
    pub length: Option<Duration>,
    /// The type of the release, such as emergency; that of the train or its releases unless given
    #[arg(long, value_name = "TYPE")]
    pub r#type: Option<String>,
    /// The train that is deployed: its reservations, exceptions, needs and gates count
    #[arg(long, value_name = "TRAIN")]
    pub train: Option<String>,
    /// The turnover that is deployed, such as 2026-q4/production
    #[arg(long, value_name = "TURNOVER")]
    pub turnover: Option<String>,
    /// Who deploys, where only some may; the owner of the turnover unless given
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: AnswerFormat,
    #[command(flatten)]
    pub plan: PlanArguments,
}

/// Say what is late and what falls due, per owner, the oldest first
///
/// Criteria, approvals, milestones, tasks, communications, actions, risks without a response, training, the end of
/// support, deployments and changes. A person is told what their teams and their roles have to do as well, a team what
/// its members have to.
///
/// Exit codes: 0 told, 1 something is late and `--fail-late` was given, 2 the plan could not be read.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard due --within 10bd --owner ana --format markdown")]
pub(super) struct Due {
    /// How far to look ahead, in days, weeks or business days of the plan: 14d, 3w, 10bd
    #[arg(long, value_name = "DURATION", default_value = "14d", value_parser = days)]
    pub within: Duration,
    /// Whose things: a person, or a team
    #[arg(long, value_name = "PERSON")]
    pub owner: Option<String>,
    /// Only what belongs to this train, or to this release
    #[arg(long, value_name = "TRAIN")]
    pub train: Option<String>,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: AnswerFormat,
    /// Fail when something is late
    #[arg(long)]
    pub fail_late: bool,
    #[command(flatten)]
    pub plan: PlanArguments,
}

/// Say where a decision stands, and write the approval document to commit
///
/// The document names the fingerprint of what is approved as it is now: its dates, scope, artifacts and tasks. If one of
/// them changes later, the approval is stale. A decision that would not count is told, and written all the same. With
/// `--quiet` only the document is printed.
///
/// Exit codes: 0 printed or written, 2 there is no such gate, or the file could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard approve 2026-q4/verification --by omar --write
  trainboard approve verification --of release:payments-4.2
  trainboard approve change:CHG-1042 --level change --role change-manager --by ruth
  trainboard approve 2026-q4/verification --by sofia --decision rejected --reason 'No load test' --return-to construction")]
pub(super) struct Approve {
    /// The gate, as 2026-q4/verification; or what is decided on as a whole, as change:CHG-1042
    #[arg(value_name = "GATE")]
    pub gate: String,
    /// The train or release whose gate it is
    #[arg(long, value_name = "ID")]
    pub of: Option<String>,
    /// The level of the decision; the first that is missing unless given
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
    /// Who decides; whoever alone holds the role today unless given
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// The role in which it is decided; the one that the gate asks for unless given
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// What is decided
    #[arg(long, value_name = "DECISION", default_value = "approved")]
    pub decision: Verdict,
    /// Why; a rejection needs it
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The stage to return to; a rejection needs it
    #[arg(long, value_name = "STAGE")]
    pub return_to: Option<String>,
    /// Write the document into the plan; a file that is there is never overwritten
    #[arg(long, conflicts_with = "revision")]
    pub write: bool,
    #[command(flatten)]
    pub plan: PlanArguments,
}

/// What somebody decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Verdict {
    /// It may pass
    Approved,
    /// It may not
    Rejected,
    /// No vote either way
    Abstained,
}

impl From<Verdict> for Decision {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Approved => Self::Approved,
            Verdict::Rejected => Self::Rejected,
            Verdict::Abstained => Self::Abstained,
        }
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people, on a terminal
    Human,
    /// For a comment or a chat
    Markdown,
    /// One JSON object, for programs
    Json,
}

impl AnswerFormat {
    /// Returns the layout on standard output.
    pub(super) fn layout(self, screen: &Screen) -> Layout {
        match self {
            Self::Human => Layout::Human(screen.drawing().ink),
            Self::Markdown => Layout::Markdown,
            Self::Json => Layout::Json,
        }
    }
}

/// When something begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum When {
    /// Now.
    Now,
    /// On a day or at a moment.
    At(Date),
}

/// Which plan is read.
#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    /// The folder that holds trainboard.yaml, or one below it
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Read the plan as of this git revision instead of the files on disk
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).map_err(|error| error.message)
}

fn moment(text: &str) -> Result<When, String> {
    if text.trim() == "now" {
        return Ok(When::Now);
    }
    match Date::parse(text) {
        Ok(date @ (Date::Day(_) | Date::Moment(_))) => Ok(When::At(date)),
        Ok(_) => Err("this is no one time: write a day such as 2026-12-12, a moment such as '2026-12-12 22:00', or now".to_owned()),
        Err(error) => Err(explained(&error)),
    }
}

fn length(text: &str) -> Result<Duration, String> {
    Duration::parse(text).map_err(|error| explained(&error))
}

fn days(text: &str) -> Result<Duration, String> {
    let within = length(text)?;
    // A duration without length is of no unit in particular.
    match within.exact_seconds() {
        Some(seconds) if seconds != 0 => {
            Err("what falls due is counted in days: write `2d`, `3w` or `10bd`".to_owned())
        }
        _ => Ok(within),
    }
}

/// Returns what is wrong with a value, and what to write instead.
fn explained(error: &ValueError) -> String {
    match &error.hint {
        Some(hint) => format!("{} ({hint})", error.message),
        None => error.message.clone(),
    }
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(
        FORMATS
            .iter()
            .map(|format| clap::builder::PossibleValue::new(format.name).help(format.about)),
    )
}
