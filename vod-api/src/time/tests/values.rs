//! Times as values of requests and replies, with the zones that texts do not name.

use super::*;

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
