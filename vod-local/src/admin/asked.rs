//! A request to the admin interface, as it is read.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::problem::Problem;
use crate::data::Data;
use crate::progress::Context;
use crate::sockets::{Standalone, State};
use crate::state::Project;
use crate::uri;
use crate::world::{Place, World};

/// A request whose path is known.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) state: &'a Arc<State>,
    pub(super) standalone: &'a Standalone,
    pub(super) world: &'a World,
    /// The variable part of the path.
    pub(super) id: String,
    pub(super) query: Query,
    pub(super) body: Bytes,
    /// Scheme and host of URLs.
    pub(super) base: String,
}

impl Asked<'_> {
    /// The body, as a value of some kind.
    pub(super) fn read<T: Data>(&self) -> Result<T, Problem> {
        Ok(T::read(self.json()?)?)
    }

    pub(super) fn json(&self) -> Result<Value, Problem> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Problem::invalid("body", format!("the body is not JSON: {error}")))
    }

    /// Does something in a project. What is due has happened.
    pub(super) fn in_project<T>(
        &self,
        project_id: &str,
        act: impl FnOnce(&mut Project, &Context<'_>) -> T,
    ) -> T {
        let base = &self.base;
        self.world.in_project(Place { project_id, base }, act)
    }

    /// The project that is asked for, if it is there, or all of them.
    pub(super) fn projects(&mut self) -> Result<Vec<String>, Problem> {
        let all = self.world.projects();
        let Some(id) = self.query.take("project") else {
            return Ok(all);
        };
        if all.contains(&id) {
            return Ok(vec![id]);
        }
        let known = all.iter().map(String::as_str);
        Err(Problem::unknown("project", &id, known).not_there())
    }
}

/// Parameters of a query. All of them have to be taken.
#[derive(Debug, Default)]
pub(super) struct Query {
    given: BTreeMap<String, String>,
    /// The names that were asked for.
    known: Vec<&'static str>,
}

impl Query {
    pub(super) fn read(text: &str) -> Self {
        Self {
            given: uri::query(text).into_iter().collect(),
            known: Vec::new(),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    pub(super) fn take(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        self.given.remove(name)
    }

    pub(super) fn number<T: FromStr<Err: Display>>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Problem> {
        let number = self.take(name).map(|text| {
            let wrong = |error| Problem::invalid(name, format!("{text:?} is no number: {error}"));
            text.parse().map_err(wrong)
        });
        number.transpose()
    }

    /// Refuses what was not taken.
    pub(super) fn end(&self) -> Result<(), Problem> {
        let Some(name) = self.given.keys().next() else {
            return Ok(());
        };
        if self.known.is_empty() {
            let message = "this path takes no parameters".to_owned();
            return Err(Problem::invalid(name, message));
        }
        Err(Problem::unknown(name, name, self.known.iter().copied()))
    }
}
