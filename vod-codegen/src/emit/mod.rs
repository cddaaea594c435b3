//! The bindings as Rust. Nothing is decided here.

mod constraints;
mod enums;
mod operations;
mod root;
mod series;
mod structs;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::format::{self, Item, NotRust};
use crate::names::ident;
use crate::rust::{
    Bindings, Constraint, File, Reply, RustType, Schema, SchemaKind, Struct, Time, Type,
};
use crate::{Files, HEADER};

/// Writes all files: paths below the folder for generated code, and their text.
pub(crate) fn files(bindings: &Bindings) -> Result<Files, NotRust> {
    let mut files = Files::new();
    files.insert("mod.rs".to_owned(), root::root(bindings)?);
    files.insert("regions.rs".to_owned(), root::regions(bindings)?);
    files.insert("constants.rs".to_owned(), root::constants(bindings)?);
    files.insert("codes.rs".to_owned(), root::codes(bindings)?);
    files.insert(
        "with_operation.rs".to_owned(),
        root::with_operation(bindings)?,
    );
    for section in &bindings.sections {
        for file in &section.files {
            let path = format!(
                "{}/{}.rs",
                section.name.trim_start_matches("r#"),
                file.module.trim_start_matches("r#")
            );
            files.insert(path, self::file(file)?);
        }
    }
    Ok(files)
}

fn file(file: &File) -> Result<String, NotRust> {
    let mut items = imports(file);
    if let Some(operation) = &file.operation {
        operations::request_and_reply(operation, &mut items);
    }
    for ty in &file.types {
        match ty {
            Type::Struct(ty) => structs::of_type(ty, &mut items),
            Type::Enum(ty) => enums::open_enum(ty, &mut items),
        }
    }
    if let Some(operation) = &file.operation {
        operations::client_and_call(operation, &mut items);
    }
    format::file(&HEADER.replace("{}", &file.source), items)
}

/// `use` items for what the file mentions, and for nothing else.
fn imports(file: &File) -> Vec<Item> {
    let mut support: Vec<&str> = Vec::new();
    let mut with_maps = false;
    let mut with_json = false;
    let mut structs: Vec<&Struct> = Vec::new();
    let mut relations: Vec<&Constraint> = Vec::new();
    let mut schemas: Vec<&Schema> = Vec::new();
    for ty in &file.types {
        match ty {
            Type::Struct(ty) => {
                structs.push(ty);
                support.push(if ty.constructed { "part" } else { "record" });
            }
            Type::Enum(_) => support.extend(["UnrecognizedValue", "open_enum"]),
        }
    }
    if let Some(operation) = &file.operation {
        structs.extend([&operation.request, operation.reply.body()]);
        support.extend([
            "Method",
            "Operation",
            "OperationMeta",
            "normalize",
            "request",
        ]);
        relations.extend(&operation.meta.constraints);
        schemas.extend(operation.meta.parameters.iter().map(|(_, it)| &it.schema));
        if !operation.meta.parameters.is_empty() {
            support.extend(["Parameter", "Schema"]);
        }
        if operation.meta.reply.is_some() {
            support.push("Schema");
        }
        if operation.pagination.is_some() {
            support.extend(["PageStyle", "Paginated", "Pagination"]);
        }
        if operation.batch.is_some() {
            support.extend(["BatchFacts", "Batched"]);
        }
        if operation.task.is_some() {
            support.extend(["StartsTask", "TaskFacts"]);
        }
        match &operation.reply {
            Reply::Fields { headers, .. } if headers.is_empty() => support.push("record"),
            Reply::Fields { .. } => support.extend(["HeaderMap", "header", "record"]),
            Reply::Whole(_) => support.push("transparent"),
            Reply::Empty(_) => support.push("empty_reply"),
        }
    }
    for properties in structs.iter().filter_map(|it| it.properties.as_ref()) {
        support.extend(["Described", "Property"]);
        if !properties.is_empty() {
            support.push("Schema");
        }
        schemas.extend(properties.iter().map(|it| &it.schema));
    }
    relations.extend(structs.iter().flat_map(|it| &it.constraints));
    support.extend(constraints::names(&relations));
    if schemas
        .iter()
        .any(|it| matches!(it.kind, SchemaKind::Time(_)))
    {
        support.push("TimeFormat");
    }
    for ty in structs
        .iter()
        .flat_map(|it| &it.fields)
        .map(|field| &field.ty)
    {
        if let Some(time) = time_in(ty) {
            support.extend(["Time", time.form]);
            // UTC is the default of the type.
            support.extend(Some(time.zone).filter(|zone| *zone != "Utc"));
        }
        with_maps |= mentions(ty, &|ty| matches!(ty, RustType::Map(_)));
        with_json |= mentions(ty, &|ty| matches!(ty, RustType::Json));
    }
    if structs
        .iter()
        .any(|it| it.fields.iter().any(|field| field.sensitive))
    {
        support.push("redacted");
    }
    support.sort_by_key(|name| (name.starts_with(|c: char| c.is_lowercase()), *name));
    support.dedup();

    let mut items = Vec::new();
    let mut push = |tokens: TokenStream| items.push(Item::Tokens(tokens));
    if !file.imports.is_empty() {
        let names = file.imports.iter().map(|name| ident(name));
        push(quote! { use crate::model::{#(#names),*}; });
    }
    if !support.is_empty() {
        let names = support.iter().map(|name| ident(name));
        push(quote! { use crate::support::{#(#names),*}; });
    }
    if file.operation.is_some() {
        push(quote! { use crate::{Call, Client}; });
    }
    if with_json {
        push(quote! { use serde_json::Value; });
    }
    if with_maps {
        push(quote! { use std::collections::BTreeMap; });
    }
    items
}

/// The time that a type is, apart from what only storing it needs.
fn time_in(ty: &RustType) -> Option<Time> {
    match ty {
        RustType::Time(time) => Some(*time),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Boxed(inner) => time_in(inner),
        _ => None,
    }
}

fn mentions(ty: &RustType, what: &impl Fn(&RustType) -> bool) -> bool {
    what(ty)
        || match ty {
            RustType::Vec(inner)
            | RustType::Map(inner)
            | RustType::Option(inner)
            | RustType::Boxed(inner) => mentions(inner, what),
            _ => false,
        }
}

/// `///` lines.
fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {}", vod_spec::visible(line))
        }
    });
    quote! { #(#[doc = #lines])* }
}

fn deprecated(note: Option<&String>) -> Option<TokenStream> {
    note.map(|note| quote! { #[deprecated(note = #note)] })
}

/// An `Option` as it is written.
fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote! { Some(#value) },
        None => quote! { None },
    }
}

impl ToTokens for RustType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::String => quote! { String },
            Self::Bool => quote! { bool },
            Self::I32 => quote! { i32 },
            Self::I64 => quote! { i64 },
            Self::F64 => quote! { f64 },
            Self::Json => quote! { Value },
            Self::Time(time) => {
                let form = ident(time.form);
                match time.zone {
                    "Utc" => quote! { Time<#form> },
                    zone => {
                        let zone = ident(zone);
                        quote! { Time<#form, #zone> }
                    }
                }
            }
            Self::Object(name) | Self::Enum(name) => {
                let name = ident(name);
                quote! { #name }
            }
            Self::Vec(inner) => quote! { Vec<#inner> },
            Self::Map(inner) => quote! { BTreeMap<String, #inner> },
            Self::Option(inner) => quote! { Option<#inner> },
            Self::Boxed(inner) => quote! { Box<#inner> },
        });
    }
}
