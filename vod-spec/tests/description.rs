//! The description of this repository, as far as one test can say that it is right.

use std::fs;
use std::path::{Path, PathBuf};

use vod_spec::load_dir;

#[test]
fn the_description_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let api = load_dir(&root).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    // Each file of a section is an operation, and each of `notifications` an event.
    let folders = fs::read_dir(&root).unwrap().map(|it| it.unwrap().path());
    let folders = folders.filter(|it| it.is_dir() && !it.ends_with("types"));
    let (events, sections): (Vec<_>, Vec<_>) =
        folders.partition(|it| it.ends_with("notifications"));
    let count = |folders: Vec<PathBuf>| {
        let files = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
        let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
        let described = names.filter(|it| it.ends_with(".yaml") && !it.starts_with('.'));
        described.count()
    };
    assert_eq!(api.operations.len(), count(sections));
    assert_eq!(api.events.len(), count(events));
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
