//! What a policy may ask for, as far as rules enforce it.

use crate::plan::kinds::policy::{
    EvidenceRule, Policy, PolicyCriterion, RequiredApproval, Requirement, TypePolicy, WindowDefault,
};

/// Something that a policy may ask for and that a rule enforces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The types of release that there are.
    Types,
    /// The part of the version that a type may raise.
    Bump,
    /// How long before a deployment is announced.
    Notice,
    /// How long its builders stand by.
    EarlyLifeSupport,
    /// How soon the post mortem is held.
    PostMortem,
    /// How soon skipped approvals are given.
    RetrospectiveApproval,
    /// The stages that a type may skip.
    Skips,
    /// What a type has to bring.
    Requires(Requirement),
    /// The gates that there are.
    Gates,
    /// What has to be true at a gate.
    Criteria,
    /// Evidence for a criterion.
    Evidence,
    /// How long evidence counts.
    ValidFor,
    /// Who has to approve.
    Approvals,
    /// In which role they do.
    Role,
    /// How many have to agree.
    Quorum,
    /// How versions are numbered.
    Versioning,
    /// How often a train leaves.
    Cadence,
    /// That nobody approves what they wrote themselves.
    SeparationOfDuties,
    /// The environments that come before production.
    Promotion,
    /// That nothing is deployed outside of a window.
    Windows,
}

impl Setting {
    /// Returns whether `policy` asks for it.
    pub fn is_set(self, policy: &Policy) -> bool {
        let of_type = |asks: fn(&TypePolicy) -> bool| policy.types.iter().any(|of| asks(&of.value));
        let gates = || policy.gates.iter().map(|gate| &gate.value);
        let criterion = |asks: fn(&PolicyCriterion) -> bool| {
            let mut all = gates().flat_map(|gate| gate.criteria.iter());
            all.any(|of| asks(&of.value))
        };
        let approval = |asks: fn(&RequiredApproval) -> bool| {
            let mut all = gates().flat_map(|gate| gate.approvals.iter());
            all.any(|of| asks(&of.value))
        };
        match self {
            Self::Types => of_type(|_| true),
            Self::Bump => of_type(|of| of.bump.is_some()),
            Self::Notice => of_type(|of| of.notice.is_some()),
            Self::EarlyLifeSupport => of_type(|of| of.early_life_support.is_some()),
            Self::PostMortem => of_type(|of| of.post_mortem_within.is_some()),
            Self::RetrospectiveApproval => of_type(|of| of.retrospective_approval.is_some()),
            // A type that lists no stage may skip none.
            Self::Skips => of_type(|_| true),
            Self::Requires(what) => policy.types.iter().any(|of| {
                let mut required = of.value.requires.iter();
                required.any(|of| of.value == what)
            }),
            Self::Gates => gates().next().is_some(),
            Self::Criteria => criterion(|_| true),
            Self::Evidence => criterion(|of| {
                let rule = of.evidence.as_ref();
                rule.is_some_and(|rule| rule.value == EvidenceRule::Required)
            }),
            Self::ValidFor => criterion(|of| of.valid_for.is_some()),
            Self::Approvals => approval(|_| true),
            Self::Role => approval(|of| of.role.is_some()),
            Self::Quorum => approval(|of| of.quorum.is_some()),
            Self::Versioning => policy.versioning.is_some(),
            Self::Cadence => policy.cadence.is_some(),
            Self::SeparationOfDuties => policy.separation_of_duties,
            Self::Promotion => !policy.promotion.is_empty(),
            Self::Windows => {
                let windows = policy.windows.as_ref();
                windows.is_some_and(|of| of.value == WindowDefault::Closed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Setting;
    use crate::plan::OfKind;
    use crate::plan::description::{Description, Shape};
    use crate::plan::kinds::policy::{Policy, Requirement};
    use crate::rules::all;

    /// The fields of a policy that ask for nothing: what it governs, what it counts by, and what things are called.
    const ASKS_NOTHING: [&str; 7] = [
        "applies_to.types",
        "applies_to.applications",
        "since",
        "calendar",
        "gates.title",
        "gates.criteria.title",
        "promotion.environment",
    ];

    /// Returns the field that says it, as the policy's own description names it.
    fn field(setting: Setting) -> &'static str {
        match setting {
            Setting::Types => "types",
            Setting::Bump => "types.bump",
            Setting::Notice => "types.notice",
            Setting::EarlyLifeSupport => "types.early_life_support",
            Setting::PostMortem => "types.post_mortem_within",
            Setting::RetrospectiveApproval => "types.retrospective_approval",
            Setting::Skips => "types.skips",
            Setting::Requires(Requirement::Backout) => "types.requires.backout",
            Setting::Requires(Requirement::Notes) => "types.requires.notes",
            Setting::Requires(Requirement::Training) => "types.requires.training",
            Setting::Requires(Requirement::Smoke) => "types.requires.smoke",
            Setting::Requires(Requirement::Change) => "types.requires.change",
            Setting::Requires(Requirement::Artifacts) => "types.requires.artifacts",
            Setting::Gates => "gates",
            Setting::Criteria => "gates.criteria",
            Setting::Evidence => "gates.criteria.evidence",
            Setting::ValidFor => "gates.criteria.valid_for",
            Setting::Approvals => "gates.approvals.level",
            Setting::Role => "gates.approvals.role",
            Setting::Quorum => "gates.approvals.quorum",
            Setting::Versioning => "versioning",
            Setting::Cadence => "cadence",
            Setting::SeparationOfDuties => "separation_of_duties",
            Setting::Promotion => "promotion.require",
            Setting::Windows => "windows",
        }
    }

    /// Adds the fields of `description`, the innermost ones, as paths below `above`.
    fn fields(description: &Description, above: &str, found: &mut Vec<String>) {
        for field in description.fields {
            let path = format!("{above}{}", field.name);
            inside(&(field.shape)(), &path, found);
        }
    }

    fn inside(shape: &Shape, path: &str, found: &mut Vec<String>) {
        match shape {
            Shape::List(of) | Shape::Map(of) | Shape::Keyed(of) => match &**of {
                Shape::Choice(words) => {
                    found.extend(words.iter().map(|word| format!("{path}.{}", word.word)));
                }
                of => inside(of, path, found),
            },
            Shape::Record(of) | Shape::Both(_, of) => fields(of, &format!("{path}."), found),
            Shape::OneOf(shapes) => match shapes.iter().find(|of| matches!(of, Shape::Record(_))) {
                Some(of) => inside(of, path, found),
                None => found.push(path.to_owned()),
            },
            _ => found.push(path.to_owned()),
        }
    }

    #[test]
    fn whatever_a_policy_can_ask_for_is_enforced_by_a_rule() {
        let mut asked = Vec::new();
        fields(Policy::KIND.description(), "", &mut asked);
        assert!(asked.iter().any(|path| path == "gates.criteria.evidence"));
        let enforced: Vec<_> = all()
            .flat_map(|rule| rule.enforces)
            .map(|setting| field(*setting))
            .collect();
        let is_enforced = |path: &String| {
            enforced.contains(&path.as_str()) || ASKS_NOTHING.contains(&path.as_str())
        };
        let forgotten: Vec<_> = asked.iter().filter(|path| !is_enforced(path)).collect();
        assert!(forgotten.is_empty(), "no rule enforces {forgotten:?}");
        // And no rule claims what a policy cannot ask for.
        let is_known = |path: &&str| {
            let below = format!("{path}.");
            asked.iter().any(|of| of == path || of.starts_with(&below))
        };
        assert!(enforced.iter().all(is_known), "{enforced:?}");
    }
}
