-- One file on its way in. The parts themselves are known to the object store alone.

create table uploads (
    id               uuid primary key,
    content_id       uuid not null references contents (id),
    owner            uuid not null references accounts (id),
    state            text not null default 'uploading' check (state in
                         ('uploading', 'submitted', 'accepted', 'failed', 'refused', 'aborted', 'expired')),
    -- As declared.
    file_name        text not null,
    title            text not null,
    size_bytes       bigint not null check (size_bytes between 1 and 5497558138880),
    media_type       text not null,
    sha256           bytea check (length(sha256) = 32),
    -- As planned.
    part_size_bytes  bigint not null check (part_size_bytes between 5242880 and 5368709120),
    part_count       integer not null check (part_count between 1 and 10000),
    object_key       text not null,
    multipart_id     text not null,
    -- As the object store said when it was last asked.
    received_bytes   bigint not null default 0,
    received_parts   integer not null default 0,
    received_at      timestamptz,
    -- As proven by the bytes.
    proven_type      text,
    proven_sha256    bytea check (length(proven_sha256) = 32),
    -- The run of publish_upload that took it over.
    run_id           uuid,
    failure_code     text,
    failure_detail   text,
    failure_step     text,
    version          bigint not null default 1,
    change           bigint not null,
    created_at       timestamptz not null,
    submitted_at     timestamptz,
    finished_at      timestamptz,
    expires_at       timestamptz not null,
    check (state <> 'submitted' or run_id is not null)
);

alter table contents add constraint contents_upload foreign key (upload_id) references uploads (id)
    deferrable initially deferred;

create index uploads_of_owner on uploads (owner, id);
create index uploads_of_content on uploads (content_id);
create index uploads_changed on uploads (owner, change);
create index uploads_expiring on uploads (expires_at) where state = 'uploading';

create trigger uploads_number_change before insert or update on uploads
    for each row execute function number_change_of_owner();

-- The MD5 that each part was last signed with: a device that goes on with an upload compares its file
-- with these before it sends a byte.
create table upload_parts (
    upload_id uuid not null references uploads (id),
    number    integer not null check (number between 1 and 10000),
    md5       bytea not null check (length(md5) = 16),
    primary key (upload_id, number)
);
