-- What is owed finishes its update, both or neither; as a trigger it takes no second statement for each answer.
CREATE TRIGGER outbox_finishes_inbox AFTER INSERT ON outbox BEGIN
    UPDATE inbox SET body = NULL WHERE update_id = NEW.update_id;
END;
