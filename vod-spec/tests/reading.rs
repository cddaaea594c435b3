//! Whatever the files hold, reading them ends with a description or with diagnostics.

use std::fs;
use std::path::Path;

use vod_spec::{Code, Diagnostics, Format, SourceFile, Sources, load_dir, load_sources};

const SERVICE: &str = include_str!("spec/service.yaml");
const OPERATION: &str = include_str!("spec/snapshot-management/delete-thumbnails.yaml");

fn files(service: &str, operation: &str) -> [SourceFile; 2] {
    [
        SourceFile::new("service.yaml", service),
        SourceFile::new("snapshot-management/delete-thumbnails.yaml", operation),
    ]
}

fn codes(diagnostics: &Diagnostics) -> Vec<Code> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = load_dir(&folder.path().join("missing")).unwrap_err();
    assert_eq!(codes(&missing), [Code::Unreadable]);
    assert!(missing.to_string().contains("/missing: "), "{missing}");

    fs::create_dir(folder.path().join("types")).unwrap();
    fs::write(folder.path().join("service.yaml"), SERVICE).unwrap();
    fs::write(folder.path().join("notes.txt"), [0xff]).unwrap();
    fs::write(folder.path().join("types/a.yaml"), [b'a', b':', b' ', 0xff]).unwrap();
    fs::write(folder.path().join("types/b.yaml"), " ".repeat(2 << 20)).unwrap();
    let unreadable = load_dir(folder.path()).unwrap_err();
    let text = unreadable.render(Format::Short);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(codes(&unreadable), [Code::Unreadable, Code::Unreadable]);
    assert!(
        lines[0].starts_with("error[unreadable]: cannot read ")
            && lines[0].contains("/types/a.yaml: ")
    );
    assert!(
        lines[1].ends_with("/types/b.yaml: it is larger than 1048576 bytes"),
        "{text}"
    );
}

#[test]
fn hidden_files_and_folders_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let section = folder.path().join("snapshot-management");
    fs::create_dir_all(section.join(".history")).unwrap();
    for file in files(SERVICE, OPERATION) {
        fs::write(folder.path().join(file.name), file.text).unwrap();
    }
    for name in [
        ".#delete-thumbnails.yaml",
        ".history/delete-thumbnails.yaml",
    ] {
        fs::write(section.join(name), [0xff]).unwrap();
    }
    assert_eq!(load_dir(folder.path()).unwrap().operations.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_do_not_hold_the_reader_up() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("real");
    let section = root.join("snapshot-management");
    fs::create_dir_all(&section).unwrap();
    let [service, operation] = files(SERVICE, OPERATION);
    fs::write(root.join(service.name), service.text).unwrap();
    fs::write(folder.path().join("page.yaml"), operation.text).unwrap();

    // The folder itself and a file can be links.
    let spec = folder.path().join("spec");
    symlink(&root, &spec).unwrap();
    symlink("../../page.yaml", root.join(operation.name)).unwrap();
    assert_eq!(load_dir(&spec).unwrap().operations.len(), 1);

    symlink(".", root.join("a")).unwrap();
    symlink(".", root.join("b")).unwrap();
    symlink("/dev/zero", section.join("c.yaml")).unwrap();
    let pipe = section.join("d.yaml");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let text = load_dir(&spec).unwrap_err().render(Format::Short);
    let why: Vec<_> = text
        .lines()
        .filter_map(|it| it.split("/spec/").nth(1))
        .collect();
    assert_eq!(
        why,
        [
            "a: links to folders are not followed",
            "b: links to folders are not followed",
            "snapshot-management/c.yaml: it is not a regular file",
            "snapshot-management/d.yaml: it is not a regular file",
        ]
    );
}

/// A folder of somebody's files, named by mistake.
#[test]
fn a_folder_of_too_many_files_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let others = folder.path().join("others");
    fs::create_dir(&others).unwrap();
    for number in 0..10_001 {
        fs::write(others.join(format!("{number}.txt")), "").unwrap();
    }
    let text = load_dir(folder.path()).unwrap_err().render(Format::Short);
    let due = "others: the description has more than 10000 files and folders\n";
    assert!(text.ends_with(due), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_are_text_and_stand_for_themselves() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let [service, operation] = files(SERVICE, OPERATION);
    fs::write(root.join(service.name), service.text).unwrap();
    let bad = root.join(OsStr::from_bytes(b"a\xff.yaml"));
    fs::write(&bad, "").unwrap();
    let text = load_dir(root).unwrap_err().render(Format::Short);
    assert!(
        text.ends_with("a\u{fffd}.yaml: its name is not UTF-8\n"),
        "{text}"
    );

    // A character like any other, not a step into a folder.
    fs::remove_file(bad).unwrap();
    fs::write(
        root.join("snapshot-management\\delete-thumbnails.yaml"),
        operation.text,
    )
    .unwrap();
    let mistakes = load_dir(root).unwrap_err();
    assert_eq!(codes(&mistakes), [Code::WrongPlace]);
}

#[test]
fn capitals_hide_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let [service, operation] = files(SERVICE, OPERATION);
    fs::create_dir(folder.path().join("snapshot-management")).unwrap();
    fs::write(folder.path().join(service.name), service.text).unwrap();
    let path = folder.path().join(operation.name.replace(".yaml", ".YAML"));
    fs::write(path, operation.text).unwrap();
    assert_eq!(
        codes(&load_dir(folder.path()).unwrap_err()),
        [Code::WrongPlace]
    );
}

#[test]
fn names_are_those_below_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let api = load_dir(&root).unwrap();
    assert_eq!(
        api.operations[0].file,
        "snapshot-management/delete-thumbnails.yaml"
    );
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    // All but the places.
    let model = |service: &str, operation: &str| {
        let mut api = load_sources(files(service, operation)).unwrap();
        api.sources = Sources::default();
        let text = format!("{api:#?}");
        let is_place = |line: &&str| {
            !line.trim_start().starts_with("start: ") && !line.trim_start().starts_with("end: ")
        };
        text.lines().filter(is_place).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        model(SERVICE, OPERATION),
        model(&windows(SERVICE), &windows(OPERATION))
    );

    // Places count lines and characters as before.
    let wrong = OPERATION
        .replace("\"t1\"]", "\"t1\", 5]")
        .replace("operation:", "operatoin:");
    let short = |text: &str| {
        load_sources(files(SERVICE, text))
            .unwrap_err()
            .render(Format::Short)
    };
    assert_eq!(short(&wrong), short(&windows(&wrong)));
    let text = load_sources(files(SERVICE, &windows(&wrong)))
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("operatoin: DeleteThumbnails\n  | ^^^^^^^^^\n"),
        "{text}"
    );
}

#[test]
fn no_change_to_a_file_makes_reading_or_printing_panic() {
    let mut count = 0;
    let mut check = |service: &str, operation: &str| {
        count += 1;
        if let Err(diagnostics) = load_sources(files(service, operation)) {
            assert!(diagnostics.iter().next().is_some());
            for format in [Format::Text, Format::Color, Format::Short, Format::Github] {
                assert!(!diagnostics.render(format).is_empty());
            }
        }
    };
    let mut check_both = |mutate: &dyn Fn(&str) -> String| {
        check(&mutate(SERVICE), OPERATION);
        check(SERVICE, &mutate(OPERATION));
    };
    for at in 0..OPERATION.lines().count() {
        check_both(&|text| {
            let lines = text.lines().enumerate().filter(|(index, _)| *index != at);
            lines.map(|(_, line)| format!("{line}\n")).collect()
        });
        check_both(&|text| {
            let lines = text.lines().enumerate();
            lines
                .map(|(index, line)| format!("{line}\n").repeat(if index == at { 2 } else { 1 }))
                .collect()
        });
    }
    let characters = [
        '\t', '{', ']', '"', '\'', ':', '#', 'é', '\0', ' ', '\n', '\r', '&', '*', '|', '>', '%',
        '@', '`', '-', '!', '?', ',', '\u{feff}', '\u{2028}', '😀', '\\', '<',
    ];
    for (index, at) in (0..OPERATION.len()).step_by(5).enumerate() {
        let mut rotating = characters.iter().cycle().skip(index);
        let character = rotating.next().copied().unwrap_or_default();
        let boundary = |text: &str| {
            (0..=at.min(text.len()))
                .rev()
                .find(|it| text.is_char_boundary(*it))
                .unwrap()
        };
        check_both(&|text| text[..boundary(text)].to_owned());
        check_both(&|text| {
            let (before, rest) = text.split_at(boundary(text));
            let rest: String = rest.chars().skip(1).collect();
            format!("{before}{character}{rest}")
        });
    }
    assert!(count > 500, "{count}");
}

#[test]
fn deep_and_long_texts_are_refused() {
    let one = |text: String| {
        let diagnostics = load_sources([
            SourceFile::new("service.yaml", SERVICE),
            SourceFile::new("snapshot-management/delete-thumbnails.yaml", text),
        ])
        .unwrap_err();
        for format in [Format::Text, Format::Color, Format::Short, Format::Github] {
            assert!(diagnostics.render(format).len() < 20_000, "{format:?}");
        }
        codes(&diagnostics)
    };
    assert_eq!(one("[".repeat(100_000)), [Code::Syntax]);
    assert_eq!(one("- ".repeat(100_000)), [Code::Syntax]);
    assert_eq!(
        one(format!("a: {}", "{a: ".repeat(100_000))),
        [Code::Syntax]
    );
    assert_eq!(one("a".repeat(1 << 20) + "\n"), [Code::Syntax]);
    // A long line in a file that is short enough.
    let long = "a".repeat((1 << 20) - 10_000);
    let with_name = OPERATION.replace("DeleteThumbnails\n", &format!("{long}\n"));
    assert_eq!(one(with_name), [Code::BadValue]);
    let with_type = OPERATION.replace("array<string>", &format!("array<{long}>"));
    assert_eq!(one(with_type), [Code::UnresolvedType]);
    let with_types = OPERATION.replace("array<string>", &"array<".repeat(100_000));
    assert_eq!(one(with_types), [Code::UnresolvedType]);
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let with_example = OPERATION.replace("{ \"asset_id\"", &format!("{deep} {{ \"asset_id\""));
    assert_eq!(one(with_example), [Code::BadExample]);
}

#[test]
fn thousands_of_mistakes_are_told() {
    let field = |index| format!("  a{index}: {{ type: Unknown, doc: A field. }}\n");
    let fields: String = (0..20_000).map(field).collect();
    let operation = OPERATION.replace("query:\n", &format!("query:\n{fields}"));
    // To look through all mistakes for each field took half a minute here.
    let diagnostics = load_sources(files(SERVICE, &operation)).unwrap_err();
    assert!(codes(&diagnostics).len() >= 20_000);
}
