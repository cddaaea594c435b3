//! Text that ends up in rustdoc. It is ours, so it is checked rather than escaped.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, hidden};
use crate::yaml::read::Text;

impl Validator<'_> {
    /// Checks prose and hands it on.
    pub(super) fn prose(&mut self, text: Option<&Text>) -> String {
        self.checked(text, problem)
    }

    pub(super) fn optional_prose(&mut self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.prose(Some(text)))
    }

    /// The same for one sentence.
    pub(super) fn sentence(&mut self, text: Option<&Text>) -> String {
        self.checked(text, |text| problem(text).or_else(|| second(text)))
    }

    /// The same for a title or the like, which stands in the midst of prose.
    pub(super) fn title(&mut self, text: Option<&Text>) -> String {
        let help = "say it in words";
        self.checked(text, |text| {
            let markup = || markup(text).map(|problem| Problem { help, ..problem });
            not_code(text).or_else(markup)
        })
    }

    /// The same for what prose has in backticks.
    pub(super) fn code(&mut self, text: Option<&Text>) -> String {
        self.checked(text, not_code)
    }

    fn checked(
        &mut self,
        text: Option<&Text>,
        problem: impl Fn(&str) -> Option<Problem<'_>>,
    ) -> String {
        let Some(text) = text else {
            return String::new();
        };
        if let Some(problem) = problem(&text.value) {
            let span = self.place_in_prose(text, &problem);
            self.report(Diagnostic::new(Code::Prose, span, problem.message).help(problem.help));
        }
        text.value.clone()
    }

    /// Where the guilty part stands in the file: YAML changes the space between words, and hardly the words.
    fn place_in_prose(&self, text: &Text, problem: &Problem<'_>) -> Span {
        if problem.part.is_empty() {
            return text.span;
        }
        let before = text.value.get(..problem.at).unwrap_or_default();
        let nth = before.matches(problem.part).count();
        let written = self.sources.text(text.span);
        let found = written.match_indices(problem.part).nth(nth);
        found.map_or(text.span, |(at, part)| Span {
            start: text.span.start + at,
            end: text.span.start + at + part.len(),
            ..text.span
        })
    }
}

/// What rustdoc would misread.
#[derive(Debug, PartialEq)]
struct Problem<'t> {
    message: &'static str,
    help: &'static str,
    /// The guilty part of the text; empty if it is the text as a whole.
    part: &'t str,
    /// Where it stands.
    at: usize,
}

fn found<'t>(
    message: &'static str,
    help: &'static str,
    part: &'t str,
    at: usize,
) -> Option<Problem<'t>> {
    Some(Problem {
        message,
        help,
        part,
        at,
    })
}

/// The first thing in `text` that rustdoc would misread.
fn problem(text: &str) -> Option<Problem<'_>> {
    if text.trim().is_empty() {
        return found("this text is empty", "say what it is, in a sentence", "", 0);
    }
    if let Some((at, tab)) = text.match_indices('\t').next() {
        return found("this text holds a tab", "use spaces", tab, at);
    }
    let refused = |c: char| c != '\n' && hidden(c);
    if let Some((at, character)) = text.match_indices(refused).next() {
        return found(HIDDEN.0, HIDDEN.1, character, at);
    }
    // Lines are broken anew, so it may come to begin one.
    if let Some((at, fence)) = ["```", "~~~"]
        .iter()
        .find_map(|fence| text.match_indices(*fence).next())
    {
        return found(
            "rustdoc takes what follows a fence for code to compile",
            "put the code in backticks, one on each side",
            fence,
            at,
        );
    }
    let mut start = 0;
    for line in text.split('\n') {
        if line.starts_with("    ") {
            return found(
                "rustdoc takes a line that starts with four spaces for code to compile",
                "start the line further left",
                line.trim(),
                start + line.len() - line.trim_start().len(),
            );
        }
        start += line.len() + 1;
    }
    if let (1, Some((at, tick))) = (
        text.matches('`').count() % 2,
        text.rmatch_indices('`').next(),
    ) {
        return found(
            "this text has a backtick without its partner",
            "close the code span",
            tick,
            at,
        );
    }
    let mut start = 0;
    for (index, part) in text.split('`').enumerate() {
        // Every second part lies between two backticks.
        if index % 2 == 0
            && let Some(problem) = markup(part)
        {
            return Some(Problem {
                at: start + problem.at,
                ..problem
            });
        }
        start += part.len() + 1;
    }
    if !text.ends_with('.') {
        let last = text.split_whitespace().next_back().unwrap_or_default();
        return found(
            "this text does not end in a full stop",
            "write whole sentences",
            last,
            text.len() - last.len(),
        );
    }
    None
}

const HIDDEN: (&str, &str) = (
    "this text contains a control character, or one that changes the direction of text",
    "drop it: Rust refuses many of these in comments, and nobody sees them",
);

/// The second sentence of a text.
fn second(text: &str) -> Option<Problem<'_>> {
    let (at, rest) = text.match_indices([' ', '\n']).find_map(|(at, space)| {
        let (before, rest) = (text.get(..at)?, text.get(at + 1..)?);
        let begins = rest.starts_with(char::is_uppercase) && before.ends_with('.');
        (begins || space == "\n").then_some((at, rest))
    })?;
    let word = rest.split_whitespace().next().unwrap_or_default();
    Some(Problem {
        message: "expected one sentence, found a second one",
        help: "move what follows to `description`",
        part: word,
        at: at + 1 + rest.find(word).unwrap_or_default(),
    })
}

/// What keeps a text out of a code span.
fn not_code(text: &str) -> Option<Problem<'_>> {
    if text.trim().is_empty() {
        return found("this text is empty", "write it, on one line", "", 0);
    }
    if let Some((at, character)) = text.match_indices(hidden).next() {
        return found(HIDDEN.0, HIDDEN.1, character, at);
    }
    let (at, tick) = text.match_indices('`').next()?;
    let message = "this text holds a backtick, and stands between two of them in the docs";
    found(message, "drop the backtick", tick, at)
}

/// The first thing in text outside of code that rustdoc would take for something else.
fn markup(text: &str) -> Option<Problem<'_>> {
    let mut start = 0;
    for word in text.split(' ') {
        // The end of a sentence is no part of an address.
        let address = word.trim_end_matches(['.', ',', ')']);
        let address = address.split_whitespace().find(|it| it.contains("://"));
        if let Some(address) = address {
            return Some(Problem {
                message: "this text has a bare web address, which rustdoc refuses",
                help: "put it in backticks",
                part: address,
                at: start + word.find(address).unwrap_or_default(),
            });
        }
        start += word.len() + 1;
    }
    let (at, sign) = text.match_indices(['<', '>', '[', ']', '*', '\\']).next()?;
    let (message, help) = match sign {
        "<" | ">" => (
            "rustdoc takes `<` and `>` outside of code for HTML",
            "put it in backticks, or say it in words",
        ),
        "[" | "]" => (
            "rustdoc takes `[` and `]` outside of code for a link",
            "put it in backticks, or use other brackets",
        ),
        _ => (
            "rustdoc gives `*` and `\\` outside of code a meaning of their own",
            "put it in backticks, or say it in words",
        ),
    };
    Some(Problem {
        message,
        help,
        part: sign,
        at,
    })
}

#[cfg(test)]
mod tests {
    use super::{markup, not_code, problem, second};

    #[test]
    fn plain_sentences_and_code_spans_are_fine() {
        for text in [
            "Deletes snapshots.",
            "At most `a[0]` of `<T>`, see `https://example.com`.",
            "Two lines,\nboth plain.",
        ] {
            assert_eq!(problem(text), None, "{text}");
        }
    }

    #[test]
    fn what_rustdoc_misreads_is_found() {
        for text in [
            "",
            "no stop",
            "a\tb.",
            "a\rb.",
            "a\u{7f}b.",
            "a\u{202e}b.",
            "a\u{2066}b.",
            "```\ncode\n```\nMore.",
            "~~~ code.",
            "x\n    code.",
            "one ` tick.",
            "see https://example.com.",
            "Vec<T>.",
            "see [this].",
            "a*b.",
        ] {
            assert!(problem(text).is_some(), "{text}");
        }
    }

    #[test]
    fn the_guilty_part_is_named() {
        let part = |text| problem(text).map(|it| (it.part.to_owned(), it.at));
        assert_eq!(part("At `a`, <b>."), Some(("<".into(), 8)));
        assert_eq!(
            part("See `a` (https://a.b/c)."),
            Some(("(https://a.b/c".into(), 8))
        );
        assert_eq!(part("Line.\n\n    code();"), Some(("code();".into(), 11)));
        assert_eq!(part("No stop"), Some(("stop".into(), 3)));
        assert_eq!(part("é ` é."), Some(("`".into(), 3)));
    }

    #[test]
    fn one_sentence_is_one() {
        for text in ["Lists things.", "Lists `a. b`, 1.5 and e.g. so on."] {
            assert_eq!(second(text), None, "{text}");
        }
        for (text, at) in [("One. Two.", 5), ("One.\n\nTwo.", 6), ("Ö, one\nTwo.", 8)] {
            let problem = second(text).unwrap();
            assert_eq!(
                (problem.part.trim_end_matches('.'), problem.at),
                ("Two", at)
            );
        }
    }

    #[test]
    fn titles_and_words_have_one_line() {
        for text in ["", " ", "a\nb", "a\tb", "a\u{202e}b", "a`b"] {
            assert!(not_code(text).is_some(), "{text}");
        }
        for text in ["vod:a:*", "<T>", "No full stop"] {
            assert_eq!(not_code(text), None, "{text}");
        }
        assert!(markup("Things <b>").is_some());
        assert_eq!(markup("Things (old)"), None);
    }
}
