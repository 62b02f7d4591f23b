CREATE TABLE record_exports (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces(id),
  asked_by uuid NOT NULL REFERENCES people(id),
  org_id uuid NOT NULL REFERENCES organisations(id),
  session_id uuid NOT NULL,
  format text NOT NULL CHECK (format IN ('bundle', 'csv', 'pdf')),
  scope text NOT NULL CHECK (scope IN ('whole', 'agency')),
  filter jsonb NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'expired')),
  asked_at timestamptz NOT NULL,
  total bigint,
  done bigint NOT NULL DEFAULT 0,
  bytes bigint,
  hash text,
  node text,
  lease_until timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  finished_at timestamptz,
  expires_at timestamptz
);
--> statement-breakpoint
CREATE INDEX record_exports_asked_by ON record_exports (asked_by, workspace_id, asked_at);
--> statement-breakpoint
CREATE INDEX record_exports_state ON record_exports (state, asked_at);
--> statement-breakpoint
CREATE TABLE record_streams (
  name text PRIMARY KEY,
  org_id uuid REFERENCES organisations(id),
  kind text NOT NULL CHECK (kind IN ('https', 'syslog')),
  node text,
  lease_until timestamptz,
  behind bigint NOT NULL DEFAULT 0,
  oldest_at timestamptz,
  alarm_since timestamptz,
  sent_at timestamptz,
  problem text,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE TABLE record_stream_cursors (
  stream text NOT NULL REFERENCES record_streams(name),
  tree text NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (stream, tree)
);
