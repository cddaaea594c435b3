//! What an example shows of a reply: a field, as a reader has to know how to get at one.

use vod_spec::model::{Field, Operation, ReplyBody, Type, TypeKind};

use super::Lowering;
use crate::names;

/// Statements that print a part of the reply in the variable `reply`: of each item of its first list, or else its first
/// field, or all of it where that is secret.
pub(super) fn at_reply(lowering: &Lowering<'_>, operation: &Operation, reply: &str) -> String {
    let body = &operation.reply;
    if let ReplyBody::Whole(ty) = &body.body {
        return match ty {
            Type::Array(item) => each(reply, "items", &of_item(lowering, item)),
            _ => print(&format!("{reply}.items")),
        };
    }
    let shown: Vec<_> = shown(body.fields().iter().chain(&body.headers)).collect();
    let list = shown.iter().find_map(|field| match &field.ty {
        Type::Array(item) => Some((field, item)),
        _ => None,
    });
    match (list, shown.first()) {
        (Some((list, item)), _) => each(reply, &name(list), &of_item(lowering, item)),
        (None, Some(first)) => print(&format!("{reply}.{}", name(first))),
        (None, None) => format!("println!(\"{{{reply}:?}}\");"),
    }
}

/// The same for the variable `item`, an item of the list that the service calls `list`.
pub(super) fn at_item(lowering: &Lowering<'_>, operation: &Operation, list: &str) -> String {
    let mut fields = operation.reply.fields().iter();
    let list = fields.find(|it| it.name.value == list).map(|it| &it.ty);
    match list {
        Some(Type::Array(item)) => of_item(lowering, item),
        _ => "println!(\"{item:?}\");".to_owned(),
    }
}

fn each(reply: &str, list: &str, look: &str) -> String {
    format!("for item in &{reply}.{list} {{ {look} }}")
}

fn of_item(lowering: &Lowering<'_>, ty: &Type) -> String {
    let ty = match ty {
        Type::Named(id) => lowering.api.type_def(*id),
        _ => None,
    };
    let field = match ty.map(|ty| &ty.kind) {
        Some(TypeKind::Object(fields)) => shown(fields.iter()).next(),
        _ => None,
    };
    match field {
        Some(field) => print(&format!("item.{}", name(field))),
        None => "println!(\"{item:?}\");".to_owned(),
    }
}

fn print(what: &str) -> String {
    format!("println!(\"{{:?}}\", {what});")
}

/// Fields that are no secrets, and that are still in use.
fn shown<'f>(fields: impl Iterator<Item = &'f Field>) -> impl Iterator<Item = &'f Field> {
    fields.filter(|field| !field.sensitive && field.deprecated.is_none())
}

fn name(field: &Field) -> String {
    names::chosen(&field.name, &field.rust, names::snake)
}
