//! Numbers in words.

use super::scan::Scan;
use super::words::NUMBERS;

/// How far behind a phrase a number is looked for.
const FAR: usize = 48;

impl Scan {
    /// A small number in words, such as `ten` or `十个`.
    pub(super) fn number_in_words(&mut self) -> Option<i64> {
        self.fillers();
        if let Some(number) = self.number_of_english() {
            return Some(number);
        }
        let rest: String = self.folded.get(self.at..)?.iter().take(FAR).collect();
        let clause = rest.split(['.', ',', ';']).next().unwrap_or_default();
        if clause.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let place = COUNTERS.iter().filter_map(|word| clause.find(word)).min()?;
        let before = clause.get(..place)?;
        let numeral = before.trim_end_matches(|c| "一二两三四五六七八九十百千".contains(c));
        let number = chinese(before.get(numeral.len()..)?)?;
        self.at += before.chars().count();
        Some(number)
    }
}

impl Scan {
    /// A small number in words of English.
    pub(super) fn number_of_english(&mut self) -> Option<i64> {
        let mut numbers = NUMBERS.iter();
        let (word, number) =
            numbers.find(|(word, _)| self.follows(word) && self.ends_word(word))?;
        self.take(word);
        Some(*number)
    }
}

/// Words of Chinese behind a number that counts things.
const COUNTERS: &[&str] = &["个", "条", "项", "张", "种", "路", "组", "名"];

/// A number below a thousand in Chinese.
fn chinese(text: &str) -> Option<i64> {
    let (mut number, mut digit) = (0, None);
    for c in text.chars() {
        match "零一二三四五六七八九".chars().position(|it| it == c) {
            Some(value) => digit = i64::try_from(value).ok(),
            None if c == '两' => digit = Some(2),
            None => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    '千' => 1_000,
                    _ => return None,
                };
                number += digit.take().unwrap_or(1) * unit;
            }
        }
    }
    let found = number + digit.unwrap_or_default();
    (found > 0).then_some(found)
}
