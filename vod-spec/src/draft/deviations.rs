//! What a draft says of what its page cannot mean, or of what it cannot say itself.

use std::collections::BTreeMap;

use vod_page::{Address, Place, Row, Source, Subject};

use crate::drift::Finding;
use crate::model::Origin;
use crate::yaml::write::text;

use super::{BLANK, Draft, once};

impl Draft<'_> {
    pub(super) fn deviations(&mut self) {
        if self.page.source == Source::ApiExplorer {
            self.acknowledged();
        } else {
            self.duplicates();
        }
    }

    /// What the draft cannot say, or the document contradicts itself in.
    fn acknowledged(&mut self) {
        let is_due = |it: &&Finding| Address::parse(it.at.as_str()).is_some();
        let findings: Vec<_> = self.findings.iter().filter(is_due).collect();
        if findings.is_empty() {
            return;
        }
        self.out.gap();
        self.out.open("deviations");
        for finding in findings {
            self.out.comment(&finding.message);
            self.out.item("rule", finding.rule.as_str());
            self.out.entry("  at", &text(finding.at.as_str()));
            self.out.entry("  source", Origin::ApiExplorer.as_str());
            if let Some(states) = &finding.states {
                self.out.entry("  states", &text(states));
            }
            self.out.entry("  because", BLANK);
        }
    }

    /// Names that a table lists twice.
    fn duplicates(&mut self) {
        let page = self.page;
        let mut tables: Vec<(Address, Vec<&Row>)> = Vec::new();
        for place in [Place::Path, Place::Query, Place::Header, Place::Body] {
            let rows = page.parameters.iter().filter(|(it, _)| *it == place);
            let rows = rows.map(|(_, row)| row).collect();
            tables.push((Subject::from(place).into(), rows));
        }
        for response in &page.responses {
            let at = Address::of(Subject::Response, response.status.value);
            tables.push((at, response.fields.iter().collect()));
        }
        for table in &page.types {
            let at = Address::of(
                Subject::Type,
                self.type_name(&table.name.value, table.name.line),
            );
            tables.push((at, table.fields.iter().collect()));
        }
        let mut is_open = false;
        for (at, rows) in tables {
            let mut counts = BTreeMap::<_, usize>::new();
            for row in &rows {
                *counts.entry(row.name.value.as_str()).or_default() += 1;
            }
            for row in once(rows) {
                let name = row.name.value.as_str();
                if counts.get(name) == Some(&1) {
                    continue;
                }
                if !is_open {
                    self.out.gap();
                    self.out.open("deviations");
                    is_open = true;
                }
                self.out.item("rule", "duplicate-row");
                self.out.entry("  at", at.member(name).as_str());
                self.out.entry("  because", BLANK);
            }
        }
    }
}
