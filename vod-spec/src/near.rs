//! The known name that a wrong one may have been meant to be.

/// The one of `names` that `word` may have been meant to be: less than half of its letters differ,
/// and two at most.
pub(crate) fn near<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = word.chars().count();
    names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= 2)
        .map(|name| (distance(name, word), name))
        .min()
        .filter(|(changes, name)| *changes <= 2 && changes * 2 < name.chars().count().max(length))
        .map(|(_, name)| name)
}

/// How many letters have to be added, dropped or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (to, above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(from != *to))
                .min(above + 1)
                .min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, near};

    #[test]
    fn only_what_is_near_is_suggested() {
        assert_eq!(near("titel", ["type", "title"]), Some("title"));
        assert_eq!(near("at", ["rule", "at2"]), Some("at2"));
        assert_eq!(near("xy", ["at"]), None);
        assert_eq!(near("tag", ["map"]), None);
        assert_eq!(near("operation", ["at"]), None);
    }

    #[test]
    fn distance_counts_changes() {
        assert_eq!(distance("", ""), 0);
        assert_eq!(distance("required", "requird"), 1);
        assert_eq!(distance("max", "maxi"), 1);
        assert_eq!(distance("min", "max"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
