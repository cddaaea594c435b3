//! The links and dates of HTML that is no page of an operation.

/// A link, as it is written, and its text on one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) href: &'a str,
    pub(super) text: String,
}

/// The links of a text.
pub(super) fn links(html: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<a") {
        rest = after;
        let Some((tag, content)) = after.split_once('>') else {
            break;
        };
        let Some(href) = tag
            .starts_with(char::is_whitespace)
            .then(|| href(tag))
            .flatten()
        else {
            continue;
        };
        let content = content.split("</a").next().unwrap_or_default();
        let text = text(content);
        links.push(Link { href, text });
    }
    links
}

fn href(tag: &str) -> Option<&str> {
    let (_, after) = tag.split_once("href=")?;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after.get(1..)?.split(quote).next()
}

/// The text without tags, on one line.
fn text(html: &str) -> String {
    let mut text = String::new();
    for (index, part) in html.split('<').enumerate() {
        let part = if index == 0 {
            part
        } else {
            part.split_once('>').map_or("", |(_, after)| after)
        };
        text.push_str(part);
    }
    let text = text
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The newest date, `YYYY-MM-DD`, in a cell of a table.
pub(super) fn newest_date(html: &str) -> Option<&str> {
    let cells = html.split("<td").skip(1);
    let cells = cells.map(|cell| cell.split("</td").next().unwrap_or_default());
    cells.flat_map(dates).max()
}

fn dates(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| {
        let date = text.get(at..at + 10)?;
        let is_date = date.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        is_date.then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_their_text_on_one_line() {
        let html = "<abbr href=\"no\">x</abbr><a target=\"_self\" href=\"/a.html\">\n <b>Lending</b>\n a \
                    Book &amp; more</a><a name='x'>none</a><a href='b.html'>B</a><a href=\"c";
        let found: Vec<_> = links(html)
            .into_iter()
            .map(|it| (it.href, it.text))
            .collect();
        let lending = "Lending a Book & more".to_owned();
        assert_eq!(found, [("/a.html", lending), ("b.html", "B".to_owned())]);
    }

    #[test]
    fn the_newest_date_is_that_of_a_cell() {
        let html = "<p>Updated on 2026-09-09</p><table><tr><td>2025-01-02</td><td>日2025-03-04</td>\
                    </tr></table> 2027-01-01";
        assert_eq!(newest_date(html), Some("2025-03-04"));
        assert_eq!(newest_date("<td>2025-1-2</td>"), None);
    }
}
