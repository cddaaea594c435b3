//! An upload by `vod-api` against the same upload by hand on reqwest: time, and CPU time of this process with the kernel's.
//! The service runs in another process and does not count. An argument is the size of the file in MiB.

mod server;

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use tokio::runtime::{Builder, Runtime};
use vod_api::{Client, Credentials};
use vod_bench::{Error, Floor, SERVE, Server, cpu, serve};
use vod_local::{Service, Storage};

/// As the docs advise.
const PART_SIZE: u64 = 20_000_000;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let flag = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if flag(SERVE) {
        return Ok(serve(server::answer)?);
    }
    // Cargo says so for `cargo bench`; tests only see whether it works.
    let (rounds, size) = if flag("--bench") { (25, 256) } else { (1, 50) };
    let size = arguments
        .iter()
        .find_map(|it| it.parse().ok())
        .unwrap_or(size);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    runtime.block_on(by_hand_is_right(folder.path()))?;

    let path = folder.path().join("film.mp4");
    // Without blocks: reading it costs what it costs from the cache, and no disk takes part.
    File::create(&path)?.set_len(size << 20)?;
    let server = Server::start()?;
    let bench = Bench {
        client: Client::builder()
            .endpoint(server.origin())
            .project_id(Service::PROJECT_ID)
            .credentials(Credentials::new(Service::ACCESS_KEY, Service::SECRET_KEY))
            .build()?,
        floor: Arc::new(floor(server.origin())?),
        runtime,
        path: &path,
    };
    let (ours, by_hand) = bench.compare(rounds)?;
    let gibibytes = size as f64 / 1024.0;
    println!("{size} MiB in parts of 20 MB, medians of {rounds} rounds, per GiB");
    for (name, part) in PARTS {
        let (ours, by_hand) = (median(&ours, part), median(&by_hand, part));
        println!(
            "{name:10} {:.3} times: {:.3} s by vod-api, {:.3} s by hand",
            ours / by_hand,
            ours / gibibytes,
            by_hand / gibibytes
        );
    }
    Ok(())
}

/// Who uploads.
#[derive(Debug, Clone, Copy)]
enum Way {
    Ours,
    ByHand,
}

/// What an upload costs, in seconds.
struct Cost {
    cpu: f64,
    time: f64,
}

/// One of the figures of a cost.
type Figure = fn(&Cost) -> f64;

const PARTS: [(&str, Figure); 2] = [("CPU time", |cost| cost.cpu), ("time", |cost| cost.time)];

struct Bench<'a> {
    client: Client,
    floor: Arc<Floor>,
    runtime: Runtime,
    path: &'a Path,
}

impl Bench<'_> {
    /// What each round costs by `vod-api`, and by hand.
    fn compare(&self, rounds: usize) -> Result<(Vec<Cost>, Vec<Cost>), Error> {
        // Connects, and fills the cache.
        self.cost(Way::Ours)?;
        self.cost(Way::ByHand)?;
        let (mut ours, mut by_hand) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            // Who goes first changes, for what the one leaves in the caches.
            if round % 2 == 0 {
                ours.push(self.cost(Way::Ours)?);
                by_hand.push(self.cost(Way::ByHand)?);
            } else {
                by_hand.push(self.cost(Way::ByHand)?);
                ours.push(self.cost(Way::Ours)?);
            }
        }
        Ok((ours, by_hand))
    }

    /// Uploads the file once.
    fn cost(&self, way: Way) -> Result<Cost, Error> {
        let (begin, before) = (Instant::now(), cpu::time()?);
        self.runtime.block_on(async {
            match way {
                Way::Ours => drop(self.client.upload(self.path).await?),
                Way::ByHand => drop(self.floor.upload(self.path, PART_SIZE).await?),
            }
            Ok::<_, Error>(())
        })?;
        Ok(Cost {
            cpu: cpu::time()?.all - before.all,
            time: begin.elapsed().as_secs_f64(),
        })
    }
}

fn median(costs: &[Cost], part: Figure) -> f64 {
    let mut values: Vec<_> = costs.iter().map(part).collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn floor(origin: &str) -> Result<Floor, Error> {
    Floor::new(
        origin,
        Service::PROJECT_ID,
        Service::ACCESS_KEY,
        Service::SECRET_KEY,
    )
}

/// A comparison is worth something only if the upload by hand would be accepted.
async fn by_hand_is_right(folder: &Path) -> Result<(), Error> {
    let bytes: Vec<u8> = (0..250_000_u32)
        .map(|number| (number % 251) as u8)
        .collect();
    let path = folder.join("short.mp4");
    fs::write(&path, &bytes)?;
    let service = Service::builder().storage(Storage::new()).start().await?;
    let floor = Arc::new(floor(&service.endpoint())?);
    let ours = service
        .client()
        .build()?
        .upload(&path)
        .part_size(102_400)
        .await?
        .asset_id;
    let by_hand = floor.upload(&path, 102_400).await?;
    let objects = service.storage().ok_or("it was started with storage")?;
    for asset_id in [ours, by_hand] {
        let asset = objects.asset(&asset_id).ok_or("it was created")?;
        if asset.status != "CREATED" || objects.bytes(&asset.object).as_deref() != Some(&bytes) {
            return Err(format!("{asset_id} is not what was sent").into());
        }
    }
    Ok(())
}
