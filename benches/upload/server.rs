//! What the service and its object storage answer. Bytes are thrown away, and not hashed: the ETag of a part is what the
//! request says of it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// A request without its body.
#[derive(Default)]
struct Head {
    method: String,
    path: String,
    query: String,
    host: String,
    content_md5: String,
    length: u64,
}

/// Answers on one connection.
pub(crate) fn answer(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = BufReader::with_capacity(1 << 20, stream);
    while let Some(head) = read(&mut input)? {
        skip(&mut input, head.length)?;
        (&*stream).write_all(reply(&head).as_bytes())?;
    }
    Ok(())
}

/// Throws bytes away where they are.
fn skip(input: &mut impl BufRead, mut left: u64) -> io::Result<()> {
    while left > 0 {
        let there = input.fill_buf()?.len();
        if there == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let taken = left.min(there as u64);
        input.consume(taken as usize);
        left -= taken;
    }
    Ok(())
}

fn read(input: &mut impl BufRead) -> io::Result<Option<Head>> {
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut head = Head::default();
    let mut words = line.split(' ');
    head.method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    (head.path, head.query) = (path.to_owned(), query.to_owned());
    loop {
        line.clear();
        input.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            return Ok(Some(head));
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "host" => head.host = value.to_owned(),
            "content-md5" => head.content_md5 = value.to_owned(),
            "content-length" => head.length = value.parse().unwrap_or(0),
            _ => {}
        }
    }
}

impl Head {
    /// A parameter, as it is written.
    fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == name).map(|it| it.1)
    }
}

fn reply(head: &Head) -> String {
    let last = head.path.rsplit('/').next().unwrap_or_default();
    match (head.method.as_str(), last) {
        ("POST", "asset") => json(&json!({
            "asset_id": "41cff636d5b12a51e7eb2838bbf45201",
            "video_upload_url": format!("http://{}/bucket/film", head.host),
            "target": {"bucket": "bucket", "location": "cn-north-4", "object": "film"},
        })),
        ("GET", "authority") => json(&json!({"sign_str": url(head)})),
        ("POST", "uploaded") => json(&json!({"asset_id": "41cff636d5b12a51e7eb2838bbf45201"})),
        ("PUT", "film") => {
            let md5 = STANDARD.decode(&head.content_md5).unwrap_or_default();
            ok(&format!("ETag: \"{}\"\r\n", hex::encode(md5)), "")
        }
        ("POST", "film") if head.parameter("uploadId").is_none() => xml(
            "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>",
        ),
        ("POST", "film") => xml(
            "<CompleteMultipartUploadResult><ETag>of-the-whole</ETag></CompleteMultipartUploadResult>",
        ),
        _ => "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n".to_owned(),
    }
}

/// The URL that was asked for.
fn url(head: &Head) -> String {
    let upload = match (head.parameter("part_number"), head.parameter("upload_id")) {
        (Some(number), Some(id)) => format!("partNumber={number}&uploadId={id}"),
        (None, Some(id)) => format!("uploadId={id}"),
        _ => "uploads".to_owned(),
    };
    let signature =
        "AWSAccessKeyId=KEY&Expires=4102444800&Signature=kPBWzDyFF0lLdnW7tj7hQqKGRvk%3D";
    format!("http://{}/bucket/film?{upload}&{signature}", head.host)
}

fn json(body: &Value) -> String {
    ok("Content-Type: application/json\r\n", &body.to_string())
}

fn xml(body: &str) -> String {
    ok("Content-Type: application/xml\r\n", body)
}

fn ok(headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nX-Request-Id: 5f3c8bd2\r\nDate: Fri, 20 Mar 2026 08:15:00 GMT\r\n{headers}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
