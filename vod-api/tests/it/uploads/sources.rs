//! Bytes and readers.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};
use vod_api::ErrorKind;
use vod_api::upload::Source;
use vod_local::Step;

use super::{PART, Site, noise};

#[tokio::test]
async fn bytes_are_sent() {
    let site = Site::start().await;
    let video = Source::bytes("a.mp4", noise(2 * PART));
    let done = site.client.upload(video).part_size(PART).await.unwrap();
    assert_eq!((done.bytes, done.parts), (2 * PART, 2));
    assert_eq!(site.stored(), noise(2 * PART));
}

#[tokio::test]
async fn readers_are_sent() {
    struct Case {
        name: &'static str,
        size: u64,
        length: Option<u64>,
        parts: u32,
    }

    let cases = [
        Case {
            name: "short, of unknown length",
            size: PART - 1,
            length: None,
            parts: 0,
        },
        Case {
            name: "a whole part, of unknown length",
            size: PART,
            length: None,
            parts: 1,
        },
        Case {
            name: "several parts, of unknown length",
            size: 3 * PART + 7,
            length: None,
            parts: 4,
        },
        Case {
            name: "short, of known length",
            size: PART,
            length: Some(PART),
            parts: 0,
        },
        Case {
            name: "several parts, of known length",
            size: 2 * PART,
            length: Some(2 * PART),
            parts: 2,
        },
    ];
    for Case {
        name,
        size,
        length,
        parts,
    } in cases
    {
        let site = Site::start().await;
        let mut source = Source::reader("a.mp4", std::io::Cursor::new(noise(size)));
        if let Some(length) = length {
            source = source.with_length(length);
        }
        let done = site.client.upload(source).part_size(PART).await.unwrap();
        assert_eq!((done.bytes, done.parts), (size, parts), "{name}");
        assert_eq!(site.stored(), noise(size), "{name}");
    }
}

#[tokio::test]
async fn a_reader_of_another_length_is_not_confirmed() {
    struct Case {
        name: &'static str,
        size: u64,
        told: u64,
        message: String,
    }

    let cases = [
        Case {
            name: "a short one with less",
            size: 4,
            told: 5,
            message: "a.mp4 ends after 4 bytes; its length was given as 5".to_owned(),
        },
        Case {
            name: "a short one with more",
            size: 6,
            told: 5,
            message: "a.mp4 has more bytes than the 5 that were given".to_owned(),
        },
        Case {
            name: "a long one with less",
            size: 2 * PART,
            told: 2 * PART + 1,
            message: format!(
                "a.mp4 ends after {} bytes; its length was given as {}",
                2 * PART,
                2 * PART + 1
            ),
        },
        Case {
            name: "a long one with more",
            size: 2 * PART + 1,
            told: 2 * PART,
            message: format!("a.mp4 has more bytes than the {} that were given", 2 * PART),
        },
    ];
    for Case {
        name,
        size,
        told,
        message,
    } in cases
    {
        let site = Site::start().await;
        let source = Source::reader("a.mp4", std::io::Cursor::new(noise(size))).with_length(told);
        let error = site
            .client
            .upload(source)
            .part_size(PART)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Source, "{name}");
        assert!(error.to_string().starts_with(&message), "{name}: {error}");
        assert_eq!(site.objects().keys(), [""; 0], "{name}");
        assert_eq!(site.objects().uploads(), [], "{name}");
    }
}

/// A reader that ends with an error, or never.
struct Trouble {
    bytes: u64,
    fails: bool,
}

impl AsyncRead for Trouble {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.bytes == 0 {
            return if self.fails {
                Poll::Ready(Err(std::io::Error::other("the disk is gone")))
            } else {
                Poll::Pending
            };
        }
        let count = buffer.remaining().min(usize::try_from(self.bytes).unwrap());
        buffer.put_slice(&vec![7; count]);
        self.bytes -= count as u64;
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_reader_that_fails_ends_the_upload() {
    let site = Site::start().await;
    let trouble = Trouble {
        bytes: 2 * PART,
        fails: true,
    };
    let upload = site.client.upload(Source::reader("a.mp4", trouble));
    let error = upload.part_size(PART).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a.mp4 cannot be read: the disk is gone"),
        "{error}"
    );
    assert!(
        error.to_string().contains("what was sent is dropped"),
        "{error}"
    );
}

/// A part that fails ends the upload, however long the reader takes.
#[tokio::test]
async fn a_slow_reader_does_not_hide_a_failure() {
    let site = Site::start().await;
    site.objects()
        .fail(Step::Part, vod_local::Fault::error(400, "InvalidArgument"));
    let trouble = Trouble {
        bytes: PART + 1,
        fails: false,
    };
    let upload = site.client.upload(Source::reader("a.mp4", trouble));
    let error = upload.part_size(PART).await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidArgument"));
}
