-- Events come and go by the thousand and are no one's decision; letting one run again is.
CREATE TRIGGER audit AFTER UPDATE ON inbox_events FOR EACH ROW
  WHEN (NEW.status = 'waiting' AND OLD.status <> 'waiting') EXECUTE FUNCTION app.audit('');
