-- A conversation's key is a hash under a secret of this file: no chat or user id is stored.
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO secret VALUES ('chats', randomblob(32));
CREATE TABLE conversation (
    chat BLOB PRIMARY KEY,
    state TEXT NOT NULL,
    saved_s REAL NOT NULL -- since 1970
) WITHOUT ROWID;
CREATE INDEX conversation_by_age ON conversation (saved_s);
