//! Events, in all their spellings.

mod events;
