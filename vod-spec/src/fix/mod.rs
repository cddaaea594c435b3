//! Edits of the description that leave everything else in its files as it is: comments, order, quotes, line ends.

mod collection;
mod editor;
mod order;

use crate::source::{SourceFile, SourceId, Sources, Span};
use crate::yaml::{self, Node, NodeKind};

/// What makes the description say what a page states: edits that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The edits, in the order in which they are made.
    pub edits: Vec<Edit>,
}

/// An edit of one entry of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What the path starts from.
    pub of: Of,
    /// The keys that lead to the entry.
    pub path: Vec<String>,
    /// What is done there.
    pub change: Change,
}

/// What the path of an edit starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The map that a file is.
    File(SourceId),
    /// The map behind the key at this place.
    Key(Span),
}

/// What is done to an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It gets this value, which is written as it stands: a number, a truth value, a date.
    Set(String),
    /// It gets this text as its value, in quotes where it needs them.
    SetText(String),
    /// It is dropped.
    Drop,
    /// The list that it has gets this item.
    Include(String),
    /// The list that it has loses this item.
    Exclude(String),
    /// A value of an enum is added, behind the first of these that is there, with its meaning left to write.
    AddValue(Vec<String>),
    /// A status of a request that failed is added.
    AddStatus,
}

impl Change {
    /// Whether the same comes of both.
    fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::AddValue(_), Self::AddValue(_)) => true,
            (one, other) => one == other,
        }
    }
}

/// The entry, or the item of a list, that an edit is about, whatever stands before it in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Path of the file below the folder of the description.
    pub(crate) file: String,
    /// The keys that lead to the entry, from the top of the file.
    pub(crate) path: Vec<String>,
    /// The item, if it is about one of a list.
    pub(crate) item: Option<String>,
}

impl Place {
    /// Whether what is done at one of the two places can change the other.
    fn touches(&self, other: &Self) -> bool {
        let shared = self.path.len().min(other.path.len());
        let same = |place: &Self| place.path.iter().take(shared).cloned().collect::<Vec<_>>();
        let items = self.item.is_none() || other.item.is_none() || self.item == other.item;
        self.file == other.file && same(self) == same(other) && items
    }
}

/// An edit whose place is known by its path alone, so that edits before it do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) place: Place,
    pub(crate) change: Change,
}

impl Placed {
    /// Whether only one of the two can be made.
    pub(crate) fn disagrees(&self, other: &Self) -> bool {
        self.touches(other) && !(self.place == other.place && self.change.agrees(&other.change))
    }

    /// Whether both are about one place, or one of them about what the other is within.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.place.touches(&other.place)
    }
}

/// Where the edits of a fix are made. `None` if one of them has no place.
pub(crate) fn places(sources: &Sources, fix: &Fix) -> Option<Vec<Placed>> {
    fix.edits.iter().map(|it| placed(sources, it)).collect()
}

fn placed(sources: &Sources, edit: &Edit) -> Option<Placed> {
    let (source, mut path) = match edit.of {
        Of::File(source) => (source, Vec::new()),
        Of::Key(span) => {
            let root = yaml::parse(span.source, sources.file(span.source)).ok()?;
            (span.source, path_to(&root, span)?)
        }
    };
    path.extend(edit.path.iter().cloned());
    let item = match &edit.change {
        Change::Include(item) | Change::Exclude(item) => Some(item.clone()),
        _ => None,
    };
    Some(Placed {
        place: Place {
            file: sources.file(source).name.clone(),
            path,
            item,
        },
        change: edit.change.clone(),
    })
}

/// The keys that lead to the key at a place, itself included.
fn path_to(node: &Node, key: Span) -> Option<Vec<String>> {
    let NodeKind::Map(entries) = &node.kind else {
        return None;
    };
    entries.iter().find_map(|entry| {
        let mut path = vec![entry.key.clone()];
        if entry.key_span != key {
            path.extend(path_to(&entry.value, key)?);
        }
        Some(path)
    })
}

/// The files with the edits made, those without any included. `None` if an edit has no place.
///
/// What an edit asks for and is so already stays as it is written.
pub(crate) fn apply<'e>(
    files: &[SourceFile],
    edits: impl IntoIterator<Item = &'e Placed>,
) -> Option<Vec<SourceFile>> {
    let mut files = files.to_vec();
    for Placed { place, change } in edits {
        let file = files.iter_mut().find(|it| it.name == place.file)?;
        file.text = editor::edited(file, &place.path, change)?;
    }
    Some(files)
}
