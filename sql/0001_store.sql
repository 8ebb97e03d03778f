-- outbox: what must happen because of an act, written in the same transaction as the
-- act and done afterwards by the jobs. A row that is done is removed, for the docket
-- is the record; a row that cannot be done waits longer each time and is never lost.
-- (Which of these files a store has had is kept in schema_file, which the program
-- itself makes: src/store/schema.c.)
create table outbox (
	court text not null,            -- whose work it is
	id text not null,               -- made by the program, sorts by age; services get it to tell repeats
	kind text not null,             -- which job does it, e.g. 'deliver'
	docket text not null,           -- case that it belongs to, '' if none
	body text not null,             -- what the job needs to know, a JSON object
	due bigint not null,            -- not before this time, seconds since 1970
	tries bigint not null,          -- how often it has failed
	why text not null,              -- why it failed last, '' before
	primary key (court, id)
);
create index outbox_due on outbox (due, id);
