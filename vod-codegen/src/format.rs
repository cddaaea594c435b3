//! Tokens to text as a careful person lays it out.

use std::fmt::Write as _;

use proc_macro2::TokenStream;

/// A top-level item of a file.
pub(crate) enum Item {
    /// Rust that still has to be laid out.
    Tokens(TokenStream),
    /// A call of one of the runtime's macros, laid out already: no formatter knows their tables.
    Text(String),
}

/// Why a file could not be laid out. It shows a mistake of the generator, not of the description.
#[derive(Debug)]
pub(crate) struct NotRust {
    pub(crate) error: syn::Error,
    pub(crate) tokens: String,
}

/// Puts a file together: the header, the imports in one block, then the items with an empty line before each.
pub(crate) fn file(header: &str, items: Vec<Item>) -> Result<String, NotRust> {
    // A line break would end the comment.
    let mut out = format!("// {}\n", vod_spec::visible(header));
    let mut after_import = false;
    for item in items {
        let (text, is_import) = match item {
            Item::Text(text) => (text, false),
            Item::Tokens(tokens) => {
                let file: syn::File = syn::parse2(tokens.clone()).map_err(|error| NotRust {
                    error,
                    tokens: tokens.to_string(),
                })?;
                let is_import = matches!(file.items.as_slice(), [syn::Item::Use(_)]);
                let is_impl = matches!(file.items.as_slice(), [syn::Item::Impl(_)]);
                let text = prettyplease::unparse(&file);
                (
                    if is_impl { spaced_members(&text) } else { text },
                    is_import,
                )
            }
        };
        if !(is_import && after_import) {
            out.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", text.trim_end());
        after_import = is_import;
    }
    Ok(out)
}

/// Lays out items that are part of an example. What is no Rust stays as it is: examples are compiled, which tells.
pub(crate) fn items(code: &str) -> Vec<String> {
    let text = syn::parse_file(code).map(|file| prettyplease::unparse(&file));
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    lines(text.as_deref().unwrap_or(code))
}

/// The same for statements.
pub(crate) fn statements(code: &str) -> Vec<String> {
    let Ok(file) = syn::parse_file(&format!("async fn example() {{ {code} }}")) else {
        return code.lines().map(str::to_owned).collect();
    };
    let text = prettyplease::unparse(&file);
    let inner = text.lines().filter_map(|line| line.strip_prefix("    "));
    inner.map(str::to_owned).collect()
}

/// An empty line between the members of an `impl`: a member ends with a `}` or `;` at the members' own indentation.
fn spaced_members(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        let ends_member = line == "    }"
            || line == "    };"
            || (line.starts_with("    ") && !line.starts_with("     ") && line.ends_with(';'));
        let is_comment = line.trim_start().starts_with("//");
        if !is_comment && ends_member && lines.peek().is_some_and(|next| *next != "}") {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_and_members_are_set_apart() {
        let items = vec![
            Item::Tokens(quote! { use a::B; }),
            Item::Tokens(quote! { use c::D; }),
            Item::Tokens(
                quote! { impl B { const X: u8 = 1; fn one() { d(); } #[doc = " a;"] fn two() {} } },
            ),
            Item::Text("record! {\n    B {}\n}\n".to_owned()),
        ];
        let text = file("Header.", items).unwrap();
        assert_eq!(
            text,
            "// Header.\n\nuse a::B;\nuse c::D;\n\nimpl B {\n    const X: u8 = 1;\n\n    fn one() {\n        d();\n    \
             }\n\n    /// a;\n    fn two() {}\n}\n\nrecord! {\n    B {}\n}\n"
        );
    }

    #[test]
    fn the_header_is_one_comment() {
        let text = file("From a\n.yaml and \u{202e}.", Vec::new()).unwrap();
        assert_eq!(text, "// From a\\n.yaml and \\u{202e}.\n");
    }

    #[test]
    fn statements_that_are_not_rust_stay() {
        assert_eq!(statements("let a = 1; b(a);"), ["let a = 1;", "b(a);"]);
        assert_eq!(statements(r#"b("\f");"#), [r#"b("\f");"#]);
    }

    #[test]
    fn what_is_not_rust_is_an_error() {
        assert!(file("Header.", vec![Item::Tokens(quote! { struct })]).is_err());
    }
}
