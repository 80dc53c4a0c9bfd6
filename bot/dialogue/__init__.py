"""One turn of conversation, free of any channel."""
