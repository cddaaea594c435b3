//! A period of a list, and how it is divided.

/// A period, from and to a second since 1970; `None` is a limit that is not sent. Whether these
/// seconds belong to it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

impl Period {
    /// Two periods that have all its seconds, whether their limits belong to them or not; `None` if
    /// it is too short.
    pub(super) fn halves(self) -> Option<[Self; 2]> {
        let (from, to) = self.limits();
        let middle = from.midpoint(to);
        // The first has the second in the middle if neither limit belongs to it.
        let (first, second) = (self.until(middle + 1), self.since(middle));
        (to - from > 2).then_some([first, second])
    }

    /// The single seconds of a short period, for a service that counts at least one of the limits;
    /// `None` if it has but one second.
    ///
    /// Where both limits count, two seconds and more are too many, and this finds them one by one.
    /// Where one counts, those with one limit more than the other have one second each.
    pub(super) fn seconds(self) -> Option<Vec<Self>> {
        let (from, to) = self.limits();
        let inside = from + 1;
        match to - from {
            1 => Some(vec![self.until(from), self.since(to)]),
            2 => Some(vec![
                self.until(inside),
                self.since(inside).until(inside),
                self.since(inside),
            ]),
            _ => None,
        }
    }

    /// The second that a period has if it cannot be divided; two seconds if it is one of these.
    pub(super) fn second(self) -> (i64, i64) {
        match self.limits() {
            (from, to) if to - from == 2 => (from + 1, from + 1),
            limits => limits,
        }
    }

    fn limits(self) -> (i64, i64) {
        (self.from.unwrap_or(0), self.to.unwrap_or(i64::MAX / 2))
    }

    fn until(self, to: i64) -> Self {
        Self {
            to: Some(to),
            ..self
        }
    }

    fn since(self, from: i64) -> Self {
        Self {
            from: Some(from),
            ..self
        }
    }
}
