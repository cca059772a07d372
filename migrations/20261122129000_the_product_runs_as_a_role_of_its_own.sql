-- The tables belong to the role that migrates. The role that the product connects as need not be the
-- same: as a member of the group `creator_studio_app` it may read and write rows and change no table,
-- and to the audit log it can only add. Where the migrating role may not create roles, the product
-- connects as the owner, as it would have anyway.

do $$
begin
    if not exists (select from pg_roles where rolname = 'creator_studio_app') then
        create role creator_studio_app nologin;
    end if;
exception
    when insufficient_privilege then
        raise notice 'not allowed to create the role creator_studio_app; the product runs as %', current_user;
    when duplicate_object or unique_violation then
        null; -- another database of this server is being migrated at the same moment
end
$$;

do $$
declare
    room text;
begin
    if not exists (select from pg_roles where rolname = 'creator_studio_app') then
        return;
    end if;
    foreach room in array array['public', 'jobs'] loop
        continue when to_regnamespace(room) is null;
        execute format('grant usage on schema %I to creator_studio_app', room);
        execute format('grant select, insert, update, delete on all tables in schema %I to creator_studio_app', room);
        execute format('grant usage on all sequences in schema %I to creator_studio_app', room);
        -- and on what later migrations bring
        execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to creator_studio_app', room);
        execute format('alter default privileges in schema %I grant usage on sequences to creator_studio_app', room);
    end loop;
    revoke update, delete, truncate on audit_log from creator_studio_app;
end
$$;
