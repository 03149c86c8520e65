//! Whether a finding rests on something that could not be read.
//!
//! A broken document does not make its neighbours fail: its fault is reported where it is, and whoever would judge by
//! what is hidden there stays silent. Each group of rules, and where that is not sharp enough a rule, names the fields
//! that it rests on ([`Group::rests_on`], [`Rule::rests_on`]); here it is decided, once for all rules, whether one of
//! them is in doubt in a document that a finding has to do with.
//!
//! [`Group::rests_on`]: super::book::Group::rests_on
//! [`Rule::rests_on`]: super::book::Rule::rests_on

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Finding, Findings};
use crate::plan::{DocId, Doubts, Kind, Plan};
use crate::text::{FileId, Location};

use super::book::Reach;

/// What tells where a train or a release stands, whom it belongs to and what governs it. Every rule about them rests on
/// it.
const STANDING: &[&str] = &[
    "id",
    "kind",
    "type",
    "model",
    "policy",
    "train",
    "release",
    "application",
    "history",
    "stages",
    "transitions",
    "types",
    "since",
    "applies_to",
];

/// What tells whom a document is about. One that may be about anything bears on everything.
const BELONGING: &[&str] = &["release", "train", "for", "of", "releases", "contents"];

/// The groups that look at each file by itself: nothing that another field says bears on them.
const BY_THEMSELVES: [&str; 4] = ["document", "reference", "value", "portal"];

/// Drops the findings from index `from` on that rest on what could not be read; those before say why it could not.
pub(super) fn drop_resting(plan: &Plan, findings: &mut Findings, from: usize) {
    let doubtful: Vec<_> = plan.doubtful().collect();
    if doubtful.is_empty() {
        return;
    }
    let judged = findings.split_off(from);
    let doubt = Doubt::new(plan, doubtful, findings);
    findings.extend(judged.into_iter().filter(|finding| !doubt.carries(finding)));
}

/// What is in doubt in a plan.
struct Doubt<'p> {
    plan: &'p Plan,
    /// The documents of which something is in doubt.
    doubtful: Vec<DocId>,
    /// The documents in each file.
    files: FxHashMap<FileId, Vec<DocId>>,
    /// The lines in which a fault was reported.
    lines: FxHashSet<(FileId, u32)>,
}

impl<'p> Doubt<'p> {
    fn new(plan: &'p Plan, doubtful: Vec<DocId>, met: &[Finding]) -> Self {
        let mut files: FxHashMap<FileId, Vec<DocId>> = FxHashMap::default();
        for (id, document) in plan.documents() {
            files.entry(document.file).or_default().push(id);
        }
        let lines = met.iter().map(|finding| line(plan, finding.at)).collect();
        Self {
            plan,
            doubtful,
            files,
            lines,
        }
    }

    /// Returns whether `finding` rests on something that is in doubt.
    fn carries(&self, finding: &Finding) -> bool {
        if self.lines.contains(&line(self.plan, finding.at)) {
            return true;
        }
        let Some(basis) = Basis::of(finding.rule.0) else {
            return false;
        };
        let bears = |&&id: &&DocId| basis.is_in(&self.plan.document(id).doubts);
        let mut bearing = self.doubtful.iter().filter(bears).peekable();
        if bearing.peek().is_none() || basis.reach == Reach::Plan {
            return bearing.peek().is_some();
        }
        let subjects = self.subjects(finding);
        bearing.any(|&id| subjects.iter().any(|subject| self.is_near(id, *subject)))
    }

    /// Returns the documents that `finding` points at.
    fn subjects(&self, finding: &Finding) -> Vec<DocId> {
        let labels = finding.labels.iter().map(|label| label.at.file);
        let files = std::iter::once(finding.at.file).chain(labels);
        let documents = files.filter_map(|file| self.files.get(&file)).flatten();
        documents.copied().collect()
    }

    /// Returns whether what the document `id` says can decide what is said of `subject`: it holds for everything, or one
    /// belongs to the other, or both are parts of one train or release.
    fn is_near(&self, id: DocId, subject: DocId) -> bool {
        use Kind::{
            Application, Calendar, Environment, Freeze, Model, Page, Person, Policy, Team, Window,
        };
        let (roots, theirs) = (self.roots(id), self.roots(subject));
        let document = self.plan.document(id);
        match document.kind {
            Freeze | Window | Environment | Calendar | Policy => true,
            Kind::Approval | Kind::Note | Kind::Review | Kind::Change | Kind::Turnover
                if BELONGING.iter().any(|field| document.doubts.has(field))
                    && document.belongs.train.is_none() =>
            {
                true
            }
            Model | Application | Page | Person | Team => {
                let links = self.plan.links_to(id).map(|link| link.from);
                roots.contains(&subject)
                    || links.into_iter().any(|from| {
                        let linking = self.roots(from);
                        theirs.iter().any(|root| linking.contains(root))
                    })
            }
            // What one release says does not decide what its neighbour in the same train is worth.
            Kind::Train | Kind::Release => theirs.contains(&id) || roots.contains(&subject),
            _ => theirs.iter().any(|root| roots.contains(root)),
        }
    }

    /// Returns what the document `id` is part of or speaks about: itself, what it belongs to, and the trains, releases
    /// and turnovers that it names, with what those belong to.
    fn roots(&self, id: DocId) -> Vec<DocId> {
        let named = self.plan.links_from(id).iter().filter_map(|link| link.to);
        let is_part = |id: &DocId| {
            use Kind::{Approval, Change, Exception, Freeze, Milestone, Release, Train, Turnover};
            let kind = self.plan.document(*id).kind;
            matches!(
                kind,
                Train | Release | Turnover | Milestone | Change | Exception | Freeze | Approval
            )
        };
        let each = std::iter::once(id).chain(named.filter(is_part));
        let with_owners = each.flat_map(|id| {
            let document = self.plan.document(id);
            let belongs = document.belongs;
            [Some(id), document.host, belongs.release, belongs.train]
        });
        with_owners.flatten().collect()
    }
}

fn line(plan: &Plan, at: Location) -> (FileId, u32) {
    (at.file, plan.sources.positions(at).0.line)
}

/// What a rule rests on.
struct Basis {
    /// Whether it rests on where a train or a release stands.
    on_standing: bool,
    /// The fields of its own that it rests on.
    fields: &'static [&'static str],
    reach: Reach,
}

impl Basis {
    /// Returns what the rule `name` rests on; none for a rule that no field bears on.
    fn of(name: &str) -> Option<Self> {
        let rule = super::find(name)?;
        let groups = &mut super::GROUPS.iter();
        let group = groups.find(|group| group.name == rule.name.group())?;
        let on_standing = !BY_THEMSELVES.contains(&group.name);
        let fields = rule.rests_on.unwrap_or(group.rests_on);
        (on_standing || !fields.is_empty()).then_some(Self {
            on_standing,
            fields,
            reach: rule.reach,
        })
    }

    fn is_in(&self, doubts: &Doubts) -> bool {
        let standing = if self.on_standing { STANDING } else { &[] };
        let mut fields = standing.iter().chain(self.fields);
        fields.any(|field| doubts.has(field))
    }
}
