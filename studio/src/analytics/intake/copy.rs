//! Rows in the binary format of `PostgreSQL`'s COPY (documentation of COPY, "Binary Format").

use bytes::{BufMut, Bytes, BytesMut};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{event::Event, shard};
use crate::Result;

/// The columns, in the order in which [`put`] writes them.
const STATEMENT: &str = "copy engagement_events (id, content_id, creator, viewer, session, kind, device, source,
    age_group, gender, day_ms, watched_ms, shard, from_percent, to_percent, country) from stdin (format binary)";
const COLUMNS: i16 = 16;
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// About what one row takes, in bytes.
const ROW: usize = 230;

/// Appends events whose ids are not there yet.
///
/// # Errors
/// A unique violation when one was there after all; Postgres is away.
pub async fn append(conn: &mut PgConnection, events: &[Event]) -> Result<(), sqlx::Error> {
    let mut copy = conn.copy_in_raw(STATEMENT).await?;
    if let Err(error) = copy.send(encode(events)).await {
        copy.abort("the rows could not be sent").await?;
        return Err(error);
    }
    copy.finish().await?;
    Ok(())
}

fn encode(events: &[Event]) -> Bytes {
    let mut out = BytesMut::with_capacity(32 + events.len() * ROW);
    out.put_slice(SIGNATURE);
    out.put_i32(0); // no flags
    out.put_i32(0); // no extension of the header
    for event in events {
        put(&mut out, event);
    }
    out.put_i16(-1);
    out.freeze()
}

fn put(out: &mut BytesMut, event: &Event) {
    let draft = &event.draft;
    out.put_i16(COLUMNS);
    for id in [draft.id, draft.content.0, event.creator.0, draft.viewer, draft.session] {
        put_uuid(out, id);
    }
    put_bytes(out, draft.kind.label().as_bytes());
    put_bytes(out, draft.device.label().as_bytes());
    put_bytes(out, draft.source.label().as_bytes());
    put_bytes(out, draft.age_group.label().as_bytes());
    put_bytes(out, draft.gender.label().as_bytes());
    put_i32(out, draft.moment.day_ms);
    put_i32(out, draft.stretch.map_or(0, |stretch| stretch.watched_ms));
    put_i16(out, Some(shard::of(event.creator)));
    put_i16(out, event.percent.map(|(from, _)| from));
    put_i16(out, event.percent.map(|(_, to)| to));
    put_bytes(out, draft.country.as_bytes());
}

fn put_uuid(out: &mut BytesMut, value: Uuid) {
    out.put_i32(16);
    out.put_slice(value.as_bytes());
}

fn put_i32(out: &mut BytesMut, value: i32) {
    out.put_i32(4);
    out.put_i32(value);
}

fn put_i16(out: &mut BytesMut, value: Option<i16>) {
    match value {
        Some(value) => {
            out.put_i32(2);
            out.put_i16(value);
        }
        None => out.put_i32(-1),
    }
}

/// Labels and countries only: a few bytes.
fn put_bytes(out: &mut BytesMut, value: &[u8]) {
    out.put_i32(i32::try_from(value.len()).unwrap_or_default());
    out.put_slice(value);
}
