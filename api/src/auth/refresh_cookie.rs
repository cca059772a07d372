//! The cookie that keeps a browser signed in: scripts cannot read it, other sites cannot make the browser
//! send it, and it travels to `/v1/auth` alone.

use std::time::Duration;

use poem::web::cookie::{Cookie, SameSite};
use studio::config::{Config, Environment};

/// Its name.
pub const NAME: &str = "creator_studio_refresh";
const PATH: &str = "/v1/auth";

/// The cookie for this refresh token.
pub fn carrying(token: &str, config: &Config) -> Cookie {
    let mut cookie = bare(token, config);
    cookie.set_max_age(Duration::from_secs(config.accounts.session_seconds));
    cookie
}

/// The cookie that removes it.
pub fn removal(config: &Config) -> Cookie {
    let mut cookie = bare("", config);
    cookie.set_max_age(Duration::ZERO);
    cookie
}

fn bare(value: &str, config: &Config) -> Cookie {
    let mut cookie = Cookie::new_with_str(NAME, value);
    cookie.set_path(PATH);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_secure(config.environment == Environment::Production);
    cookie
}
