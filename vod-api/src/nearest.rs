//! Finds the known name that a misspelt one was probably meant to be, for messages.

/// The one of `known` that is most similar to `name`, if at most two characters differ, and fewer
/// than half of them.
///
/// Case and separators (`-`, `_`, spaces) do not count, and two swapped neighbors are one
/// difference. Among equally similar names the first in alphabetical order is returned.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Input can be long, but known names are short.
    let name: Vec<char> = folded(name).take(LONGEST + 1).collect();
    let distance_to = |known: &str| {
        let known: Vec<char> = folded(known).collect();
        let near_in_length = known.len().abs_diff(name.len()) <= MOST;
        let distance = near_in_length.then(|| distance(&name, &known))?;
        let length = known.len().max(name.len());
        (name.len() <= LONGEST && distance <= MOST && distance * 2 < length).then_some(distance)
    };
    let near = known
        .into_iter()
        .filter_map(|known| Some((distance_to(known)?, known)));
    near.min().map(|(_, known)| known)
}

/// How many differences a name may have.
const MOST: usize = 2;

/// How many characters a name may have.
const LONGEST: usize = 100;

fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// How many characters have to be added, dropped, changed or swapped with their neighbour to turn
/// one name into the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX);
    for (i, letter) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in to.iter().enumerate() {
            let changed = at(&row, j).saturating_add(usize::from(letter != other));
            let dropped = at(&row, j + 1).saturating_add(1);
            let added = at(&next, j).saturating_add(1);
            let mut fewest = changed.min(dropped).min(added);
            if let (Some(i), Some(j)) = (i.checked_sub(1), j.checked_sub(1))
                && (from.get(i), to.get(j)) == (Some(other), Some(letter))
            {
                fewest = fewest.min(at(&before, j).saturating_add(1));
            }
            next.push(fewest);
        }
        before = std::mem::replace(&mut row, next);
    }
    at(&row, to.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        for (name, known, meant) in [
            ("titel", &["type", "title"][..], "title"),
            ("task_ids", &["asset_id", "task_id"], "task_id"),
            ("assetId", &["asset_id", "task_id"], "asset_id"),
            ("CREATD", &["CREATED", "CREATING"], "CREATED"),
            ("created", &["CREATED", "CREATING"], "CREATED"),
            ("POTS", &["POST", "PUT"], "POST"),
            ("cn-north4", &["cn-north-1", "cn-north-4"], "cn-north-4"),
            ("CN North 4", &["cn-north-1", "cn-north-4"], "cn-north-4"),
            ("cn-nroth-4", &["cn-north-1", "cn-north-4"], "cn-north-4"),
            ("at", &["rule", "at2"], "at2"),
            ("cat", &["car", "cab"], "cab"),
        ] {
            assert_eq!(nearest(name, known.iter().copied()), Some(meant), "{name}");
        }
    }

    #[test]
    fn finds_nothing_that_is_far() {
        for (name, known) in [
            ("xy", &["at"][..]),
            ("tag", &["map"]),
            ("operation", &["at"]),
            ("", &["a", ""]),
            ("--", &["-"]),
            ("name", &[]),
        ] {
            assert_eq!(nearest(name, known.iter().copied()), None, "{name}");
        }
        let (long, longer) = ("x".repeat(100), "x".repeat(101));
        assert_eq!(nearest(&long, [long.as_str()]), Some(long.as_str()));
        assert_eq!(nearest(&longer, [longer.as_str()]), None);
    }

    #[test]
    fn distance_counts_changes() {
        let distance = |from: &str, to: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            distance(&letters(from), &letters(to))
        };
        for (from, to, changes) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("min", "max", 2),
            ("pots", "post", 1),
            ("ab", "ba", 1),
            ("ca", "abc", 3),
        ] {
            assert_eq!(distance(from, to), changes, "{from} {to}");
        }
    }
}
