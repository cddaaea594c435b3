//! What a row states about its value: type, limits, default.

use vod_page::{Address, CellType, Row, Source, Stated, Statement};

use crate::format::rule::Rule;
use crate::model::{Bounds, EnumValue, Field, ScalarType, Type, TypeId, TypeKind};
use vod_page::json::Json;

use super::fixes::{self, End};
use super::{Comparer, Difference, Direction, NOTHING};

/// A row of the page, and the field of the description that it stands for.
#[derive(Clone, Copy)]
pub(super) struct Match<'m, 'p> {
    pub(super) at: &'m Address,
    pub(super) direction: Direction,
    pub(super) field: &'m Field,
    pub(super) row: &'p Row,
}

impl Match<'_, '_> {
    /// What a rule found, with the place of the field.
    pub(super) fn differs(&self, rule: Rule, line: usize, message: String) -> Difference {
        Difference {
            rule,
            direction: self.direction,
            at: self.at.clone(),
            line,
            spec: self.field.name.span,
            message,
            states: None,
            fix: None,
        }
    }
}

impl<'a, 'p> Comparer<'a, 'p> {
    pub(super) fn facts(&mut self, both: Match<'_, 'p>) {
        self.cell_type(both);
        self.limits(both);
        self.default(both);
        self.deprecation(both);
        self.values(both);
    }

    pub(super) fn cell_type(&mut self, both: Match<'_, 'p>) {
        let Some(ty) = &both.row.ty else { return };
        let ours = &both.field.ty;
        if !self.same(&ty.value, ours) {
            let theirs = type_text(&ty.value);
            let message = format!(
                "the page has the type `{theirs}`, the description `{}`",
                self.model_text(ours)
            );
            let found = both.differs(Rule::TypeChanged, ty.line, message);
            let found = found.fixed_by(fixes::cell_type(both.field, &ty.value));
            self.report(found.stating(theirs));
        }
        self.note_tables(&ty.value, ours, both.row.name.line);
    }

    /// Whether a cell says the same as a type.
    pub(super) fn same(&self, cell: &CellType, ty: &Type) -> bool {
        match (cell, ty) {
            (CellType::Unknown(_), _) => true,
            (CellType::Array(cell), Type::Array(ty)) | (CellType::Map(cell), Type::Map(ty)) => {
                self.same(cell, ty)
            }
            (CellType::String, Type::Named(id)) => self.enum_values(*id).is_some(),
            (CellType::Object(name), Type::Named(id)) => {
                self.enum_values(*id).is_none() && self.may_be(name, *id)
            }
            (CellType::AnyObject, Type::Named(id)) => self.enum_values(*id).is_none(),
            (CellType::AnyObject, Type::Any | Type::Map(_)) => true,
            (cell, Type::Scalar(scalar)) => match scalar {
                ScalarType::String => *cell == CellType::String,
                ScalarType::Bool => *cell == CellType::Boolean,
                ScalarType::Int32 => *cell == CellType::Integer,
                ScalarType::Int64 => *cell == CellType::Long,
                ScalarType::Float | ScalarType::Double => *cell == CellType::Number,
            },
            _ => false,
        }
    }

    /// Notes the tables that stand for the types of a cell, to be compared as well.
    pub(super) fn note_tables(&mut self, cell: &'p CellType, ty: &Type, line: usize) {
        match (cell, ty) {
            (CellType::Array(cell), Type::Array(ty)) | (CellType::Map(cell), Type::Map(ty)) => {
                self.note_tables(cell, ty, line);
            }
            (CellType::Object(name), Type::Named(id)) if self.enum_values(*id).is_none() => {
                match self.table_near(name, line) {
                    Some(table) => self.pair(table, *id),
                    None => self.table_is_missing(name, *id, line),
                }
            }
            (CellType::AnyObject, Type::Named(id)) => {
                let ty = self.api.type_def(*id);
                if let Some(table) = ty.and_then(|it| self.table_near(&it.name.value, line)) {
                    self.pair(table, *id);
                }
            }
            _ => {}
        }
    }

    pub(super) fn enum_values(&self, id: TypeId) -> Option<&'a [EnumValue]> {
        match &self.api.type_def(id)?.kind {
            TypeKind::Enum(values) => Some(values),
            TypeKind::Object(_) => None,
        }
    }

    /// The type as the description writes it.
    fn model_text(&self, ty: &Type) -> String {
        match ty {
            Type::Scalar(scalar) => scalar.to_string(),
            Type::Any => "any".to_owned(),
            Type::Array(inner) => format!("array<{}>", self.model_text(inner)),
            Type::Map(inner) => format!("map<{}>", self.model_text(inner)),
            Type::Named(id) => self
                .api
                .type_def(*id)
                .map(|ty| ty.name.value.clone())
                .unwrap_or_default(),
        }
    }

    fn limits(&mut self, both: Match<'_, 'p>) {
        self.limits_of(both, &both.field.ty);
        // Most pages state no limits of the items of an array: their silence says nothing.
        let of_items = |it: &Stated<Statement>| {
            matches!(it.value, Statement::Length(..) | Statement::Range(..))
        };
        let is_stated =
            self.page.source == Source::ApiExplorer || both.row.states.iter().any(of_items);
        if let Type::Array(items) = &both.field.ty
            && is_stated
        {
            let at = &both.at.member("[]");
            self.limits_of(Match { at, ..both }, items);
        }
    }

    /// Compares the limits of a value of this type: of a field, or of each item of an array.
    fn limits_of(&mut self, both: Match<'_, 'p>, ty: &Type) {
        let Match { at, field, row, .. } = both;
        let (key, ours, least) = match ty {
            Type::Scalar(ScalarType::Int32 | ScalarType::Int64) => {
                ("range", field.limits.range, None)
            }
            Type::Scalar(ScalarType::String) => ("length", field.limits.length, Some(0)),
            Type::Array(_) => ("min_items` and `max_items", field.limits.items, Some(0)),
            _ => return,
        };
        let (min, max) = stated_limit(row, |it| match (it, ty) {
            (Statement::Range(min, max), Type::Scalar(ScalarType::Int32 | ScalarType::Int64))
            | (
                Statement::Length(min, max) | Statement::Bytes(min, max),
                Type::Scalar(ScalarType::String),
            )
            | (Statement::Items(min, max), Type::Array(_)) => Some((*min, *max)),
            _ => None,
        });
        // The values of a number can be all of a range.
        let listed = closed_range(row).filter(|_| ours.min.is_some() || ours.max.is_some());
        let (min, max) = match listed {
            Some((least, most)) if key == "range" && min.is_none() && max.is_none() => {
                (Some(least), Some(most))
            }
            _ => (min, max),
        };
        // No text has less than no characters, and no number of 32 bits is larger than such a number: to say so is
        // no limit.
        let ends_of_type = [least, largest(ty), smallest(ty)];
        let real = |bound: Option<i64>| bound.filter(|it| !ends_of_type.contains(&Some(*it)));
        let differs = |ours: Option<i64>, page: &Option<Stated<i64>>| match (real(ours), page) {
            (ours, Some(page)) => ours != real(Some(page.value)),
            (Some(ours), None) => {
                !self.reach.is_noted(at) && !mentions(&row.description.value, &ours.to_string())
            }
            (None, None) => false,
        };
        let differing: Vec<_> = [(ours.min, &min), (ours.max, &max)]
            .into_iter()
            .filter(|(ours, page)| differs(*ours, page))
            .collect();
        if key == "length" && !ours.is_empty() && differing.is_empty() {
            self.unit(both);
        }
        if differing.is_empty() {
            return;
        }
        let first = min.as_ref().or(max.as_ref());
        let line = first.map_or(row.description.line, |it| it.line);
        let page = Bounds {
            min: min.as_ref().map(|it| it.value),
            max: max.as_ref().map(|it| it.value),
        };
        let message = format!(
            "the page states {}, the description {}: correct `{key}`",
            bounds_text(page),
            bounds_text(ours)
        );
        let found = both.differs(Rule::LimitChanged, line, message);
        let found = found.stating(stated_bounds(page));
        let ends = [(page.min, ours.min), (page.max, ours.max)];
        let ends = ends.map(|(page, ours)| End { page, ours });
        let fix = fixes::limits(field, ty, ends, least);
        let fix = fix.filter(|_| self.is_source_of(field.stated_in.limits));
        if differing.iter().all(|(_, page)| page.is_none()) {
            self.report_silence(at, field.stated_in.limits, found);
        } else {
            self.report(found.fixed_by(fix));
        }
    }

    fn default(&mut self, both: Match<'_, 'p>) {
        let Match { at, field, row, .. } = both;
        let page = stated_default(row);
        let (line, message) = match (page, &field.default) {
            (Some((_, page)), Some(ours)) if same_default(page, ours) => return,
            // A required field has no default here, whatever the page says.
            (Some((_, page)), None) if field.required || mentions(&field.doc, page) => return,
            (Some((line, page)), _) => (
                line,
                format!("the page says that the default is `{page}`: correct `default`"),
            ),
            (None, Some(ours))
                if !self.reach.is_noted(at) && !mentions(&row.description.value, &plain(ours)) =>
            {
                (
                    row.description.line,
                    "the page states no default: drop `default`".to_owned(),
                )
            }
            (None, _) => return,
        };
        let found = both.differs(Rule::DefaultChanged, line, message);
        let found = found.stating(page.map_or(NOTHING, |(_, it)| it));
        let Some((_, page)) = page else {
            return self.report_silence(at, field.stated_in.default, found);
        };
        let is_optional = !row.mandatory.as_ref().is_some_and(|it| it.value);
        let fix = fixes::default(self.api, field, page);
        let fix = fix.filter(|_| is_optional && self.is_source_of(field.stated_in.default));
        self.report(found.fixed_by(fix));
    }

    fn deprecation(&mut self, both: Match<'_, 'p>) {
        let Match { field, row, .. } = both;
        let page = row
            .states
            .iter()
            .find(|it| it.value == Statement::Deprecated);
        let message = match (page, &field.deprecated) {
            (Some(_), None) => "the page calls it deprecated: add `deprecated`",
            (None, Some(_)) => "the page does not call it deprecated: drop `deprecated`",
            _ => return,
        };
        let line = page.map_or(row.name.line, |it| it.line);
        self.report(both.differs(Rule::DeprecationChanged, line, message.to_owned()));
    }
}

/// The smallest and the largest value that a row states, perhaps one by one, in statements that
/// have such `ends`.
pub(crate) fn stated_limit(
    row: &Row,
    ends: impl Fn(&Statement) -> Option<(Option<i64>, Option<i64>)>,
) -> (Option<Stated<i64>>, Option<Stated<i64>>) {
    let (mut min, mut max) = (None, None);
    for Stated { value, line } in &row.states {
        let stated = |value| Stated { value, line: *line };
        if let Some((least, most)) = ends(value) {
            min = min.or(least.map(stated));
            max = max.or(most.map(stated));
        }
    }
    (min, max)
}

/// The ends of a range of which a row of whole numbers lists every value.
pub(crate) fn closed_range(row: &Row) -> Option<(Stated<i64>, Stated<i64>)> {
    let is_number = matches!(
        row.ty.as_ref().map(|it| &it.value),
        Some(CellType::Integer | CellType::Long)
    );
    let numbers = row.values.iter().map(|it| {
        let value = it.value.parse().ok()?;
        let line = it.line;
        Some(Stated { value, line })
    });
    let mut numbers = numbers.collect::<Option<Vec<Stated<i64>>>>()?;
    numbers.sort_by_key(|it| it.value);
    numbers.dedup_by_key(|it| it.value);
    let is_closed = numbers.windows(2).all(|pair| match pair {
        [a, b] => a.value.checked_add(1) == Some(b.value),
        _ => true,
    });
    let (first, last) = (numbers.first()?.clone(), numbers.last()?.clone());
    (is_number && is_closed && first.value < last.value).then_some((first, last))
}

/// The largest number that the type of a whole number can hold.
fn largest(ty: &Type) -> Option<i64> {
    match ty {
        Type::Scalar(ScalarType::Int32) => Some(i32::MAX.into()),
        Type::Scalar(ScalarType::Int64) => Some(i64::MAX),
        _ => None,
    }
}

/// The smallest one.
fn smallest(ty: &Type) -> Option<i64> {
    match ty {
        Type::Scalar(ScalarType::Int32) => Some(i32::MIN.into()),
        Type::Scalar(ScalarType::Int64) => Some(i64::MIN),
        _ => None,
    }
}

/// The default that a row states, and its line.
pub(crate) fn stated_default(row: &Row) -> Option<(usize, &str)> {
    row.states.iter().find_map(|it| match &it.value {
        Statement::Default(text) => Some((it.line, text.as_str())),
        _ => None,
    })
}

/// Whether `text` has `word`, and not only as a part of a longer word.
pub(super) fn mentions(text: &str, word: &str) -> bool {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let word = word.trim();
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|it| it.chars().next());
        !found.is_empty() && !before.is_some_and(in_word) && !after.is_some_and(in_word)
    })
}

fn same_default(page: &str, ours: &Json) -> bool {
    let page = page.trim().trim_matches(['"', '\'', '`', '“', '”']);
    match (page.parse::<f64>(), ours.as_f64()) {
        (Ok(page), Some(ours)) => page == ours,
        _ => page.eq_ignore_ascii_case(&plain(ours)),
    }
}

/// A value as words have it: text without quotes.
fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn bounds_text(bounds: Bounds) -> String {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "no limit".to_owned(),
    }
}

/// Limits as a deviation holds them: `100` for the largest alone.
fn stated_bounds(bounds: Bounds) -> String {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => max.to_string(),
        (None, None) => NOTHING.to_owned(),
    }
}

/// A cell as the description would write it.
pub(super) fn type_text(cell: &CellType) -> String {
    match cell {
        CellType::String => "string".to_owned(),
        CellType::Boolean => "bool".to_owned(),
        CellType::Integer => "int32".to_owned(),
        CellType::Long => "int64".to_owned(),
        CellType::Number => "double".to_owned(),
        CellType::Map(inner) => format!("map<{}>", type_text(inner)),
        CellType::Array(inner) => format!("array<{}>", type_text(inner)),
        CellType::Object(name) => name.clone(),
        CellType::AnyObject => "any".to_owned(),
        CellType::Unknown(text) => text.clone(),
    }
}
