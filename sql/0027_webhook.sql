-- Webhooks: addresses of programs that are told when something happens in a case, and what
-- they are told. Those of a person lie on the shelf of court '0', those of a court on its own.

-- webhook: one address. It is also a queue: due says when it is looked at next.
create table webhook (
	court text not null,            -- whose cases: '0' those of the person, else all of this court
	id text not null,
	person text not null,           -- who registered it
	url text not null,              -- where to send
	host text not null,             -- of it, in lower case: one slow host must not hold up the others
	events text not null,           -- codes of acts with blanks between them; '' all
	secret text not null,           -- sealed: what the messages are signed with
	former text not null,           -- sealed: the one before, still used beside it until former_ends; ''
	former_ends bigint not null,    -- seconds since 1970, 0 if there is none
	since bigint not null,          -- registered, seconds since 1970
	state text not null,            -- on; asleep: it has failed too long and gets no new messages
	failing bigint not null,        -- since when nothing arrived, 0 while it does
	rest bigint not null,           -- nothing is sent before this time, after a failure
	due bigint not null,            -- when the next message is to be tried, 0 if none waits; ahead while one is on its way
	primary key (court, id)
);
create index webhook_person on webhook (court, person);
create index webhook_due on webhook (due, court, id);

-- webhook_message: one event for one webhook, waiting or done; kept for a month for its owner to see.
create table webhook_message (
	court text not null,            -- of the webhook
	webhook text not null,
	id text not null,               -- told to the receiver, the same at every try
	type text not null,             -- code of the act; TEST
	home text not null,             -- court of the case, '' for a test
	docket text not null,           -- the case, '' for a test
	entry bigint not null,          -- number of the docket entry, 0 for a test
	at bigint not null,             -- when it happened, seconds since 1970
	since bigint not null,          -- since when it is tried
	state text not null,            -- waiting, arrived, given_up, withheld (the owner may not see the case any more)
	due bigint not null,            -- while it waits: not before this time
	tries bigint not null,          -- how often it was sent
	sent bigint not null,           -- last sent, 0 never
	status bigint not null,         -- HTTP status of the last answer, 0 if there was none
	took bigint not null,           -- milliseconds of the last try
	why text not null,              -- message key of the last failure, '' if none
	detail text not null,           -- what fills it
	primary key (court, webhook, id),
	foreign key (court, webhook) references webhook (court, id)
);
create index webhook_message_due on webhook_message (court, webhook, state, due);
create index webhook_message_since on webhook_message (state, since);

-- Who takes part in this case?
create index directory_docket on directory (court, docket, person);
