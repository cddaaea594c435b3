//! Writes the YAML of a draft, line by line.

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
