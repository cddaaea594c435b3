//! Reads saved pages of the vendor's docs: what they state, and on which line.

mod facts;

pub use self::facts::{
    CellType, Language, Note, Page, Permission, Place, Response, Row, Stated, Statement, TypeTable,
};
