-- Whatever a person can watch live (contents, uploads, notifications) carries `change`: a number from one
-- sequence per owner. The row of `owner_changes` stays locked until the writer commits, so numbers become
-- visible in their order, and "everything after 17" never misses what was still being committed.

create table owner_changes (
    owner uuid primary key,
    last  bigint not null
);

create function next_change(of_owner uuid) returns bigint language sql as $$
    insert into owner_changes as c (owner, last) values (of_owner, 1)
    on conflict (owner) do update set last = c.last + 1
    returning last
$$;

create function number_change_of_owner() returns trigger language plpgsql as $$
begin
    new.change := next_change(new.owner);
    return new;
end
$$;

create function number_change_of_account() returns trigger language plpgsql as $$
begin
    new.change := next_change(new.account_id);
    return new;
end
$$;

alter table notifications add column change bigint;
create trigger notifications_number_change before insert or update on notifications
    for each row execute function number_change_of_account();
update notifications set read_at = read_at;
alter table notifications alter column change set not null;
create index notifications_changed on notifications (account_id, change);
