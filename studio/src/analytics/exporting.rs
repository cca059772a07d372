//! Writing an export: the very figures that the pages show, as CSV (RFC 4180).

use bytes::Bytes;
use csv::Writer;

use super::{
    audience,
    export::Report,
    export_store::{self, ExportRow},
    figures::minutes,
    figures_store::TopBy,
    overview,
    overview::Asked,
    top,
};
use crate::{Error, Result, Studio, ids::ExportId};

/// The most contents of one file.
const MOST_CONTENTS: u32 = 100_000;

type Lines = Writer<Vec<u8>>;

/// Writes the file of an export. Doing it twice writes the same object.
///
/// # Errors
/// The object store or Postgres is away.
pub async fn write(studio: &Studio, id: ExportId) -> Result<()> {
    let export = export_store::find_any(&mut *studio.db.acquire().await?, id).await?;
    let Some(export) = export.filter(|export| export.object_key.is_none()) else { return Ok(()) };
    let mut lines = Writer::from_writer(Vec::new());
    let rows = match export.report {
        Report::Daily => daily(studio, &export, &mut lines).await?,
        Report::Contents => contents(studio, &export, &mut lines).await?,
        Report::Audience => of_audience(studio, &export, &mut lines).await?,
    };
    let bytes = lines.into_inner().map_err(|e| Error::internal("writing CSV", e.into_error()))?;
    let (key, size) = (format!("exports/{}/{id}.csv", export.owner), bytes.len());
    studio.objects.put(&key, "text/csv; charset=utf-8", Bytes::from(bytes)).await?;
    let mut db = studio.db.acquire().await?;
    export_store::mark_ready(&mut db, id, count(rows), count(size), &key).await
}

/// Says that the file could not be written.
///
/// # Errors
/// Postgres is away.
pub async fn give_up(studio: &Studio, id: ExportId) -> Result<()> {
    let problem = "The file could not be written. Ask for it again; if it stays, tell us its id.";
    export_store::mark_failed(&mut *studio.db.acquire().await?, id, problem).await
}

async fn daily(studio: &Studio, export: &ExportRow, lines: &mut Lines) -> Result<usize> {
    line(lines, ["date", "views", "watch_minutes", "likes", "unlikes", "shares", "subscribers"])?;
    let overview =
        overview::overview(studio, export.owner, export.content_id, asked(export), false).await?;
    let days = overview.period.map(|period| period.days).unwrap_or_default();
    for day in &days {
        let f = day.figures;
        let cells = [
            f.views.to_string(),
            minutes(f.watch_ms).to_string(),
            f.likes.to_string(),
            f.unlikes.to_string(),
            f.shares.to_string(),
            f.subscribes.to_string(),
        ];
        line(lines, [&day.day.to_string()].into_iter().chain(&cells))?;
    }
    Ok(days.len())
}

async fn contents(studio: &Studio, export: &ExportRow, lines: &mut Lines) -> Result<usize> {
    line(
        lines,
        ["content", "title", "views", "watch_minutes", "likes", "views_in_the_period_before"],
    )?;
    let top =
        top::top_contents(studio, export.owner, asked(export), TopBy::Views, MOST_CONTENTS).await?;
    let chosen = |content| export.content_id.is_none_or(|only| only == content);
    let items: Vec<_> = top.items.into_iter().filter(|item| chosen(item.content)).collect();
    for item in &items {
        line(
            lines,
            [
                item.content.to_string(),
                text(&item.title),
                item.views.to_string(),
                minutes(item.watch_ms).to_string(),
                item.likes.to_string(),
                item.previous_views.map(|views| views.to_string()).unwrap_or_default(),
            ],
        )?;
    }
    Ok(items.len())
}

async fn of_audience(studio: &Studio, export: &ExportRow, lines: &mut Lines) -> Result<usize> {
    line(lines, ["dimension", "value", "views", "watch_minutes"])?;
    let audience =
        audience::audience(studio, export.owner, export.content_id, asked(export)).await?;
    let cells: Vec<_> = audience.shown.into_values().flatten().collect();
    for cell in &cells {
        line(
            lines,
            [
                &cell.dimension,
                &cell.value,
                &cell.views.to_string(),
                &minutes(cell.watch_ms).to_string(),
            ],
        )?;
    }
    Ok(cells.len())
}

fn asked(export: &ExportRow) -> Asked {
    Asked { from: Some(export.from_day), to: Some(export.to_day) }
}

fn line<T: AsRef<[u8]>>(lines: &mut Lines, cells: impl IntoIterator<Item = T>) -> Result<()> {
    lines.write_record(cells).map_err(|e| Error::internal("writing CSV", e))
}

/// A title as a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection").
fn text(title: &str) -> String {
    if title.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{title}")
    } else {
        title.to_owned()
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_no_formula() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("Beach = sun"), "Beach = sun");
    }
}
