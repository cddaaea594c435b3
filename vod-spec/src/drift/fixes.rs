//! Which edits follow from what a page states: facts only, and nothing from what it does not say.

use vod_page::{Address, CellType};

use crate::fix::{Change, Edit, Fix, Of};
use crate::format::rule::Rule;
use crate::model::{
    Api, Field, LengthUnit, Operation, Origin, ReplyBody, ScalarType, Type, TypeDef, TypeId,
    TypeKind,
};
use crate::source::{SourceId, Span};

use super::deviations::shows_in;
use super::values::type_text;
use super::{Comparer, Finding, Level};

/// The end of a range that a page states, and the one of the description.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub(super) page: Option<i64>,
    pub(super) ours: Option<i64>,
}

/// Limits of a value of the type `ty`, the smallest and the largest. `least` is no limit, and an end that the page does
/// not state stays.
pub(super) fn limits(
    field: &Field,
    ty: &Type,
    [min, max]: [End; 2],
    least: Option<i64>,
) -> Option<Fix> {
    let after = |end: End| end.page.or(end.ours).filter(|it| Some(*it) != least);
    let map = match ty {
        Type::Array(_) => None,
        Type::Scalar(ScalarType::String) if field.limits.unit == LengthUnit::Bytes => return None,
        Type::Scalar(ScalarType::String) => Some("length"),
        _ => Some("range"),
    };
    let edit = |keys: &[&str], value: Option<i64>| {
        let change = value.map_or(Change::Drop, |it| Change::Set(it.to_string()));
        edit(field, keys, change)
    };
    let Some(map) = map else {
        let ends = [("min_items", min), ("max_items", max)].into_iter();
        return fix(ends
            .filter(|(_, it)| after(*it) != it.ours)
            .map(|(key, it)| edit(&[key], after(it))));
    };
    if after(min).or(after(max)).is_none() {
        return fix([edit(&[map], None)]);
    }
    let ends = [("min", min), ("max", max)].into_iter();
    // What is added comes before what is dropped: a map is never empty on the way.
    let (set, dropped): (Vec<_>, Vec<_>) = ends
        .filter(|(_, it)| after(*it) != it.ours)
        .partition(|(_, it)| after(*it).is_some());
    fix(set
        .into_iter()
        .chain(dropped)
        .map(|(key, it)| edit(&[map, key], after(it))))
}

/// Whether a request must have it. A field that it must have has no default.
pub(super) fn required(field: &Field, mandatory: bool) -> Option<Fix> {
    if !mandatory {
        return fix([edit(field, &["required"], Change::Drop)]);
    }
    let default = field.default.as_ref();
    let default = default.map(|_| edit(field, &["default"], Change::Drop));
    let required = edit(field, &["required"], Change::Set("true".to_owned()));
    fix(std::iter::once(required).chain(default))
}

/// The default, if the type can have it.
pub(super) fn default(api: &Api, field: &Field, page: &str) -> Option<Fix> {
    let page = page.trim().trim_matches(['"', '\'', '`', '“', '”']);
    let change = match &field.ty {
        Type::Scalar(ScalarType::Bool) => {
            Change::Set(page.to_ascii_lowercase().parse::<bool>().ok()?.to_string())
        }
        Type::Scalar(ScalarType::Int32 | ScalarType::Int64) => {
            Change::Set(page.parse::<i64>().ok()?.to_string())
        }
        Type::Scalar(ScalarType::Float | ScalarType::Double) => {
            page.parse::<f64>().ok().filter(|it| it.is_finite())?;
            Change::Set(page.to_owned())
        }
        Type::Scalar(ScalarType::String) => Change::SetText(page.to_owned()),
        Type::Named(id) if matches!(api.type_def(*id)?.kind, TypeKind::Enum(_)) => {
            Change::SetText(page.to_owned())
        }
        Type::Named(_) | Type::Array(_) | Type::Map(_) | Type::Any => return None,
    };
    fix([edit(field, &["default"], change)])
}

/// Another type without parts, or an array of them.
pub(super) fn cell_type(field: &Field, page: &CellType) -> Option<Fix> {
    fn is_plain(page: &CellType, ours: &Type) -> bool {
        match (page, ours) {
            (CellType::Array(page), Type::Array(ours)) => is_plain(page, ours),
            (page, Type::Scalar(_)) => matches!(
                page,
                CellType::String
                    | CellType::Boolean
                    | CellType::Integer
                    | CellType::Long
                    | CellType::Number
            ),
            _ => false,
        }
    }
    let change = Change::SetText(type_text(page));
    is_plain(page, &field.ty).then(|| fix([edit(field, &["type"], change)]))?
}

/// A value of an enum, with the values that the page lists before it, the nearest first.
pub(super) fn value_added(
    field: &Field,
    ty: &TypeDef,
    name: &str,
    before: Vec<String>,
) -> Option<Fix> {
    let TypeKind::Enum(values) = &ty.kind else {
        return None;
    };
    let is_known = values.iter().any(|it| it.name.value == name);
    let value = (!is_known).then(|| Edit {
        of: Of::Key(ty.name.span),
        path: vec!["values".to_owned(), name.to_owned()],
        change: Change::AddValue(before),
    });
    let only = field.only.as_ref();
    let only = only.map(|_| edit(field, &["only"], Change::Include(name.to_owned())));
    fix(value.into_iter().chain(only))
}

/// A value that an enum no longer has, or that this field cannot have any more.
pub(super) fn value_removed(api: &Api, field: &Field, id: TypeId, name: &str) -> Option<Fix> {
    if let Some(only) = &field.only {
        let change = Change::Exclude(name.to_owned());
        return (only.len() > 1).then(|| fix([edit(field, &["only"], change)]))?;
    }
    // Others that have the type can have the value as well.
    let value = Edit {
        of: Of::Key(api.type_def(id)?.name.span),
        path: vec!["values".to_owned(), name.to_owned()],
        change: Change::Drop,
    };
    (uses(api, id) == 1).then(|| fix([value]))?
}

/// Edits of the map that the file of an operation is.
pub(super) fn operation(operation: &Operation, key: &str, change: Change) -> Option<Fix> {
    fix([of_file(operation.name.span.source, &[key], change)])
}

/// Another text in a cell of the permission, or other items in its list.
pub(super) fn permission(
    operation: &Operation,
    key: &str,
    changes: impl IntoIterator<Item = Change>,
) -> Option<Fix> {
    let source = operation.name.span.source;
    fix(changes
        .into_iter()
        .map(|it| of_file(source, &["permission", key], it)))
}

/// A status, which is added or dropped.
pub(super) fn status(operation: &Operation, status: u16, change: Change) -> Option<Fix> {
    let source = operation.name.span.source;
    fix([of_file(source, &["responses", &status.to_string()], change)])
}

fn of_file(source: SourceId, path: &[&str], change: Change) -> Edit {
    Edit {
        of: Of::File(source),
        path: path.iter().map(|it| (*it).to_owned()).collect(),
        change,
    }
}

fn edit(field: &Field, path: &[&str], change: Change) -> Edit {
    Edit {
        of: Of::Key(field.name.span),
        path: path.iter().map(|it| (*it).to_owned()).collect(),
        change,
    }
}

fn fix(edits: impl IntoIterator<Item = Edit>) -> Option<Fix> {
    let edits: Vec<_> = edits.into_iter().collect();
    (!edits.is_empty()).then_some(Fix { edits })
}

/// How many fields and replies have a type, or values of it.
fn uses(api: &Api, id: TypeId) -> usize {
    fn has(ty: &Type, id: TypeId) -> bool {
        match ty {
            Type::Named(it) => *it == id,
            Type::Array(inner) | Type::Map(inner) => has(inner, id),
            Type::Scalar(_) | Type::Any => false,
        }
    }
    let operations = api.operations.iter();
    let of_operations = operations.flat_map(|it| {
        let parameters = it.parameters.iter().map(|it| &it.field.ty);
        let whole = match &it.reply.body {
            ReplyBody::Whole(ty) => Some(ty),
            ReplyBody::Fields(_) | ReplyBody::Empty => None,
        };
        let reply = it.reply.fields().iter().chain(&it.reply.headers);
        parameters.chain(whole).chain(reply.map(|it| &it.ty))
    });
    let of_types = api.types.iter().flat_map(|it| match &it.kind {
        TypeKind::Object(fields) => fields.as_slice(),
        TypeKind::Enum(_) => &[],
    });
    let of_errors = api.service.error.iter();
    let fields = of_types.chain(of_errors).map(|it| &it.ty);
    of_operations.chain(fields).filter(|it| has(it, id)).count()
}

impl Comparer<'_, '_> {
    /// Whether a fact comes from a source like this one: what others state of it is for a person to weigh.
    pub(super) fn is_source_of(&self, stated_in: Option<Origin>) -> bool {
        stated_in.is_none_or(|it| shows_in(it, self.page.source))
    }

    /// Takes the fixes from findings that are not certain, or that a deviation speaks of.
    pub(super) fn keep_certain_fixes(&mut self) {
        let doubtful: Vec<_> = self
            .findings
            .iter()
            .filter(|it| matches!(it.rule, Rule::Unreadable | Rule::DuplicateRow))
            .map(|it| it.at.clone())
            .collect();
        let (api, operation) = (self.api, self.operation);
        for finding in &mut self.findings {
            let is_certain = !finding.acknowledged
                && finding.level != Level::Warning
                && !doubtful.iter().any(|it| finding.at.is_within(it));
            let Some(fix) = finding.fix.take().filter(|_| is_certain) else {
                continue;
            };
            let files = || {
                fix.edits
                    .iter()
                    .map(|it| api.sources.file(source(it)).name.as_str())
            };
            let is_shared = |file: &str| file.starts_with("types/");
            let is_pinned = if files().any(is_shared) {
                api.operations.iter().any(|it| pins(it, finding))
            } else {
                pins(operation, finding)
            };
            // What all operations share is not for the page of one to say.
            let is_own = files().all(|it| it == operation.file || is_shared(it));
            finding.fix = (is_own && !is_pinned).then_some(fix);
        }
    }
}

fn source(edit: &Edit) -> SourceId {
    match edit.of {
        Of::File(source) | Of::Key(Span { source, .. }) => source,
    }
}

/// Whether a deviation of the operation speaks of what was found, whichever value it acknowledges.
fn pins(operation: &Operation, finding: &Finding) -> bool {
    let is_value = |rule| matches!(rule, Rule::ValueAdded | Rule::ValueRemoved);
    let last = |at: &Address| at.as_str().rsplit('.').next().map(str::to_owned);
    operation.deviations.iter().any(|it| {
        let at = &it.at.value;
        let same = it.rule == finding.rule && finding.at.is_within(at);
        // Other operations have the type of a value at other addresses.
        same || is_value(it.rule) && is_value(finding.rule) && last(at) == last(&finding.at)
    })
}
