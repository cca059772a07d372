//! The one visible list of everything that runs outside a request.

use jobs::{Catalogue, Schedule};
use studio::{
    Studio,
    accounts::jobs::{ForgetOldProofs, MailWhatIsNeeded},
    analytics::jobs::{ExpireExports, KeepEventDays, RollUpLate, RollUpNights, WriteExport},
    content::jobs::{
        DiscardRenditions, DiscardUpload, ExpireUploads, ForgetWebhooks, PollTranscode,
        PurgeContent, PurgeDeleted, SweepOrphans, WriteDocument,
    },
    notify::jobs::SendMail,
};

/// Every job, workflow and schedule of the product.
pub fn catalogue() -> Catalogue<Studio> {
    let workflows =
        Catalogue::new().workflow(workflows::publish_upload()).workflow(workflows::roll_up_day());
    schedules(jobs_of_the_product(workflows))
}

fn jobs_of_the_product(catalogue: Catalogue<Studio>) -> Catalogue<Studio> {
    catalogue
        .job::<MailWhatIsNeeded>()
        .job::<ForgetOldProofs>()
        .job::<SendMail>()
        .job::<WriteDocument>()
        .job::<PollTranscode>()
        .job::<DiscardRenditions>()
        .job::<DiscardUpload>()
        .job::<ExpireUploads>()
        .job::<ForgetWebhooks>()
        .job::<PurgeContent>()
        .job::<PurgeDeleted>()
        .job::<SweepOrphans>()
        .job::<RollUpNights>()
        .job::<RollUpLate>()
        .job::<KeepEventDays>()
        .job::<WriteExport>()
        .job::<ExpireExports>()
}

/// Second, minute, hour, day of the month, month, day of the week; UTC.
fn schedules(catalogue: Catalogue<Studio>) -> Catalogue<Studio> {
    catalogue
        .schedule(Schedule::new("content.expire_uploads", "0 */5 * * * *", || ExpireUploads {}))
        .schedule(Schedule::new("content.sweep_orphans", "0 17 * * * *", || SweepOrphans {}))
        .schedule(Schedule::new("content.purge_deleted", "0 23 * * * *", || PurgeDeleted {}))
        .schedule(Schedule::new("content.forget_webhooks", "0 40 3 * * *", || ForgetWebhooks {}))
        .schedule(Schedule::new("analytics.roll_up_nights", "0 15 0 * * *", || RollUpNights {}))
        .schedule(Schedule::new("analytics.roll_up_late", "0 */10 * * * *", || RollUpLate {}))
        .schedule(Schedule::new("analytics.keep_event_days", "0 30 * * * *", || KeepEventDays {}))
        .schedule(Schedule::new("analytics.expire_exports", "0 35 * * * *", || ExpireExports {}))
        .schedule(Schedule::new(
            "accounts.forget_old_proofs",
            "0 50 3 * * *",
            || ForgetOldProofs {},
        ))
}
