//! Enums that stay open for values to come.

use std::fmt::Write as _;

use quote::quote;

use super::docs;
use crate::format::Item;
use crate::names::ident;
use crate::rust::Enum;

pub(super) fn open_enum(ty: &Enum, items: &mut Vec<Item>) {
    let name = ident(&ty.name);
    let doc = docs(&ty.docs);
    let variants = ty.variants.iter().map(|variant| {
        let (doc, name) = (docs(&variant.docs), ident(&variant.name));
        quote! { #doc #name, }
    });
    items.push(Item::Tokens(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that this version does not know."]
            Unrecognized(UnrecognizedValue),
        }
    }));
    let mut table = format!("open_enum! {{\n    {} {{\n", ty.name);
    for variant in &ty.variants {
        // Writing to a string cannot fail.
        let _ = write!(table, "        {}: {:?}", variant.name, variant.wire);
        for alias in &variant.aliases {
            let _ = write!(table, " or {alias:?}");
        }
        table.push_str(",\n");
    }
    table.push_str("    }\n}\n");
    items.push(Item::Text(table));
}
