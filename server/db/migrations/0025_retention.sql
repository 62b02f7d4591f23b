-- Monthly segments of each tree: registered when their month is over, moved into files when they need no longer be searched, dropped by
-- two people. Leaf hashes (audit_log, audit_tiles) and the links of writers' chains stay for ever.
CREATE TABLE audit_segments (
  tree text NOT NULL,
  month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  first_index bigint NOT NULL,
  last_index bigint NOT NULL CHECK (last_index >= first_index),
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  checkpoint_size bigint NOT NULL CHECK (checkpoint_size > last_index),
  registered_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'searchable' CHECK (state IN ('searchable', 'cold', 'dropped')),
  file_hash bytea CHECK (octet_length(file_hash) = 32),
  values_hash bytea CHECK (octet_length(values_hash) = 32),
  file_bytes bigint,
  moved_at timestamptz,
  moved_tx xid8,
  back_asked_by uuid,
  back_asked_at timestamptz,
  back_until timestamptz,
  back_problem text,
  dropped_at timestamptz,
  PRIMARY KEY (tree, month),
  UNIQUE (tree, first_index),
  CHECK (state = 'searchable' OR num_nonnulls(file_hash, values_hash, moved_at) = 3)
);
--> statement-breakpoint
-- What is left here of an event that has moved: its place in its writer's chain and, of one that tells of a gap, which gap. Its leaf hash stands in audit_log.
CREATE TABLE audit_cold_links (
  writer text NOT NULL,
  writer_seq bigint NOT NULL,
  event_id uuid NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  gap jsonb,
  PRIMARY KEY (writer, writer_seq)
);
--> statement-breakpoint
-- For how many months each tree's events can be searched, and then lie in files, before they may be dropped. The newest row holds.
CREATE TABLE audit_retention (
  id uuid PRIMARY KEY,
  tree text NOT NULL,
  searchable_months integer NOT NULL CHECK (searchable_months BETWEEN 1 AND 1200),
  cold_months integer NOT NULL CHECK (cold_months BETWEEN 0 AND 1200),
  set_by uuid NOT NULL,
  second_by uuid,
  at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX audit_retention_tree ON audit_retention (tree, at, id);
--> statement-breakpoint
-- What takes two people of two organisations: keeping shorter, dropping. The hash fixes what exactly they agree to.
CREATE TABLE retention_requests (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces(id),
  kind text NOT NULL CHECK (kind IN ('shorten', 'drop')),
  month text,
  searchable_months integer,
  cold_months integer,
  hash text NOT NULL,
  requested_by uuid NOT NULL,
  requested_by_org uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'completed', 'declined', 'lapsed')),
  ended_by uuid,
  ended_by_org uuid,
  ended_at timestamptz,
  CHECK (state <> 'completed' OR ended_by IS NOT NULL AND ended_by <> requested_by AND ended_by_org <> requested_by_org),
  CHECK (kind = 'drop' AND month IS NOT NULL OR kind = 'shorten' AND num_nonnulls(searchable_months, cold_months) = 2)
);
--> statement-breakpoint
CREATE UNIQUE INDEX retention_requests_pending ON retention_requests (workspace_id, kind, coalesce(month, '')) WHERE state = 'pending';
--> statement-breakpoint
ALTER TABLE audit_log DROP CONSTRAINT IF EXISTS audit_log_event_id_audit_inbox_id_fk;
--> statement-breakpoint
CREATE FUNCTION allow_segment_to_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'dropped'
    AND (OLD.tree, OLD.month, OLD.first_index, OLD.last_index, OLD.root, OLD.checkpoint_size, OLD.registered_at)
      = (NEW.tree, NEW.month, NEW.first_index, NEW.last_index, NEW.root, NEW.checkpoint_size, NEW.registered_at)
    AND (OLD.state = NEW.state OR (OLD.state, NEW.state) IN (('searchable', 'cold'), ('cold', 'dropped')))
    AND (OLD.state = 'searchable' OR (OLD.file_hash, OLD.values_hash, OLD.moved_at) = (NEW.file_hash, NEW.values_hash, NEW.moved_at))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on % is refused: a segment moves one way', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE FUNCTION allow_request_to_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'pending' AND NEW.state <> 'pending'
    AND to_jsonb(OLD) - ARRAY['state', 'ended_by', 'ended_by_org', 'ended_at']
      = to_jsonb(NEW) - ARRAY['state', 'ended_by', 'ended_by_org', 'ended_at']
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on % is refused: a request ends once, and nothing else', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
-- An event leaves the inbox only with its segment, in the transaction that puts the hashes of the segment's files here.
CREATE FUNCTION refuse_unless_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM audit_log l JOIN audit_segments s ON s.tree = l.tree AND l.index BETWEEN s.first_index AND s.last_index
    WHERE l.event_id = OLD.id AND s.state = 'cold' AND s.moved_tx = pg_current_xact_id())
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% on % is refused: rows of this table are kept as they are', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER audit_inbox_kept ON audit_inbox;
--> statement-breakpoint
CREATE TRIGGER audit_inbox_kept BEFORE UPDATE OR DELETE ON audit_inbox FOR EACH ROW EXECUTE FUNCTION refuse_unless_moved();
--> statement-breakpoint
ALTER TABLE audit_inbox ENABLE ALWAYS TRIGGER audit_inbox_kept;
--> statement-breakpoint
-- Moves a segment out: for good, or again after it was brought back. All of its events must be there: nothing that is missing passes for cold.
CREATE FUNCTION move_segment(of_tree text, of_month text, file bytea, "values" bytea, bytes bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  s audit_segments;
  n bigint;
BEGIN
  SELECT * INTO STRICT s FROM audit_segments WHERE tree = of_tree AND month = of_month FOR UPDATE;
  IF s.state = 'searchable' THEN
    UPDATE audit_segments SET state = 'cold', file_hash = file, values_hash = "values", file_bytes = bytes, moved_at = moment,
      moved_tx = pg_current_xact_id() WHERE tree = of_tree AND month = of_month;
  ELSIF s.state = 'cold' AND s.back_until IS NOT NULL THEN
    UPDATE audit_segments SET back_asked_by = NULL, back_asked_at = NULL, back_until = NULL, moved_tx = pg_current_xact_id()
      WHERE tree = of_tree AND month = of_month;
  ELSE
    RAISE EXCEPTION 'segment % of % has nothing here to move', of_month, of_tree USING ERRCODE = 'restrict_violation';
  END IF;
  INSERT INTO audit_cold_links (writer, writer_seq, event_id, prev_hash, hash, gap)
    SELECT i.writer, i.writer_seq, i.id, i.prev_hash, i.hash,
      CASE WHEN i.type = 'record.gap_found' THEN i.canonical::jsonb -> 'details' END FROM audit_log l JOIN audit_inbox i ON i.id = l.event_id
    WHERE l.tree = of_tree AND l.index BETWEEN s.first_index AND s.last_index ON CONFLICT DO NOTHING;
  DELETE FROM audit_clear_values c USING audit_log l
    WHERE l.tree = of_tree AND l.index BETWEEN s.first_index AND s.last_index AND c.event_id = l.event_id;
  DELETE FROM audit_inbox i USING audit_log l
    WHERE l.tree = of_tree AND l.index BETWEEN s.first_index AND s.last_index AND i.id = l.event_id;
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n <> s.last_index - s.first_index + 1 THEN
    RAISE EXCEPTION 'segment % of % lacks events: % of %', of_month, of_tree, n, s.last_index - s.first_index + 1
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN n;
END $$;
--> statement-breakpoint
-- Brings events of a cold segment back for a while. Only what its leaf hashes say: nothing else can come in this way.
CREATE FUNCTION bring_back_events(of_tree text, of_month text, events jsonb, "values" jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  s audit_segments;
  columns text;
  n bigint;
BEGIN
  SELECT * INTO STRICT s FROM audit_segments WHERE tree = of_tree AND month = of_month FOR UPDATE;
  SELECT count(*) INTO n FROM jsonb_populate_recordset(NULL::audit_inbox, events) e
    JOIN audit_log l ON l.event_id = e.id AND l.tree = of_tree AND l.index BETWEEN s.first_index AND s.last_index
      AND l.leaf_hash = sha256('\x00'::bytea || convert_to(e.canonical, 'UTF8'))
    JOIN audit_cold_links c ON c.event_id = e.id
      AND (c.writer, c.writer_seq, c.prev_hash, c.hash) = (e.writer, e.writer_seq, e.prev_hash, e.hash);
  IF s.state <> 'cold' OR n <> jsonb_array_length(events) THEN
    RAISE EXCEPTION 'segment % of % is not what its hashes say', of_month, of_tree USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) INTO columns FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'audit_inbox' AND is_generated = 'NEVER';
  EXECUTE format('INSERT INTO audit_inbox (%1$s) SELECT %1$s FROM jsonb_populate_recordset(NULL::audit_inbox, $1)', columns)
    USING events;
  INSERT INTO audit_clear_values (event_id, field, key_id, sealed)
    SELECT event_id, field, key_id, sealed FROM jsonb_populate_recordset(NULL::audit_clear_values, "values");
  RETURN n;
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_cold_links', 'audit_retention'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_kept');
  END LOOP;
  FOREACH name IN ARRAY ARRAY['audit_segments', 'retention_requests'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_kept', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_kept');
  END LOOP;
  CREATE TRIGGER audit_segments_moved BEFORE UPDATE ON audit_segments FOR EACH ROW EXECUTE FUNCTION allow_segment_to_move();
  ALTER TABLE audit_segments ENABLE ALWAYS TRIGGER audit_segments_moved;
  CREATE TRIGGER retention_requests_ended BEFORE UPDATE ON retention_requests FOR EACH ROW EXECUTE FUNCTION allow_request_to_end();
  ALTER TABLE retention_requests ENABLE ALWAYS TRIGGER retention_requests_ended;
  FOREACH name IN ARRAY ARRAY['audit_segments', 'audit_cold_links', 'audit_retention', 'retention_requests'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_not_emptied', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_emptied');
  END LOOP;
END $$;
