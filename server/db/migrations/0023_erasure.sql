-- Personal values of the record lie sealed under a key per owner: destroying the key erases them wherever they lie.
CREATE TABLE audit_person_keys (
  id uuid PRIMARY KEY,
  owner text NOT NULL UNIQUE,
  org_id uuid,
  wrapped bytea CHECK (octet_length(wrapped) = 60),
  wrapping text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz,
  destroyed_because text CHECK (destroyed_because IN ('erased', 'retention')),
  CHECK (num_nonnulls(wrapped, destroyed_at) = 1 AND num_nonnulls(wrapped, destroyed_because) = 1)
);
--> statement-breakpoint
CREATE FUNCTION allow_destroying_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.wrapped IS NOT NULL AND NEW.wrapped IS NULL
    AND to_jsonb(OLD) - ARRAY['wrapped', 'destroyed_at', 'destroyed_because']
      = to_jsonb(NEW) - ARRAY['wrapped', 'destroyed_at', 'destroyed_because']
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on % is refused: a key may be destroyed once, and nothing else', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
-- No foreign keys: a row of the hot path would lock its key's row each time, and values leave with their segment.
ALTER TABLE audit_clear_values DROP CONSTRAINT audit_clear_values_event_id_audit_inbox_id_fk;
--> statement-breakpoint
ALTER TABLE audit_clear_values ADD COLUMN key_id uuid;
--> statement-breakpoint
ALTER TABLE audit_clear_values ADD COLUMN sealed bytea;
--> statement-breakpoint
ALTER TABLE audit_clear_values ALTER COLUMN salt DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE audit_clear_values ALTER COLUMN value DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE audit_clear_values ADD CHECK (num_nonnulls(key_id, sealed) = 2 AND num_nonnulls(salt, value) = 0
  OR num_nonnulls(key_id, sealed) = 0 AND num_nonnulls(salt, value) = 2);
--> statement-breakpoint
-- What an older version wrote in clear, until it is sealed at the next start. Empty from then on.
CREATE INDEX audit_clear_values_plain ON audit_clear_values (event_id, field) WHERE sealed IS NULL;
--> statement-breakpoint
CREATE INDEX audit_clear_values_key ON audit_clear_values (key_id);
--> statement-breakpoint
ALTER TABLE people ADD COLUMN erased_at timestamptz;
--> statement-breakpoint
CREATE TABLE legal_holds (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('workspace', 'person', 'organisation')),
  subject_id uuid NOT NULL,
  workspace_id uuid REFERENCES workspaces(id),
  org_id uuid NOT NULL REFERENCES organisations(id),
  reason text NOT NULL,
  placed_by uuid NOT NULL,
  placed_at timestamptz NOT NULL,
  lift_asked_by uuid,
  lift_asked_at timestamptz,
  lifted_by uuid,
  lifted_at timestamptz,
  CHECK (lifted_by IS NULL OR lift_asked_by IS NOT NULL AND lifted_by <> lift_asked_by),
  CHECK (num_nonnulls(lifted_by, lifted_at) <> 1 AND num_nonnulls(lift_asked_by, lift_asked_at) <> 1)
);
--> statement-breakpoint
CREATE INDEX legal_holds_in_force ON legal_holds (subject_id) WHERE lifted_at IS NULL;
--> statement-breakpoint
CREATE FUNCTION allow_lifting_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NULL
    AND to_jsonb(OLD) - ARRAY['lift_asked_by', 'lift_asked_at', 'lifted_by', 'lifted_at']
      = to_jsonb(NEW) - ARRAY['lift_asked_by', 'lift_asked_at', 'lifted_by', 'lifted_at']
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on % is refused: a hold may be lifted once, and nothing else', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_person_keys', 'legal_holds'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_not_emptied', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_kept');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_emptied');
  END LOOP;
  CREATE TRIGGER audit_person_keys_ended BEFORE UPDATE ON audit_person_keys FOR EACH ROW EXECUTE FUNCTION allow_destroying_once();
  ALTER TABLE audit_person_keys ENABLE ALWAYS TRIGGER audit_person_keys_ended;
  CREATE TRIGGER legal_holds_ended BEFORE UPDATE ON legal_holds FOR EACH ROW EXECUTE FUNCTION allow_lifting_once();
  ALTER TABLE legal_holds ENABLE ALWAYS TRIGGER legal_holds_ended;
END $$;
