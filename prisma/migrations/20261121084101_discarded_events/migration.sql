-- A migration of its own: a new word of an enum may be used only after the one that adds it.
ALTER TABLE inbox_events ADD CONSTRAINT inbox_events_discarded_says_why
  CHECK ((status = 'discarded') = (reason IS NOT NULL));
