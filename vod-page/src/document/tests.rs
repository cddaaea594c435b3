//! Documents and what is read in them.
