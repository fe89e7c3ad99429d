-- Who asks for a reading takes a number.
GRANT USAGE ON SEQUENCE feed_wishes_id_seq TO lockstep_app;
