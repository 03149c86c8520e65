//! Release policies: the enforced rules, beside the prose that explains them.

use crate::pages::blocks;
use crate::pages::listing::{listed, referrers};
use crate::pages::parts::{Block, Fact, Section, State, Tone, Value};
use crate::pages::sections;
use crate::pages::show::{Place, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::policy::{Policy, PolicyGate, PolicyScope, Requirement, WindowDefault};
use crate::plan::kinds::{release::Release, train::Train};
use crate::plan::value::{Item, When};

impl Show for Policy {
    const COLUMNS: &'static [&'static str] =
        &["Policy", "In force since", "Applies to", "Gates", "Owner"];

    const PROSE: Place = Place::First;

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        let since = doc.fields.since.as_ref().and_then(When::days);
        Some(match since {
            Some(since) if view.as_of() < since.first => {
                State::new("planned").worded("Not in force yet")
            }
            _ => State::new("in-force").toned(Tone::Good),
        })
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let policy = doc.fields;
        vec![
            Fact::new("In force since", view.when(policy.since.as_ref())),
            Fact::new("Applies to", applies_to(view, policy.applies_to.as_ref())),
            Fact::new("Owner", view.who(doc.document.common.owner.as_ref())),
            Fact::new("Rules followed", sections::followed(view, doc)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let policy = doc.fields;
        let gates = policy.gates.iter().map(|gate| required_gate(view, gate));
        let trains: Vec<_> = referrers::<Train>(view, doc.id, "policy").collect();
        let releases: Vec<_> = referrers::<Release>(view, doc.id, "policy").collect();
        let [trains, more_trains] = listed(view, "Trains that name it", "", &trains);
        let [releases, more_releases] = listed(view, "Releases that name it", "", &releases);
        vec![
            sections::compliance(view, doc),
            sections::excused(view, doc),
            blocks::section("enforced-rules", "What holds always", [rules(view, policy)]),
            blocks::section(
                "release-types",
                "What each type of release needs",
                [types(view, policy)],
            ),
            gates.fold(
                Section::new("required-gates", "What each gate needs"),
                Section::section,
            ),
            blocks::section(
                "promotion",
                "The way to production",
                [promotion(view, policy)],
            ),
            blocks::section(
                "followers",
                "Who follows it",
                [trains, more_trains, releases, more_releases],
            ),
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let policy = doc.fields;
        vec![
            view.document(doc.id),
            view.when(policy.since.as_ref()),
            applies_to(view, policy.applies_to.as_ref()),
            blocks::count(policy.gates.len()),
            view.who(doc.document.common.owner.as_ref()),
        ]
    }
}

/// Returns the types and the applications that a policy governs.
fn applies_to<'p>(view: &View<'p>, scope: Option<&'p PolicyScope>) -> Value<'p> {
    let types = scope
        .iter()
        .flat_map(|scope| &scope.types)
        .map(|of| view.own_word(Some(of)));
    let applications = scope
        .iter()
        .flat_map(|scope| &scope.applications)
        .map(|of| view.reference(of));
    match Value::list(types.chain(applications)) {
        Value::Empty => Value::word("everything"),
        governed => governed,
    }
}

fn rules<'p>(view: &View<'p>, policy: &'p Policy) -> Option<Block<'p>> {
    let versioning = policy
        .versioning
        .as_ref()
        .map(|scheme| Value::code(scheme.to_string()));
    let windows = policy.windows.as_ref().map(|windows| match windows.value {
        WindowDefault::Open => Value::word("may be deployed to at any time"),
        WindowDefault::Closed => Value::word("may not be deployed to"),
    });
    let duties = policy
        .separation_of_duties
        .then(|| Value::word("Nobody approves what they wrote themselves"));
    blocks::facts([
        Fact::new("Version numbering", versioning),
        Fact::new(
            "A train leaves",
            policy.cadence.as_ref().map(|cadence| cadence.to_string()),
        ),
        Fact::new("Separation of duties", duties),
        Fact::new("An environment without a window", windows),
        Fact::new("Business days", view.maybe(policy.calendar.as_ref())),
    ])
}

fn types<'p>(view: &View<'p>, policy: &'p Policy) -> Option<Block<'p>> {
    let columns = [
        "Type",
        "Raises",
        "Notice",
        "Early life support",
        "Post mortem within",
        "Skipped approvals within",
        "May skip",
        "Has to bring",
    ];
    let types = blocks::keyed(
        "What each type of release needs",
        columns,
        "type",
        &policy.types,
        |of_type| {
            [
                view.own_word(Some(&of_type.id)),
                view.choice(of_type.bump.as_ref()),
                view.duration(of_type.notice.as_ref()),
                view.duration(of_type.early_life_support.as_ref()),
                view.duration(of_type.post_mortem_within.as_ref()),
                view.duration(of_type.retrospective_approval.as_ref()),
                Value::list(of_type.skips.iter().map(|stage| view.own_word(Some(stage)))),
                Value::list(
                    of_type
                        .requires
                        .iter()
                        .map(|required| Value::word(requirement(required.value))),
                ),
            ]
        },
    );
    blocks::told(types)
}

/// Returns what people call something that a type of release has to bring.
fn requirement(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Backout => "Back-out",
        Requirement::Notes => "Release notes",
        Requirement::Training => "Training",
        Requirement::Smoke => "Smoke tests",
        Requirement::Change => "Change request",
        Requirement::Artifacts => "Artifacts in the library",
    }
}

/// Returns what one gate needs: criteria, and approvals with their quorum.
fn required_gate<'p>(view: &View<'p>, gate: &'p Item<PolicyGate>) -> Section<'p> {
    let id = blocks::anchored("gate", &gate.id.value);
    let title = gate
        .title
        .as_ref()
        .map_or(&*gate.id.value, |title| &*title.value);
    let columns = ["Criterion", "Evidence", "Counts for"];
    let anchor = format!("criterion-{}", gate.id.value);
    let criteria = blocks::keyed("Criteria", columns, &anchor, &gate.criteria, |criterion| {
        [
            blocks::name(view, criterion.title.as_ref(), &criterion.id.value),
            view.choice(criterion.evidence.as_ref()),
            view.duration(criterion.valid_for.as_ref()),
        ]
    });
    let columns = ["Approval", "Given by", "How many"];
    let approvals = blocks::table("Approvals", columns, &gate.approvals, |approval| {
        let quorum = approval
            .value
            .quorum
            .as_ref()
            .map_or(1, |quorum| quorum.value);
        [
            view.own_word(approval.value.level.as_ref()),
            view.own_word(approval.value.role.as_ref()),
            Value::Number(i64::from(quorum)),
        ]
    });
    blocks::section(id, title, [blocks::told(criteria), blocks::told(approvals)])
}

fn promotion<'p>(view: &View<'p>, policy: &'p Policy) -> Option<Block<'p>> {
    let columns = ["Environment", "How many of the releases"];
    let promotion = blocks::table(
        "The way to production, in order",
        columns,
        &policy.promotion,
        |step| {
            [
                view.maybe(step.value.environment.as_ref()),
                view.own_word(step.value.require.as_ref()),
            ]
        },
    );
    blocks::told(promotion)
}
