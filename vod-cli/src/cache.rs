//! Names of what commands have listed, for the completion of words in a shell: it never calls the
//! service.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::io::Variables;

/// So many names of a kind are kept: a shell shows no more.
const MOST: usize = 500;
/// A larger file is not ours.
const LARGEST: u64 = 1 << 20;

/// What names are kept of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Assets,
    Categories,
    Templates,
}

/// A thing, as it was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The names of one project. What goes wrong with the file is ignored: it holds nothing that cannot
/// be listed again.
#[derive(Debug)]
pub(crate) struct Cache(PathBuf);

impl Cache {
    /// The names for a project of the service at an address; `None` if there is no folder for them.
    pub(crate) fn of(variables: &Variables, (address, project): (&str, &str)) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        (address, project).hash(&mut hasher);
        let name = format!("names-{:016x}.json", hasher.finish());
        Some(Self(folder(variables)?.join("vod").join(name)))
    }

    /// The names of a kind, the last listed first.
    pub(crate) fn read(&self, kind: Kind) -> Vec<Known> {
        let document = self.document();
        let listed = document.get(kind.name()).and_then(Value::as_array);
        let known = listed.into_iter().flatten().filter_map(|known| {
            let text = |name: &str| Some(known.get(name)?.as_str()?.to_owned());
            Some(Known {
                id: text("id")?,
                name: text("name")?,
            })
        });
        known.take(MOST).collect()
    }

    /// Keeps names, before those that are kept already.
    pub(crate) fn add(&self, kind: Kind, listed: Vec<Known>) {
        let before = self.read(kind);
        let mut kept: Vec<Known> = Vec::new();
        for known in listed.into_iter().chain(before.iter().cloned()) {
            let is_new = !kept.iter().any(|it| it.id == known.id);
            if is_new && kept.len() < MOST {
                kept.push(known);
            }
        }
        if kept != before {
            self.keep(kind, kept);
        }
    }

    /// Keeps these names no longer.
    pub(crate) fn remove(&self, kind: Kind, ids: &[String]) {
        let mut kept = self.read(kind);
        let before = kept.len();
        kept.retain(|known| !ids.contains(&known.id));
        if kept.len() != before {
            self.keep(kind, kept);
        }
    }

    fn keep(&self, kind: Kind, kept: Vec<Known>) {
        let kept = kept.into_iter();
        let kept = kept.map(|Known { id, name }| json!({"id": id, "name": name}));
        let mut document = self.document();
        document.insert(kind.name().to_owned(), kept.collect());
        // The next list has them again.
        let _ = self.write(&Value::Object(document).to_string());
    }

    fn document(&self) -> Map<String, Value> {
        let size = fs::metadata(&self.0).map_or(0, |file| file.len());
        let text = match size {
            1..=LARGEST => fs::read_to_string(&self.0).unwrap_or_default(),
            _ => return Map::new(),
        };
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the file as a whole: two commands can end at once.
    fn write(&self, text: &str) -> std::io::Result<()> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let part = self
            .0
            .with_extension(format!("{}.part", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options
            .open(&part)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written
            .and_then(|()| fs::rename(&part, &self.0))
            .inspect_err(|_| {
                let _ = fs::remove_file(&part);
            })
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Assets => "assets",
            Self::Categories => "categories",
            Self::Templates => "templates",
        }
    }
}

/// Where programs of the user keep what they can do without.
fn folder(variables: &Variables) -> Option<PathBuf> {
    let cache = ["XDG_CACHE_HOME", "LOCALAPPDATA"];
    let cache = cache.into_iter().find_map(|name| variables.get(name));
    match cache {
        Some(folder) => Some(folder.into()),
        None => Some(PathBuf::from(variables.get("HOME")?).join(".cache")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(number: usize) -> Known {
        Known {
            id: number.to_string(),
            name: format!("name {number}"),
        }
    }

    #[test]
    fn the_last_listed_come_first_and_there_are_not_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display().to_string();
        let variables =
            Variables::new(move |name| (name == "XDG_CACHE_HOME").then(|| path.clone()));
        let cache = |project| Cache::of(&variables, ("http://a", project)).unwrap();
        assert_eq!(cache("p").read(Kind::Assets), []);
        cache("p").add(Kind::Assets, vec![known(1), known(2)]);
        cache("p").add(Kind::Assets, vec![known(3), known(1)]);
        cache("p").add(Kind::Categories, vec![known(9)]);
        assert_eq!(
            cache("p").read(Kind::Assets),
            [known(3), known(1), known(2)]
        );
        assert_eq!(cache("p").read(Kind::Categories), [known(9)]);
        assert_eq!(cache("q").read(Kind::Assets), []);
        cache("p").remove(Kind::Assets, &["1".to_owned(), "7".to_owned()]);
        assert_eq!(cache("p").read(Kind::Assets), [known(3), known(2)]);
        cache("p").add(Kind::Assets, (10..10 + MOST).map(known).collect());
        let kept = cache("p").read(Kind::Assets);
        assert_eq!((kept.len(), &kept[0]), (MOST, &known(10)));

        // What is no longer readable is written anew.
        std::fs::write(&cache("p").0, "{").unwrap();
        cache("p").add(Kind::Assets, vec![known(1)]);
        assert_eq!(cache("p").read(Kind::Assets), [known(1)]);
        #[cfg(unix)]
        {
            let mode = std::fs::metadata(&cache("p").0).unwrap().permissions();
            assert_eq!(
                std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777,
                0o600
            );
        }
    }
}
