//! A table for people: columns side by side, cut to the width of the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two columns.
const GAP: &str = "  ";
/// A column is not cut to less than this.
const NARROWEST: usize = 8;

/// The lines of a table. `header` can be empty; `width` is that of the terminal, if there is one.
pub(super) fn table(header: &[String], rows: &[Vec<String>], width: Option<usize>) -> String {
    let lines: Vec<&[String]> = std::iter::once(header)
        .filter(|header| !header.is_empty())
        .chain(rows.iter().map(Vec::as_slice))
        .collect();
    let count = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count)
        .map(|at| {
            let cells = lines.iter().filter_map(|line| line.get(at));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    if let Some(width) = width {
        fit(&mut widths, width);
    }
    let mut text = String::new();
    for line in lines {
        let mut shown = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            if !shown.is_empty() {
                shown.push_str(GAP);
            }
            let cell = cut(cell, *width);
            let padding = width.saturating_sub(cell.width());
            shown.push_str(&cell);
            shown.push_str(&" ".repeat(padding));
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    text
}

/// Makes the widest columns narrower until all fit.
fn fit(widths: &mut [usize], width: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    loop {
        let total: usize = widths.iter().sum::<usize>() + gaps;
        let over = total.saturating_sub(width);
        let Some(widest) = widths.iter_mut().max() else {
            return;
        };
        if over == 0 || *widest <= NARROWEST {
            return;
        }
        *widest -= 1;
    }
}

/// The start of a text that fits, with a sign that there is more.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut start = String::new();
    let mut taken = 1;
    for letter in text.chars() {
        taken += letter.width().unwrap_or(0);
        if taken > width {
            break;
        }
        start.push(letter);
    }
    start.push('…');
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &[&[&str]], width: Option<usize>) -> String {
        let mut rows = rows.iter().map(|row| {
            row.iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        });
        let header = rows.next().unwrap();
        table(&header, &rows.collect::<Vec<_>>(), width)
    }

    #[test]
    fn columns_stand_side_by_side() {
        let rows: &[&[&str]] = &[&["ID", "TITLE"], &["1", "视频"], &["22", "b"]];
        assert_eq!(shown(rows, None), "ID  TITLE\n1   视频\n22  b\n");
    }

    #[test]
    fn wide_columns_are_cut_to_the_terminal() {
        let rows: &[&[&str]] = &[
            &["ID", "TITLE"],
            &["1", "视频视频视频视频"],
            &["2", "abcdefghijklm"],
        ];
        assert_eq!(
            shown(rows, Some(14)),
            "ID  TITLE\n1   视频视频…\n2   abcdefghi…\n"
        );
        // No column is cut to nothing.
        assert_eq!(
            shown(rows, Some(1)),
            "ID  TITLE\n1   视频视…\n2   abcdefg…\n"
        );
    }
}
