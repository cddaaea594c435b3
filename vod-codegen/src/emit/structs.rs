//! Structs: definition, table of wire names, constructor, setters.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use vod_spec::model::LengthUnit;

use super::constraints::constraint;
use super::{deprecated, docs};
use crate::format::Item;
use crate::names::ident;
use crate::rust::{Field, Flag, Property, RustType, Schema, SchemaKind, Struct};

/// A type of the description, or the reply of an operation that has fields.
pub(super) fn of_type(ty: &Struct, items: &mut Vec<Item>) {
    definition(ty, items);
    // Read on their own, the types of requests are as strict as requests. Replies never read their parts on their own.
    let table = if ty.constructed { "part" } else { "record" };
    items.push(Item::Text(record(ty, table)));
    if ty.constructed {
        constructor_and_setters(ty, items);
    }
    described(ty, items);
}

/// What is known of the fields at run time.
fn described(ty: &Struct, items: &mut Vec<Item>) {
    let Some(properties) = &ty.properties else {
        return;
    };
    let name = ident(&ty.name);
    let properties = properties.iter().map(property);
    let constraints = (!ty.constraints.is_empty()).then(|| {
        let constraints = ty.constraints.iter().map(constraint);
        quote! { const CONSTRAINTS: &'static [Constraint] = &[#(#constraints),*]; }
    });
    items.push(Item::Tokens(quote! {
        impl Described for #name {
            const PROPERTIES: &'static [Property] = &[#(#properties),*];
            #constraints
        }
    }));
}

/// The struct, and a `Debug` of its own where a field is a secret.
pub(super) fn definition(ty: &Struct, items: &mut Vec<Item>) {
    let name = ident(&ty.name);
    let doc = docs(&ty.docs);
    let secret = ty.fields.iter().any(|field| field.sensitive);
    let debug = (!secret).then(|| quote! { Debug, });
    let default = ty.has_default().then(|| quote! { Default, });
    let fields = ty.fields.iter().map(|field| {
        let (doc, name, ty) = (docs(&field.docs), ident(&field.name), &field.ty);
        let search = field.search.iter();
        quote! { #doc #(#[doc(alias = #search)])* pub #name: #ty, }
    });
    items.push(Item::Tokens(quote! {
        #doc
        #[derive(#debug Clone, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }));
    if secret {
        let text = ty.name.as_str();
        let fields = ty.fields.iter().map(|field| {
            let member = ident(&field.name);
            let text = field.name.trim_start_matches("r#");
            if field.sensitive {
                quote! { .field(#text, &redacted(&self.#member)) }
            } else {
                quote! { .field(#text, &self.#member) }
            }
        });
        items.push(Item::Tokens(quote! {
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.debug_struct(#text) #(#fields)* .finish()
                }
            }
        }));
    }
}

/// The table of wire names that makes a struct readable and writable as JSON.
pub(super) fn record(ty: &Struct, table: &str) -> String {
    if ty.fields.is_empty() {
        return format!("{table}! {{\n    {} {{}}\n}}\n", ty.name);
    }
    let mut out = format!("{table}! {{\n    {} {{\n", ty.name);
    for field in &ty.fields {
        let form = match field.flag {
            Some(Flag::Number) => " as flag",
            Some(Flag::Text) => " as text_flag",
            None => "",
        };
        // Writing to a string cannot fail.
        let _ = write!(out, "        {}: {:?}", field.name, field.wire);
        for alias in &field.aliases {
            let _ = write!(out, " or {alias:?}");
        }
        if let Some(absent) = &field.absent {
            let _ = write!(out, " without {absent:?}");
        }
        let _ = writeln!(out, "{form},");
    }
    out.push_str("    }\n}\n");
    out
}

/// `new` with what is required, then a setter for each of the rest.
pub(super) fn constructor_and_setters(ty: &Struct, items: &mut Vec<Item>) {
    let name = ident(&ty.name);
    let constructor = constructor(ty);
    let setters = ty.optional().map(setter);
    items.push(Item::Tokens(quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
    }));
}

fn constructor(ty: &Struct) -> TokenStream {
    if ty.required().next().is_none() {
        return quote! {
            #[doc = " Creates the value with nothing set."]
            pub fn new() -> Self { Self::default() }
        };
    }
    let arguments = ty.required().map(argument);
    let values = ty.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = if field.required {
            stored(field)
        } else {
            match &field.ty {
                RustType::Option(_) => quote! { None },
                RustType::Map(_) => quote! { BTreeMap::new() },
                _ => quote! { Vec::new() },
            }
        };
        // `name: name` is written as `name`.
        if name == value.to_string() {
            quote! { #name }
        } else {
            quote! { #name: #value }
        }
    });
    quote! {
        #[doc = " Creates the value with what is required."]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let (name, argument, value) = (ident(&field.name), argument(field), stored(field));
    let doc = docs(&field.setter);
    let deprecated = deprecated(field.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #name(mut self, #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The argument through which a field is set; it has the field's name.
pub(super) fn argument(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let ty = accepted(plain(&field.ty));
    quote! { #name: #ty }
}

/// The type of a field without what only storing it needs.
fn plain(ty: &RustType) -> &RustType {
    match ty {
        RustType::Option(inner) | RustType::Boxed(inner) => plain(inner),
        ty => ty,
    }
}

/// What a setter accepts for a value of type `ty`.
fn accepted(ty: &RustType) -> TokenStream {
    match ty {
        ty if ty.is_converted() => quote! { impl Into<#ty> },
        RustType::Vec(inner) => {
            let inner = accepted_inside(inner);
            quote! { impl IntoIterator<Item = #inner> }
        }
        RustType::Map(inner) => {
            let inner = accepted_inside(inner);
            quote! { impl IntoIterator<Item = (impl Into<String>, #inner)> }
        }
        ty => quote! { #ty },
    }
}

/// The same for a value inside a collection, whose own collections are not converted.
fn accepted_inside(ty: &RustType) -> TokenStream {
    if ty.is_converted() {
        quote! { impl Into<#ty> }
    } else {
        quote! { #ty }
    }
}

/// From the argument to the value of the field.
pub(super) fn stored(field: &Field) -> TokenStream {
    let value = conversion(field);
    match &field.ty {
        RustType::Option(_) => quote! { Some(#value) },
        _ => value,
    }
}

/// The same, the `Option` aside.
fn conversion(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let boxed =
        matches!(&field.ty, RustType::Option(inner) if matches!(**inner, RustType::Boxed(_)));
    match plain(&field.ty) {
        ty if ty.is_converted() => quote! { #name.into() },
        RustType::Vec(inner) if inner.is_converted() => {
            quote! { #name.into_iter().map(Into::into).collect() }
        }
        RustType::Vec(_) => quote! { #name.into_iter().collect() },
        RustType::Map(inner) => {
            let value = if inner.is_converted() {
                quote! { value.into() }
            } else {
                quote! { value }
            };
            quote! { #name.into_iter().map(|(key, value)| (key.into(), #value)).collect() }
        }
        _ if boxed => quote! { Box::new(#name) },
        _ => quote! { #name },
    }
}

fn property(property: &Property) -> TokenStream {
    let wire = &property.wire;
    let schema = schema(&property.schema);
    let more = more(property);
    quote! { Property::new(#wire, #schema) #more }
}

/// The optional calls for a property: that it is required or sensitive, and its Rust name if it differs.
pub(super) fn more(property: &Property) -> TokenStream {
    let required = property.required.then(|| quote! { .required() });
    let name = &property.name;
    let named = (property.name != property.wire).then(|| quote! { .named(#name) });
    let sensitive = property.sensitive.then(|| quote! { .sensitive() });
    quote! { #required #sensitive #named }
}

pub(super) fn schema(schema: &Schema) -> TokenStream {
    let mut tokens = match &schema.kind {
        SchemaKind::String => quote! { Schema::STRING },
        SchemaKind::Bool => quote! { Schema::BOOL },
        SchemaKind::Int32 => quote! { Schema::INT32 },
        SchemaKind::Int64 => quote! { Schema::INT64 },
        SchemaKind::Number => quote! { Schema::NUMBER },
        SchemaKind::Any => quote! { Schema::ANY },
        SchemaKind::Array(inner) => {
            let inner = self::schema(inner);
            quote! { Schema::array(&#inner) }
        }
        SchemaKind::Map(inner) => {
            let inner = self::schema(inner);
            quote! { Schema::map(&#inner) }
        }
        SchemaKind::Object(name) => {
            let name = ident(name);
            quote! { Schema::object::<#name>() }
        }
        SchemaKind::Enum(values) => quote! { Schema::one_of(&[#(#values),*]) },
        SchemaKind::Flag(Flag::Number) => quote! { Schema::FLAG },
        SchemaKind::Flag(Flag::Text) => quote! { Schema::TEXT_FLAG },
        SchemaKind::Time(time) => {
            let form = ident(time.form);
            quote! { Schema::time(TimeFormat::#form) }
        }
    };
    let unlimited = quote! { usize::MAX };
    let length = match schema.limits.unit {
        LengthUnit::Bytes => "bytes",
        _ => "length",
    };
    let counts = [
        ("items", schema.limits.items),
        (length, schema.limits.length),
    ];
    for (name, bounds) in counts.into_iter().filter(|(_, bounds)| !bounds.is_empty()) {
        let name = ident(name);
        let min = number(bounds.min.unwrap_or(0));
        let max = bounds.max.map_or(unlimited.clone(), number);
        tokens.extend(quote! { .#name(#min, #max) });
    }
    let range = schema.limits.range;
    if !range.is_empty() {
        let min = range.min.map_or(quote! { i64::MIN }, number);
        let max = range.max.map_or(quote! { i64::MAX }, number);
        tokens.extend(quote! { .range(#min, #max) });
    }
    if !schema.blank {
        tokens.extend(quote! { .not_blank() });
    }
    tokens
}

/// A number as a person writes it.
pub(super) fn number(value: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}
