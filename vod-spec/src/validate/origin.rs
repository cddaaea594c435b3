//! Where facts of a field come from.

use super::{Choice, Validator};
use crate::model::{Limits, Origin, StatedIn, Type};
use crate::raw;
use crate::yaml::read::Text;

pub(super) const SOURCE: Choice<Origin> = Choice {
    what: "a source",
    all: Origin::ALL,
    as_str: Origin::as_str,
};

impl Validator<'_> {
    pub(super) fn stated_in(
        &mut self,
        field: &raw::Field,
        ty: Option<&Type>,
        limits: &Limits,
    ) -> StatedIn {
        let Some(from) = &field.from else {
            return StatedIn::default();
        };
        let inner = match ty {
            Some(Type::Array(inner)) => Some(&**inner),
            ty => ty,
        };
        let is_enum = inner.is_none_or(|ty| matches!(ty, Type::Named(_)));
        let mut origin = |source: &Option<Text>, has_it: bool, what: &str| {
            let source = source.as_ref()?;
            if !has_it {
                let message = format!("`{}` has no {what}", field.name.value);
                self.misfit(
                    source.span,
                    &message,
                    "drop this, or add what comes from there",
                );
            }
            self.word(source, SOURCE)
        };
        let has_limits = *limits != Limits::default();
        StatedIn {
            limits: origin(&from.limits, has_limits, "limits"),
            default: origin(&from.default, field.default.is_some(), "default"),
            values: origin(&from.values, is_enum, "enum with values"),
        }
    }
}
