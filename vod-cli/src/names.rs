//! The names of commands and flags, and what they are made of. The build script reads this file as
//! well.

/// The commands beside the operations in `vod api`.
pub(crate) const COMMANDS: &[&str] = &["describe", "help", "list", "raw"];

/// A name of the docs as a command or a flag: `ShowAssetDetail` as `show-asset-detail`, `task_id`
/// as `task-id`.
pub(crate) fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 8);
    let mut before = '-';
    for letter in name.chars() {
        let begins_word = letter.is_ascii_uppercase() && before.is_ascii_lowercase();
        let begins_word = begins_word || (letter.is_ascii_uppercase() && before.is_ascii_digit());
        if begins_word {
            kebab.push('-');
        }
        kebab.push(match letter {
            '_' | '.' => '-',
            letter => letter.to_ascii_lowercase(),
        });
        before = letter;
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_docs_become_those_of_commands_and_flags() {
        for (name, expected) in [
            ("DeleteThumbnails", "delete-thumbnails"),
            ("CheckMd5Duplication", "check-md5-duplication"),
            ("task_id", "task-id"),
            ("assetStatus", "asset-status"),
            ("http2", "http2"),
            ("X-Request-Id", "x-request-id"),
        ] {
            assert_eq!(kebab(name), expected);
        }
    }
}
