//! What is deployed where, and whether the scope of a freeze or a window covers it.

use rustc_hash::FxHashSet;

use super::Schedule;
use crate::plan::kinds::application::Application;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::scope::Scope;
use crate::plan::value::{Ref, Text};
use crate::plan::{Detail, Doc, DocId, Plan};

/// What a deployment touches: one environment, and the applications that change there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'p> {
    /// The environment; none when it is not known.
    pub environment: Option<DocId>,
    /// The train or release whose policy governs the deployment, where there is one.
    pub owner: Option<DocId>,
    /// What changes there: every application that is deployed, and every one that it contains.
    pub parts: Vec<Part<'p>>,
}

/// One application of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part<'p> {
    /// The application; none when it is not known.
    pub application: Option<DocId>,
    /// The release that brings it.
    pub release: Option<DocId>,
    /// The type of that release, or else of its train.
    pub r#type: Option<&'p str>,
}

impl<'p> Schedule<'p> {
    /// Returns what `turnover` touches: its environment, and the applications of its releases with all that they
    /// contain.
    pub fn target(&self, turnover: Doc<'p, Turnover>) -> Target<'p> {
        let belongs = turnover.document.belongs;
        let of_train = belongs.train.and_then(|train| self.type_of(train));
        let mut parts = Vec::new();
        for release in self.contents(turnover) {
            let r#type = self.type_of(release.id).or(of_train);
            let application = release.document.belongs.application;
            self.add_parts(
                Part {
                    application,
                    release: Some(release.id),
                    r#type,
                },
                &mut parts,
            );
        }
        if parts.is_empty() {
            parts.push(Part {
                application: None,
                release: belongs.release,
                r#type: of_train,
            });
        }
        let environment = turnover
            .fields
            .environment
            .as_ref()
            .and_then(|environment| environment.target);
        Target {
            environment,
            owner: belongs.release.or(belongs.train),
            parts,
        }
    }

    /// Returns the target of deploying `application`, with all that it contains, as a release of type `type`.
    pub fn target_of(
        &self,
        environment: DocId,
        application: Option<DocId>,
        r#type: Option<&'p str>,
    ) -> Target<'p> {
        let mut parts = Vec::new();
        self.add_parts(
            Part {
                application,
                release: None,
                r#type,
            },
            &mut parts,
        );
        Target {
            environment: Some(environment),
            owner: None,
            parts,
        }
    }

    /// Returns the type of a train or a release; that of its train where a release names none.
    pub fn type_of(&self, id: DocId) -> Option<&'p str> {
        let document = self.plan.document(id);
        let written = match &document.detail {
            Detail::Train(train) => train.r#type.as_ref(),
            Detail::Release(release) => release.r#type.as_ref(),
            _ => None,
        };
        let of_train = || {
            document
                .belongs
                .train
                .filter(|&train| train != id)
                .and_then(|train| self.type_of(train))
        };
        written.map(|text| &*text.value).or_else(of_train)
    }

    /// Returns whether `scope` covers any part of `target`.
    ///
    /// An absent list means all, `except` is applied last, and an application stands for what it contains. What is not
    /// known is covered only by a scope that does not ask for it.
    pub fn covers(&self, scope: Option<&Scope>, target: &Target<'_>) -> bool {
        self.covered(scope, target).next().is_some()
    }

    /// Returns the parts of `target` that `scope` covers.
    pub fn covered<'t>(
        &self,
        scope: Option<&'t Scope>,
        target: &'t Target<'p>,
    ) -> impl Iterator<Item = Part<'p>> + 't
    where
        'p: 't,
    {
        let plan = self.plan;
        let parts = target.parts.iter().copied();
        parts.filter(move |part| {
            scope.is_none_or(|scope| covers_part(plan, scope, target.environment, part))
        })
    }

    /// Returns whether `scope` covers anything in `environment`.
    pub fn reaches_environment(&self, scope: Option<&Scope>, environment: DocId) -> bool {
        scope.is_none_or(|scope| {
            let except = scope.except.as_ref();
            (scope.environments.is_empty() || names(&scope.environments, Some(environment)))
                && !except.is_some_and(|except| names(&except.environments, Some(environment)))
        })
    }

    /// Returns whether `scope` covers `application`, or something that it contains, in any environment and in a release
    /// of any type.
    pub fn reaches_application(&self, scope: Option<&Scope>, application: DocId) -> bool {
        let Some(scope) = scope else { return true };
        let except = scope.except.as_ref();
        let is_all = scope.applications.is_empty();
        let excepted = except.map_or(&[][..], |except| &except.applications);
        if is_all && excepted.is_empty() {
            return true;
        }
        let mut parts = Vec::new();
        self.add_parts(
            Part {
                application: Some(application),
                release: None,
                r#type: None,
            },
            &mut parts,
        );
        parts.iter().any(|part| {
            (is_all || stands_for(self.plan, &scope.applications, part.application))
                && !stands_for(self.plan, excepted, part.application)
        })
    }

    /// Adds `part` and, for each application that it contains, another part like it.
    pub(super) fn add_parts(&self, part: Part<'p>, parts: &mut Vec<Part<'p>>) {
        let mut seen: FxHashSet<_> = part.application.into_iter().collect();
        let mut next = parts.len();
        parts.push(part);
        while let Some(application) = parts.get(next).map(|part| part.application) {
            next += 1;
            let application: Option<Doc<'_, Application>> =
                application.and_then(|id| self.plan.get(id));
            let inside = application
                .iter()
                .flat_map(|of| &of.fields.contains)
                .filter_map(|part| part.target);
            let new: Vec<_> = inside.filter(|&inside| seen.insert(inside)).collect();
            parts.extend(new.into_iter().map(|inside| Part {
                application: Some(inside),
                ..part
            }));
        }
    }
}

/// Returns whether `scope` covers `part` in `environment`.
fn covers_part(plan: &Plan, scope: &Scope, environment: Option<DocId>, part: &Part<'_>) -> bool {
    let included = (scope.environments.is_empty() || names(&scope.environments, environment))
        && (scope.applications.is_empty()
            || stands_for(plan, &scope.applications, part.application))
        && (scope.types.is_empty() || lists(&scope.types, part.r#type));
    let left_out = scope.except.as_ref().is_some_and(|except| {
        names(&except.environments, environment)
            || stands_for(plan, &except.applications, part.application)
            || lists(&except.types, part.r#type)
    });
    included && !left_out
}

fn names(environments: &[Ref<Environment>], environment: Option<DocId>) -> bool {
    environment.is_some() && environments.iter().any(|named| named.target == environment)
}

fn lists(types: &[Text], r#type: Option<&str>) -> bool {
    types.iter().any(|listed| Some(&*listed.value) == r#type)
}

fn stands_for(plan: &Plan, applications: &[Ref<Application>], part: Option<DocId>) -> bool {
    let Some(part) = part else { return false };
    applications
        .iter()
        .filter_map(|named| named.target)
        .any(|whole| plan.contains(whole, part))
}
