//! Makes the bindings from the description of the API.

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Cargo shows what a failed build script prints.
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    // A link in the repository and a folder in the published crate; a text file where links are not checked out.
    let spec = if Path::new("spec").is_dir() {
        "spec"
    } else {
        "../spec"
    };
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={spec}");
    let api = vod_spec::load_dir(Path::new(spec)).map_err(|diagnostics| diagnostics.to_string())?;
    let mut files = vod_codegen::generate(&api).map_err(|diagnostics| diagnostics.to_string())?;
    if env::var_os("CARGO_FEATURE_NOTIFICATION").is_none() {
        files.remove(vod_codegen::EVENTS);
    }
    let out =
        env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is a build script of cargo")?;
    vod_codegen::write_to(Path::new(&out), &files).map_err(|error| format!("cannot write {error}"))
}
