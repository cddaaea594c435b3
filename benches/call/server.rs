//! What the service answers to the calls.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use vod_bench::sample;

/// Answers on one connection.
pub(crate) fn answer(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let replies = [
        ("DELETE", sample::deleted_thumbnails()),
        ("GET", sample::asset_detail()),
        ("POST", sample::created_asset()),
    ]
    .map(|(method, body)| (method, reply(&body.to_string())));
    let mut input = BufReader::new(stream);
    let mut line = String::new();
    let mut body = Vec::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let reply = replies.iter().find(|(method, _)| line.starts_with(method));
        let mut length = 0;
        while line.trim_end() != "" {
            line.clear();
            input.read_line(&mut line)?;
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        body.resize(length, 0);
        input.read_exact(&mut body)?;
        let reply = reply.map_or("HTTP/1.1 501 Not Implemented\r\n\r\n", |(_, reply)| reply);
        (&*stream).write_all(reply.as_bytes())?;
    }
}

fn reply(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: 5f3c8bd2\r\n\
         Date: Fri, 20 Mar 2026 08:15:00 GMT\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
