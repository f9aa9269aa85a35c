-- HMAC-SHA-256: without the key, which is no part of the ledger, nobody can try out contacts
-- until a digest fits.
create or replace temp macro keyed_digest(inner_pad, outer_pad, message) as
    sha256(outer_pad || unhex(sha256(inner_pad || encode(message))))
