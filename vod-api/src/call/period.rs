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

    /// The parts of a period that is too short for halves; `None` if it starts and ends with the
    /// same second.
    ///
    /// If both limits belong to a period, each of its seconds is a part. If one of them does, it is
    /// the parts from one second to the next that have one second each. If neither does, the parts
    /// have none: the whole period has one second, and there is no shorter one that has it.
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

    /// The second that a period has if it cannot be divided; the limits if it is one of them.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds of a period, if its limits belong to it or not.
    fn seconds(period: Period, (from, to): (bool, bool)) -> Vec<i64> {
        let first = period.from.unwrap() + i64::from(!from);
        let end = period.to.unwrap() + i64::from(to);
        (first..end).collect()
    }

    #[test]
    fn parts_have_all_seconds_however_limits_are_read() {
        let readings = [(true, true), (true, false), (false, true), (false, false)];
        for width in 1..20 {
            let whole = Period {
                from: Some(100),
                to: Some(100 + width),
            };
            let halves = whole.halves().map(Vec::from);
            assert_eq!(halves.is_some(), width > 2);
            let parts = halves.or_else(|| whole.seconds()).unwrap();
            for reading in readings {
                let due = seconds(whole, reading);
                let mut found: Vec<_> = parts.iter().flat_map(|it| seconds(*it, reading)).collect();
                found.sort_unstable();
                found.dedup();
                // One second that is listed as the whole period and as no part of it.
                let is_one = width < 3 && due.len() == 1 && found.is_empty();
                assert!(found == due || is_one, "{width} {reading:?}: {found:?}");
            }
            let is_shorter = |it: &Period| it.to.unwrap() - it.from.unwrap() < width;
            assert!(parts.iter().all(is_shorter), "{width}");
        }
    }

    #[test]
    fn one_second_has_no_parts() {
        let second = Period {
            from: Some(7),
            to: Some(7),
        };
        assert_eq!((second.halves(), second.seconds()), (None, None));
        assert_eq!(second.second(), (7, 7));
    }

    #[test]
    fn a_period_without_a_start_is_halved_from_1970_on() {
        let all = Period {
            from: None,
            to: Some(1000),
        };
        let [first, second] = all.halves().unwrap();
        assert_eq!((first.from, first.to), (None, Some(501)));
        assert_eq!((second.from, second.to), (Some(500), Some(1000)));
    }
}
