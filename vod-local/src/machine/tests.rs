//! What holds for all machines, and where random events lead.

use std::collections::BTreeSet;

use super::*;
use crate::data::Data;

const EVENTS: [Event; 13] = [
    Event::Ask,
    Event::Start,
    Event::Succeed,
    Event::Fail,
    Event::Cancel,
    Event::Restore,
    Event::Suspect,
    Event::Block,
    Event::Clear,
    Event::Publish,
    Event::Unpublish,
    Event::Warm,
    Event::Cool,
];

/// A generator of numbers that are random enough.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}

/// Walks at random, and gives the words of the states that were reached.
fn walk<S: Machine + Data>(first: S, steps: usize) -> BTreeSet<&'static str> {
    let mut numbers = Numbers(7);
    let mut state = first;
    let mut reached = BTreeSet::from([state.as_str()]);
    for _ in 0..steps {
        let event = EVENTS[numbers.below(EVENTS.len())];
        let edges: Vec<_> = S::EDGES
            .iter()
            .filter(|edge| edge.from == state && edge.event == event)
            .collect();
        // One event leads to one state.
        assert!(edges.len() <= 1, "{}: {state:?} {event:?}", S::NAME);
        assert_eq!(state.after(event), edges.first().map(|edge| edge.to));
        if let Some(next) = state.after(event) {
            assert!(S::ALL.contains(&next));
            state = next;
        } else if numbers.below(50) == 0 {
            state = first;
        }
        reached.insert(state.as_str());
    }
    reached
}

fn check<S: Machine + Data>(firsts: &[S]) {
    let words: BTreeSet<_> = S::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(
        words.len(),
        S::ALL.len(),
        "{}: two states, one word",
        S::NAME
    );
    let reached = firsts.iter().flat_map(|first| walk(*first, 20_000));
    assert_eq!(reached.collect::<BTreeSet<_>>(), words, "{}", S::NAME);
    for state in S::ALL {
        assert_eq!(S::read(state.write()), Ok(*state));
    }
    assert!(S::read("ELSEWHERE".into()).is_err());
}

#[test]
fn all_states_can_be_reached_and_no_event_is_ambiguous() {
    check(&[Upload::Creating, Upload::Copying]);
    check(&[Transcode::Un]);
    check(&[Snapshots::Un]);
    check(&[Review::Un]);
    check(&[Publication::Unpublished]);
    check(&[Storage::Standard]);
    check(&[TaskStatus::Waiting]);
}
