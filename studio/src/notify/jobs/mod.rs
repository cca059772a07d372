//! What `notify` does in the background, one file a job.

mod send_mail;

pub use send_mail::SendMail;
