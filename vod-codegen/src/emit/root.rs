//! The files that hold everything together.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::outer_setter;
use super::{HEADER, docs, mentions, names_of_time, operations, option};
use crate::format::{self, Item, NotRust};
use crate::names::ident;
use crate::rust::{Bindings, Constant, ErrorCode, Field, Module, Operation, RustType};

/// `mod.rs`: the modules, and the list of all operations.
pub(super) fn root(bindings: &Bindings) -> Result<String, NotRust> {
    let modules = bindings.sections.iter().map(module);
    let names = bindings.sections.iter().map(|section| ident(&section.name));
    let with_methods = bindings.sections.iter().filter(|it| has_operations(it));
    let clients = with_methods.map(|section| {
        let name = ident(&section.name);
        let path = format!("/client/{}.rs", section.name.trim_start_matches("r#"));
        quote! { mod #name { include!(concat!(env!("OUT_DIR"), #path)); } }
    });
    let metas = all(bindings).map(|operation| {
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
                #(#[doc(no_inline)] pub use self::#names::*;)*
                #(#modules)*
            }
        }),
        Item::Tokens(quote! { mod client { #(#clients)* } }),
        Item::Tokens(quote! {
            mod regions {
                include!(concat!(env!("OUT_DIR"), "/regions.rs"));
            }
        }),
        Item::Tokens(quote! {
            #[doc = " The facts of all operations, in the order of the docs."]
            pub(crate) static OPERATIONS: &[&OperationMeta] = &[#(#metas),*];
        }),
    ];
    format::file(&HEADER.replace("{}", "spec/"), items)
}

/// `client/SECTION.rs`: the methods of the client for the operations of a section.
pub(super) fn client(section: &Module) -> Result<Option<String>, NotRust> {
    let Some(methods) = operations::client(section) else {
        return Ok(None);
    };
    let requests = section.files.iter().filter_map(|it| it.operation.as_ref());
    let arguments: Vec<_> = requests.flat_map(|it| it.request.required()).collect();
    let times = arguments.iter().flat_map(|it| names_of_time(&it.ty));
    let times: BTreeSet<_> = times.collect();
    let names = times.iter().map(|name| ident(name));
    let with_json = |it: &&Field| mentions(&it.ty, &|ty| matches!(ty, RustType::Json));
    let uses = [
        Some(quote! { use crate::model::*; }),
        (!times.is_empty()).then(|| quote! { use crate::support::{#(#names),*}; }),
        Some(quote! { use crate::{Call, Client}; }),
        arguments
            .iter()
            .any(with_json)
            .then(|| quote! { use serde_json::Value; }),
        Some(methods),
    ];
    let items = uses.into_iter().flatten().map(Item::Tokens).collect();
    format::file(&HEADER.replace("{}", "spec/"), items).map(Some)
}

/// `uploads.rs`: the setters of requests that prepare an upload, for what is required as well, as an
/// upload is begun with its files alone. The module of uploads includes it.
pub(super) fn uploads(bindings: &Bindings) -> Result<String, NotRust> {
    let uploads = all(bindings).filter(|it| !it.upload.is_empty());
    let impls: Vec<_> = uploads
        .map(|operation| {
            let ty = ident(&operation.request.name);
            let setters = operation.upload.iter().map(outer_setter);
            Item::Tokens(quote! {
                impl Upload<#ty> { #(#setters)* }
            })
        })
        .collect();
    let uses = (!impls.is_empty()).then(|| {
        Item::Tokens(quote! {
            use crate::model::*;
            use crate::upload::Upload;
        })
    });
    let items = uses.into_iter().chain(impls).collect();
    format::file(&HEADER.replace("{}", "spec/"), items)
}

/// `with_operation.rs`: for tests that need the types of all operations. The client does not include it.
pub(super) fn with_operation(bindings: &Bindings) -> Result<String, NotRust> {
    let arms = all(bindings).map(|it| {
        let (name, request) = (&it.meta.name, &it.request.name);
        format!("            {name:?} => {{\n                type $request = model::{request};\n                $body\n            }}\n")
    });
    let items = vec![
        Item::Text(format!(
            "/// Runs `$body` with `$request` standing for the request of the operation called `$name`.\n\
             #[allow(unused_macros)]\n\
             macro_rules! with_operation {{\n    \
                 ($name:expr, $request:ident => $body:expr) => {{\n        \
                     match $name {{\n{}            \
                         other => panic!(\"there is no operation {{other}}\"),\n        \
                     }}\n    \
                 }};\n\
             }}\n",
            arms.collect::<String>()
        )),
        each(
            "each_paginated",
            "lists page by page",
            all(bindings).filter(|it| it.pagination.is_some()),
        ),
        each(
            "each_batched",
            "takes values that can be sent in batches",
            all(bindings).filter(|it| it.batch.is_some()),
        ),
    ];
    format::file(&HEADER.replace("{}", "spec/"), items)
}

/// A macro that runs code once for each of some operations.
fn each<'a>(name: &str, what: &str, operations: impl Iterator<Item = &'a Operation>) -> Item {
    let blocks = operations.map(|it| {
        let request = &it.request.name;
        format!("        {{\n            type $request = model::{request};\n            $body;\n        }}\n")
    });
    Item::Text(format!(
        "/// Runs `$body` once for each operation that {what}, with `$request` standing for its request.\n\
         #[allow(unused_macros)]\n\
         macro_rules! {name} {{\n    \
             ($request:ident => $body:expr) => {{\n{}    \
             }};\n\
         }}\n",
        blocks.collect::<String>()
    ))
}

fn all(bindings: &Bindings) -> impl Iterator<Item = &Operation> {
    let files = bindings.sections.iter().flat_map(|it| &it.files);
    files.filter_map(|file| file.operation.as_ref())
}

fn has_operations(module: &Module) -> bool {
    module.files.iter().any(|file| file.operation.is_some())
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

/// `codes.rs`: the documented codes of errors, and a table of what is known of them.
pub(super) fn codes(bindings: &Bindings) -> Result<String, NotRust> {
    let mut items: Vec<_> = bindings.error_codes.iter().map(code_constant).collect();
    let facts = bindings.error_codes.iter().map(code_facts);
    items.push(Item::Tokens(quote! {
        #[doc = " What is known of each code."]
        pub(crate) static ALL: &[CodeFacts] = &[#(#facts),*];
    }));
    format::file(&HEADER.replace("{}", "spec/service.yaml"), items)
}

fn code_constant(code: &ErrorCode) -> Item {
    let Constant {
        name,
        value,
        docs: lines,
    } = &code.constant;
    let (doc, name) = (docs(lines), ident(name));
    let of_kind = code.kind.as_ref().map(|kind| {
        let doc = docs(&kind.docs);
        quote! { #[doc = ""] #doc }
    });
    Item::Tokens(quote! { #doc #of_kind #[doc(alias = #value)] pub const #name: &str = #value; })
}

fn code_facts(code: &ErrorCode) -> TokenStream {
    let (name, meaning) = (ident(&code.constant.name), &code.meaning);
    let kind = option(code.kind.as_ref().map(|kind| {
        let variant = ident(&kind.variant);
        quote! { CodeKind::#variant }
    }));
    quote! { CodeFacts { code: #name, kind: #kind, doc: #meaning } }
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
    ];
    format::file(&HEADER.replace("{}", "spec/service.yaml"), items)
}
