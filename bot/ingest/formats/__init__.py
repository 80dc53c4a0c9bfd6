"""The kinds of files that articles come in, one a module; each makes them into documents."""
