//! `spec/README.md` documents the format that the reader knows, no less and no more.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use vod_spec::drift::{Direction, Level};
use vod_spec::format::TABLES;
use vod_spec::{Code, Rule, SourceFile, load_sources};

const README: &str = include_str!("../../spec/README.md");

/// The text below a heading, up to the next one of any level, for all headings.
fn sections() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut sections = Vec::<(&str, Vec<&str>)>::new();
    let mut in_code = false;
    for line in README.lines() {
        in_code ^= line.starts_with("```");
        if line.starts_with('#') && !in_code {
            sections.push((line.trim_start_matches('#').trim(), Vec::new()));
        } else if let Some((_, lines)) = sections.last_mut() {
            lines.push(line);
        }
    }
    sections
}

/// The rows of the table in a section, without its head, as cells; the first cell is code.
fn rows(lines: &[&'static str]) -> Vec<Vec<&'static str>> {
    let rows = lines.iter().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|line| {
        let cells = line.trim_matches('|').split(" | ").map(str::trim);
        cells.map(|cell| cell.trim_matches('`')).collect()
    })
    .collect()
}

#[test]
fn every_map_has_its_table() {
    let documented: Vec<_> = sections()
        .into_iter()
        .filter_map(|(title, lines)| {
            let of = title.strip_prefix('`')?.split_once('`')?.0;
            Some((of, lines))
        })
        .collect();
    let names: Vec<_> = documented.iter().map(|(of, _)| *of).collect();
    let due: Vec<_> = TABLES.iter().map(|table| table.of).collect();
    assert_eq!(names, due);
    for ((of, lines), table) in documented.iter().zip(TABLES) {
        let head = lines.iter().find(|line| line.starts_with('|'));
        assert_eq!(
            head,
            Some(&"| key | required | value and meaning |"),
            "{of}"
        );
        let rows = rows(lines);
        let written: Vec<_> = rows.iter().map(|row| (row[0], row[1])).collect();
        let due: Vec<_> = table
            .keys
            .iter()
            .map(|key| (key.name, if key.required { "yes" } else { "no" }))
            .collect();
        assert_eq!(written, due, "{of}");
        assert!(
            rows.iter().all(|row| row.len() == 3 && !row[2].is_empty()),
            "{of}"
        );
    }
}

#[test]
fn every_diagnostic_has_its_line() {
    let sections = sections();
    let (_, lines) = sections
        .iter()
        .find(|(title, _)| *title == "Diagnostics")
        .expect("spec/README.md has no heading `Diagnostics`");
    let rows = rows(lines);
    let written: Vec<_> = rows.iter().map(|row| row[0]).collect();
    let due: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(written, due);
    assert!(rows.iter().all(|row| row.len() == 2 && !row[1].is_empty()));
}

/// The rows of the table of rules.
fn rules() -> Vec<Vec<&'static str>> {
    let sections = sections();
    let (_, lines) = sections
        .iter()
        .find(|(title, _)| *title == "Pages and their description")
        .expect("spec/README.md has no heading `Pages and their description`");
    let start = lines.iter().position(|line| line.starts_with("| rule |"));
    let table = lines
        .iter()
        .skip(start.expect("there is no table of rules"));
    rows(
        &table
            .take_while(|line| line.starts_with('|'))
            .copied()
            .collect::<Vec<_>>(),
    )
}

#[test]
fn every_rule_has_its_line() {
    let rules = rules();
    let written: Vec<_> = rules.iter().map(|row| row[0]).collect();
    let due: Vec<_> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    assert_eq!(written, due);
    assert!(rules.iter().all(|row| row.len() == 3 && !row[2].is_empty()));
}

#[test]
fn every_rule_has_the_level_that_is_documented() {
    for (rule, row) in Rule::ALL.iter().zip(rules()) {
        let levels = [Direction::Request, Direction::Reply].map(|it| Level::of(*rule, it));
        let due = match levels {
            [one, other] if one == other => one.to_string(),
            [request, reply] => format!("{request}, {reply}"),
        };
        assert_eq!(row[1], due, "{rule}");
    }
}

#[test]
fn the_example_is_in_order() {
    let (_, rest) = README.split_once("```yaml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let service = include_str!("spec/service.yaml");
    let files = [
        SourceFile::new("service.yaml", service),
        SourceFile::new("snapshot-management/delete-thumbnails.yaml", example),
    ];
    if let Err(diagnostics) = load_sources(files) {
        panic!("{diagnostics}");
    }
}
