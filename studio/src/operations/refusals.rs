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

/// No schedule of this name, or none any more.
pub static NO_SUCH_SCHEDULE: Code = Code::new(
    "operations.no_such_schedule",
    Kind::NotFound,
    "There is no such schedule.",
    "Check the name against the list: a schedule that no program has any more is gone.",
);

/// Its state does not allow this.
pub static WRONG_STATE: Code = Code::new(
    "operations.wrong_state",
    Kind::Conflict,
    "This cannot be done in its present state.",
    "Read it again: it may have moved on since you looked. Its page lists what can be done now.",
);

/// A job that a run is made of.
pub static BELONGS_TO_RUN: Code = Code::new(
    "operations.belongs_to_run",
    Kind::Conflict,
    "This job is a step of a workflow run.",
    "Retry the run instead; the detail names it.",
);

/// Another job has taken the place of this one.
pub static REPLACED: Code = Code::new(
    "operations.replaced",
    Kind::Conflict,
    "Another job does the same work already.",
    "Follow the job that the detail names.",
);

/// The run has no step of that name.
pub static NO_SUCH_STEP: Code = Code::new(
    "operations.no_such_step",
    Kind::Invalid,
    "This run has no such step.",
    "Choose one of the steps that the run lists.",
);

/// `from: step` without a step.
pub static STEP_NEEDED: Code = Code::new(
    "operations.step_needed",
    Kind::Invalid,
    "Which step is to be done again?",
    "Name the step, or choose `failed_and_after` or `all`.",
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
    &NO_SUCH_SCHEDULE,
    &WRONG_STATE,
    &BELONGS_TO_RUN,
    &REPLACED,
    &NO_SUCH_STEP,
    &STEP_NEEDED,
    &NO_SUCH_ACCOUNT,
    &SECOND_PERSON_NEEDED,
    &ROLE_NOT_HELD,
    &OWN_ADMIN_ROLE,
];
