//! The description of this repository, as far as one test can say that it is right.

use std::path::Path;

use vod_spec::load_dir;
use vod_spec::model::Counts;

#[test]
fn the_description_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let api = load_dir(&root).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert_eq!(
        api.counts(),
        Counts {
            operations: 82,
            types: 158,
            fields: 954,
            values: 352
        }
    );
    for code in &api.service.error_codes {
        let (name, doc) = (&code.name.value, &code.doc);
        assert!(!name.is_empty() && !doc.is_empty(), "{}", code.code.value);
    }
}
