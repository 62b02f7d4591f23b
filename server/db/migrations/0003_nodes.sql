-- Several nodes: the database gives out the order of a section's rows. Whoever writes locks the section's head first, so
-- rows become visible in the order of their numbers and without gaps.
CREATE TABLE "section_heads" (
	"section_id" uuid PRIMARY KEY NOT NULL REFERENCES "sections"("id"),
	"seq" bigint NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
INSERT INTO "section_heads" ("section_id", "seq")
SELECT "section_id", max("seq") FROM "section_updates" GROUP BY "section_id";
--> statement-breakpoint
-- Numbers of a sequence are given out in another order than transactions commit in, so "everything after the last number"
-- would miss changes. "Everything whose transaction was not over when I last looked" misses none.
ALTER TABLE "access_changes" ADD COLUMN "tx" xid8 DEFAULT pg_current_xact_id() NOT NULL;
--> statement-breakpoint
CREATE INDEX "access_changes_tx" ON "access_changes" USING btree ("tx");
