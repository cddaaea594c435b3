//! A table for people: columns side by side, cut to the width of the terminal. Ids stay whole, as people copy them: where
//! there is no room, other columns are left out, the last first.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two columns.
const GAP: &str = "  ";
/// A column is not cut to less than this: beside an id, one is still seen in a terminal with 40 columns.
const NARROWEST: usize = 6;

/// The lines of a table. `header` can be empty; `whole` says which columns are not cut; `width` is that of the terminal, if
/// there is one.
pub(super) fn table(
    header: &[String],
    rows: &[Vec<String>],
    whole: &[bool],
    width: Option<usize>,
) -> String {
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
        fit(&mut widths, whole, width);
    }
    let mut text = String::new();
    for line in lines {
        let mut shown = String::new();
        let columns = line.iter().zip(&widths);
        for (cell, width) in columns.filter(|(_, width)| **width > 0) {
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

/// Makes the widest columns narrower until all fit, then leaves out the last ones: their width is 0 then.
fn fit(widths: &mut [usize], whole: &[bool], width: usize) {
    let is_whole = |at: usize| whole.get(at).copied().unwrap_or(false);
    loop {
        let shown = widths.iter().filter(|width| **width > 0);
        let gaps = GAP.len() * shown.count().saturating_sub(1);
        if widths.iter().sum::<usize>() + gaps <= width {
            return;
        }
        let others = widths.iter_mut().enumerate();
        let mut others: Vec<_> = others
            .filter(|(at, width)| !is_whole(*at) && **width > 0)
            .map(|(_, width)| width)
            .collect();
        // Something is always shown.
        let is_alone = others.len() == 1 && !whole.contains(&true);
        let widest = others.iter_mut().max();
        match widest.filter(|widest| ***widest > NARROWEST) {
            Some(widest) => **widest -= 1,
            None if is_alone => return,
            None => match others.pop() {
                Some(last) => *last = 0,
                None => return,
            },
        }
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
        table(&header, &rows.collect::<Vec<_>>(), &[true, false], width)
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
    }

    #[test]
    fn ids_stay_whole_and_other_columns_are_left_out() {
        let rows: &[&[&str]] = &[&["ID", "TITLE"], &["0123456789abcdef", "abcdefghijklm"]];
        assert_eq!(
            shown(rows, Some(24)),
            "ID                TITLE\n0123456789abcdef  abcde…\n"
        );
        assert_eq!(shown(rows, Some(23)), "ID\n0123456789abcdef\n");
        assert_eq!(shown(rows, Some(1)), "ID\n0123456789abcdef\n");
        let cells = [vec!["a film".to_owned(), "another one".to_owned()]];
        assert_eq!(table(&[], &cells, &[], Some(1)), "a film\n");
    }
}
