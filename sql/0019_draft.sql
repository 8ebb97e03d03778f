-- draft: a form as one types it, on the national shelf because no court has it yet.
create table draft (
	court text not null,
	person text not null,
	docket text not null,           -- the case, or the id that a new case will have
	act text not null,
	home text not null,             -- court of the case, '' for a new one
	form text not null,
	at bigint not null,
	primary key (court, person, docket, act)
);
