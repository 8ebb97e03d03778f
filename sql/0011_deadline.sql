-- deadline: a limit that runs in a case, for a party or for the court.
create table deadline (
	court text not null,
	docket text not null,
	number bigint not null,
	rule text not null,             -- code of a row in limit.tbl
	party bigint not null,          -- whom it concerns, 0 the court
	event bigint not null,          -- day of the event; the first day counted is the next
	ends bigint not null,           -- last day in time
	provisional bigint not null,    -- 1 if a year without a published calendar was counted
	state text not null,            -- 'open', or 'met' once an act stopped it
	started bigint not null,        -- entry that started it
	stopped bigint not null,        -- entry that stopped it, 0 while open
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);
create index deadline_open on deadline (court, state, ends);
