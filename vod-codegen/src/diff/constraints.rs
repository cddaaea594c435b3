//! Compares the constraints between fields of requests.
//!
//! Constraints are compared by what they refuse: all combinations of values that make a difference to them are tried on
//! both sides. So it is not a change if the same is demanded in another way, or if only new fields can break a
//! constraint.

use vod_spec::json::{Json, Object};
use vod_spec::model::{Constraint, Field, ScalarType, Test, Type};

use super::part::{Owner, Part};
use super::{Differ, Rule, Subject};
use crate::lower::constraints::words;

/// If there are more combinations, they are not tried, and the constraint is taken to refuse something.
const MOST: usize = 1 << 14;

/// The constraints of one side.
struct Side<'a> {
    constraints: &'a [Constraint],
    /// The fields of this side.
    fields: Vec<&'a Field>,
    /// The fields that the other side has too, in the same order on both sides.
    kept: Vec<&'a Field>,
}

impl Differ<'_> {
    /// Compares the constraints of one struct; `kept` are the fields that are on both sides.
    pub(super) fn compare_constraints(
        &mut self,
        owner: &Owner<'_>,
        (old, new): (&[Part<'_>], &[Part<'_>]),
        kept: &[(&Part<'_>, &Part<'_>)],
    ) {
        let old = Side {
            constraints: owner.constraints.0,
            fields: old.iter().map(|part| part.field).collect(),
            kept: kept.iter().map(|(old, _)| old.field).collect(),
        };
        let new = Side {
            constraints: owner.constraints.1,
            fields: new.iter().map(|part| part.field).collect(),
            kept: kept.iter().map(|(_, new)| new.field).collect(),
        };
        // They are checked in requests, and only documented elsewhere.
        let is_checked = owner.constructors.is_some();
        let (subject, name) = (owner.subject, owner.name);
        let mut told = false;
        for constraint in new.stricter_than(&old).filter(|_| is_checked) {
            let demand = words(&new.fields).demand(constraint);
            let message = format!("`{name}` has a new rule: {demand}");
            let new = Some(constraint.span);
            self.report(
                Rule::ConstraintTightened,
                Subject { new, ..subject }.at(&owner.at),
                message,
            );
            told = true;
        }
        for constraint in old.stricter_than(&new).filter(|_| is_checked) {
            let demand = words(&old.fields).demand(constraint);
            let message = format!("`{name}` no longer has this rule: {demand}");
            let old = Some(constraint.span);
            self.report(
                Rule::ConstraintLoosened,
                Subject { old, ..subject }.at(&owner.at),
                message,
            );
            told = true;
        }
        if !told {
            let docs = (old.sentences(), new.sentences());
            self.documentation(subject.at(&owner.at), &format!("`{name}`"), docs);
        }
    }
}

impl<'a> Side<'a> {
    /// The constraints that refuse a request which the other side accepts.
    fn stricter_than<'s>(&'s self, other: &'s Side<'a>) -> impl Iterator<Item = &'a Constraint> {
        let constraints = self.constraints.iter();
        constraints.filter(|it| !other.has(it, self) && other.accepts_what_breaks(it, self))
    }

    /// Whether this side has a constraint of the other side too.
    fn has(&self, constraint: &Constraint, of: &Side<'_>) -> bool {
        let sentence = |side: &Side<'_>, it| words(&side.fields).demand(it);
        let due = sentence(of, constraint);
        let mut own = self.constraints.iter();
        own.any(|it| sentence(self, it) == due)
    }

    /// Whether some request is accepted here and breaks a constraint of the other side.
    fn accepts_what_breaks(&self, constraint: &Constraint, of: &Side<'_>) -> bool {
        let both = || self.kept.iter().copied().zip(of.kept.iter().copied());
        // Unrelated constraints are left out, or there would be too many combinations.
        let touches = |own: &&Constraint| {
            both().any(|(here, there)| mentions(own, here) && mentions(constraint, there))
        };
        let own: Vec<_> = self.constraints.iter().filter(touches).collect();
        let mut choices = Vec::new();
        for (here, there) in both() {
            let is_own = own.iter().any(|it| mentions(it, here));
            if is_own || mentions(constraint, there) {
                let tests = conditions(constraint, there);
                let tests = own.iter().flat_map(|it| conditions(it, here)).chain(tests);
                choices.push((&here.name.value, &there.name.value, values(here, tests)));
            }
        }
        let counts = choices.iter().map(|(_, _, values)| values.len());
        let count = counts.fold(1, usize::saturating_mul);
        let is_refused = |number: usize| {
            let (mut here, mut there, mut rest) = (Object::new(), Object::new(), number);
            for (name, other_name, values) in &choices {
                if let Some(Some(value)) = values.get(rest % values.len()) {
                    here.insert((*name).clone(), value.clone());
                    there.insert((*other_name).clone(), value.clone());
                }
                rest /= values.len();
            }
            own.iter().all(|it| it.is_kept(&here, &self.fields))
                && !constraint.is_kept(&there, &of.fields)
        };
        count > MOST || (0..count).any(is_refused)
    }

    /// The documentation of the constraints; their order does not matter.
    fn sentences(&self) -> Vec<String> {
        let words = words(&self.fields);
        let sentences = self.constraints.iter().map(|it| words.sentences(it));
        let mut sentences: Vec<_> = sentences.collect();
        sentences.sort();
        sentences
    }
}

/// Whether a constraint is about a field.
fn mentions(constraint: &Constraint, field: &Field) -> bool {
    let conditions = constraint.conditions.iter().map(|it| &it.field);
    let mut names = constraint.fields.iter().chain(conditions);
    names.any(|name| name.value == field.name.value)
}

/// The conditions of a constraint on the value of a field.
fn conditions<'c>(constraint: &'c Constraint, field: &Field) -> impl Iterator<Item = &'c Test> {
    let conditions = constraint.conditions.iter();
    let tests = conditions.filter(|it| it.field.value == field.name.value);
    tests.map(|it| &it.test)
}

/// The values of a field that make a difference: none, each that a condition names, and another one.
fn values<'t>(field: &Field, tests: impl Iterator<Item = &'t Test>) -> Vec<Option<Json>> {
    let mut values = Vec::new();
    if !field.required {
        values.push(None);
    }
    let is_truth = field.flag || field.ty == Type::Scalar(ScalarType::Bool);
    values.push(Some(Json::Bool(true)));
    values.extend(is_truth.then_some(Some(Json::Bool(false))));
    for test in tests {
        if let Test::OneOf(named) = test {
            values.extend(named.iter().cloned().map(Some));
        }
    }
    values
}
