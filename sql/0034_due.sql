-- due: what wants doing in a case and when, once for everybody who sees to it: the work of a
-- court in the order of its days, so that its page begins at the first row and reads no other.
-- Every act settles its case anew (src/court/due.c); nothing here is known to no other table.
create table due (
	court text not null,            -- whose work it is
	whose text not null,            -- the office that sees to it ('filing', 'clerk', 'assistant', 'president'), or the judge: person id
	kind text not null,             -- what kind of thing: 'limit', 'soon', 'hearing', 'motion', 'service', 'effect', 'unpaid', 'forward', 'undrawn'
	at bigint not null,             -- the day of a limit, the hour of a hearing; for what waits, since when
	docket text not null,           -- the case
	number bigint not null,         -- which limit, motion or hearing of the case, 0 where there is one
	home text not null,             -- the court that decides the case
	what text not null,             -- code of the limit or the motion, place of the hearing, '' for the rest
	party bigint not null,          -- whose limit or motion it is, 0 the court's
	primary key (court, whose, kind, at, docket, number)
);
create index due_docket on due (home, docket);
-- For the cases that are there already the jobs do it, in the minutes after the start.
insert into outbox (court, id, kind, docket, body, due, tries, why)
	select court, 'due-' || id, 'due', id, '{}', 0, 0, '' from docket where stage <> 'CLOSED';
