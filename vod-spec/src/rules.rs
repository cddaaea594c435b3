//! A table of stable names as an enum.

/// An enum of rules or codes: one row has all that is known of one, so that no list can lack it.
///
/// A row has the documentation, the variant and the name that is printed. If the enum names a type
/// of facts, each row ends with a value of it, which the method `facts` returns.
#[doc(hidden)]
#[macro_export]
macro_rules! rules {
    (
        $(#[$meta:meta])*
        pub enum $Rule:ident {
            $($(#[doc = $doc:literal])+ $rule:ident: $name:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $Rule {
            $($(#[doc = $doc])+ $rule,)*
        }

        impl $Rule {
            /// All of them, in the order in which they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$rule),*];

            /// The name as it is written and printed.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)*
                }
            }
        }

        impl ::std::fmt::Display for $Rule {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub enum $Rule:ident: $Facts:ty {
            $($(#[doc = $doc:literal])+ $rule:ident: $name:literal, $facts:expr;)*
        }
    ) => {
        $crate::rules! {
            $(#[$meta])*
            pub enum $Rule {
                $($(#[doc = $doc])+ $rule: $name;)*
            }
        }

        impl $Rule {
            /// What else its row has.
            fn facts(self) -> $Facts {
                match self {
                    $(Self::$rule => $facts,)*
                }
            }
        }
    };
}
