//! What comes of a call when something breaks: a table.

use std::io::Write;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::net::TcpSocket;
use tokio::time::Instant;
use vod_api::Error;
use vod_local::{Reply, Service};

/// Each fault, for a call that may be done twice (`DELETE`), one that may not (`POST`), or both; what comes of it when it
/// happens once and when it always does: what the caller sees, whether the service can have seen the request, the status,
/// attempts/requests that reached the service, and how long it took.
const TABLE: &str = "
fault                          call    once                                         always
connection refused             both    Connect, No                 3/0  <= 1.5 s    Connect, No                 3/0  <= 1.5 s
clock off by 20 min            both    reply                       2/2  0 s         reply                       2/2  0 s
reset before it is read        DELETE  reply                       2/1  <= 0.5 s    Transport, Maybe            3/0  <= 1.5 s
reset before it is read        POST    Transport, Maybe            1/0  0 s         Transport, Maybe            1/0  0 s
reset after it is read         DELETE  reply                       2/2  <= 0.5 s    Transport, Maybe            3/3  <= 1.5 s
reset after it is read         POST    Transport, Maybe            1/1  0 s         Transport, Maybe            1/1  0 s
closed without a reply         DELETE  reply                       2/2  <= 0.5 s    Transport, Maybe            3/3  <= 1.5 s
closed without a reply         POST    Transport, Maybe            1/1  0 s         Transport, Maybe            1/1  0 s
not HTTP                       DELETE  reply                       2/2  <= 0.5 s    Transport, Maybe            3/3  <= 1.5 s
not HTTP                       POST    Transport, Maybe            1/1  0 s         Transport, Maybe            1/1  0 s
no reply                       DELETE  reply                       2/2  30 s        Timeout, Maybe              2/2  60 s
no reply                       POST    Timeout, Maybe              1/1  30 s        Timeout, Maybe              1/1  30 s
reply after 31 s               DELETE  reply                       2/2  30 s        Timeout, Maybe              2/2  60 s
reply after 31 s               POST    Timeout, Maybe              1/1  30 s        Timeout, Maybe              1/1  30 s
200, cut off                   DELETE  reply                       2/2  <= 0.5 s    Transport, Yes 200          3/3  <= 1.5 s
200, cut off                   POST    Transport, Yes 200          1/1  0 s         Transport, Yes 200          1/1  0 s
429                            both    reply                       2/2  <= 0.5 s    Service, Yes 429            3/3  <= 1.5 s
429, Retry-After: 5            both    reply                       2/2  5 s         Service, Yes 429            3/3  10 s
429, Retry-After: date in 7 s  both    reply                       2/2  7 s         Service, Yes 429            3/3  14 s
429, Retry-After: 3600         both    Service, Yes 429            1/1  0 s         Service, Yes 429            1/1  0 s
429, Retry-After: 99 digits    both    Service, Yes 429            1/1  0 s         Service, Yes 429            1/1  0 s
429, Retry-After: soon         both    reply                       2/2  <= 0.5 s    Service, Yes 429            3/3  <= 1.5 s
500                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 500            3/3  <= 1.5 s
500                            POST    Service, Yes 500            1/1  0 s         Service, Yes 500            1/1  0 s
502                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 502            3/3  <= 1.5 s
502                            POST    Service, Yes 502            1/1  0 s         Service, Yes 502            1/1  0 s
503                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 503            3/3  <= 1.5 s
503                            POST    Service, Yes 503            1/1  0 s         Service, Yes 503            1/1  0 s
503, Retry-After: 5            DELETE  reply                       2/2  5 s         Service, Yes 503            3/3  10 s
503, Retry-After: 5            POST    Service, Yes 503            1/1  0 s         Service, Yes 503            1/1  0 s
503, code of a limit           both    reply                       2/2  <= 0.5 s    Service, Yes 503            3/3  <= 1.5 s
504                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 504            3/3  <= 1.5 s
504                            POST    Service, Yes 504            1/1  0 s         Service, Yes 504            1/1  0 s
500, 1 GiB                     DELETE  reply                       2/2  <= 0.5 s    Service, Yes 500            3/3  <= 1.5 s
500, 1 GiB                     POST    Service, Yes 500            1/1  0 s         Service, Yes 500            1/1  0 s
500, cut off                   DELETE  reply                       2/2  <= 0.5 s    Service, Yes 500            3/3  <= 1.5 s
500, cut off                   POST    Service, Yes 500            1/1  0 s         Service, Yes 500            1/1  0 s
400                            both    Service, Yes 400            1/1  0 s         Service, Yes 400            1/1  0 s
401                            both    Service, Yes 401            1/1  0 s         Service, Yes 401            1/1  0 s
401, wrong Date                both    reply                       3/3  0 s         Service, Yes 401            3/3  0 s
307                            both    Service, Yes 307            1/1  0 s         Service, Yes 307            1/1  0 s
200, HTML                      both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, invalid UTF-8             both    reply                       1/1  0 s         reply                       1/1  0 s
200, JSON cut off              both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, 1 GiB                     both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, 1 GiB in chunks           both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, gzip                      both    reply                       1/1  0 s         reply                       1/1  0 s
200, 2 MiB as gzip             both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, not gzip                  both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, corrupt gzip              both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, gzip cut off              DELETE  reply                       2/2  <= 0.5 s    Transport, Yes 200          3/3  <= 1.5 s
200, gzip cut off              POST    Transport, Yes 200          1/1  0 s         Transport, Yes 200          1/1  0 s
200, gzip without its end      DELETE  reply                       2/2  <= 0.5 s    Transport, Yes 200          3/3  <= 1.5 s
200, gzip without its end      POST    Transport, Yes 200          1/1  0 s         Transport, Yes 200          1/1  0 s
";

/// What goes wrong.
enum Fault {
    NobodyListens,
    ClockIsOff,
    Answer(Reply),
}

/// The faults of the table, in its order.
fn faults() -> Vec<(&'static str, Fault)> {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let in_7_s = "Sun, 06 Nov 1994 08:49:44 GMT";
    let off = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(20 * 60));
    let unauthorized = Reply::error(
        401,
        "APIGW.0301",
        "Incorrect IAM authentication information",
    );
    let documented = br#"{"id":334,"name":"film"}"#;
    let gzip = |bytes: &[u8]| {
        Reply::status(200)
            .header("Content-Encoding", "gzip")
            .body(bytes.to_vec())
    };
    let mut corrupt = packed(documented);
    corrupt[12] ^= 0xff;
    let faults = [
        ("reset before it is read", Reply::reset_unread()),
        ("reset after it is read", Reply::reset()),
        ("closed without a reply", Reply::raw("")),
        ("not HTTP", Reply::raw("garbage\r\n\r\n")),
        ("no reply", Reply::never()),
        (
            "reply after 31 s",
            Reply::documented().delay(Duration::from_secs(31)),
        ),
        ("200, cut off", Reply::status(200).body("{}").cut_off()),
        ("429", Reply::status(429)),
        (
            "429, Retry-After: 5",
            Reply::status(429).header("Retry-After", "5"),
        ),
        (
            "429, Retry-After: date in 7 s",
            Reply::status(429)
                .header("Date", date)
                .header("Retry-After", in_7_s),
        ),
        (
            "429, Retry-After: 3600",
            Reply::status(429).header("Retry-After", "3600"),
        ),
        (
            "429, Retry-After: 99 digits",
            Reply::status(429).header("Retry-After", "1".repeat(99)),
        ),
        (
            "429, Retry-After: soon",
            Reply::status(429).header("Retry-After", "soon"),
        ),
        ("500", Reply::status(500)),
        ("502", Reply::status(502)),
        ("503", Reply::status(503)),
        (
            "503, Retry-After: 5",
            Reply::status(503).header("Retry-After", "5"),
        ),
        (
            "503, code of a limit",
            Reply::error(
                503,
                "APIGW.0308",
                "The throttling threshold has been reached",
            ),
        ),
        ("504", Reply::status(504)),
        ("500, 1 GiB", Reply::status(500).padding(1 << 30)),
        ("500, cut off", Reply::status(500).body("{}").cut_off()),
        (
            "400",
            Reply::error(400, "VOD.10053", "The parameter is wrong."),
        ),
        ("401", unauthorized.clone()),
        ("401, wrong Date", unauthorized.header("Date", off)),
        (
            "307",
            Reply::status(307).header("Location", "http://127.0.0.1:1/"),
        ),
        ("200, HTML", Reply::status(200).body("<html>")),
        (
            "200, invalid UTF-8",
            Reply::status(200).body(&b"{\"name\":\"\xff\"}"[..]),
        ),
        ("200, JSON cut off", Reply::status(200).body("{\"name\":")),
        ("200, 1 GiB", Reply::status(200).padding(1 << 30)),
        (
            "200, 1 GiB in chunks",
            Reply::status(200)
                .header("Transfer-Encoding", "chunked")
                .padding(1 << 30),
        ),
        ("200, gzip", gzip(&packed(documented))),
        ("200, 2 MiB as gzip", gzip(&packed(&vec![b' '; 2 << 20]))),
        ("200, not gzip", gzip(documented)),
        ("200, corrupt gzip", gzip(&corrupt)),
        ("200, gzip cut off", gzip(&packed(documented)).cut_off()),
        ("200, gzip without its end", gzip(&packed(documented)[..20])),
    ];
    let faults = faults.map(|(name, reply)| (name, Fault::Answer(reply)));
    let others = [
        ("connection refused", Fault::NobodyListens),
        ("clock off by 20 min", Fault::ClockIsOff),
    ];
    others.into_iter().chain(faults).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// What comes of a call when the fault happens so often.
async fn outcome(fault: &Fault, times: usize, idempotent: bool) -> String {
    let service = Service::start().await.unwrap();
    let mut builder = service.client().max_response_size(1 << 20).seed(7);
    match fault {
        Fault::NobodyListens => builder = builder.endpoint(nowhere()),
        Fault::ClockIsOff => service.set_clock(SystemTime::now() + Duration::from_secs(20 * 60)),
        Fault::Answer(reply) => {
            let reply = reply.clone().unchecked().optional();
            (0..times).for_each(|_| service.reply(reply.clone()));
            service.respond(|_| Reply::documented());
        }
    }
    let client = builder.build().unwrap();
    let start = Instant::now();
    let (attempts, seen) = if idempotent {
        seen(client.delete_thumbnails().asset_id("a1").await)
    } else {
        seen(client.create_asset_category("film").await)
    };
    let requests = service.requests().len();
    let time = time(start.elapsed(), attempts);
    format!("{seen:<27} {attempts}/{requests}  {time}")
}

fn seen<T>(result: Result<vod_api::Response<T>, Error>) -> (u32, String) {
    let error = match result {
        Ok(reply) => return (reply.meta().attempts(), "reply".to_owned()),
        Err(error) => error,
    };
    let status = error.status().map(|status| status.as_u16().to_string());
    let text = format!(
        "{:?}, {:?} {}",
        error.kind(),
        error.was_sent(),
        status.unwrap_or_default()
    );
    (error.attempts(), text)
}

/// Waits that were left to chance are shown by their upper end.
fn time(elapsed: Duration, attempts: u32) -> String {
    let most = Duration::from_millis(500 * ((1 << (attempts - 1)) - 1));
    if elapsed.is_zero() {
        "0 s".to_owned()
    } else if elapsed <= most {
        format!("<= {} s", most.as_secs_f64())
    } else {
        format!("{} s", elapsed.as_secs())
    }
}

/// Where nobody listens: the port is taken for as long as the process lives.
pub(crate) fn nowhere() -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = socket.local_addr().unwrap();
    std::mem::forget(socket);
    format!("http://{address}")
}

#[tokio::test(start_paused = true)]
async fn faults_come_to_what_the_table_says() {
    let mut table = format!("\n{:<31}{:<8}{:<45}{}\n", "fault", "call", "once", "always");
    for (name, fault) in faults() {
        let mut rows = Vec::new();
        for idempotent in [true, false] {
            let once = outcome(&fault, 1, idempotent).await;
            let always = outcome(&fault, 9, idempotent).await;
            rows.push(format!("{once:<45}{always}"));
        }
        match &rows[..] {
            [one, other] if one == other => table += &format!("{name:<31}{:<8}{one}\n", "both"),
            _ => {
                for (call, row) in ["DELETE", "POST"].iter().zip(&rows) {
                    table += &format!("{name:<31}{call:<8}{row}\n");
                }
            }
        }
    }
    println!("{table}");
    for (row, expected) in table.lines().zip(TABLE.lines()) {
        assert_eq!(row, expected);
    }
    assert_eq!(table.lines().count(), TABLE.lines().count());
}
