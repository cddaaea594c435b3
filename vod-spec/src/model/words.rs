//! Constraints in words.

use super::{Basis, Condition, Constraint, Demand, Field, Test};

/// Describes constraints in words, with the names of fields that `name` returns.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a, N> {
    /// The fields that the constraints are about.
    pub fields: &'a [&'a Field],
    /// What a field is called.
    pub name: N,
}

impl<N: Fn(&Field) -> String> Words<'_, N> {
    /// One or more sentences: the demand, its basis if that is not the docs, and the reason.
    pub fn sentences(&self, constraint: &Constraint) -> String {
        let mut text = self.demand(constraint);
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        if constraint.basis == Basis::Inferred {
            text.push_str(" (inferred)");
        }
        text.push('.');
        if let Some(doc) = &constraint.doc {
            text.push(' ');
            text.push_str(doc);
        }
        text
    }

    /// The demand, without a capital letter and a full stop.
    pub fn demand(&self, constraint: &Constraint) -> String {
        let names = constraint.fields.iter().map(|it| self.name(&it.value));
        let names: Vec<_> = names.collect();
        let all = list(&names, "and");
        let are = if names.len() == 1 { "is" } else { "are" };
        let conditions = || {
            let words = constraint.conditions.iter().map(|it| self.condition(it));
            list(&words.collect::<Vec<_>>(), "and")
        };
        match constraint.demand {
            Demand::AtLeastOne if names.len() == 1 => format!("{all} is needed"),
            Demand::AtLeastOne => format!("at least one of {all} is needed"),
            Demand::ExactlyOne => format!("exactly one of {all} is needed"),
            Demand::AtMostOne => format!("at most one of {all} can be given"),
            Demand::Together => format!("{all} are given together or not at all"),
            Demand::Required => format!("{all} {are} needed if {}", conditions()),
            Demand::Allowed => format!("{all} can be given only if {}", conditions()),
        }
    }

    fn condition(&self, condition: &Condition) -> String {
        let name = self.name(&condition.field.value);
        match &condition.test {
            Test::Present => format!("{name} is given"),
            Test::Absent => format!("{name} is not given"),
            Test::OneOf(values) => {
                let values = values.iter().map(|value| match value.as_str() {
                    Some(text) => format!("`{text}`"),
                    None => format!("`{value}`"),
                });
                let values = list(&values.collect::<Vec<_>>(), "or");
                if condition.takes_default(self.fields) {
                    format!("{name} is {values} or not given")
                } else {
                    format!("{name} is {values}")
                }
            }
        }
    }

    fn name(&self, wire: &str) -> String {
        let mut fields = self.fields.iter();
        match fields.find(|field| field.name.value == wire) {
            Some(field) => format!("`{}`", (self.name)(field)),
            None => format!("`{wire}`"),
        }
    }
}

/// `a, b and c`.
fn list(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
