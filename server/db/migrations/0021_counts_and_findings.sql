-- Where a reader of the trees stands: everything below `next` has been counted (or looked at) exactly once.
CREATE TABLE record_followers (
  name text NOT NULL,
  tree text NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (name, tree)
);
--> statement-breakpoint
-- Sums over the record, for figures: of a workspace, of each document and (by days and weeks) of each section in it. Derived from
-- audit_log alone: emptied together with its follower, it fills again with the same numbers. The nil UUID stands for none.
CREATE TABLE record_counts (
  workspace_id uuid NOT NULL,
  about_id uuid NOT NULL,
  grain text NOT NULL CHECK (grain IN ('hour', 'day', 'week')),
  at timestamptz NOT NULL,
  actor_org_id uuid NOT NULL,
  owner_org_id uuid NOT NULL,
  originator_org_id uuid NOT NULL,
  is_policy boolean NOT NULL,
  kind text NOT NULL,
  outcome text NOT NULL,
  events bigint NOT NULL,
  PRIMARY KEY (workspace_id, about_id, grain, at, actor_org_id, owner_org_id, originator_org_id, is_policy, kind, outcome)
);
--> statement-breakpoint
CREATE TABLE findings (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces(id),
  rule text NOT NULL,
  -- What makes it the same finding when it happens again: person, and object if the rule is about one.
  key text NOT NULL,
  person_id uuid,
  org_id uuid,
  document_id uuid,
  section_id uuid,
  -- What happened last: the same one goes on, another one is the finding again.
  episode text NOT NULL,
  numbers jsonb NOT NULL,
  event_ids uuid[] NOT NULL,
  times integer NOT NULL DEFAULT 1,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'expected', 'follow_up', 'escalated')),
  UNIQUE (workspace_id, rule, key)
);
--> statement-breakpoint
CREATE INDEX findings_newest ON findings (workspace_id, last_at, id);
--> statement-breakpoint
-- What an auditor said of a finding. The words of the note stand beside the event, as a clear value of its commitment.
CREATE TABLE finding_dispositions (
  event_id uuid PRIMARY KEY,
  finding_id uuid NOT NULL REFERENCES findings(id),
  state text NOT NULL CHECK (state IN ('open', 'expected', 'follow_up', 'escalated')),
  person_id uuid NOT NULL REFERENCES people(id),
  at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX finding_dispositions_finding ON finding_dispositions (finding_id, at);
--> statement-breakpoint
-- What the detectors remember of each person, section and document, so that the record is read once. Derived, as record_counts.
CREATE TABLE finding_profiles (
  tree text NOT NULL,
  subject_id uuid NOT NULL,
  org_id uuid,
  state jsonb NOT NULL,
  PRIMARY KEY (tree, subject_id)
);
--> statement-breakpoint
DO $$
BEGIN
  CREATE TRIGGER finding_dispositions_kept BEFORE UPDATE OR DELETE ON finding_dispositions FOR EACH ROW EXECUTE FUNCTION refuse_change();
  ALTER TABLE finding_dispositions ENABLE ALWAYS TRIGGER finding_dispositions_kept;
  CREATE TRIGGER finding_dispositions_not_emptied BEFORE TRUNCATE ON finding_dispositions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  ALTER TABLE finding_dispositions ENABLE ALWAYS TRIGGER finding_dispositions_not_emptied;
END $$;
