//! How policies are kept: which trains and releases follow the rules that enforce them, break them, or are excused.

use super::{Lines, Report, Told, WORST, capped, checked};
use crate::pages::blocks;
use crate::pages::parts::{Empty, Table, Tally, Value};
use crate::pages::sections::{Kept, KeptRule, breakers, kept, rule_link};
use crate::pages::view::View;
use crate::plan::kinds::policy::Policy;
use crate::plan::{Doc, Kind};

pub(super) const REPORT: Report = Report {
    name: "compliance",
    title: "Policy compliance",
    about: "Who follows the policies, who breaks them, and who is excused?",
    told,
    lines,
};

/// Returns every published policy, and how it is kept.
fn policies<'p>(view: &View<'p>) -> Vec<(Doc<'p, Policy>, Kept)> {
    let plan = view.portal.plan;
    let policies = view.portal.published_of(Kind::Policy).iter();
    let policies = policies.filter_map(|&id| plan.get::<Policy>(id));
    policies
        .map(|policy| (policy, kept(view, policy)))
        .collect()
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let policies = policies(view);
    let followers = policies.iter().filter_map(|(_, kept)| kept.followers());
    let followers = followers.reduce(|one, other| Tally {
        count: one.count + other.count,
        of: one.of + other.of,
    });
    let (number, details) = match followers {
        Some(count) => (
            count.into(),
            vec![Value::word(
                "trains and releases follow every rule of their policy",
            )],
        ),
        None => (
            Value::word("No policy governs anything"),
            vec![checked(view)],
        ),
    };
    let mut broken: Vec<(Doc<'p, Policy>, &KeptRule)> = policies
        .iter()
        .flat_map(|(policy, kept)| kept.rules.iter().map(move |rule| (*policy, rule)))
        .filter(|(_, rule)| !rule.broken_by.is_empty())
        .collect();
    broken.sort_by_key(|(_, rule)| (std::cmp::Reverse(rule.broken_by.len()), rule.name));
    let columns = ["Rule", "Policy", "Broken by", "Who breaks it"];
    let first = broken.into_iter().take(WORST);
    let worst = blocks::table("Broken most often", columns, first, |(policy, rule)| {
        [
            rule_link(view, rule.name),
            view.document(policy.id),
            blocks::count(rule.broken_by.len()),
            breakers(view, &rule.broken_by),
        ]
    });
    let summary = blocks::section(
        "policies",
        "Per policy",
        [blocks::told(summary(view, &policies))],
    );
    let rules = blocks::section("rules", "Per rule", capped(view, rules(view, &policies)));
    Told {
        number,
        details,
        worst,
        nothing: Empty::new("No rule of a policy is broken", None),
        sections: vec![summary, rules],
    }
}

fn summary<'p>(view: &View<'p>, policies: &[(Doc<'p, Policy>, Kept)]) -> Table<'p> {
    let columns = ["Policy", "Follow every rule", "Rules followed", "Excused"];
    blocks::table(
        "How each policy is kept",
        columns,
        policies,
        |(policy, kept)| {
            let followed = kept.rules.iter().filter(|rule| rule.broken_by.is_empty());
            let rules = Tally {
                count: followed.count(),
                of: kept.rules.len(),
            };
            let excused: usize = kept.rules.iter().map(|rule| rule.excused.len()).sum();
            [
                view.document(policy.id),
                kept.followers()
                    .map_or(Value::word("governs nothing yet"), Value::from),
                (rules.of > 0 && !kept.governed.is_empty())
                    .then_some(rules)
                    .into(),
                blocks::count(excused),
            ]
        },
    )
}

fn rules<'p>(view: &View<'p>, policies: &[(Doc<'p, Policy>, Kept)]) -> Table<'p> {
    let columns = ["Rule", "Standing", "Followed by", "Broken by", "Excused"];
    let mut table = Table::new("How each rule is kept, policy by policy", columns);
    for (policy, kept) in policies
        .iter()
        .filter(|(_, kept)| !kept.governed.is_empty())
    {
        table.group(view.document(policy.id));
        for rule in &kept.rules {
            table.row([
                rule_link(view, rule.name),
                rule.state().into(),
                blocks::count(kept.governed.len() - rule.broken_by.len()),
                blocks::count(rule.broken_by.len()),
                blocks::count(rule.excused.len()),
            ]);
        }
    }
    table
}

fn lines(view: &View<'_>) -> Lines {
    let policies = policies(view);
    let rows = policies.iter().flat_map(|(policy, kept)| {
        kept.rules.iter().map(|rule| {
            vec![
                policy.document.id.to_string(),
                rule.name.to_owned(),
                (kept.governed.len() - rule.broken_by.len()).to_string(),
                rule.broken_by.len().to_string(),
                rule.excused.len().to_string(),
            ]
        })
    });
    Lines {
        columns: &["policy", "rule", "followed", "broken", "excused"],
        rows: rows.collect(),
    }
}
