//! The rooms of a crate, from top to bottom.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::arrows::Arrow;
use crate::sources::Sources;

/// The rooms of a crate; those on one line do not know each other.
#[derive(Debug)]
pub struct Map {
    lines: Vec<Vec<String>>,
}

/// Something that the map does not allow.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// A room uses one that is not below it.
    Forbidden(Arrow),
    /// The crate has a room that the map does not list.
    Unlisted(String),
    /// The map lists a room that the crate does not have.
    Missing(String),
    /// The map lists a room twice.
    Twice(String),
}

impl Map {
    /// Reads the map of a crate: in a page, the lines of the block after `rooms of {krate}`, each of
    /// which begins with the names of rooms and may go on with what they are for, after two spaces.
    ///
    /// # Errors
    ///
    /// The page has no such block.
    pub fn of_page(page: &str, krate: &str) -> Result<Self, String> {
        let start = format!("```text rooms of {krate}\n");
        let block = page
            .split_once(&start)
            .and_then(|(_, rest)| rest.split_once("```"));
        let (block, _) =
            block.ok_or_else(|| format!("the page has no map of the rooms of {krate}"))?;
        let rooms = |line: &str| {
            let names = line.split("  ").next().unwrap_or_default();
            names.split_whitespace().map(str::to_owned).collect()
        };
        let lines = block.lines().filter(|line| !line.starts_with(' '));
        Ok(Self {
            lines: lines.map(rooms).collect(),
        })
    }

    /// Everything in a crate that the map does not allow.
    pub fn check(&self, sources: &Sources) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut levels = BTreeMap::new();
        for (level, rooms) in self.lines.iter().enumerate() {
            for room in rooms {
                if levels.insert(room.as_str(), level).is_some() {
                    problems.push(Problem::Twice(room.clone()));
                }
            }
        }
        let there: BTreeSet<_> = sources.rooms().collect();
        for room in &there {
            if !levels.contains_key(room) {
                problems.push(Problem::Unlisted((*room).to_owned()));
            }
        }
        for room in levels.keys() {
            if !there.contains(room) {
                problems.push(Problem::Missing((*room).to_owned()));
            }
        }
        let is_down = |arrow: &Arrow| {
            let level = |room: &str| levels.get(room);
            match (level(&arrow.from), level(&arrow.to)) {
                (Some(from), Some(to)) => from < to,
                // Reported above, as a room that is not listed.
                (None, _) => true,
                (Some(_), None) => false,
            }
        };
        let arrows = sources.arrows().into_iter();
        problems.extend(
            arrows
                .filter(|arrow| !is_down(arrow))
                .map(Problem::Forbidden),
        );
        problems
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forbidden(Arrow {
                from,
                to,
                name,
                file,
                line,
            }) => write!(
                f,
                "{file}:{line}: `{from}` must not use `{to}`, which is not below it ({name})"
            ),
            Self::Unlisted(room) => write!(f, "the map does not list the room `{room}`"),
            Self::Missing(room) => write!(f, "the map lists `{room}`, which does not exist"),
            Self::Twice(room) => write!(f, "the map lists `{room}` twice"),
        }
    }
}
