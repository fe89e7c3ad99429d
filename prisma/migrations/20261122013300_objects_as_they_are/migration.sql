-- A mirrored object of two to four kilobytes, as most charges are, was compressed each time it was
-- written, which was a third of what writing it cost. It is kept as it is, in its row; a larger one is
-- compressed as before. What is there already changes when it is next written.
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'object' AND data_type = 'json'
      AND table_name LIKE 'stripe\_%' LOOP
    EXECUTE format('ALTER TABLE %I SET (toast_tuple_target = 4096)', name);
  END LOOP;
END $$;
