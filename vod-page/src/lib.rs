//! Reads saved pages of the vendor's docs: what they state, and on which line.
//!
//! Nothing here knows the description that pages are compared with. An [`Address`] names what a
//! page states; a description that speaks of pages needs no more than that, and does without the
//! feature `read`.

pub mod json;

mod address;
#[cfg(feature = "read")]
mod page;

pub use self::address::{Address, Subject};
#[cfg(feature = "read")]
pub use self::page::{
    CellType, ExampleRequest, Note, Page, Permission, Place, Response, Row, Source, Stated,
    Statement, TypeTable, read,
};
