//! Why something that staff asked for is refused.

use crate::{Code, Kind};

/// A reason is empty or too long.
pub static BAD_REASON: Code = Code::new(
    "operations.bad_reason",
    Kind::Invalid,
    "A reason has 1 to 500 characters.",
    "Say in a sentence why this is done.",
);

/// No such job, or its history has been cleared.
pub static NO_SUCH_JOB: Code = Code::new(
    "operations.no_such_job",
    Kind::NotFound,
    "There is no such job.",
    "Check the id; finished jobs are kept for a limited time.",
);

/// No such workflow run, or its history has been cleared.
pub static NO_SUCH_RUN: Code = Code::new(
    "operations.no_such_run",
    Kind::NotFound,
    "There is no such workflow run.",
    "Check the id; finished runs are kept for a limited time.",
);

/// The job's state does not allow a retry.
pub static JOB_NOT_RETRYABLE: Code = Code::new(
    "operations.job_not_retryable",
    Kind::Conflict,
    "This job cannot be retried in its present state.",
    "Only dead and cancelled jobs, and jobs that wait for their next attempt, can be retried.",
);

/// The job has ended.
pub static JOB_NOT_CANCELLABLE: Code = Code::new(
    "operations.job_not_cancellable",
    Kind::Conflict,
    "This job has ended; there is nothing left to cancel.",
    "Read its outcome on the job's page.",
);

/// The run's state does not allow a retry.
pub static RUN_NOT_RETRYABLE: Code = Code::new(
    "operations.run_not_retryable",
    Kind::Conflict,
    "This run cannot be retried in its present state.",
    "Wait until it has failed or completed; a step can be retried once it was reached.",
);

/// The run has no step of that name.
pub static NO_SUCH_STEP: Code = Code::new(
    "operations.no_such_step",
    Kind::Invalid,
    "This run has no such step.",
    "Choose one of the steps that the run lists.",
);

/// No account with this id or address.
pub static NO_SUCH_ACCOUNT: Code = Code::new(
    "operations.no_such_account",
    Kind::NotFound,
    "There is no such account.",
    "Check the id or the address.",
);

/// One person alone cannot give somebody access to money.
pub static SECOND_PERSON_NEEDED: Code = Code::new(
    "operations.second_person_needed",
    Kind::Forbidden,
    "The finance role is granted by two people together; one alone cannot.",
    "Granting finance is not offered yet. Grant another role.",
);

/// The account does not have the role that is to be taken away.
pub static ROLE_NOT_HELD: Code = Code::new(
    "operations.role_not_held",
    Kind::Conflict,
    "This account does not have that role.",
    "Read the account again: somebody else may have taken the role away.",
);

/// An admin cannot take their own admin role away.
pub static OWN_ADMIN_ROLE: Code = Code::new(
    "operations.own_admin_role",
    Kind::Conflict,
    "You cannot take your own admin role away.",
    "Ask another admin to do it, so that one is always left.",
);

/// All of them, for the API's documentation.
pub static ALL: &[&Code] = &[
    &BAD_REASON,
    &NO_SUCH_JOB,
    &NO_SUCH_RUN,
    &JOB_NOT_RETRYABLE,
    &JOB_NOT_CANCELLABLE,
    &RUN_NOT_RETRYABLE,
    &NO_SUCH_STEP,
    &NO_SUCH_ACCOUNT,
    &SECOND_PERSON_NEEDED,
    &ROLE_NOT_HELD,
    &OWN_ADMIN_ROLE,
];
