//! Types: objects and enums.

use vod_spec::Span;
use vod_spec::model::{EnumValue, TypeDef, TypeKind};

use super::pairs::{Pair, pairs};
use super::part::{Owner, Part};
use super::{Differ, Direction, Rule, Side, Subject, events};
use crate::names;
use crate::rust::{Struct, Type, Variant};

/// A type of one side.
struct Facts<'a> {
    /// The operation in whose file it stands.
    operation: Option<&'a str>,
    /// The same of an event.
    event: Option<String>,
    module: String,
    model: &'a TypeDef,
    rust: &'a Type,
}

/// What a type is made of.
enum Content<'a> {
    Object(&'a Struct, Vec<Part<'a>>),
    Enum(Vec<Value<'a>>),
}

/// A value of an enum.
struct Value<'a> {
    at: String,
    value: &'a EnumValue,
    rust: &'a Variant,
}

impl<'a> Side<'a> {
    fn types(&self) -> Vec<Facts<'a>> {
        let types = self.api.types.iter().filter_map(|model| {
            let name = names::chosen(&model.name, &model.rust, names::camel);
            let (module, rust) = self.types.get(name.as_str())?;
            let mut operations = self.api.operations.iter();
            let operation = operations.find(|operation| operation.file == model.file);
            let mut events = self.api.events.iter();
            let event = events.find(|event| event.file == model.file);
            Some(Facts {
                operation: operation.map(|it| it.name.value.as_str()),
                event: event.map(events::key),
                module: module.clone(),
                model,
                rust,
            })
        });
        types.collect()
    }

    /// Whether a type of the other side would come and go for its own sake, not with its operation or event.
    fn has_home_of(&self, ty: &Facts<'_>) -> bool {
        let has = |name: &str| self.operations.contains_key(name);
        ty.operation.is_none_or(has) && ty.event.as_ref().is_none_or(|it| self.has_event(it))
    }
}

impl<'a> Facts<'a> {
    fn item(&self) -> String {
        format!("`{}`", self.rust.name())
    }

    fn at(&self) -> String {
        format!("type.{}", self.model.name.value)
    }

    fn span(&self) -> Span {
        self.model.name.span
    }

    /// `None` if the description and Rust did not agree, which they do.
    fn content(&self) -> Option<Content<'a>> {
        match (&self.model.kind, self.rust) {
            (TypeKind::Object(fields), Type::Struct(rust)) => {
                let parts = fields.iter().zip(&rust.fields);
                let parts = parts.map(|(field, rust)| Part {
                    at: format!("{}.{}", self.at(), rust.wire),
                    place: "",
                    field,
                    rust,
                });
                Some(Content::Object(rust, parts.collect()))
            }
            (TypeKind::Enum(values), Type::Enum(rust)) => {
                let values = values.iter().zip(&rust.variants);
                let values = values.map(|(value, rust)| Value {
                    at: format!("{}.{}", self.at(), rust.wire),
                    value,
                    rust,
                });
                Some(Content::Enum(values.collect()))
            }
            _ => None,
        }
    }
}

/// Which way values of a type travel, before or after.
fn direction(pair: &Pair<'_, Facts<'_>>) -> Direction {
    let sides = || pair.before().into_iter().chain(pair.after());
    let any = |travels: fn(&TypeDef) -> bool| sides().any(|it| travels(it.model));
    match (any(|it| it.in_requests), any(TypeDef::is_received)) {
        (true, false) => Direction::Request,
        (false, true) => Direction::Response,
        _ => Direction::Both,
    }
}

impl Differ<'_> {
    /// Names of types before anything that mentions them is compared.
    pub(super) fn name_types(&mut self) {
        let (old, new) = (self.old.types(), self.new.types());
        for pair in pairs(&old, &new, |it| (&it.model.name.value, it.rust.name())) {
            if let Pair::Kept(old, new) = pair {
                let names = (old.rust.name().to_owned(), new.rust.name().to_owned());
                self.type_names.insert(names.0, names.1);
            }
        }
    }

    pub(super) fn compare_types(&mut self) {
        let (old, new) = (self.old.types(), self.new.types());
        for pair in pairs(&old, &new, |it| (&it.model.name.value, it.rust.name())) {
            let subject = Subject {
                operation: pair.latest().operation,
                direction: direction(&pair),
                old: pair.before().map(Facts::span),
                new: pair.after().map(Facts::span),
            };
            match pair {
                // Types of an operation or an event come and go with it.
                Pair::Gone(old) if self.new.has_home_of(old) => {
                    let message = format!("{} is gone", old.item());
                    self.report(Rule::TypeRemoved, subject.at(&old.at()), message);
                }
                Pair::New(new) if self.old.has_home_of(new) => {
                    let message = format!("{} is new", new.item());
                    self.report(Rule::TypeAdded, subject.at(&new.at()), message);
                }
                Pair::Kept(old, new) => self.compare_type(subject, old, new),
                Pair::Gone(_) | Pair::New(_) => {}
            }
        }
    }

    fn compare_type(&mut self, subject: Subject<'_>, old: &Facts<'_>, new: &Facts<'_>) {
        let (at, item) = (new.at(), new.item());
        if old.rust.name() != new.rust.name() {
            let message = format!("{} is called {item} now", old.item());
            self.report(Rule::Renamed, subject.at(&at), message);
        }
        // Types that move together with their operation are told with it.
        let moves_along = old.operation.is_some() && old.operation == new.operation;
        if old.module != new.module && !moves_along {
            let (from, to) = (&old.module, &new.module);
            let message = format!("{item} moved from `{from}` to `{to}`");
            self.report(Rule::Moved, subject.at(&at), message);
        }
        let docs = |it: &Facts<'_>| (it.model.name.value.clone(), it.model.doc.clone());
        self.documentation(subject.at(&at), &item, (docs(old), docs(new)));
        let (before, after) = (old.model, new.model);
        match (old.content(), new.content()) {
            (Some(Content::Object(old, old_parts)), Some(Content::Object(new, new_parts))) => {
                self.compare_making(subject, &at, (old, new));
                let constraints = (&before.constraints[..], &after.constraints[..]);
                let constructed = old.constructed && new.constructed;
                let owner = Owner {
                    name: &new.name,
                    at,
                    subject,
                    constructors: constructed.then(|| format!("`{}::new`", new.name)),
                    constraints,
                };
                self.compare_fields(&owner, &old_parts, &new_parts);
            }
            (Some(Content::Enum(old)), Some(Content::Enum(values))) => {
                self.compare_values(subject, new.rust.name(), (&old, &values));
            }
            (_, content) => {
                let kind = match content {
                    Some(Content::Enum(_)) => "an enum",
                    _ => "a struct",
                };
                let message = format!("{item} is {kind} now");
                self.report(Rule::KindChanged, subject.at(&at), message);
            }
        }
    }

    /// Whether users can make values of a struct, with arguments or from nothing.
    fn compare_making(&mut self, subject: Subject<'_>, at: &str, (old, new): (&Struct, &Struct)) {
        let name = &new.name;
        let rule = match (old.constructed, new.constructed) {
            (false, true) => Some((Rule::ConstructorAdded, "is new, as are setters")),
            (true, false) => Some((Rule::ConstructorRemoved, "is gone, as are the setters")),
            _ => None,
        };
        if let Some((rule, what)) = rule {
            self.report(rule, subject.at(at), format!("`{name}::new` {what}"));
        }
        let rule = match (old.has_default(), new.has_default()) {
            (false, true) => Some((Rule::EmptyAdded, "has a `Default`")),
            (true, false) => Some((Rule::EmptyRemoved, "has no `Default` any more")),
            _ => None,
        };
        if let Some((rule, what)) = rule {
            self.report(rule, subject.at(at), format!("`{name}` {what}"));
        }
    }

    fn compare_values(
        &mut self,
        subject: Subject<'_>,
        name: &str,
        (old, new): (&[Value<'_>], &[Value<'_>]),
    ) {
        let item = |it: &Value<'_>| format!("`{name}::{}`", it.rust.name);
        for pair in pairs(old, new, |it| (&it.rust.wire, &it.rust.name)) {
            let subject = Subject {
                old: pair.before().map(|it| it.value.name.span),
                new: pair.after().map(|it| it.value.name.span),
                ..subject
            };
            match pair {
                Pair::Gone(old) => {
                    let message = format!("{} is gone", item(old));
                    self.report(Rule::ValueRemoved, subject.at(&old.at), message);
                }
                Pair::New(new) => {
                    let message = format!("{} is new: `{}`", item(new), new.rust.wire);
                    self.report(Rule::ValueAdded, subject.at(&new.at), message);
                }
                Pair::Kept(old, new) => {
                    if old.rust.name != new.rust.name {
                        let message = format!("{} is called {} now", item(old), item(new));
                        self.report(Rule::Renamed, subject.at(&new.at), message);
                    }
                    let (was, is) = (&old.rust.wire, &new.rust.wire);
                    if was != is {
                        let message = format!("{} is `{is}` on the wire, was `{was}`", item(new));
                        self.report(Rule::WireNameChanged, subject.at(&new.at), message);
                    }
                    self.aliases(
                        subject.at(&new.at),
                        &item(new),
                        (&old.value.aliases, &new.value.aliases),
                    );
                    let deprecated = (&old.value.deprecated, &new.value.deprecated);
                    self.deprecation(subject.at(&new.at), &item(new), deprecated);
                    let docs = (&old.value.doc, &new.value.doc);
                    self.documentation(subject.at(&new.at), &item(new), docs);
                }
            }
        }
    }
}
