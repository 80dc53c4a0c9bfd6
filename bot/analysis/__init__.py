"""Text to tokens whose offsets index the original text."""
