-- What a key is turned for does not change under it: of a pending release only its end is written, once, and then nothing.
CREATE FUNCTION end_release_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'pending' AND NEW.state <> 'pending' AND to_jsonb(OLD) - 'state' - 'ended_at' - 'ended_by' - 'ended_reason'
    = to_jsonb(NEW) - 'state' - 'ended_at' - 'ended_by' - 'ended_reason'
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on releases is refused: a release ends once, and nothing else of it changes'
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER releases_ended BEFORE UPDATE ON releases FOR EACH ROW EXECUTE FUNCTION end_release_once();
--> statement-breakpoint
CREATE TRIGGER releases_kept BEFORE DELETE ON releases FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER releases_not_emptied BEFORE TRUNCATE ON releases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE releases ENABLE ALWAYS TRIGGER releases_ended;
--> statement-breakpoint
ALTER TABLE releases ENABLE ALWAYS TRIGGER releases_kept;
--> statement-breakpoint
ALTER TABLE releases ENABLE ALWAYS TRIGGER releases_not_emptied;
