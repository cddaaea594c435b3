//! Any text as a description: it is read, or every mistake in it can be shown. What passes becomes Rust.
//!
//! An input is written like the cases of `vod-spec/tests/ui`: an operation, or files that lines such as
//! `# file: types/x.yaml` introduce.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use vod_spec::{Code, Format, SourceFile, load_sources};

const SERVICE: &str = include_str!("../../vod-codegen/fixtures/spec/service.yaml");

fuzz_target!(|text: &str| {
    match load_sources(files(text)) {
        // Names can still collide; that is said, too. What is not Rust is no fault of the text.
        Ok(api) => {
            if let Err(mistakes) = vod_codegen::generate(&api) {
                let own = mistakes.iter().any(|it| it.code == Code::NotRust);
                assert!(!own, "{mistakes}");
            }
        }
        Err(mistakes) => {
            assert!(mistakes.iter().count() > 0);
            for format in [Format::Color, Format::Short, Format::Github] {
                mistakes.render(format);
            }
        }
    }
});

fn files(text: &str) -> Vec<SourceFile> {
    let mut files = BTreeMap::from([("service.yaml", SERVICE.to_owned())]);
    let mut name = "fixtures/operation.yaml";
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("# file: ") {
            name = next.trim_end();
            files.insert(name, String::new());
        } else {
            files.entry(name).or_default().push_str(line);
        }
    }
    files
        .into_iter()
        .map(|(name, text)| SourceFile::new(name, text))
        .collect()
}
