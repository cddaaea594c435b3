//! The description of this repository, as far as one test can say that it is right.

use std::fs;
use std::path::Path;

use vod_spec::load_dir;

#[test]
fn the_description_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let api = load_dir(&root).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    // Each file of a section is an operation.
    let folders = fs::read_dir(&root).unwrap().map(|it| it.unwrap().path());
    let sections = folders.filter(|it| it.is_dir() && !it.ends_with("types"));
    let files = sections.flat_map(|it| fs::read_dir(it).unwrap());
    let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
    let described = names.filter(|it| it.ends_with(".yaml") && !it.starts_with('.'));
    assert_eq!(api.operations.len(), described.count());
    for code in &api.service.error_codes {
        let (name, doc) = (&code.name.value, &code.doc);
        assert!(!name.is_empty() && !doc.is_empty(), "{}", code.code.value);
    }
    // What `new` and `drift --fix` leave to be decided.
    for (_, file) in api.sources.iter() {
        for (line, text) in (1..).zip(file.text.lines()) {
            assert!(!text.contains("# todo"), "{}:{line}: {text}", file.name);
        }
    }
}
