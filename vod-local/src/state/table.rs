//! Records that are found by their ids, in the order in which they were made.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::data::{Data, Misread};

/// A record with an id.
pub(crate) trait Record: Data {
    /// The id, which does not change.
    fn id(&self) -> &str;
}

/// Records of one kind. In the document they are a list.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    rows: BTreeMap<u64, T>,
    places: HashMap<String, u64>,
    next: u64,
}

impl<T: Record> Table<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.rows.get(self.places.get(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.rows.get_mut(self.places.get(id)?)
    }

    /// Adds a record at the end. One with the same id is replaced, and keeps its place.
    pub(crate) fn insert(&mut self, record: T) {
        let next = self.next;
        let place = *self.places.entry(record.id().to_owned()).or_insert(next);
        self.next = next.max(place + 1);
        self.rows.insert(place, record);
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<T> {
        self.rows.remove(&self.places.remove(id)?)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.rows.values_mut()
    }

    pub(crate) fn into_records(self) -> impl Iterator<Item = T> {
        self.rows.into_values()
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            places: HashMap::new(),
            next: 0,
        }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rows.values().eq(other.rows.values())
    }
}

impl<T: Record> Data for Table<T> {
    fn write(&self) -> Value {
        self.iter().map(T::write).collect()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let mut table = Self::default();
        for (index, record) in Vec::<T>::read(value)?.into_iter().enumerate() {
            let problem = match record.id() {
                "" => "has no id",
                id if table.places.contains_key(id) => "has the id of another one",
                _ => {
                    table.insert(record);
                    continue;
                }
            };
            return Err(Misread::new(problem).in_item(index));
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::data::data;

    data! {
        struct Thing {
            id: String,
            size: i64,
        }
    }

    impl Record for Thing {
        fn id(&self) -> &str {
            &self.id
        }
    }

    fn thing(id: &str, size: i64) -> Thing {
        Thing {
            id: id.to_owned(),
            size,
        }
    }

    #[test]
    fn keeps_the_order_in_which_records_were_made() {
        let mut table = Table::default();
        for (id, size) in [("z", 1), ("a", 2), ("m", 3)] {
            table.insert(thing(id, size));
        }
        table.insert(thing("a", 9));
        assert_eq!(table.remove("z"), Some(thing("z", 1)));
        table.insert(thing("z", 4));
        let ids: Vec<_> = table.iter().map(|thing| thing.id.as_str()).collect();
        assert_eq!(ids, ["a", "m", "z"]);
        assert_eq!(table.get("a").map(|thing| thing.size), Some(9));
        assert_eq!(Table::read(table.write()).unwrap(), table);
    }

    #[test]
    fn ids_are_there_and_differ() {
        let message = |document| Table::<Thing>::read(document).unwrap_err().to_string();
        assert_eq!(message(json!([{"size": 1}])), "[0] has no id");
        assert_eq!(
            message(json!([{"id": "a"}, {"id": "a"}])),
            "[1] has the id of another one"
        );
    }
}
