//! What every command works with.

use crate::catalog::Catalog;
use crate::exit::Failure;
use crate::io::Io;
use crate::output::{Format, Messages, Printer};
use crate::settings::{self, Place, Settings};

/// A run of the command.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) catalog: Catalog,
    pub(crate) io: &'a mut Io,
    pub(crate) settings: Settings,
    pub(crate) messages: Messages,
}

impl<'a> Session<'a> {
    pub(crate) fn new(catalog: Catalog, io: &'a mut Io, settings: Settings) -> Self {
        let messages = Messages::new(&settings.output, io.stderr.clone(), &io.variables);
        Self {
            catalog,
            io,
            settings,
            messages,
        }
    }

    /// Takes other settings.
    pub(crate) fn set(&mut self, settings: Settings) {
        let err = self.io.stderr.clone();
        self.messages = Messages::new(&settings.output, err, &self.io.variables);
        self.settings = settings;
    }

    /// Writes data, in a usual form unless the flags name another.
    pub(crate) fn printer(&self, usual: Format) -> Result<Printer, Failure> {
        Printer::new(&self.settings.output, self.io.stdout.clone(), usual)
    }

    /// A client for the settings.
    pub(crate) async fn client(&self) -> Result<vod_api::Client, Failure> {
        settings::client(&self.settings, self.io).await
    }

    /// Where calls go.
    pub(crate) async fn place(&self) -> Result<Place, Failure> {
        settings::place(&self.settings, self.io).await
    }
}
