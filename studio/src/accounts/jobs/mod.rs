//! What accounts do in the background, one file a job.

mod forget_old_proofs;
mod mail_what_is_needed;

pub use forget_old_proofs::ForgetOldProofs;
pub use mail_what_is_needed::MailWhatIsNeeded;
