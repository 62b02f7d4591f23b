-- The record and the rows of policy cannot be rewritten, whatever a query says. This does not stop a superuser, who can
-- drop a trigger: the hash chains and other organisations' witnesses are what notices that.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: rows of this table are kept as they are', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE FUNCTION allow_ending_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND OLD.ended_by IS NULL
    AND to_jsonb(OLD) - 'ended_at' - 'ended_by' = to_jsonb(NEW) - 'ended_at' - 'ended_by'
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on % is refused: a row of policy may be ended once, and nothing else', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_inbox', 'audit_log', 'section_updates', 'boundary_clauses'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['participations', 'memberships', 'boundaries', 'grants', 'denies', 'group_members'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION allow_ending_once()', name || '_ended', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['audit_inbox', 'audit_log', 'section_updates', 'boundary_clauses',
    'participations', 'memberships', 'boundaries', 'grants', 'denies', 'group_members'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_not_emptied', name);
    -- Also under session_replication_role = replica, which skips ordinary triggers.
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_kept');
  END LOOP;
  FOREACH name IN ARRAY ARRAY['participations', 'memberships', 'boundaries', 'grants', 'denies', 'group_members'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_ended');
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE documents ALTER COLUMN position TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE sections ALTER COLUMN position TYPE text COLLATE "C";
--> statement-breakpoint
-- One row that is not ended at a time. A row that begins later replaces one that is ended first, in the same
-- transaction, so nothing here stands in the way of a validity that lies in the future.
CREATE UNIQUE INDEX boundaries_one_document ON boundaries (document_id) WHERE ended_at IS NULL AND document_id IS NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX boundaries_one_section ON boundaries (section_id) WHERE ended_at IS NULL AND section_id IS NOT NULL;
--> statement-breakpoint
-- Two rows without an end would both be in force. Rows with an end may follow one another without being ended.
CREATE UNIQUE INDEX memberships_one_open ON memberships (workspace_id, person_id) WHERE ended_at IS NULL AND valid_until IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX participations_one_open ON participations (workspace_id, org_id) WHERE ended_at IS NULL AND valid_until IS NULL;
