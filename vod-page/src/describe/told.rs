//! What is found in a description.

use crate::facts::{CellType, Stated, Statement};

/// What was found in a description.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) states: Vec<Stated<Statement>>,
    pub(crate) values: Vec<Stated<String>>,
    /// Values in sentences; they count where no list has the values.
    pub(super) hints: Vec<Stated<String>>,
    /// Lines that could not be read, and why.
    pub(crate) troubles: Vec<(usize, String)>,
}

impl Told {
    pub(super) fn is_empty(&self) -> bool {
        self.states.is_empty()
            && self.values.is_empty()
            && self.hints.is_empty()
            && self.troubles.is_empty()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.states.extend(other.states);
        self.values.extend(other.values);
        self.hints.extend(other.hints);
        self.troubles.extend(other.troubles);
    }

    /// Weighs what was found against each other.
    pub(super) fn settle(&mut self, ty: Option<&CellType>) {
        let hints = std::mem::take(&mut self.hints);
        // A few numbers of a range are only those that mean something else.
        let is_range = |it: &Stated<Statement>| matches!(it.value, Statement::Range(..));
        let in_range = matches!(ty, Some(CellType::Integer | CellType::Long))
            && self.states.iter().any(is_range);
        if self.values.is_empty() && !in_range {
            self.values = hints;
        }
        let mut known = Vec::new();
        self.values.retain(|it| {
            let is_new = !known.contains(&it.value);
            known.push(it.value.clone());
            is_new
        });
        self.disagreeing();
        let mut seen: Vec<Statement> = Vec::new();
        self.states.retain(|it| {
            let is_new = !seen.contains(&it.value);
            seen.push(it.value.clone());
            is_new
        });
        self.troubles.sort_by_key(|(line, _)| *line);
        self.troubles.dedup();
    }

    /// Drops statements of one kind that disagree: each holds under a condition that was not read.
    fn disagreeing(&mut self) {
        let kind = |it: &Statement| match it {
            Statement::Range(..) => "limits",
            Statement::Length(..) => "lengths",
            Statement::Items(..) => "numbers of items",
            Statement::Default(_) => "defaults",
            Statement::Deprecated => "",
        };
        for of in ["limits", "lengths", "numbers of items", "defaults"] {
            let (mut least, mut most, mut defaults) = (Vec::new(), Vec::new(), Vec::new());
            let states = self.states.iter().filter(|it| kind(&it.value) == of);
            for state in states.clone() {
                match &state.value {
                    Statement::Range(min, max)
                    | Statement::Length(min, max)
                    | Statement::Items(min, max) => {
                        least.extend(*min);
                        most.extend(*max);
                    }
                    Statement::Default(value) => defaults.push(value.trim_matches('"')),
                    Statement::Deprecated => {}
                }
            }
            let line = states.clone().next().map(|it| it.line);
            let agree = |list: &[i64]| list.windows(2).all(|pair| pair.first() == pair.last());
            let one = defaults.windows(2).all(|pair| pair.first() == pair.last());
            if let Some(line) = line
                && !(agree(&least) && agree(&most) && one)
            {
                self.states.retain(|it| kind(&it.value) != of);
                let why = format!("several {of}: it is not understood which holds when");
                self.troubles.push((line, why));
            }
        }
    }
}
