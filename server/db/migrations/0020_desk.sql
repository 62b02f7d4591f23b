-- Whose an event is, besides its actor's: who owned its document and who originated its section when it was accepted, and
-- whether it is workspace policy. An agency's auditor sees these alone. Repeated for searching, as the other columns are.
ALTER TABLE audit_inbox ADD COLUMN owner_org_id uuid;
--> statement-breakpoint
ALTER TABLE audit_inbox ADD COLUMN originator_org_id uuid;
--> statement-breakpoint
ALTER TABLE audit_inbox ADD COLUMN is_policy boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- What stands on record already is filled in once; the trigger that refuses changes is off for this statement alone.
ALTER TABLE audit_inbox DISABLE TRIGGER audit_inbox_kept;
--> statement-breakpoint
UPDATE audit_inbox e SET
  originator_org_id = (SELECT s.originator_org_id FROM sections s WHERE s.id = e.section_id),
  owner_org_id = (SELECT d.owner_org_id FROM documents d WHERE d.id = coalesce(e.document_id, (SELECT s.document_id FROM sections s WHERE s.id = e.section_id))),
  is_policy = e.workspace_id IS NOT NULL AND e.document_id IS NULL AND e.section_id IS NULL
    AND e.type !~ '^(record|search)\.|\.(viewed|viewed_as|listed|requests_listed|originated_viewed|previewed|end_previewed|searched|explained|compared|exported)$';
--> statement-breakpoint
ALTER TABLE audit_inbox ENABLE ALWAYS TRIGGER audit_inbox_kept;
--> statement-breakpoint
-- Each leaves out what the ones before it hold, so that an agency's record is a merge of disjoint short scans.
CREATE INDEX audit_inbox_owner ON audit_inbox (scope_id, owner_org_id, at, id)
  WHERE owner_org_id IS NOT NULL AND owner_org_id IS DISTINCT FROM actor_org_id;
--> statement-breakpoint
CREATE INDEX audit_inbox_originator ON audit_inbox (scope_id, originator_org_id, at, id)
  WHERE originator_org_id IS NOT NULL AND originator_org_id IS DISTINCT FROM actor_org_id AND originator_org_id IS DISTINCT FROM owner_org_id;
--> statement-breakpoint
CREATE INDEX audit_inbox_policy ON audit_inbox (scope_id, at, id) WHERE is_policy;
--> statement-breakpoint
-- Filters that an auditor keeps, by person and workspace.
CREATE TABLE saved_searches (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces(id),
  person_id uuid NOT NULL REFERENCES people(id),
  name text NOT NULL,
  query text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX saved_searches_name ON saved_searches (workspace_id, person_id, name);
