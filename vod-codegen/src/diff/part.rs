//! A field and the struct that has it, in the description and in Rust.

use std::collections::BTreeMap;

use vod_spec::model::{self, Constraint};

use super::Subject;
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
    /// The functions that take the required fields; `None` where users did not make values of it
    /// before, or do not now.
    pub(super) constructors: Option<String>,
    /// The constraints between its fields in requests, before and after.
    pub(super) constraints: (&'a [Constraint], &'a [Constraint]),
}

impl Owner<'_> {
    pub(super) fn item(&self, part: &Part<'_>) -> String {
        format!("`{}::{}`", self.name, part.rust.name)
    }

    /// The effect on stored requests if the member `wire` is no longer known. In replies, it is
    /// ignored.
    pub(super) fn refused(&self, wire: &str) -> String {
        match self.constructors {
            Some(_) => format!(", and requests in JSON that have `{wire}` are refused"),
            None => String::new(),
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
