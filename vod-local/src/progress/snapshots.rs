//! Which snapshots there are.

use serde_json::Value;

/// The default interval, in seconds.
const INTERVAL: i64 = 12;
/// How many snapshots a task has at most.
const MOST: usize = 20_480;

/// How the moments of snapshots are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Time,
    Dots,
    Quantity,
}

impl Kind {
    /// As the settings of a task say.
    pub(crate) fn of(settings: &Value) -> Self {
        match settings["type"].as_str() {
            Some("dots") => Self::Dots,
            Some("quantity") => Self::Quantity,
            _ => Self::Time,
        }
    }

    /// The member of a reply that has such snapshots, which is a part of their URLs, too.
    pub(crate) fn member(self) -> &'static str {
        match self {
            Self::Time => "sample",
            Self::Dots => "dots",
            Self::Quantity => "quantity",
        }
    }
}

/// The moments of the snapshots in seconds, for a video of so many.
pub(crate) fn offsets(settings: &Value, duration: i64) -> Vec<i64> {
    let number = |name: &str| settings[name].as_i64();
    let every = |step: i64| (0..=duration).step_by(usize::try_from(step.max(1)).unwrap_or(1));
    match Kind::of(settings) {
        Kind::Dots => {
            let dots = settings["dots"].as_array().into_iter().flatten();
            dots.filter_map(Value::as_i64).take(MOST).collect()
        }
        Kind::Quantity => {
            let quantity = number("quantity").unwrap_or(1).max(1);
            let step = number("quantity_time").filter(|step| *step > 0);
            let step = step.unwrap_or(duration / quantity);
            let count = usize::try_from(quantity).unwrap_or(1);
            every(step).take(count).collect()
        }
        Kind::Time => match number("time").unwrap_or(INTERVAL) {
            0 => vec![0],
            step => every(step).take(MOST).collect(),
        },
    }
}

/// The end of the URL of a snapshot of a task.
pub(crate) fn snapshot_file(kind: Kind, task_id: &str, index: usize) -> String {
    let task = task_id.get(..8).unwrap_or(task_id);
    format!("snapshot/{}/{task}_{index}.jpg", kind.member())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_decide_when_snapshots_are_taken() {
        let cases = [
            (json!({"type": "time"}), vec![0, 12, 24, 36, 48, 60]),
            (json!({"type": "time", "time": 30}), vec![0, 30, 60]),
            (json!({"type": "time", "time": 0}), vec![0]),
            (json!({"type": "dots", "dots": [1, 5]}), vec![1, 5]),
            (json!({"type": "quantity", "quantity": 3}), vec![0, 20, 40]),
            (
                json!({"type": "quantity", "quantity": 2, "quantity_time": 7}),
                vec![0, 7],
            ),
        ];
        for (settings, wanted) in cases {
            assert_eq!(offsets(&settings, 60), wanted, "{settings}");
        }
    }
}
