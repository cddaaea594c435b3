//! Keeps the state in a folder: `state.json`, and the bytes of objects in `objects/`.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::ServerError;
use crate::local::Saved;
use crate::sockets::State;
use crate::store::Folder;

/// How long changes are collected before they are saved.
const EVERY: Duration = Duration::from_millis(200);
/// How much longer than it takes to save them, where that takes long.
const BREAK: u32 = 5;

/// A folder that belongs to this process.
#[derive(Debug)]
pub(super) struct Saver {
    path: PathBuf,
    objects: Folder,
    /// Locked as long as the process lives.
    _lock: File,
    /// What was saved last.
    last: Vec<u8>,
}

/// A saver at work.
#[derive(Debug)]
pub(super) struct Saving {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServerError>>,
}

impl Saver {
    pub(super) fn open(path: &Path) -> Result<Self, ServerError> {
        let error = |error| ServerError::file(path, error);
        fs::create_dir_all(path).map_err(error)?;
        let lock = File::create(path.join("lock")).map_err(error)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ServerError::Locked(path.to_owned())),
            Err(TryLockError::Error(cause)) => return Err(error(cause)),
        }
        Ok(Self {
            path: path.to_owned(),
            objects: Folder::open(&path.join("objects")).map_err(error)?,
            _lock: lock,
            last: Vec::new(),
        })
    }

    pub(super) fn objects(&self) -> Folder {
        self.objects.clone()
    }

    /// What an earlier process saved, or nothing.
    pub(super) fn read(&self) -> Result<Option<Saved>, ServerError> {
        let path = self.state();
        let error = |error| ServerError::file(&path, error);
        match fs::read(&path) {
            Ok(text) => {
                let document = serde_json::from_slice(&text);
                let document = document.map_err(|cause| error(io::Error::from(cause)))?;
                Ok(Some(Saved(document)))
            }
            // What an earlier process began before it saved anything belongs to nothing.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                self.objects.keep_only(&Default::default()).map_err(error)?;
                Ok(None)
            }
            Err(cause) => Err(error(cause)),
        }
    }

    /// Saves from now on, after changes.
    pub(super) fn start(self, state: &Arc<State>) -> Saving {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(self.work(state.clone(), stopped));
        Saving { stop, task }
    }

    async fn work(
        mut self,
        state: Arc<State>,
        mut stopped: oneshot::Receiver<()>,
    ) -> Result<(), ServerError> {
        let Some(world) = state.world.clone() else {
            return Ok(());
        };
        let mut saved = None;
        let mut pause = EVERY;
        loop {
            let is_over = tokio::select! {
                _ = &mut stopped => true,
                () = tokio::time::sleep(pause) => false,
            };
            // Read before the state is: what changes meanwhile is saved the next time.
            let changes = world.changes();
            if saved != Some(changes) {
                saved = Some(changes);
                let begun = Instant::now();
                let world = world.clone();
                let task = tokio::task::spawn_blocking(move || {
                    let unused = self.objects.take_unused();
                    let result = self.write(&world.snapshot());
                    match &result {
                        Ok(()) => self.objects.delete(unused),
                        Err(_) => self.objects.put_back(unused),
                    }
                    (self, result)
                });
                let result;
                (self, result) = task
                    .await
                    .map_err(|error| ServerError::Start(io::Error::other(error)))?;
                pause = EVERY.max(begun.elapsed() * BREAK);
                if let Err(error) = result {
                    if is_over {
                        return Err(error);
                    }
                    // It may work the next time.
                    eprintln!("the state was not saved: {error}");
                    saved = None;
                }
            }
            if is_over {
                return Ok(());
            }
        }
    }

    /// Replaces the file as a whole: whoever reads it finds the old state or the new one.
    fn write(&mut self, state: &serde_json::Value) -> Result<(), ServerError> {
        let path = self.state();
        let error = |error| ServerError::file(&path, error);
        let mut text =
            serde_json::to_vec_pretty(state).map_err(|cause| error(io::Error::from(cause)))?;
        text.push(b'\n');
        if text == self.last {
            return Ok(());
        }
        let part = path.with_extension("part");
        let mut file = File::create(&part).map_err(error)?;
        file.write_all(&text).map_err(error)?;
        file.sync_all().map_err(error)?;
        drop(file);
        fs::rename(&part, &path).map_err(error)?;
        // Its name is there after a loss of power as well.
        #[cfg(unix)]
        File::open(&self.path)
            .and_then(|folder| folder.sync_all())
            .map_err(error)?;
        self.last = text;
        Ok(())
    }

    fn state(&self) -> PathBuf {
        self.path.join("state.json")
    }
}

impl Saving {
    /// Saves what is not saved yet, and ends.
    pub(super) async fn finish(self) -> Result<(), ServerError> {
        // An error means that it has ended.
        let _ = self.stop.send(());
        let result = self.task.await;
        result.map_err(|error| ServerError::Start(io::Error::other(error)))?
    }
}
