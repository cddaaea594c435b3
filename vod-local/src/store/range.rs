//! The header `Range`.

use super::refusal::Refusal;

/// The bytes that are asked for, as start and end; `None` if all are.
pub(super) fn read(header: Option<&str>, size: u64) -> Result<Option<(u64, u64)>, Refusal> {
    // What is not understood is ignored, as HTTP has it; several ranges are not understood.
    let Some(asked) = header.and_then(parse) else {
        return Ok(None);
    };
    let (start, end) = match asked {
        Asked::From(start) => (start, size),
        Asked::FromTo(start, last) => (start, size.min(last.saturating_add(1))),
        Asked::Last(count) => (size.saturating_sub(count), size),
    };
    if start < end {
        Ok(Some((start, end)))
    } else {
        Err(Refusal::InvalidRange)
    }
}

enum Asked {
    From(u64),
    FromTo(u64, u64),
    Last(u64),
}

fn parse(text: &str) -> Option<Asked> {
    let (start, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    match (start, last) {
        ("", count) => Some(Asked::Last(count.parse().ok()?)),
        (start, "") => Some(Asked::From(start.parse().ok()?)),
        (start, last) => {
            let (start, last) = (start.parse().ok()?, last.parse().ok()?);
            (start <= last).then_some(Asked::FromTo(start, last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        struct Case {
            header: &'static str,
            read: Result<Option<(u64, u64)>, Refusal>,
        }

        let cases = [
            Case {
                header: "bytes=2-4",
                read: Ok(Some((2, 5))),
            },
            Case {
                header: "bytes=2-",
                read: Ok(Some((2, 10))),
            },
            Case {
                header: "bytes=-3",
                read: Ok(Some((7, 10))),
            },
            Case {
                header: "bytes=-30",
                read: Ok(Some((0, 10))),
            },
            Case {
                header: "bytes=8-30",
                read: Ok(Some((8, 10))),
            },
            Case {
                header: "bytes=10-",
                read: Err(Refusal::InvalidRange),
            },
            Case {
                header: "bytes=-0",
                read: Err(Refusal::InvalidRange),
            },
            Case {
                header: "bytes=4-2",
                read: Ok(None),
            },
            Case {
                header: "bytes=0-1,4-5",
                read: Ok(None),
            },
            Case {
                header: "lines=0-1",
                read: Ok(None),
            },
        ];
        for Case { header, read } in cases {
            assert_eq!(super::read(Some(header), 10), read, "{header}");
        }
        assert_eq!(super::read(None, 10), Ok(None));
    }
}
