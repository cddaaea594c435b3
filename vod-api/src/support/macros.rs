//! The macros that turn a list of wire names into impls. They expand to little: the work is done by
//! the functions of `wire`. Paths are absolute, so that a generated type may be called `Result` or
//! `String`.

/// `Serialize`, `Deserialize` and `Wire` for a struct that is one JSON object.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($name:ident { $($fields:tt)* }) => {
        $crate::__object!($name { $($fields)* } deserializer => {
            $crate::support::deserialize(deserializer)
        });
    };
}

/// The same for a struct that requests have: reading it on its own refuses unknown members.
#[doc(hidden)]
#[macro_export]
macro_rules! __part {
    ($name:ident { $($fields:tt)* }) => {
        $crate::__maybe!($name);
        $crate::__object!($name { $($fields)* } deserializer => {
            $crate::support::deserialize_part(deserializer)
        });
    };
}

/// The same for the request of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($name:ident { $($fields:tt)* }) => {
        $crate::__maybe!($name);
        $crate::__object!($name { $($fields)* } deserializer => {
            $crate::support::deserialize_request(
                deserializer,
                <Self as $crate::support::Operation>::META,
            )
        });
    };
}

/// A struct that is one JSON object, given how it is deserialized.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident { $($fields:tt)* } $deserializer:ident => $deserialize:block) => {
        $crate::__fields!($name { $($fields)* });

        $crate::__wire!($name {
            read(reader) => $crate::support::read_record(reader),
            write(this, document) => $crate::support::write_record(this, document),
            deserialize($deserializer) => $deserialize,
        });
    };
}

/// `Record` for a struct, from its fields: name, name on the wire, other names under which it comes,
/// the text that means that there is no value, and how a flag is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __fields {
    ($name:ident {
        $($field:ident: $wire:literal
            $(or $alias:literal)* $(without $absent:literal)? $(as $form:ident)?),* $(,)?
    }) => {
        impl $crate::support::Record for $name {
            fn read_fields(
                reader: &mut $crate::support::Reader<'_>,
                mut object: $crate::support::Open,
            ) -> ::core::result::Result<Self, $crate::support::WireError> {
                $(let mut $field = $crate::support::Field::default();)*
                while let ::core::option::Option::Some(name) = reader.member(&mut object)? {
                    match &*name {
                        $($wire $(| $alias)* => $crate::support::read_member(
                            reader,
                            &name,
                            $crate::support::Member::new($wire, &[$($alias),*]) $(.without($absent))?,
                            &mut $field,
                        )?,)*
                        _ => reader.skip()?,
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::support::or_absent($field, $wire)?),*
                })
            }

            fn write_fields<'a>(&'a self, object: &mut $crate::support::Document<'a>) {
                let _ = &object;
                $($crate::__write_field!(object, $wire, &self.$field $(, $form)?);)*
            }
        }
    };
}

/// The counterpart of `Call::maybe` for a request or a part of one.
#[doc(hidden)]
#[macro_export]
macro_rules! __maybe {
    ($name:ident) => {
        impl $name {
            /// Sets a field if there is a value for it, by the setter that `set` calls.
            pub fn maybe<T>(
                self,
                value: ::core::option::Option<T>,
                set: impl ::core::ops::FnOnce(Self, T) -> Self,
            ) -> Self {
                match value {
                    ::core::option::Option::Some(value) => set(self, value),
                    ::core::option::Option::None => self,
                }
            }
        }
    };
}

/// Writes a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_field {
    ($object:ident, $wire:literal, $value:expr) => {
        $crate::support::write_field($object, $wire, $value)
    };
    ($object:ident, $wire:literal, $value:expr, flag) => {
        $crate::support::write_flag($object, $wire, $value)
    };
    ($object:ident, $wire:literal, $value:expr, text_flag) => {
        $crate::support::write_text_flag($object, $wire, $value)
    };
}

/// The same for the reply of an operation that answers with a bare status: `null`.
#[doc(hidden)]
#[macro_export]
macro_rules! __empty_reply {
    ($name:ident) => {
        $crate::__wire!($name {
            read(reader) => $crate::support::read_nothing(reader).map(|()| Self {}),
            write(_this, document) => $crate::support::write_nothing(document),
            deserialize(deserializer) => $crate::support::deserialize(deserializer),
        });
    };
}

/// The same for a struct whose one field is the whole JSON value.
#[doc(hidden)]
#[macro_export]
macro_rules! __transparent {
    ($name:ident { $field:ident }) => {
        $crate::__wire!($name {
            read(reader) => $crate::support::Wire::read(reader).map(|$field| Self { $field }),
            write(this, document) => $crate::support::Wire::write(&this.$field, document),
            deserialize(deserializer) => $crate::support::deserialize(deserializer),
        });
    };
}

/// `Wire`, `Serialize`, `Deserialize` and the name of the event for an enum of events with a variant
/// `Unknown`, from the events: variant, body, name on the wire, member that holds the body.
#[cfg(feature = "notification")]
#[doc(hidden)]
#[macro_export]
macro_rules! __events {
    ($name:ident { $($variant:ident($body:ident): $wire:literal in $member:literal),* $(,)? }) => {
        impl $name {
            /// The value of `event_type`, as the docs spell it; that of an unknown event as it came.
            pub fn event_type(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $wire,)*
                    Self::Unknown(event) => event.event_type(),
                }
            }
        }

        $crate::__wire!($name {
            read(reader) => {
                let event = $crate::support::EventParts::read(reader)?;
                $(if event.is($wire) {
                    return event.body($member).map(Self::$variant);
                })*
                event.unknown().map(Self::Unknown)
            },
            write(this, document) => match this {
                $(Self::$variant(body) => {
                    $crate::support::write_event($wire, $member, body, document);
                })*
                Self::Unknown(event) => $crate::support::Wire::write(event.json(), document),
            },
            deserialize(deserializer) => $crate::support::deserialize(deserializer),
        });
    };
}

/// Text conversions, `Serialize`, `Deserialize` and `Wire` for an enum with a variant
/// `Unrecognized`.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident { $($variant:ident: $wire:literal $(or $alias:literal)*),* $(,)? }) => {
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

            /// Makes a value that can be sent although the docs do not list it, or not for this
            /// operation. Made in any other way, such a value is refused before anything is sent,
            /// as it is most likely misspelt.
            ///
            /// It is kept as it is, and never equals one of the known values.
            pub fn unlisted(value: &str) -> Self {
                Self::Unrecognized($crate::support::unlisted(value))
            }

            /// Whether this version of the crate does not know the value.
            pub fn is_unrecognized(&self) -> bool {
                ::core::matches!(self, Self::Unrecognized(_))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire $(| $alias)* => Self::$variant,)*
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

            // `Self::Err` would be ambiguous in an enum with a value of that name.
            fn from_str(
                text: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
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

        $crate::__wire!($name {
            read(reader) => $crate::support::read_enum(reader, |text| Self::from(text), Self::unlisted),
            write(this, document) => match this {
                Self::Unrecognized(value) => $crate::support::write_unrecognized(value, document),
                known => $crate::support::write_text(known.as_str(), document),
            },
            deserialize(deserializer) => $crate::support::deserialize(deserializer),
        });
    };
}

/// `Wire`, `Serialize` and `Deserialize`, given how a value is read and written.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire {
    ($name:ident {
        read($reader:ident) => $read:expr,
        write($this:ident, $document:ident) => $write:expr,
        deserialize($deserializer:ident) => $deserialize:expr,
    }) => {
        impl $crate::support::Wire for $name {
            fn read(
                $reader: &mut $crate::support::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::support::WireError> {
                $read
            }

            fn write<'a>(&'a self, $document: &mut $crate::support::Document<'a>) {
                let $this = self;
                $write
            }
        }

        impl $crate::support::serde::Serialize for $name {
            fn serialize<S: $crate::support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::serialize(self, serializer)
            }
        }

        impl<'de> $crate::support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::support::serde::Deserializer<'de>>(
                $deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $deserialize
            }
        }
    };
}
