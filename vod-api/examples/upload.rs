//! Uploads a file in parts, is stopped in the middle, and goes on where it stopped. It asks a service
//! inside this very process:
//!
//! ```sh
//! cargo run --example upload
//! ```

use std::error::Error;
use std::fs;

use tokio::sync::oneshot;
use vod_api::upload::UploadProgress;
use vod_local::{Service, Step, Storage, StoreRequest};

const SIZE: usize = 6_000_000;
const PART: u64 = 500_000;
/// When the first run is stopped.
const STOP_AFTER: u32 = 4;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = Service::builder().storage(Storage::new()).start().await?;
    let store = service.storage().ok_or("it was started with storage")?;
    let client = service.client().build()?;
    let folder = tempfile::tempdir()?;
    let (video, journal) = (
        folder.path().join("holidays.mp4"),
        folder.path().join("holidays.upload"),
    );
    let mut bytes = vec![0; SIZE];
    fastrand::Rng::with_seed(1).fill(&mut bytes);
    fs::write(&video, &bytes)?;

    println!("First run, stopped after {STOP_AFTER} parts:");
    let (stop, stopped) = oneshot::channel();
    let (mut stop, mut show) = (Some(stop), show_parts());
    let upload = client
        .upload(&video)
        .title("My holidays")
        .part_size(PART)
        .concurrency(2)
        .journal(&journal)
        .on_progress(move |progress| {
            show(progress);
            if progress.parts_stored >= STOP_AFTER
                && let Some(stop) = stop.take()
            {
                // Nobody listens if the upload is done.
                let _ = stop.send(());
            }
        });
    tokio::select! {
        biased;
        // The upload is dropped, as when the program ends.
        _ = stopped => {}
        done = upload => return Err(format!("{:?} came too early", done?).into()),
    }
    let first = store.requests();
    print_sent(&first);
    println!("The journal has been kept: {}\n", journal.exists());

    println!("Second run:");
    let mut show = show_parts();
    let resumed = client.resume_upload(&journal);
    let done = resumed.on_progress(move |progress| show(progress)).await?;
    print_sent(&store.requests()[first.len()..]);

    let asset = store.asset(&done.asset_id).ok_or("it was made")?;
    let same = store.bytes(&asset.object).as_deref() == Some(bytes.as_slice());
    println!(
        "Media asset {}: {}, {} bytes in {} parts, compared: {:?}, the same as the file: {same}",
        done.asset_id, asset.status, done.bytes, done.parts, done.check
    );
    println!("The journal has been removed: {}", !journal.exists());
    Ok(())
}

/// Prints how many parts are stored, when that changes.
fn show_parts() -> impl FnMut(&UploadProgress) + Send + 'static {
    let mut last = 0;
    move |progress| {
        if progress.parts_stored != last {
            last = progress.parts_stored;
            let of = progress.parts.unwrap_or_default();
            println!("  {:?}: {last} of {of} parts are stored", progress.phase);
        }
    }
}

fn print_sent(requests: &[StoreRequest]) {
    println!("What was sent to the object storage:");
    for request in requests {
        let what = match (request.step, request.part_number) {
            (Step::Start, _) => "start".to_owned(),
            (Step::Part, Some(number)) => format!("part {number}"),
            (Step::List, _) => "list of the parts".to_owned(),
            (Step::Join, _) => "join".to_owned(),
            (step, _) => format!("{step:?}"),
        };
        let end = match request.status {
            Some(status) => format!("HTTP {status}"),
            None => "broken off".to_owned(),
        };
        println!("  {what}: {} bytes, {end}", request.received);
    }
}
