-- What ends is looked for every few seconds, among hundreds of thousands of rows of which few end at all.
CREATE INDEX memberships_ending ON memberships (valid_until) WHERE ended_at IS NULL AND valid_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX participations_ending ON participations (valid_until) WHERE ended_at IS NULL AND valid_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX grants_ending ON grants (valid_until) WHERE ended_at IS NULL AND valid_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX denies_ending ON denies (valid_until) WHERE ended_at IS NULL AND valid_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX group_members_ending ON group_members (valid_until) WHERE ended_at IS NULL AND valid_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX boundary_clauses_ending ON boundary_clauses (valid_until) WHERE valid_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX reviews_due ON reviews (due_at) WHERE closed_at IS NULL;
--> statement-breakpoint
-- One open request of one person for one thing, whoever asks twice at the same moment.
CREATE UNIQUE INDEX access_requests_one_open ON access_requests (person_id, asked_for) WHERE state = 'pending';
--> statement-breakpoint
CREATE INDEX access_requests_release ON access_requests (release_id) WHERE release_id IS NOT NULL;
