//! The sections of the docs, and the order of their operations.

use std::collections::BTreeMap;

use super::{Validator, kebab};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Operation, Section};
use crate::near::near;
use crate::raw;

impl Validator<'_> {
    pub(super) fn section_of_docs(&mut self, raw: &raw::Section) -> Section {
        let title = &raw.title;
        let folder = kebab(&title.value);
        let taken = match folder.as_str() {
            "types" => Some("give it another title: types/ holds what operations share"),
            "notifications" => Some("give it another title: notifications/ holds events"),
            _ => None,
        };
        if let Some(help) = taken {
            let message = format!("a section cannot be called `{}`", title.value);
            self.bad_value(title, message, help);
        }
        Section {
            title: self.title(Some(title)),
            doc: self.prose(raw.doc.as_ref()),
            order: raw.order.clone(),
            folder,
        }
    }

    /// The operations that a section puts in order are its own, and each is named once.
    pub(super) fn ordered_operations(&mut self, sections: &[Section], operations: &[Operation]) {
        for (index, section) in sections.iter().enumerate() {
            let own = operations.iter().filter(|it| it.section == index);
            let own = own.map(|it| it.name.value.as_str());
            let mut known = BTreeMap::new();
            for name in &section.order {
                let first = *known.entry(&name.value).or_insert(name.span);
                if !own.clone().any(|it| it == name.value) {
                    let near = near(&name.value, own.clone());
                    let help = near.map_or_else(
                        || "write the name of an operation of the section".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!(
                        "the section `{}` has no operation `{}`",
                        section.title, name.value
                    );
                    self.bad_value(name, message, &help);
                } else if first != name.span {
                    let message = format!("`{}` is given twice", name.value);
                    self.report(
                        Diagnostic::new(Code::BadValue, name.span, message)
                            .related(first, "the first one")
                            .help("keep one of the two"),
                    );
                }
            }
        }
    }
}

/// Sorts operations by section, within one as the section has them, and by name where it does not.
pub(super) fn sort(operations: &mut [Operation], sections: &[Section]) {
    let place = |operation: &Operation| {
        let order = sections
            .get(operation.section)
            .map(|it| it.order.as_slice());
        let mut order = order.unwrap_or_default().iter();
        let place = order.position(|it| it.value == operation.name.value);
        place.unwrap_or(usize::MAX)
    };
    operations.sort_by_cached_key(|it| (it.section, place(it), it.name.value.clone()));
}
