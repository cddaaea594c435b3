//! What the environment of the process says: variables, and files in the user's home.

use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// Larger files are not what they should be.
const MAX_FILE: u64 = 1 << 20;

type Lookup = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Environment variables; tests bring their own.
#[derive(Clone)]
pub(crate) struct Variables(Lookup);

impl Variables {
    pub(crate) fn of_process() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }

    pub(crate) fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    /// The value of a variable. One that is empty counts as not set.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    /// The file that `variable` names, or else `name` in the directory `.huaweicloud` of the user's home.
    pub(crate) fn file(&self, variable: &str, name: &str) -> Option<PathBuf> {
        let home = || self.get("HOME").or_else(|| self.get("USERPROFILE"));
        match self.get(variable) {
            Some(path) => Some(path.into()),
            None => Some(PathBuf::from(home()?).join(".huaweicloud").join(name)),
        }
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

/// Reads a file of text, away from the threads that serve calls: a home can be on a slow network.
pub(crate) async fn read_file(path: PathBuf) -> io::Result<String> {
    let read = move || {
        let mut text = String::new();
        let file = std::fs::File::open(path)?;
        // One byte more, to tell a file that is too large.
        let size = file.take(MAX_FILE + 1).read_to_string(&mut text)?;
        match size as u64 > MAX_FILE {
            true => Err(io::Error::other("the file has more than 1 MiB")),
            false => Ok(text),
        }
    };
    tokio::task::spawn_blocking(read)
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Whether a file could not be read because there is none. Services often run without a home that they may look into; with
/// a file that somebody `named`, that is a mistake.
pub(crate) fn is_absent(error: &io::Error, named: bool) -> bool {
    match error.kind() {
        io::ErrorKind::NotFound => true,
        io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory => !named,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
        assert_eq!(file(&[]), None);
        assert_eq!(
            file(&[("HOME", "/h"), ("USERPROFILE", "/u")]).as_deref(),
            Some(Path::new("/h/.huaweicloud/name"))
        );
        assert_eq!(
            file(&[("HOME", ""), ("USERPROFILE", "/u"), ("FILE", "")]).as_deref(),
            Some(Path::new("/u/.huaweicloud/name"))
        );
        assert_eq!(
            file(&[("FILE", "/f"), ("HOME", "/h")]).as_deref(),
            Some(Path::new("/f"))
        );
    }

    #[tokio::test]
    async fn files_are_bounded() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        let mut text = "x".repeat(1 << 20);
        std::fs::write(&path, &text).unwrap();
        assert_eq!(read_file(path.clone()).await.unwrap(), text);
        text.push('x');
        std::fs::write(&path, &text).unwrap();
        let error = read_file(path).await.unwrap_err();
        assert_eq!(error.to_string(), "the file has more than 1 MiB");
    }
}
