//! Uploads of files.

/// An upload that is being put together.
#[derive(Debug)]
pub struct Upload<O> {
    request: O,
}

impl<O> Upload<O> {
    #[doc(hidden)]
    pub fn set(mut self, change: impl FnOnce(&mut O)) -> Self {
        change(&mut self.request);
        self
    }
}
