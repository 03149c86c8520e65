//! How a policy fares: which rules enforce it, how many documents follow or break each, and who breaks it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::pages::blocks;
use crate::pages::parts::{Block, Empty, Section, State, Table, Tally, Value};
use crate::pages::view::View;
use crate::plan::kinds::exception::{Exception, RulingResult};
use crate::plan::kinds::policy::{Policy, Requirement, WindowDefault};
use crate::plan::{Doc, DocId, Kind};

/// How many of those who break a rule are named.
const MOST_BREAKERS: usize = 5;

/// A rule that enforces something of a policy, and whether the policy asks for it.
type Enforced = (&'static str, fn(&Policy) -> bool);

/// The rules that enforce policies, in the order in which a policy is written.
const ENFORCED: &[Enforced] = &[
    ("train/unknown-type", |of| !of.types.items.is_empty()),
    ("release/type-mismatch", |of| {
        of.types.iter().any(|of| of.value.bump.is_some())
    }),
    ("release/late-notice", |of| {
        of.types.iter().any(|of| of.value.notice.is_some())
    }),
    ("closing/support-not-ended", |of| {
        of.types
            .iter()
            .any(|of| of.value.early_life_support.is_some())
    }),
    ("closing/review-missing", |of| {
        of.types
            .iter()
            .any(|of| of.value.post_mortem_within.is_some())
    }),
    ("transition/retrospective-approval-missing", |of| {
        of.types
            .iter()
            .any(|of| of.value.retrospective_approval.is_some())
    }),
    ("transition/skipped-stage", |of| !of.types.items.is_empty()),
    ("turnover/no-backout", |of| {
        requires(of, Requirement::Backout)
    }),
    ("note/missing", |of| requires(of, Requirement::Notes)),
    ("release/no-training", |of| {
        requires(of, Requirement::Training)
    }),
    ("turnover/no-smoke", |of| requires(of, Requirement::Smoke)),
    ("change/missing", |of| requires(of, Requirement::Change)),
    ("release/artifact-missing", |of| {
        requires(of, Requirement::Artifacts)
    }),
    ("gate/not-passed", |of| !of.gates.items.is_empty()),
    ("gate/evidence-missing", has_criteria),
    ("gate/evidence-expired", has_criteria),
    ("gate/waiver-incomplete", has_criteria),
    ("approval/missing", has_approvals),
    ("approval/quorum", has_approvals),
    ("approval/not-in-role", has_approvals),
    ("approval/own", |of| of.separation_of_duties),
    ("release/version-scheme", |of| of.versioning.is_some()),
    ("release/version-not-monotonic", |of| {
        of.versioning.is_some()
    }),
    ("train/cadence-missed", |of| of.cadence.is_some()),
    ("turnover/promotion-skipped", |of| !of.promotion.is_empty()),
    ("window/outside", |of| {
        of.windows
            .as_ref()
            .is_some_and(|of| of.value == WindowDefault::Closed)
    }),
    ("policy/too-many-emergencies", |_| true),
];

fn requires(policy: &Policy, requirement: Requirement) -> bool {
    let types = policy.types.iter();
    let mut required = types.flat_map(|of| &of.value.requires);
    required.any(|of| of.value == requirement)
}

fn has_criteria(policy: &Policy) -> bool {
    policy
        .gates
        .iter()
        .any(|gate| !gate.value.criteria.items.is_empty())
}

fn has_approvals(policy: &Policy) -> bool {
    policy
        .gates
        .iter()
        .any(|gate| !gate.value.approvals.is_empty())
}

/// The trains and releases that a policy governs.
fn governed(view: &View<'_>, policy: DocId) -> Vec<DocId> {
    let plan = view.portal.plan;
    let courses = [Kind::Train, Kind::Release]
        .into_iter()
        .flat_map(|kind| view.portal.published_of(kind));
    let is_bound = |id: &&DocId| plan.binding_policy(**id).is_some_and(|of| of.id == policy);
    courses.filter(is_bound).copied().collect()
}

/// Returns the section of the rules that enforce a policy, with how many follow and break each.
pub(in crate::pages) fn compliance<'p>(view: &View<'p>, doc: Doc<'p, Policy>) -> Section<'p> {
    let governed = governed(view, doc.id);
    let broken = broken(view, &governed);
    let columns = [
        "Rule",
        "Standing",
        "Followed by",
        "Broken by",
        "Who breaks it",
    ];
    let mut table = Table::new(
        "Enforced rules: how many trains and releases follow each",
        columns,
    );
    for (rule, _) in ENFORCED.iter().filter(|(_, is_asked)| is_asked(doc.fields)) {
        let none = BTreeSet::new();
        let breakers = broken.get(rule).map_or(&none, |(_, breakers)| breakers);
        let state = match broken.get(rule) {
            Some((Severity::Error, _)) => State::new("broken").worded("Broken"),
            Some(_) => State::new("at-risk").worded("At risk"),
            None => State::new("met").worded("Followed"),
        };
        let rest = breakers.len().saturating_sub(MOST_BREAKERS);
        let more = (rest > 0).then(|| view.portal.locale.phrase("and {n} more", &[("n", &rest)]));
        let named = breakers
            .iter()
            .take(MOST_BREAKERS)
            .map(|&id| view.document(id));
        table.anchored_row(
            blocks::anchored("rule", &rule.replace('/', "-")),
            [
                Value::code(*rule),
                state.into(),
                blocks::count(governed.len() - breakers.len()),
                blocks::count(breakers.len()),
                Value::list(named.chain(more.map(Value::from))),
            ],
        );
    }
    let nobody = governed
        .is_empty()
        .then(|| Block::Empty(Empty::new("It governs no train and no release yet", None)));
    let told = blocks::told(table).filter(|_| nobody.is_none());
    blocks::section(
        "compliance",
        "Who follows and who breaks it",
        [told, nobody],
    )
}

/// Returns how many of the rules that enforce a policy nobody breaks; none while it governs nothing.
pub(in crate::pages) fn followed(view: &View<'_>, doc: Doc<'_, Policy>) -> Option<Tally> {
    let governed = governed(view, doc.id);
    let broken = broken(view, &governed);
    let asked = ENFORCED.iter().filter(|(_, is_asked)| is_asked(doc.fields));
    let (mut count, mut of) = (0, 0);
    for (rule, _) in asked {
        count += usize::from(!broken.contains_key(rule));
        of += 1;
    }
    (!governed.is_empty()).then_some(Tally { count, of })
}

/// Returns which of `governed` break which rule, and how severe that is: what is reported in the file of one, and in
/// those of what belongs to it.
fn broken<'p>(
    view: &View<'p>,
    governed: &[DocId],
) -> BTreeMap<&'static str, (Severity, BTreeSet<DocId>)> {
    let plan = view.portal.plan;
    let mut broken: BTreeMap<&'static str, (Severity, BTreeSet<DocId>)> = BTreeMap::new();
    for &id in view.portal.published() {
        let document = plan.document(id);
        let diagnostics = view.portal.diagnostics_in(document.file);
        if diagnostics.is_empty() {
            continue;
        }
        let owners = [Some(id), document.belongs.release, document.belongs.train];
        let owner = owners
            .into_iter()
            .flatten()
            .find(|owner| governed.binary_search(owner).is_ok());
        let Some(owner) = owner else { continue };
        for diagnostic in diagnostics {
            let severity = diagnostic.severity;
            let rule = diagnostic.finding.rule.0;
            let entry = broken.entry(rule).or_insert((severity, BTreeSet::new()));
            entry.0 = worse(entry.0, severity);
            entry.1.insert(owner);
        }
    }
    broken
}

fn worse(one: Severity, other: Severity) -> Severity {
    match (one, other) {
        (Severity::Error, _) | (_, Severity::Error) => Severity::Error,
        (one, _) => one,
    }
}

/// Returns the section of what was excused from a policy: waivers, and freeze exceptions that were granted.
pub(in crate::pages) fn excused<'p>(view: &View<'p>, doc: Doc<'p, Policy>) -> Section<'p> {
    let plan = view.portal.plan;
    let governed = governed(view, doc.id);
    let columns = ["What", "For", "Granted by", "Reason", "Until"];
    let mut table = Table::new("What was excused, by whom and until when", columns);
    for &id in &governed {
        for gate in view.portal.progress.gates(id) {
            for result in &gate.criteria {
                let own = result.criterion.own;
                let Some(waiver) = own.and_then(|own| own.value.waiver.as_ref()) else {
                    continue;
                };
                let of = view.of(id);
                table.row([
                    blocks::name(view, result.criterion.title(), result.criterion.id),
                    view.document(id),
                    of.who(waiver.by.as_ref()),
                    of.text(waiver.reason.as_ref()),
                    of.when(waiver.expires.as_ref()),
                ]);
            }
        }
    }
    for &id in view.portal.published_of(Kind::Exception) {
        let Some(exception) = plan.get::<Exception>(id) else {
            continue;
        };
        let decision = exception.fields.decision.as_ref();
        let result = decision.and_then(|of| of.result.as_ref());
        let target = exception.fields.r#for.as_ref().and_then(|of| of.target);
        let belongs = target.map(|target| plan.document(target).belongs);
        let owners = [
            target,
            belongs.and_then(|of| of.release),
            belongs.and_then(|of| of.train),
        ];
        let is_here = owners
            .into_iter()
            .flatten()
            .any(|owner| governed.binary_search(&owner).is_ok());
        if is_here && result.is_some_and(|of| of.value == RulingResult::Approved) {
            let of = view.of(id);
            table.row([
                view.document(id),
                view.maybe(exception.fields.r#for.as_ref()),
                of.who(decision.and_then(|of| of.by.as_ref())),
                of.text(exception.fields.reason.as_ref()),
                of.when(exception.fields.expires.as_ref()),
            ]);
        }
    }
    let empty = Empty::new("No exception granted", None);
    let block = blocks::told(table).unwrap_or(Block::Empty(empty));
    blocks::section("excused", "Exceptions granted", [Some(block)])
}
