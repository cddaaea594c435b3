//! Reads the credentials file: sections of `key = value`, as Python's `configparser` has them.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::text;

/// The section whose keys all others have, too.
const DEFAULT: &str = "DEFAULT";

/// Sections by name; keys are lower case.
#[derive(Debug, Default)]
pub(super) struct Ini(BTreeMap<String, BTreeMap<String, String>>);

/// Why a text cannot be read. It repeats no value of the text, which can be a secret.
#[derive(Debug)]
pub(crate) struct IniError {
    line: usize,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    NoSection,
    NeitherSectionNorKey,
    Twice { key: String },
}

/// The key whose value is being read.
struct Open {
    key: String,
    indent: usize,
}

impl Ini {
    /// Reads a text.
    ///
    /// `#` and `;` begin a comment at the start of a line only. A line that is indented further
    /// than its key goes on with the value of that key.
    pub(super) fn parse(text: &str) -> Result<Self, IniError> {
        let mut ini = Self::default();
        let mut section: Option<String> = None;
        let mut open: Option<Open> = None;
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let content = line.trim();
            if content.is_empty() || content.starts_with(['#', ';']) {
                continue;
            }
            let at_line = |problem| IniError {
                line: index + 1,
                problem,
            };
            let indent = line.len() - line.trim_start().len();
            let values = section.as_ref().and_then(|name| ini.0.get_mut(name));
            if let Some(Open { key, .. }) = open.as_ref().filter(|open| indent > open.indent)
                && let Some(value) = values.and_then(|values| values.get_mut(key))
            {
                value.push('\n');
                value.push_str(content);
                continue;
            }
            if let Some(name) = section_name(content) {
                ini.0.entry(name.to_owned()).or_default();
                section = Some(name.to_owned());
                open = None;
                continue;
            }
            let values = section.as_ref().and_then(|name| ini.0.get_mut(name));
            let values = values.ok_or_else(|| at_line(Problem::NoSection))?;
            let pair = content.split_once(['=', ':']);
            let (key, value) = pair.ok_or_else(|| at_line(Problem::NeitherSectionNorKey))?;
            let key = key.trim().to_lowercase();
            let value = value.trim().replace("%%", "%");
            if values.insert(key.clone(), value).is_some() {
                let key = text::line(&key, text::NAME);
                return Err(at_line(Problem::Twice { key }));
            }
            open = Some(Open { key, indent });
        }
        Ok(ini)
    }

    pub(super) fn has_section(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The names of all sections.
    pub(super) fn sections(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A value. One that is empty counts as missing.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<String> {
        let find = |section: &str| self.0.get(section)?.get(key).cloned();
        find(section)
            .or_else(|| find(DEFAULT))
            .filter(|value| !value.is_empty())
    }
}

/// The name in a line such as `[basic]`.
fn section_name(content: &str) -> Option<&str> {
    let (name, _) = content.strip_prefix('[')?.rsplit_once(']')?;
    Some(name)
}

impl fmt::Display for IniError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::NoSection => f.write_str("a section such as [basic] must come first"),
            Problem::NeitherSectionNorKey => {
                f.write_str("this is neither a section nor `key = value`")
            }
            Problem::Twice { key } => write!(f, "the key {key} is given twice"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_configparser_reads() {
        let text = "\u{feff}# comment\n[DEFAULT]\nproject_id = of all\n\n[basic]\r\n  AK = a=b:c \n  sk: s%%k ; no comment\n\
                    ; comment\n  empty =\n  long = one\n    two = 2\n\n    three\n  last= 9\n[other] ignored\nak=x\n";
        let ini = Ini::parse(text).unwrap();
        for (section, key, value) in [
            ("basic", "ak", Some("a=b:c")),
            ("basic", "sk", Some("s%k ; no comment")),
            ("basic", "empty", None),
            ("basic", "long", Some("one\ntwo = 2\nthree")),
            ("basic", "last", Some("9")),
            ("basic", "project_id", Some("of all")),
            ("basic", "AK", None),
            ("other", "ak", Some("x")),
            ("BASIC", "ak", None),
        ] {
            assert_eq!(ini.get(section, key).as_deref(), value, "{section} {key}");
        }
        assert!(ini.has_section("other") && !ini.has_section("Basic"));
    }

    #[test]
    fn names_the_line_and_nothing_of_it() {
        for (text, why) in [
            ("\nhidden = 1", "line 2: a section"),
            ("[basic]\nhidden", "line 2: this is neither"),
            (
                "[basic]\nak = hidden\nAK = 2",
                "line 3: the key ak is given twice",
            ),
            ("[basic\nak = hidden", "line 1: a section"),
        ] {
            let error = Ini::parse(text).unwrap_err().to_string();
            assert!(
                error.starts_with(why) && !error.contains("hidden"),
                "{error}"
            );
        }
    }
}
