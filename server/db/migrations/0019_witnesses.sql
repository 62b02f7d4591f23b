-- When a witness last asked for anything. Overwritten: what it said is in its cosignatures and on record.
CREATE TABLE audit_witness_contacts (
  witness_id uuid PRIMARY KEY REFERENCES audit_witnesses(id),
  seen_at timestamptz NOT NULL
);
--> statement-breakpoint
-- What is not as it should be about a tree, from when until when. Told once, on record when it begins and when it ends.
CREATE TABLE audit_warnings (
  id uuid PRIMARY KEY,
  tree text NOT NULL,
  why text NOT NULL,
  witness_id uuid REFERENCES audit_witnesses(id),
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  since timestamptz NOT NULL,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE UNIQUE INDEX audit_warnings_open ON audit_warnings (tree, why, coalesce(witness_id, '00000000-0000-0000-0000-000000000000'::uuid))
  WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX audit_warnings_tree ON audit_warnings (tree, since);
--> statement-breakpoint
-- Where each witness stands in each tree, at once.
CREATE INDEX audit_cosignatures_stands ON audit_cosignatures (witness_id, tree, size);
--> statement-breakpoint
-- One machine that is registered twice would count as two agencies.
CREATE UNIQUE INDEX audit_witnesses_key ON audit_witnesses (right(verifier_key, 44));
--> statement-breakpoint
-- Reads that were made to see that the record works, and are not seen in it yet.
CREATE TABLE audit_canaries (
  event_id uuid PRIMARY KEY,
  tree text NOT NULL,
  at timestamptz NOT NULL
);
