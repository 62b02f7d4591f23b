-- What was found damaged in the store, when, and since when it is whole again. A mark is the reason why a section is
-- read-only, on every node; the damaged row itself stays as it is.
CREATE TABLE "section_damage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"section_id" uuid NOT NULL REFERENCES "sections"("id"),
	"kind" text NOT NULL CHECK ("kind" IN ('update', 'snapshot')),
	"seq" bigint NOT NULL,
	"why" text NOT NULL CHECK ("why" IN ('hash', 'missing')),
	"read_only" boolean NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"mended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "section_damage_open" ON "section_damage" USING btree ("section_id","kind","seq") WHERE "mended_at" IS NULL;
