//! Makes the table of docs from the description of the API.

mod docs;
#[path = "../src/names.rs"]
mod names;

use std::env;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use docs::{Text, Texts};

fn main() -> ExitCode {
    match make() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Cargo shows what a failed build script prints.
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn make() -> Result<(), String> {
    // A link in the repository and a folder in the published crate; a text file where links are not
    // checked out.
    let spec = if Path::new("spec").is_dir() {
        "spec"
    } else {
        "../spec"
    };
    for file in ["build", "src/names.rs", spec] {
        println!("cargo::rerun-if-changed={file}");
    }
    let api = vod_spec::load_dir(Path::new(spec)).map_err(|diagnostics| diagnostics.to_string())?;
    let taken = docs::taken_flags(&api);
    if !taken.is_empty() {
        return Err(taken.join("\n"));
    }
    let Texts {
        operations,
        types,
        events,
    } = docs::texts(&api);
    let mut code = String::new();
    table(&mut code, "OPERATIONS", &operations);
    table(&mut code, "TYPES", &types);
    table(&mut code, "EVENTS", &events);
    let out =
        env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is a build script of cargo")?;
    let path = Path::new(&out).join("docs.rs");
    std::fs::write(&path, code).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn table(code: &mut String, name: &str, texts: &[Text]) {
    // Writing to a string cannot fail.
    let _ = writeln!(code, "static {name}: &[(&str, &str)] = &[");
    for Text { name, json } in texts {
        let _ = writeln!(code, "    ({name:?}, {json:?}),");
    }
    code.push_str("];\n");
}
