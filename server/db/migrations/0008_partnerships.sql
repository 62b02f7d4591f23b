-- Partnerships, boundaries and being told: terms and offers, people by e-mail, releases and their keys, requests,
-- reviews, sources of copies, break-glass, notifications and mail.

DROP TABLE releases;
--> statement-breakpoint
ALTER TABLE workspaces ADD COLUMN break_glass_enabled boolean NOT NULL DEFAULT false;
--> statement-breakpoint
ALTER TABLE participations ADD COLUMN suspended_by_org uuid;
--> statement-breakpoint
ALTER TABLE documents ADD COLUMN is_template boolean NOT NULL DEFAULT false;
--> statement-breakpoint
ALTER TABLE sessions ADD COLUMN confirmed_at timestamp with time zone NOT NULL DEFAULT now();
--> statement-breakpoint
CREATE TABLE "access_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"asked_for" uuid NOT NULL,
	"workspace_id" uuid,
	"document_id" uuid,
	"section_id" uuid,
	"level" text NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp with time zone,
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reminded_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"granted_level" text,
	"granted_until" timestamp with time zone,
	"release_id" uuid
);
--> statement-breakpoint
CREATE TABLE "break_glass_reviews" (
	"break_glass_id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"note" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "release_keys" (
	"release_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"session_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "release_keys_release_id_person_id_pk" PRIMARY KEY("release_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"document_id" uuid,
	"section_id" uuid,
	"change" jsonb NOT NULL,
	"hash" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_by_org" uuid NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"ended_reason" text
);
--> statement-breakpoint
CREATE TABLE "review_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"review_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"row_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"title" text NOT NULL,
	"started_by" uuid NOT NULL,
	"started_by_org" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organisation_domains" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"added_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organisation_domains_domain_unique" UNIQUE("domain")
);
--> statement-breakpoint
CREATE TABLE "person_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"workspace_id" uuid,
	"role" text,
	"membership_until" timestamp with time zone,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"token_hash" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "person_invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "offer_consents" (
	"offer_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"given" boolean NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "offer_consents_offer_id_org_id_pk" PRIMARY KEY("offer_id","org_id")
);
--> statement-breakpoint
CREATE TABLE "participation_offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"org_id" uuid,
	"email" text,
	"token_hash" text,
	"ceiling" text NOT NULL,
	"may_export" boolean NOT NULL,
	"valid_until" timestamp with time zone,
	"message" text NOT NULL,
	"state" text NOT NULL,
	"offered_by" uuid NOT NULL,
	"offered_by_org" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"counter_ceiling" text,
	"counter_version" integer,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	"answer" text,
	CONSTRAINT "participation_offers_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "terms_drafts" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"consent_to_invite" boolean NOT NULL,
	"on_leaving" text NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terms_signatures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terms_versions" (
	"workspace_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"consent_to_invite" boolean NOT NULL,
	"on_leaving" text NOT NULL,
	"hash" text NOT NULL,
	"published_by" uuid NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "terms_versions_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
CREATE TABLE "break_glass" (
	"id" uuid PRIMARY KEY NOT NULL,
	"section_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"granted_by" uuid,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "section_sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"section_id" uuid NOT NULL,
	"source_section_id" uuid,
	"source_document_id" uuid,
	"granted_by" uuid,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "section_sources_on" CHECK (num_nonnulls("section_sources"."source_section_id", "section_sources"."source_document_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "end_announcements" (
	"row_id" uuid NOT NULL,
	"days" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "end_announcements_row_id_days_pk" PRIMARY KEY("row_id","days")
);
--> statement-breakpoint
CREATE TABLE "mail_choices" (
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"choice" text NOT NULL,
	CONSTRAINT "mail_choices_person_id_kind_pk" PRIMARY KEY("person_id","kind")
);
--> statement-breakpoint
CREATE TABLE "mail_outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref_id" uuid NOT NULL,
	"org_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"workspace_id" uuid,
	"document_id" uuid,
	"section_id" uuid,
	"target_id" uuid,
	"by_person_id" uuid,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "sections"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "break_glass_reviews" ADD CONSTRAINT "break_glass_reviews_break_glass_id_break_glass_id_fk" FOREIGN KEY ("break_glass_id") REFERENCES "break_glass"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "release_keys" ADD CONSTRAINT "release_keys_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "sections"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "reviews"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation_domains" ADD CONSTRAINT "organisation_domains_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "person_invitations" ADD CONSTRAINT "person_invitations_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "person_invitations" ADD CONSTRAINT "person_invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "offer_consents" ADD CONSTRAINT "offer_consents_offer_id_participation_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "participation_offers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "participation_offers" ADD CONSTRAINT "participation_offers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "participation_offers" ADD CONSTRAINT "participation_offers_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "terms_drafts" ADD CONSTRAINT "terms_drafts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "terms_signatures" ADD CONSTRAINT "terms_signatures_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "terms_signatures" ADD CONSTRAINT "terms_signatures_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "terms_versions" ADD CONSTRAINT "terms_versions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "sections"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "section_sources" ADD CONSTRAINT "section_sources_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "sections"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "section_sources" ADD CONSTRAINT "section_sources_source_section_id_sections_id_fk" FOREIGN KEY ("source_section_id") REFERENCES "sections"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "section_sources" ADD CONSTRAINT "section_sources_source_document_id_documents_id_fk" FOREIGN KEY ("source_document_id") REFERENCES "documents"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "access_requests_person" ON "access_requests" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "access_requests_section" ON "access_requests" USING btree ("section_id");
--> statement-breakpoint
CREATE INDEX "access_requests_workspace" ON "access_requests" USING btree ("workspace_id","state");
--> statement-breakpoint
CREATE UNIQUE INDEX "release_keys_one_per_org" ON "release_keys" USING btree ("release_id","org_id");
--> statement-breakpoint
CREATE INDEX "releases_workspace" ON "releases" USING btree ("workspace_id","state");
--> statement-breakpoint
CREATE INDEX "releases_document" ON "releases" USING btree ("document_id");
--> statement-breakpoint
CREATE INDEX "releases_section" ON "releases" USING btree ("section_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "review_items_row" ON "review_items" USING btree ("review_id","row_id");
--> statement-breakpoint
CREATE INDEX "reviews_workspace" ON "reviews" USING btree ("workspace_id");
--> statement-breakpoint
CREATE INDEX "organisation_domains_org" ON "organisation_domains" USING btree ("org_id");
--> statement-breakpoint
CREATE INDEX "person_invitations_org" ON "person_invitations" USING btree ("org_id");
--> statement-breakpoint
CREATE INDEX "person_invitations_workspace" ON "person_invitations" USING btree ("workspace_id");
--> statement-breakpoint
CREATE INDEX "participation_offers_workspace" ON "participation_offers" USING btree ("workspace_id");
--> statement-breakpoint
CREATE INDEX "participation_offers_org" ON "participation_offers" USING btree ("org_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "terms_signatures_once" ON "terms_signatures" USING btree ("workspace_id","org_id","version");
--> statement-breakpoint
CREATE INDEX "break_glass_section" ON "break_glass" USING btree ("section_id");
--> statement-breakpoint
CREATE INDEX "break_glass_person" ON "break_glass" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "section_sources_section" ON "section_sources" USING btree ("section_id");
--> statement-breakpoint
CREATE INDEX "section_sources_source" ON "section_sources" USING btree ("source_section_id");
--> statement-breakpoint
CREATE INDEX "section_sources_document" ON "section_sources" USING btree ("source_document_id");
--> statement-breakpoint
CREATE INDEX "mail_outbox_waiting" ON "mail_outbox" USING btree ("next_at") WHERE sent_at is null and closed_at is null;
--> statement-breakpoint
CREATE INDEX "mail_outbox_ref" ON "mail_outbox" USING btree ("ref_id");
--> statement-breakpoint
CREATE INDEX "notifications_person" ON "notifications" USING btree ("person_id","at","id");
--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("person_id") WHERE read_at is null;
--> statement-breakpoint
CREATE INDEX "notifications_tx" ON "notifications" USING btree ("tx");
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['terms_versions', 'terms_signatures', 'release_keys', 'break_glass_reviews'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['section_sources', 'break_glass'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION allow_ending_once()', name || '_ended', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_ended');
  END LOOP;
  FOREACH name IN ARRAY ARRAY['terms_versions', 'terms_signatures', 'release_keys', 'break_glass_reviews', 'section_sources', 'break_glass'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_not_emptied', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_kept');
  END LOOP;
END $$;
