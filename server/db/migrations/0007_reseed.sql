-- After a backup was restored: until then people's open tabs may bring back what the database does not know any more.
ALTER TABLE "sections" ADD COLUMN "reseed_until" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "reseed_by" uuid;
