-- AlterTable
ALTER TABLE "reconciliation_marks" ADD COLUMN     "at" TIMESTAMPTZ(3);

-- A mark says when its balance transaction happened, so that a pass can read a stretch in its order.
CREATE OR REPLACE FUNCTION app.mark_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reconciliation_marks (book, reference, is_new, at)
    SELECT coalesce(nullif(account, ''), 'platform'), id, true, created_at FROM changed;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION app.mark_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reconciliation_marks (book, reference, is_new, at)
    SELECT coalesce(nullif(account, ''), 'platform'), id, false, created_at FROM changed;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION app.mark_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reconciliation_marks (book, reference, is_new, at)
    SELECT coalesce(nullif(n.account, ''), 'platform'), n.id, false, n.created_at
    FROM changed n JOIN previous p USING (account, id)
    WHERE (n.net_minor, n.fee_minor, n.currency, n.type, n.is_deleted)
      IS DISTINCT FROM (p.net_minor, p.fee_minor, p.currency, p.type, p.is_deleted);
  RETURN NULL;
END $$;
