-- A content's identity, owner and lifecycle. Its title, description and tags belong to the document in
-- MongoDB; `search_text`, `sort_title` and `tags` are copies for finding it, written with it.

create table contents (
    id               uuid primary key,
    owner            uuid not null references accounts (id),
    kind             text not null check (kind in ('video', 'audio')),
    -- How far its file is. `ready` is final; what others see is then decided by `visibility`.
    stage            text not null default 'uploading' check (stage in
                         ('uploading', 'checking', 'transcoding', 'ready', 'failed', 'refused', 'expired')),
    visibility       text not null check (visibility in ('private', 'public')),
    upload_id        uuid not null,
    -- What the creator's ETag speaks of: edits by people raise it, a workflow's writes do not.
    version          bigint not null default 1,
    change           bigint not null,
    search_text      text not null,
    sort_title       text not null,
    tags             text[] not null default '{}',
    progress_percent real check (progress_percent between 0 and 100),
    duration_ms      bigint check (duration_ms >= 0),
    width            integer,
    height           integer,
    thumbnail_key    text,
    created_at       timestamptz not null,
    published_at     timestamptz,
    deleted_at       timestamptz,
    -- Nothing of it is left but this row: an id is never used twice.
    purged_at        timestamptz
);

create index contents_of_owner on contents (owner, id) where purged_at is null;
create index contents_changed on contents (owner, change);
create index contents_to_purge on contents (deleted_at) where deleted_at is not null and purged_at is null;

create trigger contents_number_change before insert or update on contents
    for each row execute function number_change_of_owner();

-- What each creator keeps: the declared size of every original from the moment its upload is created.
create table creator_storage (
    owner       uuid primary key references accounts (id),
    used_bytes  bigint not null check (used_bytes >= 0),
    -- Where staff gave this creator another limit than everybody's.
    quota_bytes bigint check (quota_bytes >= 0)
);
