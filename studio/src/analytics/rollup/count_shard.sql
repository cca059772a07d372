-- Counts one shard of one day, from its events, into all tables of figures: one statement, so one snapshot.
-- Counting again changes only rows whose figures changed.
--
-- $1 day, $2 shard, $3 most views of one work by one viewer, $4 playback speed, $5 length of a report (ms),
-- $6 fewest viewers behind a figure that is shown; the rules are those of analytics/rules.rs.
with tally as materialized (
    -- A viewer of a work, as they were described: everything below is made of these, a tenth of the events.
    select content_id, creator, viewer, age_group, gender, country, device, source,
        count(*) as events,
        count(*) filter (where kind = 'view') as views,
        sum(watched_ms)::bigint as watch_ms,
        count(*) filter (where kind = 'like') as likes,
        count(*) filter (where kind = 'unlike') as unlikes,
        count(*) filter (where kind = 'share') as shares,
        count(*) filter (where kind = 'subscribe') as subscribes,
        min(day_ms) as first_ms,
        max(day_ms) as last_ms
    from engagement_events
    where id >= engagement_day_floor($1) and id < engagement_day_floor($1 + 1) and shard = $2
    group by content_id, creator, viewer, age_group, gender, country, device, source
),
suspect as materialized (
    select content_id, viewer,
        case when bool_or(device = 'bot') then 'declared_bot'
             when sum(views) > $3::int8 then 'repeated_views'
             else 'impossible_watch_time' end as rule
    from tally
    group by content_id, viewer
    having bool_or(device = 'bot') or sum(views) > $3::int8
        or sum(watch_ms) > $4::int4 * (max(last_ms) - min(first_ms)) + $4::int4 * $5::int4
),
judged as materialized (
    select tally.*, rule from tally left join suspect using (content_id, viewer)
),
of_viewer as materialized (
    -- Also rows that no longer count, as zeros: a figure that was served is corrected, never forgotten.
    select content_id, creator, viewer, bool_and(rule is null) as counts,
        coalesce(sum(views) filter (where rule is null), 0)::bigint as views,
        coalesce(sum(watch_ms) filter (where rule is null), 0)::bigint as watch_ms,
        coalesce(sum(likes) filter (where rule is null), 0)::bigint as likes,
        coalesce(sum(unlikes) filter (where rule is null), 0)::bigint as unlikes,
        coalesce(sum(shares) filter (where rule is null), 0)::bigint as shares,
        coalesce(sum(subscribes) filter (where rule is null), 0)::bigint as subscribes
    from judged
    group by content_id, creator, viewer
),
of_content as materialized (
    select content_id, creator,
        sum(views)::bigint as views, sum(watch_ms)::bigint as watch_ms, sum(likes)::bigint as likes,
        sum(unlikes)::bigint as unlikes, sum(shares)::bigint as shares, sum(subscribes)::bigint as subscribes,
        count(*) filter (where counts) as viewers
    from of_viewer
    group by content_id, creator
),
changed_totals as (
    -- What this count adds to what an earlier count of the day had put into the totals.
    select new.content_id, new.creator,
        new.views - coalesce(old.views, 0) as views,
        new.watch_ms - coalesce(old.watch_ms, 0) as watch_ms,
        new.likes - coalesce(old.likes, 0) as likes,
        new.unlikes - coalesce(old.unlikes, 0) as unlikes,
        new.shares - coalesce(old.shares, 0) as shares,
        new.subscribes - coalesce(old.subscribes, 0) as subscribes
    from of_content new
    left join content_daily old on old.content_id = new.content_id and old.day = $1
    where old.content_id is null
        or (new.views, new.watch_ms, new.likes, new.unlikes, new.shares, new.subscribes)
            <> (old.views, old.watch_ms, old.likes, old.unlikes, old.shares, old.subscribes)
),
write_totals as (
    insert into content_totals as t (content_id, creator, views, watch_ms, likes, unlikes, shares, subscribes)
    select content_id, creator, views, watch_ms, likes, unlikes, shares, subscribes
    from changed_totals order by content_id
    on conflict (content_id) do update set
        views = t.views + excluded.views, watch_ms = t.watch_ms + excluded.watch_ms,
        likes = t.likes + excluded.likes, unlikes = t.unlikes + excluded.unlikes,
        shares = t.shares + excluded.shares, subscribes = t.subscribes + excluded.subscribes
),
write_content as (
    insert into content_daily as t
        (content_id, day, creator, views, watch_ms, likes, unlikes, shares, subscribes, viewers)
    select content_id, $1, creator, views, watch_ms, likes, unlikes, shares, subscribes, viewers
    from of_content order by creator, content_id
    on conflict (content_id, day) do update set
        views = excluded.views, watch_ms = excluded.watch_ms, likes = excluded.likes,
        unlikes = excluded.unlikes, shares = excluded.shares, subscribes = excluded.subscribes,
        viewers = excluded.viewers
    where (t.views, t.watch_ms, t.likes, t.unlikes, t.shares, t.subscribes, t.viewers)
        <> (excluded.views, excluded.watch_ms, excluded.likes, excluded.unlikes, excluded.shares,
            excluded.subscribes, excluded.viewers)
),
write_creator as (
    insert into creator_daily as t
        (creator, day, views, watch_ms, likes, unlikes, shares, subscribes, viewers)
    select creator, $1, sum(views), sum(watch_ms), sum(likes), sum(unlikes), sum(shares), sum(subscribes),
        count(distinct viewer) filter (where counts)
    from of_viewer group by creator order by creator
    on conflict (creator, day) do update set
        views = excluded.views, watch_ms = excluded.watch_ms, likes = excluded.likes,
        unlikes = excluded.unlikes, shares = excluded.shares, subscribes = excluded.subscribes,
        viewers = excluded.viewers
    where (t.views, t.watch_ms, t.likes, t.unlikes, t.shares, t.subscribes, t.viewers)
        <> (excluded.views, excluded.watch_ms, excluded.likes, excluded.unlikes, excluded.shares,
            excluded.subscribes, excluded.viewers)
),
cell as materialized (
    select content_id, creator, viewer, dimension, value, bool_and(rule is null) as counts,
        coalesce(sum(views) filter (where rule is null), 0)::bigint as views,
        coalesce(sum(watch_ms) filter (where rule is null), 0)::bigint as watch_ms
    from judged
    cross join lateral (values
        ('age'::audience_dimension, age_group::text), ('gender', gender::text), ('country', country),
        ('device', device::text), ('source', source::text)) as described (dimension, value)
    group by content_id, creator, viewer, dimension, value
),
of_audience as materialized (
    select content_id, creator, dimension, value, sum(views)::bigint as views, sum(watch_ms)::bigint as watch_ms,
        count(*) filter (where counts) as viewers
    from cell group by content_id, creator, dimension, value
),
hidden_audience as (
    -- The smallest cells beside each other, of one work and of one value over a creator's works, hide as many as it
    -- takes for enough people to stand behind what is hidden: else it could be had by subtraction.
    select content_id, creator, dimension, value, views, watch_ms, viewers,
        sum(viewers) over (partition by content_id, dimension order by viewers, value
            rows between unbounded preceding and 1 preceding) as beside_in_work,
        sum(viewers) over (partition by creator, dimension, value order by viewers, content_id
            rows between unbounded preceding and 1 preceding) as beside_in_value
    from of_audience
),
write_content_audience as (
    insert into audience_daily as t (subject, day, dimension, value, views, watch_ms, viewers, shown)
    select content_id, $1, dimension, value, views, watch_ms, viewers,
        viewers >= $6::int8 and coalesce(beside_in_work, 0) not between 1 and $6::int8 - 1
            and coalesce(beside_in_value, 0) not between 1 and $6::int8 - 1
    from hidden_audience order by content_id, dimension
    on conflict (subject, day, dimension, value) do update set
        views = excluded.views, watch_ms = excluded.watch_ms, viewers = excluded.viewers, shown = excluded.shown
    where (t.views, t.watch_ms, t.viewers, t.shown)
        <> (excluded.views, excluded.watch_ms, excluded.viewers, excluded.shown)
),
of_creator_audience as (
    select creator, dimension, value, sum(views)::bigint as views, sum(watch_ms)::bigint as watch_ms,
        count(distinct viewer) filter (where counts) as viewers
    from cell group by creator, dimension, value
),
hidden_creator_audience as (
    select *, sum(viewers) over (partition by creator, dimension order by viewers, value
        rows between unbounded preceding and 1 preceding) as beside
    from of_creator_audience
),
write_creator_audience as (
    insert into audience_daily as t (subject, day, dimension, value, views, watch_ms, viewers, shown)
    select creator, $1, dimension, value, views, watch_ms, viewers,
        viewers >= $6::int8 and coalesce(beside, 0) not between 1 and $6::int8 - 1
    from hidden_creator_audience order by creator, dimension
    on conflict (subject, day, dimension, value) do update set
        views = excluded.views, watch_ms = excluded.watch_ms, viewers = excluded.viewers, shown = excluded.shown
    where (t.views, t.watch_ms, t.viewers, t.shown)
        <> (excluded.views, excluded.watch_ms, excluded.viewers, excluded.shown)
),
edge as materialized (
    select content_id, from_percent, to_percent, count(*) filter (where rule is null) as stretches
    from engagement_events left join suspect using (content_id, viewer)
    where id >= engagement_day_floor($1) and id < engagement_day_floor($1 + 1) and shard = $2
        and from_percent is not null
    group by content_id, from_percent, to_percent
),
curve as (
    select content_id, percent, sum(began)::integer as began, sum(ended)::integer as ended
    from edge
    cross join lateral (values (from_percent, stretches, 0), (to_percent, 0, stretches)) as at (percent, began, ended)
    group by content_id, percent
),
write_retention as (
    insert into retention_daily as t (content_id, day, percents, began, ended)
    select content_id, $1, array_agg(percent order by percent), array_agg(began order by percent),
        array_agg(ended order by percent)
    from curve group by content_id
    on conflict (content_id, day) do update set
        percents = excluded.percents, began = excluded.began, ended = excluded.ended
    where (t.percents, t.began, t.ended) <> (excluded.percents, excluded.began, excluded.ended)
),
forget_set_aside as (
    delete from set_aside_daily old
    where day = $1 and creator in (select creator from tally)
        and not exists (select from judged where judged.creator = old.creator and judged.rule = old.rule)
),
write_set_aside as (
    insert into set_aside_daily as t (creator, day, rule, events, views, watch_ms)
    select creator, $1, rule, sum(events), sum(views), sum(watch_ms)
    from judged where rule is not null group by creator, rule
    on conflict (creator, day, rule) do update set
        events = excluded.events, views = excluded.views, watch_ms = excluded.watch_ms
    where (t.events, t.views, t.watch_ms) <> (excluded.events, excluded.views, excluded.watch_ms)
)
select coalesce(sum(events), 0)::bigint as "events!",
    coalesce(sum(events) filter (where rule is not null), 0)::bigint as "set_aside!"
from judged
