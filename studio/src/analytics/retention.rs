//! Where viewers stay and where they leave: how many of a content's views played each hundredth of it.

use super::{
    audience::SMALLEST_CELL,
    figures_store, fresh,
    freshness::Freshness,
    overview::{Asked, complete},
    scope,
};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
};

/// The retention of a content over some days.
#[derive(Debug, Clone)]
pub struct Retention {
    /// The content.
    pub content: ContentId,
    /// How long it plays, in seconds.
    pub duration_seconds: f64,
    /// Its views in these days.
    pub views: i64,
    /// Whether too few people watched for a curve to be shown.
    pub too_few: bool,
    /// For each hundredth, from 0: the share of views that played it. Watching again counts again.
    pub curve: Vec<f64>,
    /// How far all of this is complete.
    pub freshness: Freshness,
}

/// The retention of one of a creator's contents.
///
/// # Errors
/// `analytics.bad_range`, `analytics.no_such_content`; Postgres is away.
pub async fn retention(
    studio: &Studio,
    creator: AccountId,
    content: ContentId,
    asked: Asked,
) -> Result<Retention> {
    let mut db = studio.db.acquire().await?;
    let record = scope::own(&mut db, creator, content).await?;
    let (freshness, now) = fresh::of_creator(studio, &mut db, creator).await?;
    let days = complete(asked.range(&freshness, now)?, &freshness);
    let (views, viewers, edges) = match days {
        Some(days) => {
            let (views, viewers) = figures_store::views_and_viewers(&mut db, content, days).await?;
            (views, viewers, figures_store::edges(&mut db, content, days).await?)
        }
        None => (0, 0, Vec::new()),
    };
    let too_few = viewers < SMALLEST_CELL;
    Ok(Retention {
        content,
        duration_seconds: record.duration_seconds().unwrap_or_default(),
        views,
        too_few,
        curve: if too_few { Vec::new() } else { curve(&edges, views) },
        freshness,
    })
}

/// Stretches that began at or before a hundredth and had not ended before it, over the views.
fn curve(edges: &[(i16, i64, i64)], views: i64) -> Vec<f64> {
    let mut playing = 0;
    let mut edges = edges.iter().peekable();
    let points = (0..=100).map(|percent| {
        let edge = edges.next_if(|(at, _, _)| *at == percent);
        playing += edge.map_or(0, |(_, began, _)| *began);
        #[allow(clippy::cast_precision_loss, reason = "a share, not an account")]
        let share = playing as f64 / views.max(1) as f64;
        playing -= edge.map_or(0, |(_, _, ended)| *ended);
        (share * 10_000.0).round() / 10_000.0
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_falls_where_viewers_leave() {
        // Four views: all of them play the first half, one plays to the end.
        let curve = curve(&[(0, 4, 0), (50, 1, 4), (100, 0, 1)], 4);
        assert_eq!(curve.len(), 101);
        assert!((curve[0] - 1.0).abs() < 1e-9 && (curve[49] - 1.0).abs() < 1e-9);
        assert!((curve[51] - 0.25).abs() < 1e-9 && (curve[100] - 0.25).abs() < 1e-9);
    }
}
