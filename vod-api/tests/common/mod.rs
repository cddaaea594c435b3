//! Every operation, for tests that concern them all. They import `vod_api::model`.

include!(concat!(env!("OUT_DIR"), "/with_operation.rs"));
