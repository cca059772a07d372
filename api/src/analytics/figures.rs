//! How one's works do.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Enum, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use studio::{
    Studio,
    analytics::{TopBy, audience, dashboard, overview, overview::Asked, retention, right_now, top},
    ids::ContentId,
};

use super::{
    Area,
    audience_views::{AudienceView, RetentionView},
    views::{DashboardView, OverviewView, RealtimeView, TopContentsView},
};
use crate::{
    Problem,
    auth::{AnalyticsRead, Permit},
    ids,
};

/// The resource.
pub struct Figures;

/// How many contents when nobody says.
const USUAL_CONTENTS: u32 = 25;

/// By what contents are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "TopContentsSort", rename_all = "snake_case")]
enum Sort {
    /// Views.
    Views,
    /// Watch time.
    WatchTime,
    /// Likes.
    Likes,
}

impl From<Sort> for TopBy {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Views => Self::Views,
            Sort::WatchTime => Self::WatchTime,
            Sort::Likes => Self::Likes,
        }
    }
}

#[OpenApi(prefix_path = "/v1/analytics", tag = "Area::Analytics")]
impl Figures {
    /// Show the dashboard
    ///
    /// The last four weeks that are complete, compared with the four before; the strongest works; the
    /// newest against the usual.
    #[oai(path = "/dashboard", method = "get", operation_id = "analytics.dashboard")]
    async fn dashboard(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<DashboardView>, Problem> {
        Ok(Json(dashboard::dashboard(&studio, auth.account_id()).await?.into()))
    }

    /// Show how some days went
    #[oai(path = "/overview", method = "get", operation_id = "analytics.overview")]
    async fn overview(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// The first UTC day; without it, four weeks end with `to`.
        from: Query<Option<NaiveDate>>,
        /// The last UTC day; without it, the newest that is complete.
        to: Query<Option<NaiveDate>>,
        /// Of one content alone (`cnt_…`).
        content: Query<Option<String>>,
        /// Whether as many days before are answered too.
        #[oai(default = "yes")]
        compare: Query<bool>,
    ) -> Result<Json<OverviewView>, Problem> {
        let content = one_content(content.0.as_deref())?;
        let asked = Asked { from: from.0, to: to.0 };
        let overview =
            overview::overview(&studio, auth.account_id(), content, asked, compare.0).await?;
        Ok(Json(overview.into()))
    }

    /// List the strongest contents of some days
    #[oai(path = "/contents", method = "get", operation_id = "analytics.contents")]
    async fn contents(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// The first UTC day; without it, four weeks end with `to`.
        from: Query<Option<NaiveDate>>,
        /// The last UTC day; without it, the newest that is complete.
        to: Query<Option<NaiveDate>>,
        /// By what they are compared; views when nobody says.
        sort: Query<Option<Sort>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<TopContentsView>, Problem> {
        let asked = Asked { from: from.0, to: to.0 };
        let by = sort.0.map(Into::into).unwrap_or_default();
        let most = limit.0.unwrap_or(USUAL_CONTENTS);
        Ok(Json(top::top_contents(&studio, auth.account_id(), asked, by, most).await?.into()))
    }

    /// Show who watched
    ///
    /// What too few viewers stand behind is not shown, also not by subtraction.
    #[oai(path = "/audience", method = "get", operation_id = "analytics.audience")]
    async fn audience(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// The first UTC day; without it, four weeks end with `to`.
        from: Query<Option<NaiveDate>>,
        /// The last UTC day; without it, the newest that is complete.
        to: Query<Option<NaiveDate>>,
        /// Of one content alone (`cnt_…`).
        content: Query<Option<String>>,
    ) -> Result<Json<AudienceView>, Problem> {
        let content = one_content(content.0.as_deref())?;
        let asked = Asked { from: from.0, to: to.0 };
        Ok(Json(audience::audience(&studio, auth.account_id(), content, asked).await?.into()))
    }

    /// Show where viewers of a content stay
    #[oai(path = "/contents/:id/retention", method = "get", operation_id = "analytics.retention")]
    async fn retention(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
        /// The first UTC day; without it, four weeks end with `to`.
        from: Query<Option<NaiveDate>>,
        /// The last UTC day; without it, the newest that is complete.
        to: Query<Option<NaiveDate>>,
    ) -> Result<Json<RetentionView>, Problem> {
        let asked = Asked { from: from.0, to: to.0 };
        let content = ids::parse(&id, "id")?;
        Ok(Json(retention::retention(&studio, auth.account_id(), content, asked).await?.into()))
    }

    /// Show what happens just now
    ///
    /// An estimate beside the final figures, never to be added to them.
    #[oai(path = "/realtime", method = "get", operation_id = "analytics.realtime")]
    async fn realtime(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// Of one content alone (`cnt_…`).
        content: Query<Option<String>>,
    ) -> Result<Json<RealtimeView>, Problem> {
        let content = one_content(content.0.as_deref())?;
        Ok(Json(right_now::right_now(&studio, auth.account_id(), content).await?.into()))
    }
}

fn yes() -> bool {
    true
}

fn one_content(text: Option<&str>) -> Result<Option<ContentId>, Problem> {
    Ok(text.map(|text| ids::parse(text, "content")).transpose()?)
}
