"""小保: answers questions about consumer-rights services with verbatim, cited excerpts."""
