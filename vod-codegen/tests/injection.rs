//! No text of a description becomes code, whatever it holds.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use vod_codegen::generate;
use vod_spec::model::Api;
use vod_spec::{SourceFile, load_sources};

/// Ends of whatever a text can stand in, each with an item behind it that must not come to be one.
const TEXTS: &[&str] = &["a\nfn injected() {} //.", "a\"## ; fn injected() {} //."];

/// A text as YAML and JSON both write it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || !c.is_ascii() => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The description that shows every form that the generator knows.
fn fixtures() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/spec");
    let mut files = BTreeMap::new();
    for folder in ["", "fixtures", "types", "notifications"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                files.insert(name.replace('\\', "/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// The file with another text in a line, where that line has one. Names of Rust are checked by themselves.
fn edited(file: &str, line: usize, text: &str) -> Option<String> {
    let mut lines: Vec<_> = file.lines().collect();
    let (key, value) = lines.get(line)?.split_once(": ")?;
    let is_text = !value.starts_with(['{', '[', '|', '>', '"']) && key.trim() != "rust";
    let new = is_text.then(|| format!("{key}: {}", quoted(text)))?;
    *lines.get_mut(line)? = &new;
    Some(lines.join("\n") + "\n")
}

fn load(files: &BTreeMap<String, String>) -> Option<Api> {
    let files = files.iter().map(|(name, text)| SourceFile::new(name, text));
    load_sources(files).ok()
}

/// Whether a name of an item or the like is `injected`, other than in documentation and texts.
fn is_injected(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => is_injected(group.stream()),
        TokenTree::Ident(name) => name == "injected",
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[test]
fn no_text_becomes_code() {
    for text in TEXTS {
        // As many texts as can be are that one.
        let mut files = fixtures();
        let mut taken = 0;
        for (name, file) in fixtures() {
            for line in 0..file.lines().count() {
                let Some(new) = edited(&files[&name], line, text) else {
                    continue;
                };
                let old = files.insert(name.clone(), new).unwrap();
                if load(&files).is_some() {
                    taken += 1;
                } else {
                    files.insert(name.clone(), old);
                }
            }
        }
        let generated = generate(&load(&files).unwrap()).unwrap();
        let code = generated.iter().filter(|(path, _)| path.ends_with(".rs"));
        for (path, code) in code {
            let tokens: TokenStream = code.parse().unwrap();
            assert!(!is_injected(tokens), "{path}: {text}\n{code}");
        }
        assert!(taken > 30, "{taken} texts are {text:?}");
    }
}
