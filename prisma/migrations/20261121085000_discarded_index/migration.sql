-- What was given up is rare among millions, and the console lists it.
CREATE INDEX inbox_events_discarded ON inbox_events (received_at DESC, id DESC) WHERE reason IS NOT NULL;
