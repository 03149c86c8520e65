//! From what somebody types to a document of the plan: full ids, short ones where only one can be meant, and `kind:id`.

use thiserror::Error;

use crate::plan::{DocId, Kind, Plan};
use crate::text::nearest;

/// How many ids a hint lists at most.
const LISTED: usize = 8;

/// Why no document could be found by what was typed.
#[derive(Debug, Error)]
pub(super) enum LookupError {
    /// There is none.
    #[error("there is no {what} `{written}`")]
    Unknown {
        /// What was looked for: `environment`.
        what: &'static str,
        written: String,
        hint: String,
    },
    /// There are several.
    #[error("`{written}` can mean {}", .meanings.join(" or "))]
    Ambiguous {
        written: String,
        /// Each as it can be typed.
        meanings: Vec<String>,
    },
}

impl LookupError {
    /// Returns an error for `written`, which is none of the ids `known`.
    pub(super) fn unknown<'a>(
        what: &'static str,
        written: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut known: Vec<_> = known.collect();
        known.sort_unstable();
        known.dedup();
        let quoted = |names: &[&str]| {
            let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            quoted.join(" or ")
        };
        let hint = match nearest(written, known.iter().copied()).as_slice() {
            [] if known.is_empty() => format!("this plan has no {what}"),
            [] if known.len() > LISTED => {
                let some = known[..LISTED].join(", ");
                format!("this plan has {} of them, such as {some}", known.len())
            }
            [] => format!("this plan has {}", quoted(&known)),
            near => format!("did you mean {}?", quoted(near)),
        };
        Self::Unknown {
            what,
            written: written.to_owned(),
            hint,
        }
    }

    /// Returns the action that mends it.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::Unknown { hint, .. } => hint.clone(),
            Self::Ambiguous { .. } => "write the one that you mean".to_owned(),
        }
    }
}

/// Returns the document of one of `kinds` that `written` means: an id, alone or after its kind and a colon; for a kind whose
/// ids are scoped, what follows the last slash will do where only one has it.
pub(super) fn find(plan: &Plan, kinds: &[Kind], written: &str) -> Result<DocId, LookupError> {
    let found = candidates(plan, kinds, written);
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let what = kinds.first().map_or("document", |kind| kind.word());
            let id = written.split_once(':').map_or(written, |(_, id)| id);
            let known = kinds.iter().flat_map(|kind| plan.ids(*kind));
            Err(LookupError::unknown(what, id, known))
        }
        several => Err(LookupError::Ambiguous {
            written: written.to_owned(),
            meanings: several.iter().map(|id| typed(plan, *id)).collect(),
        }),
    }
}

/// Returns every document of one of `kinds` that `written` can mean; whole ids before short ones.
pub(super) fn candidates(plan: &Plan, kinds: &[Kind], written: &str) -> Vec<DocId> {
    let prefixed = written.split_once(':');
    let (kinds, id) = match prefixed.and_then(|(kind, id)| Some((Kind::named(kind)?, id))) {
        Some((kind, id)) if kinds.contains(&kind) => (vec![kind], id),
        _ => (kinds.to_vec(), written),
    };
    let whole: Vec<_> = kinds
        .iter()
        .filter_map(|kind| plan.find(*kind, id))
        .collect();
    if !whole.is_empty() {
        return whole;
    }
    let scoped = kinds.iter().filter(|kind| kind.is_scoped());
    let documents = scoped.flat_map(|kind| plan.of_kind(*kind));
    documents
        .filter(|(_, document)| document.short_id() == id)
        .map(|(id, _)| id)
        .collect()
}

/// Returns the document `id` as it can be typed without doubt: `turnover:2026-q4/production`.
pub(super) fn typed(plan: &Plan, id: DocId) -> String {
    let document = plan.document(id);
    format!("{}:{}", document.kind, document.id)
}
