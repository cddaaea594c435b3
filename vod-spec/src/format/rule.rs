//! The rules by which a page of the docs is held against its description.
//!
//! The comparison itself is behind a feature; the names are needed wherever a description is read,
//! for `deviations`.

use vod_page::Subject;

crate::rules! {
    /// In what way a page and its description can differ.
    ///
    /// The names ([`Rule::as_str`]) are stable: deviations, scripts and people use them.
    pub enum Rule: Facts {
        /// The page is of no operation that the description has.
        UnknownOperation: "unknown-operation", error(NONE);
        /// A part of the page could not be read, or not with certainty.
        Unreadable: "unreadable", warning(ANY).stating();
        /// A deviation that the page no longer shows.
        StaleDeviation: "stale-deviation", error(NONE);
        /// Another title.
        TitleChanged: "title-changed", info(&[Subject::Title]).stating();
        /// The page has a later date, or the description has none.
        PageNewer: "page-newer", info(&[Subject::Updated]).stating();
        /// The page has an earlier date.
        PageOlder: "page-older", info(&[Subject::Updated]).stating();
        /// Another HTTP method.
        MethodChanged: "method-changed", error(&[Subject::Http]).stating();
        /// Another path.
        PathChanged: "path-changed", error(&[Subject::Http]).stating();
        /// A parameter that the description lacks.
        ParameterAdded: "parameter-added", error(PARAMETERS);
        /// A parameter that the page lacks.
        ParameterRemoved: "parameter-removed", error(PARAMETERS);
        /// A field of a reply or of a type that the description lacks.
        FieldAdded: "field-added", error(&[Subject::Response, Subject::Type]);
        /// A field of a reply or of a type that the page lacks.
        FieldRemoved: "field-removed", error(&[Subject::Response, Subject::Type]);
        /// A type that the description lacks.
        TypeAdded: "type-added", error(&[Subject::Type]);
        /// A type that the page lacks.
        TypeRemoved: "type-removed", error(&[Subject::Type]);
        /// Two rows of one name in one table.
        DuplicateRow: "duplicate-row", warning(VALUES);
        /// Another type of a parameter or field.
        TypeChanged: "type-changed", error(VALUES).stating();
        /// Mandatory here, optional there.
        RequiredChanged: "required-changed", checked(VALUES);
        /// Other limits, or limits on one side only.
        LimitChanged: "limit-changed", checked(VALUES).stating();
        /// Another default, or one on one side only.
        DefaultChanged: "default-changed", checked(VALUES).stating();
        /// Deprecated on one side only.
        DeprecationChanged: "deprecation-changed", info(DEPRECATED);
        /// Another number of calls per minute.
        RateChanged: "rate-changed", error(&[Subject::Description]).stating();
        /// A value that the description lacks.
        ValueAdded: "value-added", error(VALUES);
        /// A value that the page lacks.
        ValueRemoved: "value-removed", error(VALUES);
        /// A status that the description lacks.
        StatusAdded: "status-added", error(&[Subject::Response]);
        /// A status that the page lacks.
        StatusRemoved: "status-removed", error(&[Subject::Response]);
        /// The page asks for another permission.
        PermissionChanged: "permission-changed", error(&[Subject::Permission]).stating();
        /// An example of the page that does not fit.
        ExampleMisfit: "example-misfit", warning(&[Subject::Example]).stating();
        /// Texts of the page that are worded differently than when they were recorded.
        WordingChanged: "wording-changed", info(NONE);
        /// Texts of a page that were never recorded.
        WordingUnrecorded: "wording-unrecorded", info(NONE);
    }
}

impl Rule {
    /// How the addresses begin at which a deviation can acknowledge it: none where none can.
    pub(crate) fn kinds(self) -> &'static [Subject] {
        self.facts().kinds
    }

    /// Whether a deviation can acknowledge it.
    #[cfg(feature = "drift")]
    pub(crate) fn can_be_acknowledged(self) -> bool {
        !self.kinds().is_empty()
    }

    /// Whether it reports a value: a deviation then says which one it acknowledges.
    pub(crate) fn states_value(self) -> bool {
        self.facts().states
    }

    /// How much such a difference matters.
    #[cfg(feature = "drift")]
    pub(crate) fn weight(self) -> Weight {
        self.facts().weight
    }
}

/// How much a difference matters.
pub(crate) enum Weight {
    Info,
    Warning,
    Error,
    /// It concerns what the crate checks before it sends it, and takes as it comes in replies.
    Checked,
}

/// What is known of a rule besides its name.
struct Facts {
    #[cfg_attr(
        not(feature = "drift"),
        expect(dead_code, reason = "only the comparison asks for it")
    )]
    weight: Weight,
    kinds: Kinds,
    /// Whether it reports a value that can be another one at another time.
    states: bool,
}

impl Facts {
    fn new(weight: Weight, kinds: Kinds) -> Self {
        Self {
            weight,
            kinds,
            states: false,
        }
    }

    fn stating(self) -> Self {
        Self {
            states: true,
            ..self
        }
    }
}

/// What addresses begin with.
type Kinds = &'static [Subject];

const NONE: Kinds = &[];
const PARAMETERS: Kinds = &[
    Subject::Path,
    Subject::Query,
    Subject::Header,
    Subject::Body,
];
const VALUES: Kinds = &[
    Subject::Path,
    Subject::Query,
    Subject::Header,
    Subject::Body,
    Subject::Response,
    Subject::Type,
];
const DEPRECATED: Kinds = &[
    Subject::Path,
    Subject::Query,
    Subject::Header,
    Subject::Body,
    Subject::Response,
    Subject::Type,
    Subject::Description,
];
const ANY: Kinds = &[
    Subject::Http,
    Subject::Path,
    Subject::Query,
    Subject::Header,
    Subject::Body,
    Subject::Response,
    Subject::Type,
    Subject::Permission,
    Subject::Example,
    Subject::Updated,
    Subject::Title,
    Subject::Description,
    Subject::Page,
];

fn info(kinds: Kinds) -> Facts {
    let weight = Weight::Info;
    Facts::new(weight, kinds)
}

fn warning(kinds: Kinds) -> Facts {
    let weight = Weight::Warning;
    Facts::new(weight, kinds)
}

fn error(kinds: Kinds) -> Facts {
    let weight = Weight::Error;
    Facts::new(weight, kinds)
}

fn checked(kinds: Kinds) -> Facts {
    let weight = Weight::Checked;
    Facts::new(weight, kinds)
}
