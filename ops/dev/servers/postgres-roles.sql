-- The product's roles and database, the same on this machine and in containers (psql; harmless when done before).
-- creator_studio owns the database and migrates it, and is no superuser, as in production;
-- creator_studio_app is what the migrations let the product do: read and write rows, change no table;
-- creator_studio_service is the member of that group as which the API and the workers connect.
select format('create role %I %s', role.name, role.options)
from (values
    (1, 'creator_studio', 'login'),
    (2, 'creator_studio_app', 'nologin'),
    (3, 'creator_studio_service', 'login in role creator_studio_app')
) as role (position, name, options)
where not exists (select from pg_roles where rolname = role.name)
order by role.position
\gexec

select 'create database creator_studio owner creator_studio'
where not exists (select from pg_database where datname = 'creator_studio')
\gexec
