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

vod_spec::rules! {
    /// A kind of change. Its name is stable: scripts search for it.
    pub enum Rule: Facts {
        /// An operation is new.
        OperationAdded: "operation-added", minor(Heading::Added);
        /// An operation is gone, and with it the client's method, request and reply.
        OperationRemoved: "operation-removed", major(Heading::Removed);
        /// An event is new; until now it was `Unknown`.
        EventAdded: "event-added", minor(Heading::Added);
        /// An event is gone, and with it its body.
        EventRemoved: "event-removed", major(Heading::Removed);
        /// A type is new.
        TypeAdded: "type-added", minor(Heading::Added);
        /// A type is gone.
        TypeRemoved: "type-removed", major(Heading::Removed);
        /// A field that may be left out is new. Structs are `#[non_exhaustive]`, so nobody has to
        /// name it.
        FieldAdded: "field-added", minor(Heading::Added);
        /// A field is gone. Programs that set it do not compile, and requests in JSON that have it
        /// are refused.
        FieldRemoved: "field-removed", major(Heading::Removed);
        /// A value of an enum is new. Enums are `#[non_exhaustive]`; until now the value was
        /// `Unrecognized`.
        ValueAdded: "value-added", minor(Heading::Added);
        /// A value of an enum is gone.
        ValueRemoved: "value-removed", major(Heading::Removed);
        /// A constant is new: a region or a code of an error.
        ConstantAdded: "constant-added", minor(Heading::Added);
        /// A constant is gone.
        ConstantRemoved: "constant-removed", major(Heading::Removed);
        /// The Rust name is another one.
        Renamed: "renamed", major(Heading::Changed);
        /// A public item stands in another module, so its full path is another one.
        Moved: "moved", major(Heading::Changed);
        /// The Rust type is another one: of a field, of the items of a list in pages, of the
        /// request that tells how far a task is.
        TypeChanged: "type-changed", major(Heading::Changed);
        /// An object is an enum now, or an enum an object.
        KindChanged: "kind-changed", major(Heading::Changed);
        /// A new field that requests must have: one more argument.
        RequiredAdded: "required-added", major(Heading::Changed);
        /// A field that requests must have now: one more argument, and one setter less.
        BecameRequired: "became-required", major(Heading::Changed);
        /// A field that may be left out now: one argument less.
        BecameOptional: "became-optional", major(Heading::Changed);
        /// Arguments change places, which the compiler does not even notice where their types are
        /// equal.
        ArgumentOrder: "argument-order", major(Heading::Changed);
        /// A request that was accepted is refused.
        LimitTightened: "limit-tightened", major(Heading::Changed);
        /// A request that was refused is accepted.
        LimitLoosened: "limit-loosened", minor(Heading::Changed);
        /// A request that was accepted is refused, since its fields do not go together.
        ConstraintTightened: "constraint-tightened", major(Heading::Changed);
        /// A request that was refused is accepted, since its fields go together now.
        ConstraintLoosened: "constraint-loosened", minor(Heading::Changed);
        /// The name on the wire is another one. Stored replies are read by the new name only, and
        /// requests in JSON that have the old one are refused.
        WireNameChanged: "wire-name-changed", major(Heading::Changed);
        /// A field of requests has another JSON type on the wire, and the same type in Rust. Stored
        /// requests have the old one.
        WireTypeChanged: "wire-type-changed", major(Heading::Changed);
        /// Users can make values of a type that they could only receive.
        ConstructorAdded: "constructor-added", minor(Heading::Added);
        /// Users cannot make values of a type any more.
        ConstructorRemoved: "constructor-removed", major(Heading::Removed);
        /// A type has a `Default`.
        EmptyAdded: "empty-added", minor(Heading::Added);
        /// A type has no `Default` any more.
        EmptyRemoved: "empty-removed", major(Heading::Removed);
        /// A list can be read page by page.
        PaginationAdded: "pagination-added", minor(Heading::Added);
        /// A list cannot be read page by page any more.
        PaginationRemoved: "pagination-removed", major(Heading::Removed);
        /// Pages are read in another way.
        PaginationChanged: "pagination-changed", minor(Heading::Changed);
        /// One can wait for the task that an operation starts.
        WaitAdded: "wait-added", minor(Heading::Added);
        /// One cannot wait for the task any more.
        WaitRemoved: "wait-removed", major(Heading::Removed);
        /// The task is watched in another way.
        WaitChanged: "wait-changed", minor(Heading::Changed);
        /// A reply says what failed of several items.
        OutcomeAdded: "outcome-added", minor(Heading::Added);
        /// A reply does not say what failed of several items any more.
        OutcomeRemoved: "outcome-removed", major(Heading::Removed);
        /// Other items of a reply count as failed, or items of another list.
        OutcomeChanged: "outcome-changed", minor(Heading::Changed);
        /// Longer lists can be sent as several calls.
        BatchAdded: "batch-added", minor(Heading::Added);
        /// Longer lists cannot be sent as several calls any more.
        BatchRemoved: "batch-removed", major(Heading::Removed);
        /// An upload has a setter for a parameter that was there before.
        UploadSetterAdded: "upload-setter-added", minor(Heading::Added);
        /// An upload has no setter for a parameter any more: it sets the parameter itself, or the
        /// operation prepares no upload.
        UploadSetterRemoved: "upload-setter-removed", major(Heading::Removed);
        /// Something should no longer be used; the compiler warns of methods and setters.
        Deprecated: "deprecated", minor(Heading::Deprecated);
        /// Something can be used again.
        Undeprecated: "undeprecated", patch(Heading::Changed);
        /// The same call is sent in another form: method, path, part of the request, endpoint.
        RequestChanged: "request-changed", minor(Heading::Changed);
        /// A field of a reply is read from another part of it, the headers or the body, or from
        /// another JSON type; an event, its fields or values are read under other names.
        ReplyChanged: "reply-changed", minor(Heading::Changed);
        /// The client repeats a call after failures that it did not repeat before, or the other way
        /// round.
        IdempotencyChanged: "idempotency-changed", minor(Heading::Changed);
        /// An error with a code answers other questions, and may be repeated where it was not, or
        /// the other way round.
        ErrorKindChanged: "error-kind-changed", minor(Heading::Changed);
        /// The documented status of a success is another one; the client takes any 2xx.
        StatusChanged: "status-changed", patch(Heading::Fixed);
        /// `Debug` shows or hides a value that it did not show or hide before.
        SensitivityChanged: "sensitivity-changed", patch(Heading::Fixed);
        /// The service assumes another value where there is none. The client does not send it.
        DefaultChanged: "default-changed", patch(Heading::Fixed);
        /// Other credentials are accepted.
        AuthChanged: "auth-changed", patch(Heading::Fixed);
        /// Other permissions are needed.
        PermissionChanged: "permission-changed", patch(Heading::Fixed);
        /// An example is another one.
        ExampleChanged: "example-changed", patch(Heading::Fixed);
        /// Documentation says something else.
        DocumentationChanged: "documentation-changed", patch(Heading::Fixed);
    }
}

impl Rule {
    /// How much it asks of users; the same wherever it applies.
    pub fn level(self) -> Level {
        self.facts().level
    }

    pub(super) fn heading(self) -> Heading {
        self.facts().heading
    }
}

/// What is known of a rule besides its name.
struct Facts {
    level: Level,
    heading: Heading,
}

fn patch(heading: Heading) -> Facts {
    let level = Level::Patch;
    Facts { level, heading }
}

fn minor(heading: Heading) -> Facts {
    let level = Level::Minor;
    Facts { level, heading }
}

fn major(heading: Heading) -> Facts {
    let level = Level::Major;
    Facts { level, heading }
}
