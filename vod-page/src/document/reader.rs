//! What reading a document collects: facts, notes, and which members were read.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::facts::{Members, Note, Page, Source, Stated, Unread};
use crate::json::Json;
use crate::{Address, Subject};

use super::members::{Kind, Known};
use super::tables::Due;
use super::tree::{Lines, Member, Node};

pub(super) struct Reader<'d> {
    pub(super) page: Page,
    pub(super) text: &'d str,
    root: Node<'d>,
    lines: Lines,
    /// What became of members, by the places of their names.
    marks: BTreeMap<usize, Mark>,
    /// Types with fields that something refers to, still to be read.
    pub(super) due: VecDeque<Due<'d>>,
    /// The names of all types that were ever due.
    pub(super) named: BTreeSet<String>,
    /// The names of types that the document has none for, by their places.
    pub(super) unnamed: BTreeMap<usize, String>,
    /// What references lead to.
    resolved: BTreeMap<String, Member<'d>>,
    /// How many rows were read.
    pub(super) rows: usize,
}

#[derive(Clone, Copy)]
enum Mark {
    Read,
    /// Read as a whole, with all that stands in it.
    Whole,
    Not(&'static str),
}

const UNKNOWN: &str = "it is not known";
const UNREFERRED: &str = "nothing refers to it";

/// The members of an object by their names; those that are `null` are left out.
pub(super) type Opened<'d> = BTreeMap<&'d str, Member<'d>>;

impl<'d> Reader<'d> {
    pub(super) fn new(text: &'d str, lines: Lines, root: Node<'d>) -> Self {
        Self {
            page: Page {
                source: Source::ApiExplorer,
                ..Page::default()
            },
            text,
            root,
            lines,
            marks: BTreeMap::new(),
            due: VecDeque::new(),
            named: BTreeSet::new(),
            unnamed: BTreeMap::new(),
            resolved: BTreeMap::new(),
            rows: 0,
        }
    }

    /// The page, with the count of the members.
    pub(super) fn finish(mut self) -> Page {
        let mut members = Members::default();
        self.count(self.root, None, &mut members);
        self.page.members = members;
        let mut told = BTreeSet::new();
        self.page
            .notes
            .retain(|it| told.insert((it.line, it.at.clone(), it.message.clone())));
        self.page
    }

    fn count(&self, node: Node<'d>, outer: Option<Mark>, members: &mut Members) {
        for item in node.items() {
            self.count(item, outer, members);
        }
        for member in node.members() {
            let mark = outer.or_else(|| self.marks.get(&member.key).copied());
            let mark = mark.unwrap_or(Mark::Not(UNREFERRED));
            let name = member.name.to_owned();
            match mark {
                Mark::Read | Mark::Whole => *members.read.entry(name).or_default() += 1,
                Mark::Not(why) => *members.unread.entry(Unread { name, why }).or_default() += 1,
            }
            let inner = match mark {
                Mark::Read => None,
                mark => Some(mark),
            };
            self.count(member.value, inner, members);
        }
    }

    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.line(at)
    }

    pub(super) fn note(&mut self, place: usize, at: &Address, message: impl Into<String>) {
        let (line, at, message) = (self.line(place), at.clone(), message.into());
        self.page.notes.push(Note { line, at, message });
    }

    /// The members of an object of this kind. Those that are not read are marked so.
    pub(super) fn open(&mut self, node: Node<'d>, kind: Kind, at: &Address) -> Opened<'d> {
        if !node.is_object() {
            let message = format!("{} is no object", kind.as_str());
            self.note(node.start(), at, message);
        }
        let mut opened = Opened::new();
        for member in node.members() {
            match kind.member(member.name) {
                Some(Known::Read) => {
                    self.marks.entry(member.key).or_insert(Mark::Read);
                    if *member.value.json != Json::Null {
                        opened.insert(member.name, member);
                    }
                }
                Some(Known::Not(why)) => self.skip(member, why),
                None => {
                    let name = member.name;
                    let message = format!("the member `{name}` of {} is not known", kind.as_str());
                    self.note(member.key, at, message);
                    self.skip(member, UNKNOWN);
                }
            }
        }
        opened
    }

    /// The members of an object whose names are free: fields, statuses, headers.
    pub(super) fn entries(&mut self, member: Member<'d>, at: &Address) -> Vec<Member<'d>> {
        if !member.value.is_object() {
            let message = format!("`{}` is no object", member.name);
            self.note(member.key, at, message);
        }
        let entries = member.value.members();
        for entry in &entries {
            self.mark(*entry);
        }
        entries
    }

    pub(super) fn mark(&mut self, member: Member<'d>) {
        self.marks.insert(member.key, Mark::Read);
    }

    /// Marks a member as not read, unless it was read already.
    pub(super) fn skip_if_new(&mut self, member: Member<'d>, why: &'static str) {
        self.marks.entry(member.key).or_insert(Mark::Not(why));
    }

    /// A member that is read with all that stands in it.
    pub(super) fn whole(&mut self, member: Member<'d>) {
        self.marks.insert(member.key, Mark::Whole);
    }

    /// A member that is not read after all.
    pub(super) fn skip(&mut self, member: Member<'d>, why: &'static str) {
        self.marks.insert(member.key, Mark::Not(why));
    }

    /// The text that a member has.
    pub(super) fn text(
        &mut self,
        member: Option<&Member<'d>>,
        at: &Address,
    ) -> Option<Stated<String>> {
        let member = member?;
        let line = self.line(member.value.start());
        if let Json::String(text) = member.value.json {
            let value = text.clone();
            return Some(Stated { value, line });
        }
        let message = format!("`{}` is no text", member.name);
        self.note(member.key, at, message);
        None
    }

    /// Whether a member says yes or no.
    pub(super) fn truth(
        &mut self,
        member: Option<&Member<'d>>,
        at: &Address,
    ) -> Option<Stated<bool>> {
        let member = member?;
        let line = self.line(member.value.start());
        let value = match member.value.json {
            Json::Bool(value) => Some(*value),
            Json::String(text) => text.to_ascii_lowercase().parse().ok(),
            _ => None,
        };
        if value.is_none() {
            let message = format!("`{}` is neither true nor false", member.name);
            self.note(member.key, at, message);
        }
        value.map(|value| Stated { value, line })
    }

    /// Whether the document has a type of this name.
    pub(super) fn has_type(&self, name: &str) -> bool {
        let inner = |node: Node<'d>, name: &str| node.member(name).map(|it| it.value);
        let components = inner(self.root, "components");
        let types = [
            inner(self.root, "definitions"),
            components.and_then(|it| inner(it, "schemas")),
        ];
        types
            .into_iter()
            .flatten()
            .any(|it| it.member(name).is_some())
    }

    /// What stands at `#/definitions/Name`, and its name.
    fn resolve(&mut self, reference: &str) -> Option<Member<'d>> {
        if let Some(found) = self.resolved.get(reference) {
            return Some(*found);
        }
        let mut node = self.root;
        let mut found = None;
        for part in reference.strip_prefix("#/")?.split('/') {
            let name = part.replace("~1", "/").replace("~0", "~");
            let member = node.member(&name)?;
            self.mark(member);
            node = member.value;
            found = Some(member);
        }
        self.resolved
            .extend(found.map(|it| (reference.to_owned(), it)));
        found
    }

    /// Follows a reference; where it leads nowhere, or back to itself, that is a note.
    pub(super) fn follow(&mut self, member: &Member<'d>, at: &Address) -> Option<Member<'d>> {
        let reference = self.text(Some(member), at)?;
        let found = self.resolve(&reference.value);
        if found.is_none() {
            let message = format!("`{}` is not in the document", reference.value);
            self.note(member.key, at, message);
        }
        found
    }

    /// The document as its text has a value.
    pub(super) fn source(&self, node: Node<'d>) -> &'d str {
        self.text.get(node.place.value.clone()).unwrap_or_default()
    }
}

/// The address of what concerns the document as a whole.
pub(super) fn whole() -> Address {
    Subject::Page.into()
}
