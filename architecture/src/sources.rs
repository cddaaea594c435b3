//! The sources of a crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use syn::{Item, UseTree};

use crate::arrows::{Arrow, Reader};

/// A source file: where it is, and what it says.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its path below the folder of the sources, with `/` between the parts: `call/raw.rs`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// All sources of a crate, without tests.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    /// Names at the root of the crate, and the rooms that they come from; empty for another crate.
    names: BTreeMap<String, String>,
}

struct File {
    path: String,
    /// The module of the file: `["call", "raw"]`.
    module: Vec<String>,
    items: Vec<Item>,
}

impl Sources {
    /// Reads the sources in a folder, `src` of a crate.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or a file is not Rust.
    pub fn of_folder(folder: &Path) -> Result<Self, String> {
        let mut paths = Vec::new();
        find(folder, &mut paths).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut texts = Vec::new();
        for path in paths {
            let text = fs::read_to_string(&path);
            let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
            let below = path.strip_prefix(folder).unwrap_or(&path);
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            texts.push(Text {
                path: parts.join("/"),
                text,
            });
        }
        Self::of_texts(&texts)
    }

    /// Takes sources that are already read.
    ///
    /// # Errors
    ///
    /// A file is not Rust.
    pub fn of_texts(texts: &[Text]) -> Result<Self, String> {
        let mut sources = Self::default();
        for text in texts {
            sources.add(text)?;
        }
        sources.names = sources.names_at_root();
        Ok(sources)
    }

    /// Adds files that are compiled into a room, as generated code is.
    ///
    /// # Errors
    ///
    /// A file is not Rust.
    pub fn with_room(mut self, room: &str, texts: &[Text]) -> Result<Self, String> {
        for Text { path, text } in texts {
            let path = format!("{room}/{path}");
            self.add(&Text {
                path,
                text: text.clone(),
            })?;
        }
        Ok(self)
    }

    fn add(&mut self, Text { path, text }: &Text) -> Result<(), String> {
        let mut module: Vec<_> = path.trim_end_matches(".rs").split('/').collect();
        if module.contains(&"tests") {
            return Ok(());
        }
        if matches!(module.last(), Some(&("mod" | "lib" | "main"))) {
            module.pop();
        }
        let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        let mut items = file.items;
        drop_tests(&mut items);
        self.files.push(File {
            path: path.clone(),
            module: module.into_iter().map(str::to_owned).collect(),
            items,
        });
        Ok(())
    }

    /// The modules at the root.
    pub fn rooms(&self) -> impl Iterator<Item = &str> {
        let modules = self.at_root().filter_map(|item| match item {
            Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        });
        let known: BTreeSet<_> = modules.collect();
        let rooms: BTreeSet<_> = self.files.iter().filter_map(File::room).collect();
        rooms.into_iter().filter(move |room| known.contains(*room))
    }

    /// From which room to which other one the paths in the sources lead.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = Vec::new();
        for file in &self.files {
            if let Some(room) = file.room() {
                let mut reader = Reader::new(room, &file.path, &self.names);
                reader.read(&file.items, &file.module);
                arrows.extend(reader.into_arrows());
            }
        }
        arrows
    }

    fn at_root(&self) -> impl Iterator<Item = &Item> {
        let root = self.files.iter().filter(|file| file.module.is_empty());
        root.flat_map(|file| &file.items)
    }

    /// What the root re-exports, the macros that end there, and the rooms themselves.
    fn names_at_root(&self) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        for item in self.at_root() {
            match item {
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    names.insert(name.clone(), name);
                }
                Item::Use(item) => re_exports(&item.tree, None, &mut names),
                _ => {}
            }
        }
        for file in &self.files {
            for item in &file.items {
                if let (Some(room), Item::Macro(item)) = (file.room(), item)
                    && let Some(name) = &item.ident
                    && item
                        .attrs
                        .iter()
                        .any(|it| it.path().is_ident("macro_export"))
                {
                    names.insert(name.to_string(), room.to_owned());
                }
            }
        }
        names
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("File").field(&self.path).finish()
    }
}

impl File {
    fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }
}

/// Notes from which module each name of a `use` item comes.
fn re_exports(tree: &UseTree, room: Option<&str>, names: &mut BTreeMap<String, String>) {
    match tree {
        UseTree::Path(path) => {
            let first = path.ident.to_string();
            let room =
                room.or_else(|| Some(first.as_str()).filter(|it| *it != "self" && *it != "crate"));
            re_exports(&path.tree, room, names);
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                re_exports(tree, room, names);
            }
        }
        UseTree::Name(name) => {
            // Without a module it is another crate.
            names.insert(name.ident.to_string(), room.unwrap_or_default().to_owned());
        }
        UseTree::Rename(rename) => {
            if let Some(room) = room {
                names.insert(rename.rename.to_string(), room.to_owned());
            }
        }
        // The name of an item that this brings is not known: its use is reported as one of a name
        // that is not known.
        UseTree::Glob(_) => {}
    }
}

fn find(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, paths)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(())
}

fn drop_tests(items: &mut Vec<Item>) {
    items.retain(|item| !attributes(item).iter().any(is_for_tests));
    for item in items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            drop_tests(items);
        }
    }
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    let argument = || attribute.parse_args::<syn::Path>();
    attribute.path().is_ident("cfg") && argument().is_ok_and(|path| path.is_ident("test"))
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
