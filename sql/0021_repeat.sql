-- repeat: a request that was sent with a key, so that the same request with the same key is
-- not performed again (Idempotency-Key). The note is written in the transaction of the act
-- itself: where it is missing nothing has happened. Removed after a day.
create table repeat (
	court text not null,            -- '0'
	owner text not null,            -- person id; of a stranger, a digest of cookie or address
	key text not null,              -- SHA-256 of the key; the key is not kept
	request text not null,          -- SHA-256 of the method, the address and the values sent
	at bigint not null,             -- begun at, seconds since 1970
	status bigint not null,         -- HTTP status of the answer, 0 until it is known
	place text not null,            -- where the answer leads, '' if nowhere
	type text not null,             -- media type of the answer, '' if its text is not kept
	body text not null,             -- text of the answer
	primary key (court, owner, key)
);
create index repeat_at on repeat (court, at);
