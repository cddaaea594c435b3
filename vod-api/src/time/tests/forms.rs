//! The forms that the docs name.

use super::*;

const FORMATS: [TimeFormat; 6] = [
    TimeFormat::Compact,
    TimeFormat::Midnight,
    TimeFormat::Day,
    TimeFormat::Spaced,
    TimeFormat::Rfc3339,
    TimeFormat::Seconds,
];

#[test]
fn forms_are_checked_exactly() {
    let cases: [(TimeFormat, &[&str]); 6] = [
        (
            TimeFormat::Compact,
            &[
                "20260102030405",
                "20240229235959",
                "00010101000001",
                "99991231235959",
            ],
        ),
        (TimeFormat::Midnight, &["20260102000000", "99991231000000"]),
        (TimeFormat::Day, &["20260102", "20240229"]),
        (TimeFormat::Spaced, &["2026-01-02 03:04:05"]),
        (
            TimeFormat::Rfc3339,
            &[
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.1Z",
                "2026-01-02T03:04:05.1234567890+08:00",
                "2026-01-02T03:04:05-05:30",
            ],
        ),
        (TimeFormat::Seconds, &["0", "1767323045", "253402300799"]),
    ];
    for (format, texts) in cases {
        assert!(format.matches(format.example()), "{format:?}");
        for text in texts {
            for other in FORMATS {
                // A midnight is a time as well.
                let expected = other == format
                    || (format, other) == (TimeFormat::Midnight, TimeFormat::Compact)
                    || (format, other) == (TimeFormat::Day, TimeFormat::Seconds);
                assert_eq!(other.matches(text), expected, "{other:?} {text}");
            }
        }
    }
}

#[test]
fn what_is_not_of_the_form_is_refused() {
    let cases: [(TimeFormat, &[&str]); 6] = [
        (
            TimeFormat::Compact,
            &[
                "",
                " ",
                "now",
                "2025-01-01",
                "20260102",
                "202601020304",
                "20260102T030405",
                "20260102T030405Z",
                "2026010203040５",
                " 20260102030405",
                "20260102030405 ",
                "2026010203040\0",
                "1767323045000",
            ],
        ),
        (
            TimeFormat::Midnight,
            &["20260102000001", "20260102", "2026-01-02 00:00:00"],
        ),
        (
            TimeFormat::Day,
            &["2026-01-02", "20260102000000", "2026010"],
        ),
        (
            TimeFormat::Spaced,
            &[
                "2026-01-02T03:04:05",
                "2026-01-02 03:04",
                "2026-01-02 03:04:05Z",
                "20260102030405",
            ],
        ),
        (
            TimeFormat::Rfc3339,
            &[
                "2026-01-02T03:04:05",
                "2026-01-02 03:04:05Z",
                "2026-01-02t03:04:05z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05,5Z",
                "2026-01-02T03:04:05+0800",
                "2026-01-02T03:04:05+08",
                "2026-01-02T03:04:05ZZ",
                "20260102T030405Z",
            ],
        ),
        (
            TimeFormat::Seconds,
            &["", "-1", "+1", "1.5", "01", "1e9", "2026-01-02"],
        ),
    ];
    for (format, texts) in cases {
        for text in texts {
            let error = format.check(text).unwrap_err();
            let form = format!(
                "in the form {:?}, as in {:?}",
                format.pattern(),
                format.example()
            );
            assert!(error.to_string().contains(&form), "{text}: {error}");
        }
    }
}

#[test]
fn what_does_not_exist_is_refused() {
    for (format, text) in [
        (TimeFormat::Compact, "20260230000000"),
        (TimeFormat::Compact, "20260102240000"),
        (TimeFormat::Compact, "20260102006000"),
        (TimeFormat::Compact, "20260102030460"),
        (TimeFormat::Compact, "00000101000000"),
        (TimeFormat::Midnight, "20230229000000"),
        (TimeFormat::Day, "20261301"),
        (TimeFormat::Spaced, "2026-00-02 03:04:05"),
        (TimeFormat::Rfc3339, "2026-02-30T03:04:05Z"),
        (TimeFormat::Rfc3339, "2026-01-02T03:04:05+24:00"),
        // Milliseconds.
        (TimeFormat::Seconds, "1767323045000"),
        (TimeFormat::Seconds, "99999999999999999999"),
    ] {
        let error = format.check(text).unwrap_err();
        assert!(
            error.to_string().ends_with("is not a time that exists"),
            "{text}: {error}"
        );
        assert_eq!(error.format(), format);
    }
}

#[test]
fn errors_say_what_is_due() {
    let error = "2025-01-01".parse::<Time<Compact>>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#""2025-01-01" is not in the form "yyyymmddhhmmss", as in "20260320081500""#
    );
    let error = "20260230000000".parse::<Time<Compact>>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#""20260230000000" has the form "yyyymmddhhmmss", but is not a time that exists"#
    );
    let error = format!("\n{}", "é".repeat(100))
        .parse::<Time<Day>>()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            r#""\n{}"… is not in the form "yyyymmdd", as in "20260320""#,
            "é".repeat(39)
        )
    );
}
