//! Reads the credentials file: sections of `key = value`, as Python's `configparser` has them.

use std::collections::BTreeMap;

use crate::error::text;

/// The section whose keys all others have, too.
const DEFAULT: &str = "DEFAULT";

/// Sections by name; keys are lower case.
#[derive(Debug, Default)]
pub(super) struct Ini(BTreeMap<String, BTreeMap<String, String>>);

impl Ini {
    /// Reads a text. The error names a line and repeats nothing of it.
    ///
    /// `#` and `;` begin a comment at the start of a line only. A line that is indented further than its key goes on with
    /// the value of that key.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut ini = Self::default();
        let mut section = None;
        // The key that is being read, and how far it is indented.
        let mut open: Option<(String, usize)> = None;
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let content = line.trim();
            if content.is_empty() || content.starts_with(['#', ';']) {
                continue;
            }
            let refuse = |why: &str| Err(format!("line {}: {why}", number + 1));
            let indent = line.len() - line.trim_start().len();
            let header = content
                .strip_prefix('[')
                .and_then(|rest| rest.rsplit_once(']'));
            let goes_on = open.as_ref().filter(|(_, of_key)| indent > *of_key);
            let values = section.as_ref().and_then(|name| ini.0.get_mut(name));
            match (goes_on, header, values) {
                (Some((key, _)), _, Some(values)) => {
                    let value = values.entry(key.clone()).or_default();
                    value.push('\n');
                    value.push_str(content);
                }
                (_, Some((name, _)), _) => {
                    ini.0.entry(name.to_owned()).or_default();
                    section = Some(name.to_owned());
                    open = None;
                }
                (_, None, None) => return refuse("a section such as [basic] must come first"),
                (_, None, Some(values)) => {
                    let Some((key, value)) = content.split_once(['=', ':']) else {
                        return refuse("neither a section nor `key = value`");
                    };
                    let key = key.trim().to_lowercase();
                    let value = value.trim().replace("%%", "%");
                    if values.insert(key.clone(), value).is_some() {
                        let key = text::line(&key, text::NAME);
                        return refuse(&format!("the key {key} comes twice"));
                    }
                    open = Some((key, indent));
                }
            }
        }
        Ok(ini)
    }

    pub(super) fn has_section(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A value. One that is empty counts as missing.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<String> {
        let find = |section: &str| self.0.get(section)?.get(key).cloned();
        find(section)
            .or_else(|| find(DEFAULT))
            .filter(|value| !value.is_empty())
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
            ("[basic]\nhidden", "line 2: neither"),
            (
                "[basic]\nak = hidden\nAK = 2",
                "line 3: the key ak comes twice",
            ),
            ("[basic\nak = hidden", "line 1: a section"),
        ] {
            let error = Ini::parse(text).unwrap_err();
            assert!(
                error.starts_with(why) && !error.contains("hidden"),
                "{error}"
            );
        }
    }
}
