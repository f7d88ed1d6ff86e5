-- Run once, by PostgreSQL's image on an empty data volume, as the superuser.
-- Roles and databases of Shouwen and Temporal. Passwords come from the secrets, so that none of
-- them stands in a file of the project; those of Shouwen's roles are taken out of its addresses.
\set ON_ERROR_STOP on
\set owner `sed 's|.*//[^:]*:\([^@]*\)@.*|\1|' "${SECRETS:-/run/secrets}/database_owner_url"`
\set app `sed 's|.*//[^:]*:\([^@]*\)@.*|\1|' "${SECRETS:-/run/secrets}/database_url"`
\set temporal `cat "${SECRETS:-/run/secrets}/postgres_temporal"`

set log_statement = 'none';
create role shouwen_owner login password :'owner';
create role shouwen_app login password :'app';
create role temporal login password :'temporal';

create database shouwen owner shouwen_owner;
revoke all on database shouwen from public;
grant connect on database shouwen to shouwen_app;

create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke all on database temporal from public;
revoke all on database temporal_visibility from public;

-- The owner is no superuser, so what migrations build on has to be here before them.
\connect shouwen
create extension pg_trgm;
create extension btree_gist;
grant usage on schema public to shouwen_app;
