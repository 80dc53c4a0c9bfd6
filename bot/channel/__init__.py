"""Programs that turn events into utterances and print replies."""
