-- motion: a request that waits for a decision.
create table motion (
	court text not null,
	docket text not null,
	number bigint not null,
	kind text not null,             -- code of a row in motion.tbl
	party bigint not null,          -- who asked, 0 the judge
	state text not null,            -- 'open', 'granted', 'refused', 'lapsed'
	opened bigint not null,         -- entry that opened it
	decided bigint not null,        -- entry that decided it, 0 while open
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);
create index motion_open on motion (court, state, kind);
