//! Writes the YAML of a draft, line by line.

use vod_page::json::Json;

/// Lines of YAML, each below the map that is open.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    /// `# text`
    pub(super) fn comment(&mut self, text: &str) {
        let text: String = text.split(char::is_control).collect::<Vec<_>>().join(" ");
        self.line(&format!("# {text}"));
    }

    /// `key: value`
    pub(super) fn entry(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {value}"));
    }

    /// `- key: value`, the beginning of an item of a list.
    pub(super) fn item(&mut self, key: &str, value: &str) {
        self.line(&format!("- {key}: {value}"));
    }

    /// `key:`, and what follows stands below it.
    pub(super) fn open(&mut self, key: &str) {
        self.line(&format!("{key}:"));
        self.depth += 1;
    }

    /// Goes back to where the last map was opened.
    pub(super) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// `key: |` and the lines of a text.
    pub(super) fn block(&mut self, key: &str, text: &str) {
        self.line(&format!("{key}: |"));
        self.depth += 1;
        for line in text.trim().lines().filter(|line| !line.trim().is_empty()) {
            self.line(&line.trim_end().replace('\t', "  "));
        }
        self.depth -= 1;
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// Text as a value: in quotes where YAML would not take it for text, or not as it stands.
pub(super) fn text(text: &str) -> String {
    let is_word = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-' | '/' | ' ' | '(' | ')' | '.' | ':' | '*')
    };
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_word)
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null"
        );
    if is_plain {
        text.to_owned()
    } else {
        Json::String(text.to_owned()).to_string()
    }
}

/// Text as a key: keys are text even where they look like numbers.
pub(super) fn key(name: &str) -> String {
    let is_number = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    let is_name =
        name.starts_with('_') && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_number || is_name {
        name.to_owned()
    } else {
        text(name)
    }
}
