//! The values that a row lists as the only ones.

use vod_page::Stated;

use crate::format::rule::Rule;
use crate::model::{ScalarType, Type};

use super::values::{Match, closed_range, mentions};
use super::{Comparer, Difference, fixes};

impl<'p> Comparer<'_, 'p> {
    /// Compares the values that a row lists with those that the field can have.
    pub(super) fn values(&mut self, both: Match<'_, 'p>) {
        let Match { at, field, row, .. } = both;
        let inner = match &field.ty {
            Type::Array(inner) => inner.as_ref(),
            ty => ty,
        };
        let id = match inner {
            Type::Named(id) => Some(*id),
            _ => None,
        };
        let ours = id.and_then(|id| self.enum_values(id));
        let ty = id.and_then(|id| self.api.type_def(id));
        let is_source = self.is_source_of(field.stated_in.values);
        // A field can take only some values of a shared enum.
        let is_taken = |name: &str| {
            let only = field.only.as_ref();
            only.is_none_or(|only| only.iter().any(|it| it.value == *name))
        };
        let is_known = |value: &Stated<String>| match ours {
            Some(ours) => ours
                .iter()
                .any(|it| it.name.value == value.value && is_taken(&value.value)),
            None if field.flag => matches!(value.value.as_str(), "0" | "1"),
            None if field.limits.range.min.is_some() && closed_range(row).is_some() => {
                let number = value.value.parse::<i64>();
                number.is_ok_and(|it| field.limits.range.allow(it))
            }
            // Values of a plain type are told in words.
            None => *inner == Type::Scalar(ScalarType::Bool) || mentions(&field.doc, &value.value),
        };
        for (index, value) in row.values.iter().enumerate() {
            if is_known(value) {
                continue;
            }
            let before = row.values.iter().take(index).rev();
            let before = before.map(|it| it.value.clone()).collect();
            let fix = ty.and_then(|ty| fixes::value_added(field, ty, &value.value, before));
            let message = format!("the page lists the value `{}`: add it", value.value);
            self.report(Difference {
                at: at.member(&value.value),
                spec: ty.map_or(field.name.span, |it| it.name.span),
                fix: fix.filter(|_| is_source),
                ..both.differs(Rule::ValueAdded, value.line, message)
            });
        }
        let taken = ours.unwrap_or_default().iter();
        for value in taken.filter(|it| is_taken(&it.name.value)) {
            let name = &value.name.value;
            let listed = match row.values.as_slice() {
                [] => self.reach.is_noted(at) || mentions(&row.description.value, name),
                values => values.iter().any(|it| it.value == *name),
            };
            if !listed {
                let line = row
                    .values
                    .first()
                    .map_or(row.description.line, |it| it.line);
                let message = format!("the page does not list the value `{name}`: drop it");
                let found = Difference {
                    at: at.member(name),
                    spec: value.name.span,
                    ..both.differs(Rule::ValueRemoved, line, message)
                };
                if row.values.is_empty() {
                    self.report_silence(at, field.stated_in.values, found);
                } else {
                    let fix = id.and_then(|id| fixes::value_removed(self.api, field, id, name));
                    self.report(found.fixed_by(fix.filter(|_| is_source)));
                }
            }
        }
    }
}
