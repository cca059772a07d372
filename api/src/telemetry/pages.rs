//! The pages of the portal, as its routes are written (`portal/src/areas/*/routes.ts`).

/// What a page that is not in the list is counted as.
const OTHER: &str = "other";

const PAGES: [&str; 26] = [
    "/",
    "/sign-in",
    "/sign-up",
    "/verify",
    "/forgot-password",
    "/reset-password",
    "/studio",
    "/studio/upload",
    "/studio/library",
    "/studio/library/$contentId",
    "/settings",
    "/settings/profile",
    "/settings/password",
    "/settings/sessions",
    "/settings/tokens",
    "/ops",
    "/ops/queues",
    "/ops/jobs",
    "/ops/jobs/$jobId",
    "/ops/runs",
    "/ops/runs/$runId",
    "/ops/schedules",
    "/ops/workers",
    "/ops/audit",
    "/ops/people",
    "/ops/people/$accountId",
];

/// The label of a page: itself if it is one of ours, so that nobody outside can make new ones.
pub(super) fn label(page: &str) -> &'static str {
    let page = if page == "/" { page } else { page.trim_end_matches('/') };
    PAGES.into_iter().find(|known| *known == page).unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ours_is_counted_by_its_route() {
        assert_eq!(label("/studio/library/$contentId"), "/studio/library/$contentId");
        assert_eq!(label("/ops/"), "/ops");
        assert_eq!(label("/"), "/");
    }

    #[test]
    fn anything_else_is_counted_together() {
        assert_eq!(label("/studio/library/cnt_0198"), OTHER);
        assert_eq!(label("/etc/passwd"), OTHER);
        assert_eq!(label(""), OTHER);
    }
}
