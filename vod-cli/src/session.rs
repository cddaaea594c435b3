//! What every command works with.

use tracing::subscriber::DefaultGuard;

use crate::cache::{Cache, Kind, Known};
use crate::catalog::Catalog;
use crate::exit::Failure;
use crate::io::Io;
use crate::log;
use crate::output::{Column, Format, Messages, Printer, Shape};
use crate::settings::{self, Place, Settings};

/// A terminal with fewer columns has no room for more than three columns of a table.
const NARROW: usize = 70;

/// A run of the command.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) catalog: Catalog,
    pub(crate) io: &'a mut Io,
    pub(crate) settings: Settings,
    pub(crate) messages: Messages,
    /// Writes lines for calls, for as long as it is kept.
    log: Option<DefaultGuard>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(catalog: Catalog, io: &'a mut Io, settings: Settings) -> Self {
        let messages = Messages::new(&settings.output, io.stderr.clone(), &io.variables);
        Self {
            catalog,
            io,
            settings,
            messages,
            log: None,
        }
    }

    /// Takes other settings.
    pub(crate) fn set(&mut self, settings: Settings) {
        let err = self.io.stderr.clone();
        self.messages = Messages::new(&settings.output, err, &self.io.variables);
        // The one before has to end first.
        self.log = None;
        self.log = (settings.verbose > 0).then(|| log::begin(self.messages.clone()));
        self.settings = settings;
    }

    /// Writes data, in a usual form unless the flags name another.
    pub(crate) fn printer(&self, usual: Format) -> Result<Printer, Failure> {
        Printer::new(&self.settings.output, self.io, usual)
    }

    /// Writes what a task has found: a table on a terminal, tab-separated values elsewhere, unless
    /// the flags name another form.
    pub(crate) fn task_printer(&self) -> Result<Printer, Failure> {
        self.printer(match self.io.stdout.columns() {
            Some(_) => Format::Table,
            None => Format::Tsv,
        })
    }

    /// Whether somebody can answer, and wants to be asked.
    pub(crate) fn can_ask(&self) -> bool {
        let asks = self.io.answers && self.io.stderr.columns().is_some();
        asks && !self.settings.no_input && self.io.variables.get("CI").is_none()
    }

    /// Rows with these columns, of which a narrow terminal shows the first ones.
    pub(crate) fn shape(&self, columns: &'static [Column]) -> Shape {
        let is_narrow = self.io.stdout.columns().is_some_and(|width| width < NARROW);
        let shown = columns.get(..3).filter(|_| is_narrow);
        Shape::of_columns(shown.unwrap_or(columns))
    }

    /// Whether to go on: by `--yes`, or as somebody answers.
    ///
    /// # Errors
    ///
    /// Nobody can answer. `what` is what would be done.
    pub(crate) fn consent(&mut self, yes: bool, what: &str) -> Result<(), Failure> {
        if yes {
            return Ok(());
        }
        if !self.can_ask() {
            return Err(Failure::usage_with(
                format!("{what}: nothing was done"),
                "--yes does it",
            ));
        }
        self.messages.ask(&format!("{what}? [y/N] "));
        let answer = self.io.read_line().unwrap_or_default();
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Failure::usage("nothing was done")),
        }
    }

    /// A client for the settings.
    pub(crate) async fn client(&self) -> Result<vod_api::Client, Failure> {
        settings::client(&self.settings, self.io).await
    }

    /// Where calls go.
    pub(crate) async fn place(&self) -> Result<Place, Failure> {
        settings::place(&self.settings, self.io).await
    }

    /// A secret beside the keys of calls: of a variable, or of a key of the profile.
    pub(crate) async fn secret(
        &self,
        variable: &str,
        key: &str,
    ) -> Result<Option<String>, Failure> {
        settings::secret((&self.settings, self.io), variable, key).await
    }

    /// The names that were listed before, for the completion of words.
    pub(crate) async fn cache(&self) -> Option<Cache> {
        let place = self.place().await.ok()?;
        let project = place.project_id.as_deref().unwrap_or_default();
        Cache::of(&self.io.variables, (&place.address(), project))
    }

    /// Keeps names that were listed, for the completion of words.
    pub(crate) async fn remember(&self, kind: Kind, listed: Vec<Known>) {
        if let Some(cache) = self.cache().await {
            cache.add(kind, listed);
        }
    }

    /// Keeps names no longer, of things that were deleted.
    pub(crate) async fn forget(&self, kind: Kind, ids: &[String]) {
        if let Some(cache) = self.cache().await {
            cache.remove(kind, ids);
        }
    }
}
