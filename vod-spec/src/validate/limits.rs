//! Limits of fields: they fit the type, and something can meet them.

use super::{Choice, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Bounds, LengthUnit, Limits, ScalarType, Type};
use crate::raw;
use crate::source::{Span, Spanned};

const UNIT: Choice<LengthUnit> = Choice {
    what: "a unit",
    all: LengthUnit::ALL,
    as_str: LengthUnit::as_str,
};

impl Validator<'_> {
    pub(super) fn limits(&mut self, field: &raw::Field, ty: Option<&Type>) -> Limits {
        let (range, length) = (field.range.as_ref(), field.length.as_ref());
        if let (Some(limit), Some(ty)) = (range, ty) {
            match ty {
                Type::Array(inner) if is_whole_number(inner) => {}
                Type::Scalar(ScalarType::Int32) => {
                    for bound in [&limit.min, &limit.max].into_iter().flatten() {
                        if i32::try_from(bound.value).is_err() {
                            let help = "make the field an `int64`, or correct the limit";
                            self.misfit(bound.span, "an `int32` cannot hold this limit", help);
                        }
                    }
                }
                Type::Scalar(ScalarType::Int64) => {}
                _ => self.misfit(
                    limit.key,
                    "only `int32` and `int64` have a range",
                    "a `string` has a `length`, an array `min_items` and `max_items`",
                ),
            }
        }
        if let (Some(limit), Some(ty)) = (length, ty) {
            let text = Type::Scalar(ScalarType::String);
            if *ty == text || matches!(ty, Type::Array(inner) if **inner == text) {
                self.not_negative(ends(length), "a length");
            } else {
                self.misfit(
                    limit.key,
                    "only `string` has a length",
                    "a whole number has a `range`, an array `min_items` and `max_items`",
                );
            }
        }
        let items = [field.min_items.as_ref(), field.max_items.as_ref()];
        if ty.is_none_or(|ty| matches!(ty, Type::Array(_))) {
            self.not_negative(items, "a number of items");
        } else {
            for bound in items.into_iter().flatten() {
                let help = "a `string` has a `length`, a whole number a `range`";
                self.misfit(bound.span, "only an array has a number of items", help);
            }
        }
        let unit = length.and_then(|length| length.unit.as_ref());
        let unit = unit.and_then(|unit| self.word(unit, UNIT));
        Limits {
            unit: unit.unwrap_or_default(),
            range: self.bounds(ends(range)),
            length: self.bounds(ends(length)),
            items: self.bounds(items),
        }
    }

    fn not_negative(&mut self, ends: Ends<'_>, what: &str) {
        for bound in ends.into_iter().flatten().filter(|it| it.value < 0) {
            self.misfit(
                bound.span,
                &format!("{what} is never negative"),
                "write zero or more, or drop it",
            );
        }
    }

    fn bounds(&mut self, [min, max]: Ends<'_>) -> Bounds {
        if let (Some(min), Some(max)) = (min, max)
            && min.value > max.value
        {
            self.misfit(
                max.span,
                "nothing can meet this limit: the largest is smaller than the smallest",
                "swap the two, or correct one",
            );
        }
        Bounds {
            min: min.map(|it| it.value),
            max: max.map(|it| it.value),
        }
    }

    pub(super) fn misfit(&mut self, span: Span, message: &str, help: &str) {
        self.report(Diagnostic::new(Code::LimitMisfit, span, message).help(help));
    }
}

fn is_whole_number(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(ScalarType::Int32 | ScalarType::Int64))
}

/// The smallest and the largest value, as far as they are written.
type Ends<'l> = [Option<&'l Spanned<i64>>; 2];

fn ends(limit: Option<&raw::Limit>) -> Ends<'_> {
    let end = |of: fn(&raw::Limit) -> Option<&Spanned<i64>>| limit.and_then(of);
    [end(|it| it.min.as_ref()), end(|it| it.max.as_ref())]
}
