//! Enums whose values are words.

use std::fmt;

use serde_json::Value;
use vod_api::support::service::nearest;

use super::{Data, Misread};

/// An enum whose values are written as words.
pub(crate) trait Words: Sized + Copy + PartialEq + fmt::Debug + 'static {
    /// All values; the first is the default.
    const ALL: &'static [Self];

    /// The word.
    fn as_str(self) -> &'static str;

    /// The value of a word.
    fn of(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|value| value.as_str() == word)
            .copied()
    }
}

/// Declares such an enum.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $(#[$first_meta:meta])* $first:ident = $first_word:literal
        $(, $(#[$value_meta:meta])* $value:ident = $word:literal)* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $(#[$first_meta])*
            #[default]
            $first,
            $($(#[$value_meta])* $value),*
        }

        impl $crate::data::Words for $name {
            const ALL: &'static [Self] = &[Self::$first $(, Self::$value)*];

            fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$value => $word),*
                }
            }
        }

        impl $crate::data::Data for $name {
            fn write(&self) -> serde_json::Value {
                $crate::data::Words::as_str(*self).into()
            }

            fn read(value: serde_json::Value) -> Result<Self, $crate::data::Misread> {
                $crate::data::read_word(&value)
            }
        }
    };
}

pub(crate) use words;

pub(crate) fn read_word<W: Words + Data>(value: &Value) -> Result<W, Misread> {
    value.as_str().and_then(W::of).ok_or_else(|| {
        let words: Vec<_> = W::ALL.iter().map(|value| value.as_str()).collect();
        let near = value
            .as_str()
            .and_then(|word| nearest(word, words.iter().copied()));
        Misread::kind(&format!("one of {}", words.join(", ")), value).meant(near)
    })
}
