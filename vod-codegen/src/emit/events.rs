//! `notifications.rs`: the events that the service tells of. The module of notifications includes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::{HEADER, docs, enums, imports, structs};
use crate::format::{self, Item, NotRust};
use crate::names::ident;
use crate::rust::{Event, Events, Field, RustType, Type};

/// The text of the file; `None` where there are no events.
pub(super) fn events(events: &Events) -> Result<Option<String>, NotRust> {
    if events.events.is_empty() {
        return Ok(None);
    }
    let mut items = imports(&events.file, &["UnknownEvent", "events"]);
    items.push(Item::Tokens(definition(&events.events)));
    items.push(Item::Text(table(&events.events)));
    if !events.shared.is_empty() {
        let getters = events.shared.iter();
        let getters = getters.map(|field| getter(field, &events.events));
        items.push(Item::Tokens(quote! { impl Event { #(#getters)* } }));
    }
    for ty in &events.file.types {
        match ty {
            Type::Struct(ty) => structs::of_type(ty, &mut items),
            Type::Enum(ty) => enums::open_enum(ty, &mut items),
        }
    }
    format::file(&HEADER.replace("{}", &events.file.source), items).map(Some)
}

fn definition(events: &[Event]) -> TokenStream {
    let variants = events.iter().map(|event| {
        let (doc, name, body) = (docs(&event.docs), ident(&event.variant), ident(&event.body));
        quote! { #doc #name(#body), }
    });
    quote! {
        #[doc = " Something that has happened in the service."]
        #[doc = ""]
        #[doc = " As JSON it is the bare event, without the envelope of a channel: an object with `event_type`, whose"]
        #[doc = " case does not count, and a member that holds the body. A field that comes under several names is"]
        #[doc = " written under the main one."]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants)*
            #[doc = " An event that this version does not know, as it came."]
            Unknown(UnknownEvent),
        }
    }
}

/// The table of names that makes the enum readable and writable as JSON.
fn table(events: &[Event]) -> String {
    let rows = events.iter().map(|event| {
        let Event {
            variant,
            body,
            wire,
            member,
            ..
        } = event;
        format!("        {variant}({body}): {wire:?} in {member:?},\n")
    });
    format!(
        "events! {{\n    Event {{\n{}    }}\n}}\n",
        rows.collect::<String>()
    )
}

/// A method for a field that the bodies of all events have.
fn getter(field: &Field, events: &[Event]) -> TokenStream {
    let (doc, name) = (docs(&field.docs), ident(&field.name));
    let (ty, value) = match &field.ty {
        RustType::Option(inner) if **inner == RustType::String => {
            (quote! { str }, quote! { event.#name.as_deref() })
        }
        RustType::Option(inner) => (quote! { #inner }, quote! { event.#name.as_ref() }),
        ty => (quote! { #ty }, quote! { Some(&event.#name) }),
    };
    let arms = events.iter().map(|event| {
        let variant = ident(&event.variant);
        quote! { Self::#variant(event) => #value, }
    });
    quote! {
        #doc
        #[doc = ""]
        #[doc = " `None` for an unknown event."]
        pub fn #name(&self) -> Option<&#ty> {
            match self {
                #(#arms)*
                Self::Unknown(_) => None,
            }
        }
    }
}
