-- item: a piece of evidence.
create table item (
	court text not null,
	docket text not null,
	number bigint not null,         -- 证据 1, 2, ...
	party bigint not null,          -- who gave it
	name text not null,
	kind text not null,
	source text not null,
	purpose text not null,          -- what it is to prove
	file text not null,             -- "digest size type name", '' if no file
	late bigint not null,           -- 1 if after the time for evidence
	state text not null,            -- 'given', 'withdrawn'
	finding text not null,          -- '', 'admitted', 'partly', 'rejected'
	finding_reasons text not null,
	entry bigint not null,
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- opinion: what one opposing party says of an item.
create table opinion (
	court text not null,
	docket text not null,
	item bigint not null,
	party bigint not null,
	authenticity text not null,     -- 'accept' or 'dispute'
	legality text not null,
	relevance text not null,
	reasons text not null,
	entry bigint not null,
	primary key (court, docket, item, party),
	foreign key (court, docket, item) references item (court, docket, number)
);
