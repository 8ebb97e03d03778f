-- agency: the authority that a party gave to somebody to act for it.
create table agency (
	court text not null,
	docket text not null,
	number bigint not null,
	party bigint not null,
	person text not null,           -- the agent's account
	name text not null,
	kind text not null,             -- 'lawyer', 'legal_worker', 'kin', 'community'
	scope text not null,            -- 'general' or 'special' (民诉法第62条第2款)
	state text not null,            -- 'asked', 'accepted', 'declined', 'revoked'
	entry bigint not null,          -- the act that granted it
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);
create index agency_person on agency (court, docket, person, state);
