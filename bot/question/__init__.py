"""What a user asked: script, places, times, kind of answer wanted."""
