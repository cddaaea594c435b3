//! Takes a description apart into its lines: what stands in one line of a copy can be a list that lost its breaks.

use crate::describe::{Part, breaks, is_han};

/// Characters that are bullets wherever they stand.
const BULLETS: &[char] = &[
    '•', '●', '○', '◦', '▪', '■', '◆', '□', '➢', '\u{f06c}', '\u{f0b7}',
];

/// Characters that are bullets at the beginning of a line, or behind the end of a sentence.
const DASHES: &[char] = &['-', '–', '—', '*', '·', '+'];

/// Marks of numbered items: what stands before and behind the number.
const NUMBERS: &[(&str, &str)] = &[
    ("(", ")"),
    ("（", "）"),
    ("", ")"),
    ("", "）"),
    ("", "、"),
    ("", ". "),
];

/// Numbers of items with a character of their own, from 1.
const CIRCLED: &[char] = &['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩'];

/// The paragraphs and the items of a description, one by one. Of a value that is a `number`, some marks of numbered items
/// are the values.
pub(super) fn split(parts: &[Part], number: bool) -> Vec<Part> {
    let mut lines = Vec::new();
    for part in parts {
        let pieces_of_lines = part.text.lines().flat_map(breaks);
        for (at, (is_item, text)) in pieces_of_lines.enumerate() {
            let mut item = is_item || part.item && at == 0;
            for piece in pieces(text, item, number) {
                let (text, bullets) = unbulleted(piece.text);
                item = item || piece.item || bullets;
                if !text.is_empty() {
                    lines.push(Part {
                        line: part.line,
                        item,
                        text: text.to_owned(),
                    });
                }
                item = false;
            }
        }
    }
    numbered_lines(&mut lines, number);
    lines
}

/// A part of a line.
struct Piece<'t> {
    text: &'t str,
    item: bool,
}

/// The text behind its bullets, and whether there were any.
fn unbulleted(text: &str) -> (&str, bool) {
    let mut rest = text.trim();
    let mut found = false;
    loop {
        let next = rest.strip_prefix(BULLETS).map(str::trim_start).or_else(|| {
            let after = rest.strip_prefix(DASHES)?;
            after
                .starts_with(char::is_whitespace)
                .then(|| after.trim_start())
        });
        match next {
            Some(next) => {
                rest = next;
                found = true;
            }
            None => return (rest, found),
        }
    }
}

fn pieces(text: &str, item: bool, number: bool) -> Vec<Piece<'_>> {
    let marks = marks(text, item, number);
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut is_item = item;
    for (start, end) in marks {
        pieces.push(Piece {
            text: text.get(from..start).unwrap_or_default(),
            item: is_item,
        });
        from = end;
        is_item = true;
    }
    pieces.push(Piece {
        text: text.get(from..).unwrap_or_default(),
        item: is_item,
    });
    pieces.retain(|it| !it.text.trim().is_empty());
    pieces
}

/// Where the marks of the items of a list in one line stand: their beginnings and ends.
fn marks(text: &str, item: bool, number: bool) -> Vec<(usize, usize)> {
    let bullets: Vec<_> = text
        .match_indices(BULLETS)
        .map(|(at, mark)| (at, at + mark.len()))
        .collect();
    if !bullets.is_empty() {
        return bullets;
    }
    if !item {
        let dashes = dashes(text);
        if !dashes.is_empty() {
            return dashes;
        }
    }
    numbers(text, number)
}

/// Dashes and the like, if the first one begins a list: it stands behind a colon or the end of a sentence.
fn dashes(text: &str) -> Vec<(usize, usize)> {
    for dash in DASHES {
        let all: Vec<_> = text
            .match_indices(*dash)
            .map(|(at, mark)| (at, at + mark.len()))
            .filter(|(at, end)| {
                let before = text.get(..*at).unwrap_or_default();
                let after = text.get(*end..).unwrap_or_default();
                after.starts_with(char::is_whitespace)
                    && (before.ends_with(char::is_whitespace) || ends_clause(before))
            })
            .collect();
        let begins = |(at, _): &(usize, usize)| {
            let before = text.get(..*at).unwrap_or_default().trim_end();
            before.is_empty() || before.ends_with([':', '：', '.', '。', ';', '；'])
        };
        let Some(first) = all.iter().position(begins) else {
            continue;
        };
        let marks = all.get(first..).unwrap_or_default();
        let announced = |at: usize| {
            let before = text.get(..at).unwrap_or_default().trim_end();
            before.ends_with([':', '：'])
        };
        let explained: Vec<_> = marks
            .iter()
            .copied()
            .filter(|(_, end)| is_explained(text.get(*end..).unwrap_or_default()))
            .collect();
        // Where items are explained, a dash within an explanation is no bullet.
        let first_is = explained.first() == marks.first();
        let marks = match explained.len() {
            2.. if first_is => explained,
            _ => marks.to_vec(),
        };
        let is_list = marks.len() > 1 || marks.first().is_some_and(|(at, _)| announced(*at));
        if is_list {
            return marks;
        }
    }
    Vec::new()
}

fn ends_clause(text: &str) -> bool {
    text.ends_with([':', '：', '。', ';', '；', ',', '，', ')', '）'])
}

/// Whether a word stands here with a mark that explains it.
fn is_explained(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['"', '“', '`', '\'']);
    let word = text.trim_start_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+')
    });
    let rest = word.trim_start_matches(['"', '”', '`', '\'']).trim_start();
    word.len() < text.len() && rest.starts_with([':', '：', '(', '（', '=', ',', '，'])
}

/// The marks of numbered items in one line, at least two.
fn numbers(text: &str, number: bool) -> Vec<(usize, usize)> {
    if !text.contains(['1', '①']) {
        return Vec::new();
    }
    let circled: Vec<_> = (CIRCLED.iter())
        .map_while(|mark| text.find(*mark).map(|at| (at, at + mark.len_utf8())))
        .collect();
    if circled.len() > 1 && circled.is_sorted() {
        return circled;
    }
    for (open, close) in NUMBERS {
        // There the numbers are the values.
        if number && matches!(*close, "、" | ". ") {
            continue;
        }
        let mut marks = Vec::new();
        let mut from = 0;
        for count in 1..100 {
            let mark = format!("{open}{count}{close}");
            let rest = text.get(from..).unwrap_or_default();
            let found = rest.match_indices(&mark).find(|(at, _)| {
                let before = text.get(..from + at).unwrap_or_default();
                !before.ends_with(|c: char| {
                    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '(' | '（' | '~')
                })
            });
            let Some((at, _)) = found else { break };
            marks.push((from + at, from + at + mark.len()));
            from += at + mark.len();
        }
        if marks.len() > 1 {
            return marks;
        }
    }
    Vec::new()
}

/// Lines that begin with 1), 2) and so on are items.
fn numbered_lines(lines: &mut [Part], number: bool) {
    let mark = |text: &str, count: usize| {
        if count == 1 && !text.starts_with(['1', '(', '（', '①']) {
            return None;
        }
        let circled = CIRCLED.get(count - 1).and_then(|it| text.strip_prefix(*it));
        circled.map(str::len).or_else(|| {
            let marks = NUMBERS
                .iter()
                .filter(|it| !(number && matches!(it.1, "、" | ". ")));
            let mut rests = marks
                .filter_map(|(open, close)| text.strip_prefix(&format!("{open}{count}{close}")));
            rests.next().map(str::len)
        })
    };
    let mut at = 0;
    while at < lines.len() {
        let run: Vec<usize> = (lines.iter().skip(at).zip(1..))
            .map_while(|(line, count)| mark(&line.text, count))
            .collect();
        if run.len() > 1 {
            for (line, rest) in lines.iter_mut().skip(at).zip(&run) {
                let text = line.text.split_off(line.text.len() - rest);
                line.text = text.trim().to_owned();
                line.item = true;
            }
        }
        at += run.len().max(1);
    }
    for line in lines.iter_mut().filter(|line| line.text.is_empty()) {
        line.item = false;
    }
}

/// Splits a text where one of the separators stands, but not within brackets or quotes.
pub(super) fn outside_brackets(text: &str, is_separator: impl Fn(&str) -> usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut from, mut skip) = (0_usize, 0, 0);
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                let length = is_separator(text.get(at..).unwrap_or_default());
                if length > 0 {
                    pieces.push(text.get(from..at).unwrap_or_default());
                    skip = at + length;
                    from = skip;
                }
            }
            _ => {}
        }
    }
    pieces.push(text.get(from..).unwrap_or_default());
    pieces
}

/// The length of a separator of values that a text begins with: `、`, `, `, ` or `.
pub(super) fn separator(text: &str) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    if !matches!(
        first,
        ' ' | ',' | '，' | '、' | '|' | '以' | '或' | '和' | '及' | '与'
    ) {
        return 0;
    }
    let words = [
        ", and ", ", or ", " and ", " or ", "，或", "、或", "，和", "以及", "或者",
    ];
    for word in words {
        let start = text.get(..word.len());
        if start.is_some_and(|it| it.eq_ignore_ascii_case(word)) {
            return word.len();
        }
    }
    match first {
        ',' | '，' | '、' | '|' => first.len_utf8(),
        // Between words of the wire, where Chinese needs no spaces.
        '和' | '或' | '及' | '与' => {
            let rest = text
                .get(first.len_utf8()..)
                .unwrap_or_default()
                .trim_start();
            let rest = rest.trim_start_matches(['"', '“', '`', '\'']);
            if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
                first.len_utf8()
            } else {
                0
            }
        }
        _ => 0,
    }
}

/// Whether a text has a character of Chinese.
pub(super) fn has_han(text: &str) -> bool {
    text.contains(is_han)
}
