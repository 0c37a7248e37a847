-- Roles and a database for one help desk, to be run once by a database administrator, before `halldesk found`:
--
--     psql -v ON_ERROR_STOP=1 -v owner_password=... -f roles.sql postgresql://postgres@HOST/postgres
--
-- halldesk_owner   owns the tables. Whoever founds the desk (or moves it here) connects as it, and may go on with it.
-- halldesk_client  what every other workstation may do: read the log and add to it, never change or remove in it.
--                  It can't log in itself; people or machines get logins of their own that belong to it, as below.

CREATE ROLE halldesk_client NOLOGIN;
CREATE ROLE halldesk_owner LOGIN PASSWORD :'owner_password';
CREATE DATABASE halldesk OWNER halldesk_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE halldesk FROM PUBLIC;
GRANT CONNECT ON DATABASE halldesk TO halldesk_client;

-- For each person, or once for all workstations:
--     CREATE ROLE jo LOGIN PASSWORD '...' IN ROLE halldesk_client;
