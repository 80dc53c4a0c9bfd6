-- What is kept of users. A user and a chat are hashes under this file's secret, as a conversation's key is. Whatever
-- table has a column `user` or `chat` is gone through when somebody wants to be forgotten.
CREATE TABLE preference (
    user BLOB PRIMARY KEY,
    language TEXT NOT NULL, -- '' lets the question decide
    corrections TEXT NOT NULL, -- where to tell of a withdrawn article; '' unless the user asked for it
    awaiting_s REAL NOT NULL, -- when feedback was announced, since 1970; 0 if it was not
    taken TEXT NOT NULL, -- the utterance that was taken as feedback
    used_s REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE opinion (
    user BLOB NOT NULL,
    said TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    written_s REAL NOT NULL,
    PRIMARY KEY (user, said)
);
CREATE INDEX opinion_by_age ON opinion (written_s);

CREATE TABLE vote (
    user BLOB NOT NULL,
    reference TEXT NOT NULL,
    up INTEGER NOT NULL,
    reason TEXT NOT NULL,
    voted_s REAL NOT NULL,
    PRIMARY KEY (user, reference)
) WITHOUT ROWID;

CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    user BLOB NOT NULL,
    chat BLOB NOT NULL,
    said TEXT NOT NULL,
    channel TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    missing TEXT NOT NULL,
    articles TEXT NOT NULL, -- ids as JSON
    language TEXT NOT NULL,
    asked_s REAL NOT NULL
);
CREATE UNIQUE INDEX question_by_utterance ON question (chat, said) WHERE said <> '';
CREATE INDEX question_by_user ON question (user);
CREATE INDEX question_by_age ON question (asked_s);

-- Which conversations are a user's, in order to forget them.
CREATE TABLE talk (
    user BLOB NOT NULL,
    chat BLOB NOT NULL,
    used_s REAL NOT NULL,
    PRIMARY KEY (user, chat)
) WITHOUT ROWID;

-- Which articles a user was answered from, if they want to be told of withdrawn ones.
CREATE TABLE source (
    user BLOB NOT NULL,
    article TEXT NOT NULL,
    cited_s REAL NOT NULL,
    PRIMARY KEY (user, article)
) WITHOUT ROWID;
CREATE INDEX source_by_article ON source (article);
