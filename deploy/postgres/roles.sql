-- The five roles and their schemas in one database. To be run by a superuser, connected to that database, as often as one
-- likes; a password that changed is set anew:
--   psql -v ON_ERROR_STOP=1 -v intake=... -v scoring=... -v routing=... -v notification=... -v statistics=... \
--        -d histologe -f deploy/postgres/roles.sql
-- Each variable is the password of the role of that name. A service sees its own schema and nobody else's.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
BEGIN;

-- Searches without accents and by parts of words, for every service's indexes.
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE TEMPORARY TABLE services (name text, password text) ON COMMIT DROP;
INSERT INTO services VALUES
  ('intake', :'intake'), ('scoring', :'scoring'), ('routing', :'routing'), ('notification', :'notification'),
  ('statistics', :'statistics');

-- Roles belong to the whole server: two databases may be prepared at the same time.
SELECT pg_advisory_xact_lock(hashtext('histologe.roles'));

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', name) FROM services
 WHERE name NOT IN (SELECT rolname FROM pg_roles) \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', name, password) FROM services \gexec
SELECT format('ALTER ROLE %I SET search_path = %I, public', name, name) FROM services \gexec
SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', name, name) FROM services \gexec
SELECT format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', name) FROM services \gexec

COMMIT;
