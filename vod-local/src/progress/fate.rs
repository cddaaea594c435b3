//! What becomes of a task, as the title of its media asset says.

use vod_api::codes;

use crate::state::Work;

/// How a task will end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// The code of the error; none if it succeeds.
    pub(super) fails_with: Option<String>,
    pub(super) slow: bool,
}

/// Reads the marks in a title: `[fail]`, `[fail:VOD.10092]` and `[slow]`.
pub(super) fn of(title: &str, work: Work) -> Fate {
    let code = || {
        let (_, rest) = title.split_once("[fail")?;
        let (mark, _) = rest.split_once(']')?;
        match mark.strip_prefix(':') {
            Some(code) => Some(code.trim().to_owned()),
            None => mark.is_empty().then(|| default_code(work).to_owned()),
        }
    };
    Fate {
        fails_with: code(),
        slow: title.contains("[slow]"),
    }
}

/// Whether work fails on a media asset with this title.
pub(crate) fn fails(title: &str, work: Work) -> bool {
    of(title, work).fails_with.is_some()
}

/// What a review finds, by the marks `[block]` and `[suspicious]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    Nothing,
    Suspicious,
    Blocked,
}

pub(super) fn finding(title: &str) -> Finding {
    if title.contains("[block]") {
        Finding::Blocked
    } else if title.contains("[suspicious]") {
        Finding::Suspicious
    } else {
        Finding::Nothing
    }
}

/// What a task fails with, where nothing says it.
pub(crate) fn default_code(work: Work) -> &'static str {
    match work {
        Work::Transcode => codes::TRANSCODING_FAILED,
        Work::Thumbnail => codes::SNAPSHOT_FAILED,
        Work::Review => codes::REVIEW_FAILED,
        Work::Copy => codes::OBS_SOURCE_UNREADABLE,
        Work::Pull => codes::URL_FETCH_FAILED,
        _ => codes::INTERNAL_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_decide() {
        struct Case {
            title: &'static str,
            fails_with: Option<&'static str>,
            slow: bool,
        }

        let case = |title, fails_with, slow| Case {
            title,
            fails_with,
            slow,
        };
        let cases = [
            case("Holidays", None, false),
            case("a [fail]", Some("VOD.10092"), false),
            case("[fail:VOD.10051] [slow]", Some("VOD.10051"), true),
            case("[failure] [slow", None, false),
            case("[fail", None, false),
        ];
        for Case {
            title,
            fails_with,
            slow,
        } in cases
        {
            let fails_with = fails_with.map(str::to_owned);
            assert_eq!(
                of(title, Work::Transcode),
                Fate { fails_with, slow },
                "{title}"
            );
        }
        assert_eq!(finding("x [block] y"), Finding::Blocked);
        assert_eq!(finding("[suspicious]"), Finding::Suspicious);
        assert_eq!(finding("block"), Finding::Nothing);
    }
}
