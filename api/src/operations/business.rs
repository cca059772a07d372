//! Business figures of the platform as a whole.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};
use studio::{
    Studio,
    analytics::business::{self, BusinessDay, BusinessMonth},
};

use super::Area;
use crate::{
    Problem,
    analytics::FreshnessView,
    auth::{OpsRead, Permit},
};

/// The resource.
pub struct Business;

/// Who published in a month.
#[derive(Debug, Object)]
#[oai(rename = "BusinessMonth", skip_serializing_if_is_none)]
struct MonthView {
    /// The month, `YYYY-MM`.
    month: String,
    /// Creators who published in it.
    creators_published: i64,
    /// Creators who published in the month before.
    creators_published_before: i64,
    /// Creators who published in both.
    creators_retained: i64,
    /// The retained of those of the month before, in percent; none when nobody published then.
    retention_percent: Option<f64>,
    /// Whether all days of the month are counted.
    complete: bool,
}

impl MonthView {
    fn of(month: &BusinessMonth, through: Option<NaiveDate>) -> Self {
        Self {
            month: month.month.format("%Y-%m").to_string(),
            creators_published: month.creators_published,
            creators_published_before: month.creators_published_before,
            creators_retained: month.creators_retained,
            retention_percent: month.retention_percent(),
            complete: month.is_complete(through),
        }
    }
}

/// What was published on a day.
#[derive(Debug, Object)]
#[oai(rename = "BusinessDay")]
struct DayView {
    /// The UTC day.
    date: NaiveDate,
    /// Works that became public for the first time.
    contents_published: i64,
    /// Creators of these works.
    creators_published: i64,
}

impl From<BusinessDay> for DayView {
    fn from(day: BusinessDay) -> Self {
        Self {
            date: day.day,
            contents_published: day.contents_published,
            creators_published: day.creators_published,
        }
    }
}

/// What a figure means.
#[derive(Debug, Object)]
struct Definition {
    /// The figure.
    figure: String,
    /// What it means.
    sentence: String,
}

/// The business figures.
#[derive(Debug, Object)]
struct BusinessFigures {
    /// The last months, the newest first.
    months: Vec<MonthView>,
    /// The last days, the newest first.
    days: Vec<DayView>,
    /// What the figures mean.
    definitions: Vec<Definition>,
    /// How far all of this is complete.
    freshness: FreshnessView,
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Analytics")]
impl Business {
    /// Show the business figures
    #[oai(path = "/business", method = "get", operation_id = "ops.business")]
    async fn show(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<BusinessFigures>, Problem> {
        let figures = business::figures(&studio).await?;
        let through = figures.freshness.complete_through;
        let definitions = business::DEFINITIONS.iter().map(|(figure, sentence)| Definition {
            figure: (*figure).to_owned(),
            sentence: (*sentence).to_owned(),
        });
        Ok(Json(BusinessFigures {
            months: figures.months.iter().map(|month| MonthView::of(month, through)).collect(),
            days: figures.days.into_iter().map(Into::into).collect(),
            definitions: definitions.collect(),
            freshness: figures.freshness.into(),
        }))
    }
}
