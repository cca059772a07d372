//! A naive recount: the definitions of the figures, event by event, in no hurry.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::{PgPool, Row};
use studio::analytics::{audience::SMALLEST_CELL, rules};

use crate::channel::{PLAYS_MS, moment_of};

/// Every figure that is served, by the name under which it is compared; zeros are left out.
pub type Figures = BTreeMap<String, i64>;

type Dimension = (&'static str, &'static str);
/// Of a subject, dimension and value: views, watch time and who they were.
type Cells = BTreeMap<(String, &'static str, String), (i64, i64, BTreeSet<String>)>;
const DIMENSIONS: [Dimension; 5] = [
    ("age", "age_group"),
    ("gender", "gender"),
    ("country", "country"),
    ("device", "device"),
    ("source", "source"),
];

/// Counts events, of which each id is there once. `creators` says whose content each is.
pub fn of(events: &BTreeMap<String, Value>, creators: &BTreeMap<String, String>) -> Figures {
    let mut figures = Figures::new();
    let mut days: BTreeMap<NaiveDate, Vec<&Value>> = BTreeMap::new();
    for event in events.values() {
        days.entry(moment_of(event).day).or_default().push(event);
    }
    for (day, events) in days {
        count_day(&mut figures, day, &events, creators);
    }
    figures.retain(|_, figure| *figure != 0);
    figures
}

fn count_day(
    figures: &mut Figures,
    day: NaiveDate,
    events: &[&Value],
    creators: &BTreeMap<String, String>,
) {
    let mut viewers: BTreeMap<(String, String), Vec<&Value>> = BTreeMap::new();
    for event in events {
        viewers.entry((text(event, "content"), text(event, "viewer"))).or_default().push(event);
    }
    let mut people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut cells = Cells::new();
    for ((content, viewer), events) in viewers {
        let creator = &creators[&content];
        if let Some(rule) = rule_of(&events) {
            let mut add = |what: &str, n| {
                *figures.entry(format!("aside {creator} {day} {rule} {what}")).or_default() += n;
            };
            add("events", count(&events));
            add("views", views(&events));
            add("watch", watch_ms(&events));
            continue;
        }
        for subject in [format!("content {content}"), format!("creator {creator}")] {
            for event in &events {
                let name = match text(event, "kind").as_str() {
                    "view" => "views",
                    "like" => "likes",
                    "unlike" => "unlikes",
                    "share" => "shares",
                    "subscribe" => "subscribes",
                    _ => continue,
                };
                *figures.entry(format!("{subject} {day} {name}")).or_default() += 1;
                if subject.starts_with("content") {
                    *figures.entry(format!("total {content} {name}")).or_default() += 1;
                }
            }
            *figures.entry(format!("{subject} {day} watch")).or_default() += watch_ms(&events);
            people.entry(format!("{subject} {day} viewers")).or_default().insert(viewer.clone());
        }
        *figures.entry(format!("total {content} watch")).or_default() += watch_ms(&events);
        for event in &events {
            count_cells(&mut cells, event, &content, creator, &viewer);
            count_edges(figures, event, &content, day);
        }
    }
    for (name, people) in people {
        figures.insert(name, i64::try_from(people.len()).expect("few people"));
    }
    for ((subject, dimension, value), (views, watch, people)) in cells {
        let name = |what: &str| format!("audience {subject} {day} {dimension} {value} {what}");
        figures.insert(name("views"), views);
        figures.insert(name("watch"), watch);
        figures.insert(name("viewers"), i64::try_from(people.len()).expect("few people"));
    }
}

fn count_cells(cells: &mut Cells, event: &Value, content: &str, creator: &str, viewer: &str) {
    for (dimension, field) in DIMENSIONS {
        for subject in [content, creator] {
            let key = (subject.to_owned(), dimension, text(event, field));
            let cell = cells.entry(key).or_default();
            cell.0 += views(&[event]);
            cell.1 += watch_ms(&[event]);
            cell.2.insert(viewer.to_owned());
        }
    }
}

fn count_edges(figures: &mut Figures, event: &Value, content: &str, day: NaiveDate) {
    if text(event, "kind") != "watch_progress" {
        return;
    }
    let position = event["position_seconds"].as_i64().expect("whole seconds") * 1000;
    let percent = |ms: i64| (ms.max(0) * 100 / PLAYS_MS).min(100);
    let began = percent(position - watch_ms(&[event]));
    *figures.entry(format!("edge {content} {day} began {began}")).or_default() += 1;
    *figures.entry(format!("edge {content} {day} ended {}", percent(position))).or_default() += 1;
}

/// The rule that sets all of a viewer's day with a content aside.
fn rule_of(events: &[&Value]) -> Option<&'static str> {
    let at: Vec<i64> = events.iter().map(|e| i64::from(moment_of(e).day_ms)).collect();
    let between = at.iter().max()? - at.iter().min()?;
    let most = i64::from(rules::FASTEST) * (between + i64::from(rules::REPORT_MS));
    if events.iter().any(|event| text(event, "device") == "bot") {
        Some("declared_bot")
    } else if views(events) > rules::MOST_VIEWS {
        Some("repeated_views")
    } else if watch_ms(events) > most {
        Some("impossible_watch_time")
    } else {
        None
    }
}

fn count(events: &[&Value]) -> i64 {
    i64::try_from(events.len()).expect("few events")
}

fn views(events: &[&Value]) -> i64 {
    count(&events.iter().filter(|e| text(e, "kind") == "view").copied().collect::<Vec<_>>())
}

fn watch_ms(events: &[&Value]) -> i64 {
    events.iter().map(|e| e["watched_seconds"].as_i64().unwrap_or(0) * 1000).sum()
}

fn text(event: &Value, field: &str) -> String {
    event[field].as_str().unwrap_or("unknown").to_owned()
}

/// The same figures as the database has them.
pub async fn served(db: &PgPool) -> Figures {
    let mut figures = Figures::new();
    for (sql, columns) in TABLES {
        let rows = sqlx::query(*sql).fetch_all(db).await.expect("the tables of figures");
        for row in rows {
            let name: String = row.get("name");
            for column in *columns {
                let figure: i64 = row.get(*column);
                let what = if *column == "watch_ms" { "watch" } else { column };
                if figure != 0 {
                    figures.insert(format!("{name} {what}"), figure);
                }
            }
        }
    }
    let edges = "select 'edge cnt_' || replace(content_id::text, '-', '') || ' ' || day as name, percent, b, e
        from retention_daily cross join lateral unnest(percents, began, ended) as u (percent, b, e)";
    for row in sqlx::query(edges).fetch_all(db).await.expect("the table of curves") {
        let (name, percent): (String, i16) = (row.get("name"), row.get("percent"));
        for (what, column) in [("began", "b"), ("ended", "e")] {
            let figure: i32 = row.get(column);
            if figure != 0 {
                figures.insert(format!("{name} {what} {percent}"), i64::from(figure));
            }
        }
    }
    figures
}

const TABLES: &[(&str, &[&str])] = &[
    (
        "select 'content cnt_' || replace(content_id::text, '-', '') || ' ' || day as name, * from content_daily",
        &["views", "watch_ms", "likes", "unlikes", "shares", "subscribes", "viewers"],
    ),
    (
        "select 'creator acc_' || replace(creator::text, '-', '') || ' ' || day as name, * from creator_daily",
        &["views", "watch_ms", "likes", "unlikes", "shares", "subscribes", "viewers"],
    ),
    (
        "select 'total cnt_' || replace(content_id::text, '-', '') as name, * from content_totals",
        &["views", "watch_ms", "likes", "unlikes", "shares", "subscribes"],
    ),
    (
        "select 'audience ' || case when exists (select from contents c where c.id = subject) then 'cnt_' else 'acc_' end
            || replace(subject::text, '-', '') || ' ' || day || ' ' || dimension || ' ' || value as name,
            views, watch_ms, viewers from audience_daily",
        &["views", "watch_ms", "viewers"],
    ),
    (
        "select 'aside acc_' || replace(creator::text, '-', '') || ' ' || day || ' ' || rule as name,
            events, views, watch_ms from set_aside_daily",
        &["events", "views", "watch_ms"],
    ),
];

/// Whether anything that is shown of an audience could tell fewer people apart than may be: by itself, or by
/// subtraction from its neighbours. Names what does.
pub async fn too_few_behind(db: &PgPool) -> Vec<String> {
    let lines = "select 'shown' as line, subject::text || day || dimension || value as which, viewers as behind
            from audience_daily where shown and viewers < $1
        union all
        select 'beside in a work', subject::text || day || dimension, sum(viewers) filter (where not shown)::int8
            from audience_daily group by subject, day, dimension
            having bool_or(shown) and sum(viewers) filter (where not shown) between 1 and $1 - 1
        union all
        select 'beside in a value', c.owner::text || a.day || a.dimension || a.value,
                sum(a.viewers) filter (where not a.shown)::int8
            from audience_daily a join contents c on c.id = a.subject
            group by c.owner, a.day, a.dimension, a.value
            having bool_or(a.shown) and sum(a.viewers) filter (where not a.shown) between 1 and $1 - 1";
    let rows = sqlx::query(lines).bind(SMALLEST_CELL).fetch_all(db).await.expect("the audience");
    rows.iter()
        .map(|row| format!("{}: {}", row.get::<String, _>("line"), row.get::<String, _>("which")))
        .collect()
}
