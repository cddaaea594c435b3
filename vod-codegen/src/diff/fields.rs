//! Parameters, reply fields and fields of types.

use std::collections::BTreeMap;

use vod_spec::model::{self, Constraint};

use super::field::Kept;
use super::pairs::{Pair, pairs};
use super::{Differ, Rule, Subject};
use crate::rust::{self, RustType};

/// A field as the description has it and as Rust has it.
pub(super) struct Part<'a> {
    /// Its address in the description.
    pub(super) at: String,
    /// In which part of a message it travels; empty for fields of types.
    pub(super) place: &'static str,
    pub(super) field: &'a model::Field,
    pub(super) rust: &'a rust::Field,
}

impl Part<'_> {
    /// The field as an argument.
    pub(super) fn argument(&self) -> String {
        let ty = written(bare(&self.rust.ty), &BTreeMap::new());
        format!("`{}: {ty}`", self.rust.name)
    }
}

/// A struct whose fields are compared.
pub(super) struct Owner<'a> {
    /// Its Rust name.
    pub(super) name: &'a str,
    /// Its address in the description.
    pub(super) at: String,
    pub(super) subject: Subject<'a>,
    /// The functions that take the required fields; `None` where users did not make values of it before, or do not now.
    pub(super) constructors: Option<String>,
    /// The constraints between its fields in requests, before and after.
    pub(super) constraints: (&'a [Constraint], &'a [Constraint]),
}

impl Owner<'_> {
    pub(super) fn item(&self, part: &Part<'_>) -> String {
        format!("`{}::{}`", self.name, part.rust.name)
    }

    /// The effect on stored requests if the member `wire` is no longer known. In replies, it is ignored.
    pub(super) fn refused(&self, wire: &str) -> String {
        match self.constructors {
            Some(_) => format!(", and requests in JSON that have `{wire}` are refused"),
            None => String::new(),
        }
    }
}

impl Differ<'_> {
    pub(super) fn compare_fields(&mut self, owner: &Owner<'_>, old: &[Part<'_>], new: &[Part<'_>]) {
        let mut kept = Vec::new();
        for pair in pairs(old, new, |part| (&part.field.name.value, &part.rust.name)) {
            let subject = Subject {
                old: pair.before().map(|part| part.field.name.span),
                new: pair.after().map(|part| part.field.name.span),
                ..owner.subject
            };
            match (pair, &owner.constructors) {
                (Pair::Gone(old), _) => {
                    let refused = owner.refused(&old.rust.wire);
                    let message = format!("{} is gone{refused}", owner.item(old));
                    self.report(Rule::FieldRemoved, subject, &old.at, message);
                }
                (Pair::New(new), Some(constructors)) if new.rust.required => {
                    let argument = new.argument();
                    let message = format!("{argument} is a new argument of {constructors}");
                    self.report(Rule::RequiredAdded, subject, &new.at, message);
                }
                (Pair::New(new), _) => {
                    let message = format!("{} is new", owner.item(new));
                    self.report(Rule::FieldAdded, subject, &new.at, message);
                }
                (Pair::Kept(old, new), _) => {
                    let both = Kept::new(owner, &self.type_names, old, new);
                    for (rule, message) in both.changes() {
                        self.report(rule, subject, &new.at, message);
                    }
                    let deprecated = (&old.field.deprecated, &new.field.deprecated);
                    self.deprecation(subject, &new.at, &owner.item(new), deprecated);
                    kept.push((old, new));
                }
            }
        }
        self.compare_order(owner, &kept, new);
        self.compare_constraints(owner, (old, new), &kept);
    }

    /// Arguments that stay; `kept` are in the old order, `new` in the new one.
    fn compare_order(
        &mut self,
        owner: &Owner<'_>,
        kept: &[(&Part<'_>, &Part<'_>)],
        new: &[Part<'_>],
    ) {
        let Some(constructors) = &owner.constructors else {
            return;
        };
        let stay = kept
            .iter()
            .filter(|(old, new)| old.rust.required && new.rust.required);
        let before: Vec<_> = stay.map(|(_, new)| new.rust.name.as_str()).collect();
        let names = new.iter().map(|part| part.rust.name.as_str());
        let after: Vec<_> = names.filter(|name| before.contains(name)).collect();
        if before != after {
            let order = after.join("`, `");
            let message = format!("the arguments of {constructors} changed places: `{order}`");
            self.report(Rule::ArgumentOrder, owner.subject, &owner.at, message);
        }
    }
}

/// A type without the `Option` that says that it may be absent.
pub(super) fn bare(ty: &RustType) -> &RustType {
    match ty {
        RustType::Option(inner) => inner,
        ty => ty,
    }
}

/// A type as it stands in the bindings, with the new names of those types that `renamed` has.
pub(super) fn written(ty: &RustType, renamed: &BTreeMap<String, String>) -> String {
    let inside = |ty: &RustType| written(ty, renamed);
    match ty {
        RustType::String => "String".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::Json => "Value".to_owned(),
        RustType::Time(time) if time.zone == "Utc" => format!("Time<{}>", time.form),
        RustType::Time(time) => format!("Time<{}, {}>", time.form, time.zone),
        RustType::Object(name) | RustType::Enum(name) => renamed.get(name).unwrap_or(name).clone(),
        RustType::Vec(inner) => format!("Vec<{}>", inside(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", inside(inner)),
        RustType::Option(inner) => format!("Option<{}>", inside(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", inside(inner)),
    }
}
