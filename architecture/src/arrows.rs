//! Finds the paths that lead out of a room.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

/// A path that leads from one room to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The room whose code has the path.
    pub from: String,
    /// The room that it leads to.
    pub to: String,
    /// The name at the root of the crate that the path begins with.
    pub name: String,
    /// The file.
    pub file: String,
    /// The line of that name.
    pub line: usize,
}

/// Reads the code of one file.
pub(crate) struct Reader<'a> {
    room: &'a str,
    file: &'a str,
    /// The names at the root, and their rooms.
    names: &'a BTreeMap<String, String>,
    arrows: Vec<Arrow>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(room: &'a str, file: &'a str, names: &'a BTreeMap<String, String>) -> Self {
        Self {
            room,
            file,
            names,
            arrows: Vec::new(),
        }
    }

    pub(crate) fn into_arrows(self) -> Vec<Arrow> {
        self.arrows
    }

    /// Reads the items of a module. Paths are found among the tokens, so that those in macros count
    /// like all others.
    pub(crate) fn read(&mut self, items: &[Item], module: &[String]) {
        for item in items {
            self.tokens(item.to_token_stream(), module.len());
        }
    }

    /// `depth` is the number of modules around the tokens.
    fn tokens(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [first, after @ ..] = rest {
            rest = after;
            match first {
                TokenTree::Ident(word) if word == "crate" => rest = self.after_root(after),
                TokenTree::Ident(word) if word == "super" => {
                    rest = self.after_parent(after, depth.saturating_sub(1));
                }
                TokenTree::Ident(word) if word == "mod" => {
                    // The code of a module inside this one is one level deeper.
                    if let [TokenTree::Ident(_), TokenTree::Group(group), after @ ..] = after {
                        self.tokens(group.stream(), depth + 1);
                        rest = after;
                    }
                }
                // Code that is written here and stands elsewhere.
                TokenTree::Ident(word) if word == "quote" => rest = after_macro(after),
                TokenTree::Group(group) => self.tokens(group.stream(), depth),
                _ => {}
            }
        }
    }

    /// Reads on after `super`; `depth` is the number of modules around the one that it names.
    fn after_parent<'t>(&mut self, rest: &'t [TokenTree], depth: usize) -> &'t [TokenTree] {
        if depth == 0 {
            return self.after_root(rest);
        }
        match after_colons(rest) {
            Some([TokenTree::Ident(word), rest @ ..]) if word == "super" => {
                self.after_parent(rest, depth - 1)
            }
            _ => rest,
        }
    }

    /// Reads on after what names the root of the crate.
    fn after_root<'t>(&mut self, rest: &'t [TokenTree]) -> &'t [TokenTree] {
        match after_colons(rest) {
            Some([TokenTree::Ident(name), rest @ ..]) => {
                self.name(name);
                rest
            }
            Some([TokenTree::Group(group), rest @ ..]) if group.delimiter() == Delimiter::Brace => {
                let mut starts = true;
                for token in group.stream() {
                    match token {
                        TokenTree::Ident(name) if starts => {
                            self.name(&name);
                            starts = false;
                        }
                        TokenTree::Punct(comma) if comma.as_char() == ',' => starts = true,
                        _ => starts = false,
                    }
                }
                rest
            }
            // Whatever the root has.
            Some([TokenTree::Punct(star), rest @ ..]) if star.as_char() == '*' => {
                self.name(&Ident::new("all", star.span()));
                rest
            }
            _ => rest,
        }
    }

    fn name(&mut self, name: &Ident) {
        let text = name.to_string();
        let to = self
            .names
            .get(&text)
            .cloned()
            .unwrap_or_else(|| text.clone());
        if !to.is_empty() && to != self.room {
            self.arrows.push(Arrow {
                from: self.room.to_owned(),
                to,
                name: text,
                file: self.file.to_owned(),
                line: name.span().start().line,
            });
        }
    }
}

/// What follows `!` and the input of a macro.
fn after_macro(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [TokenTree::Punct(bang), TokenTree::Group(_), rest @ ..] if bang.as_char() == '!' => rest,
        _ => tokens,
    }
}

/// What follows `::`.
fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), rest @ ..]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}
