//! The bindings before they are text: every name, type and line of documentation decided.
//!
//! [`crate::lower`] fills these in and [`crate::emit`] writes them out; neither does the work of the other.

use vod_spec::model::{Bounds, Limits, Method, Place, Success};

/// Everything that is generated.
#[derive(Debug)]
pub(crate) struct Bindings {
    pub(crate) endpoint: String,
    pub(crate) regions: Vec<Constant>,
    pub(crate) error_codes: Vec<ErrorCode>,
    pub(crate) sections: Vec<Module>,
    pub(crate) events: Events,
    pub(crate) index: Index,
}

/// Pages that list all operations by section, as Markdown.
#[derive(Debug)]
pub(crate) struct Index {
    /// The sections alone.
    pub(crate) sections: String,
    /// The operations.
    pub(crate) operations: String,
    /// The operations and what else they are looked up by.
    pub(crate) words: String,
}

/// What the service tells of without being asked.
#[derive(Debug)]
pub(crate) struct Events {
    pub(crate) events: Vec<Event>,
    /// The fields that the bodies of all events have.
    pub(crate) shared: Vec<Field>,
    /// The bodies, and the types that only events hold.
    pub(crate) file: File,
}

/// An event: a variant around its body.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) variant: String,
    pub(crate) docs: Vec<String>,
    pub(crate) wire: String,
    /// The member that holds the body.
    pub(crate) member: String,
    /// The struct that is the body.
    pub(crate) body: String,
}

/// A text with a name.
#[derive(Debug)]
pub(crate) struct Constant {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) docs: Vec<String>,
}

/// A code of an error.
#[derive(Debug)]
pub(crate) struct ErrorCode {
    pub(crate) constant: Constant,
    pub(crate) kind: Option<CodeKind>,
    /// What it means, as plain text.
    pub(crate) meaning: String,
}

/// What a caller can do about an error with a code.
#[derive(Debug)]
pub(crate) struct CodeKind {
    /// The variant of the runtime's enum.
    pub(crate) variant: String,
    /// What the documentation of the code says of it.
    pub(crate) docs: Vec<String>,
}

/// A module below `model`: a section of the docs, or the types that several operations share.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    /// What stands above its methods in the docs of the client.
    pub(crate) heading: Vec<String>,
    pub(crate) files: Vec<File>,
}

/// The bindings of one file of the description.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) module: String,
    pub(crate) source: String,
    pub(crate) operation: Option<Operation>,
    pub(crate) types: Vec<Type>,
    /// Types of other files that this one names.
    pub(crate) imports: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) request: Struct,
    pub(crate) reply: Reply,
    pub(crate) method: ClientMethod,
    pub(crate) meta: Meta,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) batch: Option<Batch>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) outcome: Option<Outcome>,
    /// Parameters that an upload of files has setters for; none where it prepares no upload.
    pub(crate) upload: Vec<Field>,
}

/// How its list is read page by page.
#[derive(Debug)]
pub(crate) struct Pagination {
    /// The variant of the runtime's enum.
    pub(crate) style: &'static str,
    pub(crate) position: String,
    pub(crate) first: i64,
    pub(crate) size: String,
    pub(crate) default_size: Option<i64>,
    pub(crate) ceiling: Option<i64>,
    /// The type of an item.
    pub(crate) item: RustType,
    pub(crate) items: Field,
    pub(crate) total: Option<Field>,
    pub(crate) next: Option<Field>,
    pub(crate) window: Option<Window>,
}

/// How a list is limited to a period.
#[derive(Debug)]
pub(crate) struct Window {
    pub(crate) from: String,
    pub(crate) to: String,
    /// The field of an item, on the wire and in Rust.
    pub(crate) id: (String, String),
}

/// The parameter whose values can be sent in several calls.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) values: Field,
    /// The type of a value.
    pub(crate) value: RustType,
    pub(crate) size: i64,
}

/// How its reply says what came of each of several items.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) items: Field,
    /// The type of an item.
    pub(crate) item: RustType,
    pub(crate) success: Success,
    /// The field of an item that tells.
    pub(crate) told_by: Option<Told>,
}

/// The field of an item that tells what came of it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) wire: String,
    pub(crate) name: String,
}

/// How one learns what became of the task that it starts.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) asked_by: Option<String>,
    /// The request of the operation to ask.
    pub(crate) status: String,
    pub(crate) pass: Vec<(String, String)>,
    pub(crate) set: Vec<(String, String)>,
    pub(crate) since: Option<String>,
    pub(crate) state: String,
    pub(crate) done: Vec<String>,
    pub(crate) failed: Vec<String>,
    pub(crate) earlier: Option<String>,
    pub(crate) together: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) reason_part: Option<String>,
    /// The request of the operation that says why a task failed.
    pub(crate) explained_by: Option<String>,
}

#[derive(Debug)]
pub(crate) struct ClientMethod {
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    /// Words and phrases that a search in the docs finds it by, besides its name.
    pub(crate) aliases: Vec<String>,
    pub(crate) deprecated: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Meta {
    pub(crate) name: String,
    /// The title of the section.
    pub(crate) section: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) deprecated: Option<String>,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) docs: Option<String>,
    pub(crate) idempotent: bool,
    pub(crate) body: bool,
    pub(crate) parameters: Vec<(Place, Property)>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) success: u16,
    /// What the body of the reply holds.
    pub(crate) reply: Option<Schema>,
    pub(crate) example: Option<String>,
    pub(crate) rate: Option<RateLimit>,
}

/// How often the operations of a group can be called.
#[derive(Debug)]
pub(crate) struct RateLimit {
    pub(crate) group: String,
    pub(crate) per_minute: u32,
    pub(crate) all_tenants: Option<u32>,
}

/// What the client knows of a value at run time.
#[derive(Debug, Clone)]
pub(crate) struct Property {
    pub(crate) wire: String,
    /// The name in Rust.
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) schema: Schema,
}

#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) kind: SchemaKind,
    pub(crate) limits: Limits,
    /// Whether requests can have blank text.
    pub(crate) blank: bool,
}

/// A relation between fields that requests have to keep.
#[derive(Debug, Clone)]
pub(crate) struct Constraint {
    /// The variant of the runtime's enum.
    pub(crate) demand: &'static str,
    pub(crate) fields: Vec<String>,
    pub(crate) conditions: Vec<Condition>,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) test: Test,
}

#[derive(Debug, Clone)]
pub(crate) enum Test {
    Present,
    Absent,
    OneOf(Vec<Literal>),
    /// One of these, or nothing where the default is one of these.
    OneOfOrAbsent(Vec<Literal>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    Text(String),
    Number(i64),
    Flag(bool),
}

/// How a flag travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    Number,
    Text,
}

/// How a time is written: names of types and of a variant of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) form: &'static str,
    pub(crate) zone: &'static str,
}

#[derive(Debug, Clone)]
pub(crate) enum SchemaKind {
    String,
    Bool,
    Int32,
    Int64,
    Number,
    Any,
    Array(Box<Schema>),
    Map(Box<Schema>),
    /// The name of the type.
    Object(String),
    /// The documented values that can be sent.
    Enum(Vec<String>),
    Flag(Flag),
    Time(Time),
}

#[derive(Debug)]
pub(crate) enum Type {
    Struct(Struct),
    Enum(Enum),
}

#[cfg(feature = "diff")]
impl Type {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Struct(ty) => &ty.name,
            Self::Enum(ty) => &ty.name,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) fields: Vec<Field>,
    /// Whether users make values of it: then it has a constructor and setters.
    pub(crate) constructed: bool,
    /// Whether the service makes values of it: then there is an empty one to start from.
    pub(crate) received: bool,
    /// What is known of its fields at run time; requests have that elsewhere.
    pub(crate) properties: Option<Vec<Property>>,
    pub(crate) constraints: Vec<Constraint>,
}

impl Struct {
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.required)
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.required)
    }

    /// Whether there is a value with nothing in it.
    pub(crate) fn has_default(&self) -> bool {
        self.received || self.required().next().is_none()
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) docs: Vec<String>,
    /// What is said of it at its setters.
    pub(crate) setter: Vec<String>,
    /// What a search in the docs finds it by, besides its name.
    pub(crate) search: Vec<String>,
    /// Other names under which it comes.
    pub(crate) aliases: Vec<String>,
    /// The text that means that there is no value.
    pub(crate) absent: Option<String>,
    pub(crate) ty: RustType,
    /// Required: an argument of the constructor.
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    /// A flag, and how it travels.
    pub(crate) flag: Option<Flag>,
    pub(crate) deprecated: Option<String>,
}

/// A type as it is written in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RustType {
    String,
    Bool,
    I32,
    I64,
    F64,
    Json,
    Time(Time),
    Object(String),
    Enum(String),
    Vec(Box<RustType>),
    Map(Box<RustType>),
    Option(Box<RustType>),
    Boxed(Box<RustType>),
}

#[derive(Debug)]
pub(crate) enum Reply {
    /// A struct with the fields of the body and then those that travel as headers, which are here once more.
    Fields { body: Struct, headers: Vec<Field> },
    /// A struct around the one value that is the body.
    Whole(Struct),
    /// A struct without fields.
    Empty(Struct),
}

impl Reply {
    pub(crate) fn body(&self) -> &Struct {
        match self {
            Self::Fields { body, .. } | Self::Whole(body) | Self::Empty(body) => body,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) variants: Vec<Variant>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) wire: String,
    /// Other spellings of it.
    pub(crate) aliases: Vec<String>,
    pub(crate) docs: Vec<String>,
}

impl RustType {
    /// The type of the items of a list, which may be absent.
    pub(crate) fn item(&self) -> Option<&Self> {
        match self {
            Self::Vec(item) => Some(item),
            Self::Option(inner) => inner.item(),
            _ => None,
        }
    }

    /// Whether setters take whatever can be turned into the type. Text can, whichever of them it is.
    pub(crate) fn is_converted(&self) -> bool {
        matches!(
            self,
            Self::String | Self::Enum(_) | Self::Json | Self::Time(_)
        )
    }
}

/// A limit in words, such as `At most 10 values.`
pub(crate) fn bounds_in_words(bounds: Bounds, unit: &str) -> Option<String> {
    let unit = |number: i64| match unit {
        "" => String::new(),
        unit if number == 1 => format!(" {unit}"),
        unit => format!(" {unit}s"),
    };
    Some(match (bounds.min, bounds.max) {
        (None | Some(0), Some(max)) if !unit(max).is_empty() => {
            format!("At most {max}{}.", unit(max))
        }
        (Some(min), Some(max)) if min == max => format!("Exactly {max}{}.", unit(max)),
        (Some(min), Some(max)) => format!("From {min} to {max}{}.", unit(max)),
        (Some(min), None) => format!("At least {min}{}.", unit(min)),
        (None, Some(max)) => format!("At most {max}{}.", unit(max)),
        (None, None) => return None,
    })
}
