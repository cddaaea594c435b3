//! Operations: request and reply, facts for the run time, the client's method, the setters of its call.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use vod_spec::model::Place;

use super::constraints::constraint;
use super::{deprecated, docs, option, series, structs};
use crate::format::Item;
use crate::names::ident;
use crate::rust::{Field, Meta, Module, Operation, Property, Reply, Struct};

/// What travels.
pub(super) fn request_and_reply(operation: &Operation, items: &mut Vec<Item>) {
    let request = &operation.request;
    structs::definition(request, items);
    items.push(Item::Text(structs::record(request, "request")));
    structs::constructor_and_setters(request, items);
    items.push(Item::Tokens(implementation(operation)));
    series::implementations(operation, items);
    reply(&operation.reply, items);
    series::outcomes(operation, items);
}

/// The setters of its call.
pub(super) fn call(operation: &Operation, items: &mut Vec<Item>) {
    if operation.request.optional().next().is_some() {
        items.push(Item::Tokens(call_setters(&operation.request)));
    }
}

fn implementation(operation: &Operation) -> TokenStream {
    let request = ident(&operation.request.name);
    let reply = ident(&operation.reply.body().name);
    let meta = meta(operation);
    let read_headers = match &operation.reply {
        Reply::Fields { headers, .. } if !headers.is_empty() => {
            let lines = headers.iter().map(|field| {
                let (name, wire) = (ident(&field.name), &field.wire);
                quote! { reply.#name = header(headers, #wire); }
            });
            Some(quote! {
                fn read_headers(reply: &mut Self::Response, headers: &HeaderMap) { #(#lines)* }
            })
        }
        _ => None,
    };
    quote! {
        impl Operation for #request {
            type Response = #reply;
            const META: &'static OperationMeta = &#meta;
            #read_headers
        }
    }
}

fn meta(operation: &Operation) -> TokenStream {
    let meta = &operation.meta;
    let Meta {
        name,
        section,
        title,
        summary,
        path,
        docs,
        idempotent,
        body,
        success,
        ..
    } = meta;
    let method = ident(meta.method.as_str());
    let parameters = meta
        .parameters
        .iter()
        .map(|(place, property)| parameter(*place, property));
    let constraints = meta.constraints.iter().map(constraint);
    let success = Literal::u16_unsuffixed(*success);
    let docs = option(docs.as_ref());
    let reply = option(meta.reply.as_ref().map(structs::schema));
    let example = option(meta.example.as_deref().map(raw_string));
    let deprecated = option(meta.deprecated.as_ref());
    let pagination = operation.pagination.as_ref();
    let pagination = option(pagination.map(|_| quote! { <Self as Paginated>::PAGINATION }));
    let batch = option(operation.batch.as_ref().map(|batch| {
        let (values, size) = (&batch.values.wire, Literal::i64_unsuffixed(batch.size));
        quote! { BatchFacts { values: #values, size: #size } }
    }));
    let outcome = option(operation.outcome.as_ref().map(series::outcome_facts));
    let tasks = if operation.tasks.is_empty() {
        quote! { &[] }
    } else {
        quote! { <Self as StartsTask>::TASKS }
    };
    let rate = option(meta.rate.as_ref().map(|rate| {
        let (group, per_minute) = (&rate.group, Literal::u32_unsuffixed(rate.per_minute));
        let all = option(rate.all_tenants.map(Literal::u32_unsuffixed));
        quote! { RateLimit { group: #group, per_minute: #per_minute, all_tenants: #all } }
    }));
    quote! {
        OperationMeta {
            name: #name,
            section: #section,
            title: #title,
            summary: #summary,
            deprecated: #deprecated,
            method: Method::#method,
            path: #path,
            docs: #docs,
            idempotent: #idempotent,
            body: #body,
            parameters: &[#(#parameters),*],
            constraints: &[#(#constraints),*],
            success: #success,
            reply: #reply,
            example: #example,
            pagination: #pagination,
            batch: #batch,
            outcome: #outcome,
            tasks: #tasks,
            rate: #rate,
            normalize: normalize::<Self>,
        }
    }
}

fn parameter(place: Place, property: &Property) -> TokenStream {
    let place = ident(place.as_str());
    let wire = &property.wire;
    let schema = structs::schema(&property.schema);
    let more = structs::more(property);
    quote! { Parameter::#place(#wire, #schema) #more }
}

fn reply(reply: &Reply, items: &mut Vec<Item>) {
    match reply {
        Reply::Fields { body, .. } => structs::of_type(body, items),
        Reply::Whole(body) => {
            structs::definition(body, items);
            let fields: Vec<_> = body
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            items.push(Item::Text(format!(
                "transparent! {{\n    {} {{ {} }}\n}}\n",
                body.name,
                fields.join(", ")
            )));
        }
        Reply::Empty(body) => {
            structs::definition(body, items);
            items.push(Item::Text(format!("empty_reply! {{ {} }}\n", body.name)));
        }
    }
}

/// The methods of the client for the operations of one section.
pub(super) fn client(section: &Module) -> Option<TokenStream> {
    let methods = section.files.iter().filter_map(|it| it.operation.as_ref());
    let methods: Vec<_> = methods.map(client_method).collect();
    let heading = docs(&section.heading);
    (!methods.is_empty()).then(|| {
        quote! {
            #heading
            impl Client { #(#methods)* }
        }
    })
}

fn client_method(operation: &Operation) -> TokenStream {
    let method = &operation.method;
    let (name, request) = (ident(&method.name), ident(&operation.request.name));
    let doc = docs(&method.docs);
    let deprecated = deprecated(method.deprecated.as_ref());
    let arguments = operation.request.required().map(structs::argument);
    let names = operation.request.required().map(|field| ident(&field.name));
    let aliases = &method.aliases;
    let aliases = (!aliases.is_empty()).then(|| quote! { #[doc(alias(#(#aliases),*))] });
    quote! {
        #doc
        #aliases
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> Call<#request> {
            self.execute(#request::new(#(#names),*))
        }
    }
}

/// The setters of the request once more, on the call.
fn call_setters(request: &Struct) -> TokenStream {
    let ty = ident(&request.name);
    let setters = request.optional().map(outer_setter);
    quote! {
        impl Call<#ty> { #(#setters)* }
    }
}

/// A setter of what holds a request.
pub(super) fn outer_setter(field: &Field) -> TokenStream {
    let (name, argument) = (ident(&field.name), structs::argument(field));
    let (value, doc) = (structs::stored(field), docs(&field.setter));
    let deprecated = deprecated(field.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #name(self, #argument) -> Self {
            self.set(|request| request.#name = #value)
        }
    }
}

/// JSON is full of quotes: as a raw string it stays readable. Characters that nobody sees, or that turn the direction of
/// text, are written as escapes, which raw strings do not have.
fn raw_string(text: &str) -> Literal {
    let is_plain = |c: char| matches!(c, '"' | '\'' | '\\') || c.escape_debug().count() == 1;
    if !text.chars().all(is_plain) {
        return Literal::string(text);
    }
    let raw = if text.contains("\"#") {
        format!("r##\"{text}\"##")
    } else {
        format!("r#\"{text}\"#")
    };
    // So is text with even more fences in it.
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::raw_string;

    #[test]
    fn what_nobody_sees_is_escaped() {
        let written = |text| raw_string(text).to_string();
        assert_eq!(written(r#"{"a":"\\ 'é…"}"#), r###"r#"{"a":"\\ 'é…"}"#"###);
        assert_eq!(written("\u{202e}"), r#""\u{202e}""#);
        assert_eq!(written("a\r"), r#""a\r""#);
        assert_eq!(written("\"##"), r###""\"##""###);
    }
}
