//! What a document is called: its kind and its id (content model, section 1).

use crate::diagnostic::Finding;
use crate::plan::reader::Reader;
use crate::plan::value::Text;
use crate::plan::{INDEXES, Kind};
use crate::text::{Span, nearest};

/// Returns the kind that the frontmatter names, else the one of the nearest folder named after a kind, else a page for a
/// file at the top. A kind that cannot be told is reported at `head`.
pub(super) fn kind(
    path: &str,
    written: Option<&Text>,
    head: Span,
    reader: &mut Reader<'_>,
) -> Option<Kind> {
    if let Some(word) = written {
        let kind = Kind::named(word);
        if kind.is_none() {
            let known = Kind::ALL.iter().map(|kind| kind.word());
            let finding = Finding::new(
                "document/unknown-kind",
                reader.at(word.span),
                format!("there is no kind `{}`", &**word),
            );
            reader.report(match nearest(word, known.clone()).as_slice() {
                [] => finding.hint(format!(
                    "the kinds are {}",
                    known.collect::<Vec<_>>().join(", ")
                )),
                [best, ..] => finding.hint(format!("did you mean `{best}`?")),
            });
        }
        return kind;
    }
    let kind = kind_of_path(path);
    if let (None, Some((folders, _))) = (kind, path.rsplit_once('/')) {
        let message = format!("the kind of `{path}` cannot be told");
        let finding = Finding::new("document/unknown-kind", reader.at(head), message);
        reader.report(match folders.rsplit('/').find_map(nearest_folder) {
            Some((folder, best)) => finding.hint(format!(
                "rename the folder `{folder}` to `{best}`, or add `kind:`"
            )),
            None => {
                finding.hint("add `kind:`, or move the file below a folder such as `releases/`")
            }
        });
    }
    kind
}

/// Returns the kind that a document has by its place: that of the nearest folder named after one, or a page at the top.
pub fn kind_of_path(path: &str) -> Option<Kind> {
    let Some((folders, _)) = path.rsplit_once('/') else {
        return Some(Kind::Page);
    };
    folders.rsplit('/').find_map(Kind::in_folder)
}

/// Returns the kind that `word`, which names none, was probably meant to be.
pub(super) fn nearest_kind(word: &str) -> Option<Kind> {
    let words = Kind::ALL.iter().map(|kind| kind.word());
    Kind::named(nearest(word, words).first()?)
}

/// Returns the folder name of a kind that `folder` was probably meant to be.
fn nearest_folder(folder: &str) -> Option<(&str, &'static str)> {
    nearest(folder, Kind::ALL.iter().map(|kind| kind.folder()))
        .first()
        .map(|&best| (folder, best))
}

/// Returns the id that the frontmatter gives, else the file's stem, else, for an index, its folder's name.
pub(super) fn id(path: &str, written: Option<&Text>, reader: &mut Reader<'_>) -> Box<str> {
    if let Some(text) = written {
        if is_legal(text) {
            return text.value.clone();
        }
        let message = format!("`{}` cannot be an id", &**text);
        let finding = Finding::new("document/wrong-type", reader.at(text.span), message);
        reader.report(
            finding.hint("use letters, digits, `-`, `_` and `.`: the id becomes part of addresses"),
        );
    }
    id_of_path(path).into()
}

/// Returns the id that a file has by its place.
pub fn id_of_path(path: &str) -> &str {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = folders
        .rsplit('/')
        .next()
        .filter(|folder| !folder.is_empty());
    match folder {
        Some(folder) if is_index(name) => folder,
        _ => stem,
    }
}

/// Returns whether a file named `name` speaks for its folder.
pub(super) fn is_index(name: &str) -> bool {
    INDEXES.contains(&name)
}

/// Returns whether `id` can stand in references and addresses.
pub fn is_legal(id: &str) -> bool {
    let forbidden =
        |char: char| char.is_control() || char.is_whitespace() || "/\\:?#%<>\"|*".contains(char);
    !id.is_empty() && id != "." && id != ".." && !id.chars().any(forbidden)
}
