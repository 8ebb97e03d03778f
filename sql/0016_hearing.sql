-- hearing: one sitting.
create table hearing (
	court text not null,
	docket text not null,
	number bigint not null,
	at bigint not null,
	place text not null,
	open bigint not null,           -- 1 in public
	state text not null,            -- 'set', 'open', 'adjourned', 'closed', 'postponed'
	present text not null,          -- numbers of the parties present, by commas
	record bigint not null,         -- its record as a paper, 0 before it ended
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);
create index hearing_day on hearing (court, at);

-- utterance: a line of the record.
create table utterance (
	court text not null,
	docket text not null,
	hearing bigint not null,
	number bigint not null,
	speaker text not null,
	words text not null,
	at bigint not null,
	person text not null,           -- who typed it
	primary key (court, docket, hearing, number),
	foreign key (court, docket, hearing) references hearing (court, docket, number)
);

-- confirmation: a party's word on the record: confirmed, or a correction asked for.
create table confirmation (
	court text not null,
	docket text not null,
	hearing bigint not null,
	number bigint not null,
	party bigint not null,
	kind text not null,             -- 'confirmed', 'correction'
	line text not null,
	words text not null,
	at bigint not null,
	entry bigint not null,
	primary key (court, docket, hearing, number),
	foreign key (court, docket, hearing) references hearing (court, docket, number)
);
