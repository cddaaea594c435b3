//! Makes the Rust bindings of the Huawei Cloud VOD API from its checked description.
//!
//! [`generate`] is a pure function: the same description gives the same files, to the byte. The build script of
//! `vod-api` calls it and [`write_to`]; the command `vod-codegen` does so for people.
//!
//! When a page of the docs has changed, the [guide](guide::maintaining_the_spec) goes through what is to be done.

#[cfg(feature = "diff")]
pub mod diff;

mod emit;
#[cfg(feature = "fetch")]
pub mod fetch;
mod format;
pub mod guide;
mod lower;
mod names;
mod rust;

use std::path::Path;
use std::{fs, io};

use vod_spec::model::Api;
use vod_spec::{Code, Diagnostic, Diagnostics};

pub use crate::emit::{EVENTS, Files};

use crate::rust::Bindings;

/// Makes the bindings.
///
/// # Errors
///
/// Names that collide in Rust, are taken, or cannot be made into names of Rust, and headers beside a reply of one value.
pub fn generate(api: &Api) -> Result<Files, Diagnostics> {
    written(api, &lower::lower(api)?)
}

fn written(api: &Api, bindings: &Bindings) -> Result<Files, Diagnostics> {
    emit::files(bindings).map_err(|not_rust| {
        let message = format!(
            "the generator made something that is not Rust, which is a mistake of its own: {} in {}",
            not_rust.error, not_rust.tokens
        );
        let mistake = Diagnostic::without_place(Code::NotRust, message);
        Diagnostics::new(api.sources.clone(), vec![mistake])
    })
}

/// Writes files below `folder`, and leaves those alone that are there already with the same text.
///
/// # Errors
///
/// What the file system reports, with the path in its text.
pub fn write_to(folder: &Path, files: &Files) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        let named = |error: io::Error| {
            io::Error::new(
                error.kind(),
                format!("{}: {error}", vod_spec::visible(&path.to_string_lossy())),
            )
        };
        // Opening a pipe would block until it is read.
        if fs::metadata(&path).is_ok_and(|it| !it.is_file()) {
            return Err(named(io::Error::other("it is not a regular file")));
        }
        if vod_spec::read_text(&path, text.len()).is_ok_and(|there| there == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(named)?;
        }
        fs::write(&path, text).map_err(named)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_of_the_generator_has_a_code_of_its_own() {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/spec");
        let api = vod_spec::load_dir(&spec).unwrap();
        let mut bindings = lower::lower(&api).unwrap();
        for region in &mut bindings.regions {
            "struct".clone_into(&mut region.name);
        }
        let mistakes = written(&api, &bindings).unwrap_err();
        let codes: Vec<_> = mistakes.iter().map(|it| it.code).collect();
        assert_eq!(codes, [Code::NotRust]);
    }
}
