//! Names of the description to names of Rust. Nothing else here changes case or knows a keyword.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;
use vod_spec::Spanned;

/// `DeleteThumbnails`, `task_id`, `projectId` as the name of a field, method or module; `None` where there is none.
pub(crate) fn snake(name: &str) -> Option<String> {
    usable(&name.to_snake_case())
}

/// `UN_REVIEW`, `H.264` as the name of a type or variant; `None` where there is none, as for `3GP`.
pub(crate) fn camel(name: &str) -> Option<String> {
    let name = name.to_upper_camel_case();
    usable(&name).filter(|usable| *usable == name)
}

/// `DeleteInfo`, `cn-north-4` as the name of a constant; `None` where there is none.
pub(crate) fn shouty(name: &str) -> Option<String> {
    usable(&name.to_shouty_snake_case())
}

/// The name itself, as a raw identifier if it is a keyword, with a `_` behind it where even that does not do.
pub(crate) fn usable(name: &str) -> Option<String> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') || name == "_" {
        return None;
    }
    // A keyword of the current edition that the parser still takes for a name.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
        return Some(name.to_owned());
    }
    [format!("r#{name}"), format!("{name}_")]
        .into_iter()
        .find(|candidate| syn::parse_str::<Ident>(candidate).is_ok())
}

/// The name that `rust:` gives to a thing, or else the one that follows from its name: for what has got it already.
pub(crate) fn chosen(
    name: &Spanned<String>,
    given: &Option<Spanned<String>>,
    follow: impl Fn(&str) -> Option<String>,
) -> String {
    match given {
        Some(given) => given.value.clone(),
        None => follow(&name.value).unwrap_or_default(),
    }
}

/// Whether a search for `wire`, which takes no account of case and `_`, does not come upon the name in Rust.
pub(crate) fn hides(name: &str, wire: &str) -> bool {
    let letters = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    !letters(name).contains(&letters(wire))
}

/// A name that was found usable, as a token.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => Ident::new(name, proc_macro2::Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    #[test]
    fn names_take_the_case_of_their_kind() {
        assert_eq!(snake("thumbnailUrl"), some("thumbnail_url"));
        assert_eq!(snake("CheckMd5Duplication"), some("check_md5_duplication"));
        assert_eq!(snake("X-Request-Id"), some("x_request_id"));
        assert_eq!(camel("UN_REVIEW"), some("UnReview"));
        assert_eq!(camel("H.264"), some("H264"));
        assert_eq!(shouty("cn-north-4"), some("CN_NORTH_4"));
    }

    #[test]
    fn names_that_are_much_like_those_on_the_wire_hide_nothing() {
        for (name, wire) in [
            ("task_ids", "task_id"),
            ("r#type", "type"),
            ("x_id", "X-Id"),
        ] {
            assert!(!hides(name, wire), "{name}");
        }
        assert!(hides("thumbnails", "thumbnail_result"));
    }

    #[test]
    fn keywords_stay_usable() {
        assert_eq!(snake("type"), some("r#type"));
        assert_eq!(snake("gen"), some("r#gen"));
        assert_eq!(snake("self"), some("self_"));
        assert_eq!(snake("crate"), some("crate_"));
        assert_eq!(snake("super"), some("super_"));
    }

    #[test]
    fn what_cannot_be_a_name_is_none() {
        for name in ["", "3gp", "0", "-", "视频"] {
            assert_eq!(snake(name), None, "{name}");
            assert_eq!(camel(name), None, "{name}");
        }
        assert_eq!(camel("SELF"), None);
    }
}
