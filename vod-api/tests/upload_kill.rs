//! An upload that is killed again and again comes to its end, and sends nothing again that was
//! stored.
//!
//! ```sh
//! cargo test -p vod-api --test upload_kill -- --nocapture      # shows the figures
//! UPLOAD_KILL_MB=300 cargo test --release -p vod-api --test upload_kill -- --nocapture
//! UPLOAD_KILL_SEED=8 cargo test -p vod-api --test upload_kill  # kills at other moments
//! ```

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::{HashSet, VecDeque};
use std::env;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fastrand::Rng;
use tempfile::TempDir;
use tokio::task::{JoinHandle, spawn_blocking, yield_now};
use vod_api::{Client, Credentials};
use vod_local::{AssetState, Fault, Keep, Objects, Service, Step, Storage, StoreRequest};

/// Variables by which the child learns what to do.
const ENDPOINT: &str = "UPLOAD_KILL_ENDPOINT";
const FOLDER: &str = "UPLOAD_KILL_FOLDER";
const PART_SIZE: &str = "UPLOAD_KILL_PART_SIZE";

/// The test, which is the child's as well.
const TEST: &str = "an_upload_that_is_killed_ten_times_is_whole";

/// Names of files in the folder.
const FILE: &str = "film.mp4";
const JOURNAL: &str = "film.upload";

/// What the child says, the latter before the error.
const DONE: &str = "upload done";
const FAILED: &str = "upload failed: ";

/// How many parts are sent at the same time.
const IN_FLIGHT: u64 = 4;

/// The upload, in the process that is killed.
fn child(endpoint: String) {
    let folder = PathBuf::from(env::var_os(FOLDER).unwrap());
    let credentials = Credentials::new(Service::ACCESS_KEY, Service::SECRET_KEY);
    let client = Client::builder()
        .endpoint(endpoint)
        .project_id(Service::PROJECT_ID)
        .credentials(credentials)
        .build()
        .unwrap();
    let upload = client
        .upload(folder.join(FILE))
        .part_size(env::var(PART_SIZE).unwrap().parse().unwrap())
        .concurrency(usize::try_from(IN_FLIGHT).unwrap())
        .journal(folder.join(JOURNAL))
        .on_progress(|progress| {
            assert!(progress.stored <= progress.sent, "{progress:?}");
            let total = progress.total.unwrap_or(u64::MAX);
            assert!(progress.sent <= total, "{progress:?}");
        });
    match upload.send_blocking() {
        Ok(_) => println!("{DONE}"),
        Err(error) => println!("{FAILED}{error}"),
    }
}

/// When the child is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// VOD has this call, and may have answered it.
    Call(&'static str),
    /// The store has a request of this kind, and may have answered it.
    Step(Step),
    /// The store has so many parts more, the first of them cut short after so many bytes, and has
    /// then read or answered something so many times.
    Parts {
        count: usize,
        cut: u64,
        turns: usize,
    },
}

impl Moment {
    /// A part goes into the buffers of the system as a whole. Without this, few would be cut short.
    fn prepare(self, objects: &Objects) {
        if let Self::Parts { cut, .. } = self {
            objects.fail(Step::Part, Fault::stall_after(cut));
        }
    }

    async fn wait(self, service: &Service) {
        let objects = service.storage().unwrap();
        match self {
            Self::Call(name) => {
                let mut count = service.requests().len();
                loop {
                    count += 1;
                    service.received(count).await;
                    if service.requests()[count - 1].operation() == Some(name) {
                        return;
                    }
                }
            }
            Self::Step(step) => wait_for(objects, step, 1).await,
            Self::Parts { count, turns, .. } => {
                wait_for(objects, Step::Part, count).await;
                for _ in 0..turns {
                    yield_now().await;
                }
            }
        }
    }
}

/// Waits for so many more requests of a kind.
async fn wait_for(objects: &Objects, step: Step, mut more: usize) {
    let mut count = objects.requests().len();
    while more > 0 {
        count += 1;
        objects.received(count).await;
        if objects.requests()[count - 1].step == step {
            more -= 1;
        }
    }
}

/// Ten moments of all stages. Each of those among the parts comes before a fourteenth of them is
/// sent, so that there are enough for all, also where a kill comes late.
fn moments(rng: &mut Rng, parts: u64, part_size: u64) -> VecDeque<Moment> {
    let most = usize::try_from(parts / 14).unwrap();
    let mut among_parts = || Moment::Parts {
        count: rng.usize(1..=most),
        cut: rng.u64(0..part_size),
        turns: rng.usize(0..100),
    };
    VecDeque::from([
        Moment::Call("CreateAssetByFileUpload"),
        Moment::Step(Step::Start),
        among_parts(),
        Moment::Step(Step::List),
        among_parts(),
        among_parts(),
        among_parts(),
        among_parts(),
        Moment::Step(Step::Join),
        Moment::Call("ConfirmAssetUpload"),
    ])
}

/// A process that uploads the file, or goes on with it.
struct Run {
    process: Child,
    /// What it writes; it ends with the process.
    output: JoinHandle<String>,
}

/// How a run ended.
#[derive(Debug)]
enum End {
    Killed,
    Done,
    Failed(String),
}

impl Run {
    fn start(service: &Service, folder: &TempDir, part_size: u64) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args([TEST, "--exact", "--nocapture"])
            .env(ENDPOINT, service.endpoint())
            .env(FOLDER, folder.path())
            .env(PART_SIZE, part_size.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut pipe = process.stdout.take().unwrap();
        let output = spawn_blocking(move || {
            let mut output = String::new();
            pipe.read_to_string(&mut output).unwrap();
            output
        });
        Self { process, output }
    }

    /// Waits for the end, or kills it at a moment. `before` is called just before.
    async fn end(mut self, moment: impl Future<Output = ()>, before: impl FnOnce()) -> End {
        let output = tokio::select! {
            () = moment => {
                before();
                // SIGKILL: nothing of the program runs any more.
                self.process.kill().unwrap();
                self.process.wait().unwrap();
                return End::Killed;
            }
            output = &mut self.output => output.unwrap(),
        };
        let status = self.process.wait().unwrap();
        match output.split_once(FAILED) {
            Some((_, error)) => End::Failed(error.to_owned()),
            None if output.contains(DONE) => End::Done,
            None => End::Failed(format!("{status}: {output}")),
        }
    }
}

/// What the store had when a run was killed.
struct Stored {
    /// How many requests there were.
    requests: usize,
    parts: HashSet<(Option<String>, Option<u32>)>,
}

fn is_part(request: &StoreRequest) -> bool {
    request.step == Step::Part
}

fn part(request: &StoreRequest) -> (Option<String>, Option<u32>) {
    (request.upload_id.clone(), request.part_number)
}

impl Stored {
    fn now(objects: &Objects) -> Self {
        let requests = objects.requests();
        let parts = requests.iter().filter(|request| is_part(request));
        let answered = parts.filter(|request| request.status == Some(200));
        Self {
            requests: requests.len(),
            parts: answered.map(part).collect(),
        }
    }
}

/// The media asset that VOD was told is there, if it was.
fn confirmed(service: &Service) -> Option<AssetState> {
    let requests = service.requests();
    let call = requests
        .iter()
        .find(|request| request.operation() == Some("ConfirmAssetUpload"))?;
    let asset_id = call.parameters()["asset_id"].as_str()?;
    service.storage()?.asset(asset_id)
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap())
}

#[test]
fn an_upload_that_is_killed_ten_times_is_whole() {
    if let Ok(endpoint) = env::var(ENDPOINT) {
        return child(endpoint);
    }
    // One thread, so that the service stands still while a child is killed.
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    runtime.block_on(kill_ten_times());
}

async fn kill_ten_times() {
    let (size, part_size) = match number("UPLOAD_KILL_MB") {
        Some(megabytes) => (megabytes * 1_000_000 + 5, 5_000_000),
        None => (100 * (100 << 10) + 5, 100 << 10),
    };
    let mut rng = Rng::with_seed(number("UPLOAD_KILL_SEED").unwrap_or(7));
    let mut file = vec![0; usize::try_from(size).unwrap()];
    rng.fill(&mut file);
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join(JOURNAL);
    std::fs::write(folder.path().join(FILE), &file).unwrap();
    let storage = Storage::new().keep(Keep::Files);
    let service = Service::builder().storage(storage).start().await.unwrap();
    let objects = service.storage().unwrap();

    let mut moments = moments(&mut rng, size.div_ceil(part_size), part_size);
    let (mut kills, mut snapshots) = (0_u32, Vec::new());
    loop {
        let moment = moments.front().copied();
        let wait = async {
            match moment {
                Some(moment) => moment.wait(&service).await,
                None => std::future::pending().await,
            }
        };
        if let Some(moment) = moment {
            moment.prepare(objects);
        }
        let run = Run::start(&service, &folder, part_size);
        match run.end(wait, || snapshots.push(Stored::now(objects))).await {
            End::Killed => {
                kills += 1;
                moments.pop_front();
                // It was done, and only had not ended yet.
                if confirmed(&service).is_some() && !journal.exists() {
                    break;
                }
            }
            End::Done => break,
            // Whether there is a media asset cannot be known, and a second one does no harm here.
            End::Failed(error) => {
                assert!(error.contains("then remove the journal"), "{error}");
                std::fs::remove_file(&journal).unwrap();
            }
        }
    }

    // The upload can be done before the kill at its last call.
    assert!(kills >= 9, "{kills} kills, then {moments:?}");
    let asset = confirmed(&service).unwrap();
    assert_eq!(asset.status, "CREATED");
    assert!(objects.bytes(&asset.object).unwrap() == file);
    assert!(!journal.exists());
    let requests = objects.requests();
    for stored in &snapshots {
        let later = requests[stored.requests..].iter().filter(|it| is_part(it));
        for again in later.map(part) {
            assert!(!stored.parts.contains(&again), "sent again: {again:?}");
        }
    }
    let parts = requests.iter().filter(|request| is_part(request));
    let received: u64 = parts.map(|request| request.received).sum();
    let twice = received - size;
    println!(
        "{kills} kills, {size} bytes, {twice} of them twice: {:.2} parts per kill",
        twice as f64 / part_size as f64 / f64::from(kills)
    );
    assert!(twice <= u64::from(kills) * IN_FLIGHT * part_size);
}
