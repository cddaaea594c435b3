//! Times, read and written.

mod ends;
mod forms;
mod values;

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
