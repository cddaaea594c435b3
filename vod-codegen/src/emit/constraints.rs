//! Constraints between fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::structs::number;
use crate::names::ident;
use crate::rust::{Condition, Constraint, Literal, Test};

pub(super) fn constraint(constraint: &Constraint) -> TokenStream {
    let demand = ident(constraint.demand);
    let fields = &constraint.fields;
    let conditions = constraint.conditions.iter().map(condition);
    let conditions =
        (!constraint.conditions.is_empty()).then(|| quote! { .when(&[#(#conditions),*]) });
    quote! { Constraint::new(Demand::#demand, &[#(#fields),*]) #conditions }
}

fn condition(condition: &Condition) -> TokenStream {
    let field = &condition.field;
    let test = match &condition.test {
        Test::Present => quote! { Test::Present },
        Test::Absent => quote! { Test::Absent },
        Test::OneOf(values) => {
            let values = values.iter().map(literal);
            quote! { Test::OneOf(&[#(#values),*]) }
        }
        Test::OneOfOrAbsent(values) => {
            let values = values.iter().map(literal);
            quote! { Test::OneOfOrAbsent(&[#(#values),*]) }
        }
    };
    quote! { Condition::new(#field, #test) }
}

fn literal(value: &Literal) -> TokenStream {
    match value {
        Literal::Text(text) => quote! { Literal::Text(#text) },
        Literal::Number(value) => {
            let value = number(*value);
            quote! { Literal::Number(#value) }
        }
        Literal::Flag(flag) => quote! { Literal::Flag(#flag) },
    }
}

/// The names that the code of constraints uses.
pub(super) fn names(constraints: &[&Constraint]) -> Vec<&'static str> {
    let mut names = Vec::new();
    if !constraints.is_empty() {
        names.extend(["Constraint", "Demand"]);
    }
    let conditions = constraints.iter().flat_map(|it| &it.conditions);
    for condition in conditions {
        names.extend(["Condition", "Test"]);
        if !matches!(condition.test, Test::Present | Test::Absent) {
            names.push("Literal");
        }
    }
    names
}
