//! The site in memory, and when it is built anew.
//!
//! Each request looks whether the plan has changed, unless one has just looked. A plan that does not build leaves the
//! last good site in place, with the report above its pages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The files of a site by path, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A plan that can be built again and again.
pub trait Rebuild: Sync {
    /// Returns a number that changes when the plan does, at little cost.
    fn fingerprint(&self) -> u64;

    /// Builds the site.
    ///
    /// # Errors
    /// When there is no site to show; the text is the report for the reader.
    fn build(&self) -> Result<Files, String>;
}

/// No look at the plan is older than this when a request is answered.
const LONGEST_REST: Duration = Duration::from_millis(200);

/// A look rests this many times as long as it took, so that looking costs a fifth of the time at most.
const REST_PER_LOOK: u32 = 4;

/// The portal while it is served.
pub(super) struct Portal<'a, R> {
    plan: &'a R,
    last: Mutex<Option<Look>>,
}

/// The last look at the plan, and what came of it.
struct Look {
    fingerprint: u64,
    rest_until: Instant,
    view: View,
}

/// What a request is answered from.
#[derive(Clone, Default)]
pub(super) struct View {
    /// The last good site; empty when there was none yet.
    pub(super) site: Arc<Files>,
    /// Why the plan as it is now does not build.
    pub(super) report: Option<Arc<str>>,
}

impl<'a, R: Rebuild> Portal<'a, R> {
    /// Returns the portal of `plan`, which is first built for the first request.
    pub(super) fn new(plan: &'a R) -> Self {
        Self {
            plan,
            last: Mutex::new(None),
        }
    }

    /// Returns the site of the plan as it is now. Requests that come during a build wait for it.
    pub(super) fn now(&self) -> View {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let began = Instant::now();
        if let Some(look) = &*last
            && began < look.rest_until
        {
            return look.view.clone();
        }
        // The fingerprint comes first: an edit during the build is then seen by the next look.
        let fingerprint = self.plan.fingerprint();
        let rest = LONGEST_REST.min(began.elapsed() * REST_PER_LOOK);
        let view = match last.take() {
            Some(look) if look.fingerprint == fingerprint => look.view,
            look => self.build(look.map(|look| look.view).unwrap_or_default()),
        };
        *last = Some(Look {
            fingerprint,
            rest_until: Instant::now() + rest,
            view: view.clone(),
        });
        view
    }

    fn build(&self, before: View) -> View {
        match self.plan.build() {
            Ok(site) => View {
                site: Arc::new(site),
                report: None,
            },
            Err(report) => View {
                site: before.site,
                report: Some(report.into()),
            },
        }
    }
}
