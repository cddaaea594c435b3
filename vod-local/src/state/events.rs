//! The events of a project.

use std::collections::VecDeque;

use serde_json::Value;

use crate::data::{Data, Misread};

/// The events that there were, the last 1,000. In the document they are a list, without numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Events {
    kept: VecDeque<Event>,
    /// How many of the last ones nobody has taken yet.
    fresh: usize,
}

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    /// Its number among those of all projects; `None` until it was taken.
    pub(crate) number: Option<u64>,
    /// What is sent.
    pub(crate) body: Value,
}

/// How many events are kept.
const KEPT: usize = 1000;

impl Events {
    pub(crate) fn push(&mut self, body: Value) {
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(Event { number: None, body });
        self.fresh = KEPT.min(self.fresh + 1);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Event> {
        self.kept.iter()
    }

    /// Those that came since the last time, the oldest first, with their numbers. Those that were
    /// there from the start have none until now, too.
    pub(crate) fn take_fresh(&mut self, mut number: impl FnMut() -> u64) -> Vec<(u64, Value)> {
        let fresh = std::mem::take(&mut self.fresh);
        let known = self.kept.len().saturating_sub(fresh);
        let is_numbered = self.kept.back().is_none_or(|last| last.number.is_some());
        if is_numbered {
            return Vec::new();
        }
        let mut taken = Vec::with_capacity(fresh);
        for (index, event) in self.kept.iter_mut().enumerate() {
            let number = *event.number.get_or_insert_with(&mut number);
            if index >= known {
                taken.push((number, event.body.clone()));
            }
        }
        taken
    }
}

impl Data for Events {
    fn write(&self) -> Value {
        self.kept.iter().map(|event| event.body.clone()).collect()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let bodies = Vec::read(value)?.into_iter();
        let kept = bodies.map(|body| Event { number: None, body }).collect();
        Ok(Self { kept, fresh: 0 })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_event_is_taken_once_and_keeps_its_number() {
        let mut events = Events::read(json!(["a", "b"])).unwrap();
        let mut count = 10;
        let mut number = || {
            count += 1;
            count
        };
        assert_eq!(events.take_fresh(&mut number), []);
        events.push("c".into());
        assert_eq!(events.take_fresh(&mut number), [(13, "c".into())]);
        assert_eq!(events.take_fresh(&mut number), []);
        let numbers: Vec<_> = events.iter().map(|event| event.number).collect();
        assert_eq!(numbers, [Some(11), Some(12), Some(13)]);
        assert_eq!(events.write(), json!(["a", "b", "c"]));
    }

    #[test]
    fn the_last_1000_are_kept() {
        let mut events = Events::default();
        for index in 0..1001 {
            events.push(index.into());
        }
        let taken = events.take_fresh(|| 1);
        assert_eq!((taken.len(), &taken[0].1), (1000, &json!(1)));
    }
}
