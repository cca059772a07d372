//! Jobs about events and figures.

mod expire_exports;
mod keep_event_days;
mod roll_up_late;
mod roll_up_nights;
mod write_export;

pub use expire_exports::ExpireExports;
pub use keep_event_days::KeepEventDays;
pub use roll_up_late::RollUpLate;
pub use roll_up_nights::RollUpNights;
pub use write_export::WriteExport;
