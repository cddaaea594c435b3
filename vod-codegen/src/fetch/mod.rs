//! Downloads what the vendor publishes: the documents of the API Explorer, and the pages of the
//! docs.
//!
//! [`fetch`] writes to one folder: `api-explorer/` has the documents, `en-us/` and `zh-cn/` have the
//! pages. What was got, and what the servers said of it, is kept there in `.fetched.json`, so that
//! the next run asks only for what has changed. All sources and their limits stand in [`sources`].

mod address;
mod client;
mod clock;
mod explorer;
mod layout;
mod links;
mod names;
mod pages;
mod problem;
mod report;
mod robots;
pub mod sources;
mod state;
mod store;

use std::path::Path;
use std::time::Duration;

use vod_spec::model::Api;

pub use self::address::Address;
pub use self::clock::{Clock, SystemClock};
pub use self::problem::{Kind, Problem};
pub use self::report::{Entry, News, Report, Source, Verdict, What};

use self::client::{Client, Reply};
use self::store::{Change, Store, Target};

/// Where to download from, and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the API Explorer is: [`sources::API_EXPLORER`].
    pub api_explorer: Address,
    /// Where the docs are: [`sources::DOCS`].
    pub docs: Address,
    /// The time between two requests to one host.
    pub pause: Duration,
}

/// Downloads what is new or has changed, and says what it came to.
///
/// Files that are gone at the vendor are removed from the folder, so that nothing is compared with
/// them.
///
/// # Errors
///
/// The folder cannot be used. What goes wrong with a single document or page stands in the report.
pub fn fetch(
    api: &Api,
    folder: &Path,
    settings: &Settings,
    clock: &mut dyn Clock,
) -> Result<Report, Problem> {
    let mut run = Run {
        api,
        settings,
        client: Client::new(settings, clock),
        store: Store::open(folder)?,
        report: Report::default(),
    };
    explorer::fetch(&mut run);
    pages::fetch(&mut run);
    run.store.save()?;
    run.report.waits = run.client.waits();
    Ok(run.report)
}

/// All that a run works with.
struct Run<'a> {
    api: &'a Api,
    settings: &'a Settings,
    client: Client<'a>,
    store: Store,
    report: Report,
}

impl Run<'_> {
    /// Gets one file, if it has changed and is what it should be: `read` gives the text to store,
    /// or says why not.
    fn get(
        &mut self,
        target: &Target,
        address: &Address,
        read: impl Fn(String) -> Result<String, Problem>,
    ) -> What {
        let known = self.store.version(target, address);
        match self.client.get(address, &known) {
            Ok(Reply::Text { text, version }) => {
                let put = read(text).and_then(|text| self.store.put(target, &text));
                if put.is_ok() {
                    self.store.remember(target, address, version);
                }
                match put {
                    Ok(Change::New) => What::New,
                    Ok(Change::Changed) => What::Changed,
                    Ok(Change::Same) => What::Same,
                    Err(problem) => What::Problem(problem),
                }
            }
            // What could be read once may be more than the reader of today can.
            Ok(Reply::NotModified) => match self.store.read(target).and_then(read) {
                Ok(_) => What::Same,
                Err(problem) => What::Problem(problem),
            },
            Ok(Reply::Moved(to)) => self.removed(target, What::Moved(to)),
            Ok(Reply::Missing) if self.store.had(target) => self.removed(target, What::Gone),
            Ok(Reply::Missing) => What::Unserved,
            Err(problem) => What::Problem(problem),
        }
    }

    /// Removes a file that is gone, which `what` says, unless it cannot be removed.
    fn removed(&self, target: &Target, what: What) -> What {
        self.store
            .remove(target)
            .map_or_else(What::Problem, |()| what)
    }
}
