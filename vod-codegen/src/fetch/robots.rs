//! `robots.txt`: which paths of a host may be asked, as RFC 9309 has it.

use super::sources::ROBOT;

/// The rules that apply to us.
#[derive(Debug, Default)]
pub(super) struct Robots {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    allows: bool,
    pattern: String,
}

impl Robots {
    /// Reads the rules of the group that names us; without one, of the group for all.
    pub(super) fn parse(text: &str) -> Self {
        let mut ours = None;
        let mut all = None;
        let mut groups = (false, false);
        let mut in_head = false;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_head {
                    groups = (false, false);
                }
                in_head = true;
                // A group can be there without a rule: it allows all.
                if value.eq_ignore_ascii_case(ROBOT) {
                    groups.0 = true;
                    ours.get_or_insert_with(Vec::new);
                } else if value == "*" {
                    groups.1 = true;
                    all.get_or_insert_with(Vec::new);
                }
                continue;
            }
            in_head = false;
            let allows = match key.as_str() {
                "allow" => true,
                "disallow" => false,
                _ => continue,
            };
            if value.is_empty() {
                continue;
            }
            let into = [(groups.0, &mut ours), (groups.1, &mut all)];
            for rules in into.into_iter().filter_map(
                |(applies, rules)| {
                    if applies { rules.as_mut() } else { None }
                },
            ) {
                let pattern = value.to_owned();
                rules.push(Rule { allows, pattern });
            }
        }
        let rules = ours.or(all).unwrap_or_default();
        Self { rules }
    }

    /// Whether the path may be asked: the longest pattern decides, and of two as long the one that
    /// allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, path));
        fitting
            .max_by_key(|rule| (rule.pattern.len(), rule.allows))
            .is_none_or(|rule| rule.allows)
    }
}

/// Whether a pattern fits the beginning of a path; `*` is any text, and `$` the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        last = Some(part);
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    // What is found last may also stand further on.
    !to_end || rest.is_empty() || last.is_some_and(|part| rest.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_that_names_us_counts() {
        let robots = Robots::parse(
            "User-agent: other\nUser-agent: VOD-codegen\nDisallow: /private # ours\n\n\
             User-agent: *\nDisallow: /\n",
        );
        assert!(robots.allows("/open") && !robots.allows("/private/x"));
        let robots = Robots::parse("user-agent: other\ndisallow: /\nuser-agent: *\ndisallow: /x\n");
        assert!(robots.allows("/") && !robots.allows("/x"));
    }

    #[test]
    fn patterns() {
        let cases = [
            ("the beginning", "Disallow: /a", "/a/b.html", false),
            ("another path", "Disallow: /a", "/b", true),
            ("nothing", "Disallow:", "/a", true),
            (
                "a longer one allows",
                "Disallow: /a\nAllow: /a/b",
                "/a/b.html",
                true,
            ),
            ("as long", "Disallow: /a\nAllow: /a", "/a", true),
            ("any text", "Disallow: /*/x", "/a/b/x/y", false),
            ("the end", "Disallow: /*.md$", "/a/b.md", false),
            ("not the end", "Disallow: /*.md$", "/a/b.md?c", true),
            (
                "the end, further on",
                "Disallow: /*.md$",
                "/a.md/b.md",
                false,
            ),
            ("the end alone", "Disallow: /a$", "/ab", true),
            ("not of the format", "<html>\nnothing", "/a", true),
        ];
        for (name, rules, path, allowed) in cases {
            let robots = Robots::parse(&format!("User-agent: *\n{rules}\n"));
            assert_eq!(robots.allows(path), allowed, "{name}");
        }
    }
}
