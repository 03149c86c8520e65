//! Where a new document goes, and what it is called there.

use std::collections::BTreeMap;

use super::{Refusal, Wish};
use crate::load::{id_of_path, is_legal_id, kind_of_path};
use crate::plan::{DocId, INDEXES, Kind, Plan};
use crate::time::Date;

/// The kinds whose documents stand below their train, where they have one.
const BELOW_TRAINS: &[Kind] = &[
    Kind::Release,
    Kind::Milestone,
    Kind::Turnover,
    Kind::Change,
    Kind::Approval,
    Kind::Exception,
    Kind::Note,
    Kind::Review,
];

/// A place for a document.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The id, without the train.
    pub id: String,
    /// The path of the file.
    pub path: String,
    /// The train below which the file is.
    pub train: Option<DocId>,
}

impl Place {
    /// Returns the folder of the documents of `kind` that belong to the train at this place.
    pub(super) fn below(&self, kind: Kind) -> String {
        format!("{}{}/", folder_of_train(&self.path), kind.folder())
    }
}

/// Returns the place of what `wish` asks for.
pub(super) fn of(plan: &Plan, wish: &Wish<'_>) -> Result<Place, Refusal> {
    let kind = wish.kind;
    if let Some(path) = wish.name.filter(|name| name.ends_with(".md")) {
        let path = path.trim_start_matches("./").to_owned();
        let id = checked(id_of_path(&path))?;
        let train = wish.train.or_else(|| train_above(plan, &path));
        return free(plan, kind, Place { id, path, train });
    }
    let (train, name) = named(plan, wish);
    let id = checked(
        &name
            .or_else(|| made_up(wish))
            .ok_or(Refusal::NoName { kind })?,
    )?;
    let train = match train {
        None if kind == Kind::Milestone && !is_set(wish, &["train", "release"]) => {
            Some(only_train(plan, kind)?)
        }
        // The note of a release is where the release is.
        None if kind == Kind::Note => plan
            .find(Kind::Release, &id)
            .and_then(|release| plan.document(release).belongs.train),
        train => train,
    };
    let folder = match train.filter(|_| BELOW_TRAINS.contains(&kind)) {
        Some(train) => format!("{}{}/", folder_of_train(plan.path(train)), kind.folder()),
        None => usual_folder(plan, kind),
    };
    let path = match kind == Kind::Train && have_folders(plan) {
        true => format!("{folder}{id}/{}", INDEXES[0]),
        false => format!("{folder}{id}.md"),
    };
    free(plan, kind, Place { id, path, train })
}

/// Returns the train and the id that the name of `wish` tells: `2026-q4/production` is of the train 2026-q4.
fn named(plan: &Plan, wish: &Wish<'_>) -> (Option<DocId>, Option<String>) {
    let Some(name) = wish.name else {
        return (wish.train, None);
    };
    let of_train = name.split_once('/').and_then(|(train, id)| {
        let train = plan.find(Kind::Train, train)?;
        Some((train, id))
    });
    match of_train {
        Some((train, id)) => (Some(train), Some(id.to_owned())),
        None => (wish.train, Some(name.to_owned())),
    }
}

fn is_set(wish: &Wish<'_>, fields: &[&str]) -> bool {
    let names = wish.set.iter().map(|(name, _)| name.as_str());
    names.into_iter().any(|name| fields.contains(&name))
}

/// Returns a name for what has none: that of the quarter in which a train leaves, else the title.
fn made_up(wish: &Wish<'_>) -> Option<String> {
    let deploy = wish.deploy.as_ref().and_then(Date::days);
    match (wish.kind, wish.title, deploy) {
        (Kind::Train, None, Some(days)) => {
            let day = days.first.0;
            Some(format!("{}-q{}", day.year(), (day.month() - 1) / 3 + 1))
        }
        (_, Some(title), _) => {
            let words = title.to_lowercase();
            let words = words.split(|c: char| !c.is_alphanumeric() && c != '.');
            let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
            Some(words.join("-")).filter(|id| !id.is_empty())
        }
        _ => None,
    }
}

fn checked(id: &str) -> Result<String, Refusal> {
    let id = id.to_owned();
    match is_legal_id(&id) {
        true => Ok(id),
        false => Err(Refusal::IllegalId { id }),
    }
}

/// Returns `place` unless another document has its id.
fn free(plan: &Plan, kind: Kind, place: Place) -> Result<Place, Refusal> {
    let full = |id: &str| match place.train.filter(|_| kind.is_scoped()) {
        Some(train) => format!("{}/{id}", plan.document(train).id),
        None => id.to_owned(),
    };
    let Some(other) = plan.find(kind, &full(&place.id)) else {
        return Ok(place);
    };
    let mut names = (2..).map(|number| format!("{}-{number}", place.id));
    let free = names.find(|name| plan.find(kind, &full(name)).is_none());
    Err(Refusal::Taken {
        kind,
        id: full(&place.id),
        path: plan.path(other).to_owned(),
        free: full(&free.unwrap_or_default()),
    })
}

fn only_train(plan: &Plan, kind: Kind) -> Result<DocId, Refusal> {
    let trains = plan.of_kind(Kind::Train);
    let open: Vec<_> = trains.filter(|(id, _)| plan.is_open(*id)).collect();
    match open.as_slice() {
        [(only, _)] => Ok(*only),
        several => Err(Refusal::NoTrain {
            kind,
            trains: several
                .iter()
                .map(|(_, train)| train.id.to_string())
                .collect(),
        }),
    }
}

/// Returns the train in whose folder `path` is.
pub(super) fn train_above(plan: &Plan, path: &str) -> Option<DocId> {
    let trains = plan.of_kind(Kind::Train).map(|(id, _)| id);
    trains
        .filter(|train| path.starts_with(&folder_of_train(plan.path(*train))))
        .max_by_key(|train| folder_of_train(plan.path(*train)).len())
}

/// Returns the folder of what belongs to the train in the file at `path`.
fn folder_of_train(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".md");
    match (INDEXES.contains(&file), folder) {
        (true, folder) => format!("{folder}/"),
        (false, "") => format!("{stem}/"),
        (false, folder) => format!("{folder}/{stem}/"),
    }
}

/// Returns whether trains have folders of their own: most of those that are there do, or there is none.
fn have_folders(plan: &Plan) -> bool {
    let trains = plan.of_kind(Kind::Train).len();
    let indexes = plan.of_kind(Kind::Train).filter(|(id, _)| {
        let path = plan.path(*id);
        INDEXES
            .iter()
            .any(|index| path.ends_with(&format!("/{index}")))
    });
    indexes.count() * 2 >= trains
}

/// Returns the folder in which most documents of `kind` are that stand below no train; where there is none, the one that
/// tells the kind.
fn usual_folder(plan: &Plan, kind: Kind) -> String {
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    let documents = plan
        .of_kind(kind)
        .filter(|(_, document)| document.host.is_none());
    for (id, _) in documents {
        let path = plan.path(id);
        let base = match kind {
            // The folder of a train is the train's own.
            Kind::Train => folder_of_train(path).trim_end_matches('/').to_owned(),
            _ => path.to_owned(),
        };
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let tells = kind_of_path(&format!("{folder}/x.md")) == Some(kind);
        if tells && (kind == Kind::Train || train_above(plan, path).is_none()) {
            *folders.entry(format!("{folder}/")).or_default() += 1;
        }
    }
    let most = folders.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or_else(|| format!("{}/", kind.folder()), |(folder, _)| folder)
}
