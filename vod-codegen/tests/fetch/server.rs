//! A web server on this machine that answers from a table.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is answered at a path: the replies in turn, the last one for good.
pub(crate) type Replies = BTreeMap<String, Vec<Reply>>;

#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn etag(&self) -> Option<&str> {
        let mut headers = self.headers.iter();
        let etag = headers.find(|(name, _)| *name == "ETag");
        etag.map(|(_, value)| value.as_str())
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    replies: Replies,
    requests: Vec<Vec<String>>,
}

impl Server {
    pub(crate) fn start(replies: Replies) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Mutex::new(Shared {
            replies,
            requests: Vec::new(),
        }));
        let theirs = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&theirs);
                thread::spawn(move || serve(&stream.unwrap(), &shared));
            }
        });
        Self { url, shared }
    }

    /// Answers otherwise from now on.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Replies)) {
        change(&mut self.shared.lock().unwrap().replies);
    }

    /// The requests since the last look: their lines, the first and the headers.
    pub(crate) fn requests(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut self.shared.lock().unwrap().requests)
    }
}

fn serve(stream: &TcpStream, shared: &Mutex<Shared>) {
    let mut lines = BufReader::new(stream).lines();
    loop {
        let mut request = Vec::new();
        loop {
            match lines.next() {
                Some(Ok(line)) if line.is_empty() => break,
                Some(Ok(line)) => request.push(line),
                _ => return,
            }
        }
        let path = request[0].split(' ').nth(1).unwrap().to_owned();
        let known = request.iter().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("if-none-match: ")
                .map(str::to_owned)
        });
        let reply = {
            let mut shared = shared.lock().unwrap();
            shared.requests.push(request);
            let replies = shared.replies.get_mut(&path);
            match replies.map(|them| (them.len(), them)) {
                None | Some((0, _)) => Reply::new(404, "There is no such page."),
                Some((1, them)) => them[0].clone(),
                Some((_, them)) => them.remove(0),
            }
        };
        let same = known.is_some() && known.as_deref() == reply.etag();
        write(stream, &if same { Reply::new(304, "") } else { reply });
    }
}

fn write(mut stream: &TcpStream, reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} Any\r\n", reply.status);
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    if reply.status != 304 {
        head += &format!("Content-Length: {}\r\n", reply.body.len());
    }
    // The reader may have stopped, as the body is too large.
    let _ = stream.write_all(format!("{head}\r\n{}", reply.body).as_bytes());
}
