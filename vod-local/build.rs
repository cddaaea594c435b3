//! Writes the description of the API as an OpenAPI document, which the program serves.

use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "server")]
    if let Err(message) = write_openapi() {
        // Cargo shows what a failed build script prints.
        eprintln!("{message}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[cfg(feature = "server")]
fn write_openapi() -> Result<(), String> {
    use std::path::Path;

    // A link in the repository and a folder in the published crate; a text file where links are not
    // checked out.
    let spec = if Path::new("spec").is_dir() {
        "spec"
    } else {
        "../spec"
    };
    println!("cargo::rerun-if-changed={spec}");
    let api = vod_spec::load_dir(Path::new(spec)).map_err(|diagnostics| diagnostics.to_string())?;
    let text = serde_json::to_string(&vod_spec::openapi::document(&api));
    let text = text.map_err(|error| format!("cannot write the document: {error}"))?;
    let out =
        std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is a build script of cargo")?;
    std::fs::write(Path::new(&out).join("openapi.json"), text)
        .map_err(|error| format!("cannot write openapi.json: {error}"))
}
