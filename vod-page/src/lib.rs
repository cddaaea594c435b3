//! Reads what the vendor publishes, saved pages of the docs and documents of the API Explorer: what
//! they state, and on which line.
//!
//! Nothing here knows the description that they are compared with. An [`Address`] names what a page
//! or a document states; a description that speaks of them needs no more than that, and does without
//! the feature `read`.

pub mod json;

mod address;
#[cfg(feature = "read")]
mod describe;
#[cfg(feature = "read")]
mod document;
#[cfg(feature = "read")]
mod facts;
#[cfg(feature = "read")]
mod page;
#[cfg(feature = "read")]
mod read;

pub use self::address::{Address, Subject};
#[cfg(feature = "read")]
pub use self::facts::{
    CellType, ExampleRequest, Members, Note, Page, Permission, Place, Response, Row, Source,
    Stated, Statement, TypeTable, Unread,
};
#[cfg(feature = "read")]
pub use self::read::read;
