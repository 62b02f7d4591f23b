-- What is pending goes into its tree first, in the old way; the edges are computed at the next start.
WITH numbered AS (
  SELECT p.tree, p.event_id, sha256('\x00'::bytea || convert_to(i.canonical, 'UTF8')) AS leaf_hash,
    coalesce(h.size, 0) + row_number() OVER (PARTITION BY p.tree ORDER BY p.event_id) - 1 AS index
  FROM audit_pending p JOIN audit_inbox i ON i.id = p.event_id LEFT JOIN audit_heads h ON h.tree = p.tree
), logged AS (
  INSERT INTO audit_log (tree, index, event_id, leaf_hash) SELECT tree, index, event_id, leaf_hash FROM numbered
), gone AS (
  DELETE FROM audit_pending
)
INSERT INTO audit_heads (tree, size, at) SELECT tree, max(index) + 1, now() FROM numbered GROUP BY tree
ON CONFLICT (tree) DO UPDATE SET size = excluded.size, at = excluded.at, edge = ''::bytea;
--> statement-breakpoint
ALTER TABLE audit_pending DROP CONSTRAINT audit_pending_pkey;
--> statement-breakpoint
ALTER TABLE audit_pending ADD COLUMN place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
--> statement-breakpoint
CREATE TABLE audit_writers (
  writer text PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);
--> statement-breakpoint
INSERT INTO audit_writers (writer, seq, hash)
SELECT DISTINCT ON (writer) writer, writer_seq, hash FROM audit_inbox ORDER BY writer, writer_seq DESC;
--> statement-breakpoint
-- The check of it would lock the row of the event, and so write it once more, for every event.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_event_id_audit_inbox_id_fk;
--> statement-breakpoint
ALTER TABLE audit_tiles ADD COLUMN head bytea NOT NULL CHECK (octet_length(head) = 32);
--> statement-breakpoint
-- Hashes do not shrink: trying costs time, and a piece of a tile could not be read alone.
ALTER TABLE audit_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE TABLE audit_log_keys (
  verifier_key text PRIMARY KEY,
  begun_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by uuid
);
--> statement-breakpoint
CREATE UNIQUE INDEX audit_log_keys_one_open ON audit_log_keys ((true)) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE TABLE audit_alarms (
  tree text PRIMARY KEY,
  why text NOT NULL CHECK (why IN ('shrunk', 'different')),
  outside_size bigint NOT NULL,
  outside_root bytea NOT NULL,
  size bigint NOT NULL,
  since timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE audit_restores (
  tree text NOT NULL,
  outside_size bigint NOT NULL,
  outside_root bytea NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tree, outside_size, outside_root)
);
--> statement-breakpoint
CREATE TABLE audit_verifications (
  id uuid PRIMARY KEY,
  tree text,
  asked_by uuid,
  asked_at timestamptz NOT NULL,
  begun_at timestamptz,
  ended_at timestamptz,
  events bigint,
  faults jsonb
);
--> statement-breakpoint
CREATE INDEX audit_verifications_tree ON audit_verifications (tree, asked_at);
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  CREATE TRIGGER audit_restores_kept BEFORE UPDATE OR DELETE ON audit_restores FOR EACH ROW EXECUTE FUNCTION refuse_change();
  ALTER TABLE audit_restores ENABLE ALWAYS TRIGGER audit_restores_kept;
  CREATE TRIGGER audit_log_keys_kept BEFORE DELETE ON audit_log_keys FOR EACH ROW EXECUTE FUNCTION refuse_change();
  ALTER TABLE audit_log_keys ENABLE ALWAYS TRIGGER audit_log_keys_kept;
  CREATE TRIGGER audit_log_keys_ended BEFORE UPDATE ON audit_log_keys FOR EACH ROW EXECUTE FUNCTION allow_ending_once();
  ALTER TABLE audit_log_keys ENABLE ALWAYS TRIGGER audit_log_keys_ended;
  FOREACH name IN ARRAY ARRAY['audit_restores', 'audit_log_keys'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_not_emptied', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_emptied');
  END LOOP;
END $$;
