use super::super::Event;
use super::super::events::read_event;

#[test]
fn smoke() {
    let event = read_event(r#"{"event_type":"TranscodeComplete","transcode_info":{"asset_id":"a","templateGroupName":"t"}}"#).unwrap();
    let Event::TranscodeComplete(body) = &event else {
        panic!("{event:?}")
    };
    assert_eq!(body.template_group_name.as_deref(), Some("t"));
}
