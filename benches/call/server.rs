//! The service: another process, which answers on a loopback port as fast as it can.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::{env, thread};

use vod_bench::{Error, sample};

/// Tells the program to be the service.
pub(crate) const FLAG: &str = "--serve";

/// Ends with the value.
pub(crate) struct Server {
    process: Child,
    origin: String,
}

impl Server {
    pub(crate) fn start() -> Result<Self, Error> {
        let mut process = Command::new(env::current_exe()?)
            .arg(FLAG)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut origin = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut origin)?;
        }
        Ok(Self {
            process,
            origin: origin.trim_end().to_owned(),
        })
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Is the service, until the process is ended.
pub(crate) fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        // A client that hangs up ends its connection only.
        thread::spawn(move || answer(&stream));
    }
    Ok(())
}

fn answer(stream: &TcpStream) -> io::Result<()> {
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
