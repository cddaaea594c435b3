//! How far a file is, in one line.

use std::time::Duration;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::{bytes, seconds};

/// How far a file is, or several together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Transfer {
    /// Bytes that were sent.
    pub(crate) sent: u64,
    /// Of so many.
    pub(crate) total: u64,
    /// Bytes per second.
    pub(crate) rate: f64,
    /// Parts that have arrived, and all parts; none of a file in one piece.
    pub(crate) parts: Option<(u32, u32)>,
    pub(crate) activity: Activity,
}

/// What is being done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Activity {
    /// Bytes are sent.
    #[default]
    Sending,
    /// Something that has no measure: one word.
    Step(&'static str),
    /// A task of the service is waited for: its states, and for how long.
    Waiting(String, Duration),
}

/// What stands behind the bar.
#[derive(Debug, Clone, Copy)]
enum Field {
    Percent,
    Amount,
    Rate,
    Parts,
    Left,
}

/// Which fields there are, for wide terminals first.
const LAYOUTS: [&[Field]; 5] = [
    &[Field::Amount, Field::Rate, Field::Parts, Field::Left],
    &[Field::Amount, Field::Rate, Field::Left],
    &[Field::Percent, Field::Rate, Field::Left],
    &[Field::Percent, Field::Rate],
    &[Field::Percent],
];
/// Between two fields.
const GAP: usize = 2;
/// Name and bar have at least so many columns.
const NARROWEST: usize = 19;
const WIDEST_BAR: usize = 24;
const WIDEST_NAME: usize = 40;

impl Transfer {
    /// The line, under a name, with fewer columns than `width`. All names of a block have the same
    /// width on the screen, which is at most `name_width`.
    pub(super) fn line(&self, name: &str, (width, name_width): (usize, usize)) -> String {
        // A line as wide as the terminal would move the cursor to the next one.
        let width = width.saturating_sub(1);
        if let Activity::Waiting(states, elapsed) = &self.activity {
            let name = padded(&cut(name, width.min(name_width)), name_width.min(width));
            let waited = seconds(elapsed.as_secs());
            return end_cut(&format!("{name}  {states}, {waited}"), width);
        }
        let taken = |fields: &[Field]| fields.iter().map(|it| it.width() + GAP).sum::<usize>();
        let fits = |fields: &&&[Field]| taken(fields) + NARROWEST <= width;
        let fields = LAYOUTS.iter().find(fits).copied().unwrap_or(&[]);
        let room = width.saturating_sub(taken(fields));
        // The name has at most half, unless the bar has as much as it can use.
        let room = room.saturating_sub(GAP);
        let most = (room / 2).max(room.saturating_sub(WIDEST_BAR));
        let name_width = name_width.min(WIDEST_NAME).min(most);
        let bar = (room - name_width).min(WIDEST_BAR);
        let mut line = padded(&cut(name, name_width), name_width);
        line.push_str("  ");
        line.push_str(&self.bar(bar));
        for field in fields {
            let text = field.text(self);
            let padding = field.width().saturating_sub(text.width()) + GAP;
            line.push_str(&" ".repeat(padding));
            line.push_str(&text);
        }
        line.trim_end().to_owned()
    }

    /// The same without a bar, for logs.
    pub(super) fn summary(&self) -> String {
        match &self.activity {
            Activity::Waiting(states, elapsed) => {
                format!("{states}, {}", seconds(elapsed.as_secs()))
            }
            Activity::Step(step) => (*step).to_owned(),
            Activity::Sending => {
                let fields = [Field::Rate, Field::Parts, Field::Left].map(|it| it.text(self));
                let mut text = format!("{} % of {}", self.percent(), bytes(self.total));
                for field in fields.iter().filter(|it| !it.is_empty()) {
                    text.push_str(", ");
                    text.push_str(field);
                }
                text
            }
        }
    }

    /// How much is done, rounded down: 100 is all of it.
    pub(super) fn percent(&self) -> u64 {
        let percent = u128::from(self.sent) * 100 / u128::from(self.total.max(1));
        u64::try_from(percent).unwrap_or(100).min(100)
    }

    fn bar(&self, width: usize) -> String {
        // In eighths of a column.
        let whole = (width * 8) as u128;
        let done = whole * u128::from(self.sent.min(self.total)) / u128::from(self.total.max(1));
        let done = usize::try_from(done).unwrap_or(0);
        let mut bar = "█".repeat(done / 8);
        bar.extend(EIGHTHS.get(done % 8).filter(|_| done % 8 > 0));
        padded(&bar, width)
    }

    fn left(&self) -> Option<Duration> {
        let left = self.total.saturating_sub(self.sent) as f64 / self.rate;
        // Longer than a week is not known.
        (self.sent > 0 && left.is_finite() && left < 604_800.0)
            .then(|| Duration::from_secs_f64(left.ceil()))
    }
}

const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

impl Field {
    /// The columns of its longest text, so that nothing moves when it gets longer.
    fn width(self) -> usize {
        match self {
            Self::Percent => "100 %".len(),
            Self::Amount => "999.9 MB / 999.9 MB".len(),
            Self::Rate => "999.9 MB/s".len(),
            Self::Parts => "999/999 parts".len(),
            Self::Left => "1:02:11 left".len(),
        }
    }

    fn text(self, transfer: &Transfer) -> String {
        match (self, &transfer.activity) {
            (Self::Percent, _) => format!("{} %", transfer.percent()),
            (Self::Amount, _) => {
                format!("{} / {}", bytes(transfer.sent), bytes(transfer.total))
            }
            (Self::Rate, Activity::Step(step)) => (*step).to_owned(),
            (Self::Rate, _) if transfer.rate < 1.0 => String::new(),
            (Self::Rate, _) => format!("{}/s", bytes(transfer.rate as u64)),
            (Self::Parts, _) => match transfer.parts {
                Some((stored, all)) if all > 0 => format!("{stored}/{all} parts"),
                _ => String::new(),
            },
            (Self::Left, Activity::Sending) => match transfer.left() {
                Some(left) => format!("{} left", seconds(left.as_secs())),
                None => String::new(),
            },
            (Self::Left, _) => String::new(),
        }
    }
}

/// The end of a name that fits, which tells files of a folder apart.
fn cut(name: &str, width: usize) -> String {
    if name.width() <= width {
        return name.to_owned();
    }
    let (mut taken, mut start) = (1, name.len());
    for (at, letter) in name.char_indices().rev() {
        taken += letter.width().unwrap_or(0);
        if taken > width {
            break;
        }
        start = at;
    }
    format!("…{}", name.get(start..).unwrap_or_default())
}

/// The start of a line that fits.
fn end_cut(line: &str, width: usize) -> String {
    let mut taken = 0;
    let fits = |letter: &char| {
        taken += letter.width().unwrap_or(0);
        taken <= width
    };
    line.chars().take_while(fits).collect()
}

fn padded(text: &str, width: usize) -> String {
    let padding = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(padding))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Transfer = Transfer {
        sent: 744_000_000,
        total: 1_200_000_000,
        rate: 38_000_000.0,
        parts: Some((37, 60)),
        activity: Activity::Sending,
    };

    fn shown(width: usize) -> String {
        HALF.line("holidays.mp4", (width, 12))
    }

    #[test]
    fn a_line_has_what_the_terminal_has_room_for() {
        let widths = [100, 80, 60, 40, 30, 12, 3];
        let lines = widths.map(|width| {
            let line = shown(width);
            assert!(line.width() < width, "{width} columns");
            format!("{width:3}: {line}")
        });
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn names_are_cut_by_the_columns_that_they_take() {
        for (name, width, expected) in [
            ("holidays.mp4", 12, "holidays.mp4"),
            ("holidays.mp4", 9, "…days.mp4"),
            ("夏天的视频.mp4", 10, "…视频.mp4"),
            ("e\u{301}te\u{301}.mp4", 7, "e\u{301}te\u{301}.mp4"),
            ("holidays.mp4", 0, "…"),
        ] {
            let cut = cut(name, width);
            assert_eq!(cut, expected);
        }
    }

    #[test]
    fn the_states_of_a_task_stand_in_place_of_the_bar() {
        let waiting = Transfer {
            activity: Activity::Waiting("PROCESSING".to_owned(), Duration::from_secs(31)),
            ..Transfer::default()
        };
        let line = waiting.line("holidays.mp4", (40, 12));
        assert_eq!(line, "holidays.mp4  PROCESSING, 0:31");
        assert_eq!(
            waiting.line("holidays.mp4", (20, 12)),
            "holidays.mp4  PROCE"
        );
    }

    #[test]
    fn a_log_has_words() {
        assert_eq!(
            HALF.summary(),
            "62 % of 1.2 GB, 38.0 MB/s, 37/60 parts, 0:12 left"
        );
        let joining = Transfer {
            activity: Activity::Step("joining"),
            ..HALF
        };
        assert_eq!(joining.summary(), "joining");
    }
}
