//! Cursor pagination: a page is a bounded list and a cursor that says where the next one begins.
//!
//! A cursor is opaque to callers: the sort key and id of the last item, as base64url JSON.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Code, Kind, Refusal};

/// The largest page.
pub const MAX_LIMIT: u32 = 100;
/// The page when nobody says.
pub const DEFAULT_LIMIT: u32 = 25;

/// A cursor that this list did not give out.
pub static BAD_CURSOR: Code = Code::new(
    "page.bad_cursor",
    Kind::Invalid,
    "This cursor was not given out by this list.",
    "Start from the first page, without a cursor.",
);

/// Which page is asked for.
#[derive(Debug, Clone)]
pub struct PageRequest<K> {
    /// The last item of the page before.
    pub after: Option<K>,
    /// How many items at most, 1 to [`MAX_LIMIT`].
    pub limit: u32,
}

impl<K: DeserializeOwned> PageRequest<K> {
    /// Reads what a caller sent. A limit out of range is brought into it.
    ///
    /// # Errors
    /// [`BAD_CURSOR`] for a cursor that this kind of list did not give out.
    pub fn parse(cursor: Option<&str>, limit: Option<u32>) -> Result<Self, Refusal> {
        let after = cursor
            .map(|text| {
                let bytes = URL_SAFE_NO_PAD.decode(text).ok();
                bytes
                    .and_then(|b| serde_json::from_slice(&b).ok())
                    .ok_or_else(|| BAD_CURSOR.refuse().at("cursor"))
            })
            .transpose()?;
        Ok(Self { after, limit: limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT) })
    }
}

impl<K> PageRequest<K> {
    /// How many rows to read: one more than is shown, to know whether there is a next page.
    pub fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items, at most as many as were asked for.
    pub items: Vec<T>,
    /// Where the next page begins; none at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Cuts the extra row off and makes the cursor from the last item that is shown.
    pub fn from_rows<K: Serialize>(mut rows: Vec<T>, limit: u32, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor = rows.last().filter(|_| more).and_then(|last| encode(&key(last)));
        Self { items: rows, next_cursor }
    }

    /// A page whose next one begins after `next`.
    pub fn leading_to<K: Serialize>(items: Vec<T>, next: Option<&K>) -> Self {
        Self { items, next_cursor: next.and_then(encode) }
    }

    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}

fn encode<K: Serialize>(key: &K) -> Option<String> {
    serde_json::to_vec(key).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_of_a_page_leads_to_the_item_after_its_last() {
        let page = Page::from_rows(vec![1, 2, 3], 2, |n| *n);
        assert_eq!(page.items, [1, 2]);
        let next = PageRequest::<i32>::parse(page.next_cursor.as_deref(), None).unwrap();
        assert_eq!(next.after, Some(2));
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        assert_eq!(Page::from_rows(vec![1, 2], 2, |n| *n).next_cursor, None);
    }

    #[test]
    fn a_made_up_cursor_is_refused_by_name() {
        let refusal = PageRequest::<i32>::parse(Some("made up"), None).unwrap_err();
        assert_eq!(
            (refusal.code.code, refusal.field.as_deref()),
            ("page.bad_cursor", Some("cursor"))
        );
    }
}
