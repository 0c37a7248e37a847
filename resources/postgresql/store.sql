-- The shared log of one help desk in a PostgreSQL database (13 or newer). `halldesk found` runs this file as the role
-- that founds the desk; a database administrator may run it before that instead, as the role that shall own the tables:
--
--     psql -v ON_ERROR_STOP=1 --single-transaction -f store.sql postgresql://halldesk_owner@HOST/halldesk
--
-- It may be run again and changes nothing then. Everything in the tables is signed and sealed by the workstations; who
-- can read the database sees how much there is, but not what.

SELECT pg_advisory_xact_lock(4816104);  -- two who found at the same moment

CREATE SCHEMA IF NOT EXISTS halldesk;

-- Which desk this is. One row, put if absent.
CREATE TABLE IF NOT EXISTS halldesk.store (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    card bytea NOT NULL CHECK (octet_length(card) <= 65536),
    made_at timestamptz NOT NULL DEFAULT now()
);

-- The log. Rows are inserted once and never changed; the primary key decides who was first.
CREATE TABLE IF NOT EXISTS halldesk.log (
    epoch integer NOT NULL CHECK (epoch > 0),
    seq bigint NOT NULL CHECK (seq >= 0),
    name text COLLATE "C" NOT NULL,
    bytes bytea NOT NULL CHECK (octet_length(bytes) <= 33619968),
    put_at timestamptz NOT NULL DEFAULT now(),
    put_by text NOT NULL DEFAULT session_user,
    PRIMARY KEY (epoch, seq, name),
    CHECK (name ~ '^[0-9]{12,18}[.](e|r[1-9])$' AND split_part(name, '.', 1)::bigint = seq)
);
ALTER TABLE halldesk.log ALTER COLUMN bytes SET STORAGE EXTERNAL;  -- compressed already

-- What lies beside the log: invitations, heartbeats, snapshots, attachments in chunks.
CREATE TABLE IF NOT EXISTS halldesk.side (
    kind text COLLATE "C" NOT NULL CHECK (kind ~ '^[a-z]{1,16}$'),
    name text COLLATE "C" NOT NULL CHECK (name ~ '^[a-z0-9.-]{1,80}$'),
    bytes bytea NOT NULL CHECK (octet_length(bytes) <= 4198400),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, name)
);
ALTER TABLE halldesk.side ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The bell: whoever listens hears of each new entry in the moment in which it is committed.
CREATE OR REPLACE FUNCTION halldesk.ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('halldesk', NEW.epoch || '|' || NEW.seq);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ring ON halldesk.log;
CREATE TRIGGER ring AFTER INSERT ON halldesk.log FOR EACH ROW EXECUTE FUNCTION halldesk.ring();

-- What workstations may do with side files, beyond reading and adding: replace and remove heartbeats and invitations,
-- and remove snapshots that are a week old, of which each workstation can make a new one. Attachments are removed by
-- the owner only. These rules don't bind the owner of the tables.
ALTER TABLE halldesk.side ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON halldesk.side;
CREATE POLICY reading ON halldesk.side FOR SELECT USING (true);
DROP POLICY IF EXISTS adding ON halldesk.side;
CREATE POLICY adding ON halldesk.side FOR INSERT WITH CHECK (true);
DROP POLICY IF EXISTS replacing ON halldesk.side;
CREATE POLICY replacing ON halldesk.side FOR UPDATE USING (kind IN ('invite', 'dev'));
DROP POLICY IF EXISTS removing ON halldesk.side;
CREATE POLICY removing ON halldesk.side FOR DELETE
    USING (kind IN ('invite', 'dev') OR kind = 'snap' AND changed_at < now() - interval '7 days');

-- The rights of the role for workstations, if roles.sql has made it. Nothing may be changed or removed in the log.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'halldesk_client') THEN
        GRANT USAGE ON SCHEMA halldesk TO halldesk_client;
        GRANT SELECT, INSERT (card) ON halldesk.store TO halldesk_client;
        GRANT SELECT, INSERT (epoch, seq, name, bytes) ON halldesk.log TO halldesk_client;
        GRANT SELECT, INSERT (kind, name, bytes), UPDATE (bytes, changed_at), DELETE ON halldesk.side
            TO halldesk_client;
    END IF;
END $$;
