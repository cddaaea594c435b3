//! State machines: which state follows which, and at what event. States are the words of the
//! service.

mod asset;
mod task;
#[cfg(test)]
mod tests;

use crate::data::Words;

pub(crate) use asset::{Publication, Review, Snapshots, Storage, Transcode, Upload};
pub(crate) use task::TaskStatus;

/// The states of something, and the changes that there are. The first is that of something new.
pub(crate) trait Machine: Words {
    /// What the states are of.
    const NAME: &'static str;
    /// All changes.
    const EDGES: &'static [Edge<Self>];

    /// The state after an event; `None` if the event cannot happen in this one.
    fn after(self, event: Event) -> Option<Self> {
        let mut edges = Self::EDGES.iter();
        let edge = edges.find(|edge| edge.from == self && edge.event == event)?;
        Some(edge.to)
    }
}

/// A change of state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge<S> {
    pub(crate) from: S,
    pub(crate) event: Event,
    pub(crate) to: S,
}

/// What changes a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// An operation asks for work.
    Ask,
    /// The work begins.
    Start,
    /// The work is done.
    Succeed,
    /// The work failed.
    Fail,
    /// An operation takes back what was asked for.
    Cancel,
    /// The same, where the results of earlier work are still there.
    Restore,
    /// A review found something that a person has to look at.
    Suspect,
    /// A review found something that must not be shown.
    Block,
    /// The results are deleted.
    Clear,
    /// An operation shows it to viewers.
    Publish,
    /// An operation hides it from viewers.
    Unpublish,
    /// It moves to warm storage.
    Warm,
    /// It moves to cold storage.
    Cool,
}

/// An enum whose values are states, with their words, and the changes between them.
macro_rules! machine {
    (
        $(#[$meta:meta])* $name:ident of $of:literal { $($state:ident = $word:literal),* $(,)? }
        $($from:ident + $event:ident => $to:ident),* $(,)?
    ) => {
        $crate::data::words! {
            $(#[$meta])* pub(crate) enum $name { $($state = $word),* }
        }

        impl $crate::machine::Machine for $name {
            const NAME: &'static str = $of;
            const EDGES: &'static [$crate::machine::Edge<Self>] = &[$($crate::machine::Edge {
                from: Self::$from,
                event: $crate::machine::Event::$event,
                to: Self::$to,
            }),*];
        }
    };
}

use machine;
