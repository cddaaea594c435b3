//! JSON with a member a line, as it comes in one: reports point at lines, and what reads them shows
//! differences by line.

/// The same JSON with other white space, and nothing else changed. Text that is not JSON comes back
/// somehow.
pub(super) fn lines(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut rest = json.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                out.push(c);
                let mut escaped = false;
                for c in rest.by_ref() {
                    out.push(c);
                    if c == '"' && !escaped {
                        break;
                    }
                    escaped = c == '\\' && !escaped;
                }
            }
            '{' | '[' => {
                while rest.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                out.push(c);
                if let Some(end) = rest.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    break_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                break_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out.push('\n');
    out
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    // Deeper than any document is; what is not one may not fill the memory.
    out.extend(std::iter::repeat_n("  ", depth.min(50)));
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn only_white_space_changes() {
        let json = r#" {"b":[1.50,-2e3 , "a, \"b\": {\\"],"a":{ },"b":[ ],"c":[{"d":null}]}"#;
        let laid_out = lines(json);
        assert_eq!(
            laid_out,
            "{\n  \"b\": [\n    1.50,\n    -2e3,\n    \"a, \\\"b\\\": {\\\\\"\n  ],\n  \"a\": {},\n  \
             \"b\": [],\n  \"c\": [\n    {\n      \"d\": null\n    }\n  ]\n}\n"
        );
        assert_eq!(lines(&laid_out), laid_out);
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(read(&laid_out), read(json));
    }
}
