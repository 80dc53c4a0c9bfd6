-- The state from before an utterance, in case that it is said again: edited, or answered when the process was killed.
ALTER TABLE conversation ADD COLUMN before TEXT NOT NULL DEFAULT '{"recent":[]}';
ALTER TABLE conversation ADD COLUMN said TEXT NOT NULL DEFAULT '';

-- Each update as it came, until what it asks for is in the outbox. From then on only its id stays, since Telegram may
-- hand it out again, and the id of its message, which helps to tell whose the ids beside it are.
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    body TEXT, -- JSON; NULL when it is done
    space INTEGER NOT NULL, -- in which message_id counts: 0 all private chats and small groups, else hash of the chat
    message_id INTEGER, -- NULL for an update without a message
    received_s REAL NOT NULL -- since 1970
);
CREATE INDEX inbox_unfinished ON inbox (update_id) WHERE body IS NOT NULL;
CREATE INDEX inbox_by_message ON inbox (space, message_id);
CREATE INDEX inbox_by_age ON inbox (received_s);

-- Each message that the bot owes. A sent one keeps what an edit of its question needs to find it.
CREATE TABLE outbox (
    row INTEGER PRIMARY KEY, -- in the order of writing
    update_id INTEGER NOT NULL,
    number INTEGER NOT NULL, -- among what answers the update, from 0
    chat BLOB NOT NULL, -- hash of the chat
    chat_id INTEGER, -- NULL when it is done
    body TEXT, -- JSON; NULL when it is done
    space INTEGER NOT NULL, -- in which message ids count, as above
    question_id INTEGER, -- of the message that it answers
    state INTEGER NOT NULL, -- 0 waits, 1 is being sent, 2 is done
    after_id INTEGER NOT NULL DEFAULT 0, -- the highest message id known when it was begun to be sent
    message_id INTEGER, -- which it has, once known
    changed_s REAL NOT NULL, -- since 1970
    UNIQUE (update_id, number)
);
CREATE INDEX outbox_unfinished ON outbox (row) WHERE state < 2;
CREATE INDEX outbox_by_question ON outbox (chat, question_id);
CREATE INDEX outbox_by_message ON outbox (space, message_id);
CREATE INDEX outbox_by_age ON outbox (changed_s);

-- Hashes of the chats whose users have blocked the bot.
CREATE TABLE blocked (chat BLOB PRIMARY KEY, since_s REAL NOT NULL) WITHOUT ROWID;
