ALTER TABLE participation_offers ADD COLUMN token_expires_at timestamp with time zone;
