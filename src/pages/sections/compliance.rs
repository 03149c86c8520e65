//! How a policy fares: which rules enforce it, how many documents follow or break each, and who breaks it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::pages::blocks;
use crate::pages::parts::{Block, Empty, Link, Section, State, Table, Tally, Value};
use crate::pages::view::View;
use crate::plan::address::rule_address;
use crate::plan::kinds::exception::{Exception, RulingResult};
use crate::plan::kinds::policy::Policy;
use crate::plan::value::Text;
use crate::plan::{Doc, DocId, Kind};
use crate::rules::{self, Rule};

/// How many of those who break a rule are named.
const MOST_BREAKERS: usize = 5;

/// What a policy governs, and how the rules that enforce it are kept.
#[derive(Debug)]
pub(in crate::pages) struct Kept {
    /// The trains and releases that it governs.
    pub governed: Vec<DocId>,
    /// The rules that enforce what it asks for, in the order of the book.
    pub rules: Vec<KeptRule>,
}

/// How one rule is kept by what a policy governs.
#[derive(Debug)]
pub(in crate::pages) struct KeptRule {
    /// The rule.
    pub name: &'static str,
    /// How severe it is where it is broken.
    pub severity: Option<Severity>,
    /// The trains and releases that break it, or in which something does.
    pub broken_by: BTreeSet<DocId>,
    /// Those that are excused from it by an `allow` of their own or of something in them.
    pub excused: BTreeSet<DocId>,
}

impl KeptRule {
    /// Returns whether it is followed: the state of the rule.
    pub(in crate::pages) fn state<'p>(&self) -> State<'p> {
        match self.severity {
            Some(Severity::Error) => State::new("broken").worded("Broken"),
            Some(_) => State::new("at-risk").worded("At risk"),
            None => State::new("met").worded("Followed"),
        }
    }
}

impl Kept {
    /// Returns the trains and releases that break no rule, out of all that are governed; none while there is none.
    pub(in crate::pages) fn followers(&self) -> Option<Tally> {
        let breakers = self.rules.iter().flat_map(|rule| &rule.broken_by);
        let breakers: BTreeSet<_> = breakers.collect();
        let of = self.governed.len();
        let count = of - breakers.len();
        (of > 0).then_some(Tally { count, of })
    }
}

/// Returns how the policy `doc` is kept.
pub(in crate::pages) fn kept(view: &View<'_>, doc: Doc<'_, Policy>) -> Kept {
    let governed = governed(view, doc.id);
    let mut broken = broken(view, &governed);
    let mut excused = excuses(view, &governed);
    let is_asked = |rule: &&Rule| rule.enforces.iter().any(|of| of.is_set(doc.fields));
    let rules = rules::all().filter(is_asked).map(|rule| {
        let name = rule.name.0;
        let (severity, broken_by) = broken.remove(name).unzip();
        KeptRule {
            name,
            severity,
            broken_by: broken_by.unwrap_or_default(),
            excused: excused.remove(name).unwrap_or_default(),
        }
    });
    Kept {
        rules: rules.collect(),
        governed,
    }
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
    let Kept { governed, rules } = kept(view, doc);
    let columns = [
        "Rule",
        "Standing",
        "Followed by",
        "Broken by",
        "Excused",
        "Who breaks it",
    ];
    let mut table = Table::new(
        "Enforced rules: how many trains and releases follow each",
        columns,
    );
    for rule in &rules {
        let broken_by = rule.broken_by.len();
        table.anchored_row(
            blocks::anchored("rule", &rule.name.replace('/', "-")),
            [
                rule_link(view, rule.name),
                rule.state().into(),
                blocks::count(governed.len() - broken_by),
                blocks::count(broken_by),
                (!rule.excused.is_empty())
                    .then(|| blocks::count(rule.excused.len()))
                    .into(),
                breakers(view, &rule.broken_by),
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

/// Returns a link to the page of the rule `name`.
pub(in crate::pages) fn rule_link<'p>(view: &View<'p>, name: &'static str) -> Value<'p> {
    Link::new(view.href(&rule_address(name)), name).into()
}

/// Returns the first of those who break a rule, and how many there are besides.
pub(in crate::pages) fn breakers<'p>(view: &View<'p>, all: &BTreeSet<DocId>) -> Value<'p> {
    let rest = all.len().saturating_sub(MOST_BREAKERS);
    let more = (rest > 0).then(|| view.counted("and {n} more", rest));
    let named = all.iter().take(MOST_BREAKERS);
    let named = named.map(|&id| view.document(id));
    Value::list(named.chain(more.map(Value::from)))
}

/// Returns how many of the rules that enforce a policy nobody breaks; none while it governs nothing.
pub(in crate::pages) fn followed(view: &View<'_>, doc: Doc<'_, Policy>) -> Option<Tally> {
    let Kept { governed, rules } = kept(view, doc);
    let count = rules.iter().filter(|rule| rule.severity.is_none()).count();
    let of = rules.len();
    (!governed.is_empty()).then_some(Tally { count, of })
}

/// Returns the one of `governed` to which the document `id` belongs: itself, its release or its train.
fn owner(view: &View<'_>, id: DocId, governed: &[DocId]) -> Option<DocId> {
    let belongs = view.portal.plan.document(id).belongs;
    let owners = [Some(id), belongs.release, belongs.train];
    let mut owners = owners.into_iter().flatten();
    owners.find(|owner| governed.binary_search(owner).is_ok())
}

/// What is reported where an `allow` excuses nothing.
const UNUSED: &str = "document/unused-allow";

/// Returns which of `governed` are excused from which rule: where they, or what belongs to them, allow it for a reason,
/// and would break it otherwise.
fn excuses<'p>(view: &View<'p>, governed: &[DocId]) -> BTreeMap<&'p str, BTreeSet<DocId>> {
    let mut excused: BTreeMap<&str, BTreeSet<DocId>> = BTreeMap::new();
    for (id, document) in view.portal.plan.documents() {
        let reported = view.portal.diagnostics_in(document.file).iter();
        let unused: Vec<_> = reported
            .filter(|of| of.finding.rule.0 == UNUSED)
            .map(|of| of.finding.at.span)
            .collect();
        let is_used = |rule: &Text| !unused.contains(&rule.span);
        let allowed = document.common.allow.iter().map(|allow| &allow.value);
        let allowed = allowed.filter(|allow| allow.rule.as_ref().is_some_and(is_used));
        for allow in allowed.filter(|allow| allow.reason.is_some()) {
            let owner = owner(view, id, governed).filter(|_| view.portal.path(id).is_some());
            if let Some((rule, owner)) = allow.rule.as_ref().zip(owner) {
                excused.entry(&*rule.value).or_default().insert(owner);
            }
        }
    }
    excused
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
        let Some(owner) = owner(view, id, governed) else {
            continue;
        };
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
        let is_here = target.is_some_and(|target| owner(view, target, &governed).is_some());
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
