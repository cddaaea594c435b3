//! Writes the `match` from the name of an operation to the type of its request.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../spec");
    let api = vod_spec::load_dir(Path::new("../spec")).map_err(|mistakes| mistakes.to_string())?;
    let mut text = "match name {\n".to_owned();
    for operation in &api.operations {
        let name = &operation.name.value;
        writeln!(
            text,
            "{name:?} => send_as::<model::{name}Request>(client, request).await,"
        )?;
    }
    text.push_str("_ => Err(format!(\"there is no operation {name}\").into()),\n}\n");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    Ok(fs::write(out.join("send.rs"), text)?)
}
