//! Parameters, reply fields and fields of types.

use super::field::Kept;
use super::pairs::{Pair, pairs};
use super::part::{Owner, Part};
use super::{Differ, Rule, Subject};

impl Differ<'_> {
    pub(super) fn compare_fields(&mut self, owner: &Owner<'_>, old: &[Part<'_>], new: &[Part<'_>]) {
        let mut kept = Vec::new();
        for pair in pairs(old, new, |part| (&part.field.name.value, &part.rust.name)) {
            let subject = Subject {
                old: pair.before().map(|part| part.field.name.span),
                new: pair.after().map(|part| part.field.name.span),
                ..owner.subject
            };
            match (pair, &owner.constructors) {
                (Pair::Gone(old), _) => {
                    let refused = owner.refused(&old.rust.wire);
                    let message = format!("{} is gone{refused}", owner.item(old));
                    self.report(Rule::FieldRemoved, subject.at(&old.at), message);
                }
                (Pair::New(new), Some(constructors)) if new.rust.required => {
                    let argument = new.argument();
                    let message = format!("{argument} is a new argument of {constructors}");
                    self.report(Rule::RequiredAdded, subject.at(&new.at), message);
                }
                (Pair::New(new), _) => {
                    let message = format!("{} is new", owner.item(new));
                    self.report(Rule::FieldAdded, subject.at(&new.at), message);
                }
                (Pair::Kept(old, new), _) => {
                    let both = Kept::new(owner, &self.type_names, old, new);
                    for (rule, message) in both.changes() {
                        self.report(rule, subject.at(&new.at), message);
                    }
                    self.aliases(
                        subject.at(&new.at),
                        &owner.item(new),
                        (&old.field.aliases, &new.field.aliases),
                    );
                    let deprecated = (&old.field.deprecated, &new.field.deprecated);
                    self.deprecation(subject.at(&new.at), &owner.item(new), deprecated);
                    kept.push((old, new));
                }
            }
        }
        self.compare_order(owner, &kept, new);
        self.compare_constraints(owner, (old, new), &kept);
    }

    /// Arguments that stay; `kept` are in the old order, `new` in the new one.
    fn compare_order(
        &mut self,
        owner: &Owner<'_>,
        kept: &[(&Part<'_>, &Part<'_>)],
        new: &[Part<'_>],
    ) {
        let Some(constructors) = &owner.constructors else {
            return;
        };
        let stay = kept
            .iter()
            .filter(|(old, new)| old.rust.required && new.rust.required);
        let before: Vec<_> = stay.map(|(_, new)| new.rust.name.as_str()).collect();
        let names = new.iter().map(|part| part.rust.name.as_str());
        let after: Vec<_> = names.filter(|name| before.contains(name)).collect();
        if before != after {
            let order = after.join("`, `");
            let message = format!("the arguments of {constructors} changed places: `{order}`");
            self.report(Rule::ArgumentOrder, owner.subject.at(&owner.at), message);
        }
    }
}
