//! The values of a document and the places where they stand.

use crate::json::{Json, Place};

/// A value of a document.
#[derive(Clone, Copy)]
pub(super) struct Node<'d> {
    pub(super) json: &'d Json,
    pub(super) place: &'d Place,
}

/// A member of an object.
#[derive(Clone, Copy)]
pub(super) struct Member<'d> {
    pub(super) name: &'d str,
    /// Where its name stands, in bytes.
    pub(super) key: usize,
    pub(super) value: Node<'d>,
}

impl<'d> Node<'d> {
    /// Its members in the order of the text; none of what is no object.
    pub(super) fn members(self) -> Vec<Member<'d>> {
        let Json::Object(object) = self.json else {
            return Vec::new();
        };
        let mut members: Vec<_> = object
            .iter()
            .zip(&self.place.inner)
            .map(|((name, json), place)| Member {
                name,
                key: place.key.start,
                value: Node { json, place },
            })
            .collect();
        members.sort_by_key(|it| it.key);
        members
    }

    /// The member of a name, unless it is `null`.
    pub(super) fn member(self, name: &str) -> Option<Member<'d>> {
        let Json::Object(object) = self.json else {
            return None;
        };
        let (found, json) = object.get_key_value(name)?;
        let place = self
            .place
            .inner
            .get(object.keys().position(|it| it == found)?)?;
        let member = Member {
            name: found,
            key: place.key.start,
            value: Node { json, place },
        };
        (*json != Json::Null).then_some(member)
    }

    /// Its items; none of what is no array.
    pub(super) fn items(self) -> Vec<Node<'d>> {
        let Json::Array(items) = self.json else {
            return Vec::new();
        };
        let places = items.iter().zip(&self.place.inner);
        places.map(|(json, place)| Node { json, place }).collect()
    }

    pub(super) fn is_object(self) -> bool {
        matches!(self.json, Json::Object(_))
    }

    /// Where it begins, in bytes.
    pub(super) fn start(self) -> usize {
        self.place.value.start
    }
}

/// The lines of a text.
pub(super) struct Lines {
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }
}
