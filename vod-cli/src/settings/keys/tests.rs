//! Files that are changed, and what stays.

use super::*;

const FILE: &str = "; mine\n[basic]\nak = a\n# secret\nsk: s\n  more\n\n[work]\nregion=cn-north-4";

#[test]
fn a_change_leaves_the_other_lines_as_they_are() {
    struct Case {
        name: &'static str,
        set: [&'static str; 3],
        expected: String,
    }
    let cases = [
        Case {
            name: "another value",
            set: ["basic", "ak", "b"],
            expected: FILE.replace("ak = a", "ak = b"),
        },
        Case {
            name: "a value of several lines",
            set: ["basic", "sk", "100%"],
            expected: FILE.replace("sk: s\n  more\n", "sk = 100%%\n"),
        },
        Case {
            name: "another key",
            set: ["basic", "region", "r"],
            expected: FILE.replace("  more\n", "  more\nregion = r\n"),
        },
        Case {
            name: "after a line without an end",
            set: ["work", "ak", "b"],
            expected: format!("{FILE}\nak = b\n"),
        },
        Case {
            name: "another section",
            set: ["home", "ak", "b"],
            expected: format!("{FILE}\n\n[home]\nak = b\n"),
        },
    ];
    for case in cases {
        let mut keys = Keys::parse(FILE).unwrap();
        let [section, key, value] = case.set;
        keys.set(section, key, value);
        assert_eq!(keys.text(), case.expected, "{}", case.name);
        let again = Keys::parse(&keys.text()).unwrap();
        assert_eq!(again.get(section, key), Some(value), "{}", case.name);
    }
    let mut keys = Keys::default();
    keys.set("basic", "ak", "a");
    assert_eq!(keys.text(), "[basic]\nak = a\n");
}

#[test]
fn a_change_keeps_lines_apart_that_are_indented() {
    struct Case {
        name: &'static str,
        file: &'static str,
        expected: &'static str,
    }
    for case in [
        Case {
            name: "before another key",
            file: "[basic]\n  region = a\n  ak = b\n",
            expected: "[basic]\n  region = r\n  ak = b\n",
        },
        Case {
            name: "before another section",
            file: "[basic]\n  ak = b\n  [work]\n",
            expected: "[basic]\n  ak = b\n  region = r\n  [work]\n",
        },
        Case {
            name: "in a section without keys",
            file: "[basic]\n  [work]\n",
            expected: "[basic]\n  region = r\n  [work]\n",
        },
    ] {
        let mut keys = Keys::parse(case.file).unwrap();
        let others = |keys: &Keys| -> Vec<String> {
            let kinds = keys.lines.iter().map(|line| format!("{:?}", line.kind));
            kinds.filter(|kind| !kind.contains("region")).collect()
        };
        let before = others(&keys);
        keys.set("basic", "region", "r");
        assert_eq!(keys.text(), case.expected, "{}", case.name);
        let again = Keys::parse(&keys.text()).unwrap();
        assert_eq!(others(&again), before, "{}", case.name);
    }
}

/// What is read here is what the client reads.
#[tokio::test]
async fn values_are_those_of_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    for text in [
        FILE,
        "\u{feff}[basic]\r\nAK : a b\r\nsk=\r\n",
        "[basic]\nak = 1\n  [work]\n  # no\n  two\n[work]\nak: x=y\n",
        "[work]\nak = 100%%\n[basic]\nsk = ]\n[DEFAULT]\nregion = r\nak = d\n",
    ] {
        fs::write(&path, text).unwrap();
        let keys = Keys::read(&path).unwrap();
        for section in keys.sections() {
            let profile = vod_api::credentials::Profile::new().path(&path);
            let profile = profile.section(section);
            for key in ["ak", "sk", "region"] {
                let read = profile.value(key).await.unwrap();
                assert_eq!(keys.get(section, key), read.as_deref(), "{key}: {text:?}");
            }
        }
    }
}

#[test]
fn what_is_wrong_has_a_line() {
    for (text, line) in [("ak = a\n", 1), ("[basic]\n\nhidden\n", 3)] {
        assert_eq!(Keys::parse(text).map(|_| ()), Err(line), "{text:?}");
    }
    assert_eq!(Keys::parse(FILE).unwrap().sections(), ["basic", "work"]);
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone_and_a_link_stays_one() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("keys"), folder.path().join("link"));
    fs::write(&path, FILE).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    Keys::read(&link).unwrap().write(&link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
