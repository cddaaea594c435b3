//! Has the official SDKs upload to the service for tests, and read what its object storage answers.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

use clap::Parser;
use vod_local::{Service, Storage};

/// Has the official SDKs upload to the service for tests, in one piece and in parts.
#[derive(Debug, Parser)]
struct Arguments {
    /// Python with the packages of requirements.txt.
    #[arg(long)]
    python: PathBuf,
}

/// The sizes of what uploads.py sends.
const SIZES: [usize; 2] = [1000, 2 * 100 * 1024 + 5];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Runtime::new()?;
    let service = runtime.block_on(Service::builder().storage(Storage::new()).start())?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/uploads.py");
    let status = Command::new(arguments.python)
        .args([script, &service.endpoint(), service.project_id()])
        .args([Service::ACCESS_KEY, Service::SECRET_KEY])
        .status()?;
    if !status.success() {
        return Err(format!("uploads.py: {status}").into());
    }
    let objects = service.storage().ok_or("the service has no storage")?;
    let mut sizes = Vec::new();
    for key in objects.keys() {
        let bytes = objects.bytes(&key).ok_or("an object has no bytes")?;
        let expected = (0..bytes.len()).map(|index| u8::try_from(index % 251).unwrap_or_default());
        if !bytes.iter().copied().eq(expected) {
            return Err(format!("{key} has other bytes than were sent").into());
        }
        sizes.push(bytes.len());
    }
    sizes.sort_unstable();
    if sizes != SIZES {
        return Err(format!("the objects have {sizes:?} bytes, and not {SIZES:?}").into());
    }
    println!("uploads by the official SDKs: one piece, parts and refusals are as expected");
    Ok(())
}
