//! Figures: what creators see of them, files of them, and what players report.

mod audience_views;
mod engagement;
mod exports;
mod figures;
mod freshness_view;
mod player;
mod views;

pub(crate) use freshness_view::FreshnessView;

/// The resources, for the service.
pub type Resources = (figures::Figures, exports::Exports, engagement::Engagement);

/// All of them.
pub const RESOURCES: Resources = (figures::Figures, exports::Exports, engagement::Engagement);

/// The areas of the document.
#[derive(poem_openapi::Tags)]
pub(crate) enum Area {
    /// How one's works do, and how sure that is. Days are UTC.
    Analytics,
    /// What players report.
    Engagement,
}
