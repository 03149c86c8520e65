//! `release/item-in-two-releases`: a scope item is in one release.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::parts::item::{Item, ItemStatus};
use crate::plan::value::Item as Listed;
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("item-in-two-releases.md"),
    check,
);

const NAME: &str = "release/item-in-two-releases";

/// An item and the release that claims it.
type Claim<'p> = (Doc<'p, Release>, &'p Listed<Item>);

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut claims: BTreeMap<&str, Vec<Claim<'_>>> = BTreeMap::new();
    for release in plan
        .all::<Release>()
        .filter(|it| keeps_its_items(plan, *it))
    {
        let items = release.fields.items.iter();
        for item in items.filter(|item| !has_left(&item.value)) {
            claims
                .entry(&item.id.value)
                .or_default()
                .push((release, item));
        }
    }
    for claims in claims.values_mut().filter(|claims| claims.len() > 1) {
        // What is closed was first, and who has done it keeps it; the others can still let go.
        claims.sort_by_key(|(release, item)| {
            (plan.is_open(release.id), !is_done(&item.value), release.id)
        });
        let (first, others) = (claims[0], &claims[1..]);
        let open = others
            .iter()
            .filter(|(release, _)| plan.is_open(release.id));
        let same = open.filter(|other| are_one(first.1, other.1));
        findings.extend(same.map(|other| claimed_twice(plan, first, *other)));
    }
}

fn claimed_twice(plan: &Plan, first: Claim<'_>, other: Claim<'_>) -> Finding {
    let ((keeper, kept), (release, item)) = (first, other);
    let (id, keeper_id) = (&item.id.value, &keeper.document.id);
    let message = format!(
        "item {id} is in release {keeper_id} as well as in {}",
        release.document.id
    );
    let finding = Finding::new(NAME, plan.locate(release.id, item.id.span), message);
    let finding = finding.also(
        plan.locate(keeper.id, kept.id.span),
        format!("also in {keeper_id}"),
    );
    finding.hint("keep it in the release that brings it, and drop it from the other")
}

/// Returns whether what `release` lists is in it: not when it was given up or taken back.
fn keeps_its_items(plan: &Plan, release: Doc<'_, Release>) -> bool {
    let course = plan.course(release.id);
    let in_vain = course.is_some_and(|course| standing::was_in_vain(&course));
    !release.fields.items.is_empty() && !in_vain && !plan.is_abandoned(release.id)
}

/// Returns whether the item has left the release that lists it.
fn has_left(item: &Item) -> bool {
    let status = item.status.as_ref().map(|status| status.value);
    matches!(status, Some(ItemStatus::Dropped | ItemStatus::Reopened))
}

fn is_done(item: &Item) -> bool {
    let status = item.status.as_ref().map(|status| status.value);
    status == Some(ItemStatus::Done)
}

/// Returns whether two items of one id are one thing: their addresses do not differ.
fn are_one(one: &Item, other: &Item) -> bool {
    match (&one.url, &other.url) {
        (Some(one), Some(other)) => one.value == other.value,
        _ => true,
    }
}
