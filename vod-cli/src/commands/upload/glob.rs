//! Patterns of file names, as shells have them.

/// A pattern: `*` and `?` stand for anything within a name, `**` for folders too, `[a-z]` for one
/// of some letters. Without a `/`, it is one of names; with one, of paths within the folder that is
/// looked through.
#[derive(Debug, Clone)]
pub(super) struct Pattern(Vec<char>);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// A `[` has no `]`, or there is no pattern.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let pattern: Vec<char> = text.chars().collect();
        if pattern.is_empty() {
            return Err("it is empty".to_owned());
        }
        let mut rest = pattern.as_slice();
        while let Some(at) = rest.iter().position(|letter| *letter == '[') {
            rest = rest.get(at..).unwrap_or_default();
            let Some((_, after)) = class(rest) else {
                return Err("a [ has no ]".to_owned());
            };
            rest = after;
        }
        Ok(Self(pattern))
    }

    /// Whether a path, with `/` between its names, is meant.
    pub(super) fn matches(&self, path: &str) -> bool {
        let text: Vec<char> = if self.0.contains(&'/') {
            path.chars().collect()
        } else {
            path.rsplit('/')
                .next()
                .unwrap_or_default()
                .chars()
                .collect()
        };
        matches(&self.0, &text)
    }
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        // Any number of folders.
        (['*', '*', '/', rest @ ..], _) => {
            let deeper = text.iter().position(|letter| *letter == '/');
            matches(rest, text)
                || deeper.is_some_and(|at| matches(pattern, text.get(at + 1..).unwrap_or_default()))
        }
        (['*', '*', rest @ ..], _) => tails(text).any(|tail| matches(rest, tail)),
        (['*', rest @ ..], _) => {
            let end = text.iter().position(|letter| *letter == '/');
            let end = end.unwrap_or(text.len());
            tails(text).take(end + 1).any(|tail| matches(rest, tail))
        }
        (['?', rest @ ..], [letter, text @ ..]) => *letter != '/' && matches(rest, text),
        (['[', ..], [letter, text @ ..]) => match class(pattern) {
            Some((members, rest)) => has(members, *letter) && matches(rest, text),
            None => false,
        },
        ([expected, rest @ ..], [letter, text @ ..]) => expected == letter && matches(rest, text),
        ([..], []) => false,
    }
}

/// A text without its first letters, for each number of them.
fn tails(text: &[char]) -> impl Iterator<Item = &[char]> {
    (0..=text.len()).map(|at| text.get(at..).unwrap_or_default())
}

/// What stands between the brackets at the start of a pattern, and what comes after them.
fn class(pattern: &[char]) -> Option<(&[char], &[char])> {
    // The first letter after `[` or `[!` is one of the letters, even if it is `]`.
    let skipped = if pattern.get(1) == Some(&'!') { 3 } else { 2 };
    let end = pattern
        .iter()
        .skip(skipped)
        .position(|letter| *letter == ']')?
        + skipped;
    Some((pattern.get(1..end)?, pattern.get(end + 1..)?))
}

/// Whether a letter is one of those between brackets.
fn has(members: &[char], letter: char) -> bool {
    let (members, wanted) = match members {
        ['!', members @ ..] => (members, false),
        members => (members, true),
    };
    let mut rest = members;
    let mut found = false;
    while let [first, after @ ..] = rest {
        rest = match after {
            ['-', last, after @ ..] => {
                found |= (*first..=*last).contains(&letter);
                after
            }
            after => {
                found |= *first == letter;
                after
            }
        };
    }
    found == wanted && letter != '/'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_shells() {
        struct Case {
            pattern: &'static str,
            matching: &'static [&'static str],
            others: &'static [&'static str],
        }
        let cases = [
            Case {
                pattern: "*.mp4",
                matching: &["a.mp4", "talks/2026/a.mp4", ".mp4"],
                others: &["a.mov", "a.mp4.part"],
            },
            Case {
                pattern: "talk-?.mp4",
                matching: &["talk-1.mp4", "x/talk-é.mp4"],
                others: &["talk-.mp4", "talk-12.mp4"],
            },
            Case {
                pattern: "[a-cx]*[!0-9].mp4",
                matching: &["blue.mp4", "x-.mp4"],
                others: &["d.mp4", "b1.mp4", "a.mp4"],
            },
            Case {
                pattern: "2026/*.mp4",
                matching: &["2026/a.mp4"],
                others: &["a.mp4", "2026/x/a.mp4", "y/2026/a.mp4"],
            },
            Case {
                pattern: "**/drafts/**",
                matching: &["drafts/a.mp4", "x/drafts/y/a.mp4"],
                others: &["a.mp4", "x/drafts.mp4"],
            },
            Case {
                pattern: "[]]",
                matching: &["]"],
                others: &["["],
            },
        ];
        for case in cases {
            let pattern = Pattern::parse(case.pattern).unwrap();
            for path in case.matching {
                assert!(pattern.matches(path), "{} {path}", case.pattern);
            }
            for path in case.others {
                assert!(!pattern.matches(path), "{} {path}", case.pattern);
            }
        }
        for text in ["", "[a", "x[]", "[!]"] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }
}
