//! The credentials file as lines, so that a change of one of them leaves the others as they are.

#[cfg(test)]
mod tests;

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::exit::Failure;
use crate::io::Variables;

/// A larger file holds something else.
const LARGEST: u64 = 1 << 20;

/// The lines of a credentials file.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// With its end.
    text: String,
    kind: Kind,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// A comment, or nothing.
    Rest,
    Section(String),
    Key {
        section: String,
        key: String,
        value: String,
    },
    /// It goes on with the value of the key before it.
    More,
}

/// Where the file is: where the variable says, or in the home of the user.
pub(crate) fn path(variables: &Variables) -> Option<PathBuf> {
    if let Some(path) = variables.get("HUAWEICLOUD_SDK_CREDENTIALS_FILE") {
        return Some(path.into());
    }
    let home = variables
        .get("HOME")
        .or_else(|| variables.get("USERPROFILE"))?;
    Some(PathBuf::from(home).join(".huaweicloud").join("credentials"))
}

impl Keys {
    /// Reads the file; one that is not there has no lines.
    ///
    /// # Errors
    ///
    /// It cannot be read, or something in it is neither a section nor a key.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |why: String| Failure::usage(format!("{}: {why}", path.display()));
        match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Ok(file) if file.len() > LARGEST => return Err(wrong("it is too large".to_owned())),
            _ => {}
        }
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        Self::parse(&text).map_err(|number| {
            wrong(format!(
                "line {number} is neither a section nor `key = value`"
            ))
        })
    }

    /// The lines of a text, or the number of the one that is wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, usize> {
        let mut lines: Vec<Line> = Vec::new();
        let mut section: Option<String> = None;
        // How far the last key is indented: what is indented further belongs to it.
        let mut open: Option<usize> = None;
        for (index, text) in text.split_inclusive('\n').enumerate() {
            let content = text.trim_start_matches('\u{feff}').trim();
            let indent = text.len() - text.trim_start().len();
            let kind = if content.is_empty() || content.starts_with(['#', ';']) {
                Kind::Rest
            } else if open.is_some_and(|open| indent > open) {
                let last = lines
                    .iter_mut()
                    .rev()
                    .find_map(|line| match &mut line.kind {
                        Kind::Key { value, .. } => Some(value),
                        _ => None,
                    });
                if let Some(value) = last {
                    value.push('\n');
                    value.push_str(content);
                }
                Kind::More
            } else if let Some(name) = section_name(content) {
                section = Some(name.to_owned());
                open = None;
                Kind::Section(name.to_owned())
            } else {
                let pair = content.split_once(['=', ':']).zip(section.clone());
                let ((key, value), section) = pair.ok_or(index + 1)?;
                open = Some(indent);
                Kind::Key {
                    section,
                    key: key.trim().to_lowercase(),
                    value: value.trim().replace("%%", "%"),
                }
            };
            lines.push(Line {
                text: text.to_owned(),
                kind,
            });
        }
        Ok(Self { lines })
    }

    /// The names of the sections, in their order.
    pub(crate) fn sections(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for line in &self.lines {
            if let Kind::Section(name) = &line.kind
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }

    /// The keys of a section and their values, in their order.
    pub(crate) fn entries<'k>(&'k self, of: &'k str) -> impl Iterator<Item = (&'k str, &'k str)> {
        self.lines.iter().filter_map(move |line| match &line.kind {
            Kind::Key {
                section,
                key,
                value,
            } if section == of => Some((key.as_str(), value.as_str())),
            _ => None,
        })
    }

    /// A value of a section, or of `[DEFAULT]`, as for the client; none if it is empty.
    pub(crate) fn get<'k>(&'k self, section: &'k str, key: &str) -> Option<&'k str> {
        let find = |section: &'k str| {
            let mut entries = self.entries(section);
            entries
                .find(|(known, _)| *known == key)
                .map(|(_, value)| value)
        };
        let found = find(section).or_else(|| find("DEFAULT"));
        found.filter(|value| !value.is_empty())
    }

    /// Sets a value of a section, which is added if it is not there.
    pub(crate) fn set(&mut self, section: &str, key: &str, value: &str) {
        let line = |indent: &str| Line {
            text: format!("{indent}{key} = {}\n", value.replace('%', "%%")),
            kind: Kind::Key {
                section: section.to_owned(),
                key: key.to_owned(),
                value: value.to_owned(),
            },
        };
        let is_it = |line: &Line| {
            matches!(&line.kind, Kind::Key { section: of, key: known, .. }
                if of == section && known == key)
        };
        if let Some(index) = self.lines.iter().position(is_it) {
            let rest = self.lines.iter().skip(index + 1);
            let more = rest.take_while(|line| line.kind == Kind::More).count();
            let indent = self.indent(index).to_owned();
            self.lines.splice(index..=index + more, [line(&indent)]);
            return;
        }
        let index = match self.end_of(section) {
            Some(index) => index,
            None => {
                self.begin(section);
                self.lines.len()
            }
        };
        self.end_line(index);
        let indent = self.indent_at(index).to_owned();
        self.lines.insert(index, line(&indent));
    }

    /// How far a key at a place has to be indented, so that it does not go on with the value before
    /// it, and what follows does not go on with its own.
    fn indent_at(&self, index: usize) -> &str {
        let (before, after) = self.lines.split_at(index.min(self.lines.len()));
        let of = |line: &Line| !matches!(line.kind, Kind::Rest | Kind::More);
        let last = before.iter().rposition(of);
        let is_key = |index: &usize| matches!(before.get(*index), Some(line) if matches!(line.kind, Kind::Key { .. }));
        let next = after.iter().position(of).map(|next| before.len() + next);
        match last.filter(is_key).or(next) {
            Some(index) => self.indent(index),
            None => "",
        }
    }

    /// What stands before the text of a line.
    fn indent(&self, index: usize) -> &str {
        let text = self.lines.get(index).map_or("", |line| line.text.as_str());
        let rest = text.trim_start().len();
        text.get(..text.len() - rest).unwrap_or_default()
    }

    /// The number of lines up to the last that says something in a section.
    fn end_of(&self, name: &str) -> Option<usize> {
        let mut end = None;
        let mut inside = false;
        for (index, line) in self.lines.iter().enumerate() {
            match &line.kind {
                Kind::Section(section) => inside = section == name && end.is_none(),
                Kind::Rest => continue,
                Kind::Key { .. } | Kind::More => {}
            }
            if inside {
                end = Some(index + 1);
            }
        }
        end
    }

    fn begin(&mut self, section: &str) {
        self.end_line(self.lines.len());
        let is_first = self.lines.is_empty();
        if !is_first {
            self.lines.push(Line {
                text: "\n".to_owned(),
                kind: Kind::Rest,
            });
        }
        self.lines.push(Line {
            text: format!("[{section}]\n"),
            kind: Kind::Section(section.to_owned()),
        });
    }

    /// Gives the line before a place an end, which the last line of a file can lack.
    fn end_line(&mut self, index: usize) {
        let before = index
            .checked_sub(1)
            .and_then(|index| self.lines.get_mut(index));
        if let Some(line) = before.filter(|line| !line.text.ends_with('\n')) {
            line.text.push('\n');
        }
    }

    /// Writes the file, for its owner alone. Whoever reads it meanwhile finds the old lines or the
    /// new ones.
    ///
    /// # Errors
    ///
    /// The folder or the file cannot be written.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let failed = |error: io::Error| Failure::failed(format!("{}: {error}", path.display()));
        replace(path, &self.text()).map_err(failed)
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    drop(file);
    written
        .and_then(|()| fs::rename(&part, &path))
        .inspect_err(|_| {
            // The failure before it is the one to tell.
            let _ = fs::remove_file(&part);
        })
}

/// The name in a line such as `[basic]`.
fn section_name(content: &str) -> Option<&str> {
    let (name, _) = content.strip_prefix('[')?.rsplit_once(']')?;
    Some(name)
}
