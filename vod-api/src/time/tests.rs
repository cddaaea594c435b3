use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use super::calendar::{DAY, ERA};
use super::*;

fn at(seconds: i64) -> SystemTime {
    let ahead = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH - ahead
    } else {
        SystemTime::UNIX_EPOCH + ahead
    }
}

#[test]
fn writes_and_reads() {
    for (seconds, text) in [
        (0, "19700101T000000Z"),
        (951_782_399, "20000228T235959Z"),
        (951_782_400, "20000229T000000Z"),
        (951_868_800, "20000301T000000Z"),
        (1_709_164_800, "20240229T000000Z"),
        (1_767_323_045, "20260102T030405Z"),
        (4_107_542_400, "21000301T000000Z"),
        (LAST, "99991231T235959Z"),
    ] {
        let time = at(seconds);
        assert_eq!(format_compact(time), text);
        for text in [text, &format_time(time), &format_rfc3339(time)] {
            assert_eq!(parse_time(text), Some(time), "{text}");
        }
    }
}

#[test]
fn writes_what_operations_take() {
    assert_eq!(format_time(at(1_767_323_045)), "20260102030405");
    assert_eq!(format_rfc3339(at(1_767_323_045)), "2026-01-02T03:04:05Z");
}

#[test]
fn every_form_is_read() {
    for text in [
        "20260102030405",
        "2026-01-02T03:04:05Z",
        "2026-01-02t03:04:05z",
        "2026-01-02T11:04:05+08:00",
        "2026-01-01T21:34:05-0530",
        "2026-01-02 03:04:05",
        " 20260102T030405Z ",
    ] {
        assert_eq!(parse_time(text), Some(at(1_767_323_045)), "{text}");
    }
    for text in ["20260102", "2026-01-02"] {
        assert_eq!(parse_time(text), Some(at(1_767_312_000)), "{text}");
    }
    let fraction = parse_time("2026-01-02T03:04:05.000250Z").unwrap();
    assert_eq!(fraction, at(1_767_323_045) + Duration::from_micros(250));
}

#[test]
fn every_day_comes_back() {
    // The calendar repeats after 400 years.
    let mut seconds = 0;
    while seconds < (ERA + 1000) * DAY {
        assert_eq!(parse_time(&format_compact(at(seconds))), Some(at(seconds)));
        seconds += DAY;
    }
}

#[test]
fn what_is_no_time_is_none() {
    for text in [
        "",
        "now",
        "2026",
        "202601",
        "2026010203",
        "202601020304",
        "20260230000000",
        "20230229000000",
        "21000229000000",
        "20260002000000",
        "20261302000000",
        "20260100000000",
        "20260102240000",
        "20260102006000",
        "20260102000060",
        "20260102235960+0100",
        "20260102085960",
        "19691231235959",
        "10000-01-01",
        "9999-12-31T23:59:60Z",
        "1970-01-01T00:00:00+00:01",
        "00000101000000",
        "2026-1-02T03:04:05Z",
        "2026-01-02T03:04Z",
        "2026-01-02T03:04:05:06Z",
        "2026-01-02T03:04:05.x",
        "2026-01-02T03:04:05+8",
        "2026-01-02T03:04:05+24:00",
        "+2260102T030405Z",
        "2026010２T030405Z",
        "1767323045000",
    ] {
        assert_eq!(parse_time(text), None, "{text}");
    }
}

#[test]
fn stays_in_range() {
    assert_eq!(
        format_compact(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
        "19700101T000000Z"
    );
    assert_eq!(format_compact(at(LAST + 1)), "99991231T235959Z");
}

#[test]
fn a_leap_second_is_the_second_after() {
    for text in [
        "20161231235960",
        "20161231T235960Z",
        "2016-12-31T23:59:60Z",
        "2017-01-01T07:59:60+08:00",
        "2016-12-31 23:59:60",
    ] {
        assert_eq!(parse_time(text), Some(at(1_483_228_800)), "{text}");
    }
    let late = parse_time("2016-12-31T23:59:60.5Z").unwrap();
    assert_eq!(late, at(1_483_228_800) + Duration::from_millis(500));
    assert!(TimeFormat::Compact.matches("20161231235960"));
    assert!(TimeFormat::Rfc3339.matches("2017-01-01T07:59:60+08:00"));
    assert!(!TimeFormat::Rfc3339.matches("2017-01-01T07:59:60Z"));
    let local: Time<Compact, Utc8> = "20170101075960".into();
    assert_eq!(local.to_system_time(), Some(at(1_483_228_800)));
}

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

/// In the evening in UTC; in China, it is the next day.
const EVENING: i64 = 1_773_958_500;

#[test]
fn system_times_are_written_in_the_zone() {
    fn text<F: TimeForm, Z: KnownZone>() -> String {
        Time::<F, Z>::from(at(EVENING) + Duration::from_millis(999)).into()
    }
    assert_eq!(text::<Compact, Utc>(), "20260319221500");
    assert_eq!(text::<Compact, Utc8>(), "20260320061500");
    assert_eq!(text::<Midnight, Utc>(), "20260319000000");
    assert_eq!(text::<Midnight, Utc8>(), "20260320000000");
    assert_eq!(text::<Day, Utc>(), "20260319");
    assert_eq!(text::<Day, Utc8>(), "20260320");
    assert_eq!(text::<Spaced, Utc>(), "2026-03-19 22:15:00");
    assert_eq!(text::<Spaced, Utc8>(), "2026-03-20 06:15:00");
    assert_eq!(text::<Rfc3339, Utc>(), "2026-03-19T22:15:00Z");
    assert_eq!(text::<Rfc3339, Utc8>(), "2026-03-19T22:15:00Z");
    assert_eq!(text::<Seconds, Utc>(), "1773958500");
    assert_eq!(text::<Seconds, Utc8>(), "1773958500");
}

#[test]
fn texts_are_read_in_the_zone() {
    let utc: Time<Compact> = "20260319221500".into();
    let utc8: Time<Compact, Utc8> = "20260320061500".into();
    let unstated: Time<Compact, Unstated> = "20260319171500".into();
    assert_eq!(utc.to_system_time(), Some(at(EVENING)));
    assert_eq!(utc8.to_system_time(), Some(at(EVENING)));
    let new_york = UtcOffset::from_hours(-5).unwrap();
    assert_eq!(unstated.to_system_time_at(new_york), Some(at(EVENING)));
    let day: Time<Day, Utc8> = "20260320".into();
    assert_eq!(day.to_system_time(), Some(at(1_773_936_000)));
}

#[test]
fn the_zone_of_the_text_comes_first() {
    for text in [
        "2026-03-19T22:15:00Z",
        "2026-03-20T06:15:00+08:00",
        " 20260319T221500Z\n",
    ] {
        let time: Time<Spaced, Utc8> = text.into();
        assert_eq!(time.to_system_time(), Some(at(EVENING)), "{text}");
        assert!(!time.is_well_formed());
        assert_eq!(time.as_str(), text);
    }
    // Another form without a zone is in the zone of the field.
    let time: Time<Rfc3339, Utc8> = "20260320061500".into();
    assert_eq!(time.to_system_time(), Some(at(EVENING)));
    let seconds: Time<Seconds> = "2026-03-19 22:15:00".into();
    assert_eq!(seconds.to_system_time(), Some(at(EVENING)));
}

#[test]
fn seconds_are_numbers() {
    let read = |text: &str| Time::<Seconds>::from(text).to_system_time();
    // Not the day.
    assert_eq!(read("20260320"), Some(at(20_260_320)));
    assert_eq!(read("-1"), Some(at(-1)));
    assert_eq!(read("1.25"), Some(at(1) + Duration::from_millis(250)));
    assert_eq!(read("-1.25"), None);
    assert_eq!(read("9223372036854775808"), None);
    assert_eq!(read("soon"), None);
    // The service has no seconds before 1970: they are refused when they are sent.
    let before = Time::<Seconds>::from(at(0) - Duration::from_millis(1));
    assert_eq!((before.as_str(), before.is_well_formed()), ("-1", false));
}

#[test]
fn a_time_that_cannot_be_read_is_kept() {
    for text in ["", "-", "never", "20260230000000", "00000000000000"] {
        let time: Time<Compact> = text.into();
        assert_eq!(time.to_system_time(), None, "{text}");
        assert_eq!(time.as_str(), text);
    }
}

#[test]
fn the_ends_of_the_calendar() {
    for (seconds, text) in [
        (-62_135_596_800, "00010101000000"),
        (-62_135_596_801, "00010101000000"),
        (-2_203_891_200, "19000301000000"),
        (-2_203_891_201, "19000228235959"),
        (-1, "19691231235959"),
        (LAST, "99991231235959"),
        (LAST + 1, "99991231235959"),
    ] {
        let time = Time::<Compact>::from(at(seconds));
        assert_eq!(time.as_str(), text);
        assert!(time.is_well_formed(), "{text}");
    }
    assert_eq!(
        Time::<Compact, Utc8>::from(at(LAST)).as_str(),
        "99991231235959"
    );
    let before: Time<Day> = "19691231".into();
    assert_eq!(before.to_system_time(), Some(at(-DAY)));
    assert_eq!(Time::<Seconds>::from(at(LAST + 1)).as_str(), "253402300799");
    let fraction = at(0) - Duration::from_millis(1);
    assert_eq!(Time::<Compact>::from(fraction).as_str(), "19691231235959");
    let exact: Time<Rfc3339> = "1969-12-31T23:59:59.999Z".into();
    assert_eq!(exact.to_system_time(), Some(fraction));
    // What a reply can hold, but no clock needs.
    let last: Time<Rfc3339> = "9999-12-31T23:59:60Z".into();
    assert_eq!(last.to_system_time(), Some(at(LAST + 1)));
}

#[test]
fn days_of_800_years_come_back() {
    fn comes_back<F: TimeForm, Z: KnownZone>(time: SystemTime) {
        let written = Time::<F, Z>::from(time);
        assert!(written.is_well_formed(), "{written:?}");
        assert_eq!(written.to_system_time(), Some(time), "{written:?}");
        assert_eq!(written.as_str().parse(), Ok(written));
    }
    let china = i64::from(UtcOffset::CHINA.seconds());
    for day in (-ERA..ERA).step_by(37) {
        let midnight = at(day * DAY);
        comes_back::<Day, Utc>(midnight);
        comes_back::<Midnight, Utc>(midnight);
        comes_back::<Day, Utc8>(at(day * DAY - china));
        let time = at(day * DAY + day.rem_euclid(DAY));
        comes_back::<Compact, Utc>(time);
        comes_back::<Compact, Utc8>(time);
        comes_back::<Spaced, Utc8>(time);
        comes_back::<Rfc3339, Utc>(time);
        let offset = UtcOffset::from_seconds((day % DAY) as i32).unwrap();
        let there = Time::<Spaced, Unstated>::from_system_time_at(time, offset);
        assert_eq!(
            there.to_system_time_at(offset),
            Some(time),
            "{there} {offset:?}"
        );
        if day >= 0 {
            comes_back::<Seconds, Utc>(time);
        }
    }
}

#[test]
fn offsets_have_bounds() {
    let seconds = |ahead| UtcOffset::from_seconds(ahead).map(UtcOffset::seconds);
    assert_eq!(seconds(86_399), Some(86_399));
    assert_eq!(seconds(-86_399), Some(-86_399));
    assert_eq!((seconds(86_400), seconds(i32::MIN)), (None, None));
    assert_eq!(UtcOffset::from_hours(i8::MIN), None);
    assert_eq!(UtcOffset::from_hours(0), Some(UtcOffset::UTC));
    assert_eq!(format!("{:?}", UtcOffset::CHINA), "UtcOffset(+08:00)");
    let odd = UtcOffset::from_seconds(-3 * 3600 - 1801).unwrap();
    assert_eq!(format!("{odd:?}"), "UtcOffset(-03:30:01)");
}

#[test]
fn is_a_value_like_any_other() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Time<Compact, Unstated>>();
    let time: Time<Day> = String::from("20260320").into();
    assert_eq!(
        format!("{time:?} {time} {time:>9}"),
        r#""20260320" 20260320  20260320"#
    );
    let all: HashSet<Time<Day>> = ["20260320", "20260321", "20260320"].map(Time::from).into();
    assert!(all.len() == 2 && all.contains(&time.clone()));
}
