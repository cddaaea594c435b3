//! The calendar to its ends.

use super::*;

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
