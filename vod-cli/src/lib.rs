//! The command `vod`: Huawei Cloud Video On Demand (VOD) from a terminal.
//!
//! ```sh
//! cargo install vod-cli
//! vod api list
//! vod api show-asset-detail --help
//! ```
//!
//! As a library it is for tests of the command: [`run`] takes arguments and streams, and returns
//! how it ended.

mod api;
mod cache;
mod catalog;
mod commands;
mod exit;
mod fetch;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzz;
mod interrupt;
mod io;
mod log;
mod names;
mod output;
mod parse;
mod progress;
mod records;
mod run;
mod session;
mod settings;

pub use catalog::Catalog;
pub use exit::Exit;
pub use interrupt::{Interrupt, Signal};
pub use io::{Io, Stream, Variables};
pub use run::run;
