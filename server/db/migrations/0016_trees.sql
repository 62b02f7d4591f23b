-- The edge of each tree: the hashes of the complete subtrees that fill it, largest first, 32 bytes each.
ALTER TABLE audit_heads ADD COLUMN edge bytea NOT NULL DEFAULT ''::bytea;
--> statement-breakpoint
CREATE TABLE audit_tiles (
  tree text NOT NULL,
  level integer NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
  PRIMARY KEY (tree, level, index)
);
--> statement-breakpoint
CREATE TABLE audit_checkpoints (
  tree text NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  note text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tree, size)
);
--> statement-breakpoint
CREATE TABLE audit_witnesses (
  id uuid PRIMARY KEY,
  org_id uuid NOT NULL REFERENCES organisations(id),
  name text NOT NULL,
  verifier_key text NOT NULL,
  token_hash bytea NOT NULL,
  granted_by uuid,
  valid_from timestamptz NOT NULL DEFAULT now(),
  valid_until timestamptz,
  ended_at timestamptz,
  ended_by uuid
);
--> statement-breakpoint
CREATE INDEX audit_witnesses_org ON audit_witnesses (org_id);
--> statement-breakpoint
CREATE UNIQUE INDEX audit_witnesses_token ON audit_witnesses (token_hash);
--> statement-breakpoint
CREATE TABLE audit_cosignatures (
  tree text NOT NULL,
  size bigint NOT NULL,
  witness_id uuid NOT NULL REFERENCES audit_witnesses(id),
  line text NOT NULL,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (tree, size, witness_id),
  FOREIGN KEY (tree, size) REFERENCES audit_checkpoints (tree, size)
);
--> statement-breakpoint
CREATE INDEX audit_cosignatures_witness ON audit_cosignatures (witness_id, received_at);
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_tiles', 'audit_checkpoints', 'audit_cosignatures'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_kept');
  END LOOP;
  CREATE TRIGGER audit_witnesses_kept BEFORE DELETE ON audit_witnesses FOR EACH ROW EXECUTE FUNCTION refuse_change();
  ALTER TABLE audit_witnesses ENABLE ALWAYS TRIGGER audit_witnesses_kept;
  CREATE TRIGGER audit_witnesses_ended BEFORE UPDATE ON audit_witnesses FOR EACH ROW EXECUTE FUNCTION allow_ending_once();
  ALTER TABLE audit_witnesses ENABLE ALWAYS TRIGGER audit_witnesses_ended;
  FOREACH name IN ARRAY ARRAY['audit_tiles', 'audit_checkpoints', 'audit_cosignatures', 'audit_witnesses'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_not_emptied', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_emptied');
  END LOOP;
END $$;
