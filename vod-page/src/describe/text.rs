//! The text of a description: its paragraphs and list items, and what is done with text everywhere.

/// A paragraph or a list item of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) line: usize,
    pub(crate) item: bool,
    pub(crate) text: String,
}

/// The text with each run of white space as one space, and without it at the ends. Characters without a width are left
/// out: they only say where a line may break, also within names.
pub(crate) fn tidy(text: &str) -> String {
    let visible = text.replace(['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'], "");
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ")
}

/// The beginning of a text, for a message.
pub(crate) fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}...", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// The pieces of a text between the tags of HTML that break it, and whether each is an item of a list.
pub(crate) fn breaks(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let (mut from, mut item) = (0, false);
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let Some((tag, _)) = rest.split_once('>') else {
            break;
        };
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if at < from || !matches!(name.as_str(), "br" | "li" | "ul" | "ol" | "p" | "div") {
            continue;
        }
        pieces.push((item, text.get(from..at).unwrap_or_default()));
        item = name == "li" && !tag.starts_with('/');
        from = at + 1 + tag.len() + 1;
    }
    pieces.push((item, text.get(from..).unwrap_or_default()));
    pieces
}

/// What follows the bullet, if the text begins with one.
pub(crate) fn bullet(text: &str) -> Option<&str> {
    let rest = text
        .trim_start()
        .strip_prefix(['•', '●', '○', '◦', '▪', '■', '–', '·', '-', '*', '+'])?;
    let item = rest.trim_start();
    (!item.is_empty() && item.len() < rest.len()).then_some(item)
}

/// Whether a text only says that there is nothing to say.
pub(crate) fn is_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', '。']);
    matches!(
        text,
        "" | "-" | "--" | "—" | "None" | "N/A" | "无" | "不涉及"
    )
}

/// The letters and digits of a text, in small letters.
pub(crate) fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a character is one of Chinese.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
