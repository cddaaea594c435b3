//! One field, before and after.

use std::collections::BTreeMap;

use vod_spec::model::meaning;

use super::part::{Owner, Part, bare, written};
use super::{Direction, Rule, limits};
use crate::lower::sentences::of_time;
use crate::rust::Flag;

/// A field that was there and still is.
pub(super) struct Kept<'a> {
    owner: &'a Owner<'a>,
    /// Old Rust names of types to new ones.
    type_names: &'a BTreeMap<String, String>,
    old: &'a Part<'a>,
    new: &'a Part<'a>,
    item: String,
}

impl<'a> Kept<'a> {
    pub(super) fn new(
        owner: &'a Owner<'a>,
        type_names: &'a BTreeMap<String, String>,
        old: &'a Part<'a>,
        new: &'a Part<'a>,
    ) -> Self {
        Self {
            item: owner.item(new),
            owner,
            type_names,
            old,
            new,
        }
    }

    /// What has changed, deprecation aside, and what that means.
    pub(super) fn changes(&self) -> Vec<(Rule, String)> {
        let found = [
            self.rust_name(),
            self.wire_name(),
            self.place(),
            self.ty(),
            self.wire_type(),
            self.required(),
            self.batch(),
            self.sensitive(),
            self.default(),
            self.absent(),
            self.documentation(),
        ];
        let mut changes: Vec<_> = found.into_iter().flatten().collect();
        changes.extend(self.limits());
        changes
    }

    fn rust_name(&self) -> Option<(Rule, String)> {
        let message = format!("{} is called {} now", self.owner.item(self.old), self.item);
        (self.old.rust.name != self.new.rust.name).then_some((Rule::Renamed, message))
    }

    fn wire_name(&self) -> Option<(Rule, String)> {
        let (old, new) = (&self.old.rust.wire, &self.new.rust.wire);
        let refused = self.owner.refused(old);
        let message = format!("{} is `{new}` on the wire, was `{old}`{refused}", self.item);
        (old != new).then_some((Rule::WireNameChanged, message))
    }

    fn place(&self) -> Option<(Rule, String)> {
        let (old, new) = (self.old.place, self.new.place);
        let message = format!("{} travels in the {new}, not in the {old}", self.item);
        let rule = match self.owner.subject.direction {
            Direction::Response => Rule::ReplyChanged,
            Direction::Request | Direction::Both => Rule::RequestChanged,
        };
        (old != new).then_some((rule, message))
    }

    fn same_type(&self) -> bool {
        let old = written(bare(&self.old.rust.ty), self.type_names);
        old == written(bare(&self.new.rust.ty), &BTreeMap::new())
    }

    fn ty(&self) -> Option<(Rule, String)> {
        let written = |part: &Part<'_>| written(&part.rust.ty, &BTreeMap::new());
        let (old, new) = (written(self.old), written(self.new));
        let message = format!("{} is `{new}`, was `{old}`", self.item);
        (!self.same_type()).then_some((Rule::TypeChanged, message))
    }

    /// Flags have several forms on the wire.
    fn wire_type(&self) -> Option<(Rule, String)> {
        let (old, new) = (self.old.rust.flag, self.new.rust.flag);
        let words = |flag| match flag {
            Some(Flag::Number) => "the number 1 or 0",
            Some(Flag::Text) => "the text `1` or `0`",
            None => "true or false",
        };
        let (is, was) = (words(new), words(old));
        let message = format!("{} is {is} on the wire, was {was}", self.item);
        let rule = match self.owner.subject.direction {
            Direction::Response => Rule::ReplyChanged,
            Direction::Request | Direction::Both => Rule::WireTypeChanged,
        };
        (self.same_type() && old != new).then_some((rule, message))
    }

    fn required(&self) -> Option<(Rule, String)> {
        let constructors = self.owner.constructors.as_ref()?;
        match (self.old.rust.required, self.new.rust.required) {
            (false, true) => {
                let argument = self.new.argument();
                let message =
                    format!("{argument} is an argument of {constructors} now, not a setter");
                Some((Rule::BecameRequired, message))
            }
            (true, false) => {
                let argument = self.old.argument();
                let message =
                    format!("{argument} is a setter now, not an argument of {constructors}");
                Some((Rule::BecameOptional, message))
            }
            _ => None,
        }
    }

    fn batch(&self) -> Option<(Rule, String)> {
        let message = |can: &str| {
            format!(
                "more of {} than one call takes {can} be sent in batches",
                self.item
            )
        };
        match (self.old.field.batch, self.new.field.batch) {
            (false, true) => Some((Rule::BatchAdded, message("can"))),
            (true, false) => Some((Rule::BatchRemoved, message("cannot"))),
            _ => None,
        }
    }

    fn sensitive(&self) -> Option<(Rule, String)> {
        let (old, new) = (self.old.rust.sensitive, self.new.rust.sensitive);
        let verb = if new { "hides" } else { "shows" };
        let message = format!("`Debug` {verb} {} now", self.item);
        (old != new).then_some((Rule::SensitivityChanged, message))
    }

    fn default(&self) -> Option<(Rule, String)> {
        let (old, new) = (&self.old.field.default, &self.new.field.default);
        let message = match new.as_ref().map(|new| meaning(new, self.new.field.flag)) {
            Some(new) => format!("without {} the service assumes `{new}`", self.item),
            None => format!(
                "what the service assumes without {} is not known",
                self.item
            ),
        };
        (old != new).then_some((Rule::DefaultChanged, message))
    }

    /// The text that means that there is no value.
    fn absent(&self) -> Option<(Rule, String)> {
        let text = |part: &Part<'_>| part.rust.absent.clone();
        let (old, new) = (text(self.old), text(self.new));
        let message = match &new {
            Some(new) => format!("{} is absent if it is the text `{new}`", self.item),
            None => format!("no text means that {} is absent", self.item),
        };
        (old != new).then_some((Rule::ReplyChanged, message))
    }

    /// Limits are checked in requests; elsewhere they are but documented.
    fn limits_are_checked(&self) -> bool {
        self.owner.constructors.is_some()
    }

    /// Whether limits say something else and mean the same: they are not checked, or the type has them anyway.
    fn limits_are_only_told(&self) -> bool {
        let [old, new] = [self.old.field, self.new.field].map(limits::in_words);
        let checked = self.limits_are_checked();
        old != new && (!checked || self.same_type() && self.limits().is_empty())
    }

    /// A change of the basis of a time; another form or zone is another type.
    fn time_is_only_told(&self) -> bool {
        let [old, new] = [self.old.field, self.new.field].map(|it| it.time.map(of_time));
        self.same_type() && old != new
    }

    fn documentation(&self) -> Option<(Rule, String)> {
        let (old, new) = (self.old.field, self.new.field);
        let changed = old.doc != new.doc
            || self.owner.constructors.is_none() && old.required != new.required
            || self.limits_are_only_told()
            || self.time_is_only_told();
        let message = format!("the documentation of {} has changed", self.item);
        changed.then_some((Rule::DocumentationChanged, message))
    }

    fn limits(&self) -> Vec<(Rule, String)> {
        if self.limits_are_checked() && self.same_type() {
            limits::changes(&self.item, self.old.field, self.new.field)
        } else {
            Vec::new()
        }
    }
}
