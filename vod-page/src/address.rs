//! The addresses of what pages state.

use std::borrow::Borrow;
use std::fmt;

/// The part of a page that an address begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// Method and path: `http.method`.
    Http,
    /// The parameters in the path.
    Path,
    /// The parameters in the query.
    Query,
    /// The headers of the request.
    Header,
    /// The fields of the body of the request.
    Body,
    /// A reply, by its status: `response.200`.
    Response,
    /// A nested type, by its name: `type.Item`.
    Type,
    /// The table of permissions: `permission.action`.
    Permission,
    /// An example: `example.request`, or `example.200` for that of a reply.
    Example,
    /// The date of the page.
    Updated,
    /// The title of the page.
    Title,
    /// What the page says of the operation as a whole.
    Description,
    /// The page itself, or an unknown part of it.
    Page,
}

impl Subject {
    const ALL: &'static [Self] = &[
        Self::Http,
        Self::Path,
        Self::Query,
        Self::Header,
        Self::Body,
        Self::Response,
        Self::Type,
        Self::Permission,
        Self::Example,
        Self::Updated,
        Self::Title,
        Self::Description,
        Self::Page,
    ];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
            Self::Response => "response",
            Self::Type => "type",
            Self::Permission => "permission",
            Self::Example => "example",
            Self::Updated => "updated",
            Self::Title => "title",
            Self::Description => "description",
            Self::Page => "page",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where something stands that a page states: `query.task_id`, `response.200`, `type.Item.name`.
///
/// An address is a subject and names below it, with a `.` between them. Names are those of the
/// page, and can have a `.` or spaces of their own; so two addresses are the same if they are
/// printed the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The address of something in a part of a page: `Address::of(Subject::Response, 200)`.
    pub fn of(subject: Subject, name: impl fmt::Display) -> Self {
        Self(format!("{subject}.{name}"))
    }

    /// The address of something within this: a field of a type, a value of a field.
    #[must_use]
    pub fn member(&self, name: impl fmt::Display) -> Self {
        Self(format!("{self}.{name}"))
    }

    /// Reads an address that a person has written. `None` if no page can have anything there.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, rest) = text.split_once('.').unwrap_or((text, ""));
        let parts = || rest.split('.').filter(|_| !rest.is_empty());
        if parts().any(str::is_empty) || text.contains(char::is_whitespace) {
            return None;
        }
        let is_status = |part: &str| part.len() == 3 && part.chars().all(|c| c.is_ascii_digit());
        let subject = Subject::ALL.iter().find(|it| it.as_str() == first)?;
        let is_one = match subject {
            Subject::Updated | Subject::Title | Subject::Description | Subject::Page => {
                rest.is_empty() && !text.ends_with('.')
            }
            Subject::Http => matches!(rest, "method" | "path"),
            Subject::Permission => matches!(
                rest,
                "action" | "access" | "resource" | "condition_keys" | "alias" | "dependencies"
            ),
            Subject::Path | Subject::Query | Subject::Header | Subject::Type => parts().count() > 0,
            // The body as a whole is something as well.
            Subject::Body => !text.ends_with('.'),
            Subject::Response => parts().next().is_some_and(is_status),
            Subject::Example => rest == "request" || is_status(rest),
        };
        is_one.then(|| Self(text.to_owned()))
    }

    /// Takes up an address as it was printed. It is not checked: names of pages can be anything.
    pub fn from_printed(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part of the page, if the address begins with one.
    pub fn subject(&self) -> Option<Subject> {
        let first = self.0.split('.').next().unwrap_or_default();
        Subject::ALL.iter().copied().find(|it| it.as_str() == first)
    }

    /// Whether this is `outer`, or something within it.
    pub fn is_within(&self, outer: &Self) -> bool {
        self.below(outer).is_some()
    }

    /// The same thing if `from` is called `to`. `None` if it is not within `from`.
    pub fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        let rest = self.below(from)?;
        Some(Self(format!("{to}{rest}")))
    }

    /// What stands behind `outer`: nothing, or names with a `.` before each.
    fn below(&self, outer: &Self) -> Option<&str> {
        let rest = self.0.strip_prefix(outer.as_str())?;
        (rest.is_empty() || rest.starts_with('.')).then_some(rest)
    }
}

impl From<Subject> for Address {
    fn from(subject: Subject) -> Self {
        Self(subject.as_str().to_owned())
    }
}

impl Borrow<str> for Address {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Address {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Address {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_where() {
        for text in [
            "title",
            "http.path",
            "query.task_id",
            "header.X-Auth-Token",
            "body",
            "body.kind.OLD",
            "response.200",
            "response.200.items",
            "type.Item.state.DONE",
            "permission.action",
            "example.200",
            "example.request",
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(address, text);
            assert!(address.subject().is_some(), "{text}");
        }
        for text in [
            "",
            "query",
            "query.",
            "query..a",
            "title.",
            "title.x",
            "body.",
            "http.body",
            "response.ok",
            "permission",
            "example.20",
            "cookie.a",
            "query.a b",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_within_moves_along() {
        let [book, field] = ["type.Book", "type.Book.title"].map(Address::from_printed);
        let [books, paper] = ["type.Books", "type.Paper"].map(Address::from_printed);
        assert_eq!(book.member("title"), field);
        assert_eq!(Address::of(Subject::Type, "Book"), book);
        assert!(field.is_within(&book) && book.is_within(&book));
        assert!(!books.is_within(&book) && !book.is_within(&field));
        assert_eq!(field.moved(&book, &paper), Some(paper.member("title")));
        assert_eq!(books.moved(&book, &paper), None);
    }
}
