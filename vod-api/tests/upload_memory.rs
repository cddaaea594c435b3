//! An upload takes no more memory than the docs of `Upload::concurrency` say, however large the file
//! is.
//!
//! ```sh
//! cargo test -p vod-api --test upload_memory -- --nocapture    # shows the figures
//! UPLOAD_MEMORY_GB=1 cargo test --release -p vod-api --test upload_memory -- --nocapture
//! UPLOAD_MEMORY_GB=20 UPLOAD_MEMORY_PART_MB=20 \
//!     cargo test --release -p vod-api --test upload_memory -- --nocapture
//! ```

// `ru_maxrss` would have the peak of the process that started this one.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use vod_api::{Client, Credentials};
use vod_local::{Keep, Service, Storage};

/// The test, which is the child's as well.
const TEST: &str = "an_upload_takes_the_memory_of_five_parts";

/// Makes the child serve.
const SERVE: &str = "UPLOAD_MEMORY_SERVE";

/// What the child writes before its endpoint.
const ENDPOINT: &str = "endpoint ";

const MEGABYTE: u64 = 1_000_000;

/// How many parts are sent at the same time.
const IN_FLIGHT: u64 = 4;

/// What may come on top of the parts: connections, and what the allocator keeps of parts that are
/// gone. That of glibc keeps up to two of them.
const REST: u64 = 32 << 20;

/// The service, in a process of its own. It ends with its input.
async fn serve() {
    let storage = Storage::new().keep(Keep::Digests);
    let service = Service::builder().storage(storage).start().await.unwrap();
    println!("{ENDPOINT}{}", service.endpoint());
    let input = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink()));
    input.await.unwrap().unwrap();
}

/// Ends with the value.
struct Server {
    process: Child,
    endpoint: String,
    /// Open, as a test that runs for a minute writes so, and fails if it cannot.
    _output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args([TEST, "--exact", "--nocapture"])
            .env(SERVE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut lines = output.by_ref().lines().map(Result::unwrap);
        let endpoint = lines.find_map(|line| Some(line.split_once(ENDPOINT)?.1.to_owned()));
        Self {
            endpoint: endpoint.unwrap(),
            process,
            _output: output,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The most memory that this process has had, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap().trim().trim_end_matches(" kB");
    digits.parse::<u64>().unwrap() << 10
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap())
}

#[tokio::test]
async fn an_upload_takes_the_memory_of_five_parts() {
    if env::var_os(SERVE).is_some() {
        return serve().await;
    }
    let size = number("UPLOAD_MEMORY_GB").map_or(200 * MEGABYTE, |size| size << 30);
    let part_size = number("UPLOAD_MEMORY_PART_MB").unwrap_or(5) * MEGABYTE;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    File::create(&path).unwrap().set_len(size).unwrap();
    let server = Server::start();
    let client = Client::builder()
        .endpoint(&server.endpoint)
        .project_id(Service::PROJECT_ID)
        .credentials(Credentials::new(Service::ACCESS_KEY, Service::SECRET_KEY))
        .build()
        .unwrap();
    let before = peak();

    let upload = client.upload(&path).part_size(part_size);
    let upload = upload.concurrency(usize::try_from(IN_FLIGHT).unwrap());
    let done = upload.await.unwrap();

    let growth = peak() - before;
    assert_eq!(u64::from(done.parts), size.div_ceil(part_size));
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!(
        "{:.0} MiB in parts of {:.1} MiB: {:.1} MiB more than the {:.1} MiB before",
        mebibytes(size),
        mebibytes(part_size),
        mebibytes(growth),
        mebibytes(before)
    );
    assert!(growth < (IN_FLIGHT + 1) * part_size + REST, "{growth}");
}
