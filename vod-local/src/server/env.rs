//! The environment variables that the official SDKs and the command `vod` read.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::options::{HOST, Key, PORT};
use crate::local::Local;

/// For which server, and for which shell.
#[derive(Debug, Clone, clap::Args)]
#[non_exhaustive]
pub struct EnvOptions {
    /// The port of the server.
    #[arg(long, env = "VOD_LOCAL_PORT", default_value = PORT)]
    pub port: u16,
    /// Takes the port from a file that the server wrote.
    #[arg(long, env = "VOD_LOCAL_PORT_FILE", value_name = "FILE")]
    pub port_file: Option<PathBuf>,
    /// The host of the server.
    #[arg(long, env = "VOD_LOCAL_HOST", default_value = HOST)]
    pub host: String,
    /// Scheme, host and port, instead of the options above.
    #[arg(long, env = "VOD_LOCAL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// The project id: each is a namespace of its own.
    // The name of the flag, as a program that has such a flag for all its commands knows it.
    #[arg(id = "project-id", long, value_name = "ID", default_value = Local::PROJECT_ID)]
    pub project_id: String,
    /// The keys of the server; the first is taken.
    #[arg(
        long = "key",
        env = "VOD_LOCAL_KEY",
        value_name = "AK:SK",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub keys: Vec<Key>,
    /// The shell.
    #[arg(long, value_enum, default_value_t = Shell::Sh)]
    pub shell: Shell,
}

/// How variables are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Shell {
    /// sh, bash, zsh: `eval "$(vod-local env)"`
    Sh,
    /// fish: `vod-local env --shell fish | source`
    Fish,
    /// `PowerShell`: `vod-local env --shell powershell | Out-String | Invoke-Expression`
    Powershell,
    /// `NAME=value` lines, for the file of Docker or a CI service.
    Plain,
}

impl EnvOptions {
    /// The lines for the shell: the variables of the official SDKs, and those of the command `vod`.
    ///
    /// # Errors
    ///
    /// The file with the port cannot be read, or has none.
    pub fn script(&self) -> io::Result<String> {
        Ok(self.text(&self.url()?))
    }

    pub(super) fn print(&self) -> io::Result<()> {
        io::stdout().lock().write_all(self.script()?.as_bytes())
    }

    fn url(&self) -> io::Result<String> {
        if let Some(url) = &self.public_url {
            return Ok(url.trim_end_matches('/').to_owned());
        }
        let port = match &self.port_file {
            Some(path) => port(path)?,
            None => self.port,
        };
        // What listens on all addresses is reached by one of them.
        let host = match self.host.as_str() {
            "0.0.0.0" | "::" => HOST,
            host => host,
        };
        let host = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        Ok(format!("http://{host}:{port}"))
    }

    fn text(&self, url: &str) -> String {
        let key = self.keys.first().map_or_else(Key::local, Key::clone);
        let mut variables = vec![
            ("HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4", url),
            ("HUAWEICLOUD_SDK_IAM_ENDPOINT", url),
            ("HUAWEICLOUD_SDK_AK", &key.access_key),
            ("HUAWEICLOUD_SDK_SK", &key.secret_key),
            ("HUAWEICLOUD_SDK_PROJECT_ID", &self.project_id),
            ("VOD_ENDPOINT", url),
            ("VOD_LOCAL_URL", url),
        ];
        if !is_on_this_machine(url) && url.starts_with("http://") {
            variables.push(("VOD_ALLOW_HTTP", "1"));
        }
        let line = |(name, value): (&str, &str)| match self.shell {
            Shell::Sh => format!("export {name}='{}'\n", value.replace('\'', r"'\''")),
            Shell::Fish => {
                let value = value.replace('\\', r"\\").replace('\'', r"\'");
                format!("set -gx {name} '{value}'\n")
            }
            Shell::Powershell => format!("$env:{name} = '{}'\n", value.replace('\'', "''")),
            Shell::Plain => format!("{name}={value}\n"),
        };
        variables.into_iter().map(line).collect()
    }
}

/// Whether a client takes the address without TLS by itself.
fn is_on_this_machine(url: &str) -> bool {
    let uri = url.parse::<http::Uri>();
    let host = uri.as_ref().ok().and_then(|uri| uri.host());
    host.is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

/// The port in a file.
pub(super) fn port(path: &PathBuf) -> io::Result<u16> {
    let error = |error: String| io::Error::other(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(|cause| error(cause.to_string()))?;
    text.trim()
        .parse()
        .map_err(|cause| error(format!("this is no port: {cause}")))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        options: EnvOptions,
    }

    fn lines(arguments: &[&str]) -> Vec<String> {
        let arguments = [&["env"], arguments].concat();
        let options = Program::parse_from(arguments).options;
        let text = options.text(&options.url().unwrap());
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn each_shell_has_its_way() {
        let name = "HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4";
        struct Case {
            name: &'static str,
            arguments: &'static [&'static str],
            first: &'static str,
        }
        let cases = [
            Case {
                name: "the default",
                arguments: &[],
                first: "export NAME='http://127.0.0.1:8863'",
            },
            Case {
                name: "all addresses",
                arguments: &["--host", "0.0.0.0", "--port", "80", "--shell", "fish"],
                first: "set -gx NAME 'http://127.0.0.1:80'",
            },
            Case {
                name: "version 6",
                arguments: &["--host", "::1", "--shell", "powershell"],
                first: "$env:NAME = 'http://[::1]:8863'",
            },
            Case {
                name: "another name",
                arguments: &["--public-url", "http://it's/", "--shell", "sh"],
                first: r"export NAME='http://it'\''s'",
            },
        ];
        for case in cases {
            let wanted = case.first.replace("NAME", name);
            assert_eq!(lines(case.arguments)[0], wanted, "{}", case.name);
        }
        let plain = lines(&["--shell", "plain", "--project-id", "p"]);
        let other = lines(&["--shell", "plain", "--key", "a:b,c:d"]);
        assert_eq!(
            other[2..4],
            ["HUAWEICLOUD_SDK_AK=a", "HUAWEICLOUD_SDK_SK=b"]
        );
        assert_eq!(
            plain[2..],
            [
                "HUAWEICLOUD_SDK_AK=local",
                "HUAWEICLOUD_SDK_SK=local",
                "HUAWEICLOUD_SDK_PROJECT_ID=p",
                "VOD_ENDPOINT=http://127.0.0.1:8863",
                "VOD_LOCAL_URL=http://127.0.0.1:8863",
            ]
        );
        let elsewhere = ["--shell", "plain", "--public-url", "http://vod:8863"];
        let elsewhere = lines(&elsewhere);
        assert_eq!(
            elsewhere.last().map(String::as_str),
            Some("VOD_ALLOW_HTTP=1")
        );
    }
}
