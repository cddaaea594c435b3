//! The generator over the whole description of the API, as each build of `vod-api` runs it.

use std::path::Path;

fn main() {
    divan::main();
}

/// Reads and checks the description.
#[divan::bench]
fn load() -> vod_spec::model::Api {
    description()
}

/// Makes the bindings of what was read.
#[divan::bench]
fn generate(bencher: divan::Bencher<'_, '_>) {
    let api = description();
    bencher.bench(|| vod_codegen::generate(&api));
}

/// Both.
#[divan::bench]
fn load_and_generate() -> bool {
    vod_codegen::generate(&description()).is_ok()
}

fn description() -> vod_spec::model::Api {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    vod_spec::load_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}
