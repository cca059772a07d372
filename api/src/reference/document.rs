//! The `OpenAPI` document: what poem-openapi knows from the handlers' signatures, completed with what
//! follows from them.

use std::{collections::HashMap, marker::PhantomData};

use poem::{endpoint::BoxEndpoint, http::Method};
use poem_openapi::{
    ContactObject, LicenseObject, OpenApi, OpenApiService,
    registry::{MetaApi, Registry},
};
use serde_json::{Value, json};
use studio::accounts::Permission;

use super::problem_answers;

const ABOUT: &str = "Everything that the portal does, it does through this API.

**Who is calling.** `Authorization: Bearer …` with an access token (15 minutes, from `sessions.create` or \
`sessions.refresh`) or an API token (`tokens.create`). Each operation names the permission that it asks for.

**Problems** are `application/problem+json` (RFC 9457) with a stable `code`; [all codes](/docs/problems).

**Lists** are pages: pass `next_cursor` as `cursor` until there is none; `limit` is at most 100.

**Repeating a request.** A POST that creates takes an `Idempotency-Key`: the same key with the same request \
gives the first answer again. 429 and 503 say in `Retry-After` when to come back.

Times are RFC 3339 in UTC; a duration names its unit.";

/// The document, of an API that is known by its type alone: no server is needed to describe it.
pub fn document<T: OpenApi>() -> Value {
    let described =
        OpenApiService::new(Described::<T>(PhantomData), "Creator Studio", crate::VERSION)
            .description(ABOUT)
            .contact(ContactObject::new().name("Creator Studio"))
            .license(LicenseObject::new("Apache-2.0").identifier("Apache-2.0"));
    let mut document = serde_json::from_str(&described.spec()).unwrap_or_default();
    complete(&mut document);
    document
}

fn complete(document: &mut Value) {
    document["servers"] = json!([{ "url": "/", "description": "This installation" }]);
    document["components"]["securitySchemes"] = json!({
        crate::auth::BEARER: {
            "type": "http",
            "scheme": "bearer",
            "description": "An access token of a session, or an API token.",
        },
        crate::auth::refresh_cookie::SCHEME: {
            "type": "apiKey",
            "in": "cookie",
            "name": crate::auth::refresh_cookie::NAME,
            "description": "Set by `sessions.create` and `sessions.refresh`; scripts cannot read it.",
        },
    });
    plain_json(document);
    for (method, operation) in operations(document) {
        say_permission(operation);
        problem_answers::spell_out(method, operation);
    }
}

/// All operations with their methods.
fn operations(document: &mut Value) -> impl Iterator<Item = (&str, &mut Value)> {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    let operations = paths.filter_map(Value::as_object_mut).flatten();
    operations.map(|(method, operation)| (method.as_str(), operation))
}

/// [`crate::auth::Permit`] documents a scheme named after its permission; here it becomes the bearer
/// scheme, with the permission and the roles that hold it beside it.
fn say_permission(operation: &mut Value) {
    let asked = operation["security"][0].as_object().and_then(|s| s.keys().next().cloned());
    let permission = Permission::all().find(|p| Some(p.name()) == asked.as_deref());
    let Some(permission) = permission else { return };
    operation["security"] = json!([{ crate::auth::BEARER: [] }]);
    operation["x-permission"] = json!(permission.name());
    operation["x-roles"] = json!(permission.roles());
    operation["x-api-token"] = json!(permission.is_token_scope());
}

/// `application/json` needs no charset (RFC 8259, section 11), and generators stumble over one.
fn plain_json(value: &mut Value) {
    const WORDY: &str = "application/json; charset=utf-8";
    match value {
        Value::Object(map) => {
            if let Some(content) = map.remove(WORDY) {
                map.insert("application/json".to_owned(), content);
            }
            map.values_mut().for_each(plain_json);
        }
        Value::Array(items) => items.iter_mut().for_each(plain_json),
        _ => {}
    }
}

/// An API that is only described.
struct Described<T>(PhantomData<T>);

impl<T: OpenApi> OpenApi for Described<T> {
    fn meta() -> Vec<MetaApi> {
        T::meta()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn add_routes(self, _: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {}
}
