-- What others did to an agency's sections is one scan, newest first, and what they did to the rest of its documents another. The columns
-- behind `id` are compared in the index: a question about two agencies reads no row that is not an answer, also where there is none.
DROP INDEX audit_inbox_owner;
--> statement-breakpoint
DROP INDEX audit_inbox_originator;
--> statement-breakpoint
DROP INDEX audit_inbox_not_allowed;
--> statement-breakpoint
CREATE INDEX audit_inbox_originator ON audit_inbox (scope_id, originator_org_id, at, id, actor_org_id, owner_org_id)
  WHERE originator_org_id IS NOT NULL AND originator_org_id IS DISTINCT FROM actor_org_id;
--> statement-breakpoint
CREATE INDEX audit_inbox_owner ON audit_inbox (scope_id, owner_org_id, at, id, actor_org_id, originator_org_id)
  WHERE owner_org_id IS NOT NULL AND owner_org_id IS DISTINCT FROM actor_org_id AND owner_org_id IS DISTINCT FROM originator_org_id;
--> statement-breakpoint
CREATE INDEX audit_inbox_not_allowed ON audit_inbox (scope_id, outcome, at, id, actor_org_id, owner_org_id, originator_org_id)
  WHERE outcome <> 'allowed';
