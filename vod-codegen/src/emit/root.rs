//! The files that hold everything together.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::HEADER;
use crate::format::{self, Item, NotRust};
use crate::names::ident;
use crate::rust::{Bindings, Module, Operation};

/// `mod.rs`: the modules, and the list of all operations.
pub(super) fn root(bindings: &Bindings) -> Result<String, NotRust> {
    let modules = bindings.sections.iter().map(module);
    let names = bindings.sections.iter().map(|section| ident(&section.name));
    let metas = operations(bindings).map(|operation| {
        let request = ident(&operation.request.name);
        quote! { <model::#request as Operation>::META }
    });
    let items = vec![
        Item::Tokens(quote! { use crate::support::{Operation, OperationMeta}; }),
        Item::Tokens(quote! {
            #[doc = " Requests, replies and the types in them, a module per section of the vendor's docs."]
            #[doc = ""]
            #[doc = " Every type can also be reached without its section, as `model::NAME`."]
            pub mod model {
                #(pub use self::#names::*;)*
                #(#modules)*
            }
        }),
        Item::Tokens(quote! {
            mod regions {
                include!(concat!(env!("OUT_DIR"), "/regions.rs"));
            }
        }),
        Item::Tokens(quote! {
            #[doc = " The facts of all operations, in the order of the docs."]
            pub(crate) static OPERATIONS: &[&OperationMeta] = &[#(#metas),*];
        }),
        ALL.emit(bindings),
        PAGINATED.emit(bindings),
        BATCHED.emit(bindings),
    ];
    format::file(&HEADER.replace("{}", "spec/"), items)
}

fn operations(bindings: &Bindings) -> impl Iterator<Item = &Operation> {
    let files = bindings.sections.iter().flat_map(|section| &section.files);
    files.filter_map(|file| file.operation.as_ref())
}

/// The types of requests, for code that needs the one of a name. As a list of types is not a value, it is a macro.
struct Requests {
    name: &'static str,
    /// What `$name` has to be.
    doc: &'static str,
    has: fn(&Operation) -> bool,
}

const ALL: Requests = Requests {
    name: "__with_operation",
    doc: "the name of an operation",
    has: |_| true,
};

const PAGINATED: Requests = Requests {
    name: "__with_paginated",
    doc: "the name of an operation that lists page by page",
    has: |operation| operation.pagination.is_some(),
};

const BATCHED: Requests = Requests {
    name: "__with_batched",
    doc: "the name of an operation whose values can be sent in batches",
    has: |operation| operation.batch.is_some(),
};

impl Requests {
    fn emit(&self, bindings: &Bindings) -> Item {
        let Self { name, doc, has } = self;
        let rows: String = operations(bindings)
            .filter(|operation| has(operation))
            .map(|operation| {
                let (name, request) = (&operation.meta.name, &operation.request.name);
                format!("            {name:?}: $crate::model::{request},\n")
            })
            .collect();
        Item::Text(format!(
            "\
/// Runs `$body`, in which `$request` is the type of the request of `$name`.
/// Gives `None` if `$name` is not {doc}.
#[doc(hidden)]
#[macro_export]
macro_rules! {name} {{
    ($name:expr, $request:ident => $body:expr) => {{
        $crate::support::choose_operation!($name, $request => $body, {{
{rows}        }})
    }};
}}"
        ))
    }
}

fn module(module: &Module) -> TokenStream {
    let name = ident(&module.name);
    let doc = docs(&module.docs);
    let folder = module.name.trim_start_matches("r#");
    let files = module.files.iter().map(|file| {
        let name = ident(&file.module);
        let path = format!("/{folder}/{}.rs", file.module.trim_start_matches("r#"));
        quote! {
            mod #name { include!(concat!(env!("OUT_DIR"), #path)); }
        }
    });
    let names = module.files.iter().map(|file| ident(&file.module));
    quote! {
        #doc
        pub mod #name {
            #(pub use self::#names::*;)*
            #(#files)*
        }
    }
}

/// `codes.rs`: the documented codes of errors.
pub(super) fn codes(bindings: &Bindings) -> Result<String, NotRust> {
    let codes = bindings.error_codes.iter().map(|code| {
        let (doc, name, value) = (docs(&code.docs), ident(&code.name), &code.value);
        Item::Tokens(quote! { #doc pub const #name: &str = #value; })
    });
    format::file(&HEADER.replace("{}", "spec/service.yaml"), codes.collect())
}

/// `regions.rs`: the constants of the type for regions.
pub(super) fn regions(bindings: &Bindings) -> Result<String, NotRust> {
    let regions = bindings.regions.iter().map(|region| {
        let (doc, name, id) = (docs(&region.docs), ident(&region.name), &region.value);
        quote! { #doc pub const #name: Self = Self::known(#id); }
    });
    let items = vec![
        Item::Tokens(quote! { use crate::Region; }),
        Item::Tokens(quote! { impl Region { #(#regions)* } }),
    ];
    format::file(&HEADER.replace("{}", "spec/service.yaml"), items)
}

/// `constants.rs`: what the code below the client knows of the service. It needs no type of the client.
pub(super) fn constants(bindings: &Bindings) -> Result<String, NotRust> {
    let endpoint = &bindings.endpoint;
    let ids = bindings.regions.iter().map(|region| &region.value);
    let items = vec![
        Item::Tokens(quote! {
            #[doc = " Where a region is served."]
            pub(crate) const ENDPOINT: &str = #endpoint;
        }),
        Item::Tokens(quote! {
            #[doc = " The ids of the regions."]
            pub(crate) const REGIONS: &[&str] = &[#(#ids),*];
        }),
        Item::Tokens(quote! {
            #[doc = " The documented codes of errors, to hold against [`Error::code`](crate::Error::code)."]
            pub mod codes {
                include!(concat!(env!("OUT_DIR"), "/codes.rs"));
            }
        }),
    ];
    format::file(&HEADER.replace("{}", "spec/service.yaml"), items)
}
