//! Events: a file of `notifications/` each.

use std::collections::BTreeMap;
use std::ops::Range;

use vod_page::json::{Json, Object, Place};

use super::operations::Known;
use super::{Validator, kebab};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::type_expr::is_wire_name;
use crate::model::fit::{Checker, Names, Value};
use crate::model::{Deviation, Direction, EVENT_TYPE, Event, EventExample, Field, Origin, TypeDef};
use crate::raw;
use crate::source::{SourceId, Spanned};
use crate::yaml::read::Text;

impl Validator<'_> {
    pub(super) fn event(
        &mut self,
        source: SourceId,
        raw: &raw::Event,
        known: Known<'_>,
    ) -> Option<Event> {
        let Known {
            service,
            names,
            types,
        } = known;
        self.date(raw.updated.as_ref());
        self.web_address(raw.page.as_ref());
        if let Some(name) = &raw.name {
            self.event_name(source, name);
        }
        if let Some(member) = &raw.member {
            self.member(member);
        }
        let fields = self.fields(&raw.fields, source, names);
        let shared = service.map_or(&[][..], |service| &service.event);
        self.shared_fields(shared, &fields);
        let body: Vec<_> = shared.iter().chain(&fields).collect();
        self.aliases(body.iter().map(|it| (&it.name, &it.aliases[..])));
        let examples = raw.examples.iter();
        let described = raw.name.as_ref().zip(raw.member.as_ref());
        let examples = described.map(|(name, member)| {
            let due = Due {
                name,
                member,
                body: &body,
                types,
            };
            examples
                .filter_map(|it| self.event_example(it, due))
                .collect()
        });
        let deviations = self.deviations(&raw.deviations, &[]);
        self.compared_with_nothing(&deviations);
        let unnamed = || Spanned::new(String::new(), raw.start);
        Some(Event {
            file: self.sources.file(source).name.clone(),
            title: self.title(raw.title.as_ref()),
            updated: raw.updated.as_ref().map(|it| it.value.clone()),
            page: raw.page.as_ref()?.value.clone(),
            summary: self.sentence(raw.summary.as_ref()),
            description: self.optional_prose(raw.description.as_ref()),
            name: raw.name.clone().unwrap_or_else(unnamed),
            member: raw.member.clone().unwrap_or_else(unnamed),
            fields,
            examples: examples.unwrap_or_default(),
            deviations,
        })
    }

    fn event_name(&mut self, source: SourceId, name: &Text) {
        let begins = name.value.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins || !is_wire_name(&name.value) {
            self.bad_value(
                name,
                format!("`{}` cannot be the name of an event", name.value),
                "write it as it travels, such as `transcodeComplete`",
            );
            return;
        }
        let due = format!("notifications/{}.yaml", kebab(&name.value));
        let file = self.sources.file(source).name.clone();
        if file != due {
            self.report(
                Diagnostic::new(
                    Code::WrongPlace,
                    name.span,
                    format!("this event belongs in `{due}`, not in `{file}`"),
                )
                .help("move it: files are named after events"),
            );
        }
    }

    fn member(&mut self, member: &Text) {
        self.wire_name(member, "a member");
        if member.value == EVENT_TYPE {
            self.bad_value(
                member,
                format!("`{EVENT_TYPE}` says which event it is, and cannot hold its body"),
                "name the member that stands beside it",
            );
        }
    }

    /// An event does not repeat the fields that all events have.
    fn shared_fields(&mut self, shared: &[Field], own: &[Field]) {
        for field in own {
            let name = &field.name;
            let Some(first) = shared.iter().find(|it| it.name.value == name.value) else {
                continue;
            };
            let message = format!("every event has a field `{}` already", name.value);
            self.report(
                Diagnostic::new(Code::NameCollision, name.span, message)
                    .related(first.name.span, "the field of all events")
                    .help("drop it here, and say in `description` what is special about it"),
            );
        }
    }

    /// No two events have one name, as its case does not count.
    pub(super) fn same_events(&mut self, events: &[Event]) {
        let mut known = BTreeMap::new();
        for name in events.iter().map(|it| &it.name) {
            // Without a name, it is reported already.
            if name.value.is_empty() {
                continue;
            }
            let first = *known
                .entry(name.value.to_ascii_lowercase())
                .or_insert(name.span);
            if first != name.span {
                let message = format!("there is an event `{}` already", name.value);
                self.report(
                    Diagnostic::new(Code::DuplicateEvent, name.span, message)
                        .related(first, "the first one")
                        .help("drop one of the two: the case of a name does not count"),
                );
            }
        }
    }

    /// No command compares events with their pages.
    fn compared_with_nothing(&mut self, deviations: &[Deviation]) {
        for deviation in deviations {
            if deviation.source != Origin::Other {
                self.report(
                    Diagnostic::new(
                        Code::BadValue,
                        deviation.at.span,
                        "nothing is compared with the page of an event",
                    )
                    .help("write `source: other`"),
                );
            }
        }
    }

    /// An example of the whole event, if it is one.
    fn event_example(&mut self, example: &raw::Example, due: Due<'_>) -> Option<EventExample> {
        let (value, place) = self.json(example)?;
        let Json::Object(object) = value else {
            self.does_not_fit(example, place.value, "an event is an object");
            return None;
        };
        if let Some((place, why)) = due.problem(&object, &place) {
            self.does_not_fit(example, place, &why);
        } else if let Some((json, place)) = due.body_in(&object, &place) {
            let mut checker = Checker::new(due.types, Direction::Reply, Names::Ways);
            let at = &due.member.value;
            checker.object(Value { json, at, place }, due.body, &[]);
            self.bad_example(example, checker.misfits());
        }
        Some(EventExample {
            text: example.text.value.clone(),
            value: object,
        })
    }
}

/// What an example of an event has to hold.
#[derive(Clone, Copy)]
struct Due<'d> {
    name: &'d Text,
    member: &'d Text,
    body: &'d [&'d Field],
    types: &'d [TypeDef],
}

impl Due<'_> {
    /// The first thing around the body that does not fit, and why.
    fn problem(&self, object: &Object, whole: &Place) -> Option<(Range<usize>, String)> {
        let (name, member) = (&self.name.value, &self.member.value);
        for ((key, json), place) in object.iter().zip(&whole.inner) {
            let is_name = |text: &String| text.eq_ignore_ascii_case(name);
            match json {
                Json::String(text) if key == EVENT_TYPE && is_name(text) => {}
                _ if key == EVENT_TYPE => {
                    let why = format!("`{EVENT_TYPE}` must be `{name}`");
                    return Some((place.value.clone(), why));
                }
                _ if key == member => {}
                _ => {
                    let why = format!("an event has no `{key}` beside `{member}`");
                    return Some((place.key.clone(), why));
                }
            }
        }
        let lacks = |key: &&str| !object.contains_key(*key);
        let missing = [EVENT_TYPE, member].into_iter().find(lacks)?;
        Some((whole.value.clone(), format!("`{missing}` is required")))
    }

    fn body_in<'v>(&self, object: &'v Object, whole: &'v Place) -> Option<(&'v Json, &'v Place)> {
        let mut members = object.iter().zip(&whole.inner);
        let ((_, json), place) = members.find(|((key, _), _)| **key == self.member.value)?;
        Some((json, place))
    }
}
