//! Makes the list of all operations with their types, which the client does not have.

use std::error::Error;
use std::path::Path;

const LIST: &str = "with_operation.rs";

fn main() -> Result<(), Box<dyn Error>> {
    let spec = Path::new("../spec");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", spec.display());
    let api = vod_spec::load_dir(spec).map_err(|diagnostics| diagnostics.to_string())?;
    let files = vod_codegen::generate(&api).map_err(|diagnostics| diagnostics.to_string())?;
    let list = files.get(LIST).ok_or("the generator does not write it")?;
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join(LIST), list)?;
    Ok(())
}
