//! How often operations can be called.

use std::collections::BTreeMap;

use super::{BASIS, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Basis, Operation, Rate};
use crate::near::near;
use crate::raw;
use crate::source::Spanned;
use crate::yaml::read::Text;

impl Validator<'_> {
    pub(super) fn rates(&mut self, rates: &[raw::Rate]) -> Vec<Rate> {
        rates.iter().map(|rate| self.rate(rate)).collect()
    }

    fn rate(&mut self, raw: &raw::Rate) -> Rate {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if raw.name.value.is_empty() || !raw.name.value.chars().all(is_plain) {
            let message = format!("`{}` is not the name of a group", raw.name.value);
            self.bad_value(&raw.name, message, "use small letters, digits and `-`");
        }
        let per_minute = self.calls(raw.per_minute.as_ref());
        let all_tenants = self.calls(raw.all_tenants.as_ref());
        if let (Some(one), Some(all), Some(place)) = (per_minute, all_tenants, &raw.all_tenants)
            && all < one
        {
            self.report(
                Diagnostic::new(
                    Code::BadValue,
                    place.span,
                    "all tenants together have fewer calls than one",
                )
                .help("swap the two, or correct one"),
            );
        }
        let basis = raw.basis.as_ref();
        let basis = basis.and_then(|basis| self.word(basis, BASIS));
        Rate {
            name: raw.name.clone(),
            per_minute: per_minute.unwrap_or_default(),
            all_tenants,
            operations: raw.operations.clone(),
            basis: basis.unwrap_or(Basis::Documented),
            doc: self.prose(raw.doc.as_ref()),
        }
    }

    fn calls(&mut self, number: Option<&Spanned<i64>>) -> Option<u32> {
        let number = number?;
        let calls = u32::try_from(number.value).ok().filter(|it| *it > 0);
        if calls.is_none() {
            let message = format!("{} is not a number of calls", number.value);
            self.report(
                Diagnostic::new(Code::BadValue, number.span, message).help("write one or more"),
            );
        }
        calls
    }

    /// The operations of the groups exist, and each is in one group at most.
    pub(super) fn rated_operations(&mut self, rates: &[Rate], operations: &[Operation]) {
        let mut known = BTreeMap::<&str, &Text>::new();
        for name in rates.iter().flat_map(|rate| &rate.operations) {
            let mut names = operations.iter().map(|it| it.name.value.as_str());
            if !names.clone().any(|it| it == name.value) {
                let near = near(&name.value, &mut names);
                let help = near.map_or_else(
                    || "write the name of an operation".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.bad_value(
                    name,
                    format!("there is no operation `{}`", name.value),
                    &help,
                );
            } else if let Some(first) = known.get(name.value.as_str()) {
                let message = format!("`{}` is in a group already", name.value);
                self.report(
                    Diagnostic::new(Code::BadValue, name.span, message)
                        .related(first.span, "the first one")
                        .help("keep it in one of the two"),
                );
            } else {
                known.insert(&name.value, name);
            }
        }
    }
}
