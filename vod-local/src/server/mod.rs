//! A VOD service on this machine as a program of its own, for tests in any language. Needs the
//! feature `server`.
//!
//! The program `vod-local` is [`Command::execute`]; another one can have the same as a subcommand,
//! or start a server by [`run`].

mod command;
mod env;
mod health;
mod log;
mod options;
mod parent;
mod save;
mod stop;

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::admin;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::local::{ImportError, Local, LocalBuilder};
use crate::sockets::{Bounds, Proxy, Standalone};
use crate::store::Storage;

pub use command::{Command, Subcommand};
pub use env::{EnvOptions, Shell};
pub use health::HealthOptions;
pub use options::{Admin, AuthMode, Key, Log, Options, ProgressMode, SecretText, UnknownMode};

/// How many connections there can be: fewer than the files that a process may usually have open.
const CONNECTIONS: usize = 800;
/// How long a client may send nothing where it is its turn.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long whoever has told the server to stop may take to read that it does.
const LAST_REPLY: Duration = Duration::from_millis(100);

/// Runs a server until it is told to stop: by Ctrl-C, SIGTERM or `POST /_vod/stop`, or by the end of
/// its parent with [`Options::exit_with_parent`].
///
/// The first line on standard output has the address: `vod-local 0.1.0 listens on
/// http://127.0.0.1:8863 (progress: time, page: http://127.0.0.1:8863/_vod/)`. Requests are logged
/// to standard error.
///
/// # Errors
///
/// The address is in use, a file cannot be read or written, or a state in one is wrong.
pub async fn run(options: Options) -> Result<(), ServerError> {
    let started = Instant::now();
    // First of all, so that no signal is missed.
    let mut stop = stop::Stop::new(options.exit_with_parent)?;
    let address = options.address()?;
    let mut builder = Local::builder().address(address);
    if let Some(path) = &options.seed_file {
        builder = seeded(builder, path)?;
    }
    let mut storage = Storage::new();
    storage.fault_seed = options.seed;
    let saver = options.data.as_deref().map(save::Saver::open).transpose()?;
    if let Some(saver) = &saver {
        storage.folder = Some(saver.objects());
        if let Some(saved) = saver.read()? {
            builder = builder.saved(saved);
        }
    }
    let standalone = Arc::new(Standalone {
        started,
        bounds: Bounds {
            connections: CONNECTIONS,
            patience: PATIENCE,
        },
        desk: admin::answer,
        journal: Journal::new(),
        faults: Faults::seeded(options.seed),
        public_url: options.public_url.clone(),
        proxy: if options.trust_forwarded {
            Proxy::Trusted
        } else {
            Proxy::None
        },
        admin_from_anywhere: options.admin == Admin::Any,
        stop: Default::default(),
    });
    let builder = options.apply(builder.storage(storage).standalone(standalone.clone()));
    let local = builder.start().await.map_err(|error| match error {
        error if error.kind() == io::ErrorKind::AddrInUse => ServerError::InUse(address),
        error => ServerError::Start(error),
    })?;
    let saving = saver.map(|saver| saver.start(local.state()));
    let log = log::start(options.log, &standalone);
    if let Some(path) = &options.port_file {
        write_port(path, local.port())?;
    }
    announce(&options, &local);
    tokio::select! {
        () = stop.wanted() => {}
        () = standalone.stop.notified() => tokio::time::sleep(LAST_REPLY).await,
    }
    log.abort();
    if let Some(path) = &options.port_file {
        // It may be gone already.
        let _ = fs::remove_file(path);
    }
    if let Some(saving) = saving {
        saving.finish().await?;
    }
    Ok(())
}

fn seeded(builder: LocalBuilder, path: &std::path::Path) -> Result<LocalBuilder, ServerError> {
    let text = fs::read(path).map_err(|error| ServerError::file(path, error))?;
    let mut document: serde_json::Value = serde_json::from_slice(&text)
        .map_err(|error| ServerError::file(path, io::Error::from(error)))?;
    // A saved state can be a seed, but for the objects and the clock.
    if let Some(members) = document.as_object_mut() {
        members.remove(crate::world::STORAGE);
        members.remove(crate::world::CLOCK);
    }
    builder
        .seed_state(document)
        .map_err(|error| ServerError::Seed(path.to_owned(), error))
}

/// Says where it listens. Who reads it may have gone.
fn announce(options: &Options, local: &Local) {
    let url = options.public_url.clone();
    let url = url.unwrap_or_else(|| local.endpoint());
    let progress = options.progress();
    let version = env!("CARGO_PKG_VERSION");
    let mut out = io::stdout().lock();
    let _ = match options.log {
        Log::Json => {
            let line = serde_json::json!({
                "event": "listening", "url": url, "progress": progress.to_string(),
                "version": version,
            });
            writeln!(out, "{line}")
        }
        _ => writeln!(
            out,
            "vod-local {version} listens on {url} (progress: {progress}, page: {url}/_vod/)"
        ),
    };
    let _ = out.flush();
}

/// Who waits for the file must not find it empty.
fn write_port(path: &std::path::Path, port: u16) -> Result<(), ServerError> {
    let error = |error| ServerError::file(path, error);
    let part = path.with_extension("part");
    fs::write(&part, format!("{port}\n")).map_err(error)?;
    fs::rename(&part, path).map_err(error)
}

/// Why a server cannot run.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServerError {
    /// Something else listens there.
    InUse(std::net::SocketAddr),
    /// The name of the host has no address.
    Host(String, io::Error),
    /// It cannot listen.
    Start(io::Error),
    /// A file cannot be read or written.
    File(PathBuf, io::Error),
    /// The state in a file is wrong.
    Seed(PathBuf, ImportError),
    /// Another server uses the folder.
    Locked(PathBuf),
    /// The parent cannot be watched on this platform.
    NoParent,
}

impl ServerError {
    fn file(path: &std::path::Path, error: io::Error) -> Self {
        Self::File(path.to_owned(), error)
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse(address) => write!(
                f,
                "{address} is in use: --port 0 takes a free port, and --port-file says which"
            ),
            Self::Host(host, error) => write!(f, "--host {host}: {error}"),
            Self::Start(error) => write!(f, "cannot start: {error}"),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Seed(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Locked(path) => {
                write!(f, "{}: another server uses this folder", path.display())
            }
            Self::NoParent => {
                f.write_str("--exit-with-parent: the parent cannot be watched on this platform")
            }
        }
    }
}

impl std::error::Error for ServerError {}
