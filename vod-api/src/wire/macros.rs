//! The macros that turn a list of wire names into impls. They expand to little: the work is done by the functions of
//! `wire`. Paths are absolute, so that a generated type may be called `Result` or `String`.

/// `Serialize`, `Deserialize` and `Wire` for a struct that is one JSON object.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($name:ident { $($field:ident: $wire:literal),* $(,)? }) => {
        impl $crate::support::Record for $name {
            fn read_fields(
                members: $crate::support::Members<'_>,
            ) -> ::core::result::Result<Self, $crate::support::WireError> {
                $(let mut $field = ::core::option::Option::None;)*
                for (name, value) in members {
                    let _ = value;
                    match name {
                        $($wire => $field = ::core::option::Option::Some(value),)*
                        _ => {}
                    }
                }
                ::core::result::Result::Ok(Self { $($field: $crate::support::read_field($wire, $field)?),* })
            }

            fn write_fields<M: $crate::support::serde::ser::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::core::result::Result<(), M::Error> {
                let _ = &map;
                $($crate::support::write_field(map, $wire, &self.$field)?;)*
                ::core::result::Result::Ok(())
            }
        }

        impl $crate::support::serde::Serialize for $name {
            fn serialize<S: $crate::support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::write_record(self, serializer)
            }
        }

        $crate::__read!($name, value => $crate::support::read_record(value));
    };
}

/// The same for the reply of an operation that answers with a bare status: `null`.
#[doc(hidden)]
#[macro_export]
macro_rules! __empty_reply {
    ($name:ident) => {
        impl $crate::support::serde::Serialize for $name {
            fn serialize<S: $crate::support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_unit()
            }
        }

        $crate::__read!($name, value => $crate::support::read_nothing(value).map(|()| Self {}));
    };
}

/// The same for a struct whose one field is the whole JSON value.
#[doc(hidden)]
#[macro_export]
macro_rules! __transparent {
    ($name:ident { $field:ident }) => {
        impl $crate::support::serde::Serialize for $name {
            fn serialize<S: $crate::support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::serde::Serialize::serialize(&self.$field, serializer)
            }
        }

        $crate::__read!($name, value => $crate::support::Wire::read(value).map(|$field| Self { $field }));
    };
}

/// Text conversions, `Serialize`, `Deserialize` and `Wire` for an enum with a variant `Unrecognized`.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident { $($variant:ident: $wire:literal),* $(,)? }) => {
        impl $name {
            /// The values that this version of the crate knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unrecognized(value) => value.as_str(),
                }
            }

            /// Whether this version of the crate does not know the value.
            pub fn is_unrecognized(&self) -> bool {
                ::core::matches!(self, Self::Unrecognized(_))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    other => Self::Unrecognized($crate::support::unrecognized(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::support::serde::Serialize for $name {
            fn serialize<S: $crate::support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::__read!($name, value => $crate::support::read_text(value).map(|text| Self::from(&*text)));
    };
}

/// `Wire` and `Deserialize`, given how a value is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    ($name:ident, $value:ident => $read:expr) => {
        impl $crate::support::Wire for $name {
            fn read(
                $value: $crate::support::Json<'_>,
            ) -> ::core::result::Result<Self, $crate::support::WireError> {
                $read
            }
        }

        impl<'de> $crate::support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::support::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::support::deserialize(deserializer)
            }
        }
    };
}
