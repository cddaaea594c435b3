//! Reads the description of the Huawei Cloud VOD API from YAML files and checks it.
//!
//! [`load_dir`] takes the folder `spec/` and gives an [`Api`](model::Api), or all the mistakes of all the files as
//! [`Diagnostics`], each with its place, the line it speaks of and what to do. `spec/README.md` documents the format.
//!
//! Nothing here writes Rust; that is the business of `vod-codegen`. Three things are here for its
//! sake: the description can give a thing a Rust name, texts are checked for what rustdoc would
//! misread, and [`Code`] has the mistakes that the generator reports.

#[cfg(feature = "drift")]
pub mod draft;
#[cfg(feature = "drift")]
pub mod drift;
#[cfg(feature = "drift")]
pub mod fix;
pub mod format;
pub mod model;
#[cfg(feature = "openapi")]
pub mod openapi;

mod diagnostic;
mod disk;
mod load;
mod near;
mod raw;
mod rules;
mod source;
mod validate;
mod yaml;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Format};
pub use disk::read_text;
pub use format::rule::Rule;
pub use load::{is_source, load_dir, load_sources, load_unfinished};
pub use source::{SourceFile, SourceId, Sources, Span, Spanned, visible};
#[cfg(feature = "page")]
#[doc(inline)]
pub use vod_page as page;
pub use vod_page::{Address, Subject, json};
