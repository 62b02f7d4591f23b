-- Sessions that ran out are looked for every second while anybody is connected: among the live ones only.
CREATE INDEX "sessions_live_seen" ON "sessions" USING btree ("last_seen_at") WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX "sessions_live_expires" ON "sessions" USING btree ("expires_at") WHERE ended_at IS NULL;
