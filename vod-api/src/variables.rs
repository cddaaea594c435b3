//! The environment variables of the process.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

type Lookup = Arc<dyn Fn(&str) -> Option<OsString> + Send + Sync>;

/// Environment variables; tests bring their own.
#[derive(Clone)]
pub(crate) struct Variables(Lookup);

/// A variable whose value is not text. The value is not shown, as it can be a secret.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NotUtf8 {
    variable: String,
}

/// Where a file of settings is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    /// Whether a setting names this file; otherwise it is the default path.
    pub(crate) named: bool,
}

impl Variables {
    pub(crate) fn of_process() -> Self {
        Self::raw(|name| std::env::var_os(name))
    }

    pub(crate) fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self::raw(move |name| lookup(name).map(Into::into))
    }

    /// With values that need not be UTF-8, as in a process.
    pub(crate) fn raw(lookup: impl Fn(&str) -> Option<OsString> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    /// The value of a variable. An empty one counts as not set; one that is not UTF-8 is an error.
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, NotUtf8> {
        let text = self.os(name).map(OsString::into_string).transpose();
        text.map_err(|_| NotUtf8::of(name))
    }

    /// Whether a variable has a value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.os(name).is_some()
    }

    /// The file that `variable` names, or else `name` in the directory `.huaweicloud` of the user's
    /// home.
    pub(crate) fn file(&self, variable: &str, name: &str) -> Option<Place> {
        let home = || self.os("HOME").or_else(|| self.os("USERPROFILE"));
        Some(match self.os(variable) {
            Some(path) => Place {
                path: path.into(),
                named: true,
            },
            None => Place {
                path: PathBuf::from(home()?).join(".huaweicloud").join(name),
                named: false,
            },
        })
    }

    fn os(&self, name: &str) -> Option<OsString> {
        (self.0)(name).filter(|value| !value.is_empty())
    }
}

impl NotUtf8 {
    pub(crate) fn of(variable: &str) -> Self {
        Self {
            variable: variable.to_owned(),
        }
    }
}

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { variable } = self;
        write!(
            f,
            "the variable {variable} is not UTF-8: correct or unset it"
        )
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(set: &'static [(&str, &str)]) -> Variables {
        Variables::new(|name| {
            let found = set.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    #[test]
    fn finds_files() {
        let file = |set| variables(set).file("FILE", "name");
        let place = |path: &str, named| {
            Some(Place {
                path: path.into(),
                named,
            })
        };
        assert_eq!(file(&[]), None);
        assert_eq!(
            file(&[("HOME", "/h"), ("USERPROFILE", "/u")]),
            place("/h/.huaweicloud/name", false)
        );
        assert_eq!(
            file(&[("HOME", ""), ("USERPROFILE", "/u"), ("FILE", "")]),
            place("/u/.huaweicloud/name", false)
        );
        assert_eq!(file(&[("FILE", "/f"), ("HOME", "/h")]), place("/f", true));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_text_is_not_unset() {
        use std::os::unix::ffi::OsStringExt;

        let bytes = || OsString::from_vec(b"/hidden\xff".to_vec());
        let variables = Variables::raw(move |name| (name == "V").then(bytes));
        assert!(variables.has("V") && !variables.has("W"));
        assert_eq!(
            variables.get("V").unwrap_err().to_string(),
            "the variable V is not UTF-8: correct or unset it"
        );
        // Paths need not be text.
        let place = variables.file("V", "name").unwrap();
        assert_eq!(place.path, PathBuf::from(bytes()));
    }
}
