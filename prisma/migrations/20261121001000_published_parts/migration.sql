-- A published version never changes, and neither does what it is made of: its components stay as
-- they are, and of its prices only the name at Stripe may be learned.
CREATE FUNCTION app.keep_published_component() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  version text := coalesce(NEW.version_id, OLD.version_id);
BEGIN
  IF EXISTS (SELECT FROM plan_versions WHERE id = version AND status IN ('published', 'retired')) THEN
    RAISE EXCEPTION 'plan version % is published and never changes; make a new version', version;
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON components
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_component();

CREATE FUNCTION app.keep_published_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  component text := coalesce(NEW.component_id, OLD.component_id);
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'stripe_price_id' = to_jsonb(OLD) - 'stripe_price_id' THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT FROM components c JOIN plan_versions v ON v.id = c.version_id
      WHERE c.id = component AND v.status IN ('published', 'retired')) THEN
    RAISE EXCEPTION 'the price % belongs to a published version and never changes', coalesce(NEW.id, OLD.id);
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON prices
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_price();
