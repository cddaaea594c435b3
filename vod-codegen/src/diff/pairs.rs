//! Which part of the old description is which part of the new one.

/// What was there and what is there.
#[derive(Debug, PartialEq)]
pub(super) enum Pair<'t, T> {
    /// It is gone.
    Gone(&'t T),
    /// It is new.
    New(&'t T),
    /// It is on both sides.
    Kept(&'t T, &'t T),
}

impl<'t, T> Pair<'t, T> {
    pub(super) fn before(&self) -> Option<&'t T> {
        match *self {
            Self::Gone(old) | Self::Kept(old, _) => Some(old),
            Self::New(_) => None,
        }
    }

    pub(super) fn after(&self) -> Option<&'t T> {
        match *self {
            Self::New(new) | Self::Kept(_, new) => Some(new),
            Self::Gone(_) => None,
        }
    }

    /// The same of a part of each.
    pub(super) fn map<'p, P>(&self, part: impl Fn(&'t T) -> &'p P) -> Pair<'p, P> {
        match *self {
            Self::Gone(old) => Pair::Gone(part(old)),
            Self::New(new) => Pair::New(part(new)),
            Self::Kept(old, new) => Pair::Kept(part(old), part(new)),
        }
    }

    /// The new one, or else the old one.
    pub(super) fn latest(&self) -> &'t T {
        match *self {
            Self::Gone(it) | Self::New(it) | Self::Kept(_, it) => it,
        }
    }
}

/// Puts together what has one name in the description, and of the rest what has one name in Rust; `names` gives both.
/// What was there comes first, in its old order.
pub(super) fn pairs<'t, T>(
    old: &'t [T],
    new: &'t [T],
    names: impl Fn(&T) -> (&str, &str),
) -> Vec<Pair<'t, T>> {
    let same_name = |one: &T, other: &T| names(one).0 == names(other).0;
    let same_rust = |one: &T, other: &T| names(one).1 == names(other).1;
    let mut pairs = Vec::new();
    for one in old {
        let by_name = new.iter().find(|it| same_name(one, it));
        let left_over = |it: &&T| !old.iter().any(|other| same_name(other, it));
        let by_rust = || new.iter().find(|it| same_rust(one, it) && left_over(it));
        pairs.push(match by_name.or_else(by_rust) {
            Some(it) => Pair::Kept(one, it),
            None => Pair::Gone(one),
        });
    }
    for it in new {
        let has_it = |pair: &Pair<'t, T>| pair.after().is_some_and(|other| same_name(other, it));
        if !pairs.iter().any(has_it) {
            pairs.push(Pair::New(it));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_description_come_first() {
        let old = [("a", "one"), ("b", "two"), ("c", "three")];
        let new = [("d", "three"), ("b", "one"), ("e", "five")];
        assert_eq!(
            pairs(&old, &new, |it| *it),
            [
                Pair::Gone(&("a", "one")),
                Pair::Kept(&("b", "two"), &("b", "one")),
                Pair::Kept(&("c", "three"), &("d", "three")),
                Pair::New(&("e", "five")),
            ]
        );
    }
}
