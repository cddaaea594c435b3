//! What can change, and how much each change asks of users.

use std::fmt;

/// How much a change asks of users, in the words of Semantic Versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Only facts and documentation differ.
    Patch,
    /// There is more to use, or the client acts differently; programs go on.
    Minor,
    /// A program that compiled may not compile any more, or one that worked may be refused.
    Major,
}

impl Level {
    /// All levels, the smallest first.
    pub const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where a change is found in a changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Added,
    Changed,
    Deprecated,
    Removed,
    Fixed,
}

impl Heading {
    /// In the order of a changelog.
    pub(super) const ALL: [Self; 5] = [
        Self::Added,
        Self::Changed,
        Self::Deprecated,
        Self::Removed,
        Self::Fixed,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Fixed => "Fixed",
        }
    }
}

/// One table for everything that is known of a rule.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident: $name:literal, $level:ident, $heading:ident;)*) => {
        /// A kind of change. Its name is stable: scripts search for it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$rule),*];

            /// Its name, such as `limit-tightened`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)*
                }
            }

            /// How much it asks of users; the same wherever it applies.
            pub fn level(self) -> Level {
                match self {
                    $(Self::$rule => Level::$level,)*
                }
            }

            pub(super) fn heading(self) -> Heading {
                match self {
                    $(Self::$rule => Heading::$heading,)*
                }
            }
        }
    };
}

rules! {
    /// An operation is new.
    OperationAdded: "operation-added", Minor, Added;
    /// An operation is gone, and with it the client's method, request and reply.
    OperationRemoved: "operation-removed", Major, Removed;
    /// A type is new.
    TypeAdded: "type-added", Minor, Added;
    /// A type is gone.
    TypeRemoved: "type-removed", Major, Removed;
    /// A field that may be left out is new. Structs are `#[non_exhaustive]`, so nobody has to name it.
    FieldAdded: "field-added", Minor, Added;
    /// A field is gone. Programs that set it do not compile, and requests in JSON that have it are refused.
    FieldRemoved: "field-removed", Major, Removed;
    /// A value of an enum is new. Enums are `#[non_exhaustive]`; until now the value was `Unrecognized`.
    ValueAdded: "value-added", Minor, Added;
    /// A value of an enum is gone.
    ValueRemoved: "value-removed", Major, Removed;
    /// A constant is new: a region or a code of an error.
    ConstantAdded: "constant-added", Minor, Added;
    /// A constant is gone.
    ConstantRemoved: "constant-removed", Major, Removed;
    /// The Rust name is another one.
    Renamed: "renamed", Major, Changed;
    /// A public item stands in another module, so its full path is another one.
    Moved: "moved", Major, Changed;
    /// The Rust type is another one: of a field, of the items of a list in pages, of the request that tells how far a
    /// task is.
    TypeChanged: "type-changed", Major, Changed;
    /// An object is an enum now, or an enum an object.
    KindChanged: "kind-changed", Major, Changed;
    /// A new field that requests must have: one more argument.
    RequiredAdded: "required-added", Major, Changed;
    /// A field that requests must have now: one more argument, and one setter less.
    BecameRequired: "became-required", Major, Changed;
    /// A field that may be left out now: one argument less.
    BecameOptional: "became-optional", Major, Changed;
    /// Arguments change places, which the compiler does not even notice where their types are equal.
    ArgumentOrder: "argument-order", Major, Changed;
    /// A request that was accepted is refused.
    LimitTightened: "limit-tightened", Major, Changed;
    /// A request that was refused is accepted.
    LimitLoosened: "limit-loosened", Minor, Changed;
    /// A request that was accepted is refused, since its fields do not go together.
    ConstraintTightened: "constraint-tightened", Major, Changed;
    /// A request that was refused is accepted, since its fields go together now.
    ConstraintLoosened: "constraint-loosened", Minor, Changed;
    /// The name on the wire is another one. Stored replies are read by the new name only, and requests in JSON that have
    /// the old one are refused.
    WireNameChanged: "wire-name-changed", Major, Changed;
    /// A field of requests has another JSON type on the wire, and the same type in Rust. Stored requests have the old
    /// one.
    WireTypeChanged: "wire-type-changed", Major, Changed;
    /// Users can make values of a type that they could only receive.
    ConstructorAdded: "constructor-added", Minor, Added;
    /// Users cannot make values of a type any more.
    ConstructorRemoved: "constructor-removed", Major, Removed;
    /// A type has a `Default`.
    EmptyAdded: "empty-added", Minor, Added;
    /// A type has no `Default` any more.
    EmptyRemoved: "empty-removed", Major, Removed;
    /// A list can be read page by page.
    PaginationAdded: "pagination-added", Minor, Added;
    /// A list cannot be read page by page any more.
    PaginationRemoved: "pagination-removed", Major, Removed;
    /// Pages are read in another way.
    PaginationChanged: "pagination-changed", Minor, Changed;
    /// One can wait for the task that an operation starts.
    WaitAdded: "wait-added", Minor, Added;
    /// One cannot wait for the task any more.
    WaitRemoved: "wait-removed", Major, Removed;
    /// The task is watched in another way.
    WaitChanged: "wait-changed", Minor, Changed;
    /// Longer lists can be sent as several calls.
    BatchAdded: "batch-added", Minor, Added;
    /// Longer lists cannot be sent as several calls any more.
    BatchRemoved: "batch-removed", Major, Removed;
    /// Something should no longer be used; the compiler warns of methods and setters.
    Deprecated: "deprecated", Minor, Deprecated;
    /// Something can be used again.
    Undeprecated: "undeprecated", Patch, Changed;
    /// The same call is sent in another form: method, path, part of the request, endpoint.
    RequestChanged: "request-changed", Minor, Changed;
    /// A field of a reply is read from another part of it, the headers or the body, or from another JSON type.
    ReplyChanged: "reply-changed", Minor, Changed;
    /// The client repeats a call after failures that it did not repeat before, or the other way round.
    IdempotencyChanged: "idempotency-changed", Minor, Changed;
    /// An error with a code answers other questions, and may be repeated where it was not, or the other way round.
    ErrorKindChanged: "error-kind-changed", Minor, Changed;
    /// The documented status of a success is another one; the client takes any 2xx.
    StatusChanged: "status-changed", Patch, Fixed;
    /// `Debug` shows or hides a value that it did not show or hide before.
    SensitivityChanged: "sensitivity-changed", Patch, Fixed;
    /// The service assumes another value where there is none. The client does not send it.
    DefaultChanged: "default-changed", Patch, Fixed;
    /// Other credentials are accepted.
    AuthChanged: "auth-changed", Patch, Fixed;
    /// Other permissions are needed.
    PermissionChanged: "permission-changed", Patch, Fixed;
    /// An example is another one.
    ExampleChanged: "example-changed", Patch, Fixed;
    /// Documentation says something else.
    DocumentationChanged: "documentation-changed", Patch, Fixed;
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
