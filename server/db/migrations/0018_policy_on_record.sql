-- Rows of policy that have changed and are not on record yet. The transaction that changes one takes it out again and puts
-- it on record before it commits, so whatever is seen here was changed past the server, or stood here before this table did.
CREATE TABLE policy_staged (
  place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- Of a row that stood here when it was first put on record.
  is_state boolean NOT NULL DEFAULT false,
  tree text NOT NULL,
  document_id uuid,
  section_id uuid,
  entry jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX policy_staged_tx ON policy_staged (tx);
--> statement-breakpoint
-- Labels as they are in use, with the ids that their names mean: part of what decides.
CREATE TABLE policy_labels (
  id text PRIMARY KEY,
  enforces jsonb NOT NULL
);
--> statement-breakpoint
-- What of a row decides anything: never a title, a name, a reason, an address. Moments are milliseconds since the epoch,
-- rounded down as the loader of facts rounds them.
CREATE FUNCTION policy_columns(of text, r jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, CASE
      WHEN key IN ('valid_from', 'valid_until', 'ended_at', 'archived_at', 'frozen_at', 'removed_at') AND value <> 'null'
      THEN to_jsonb(floor(extract(epoch FROM (value #>> '{}')::timestamptz) * 1000)::int8) ELSE value END), '{}')
  FROM jsonb_each(r) WHERE key = ANY(CASE of
    WHEN 'organisations' THEN '{state}'
    WHEN 'people' THEN '{org_id,state}'
    WHEN 'group_members' THEN '{group_id,person_id,valid_from,valid_until,ended_at}'
    WHEN 'workspaces' THEN '{host_org_id,state,minimum_strength,terms_version}'
    WHEN 'participations' THEN '{org_id,state,ceiling,may_export,signed_terms_version,valid_from,valid_until,ended_at}'
    WHEN 'memberships' THEN '{person_id,role,valid_from,valid_until,ended_at}'
    WHEN 'documents' THEN '{owner_org_id,label,archived_at}'
    WHEN 'sections' THEN '{document_id,originator_org_id,label,frozen_at,removed_at}'
    WHEN 'boundaries' THEN '{document_id,section_id,valid_from,valid_until,ended_at}'
    WHEN 'boundary_clauses' THEN '{boundary_id,subject_kind,subject_id,max_level,valid_from,valid_until}'
    WHEN 'grants' THEN '{workspace_id,document_id,section_id,subject_kind,subject_id,level,valid_from,valid_until,ended_at}'
    WHEN 'denies' THEN '{workspace_id,document_id,section_id,subject_kind,subject_id,valid_from,valid_until,ended_at}'
    WHEN 'section_sources' THEN '{section_id,source_section_id,source_document_id,valid_from,valid_until,ended_at}'
    WHEN 'break_glass' THEN '{section_id,person_id,valid_from,valid_until,ended_at}'
    WHEN 'policy_labels' THEN '{enforces}'
  END::text[])
$$;
--> statement-breakpoint
-- Puts a row down for every tree in which it decides something: a person's state for each workspace that they belong to.
-- `gone`: the row itself was deleted.
CREATE FUNCTION stage_policy_row(of text, r jsonb, gone boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  workspaces uuid[] := '{}';
  document uuid := (r ->> 'document_id')::uuid;
  section uuid := (r ->> 'section_id')::uuid;
  own uuid := CASE WHEN of = 'policy_labels' THEN NULL ELSE (r ->> 'id')::uuid END;
  columns jsonb := policy_columns(of, r);
BEGIN
  CASE of
    WHEN 'organisations' THEN
      workspaces := ARRAY(SELECT DISTINCT workspace_id FROM participations WHERE org_id = own);
    WHEN 'people' THEN
      workspaces := ARRAY(SELECT DISTINCT workspace_id FROM memberships WHERE person_id = own);
    WHEN 'group_members' THEN
      workspaces := ARRAY(SELECT DISTINCT workspace_id FROM memberships WHERE person_id = (r ->> 'person_id')::uuid);
      columns := columns || jsonb_build_object('org_id', (SELECT org_id FROM groups WHERE id = (r ->> 'group_id')::uuid));
    WHEN 'policy_labels' THEN
      workspaces := ARRAY(SELECT id FROM workspaces);
    WHEN 'workspaces' THEN workspaces := ARRAY[own];
    WHEN 'participations', 'memberships' THEN workspaces := ARRAY[(r ->> 'workspace_id')::uuid];
    WHEN 'documents' THEN
      document := own;
      workspaces := ARRAY[(r ->> 'workspace_id')::uuid];
    WHEN 'sections' THEN section := own;
    WHEN 'boundary_clauses' THEN
      SELECT b.document_id, b.section_id INTO document, section FROM boundaries b WHERE b.id = (r ->> 'boundary_id')::uuid;
    ELSE
      IF r ->> 'workspace_id' IS NOT NULL THEN workspaces := ARRAY[(r ->> 'workspace_id')::uuid]; END IF;
  END CASE;
  IF section IS NOT NULL AND document IS NULL THEN
    SELECT s.document_id INTO document FROM sections s WHERE s.id = section;
  END IF;
  IF document IS NOT NULL AND workspaces = '{}' THEN
    workspaces := ARRAY(SELECT d.workspace_id FROM documents d WHERE d.id = document);
  END IF;
  INSERT INTO policy_staged (tree, document_id, section_id, entry)
  SELECT tree, document, section, jsonb_build_object('table', of, 'id', r ->> 'id',
    'columns', CASE WHEN gone THEN 'null'::jsonb ELSE columns END)
  FROM (
    SELECT 'workspace:' || unnest(workspaces) AS tree
    UNION ALL SELECT 'instance' WHERE of IN ('organisations', 'people', 'group_members', 'policy_labels')
  ) AS trees;
  -- Seen by the statement that writes the record, which so learns of it without a question of its own.
  PERFORM set_config('liaison.policy_staged', 'yes', true);
END $$;
--> statement-breakpoint
-- What was outside of a workspace and decides inside it from now on.
CREATE FUNCTION stage_newcomers(of text, r jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE tree text := 'workspace:' || (r ->> 'workspace_id');
BEGIN
  IF of = 'workspaces' THEN
    tree := 'workspace:' || (r ->> 'id');
    INSERT INTO policy_staged (tree, entry)
    SELECT tree, jsonb_build_object('table', 'policy_labels', 'id', l.id, 'columns', policy_columns('policy_labels', to_jsonb(l)))
    FROM policy_labels l;
  ELSIF of = 'participations' THEN
    INSERT INTO policy_staged (tree, entry)
    SELECT tree, jsonb_build_object('table', 'organisations', 'id', o.id, 'columns', policy_columns('organisations', to_jsonb(o)))
    FROM organisations o WHERE o.id = (r ->> 'org_id')::uuid;
  ELSIF of = 'memberships' THEN
    INSERT INTO policy_staged (tree, entry)
    SELECT tree, jsonb_build_object('table', 'people', 'id', p.id, 'columns', policy_columns('people', to_jsonb(p)))
    FROM people p WHERE p.id = (r ->> 'person_id')::uuid
    UNION ALL
    SELECT tree, jsonb_build_object('table', 'organisations', 'id', o.id, 'columns', policy_columns('organisations', to_jsonb(o)))
    FROM people p JOIN organisations o ON o.id = p.org_id WHERE p.id = (r ->> 'person_id')::uuid
    UNION ALL
    SELECT tree, jsonb_build_object('table', 'group_members', 'id', m.id, 'columns',
      policy_columns('group_members', to_jsonb(m)) || jsonb_build_object('org_id', g.org_id))
    FROM group_members m JOIN groups g ON g.id = m.group_id
    WHERE m.person_id = (r ->> 'person_id')::uuid AND m.ended_at IS NULL;
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION stage_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM stage_policy_row(TG_TABLE_NAME, to_jsonb(OLD), true);
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND policy_columns(TG_TABLE_NAME, to_jsonb(OLD)) = policy_columns(TG_TABLE_NAME, to_jsonb(NEW)) THEN
    RETURN NULL;
  END IF;
  PERFORM stage_policy_row(TG_TABLE_NAME, to_jsonb(NEW), false);
  IF TG_OP = 'INSERT' THEN PERFORM stage_newcomers(TG_TABLE_NAME, to_jsonb(NEW)); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  name text;
  r jsonb;
BEGIN
  FOREACH name IN ARRAY ARRAY['organisations', 'people', 'group_members', 'workspaces', 'participations', 'memberships',
    'documents', 'sections', 'boundaries', 'boundary_clauses', 'grants', 'denies', 'section_sources', 'break_glass', 'policy_labels'] LOOP
    FOR r IN EXECUTE format('SELECT to_jsonb(t) FROM %I t ORDER BY id', name) LOOP
      PERFORM stage_policy_row(name, r, false);
    END LOOP;
    -- An update of what decides nothing (a title, a position) does not come here.
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR DELETE%s ON %I FOR EACH ROW EXECUTE FUNCTION stage_policy()',
      name || '_staged', CASE name
        WHEN 'organisations' THEN ' OR UPDATE OF state'
        WHEN 'people' THEN ' OR UPDATE OF org_id, state'
        WHEN 'workspaces' THEN ' OR UPDATE OF host_org_id, state, minimum_strength, terms_version'
        WHEN 'documents' THEN ' OR UPDATE OF workspace_id, owner_org_id, label, archived_at'
        WHEN 'sections' THEN ' OR UPDATE OF document_id, originator_org_id, label, frozen_at, removed_at'
        ELSE ' OR UPDATE' END, name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_staged');
  END LOOP;
  UPDATE policy_staged SET is_state = true;
END $$;
