-- docket: one row is one case, from the moment its complaint is filed. It belongs to the
-- court that decides it; every key begins with that court.
create table docket (
	court text not null,            -- code of the court that decides
	id text not null,               -- made by the program, also names the drafts before it
	number text not null,           -- （2026）京0491民初1号, '' before registration
	stage text not null,            -- code of a row in stage.tbl
	since bigint not null,          -- when this stage began
	cause text not null,            -- code of the cause of action
	process text not null,          -- 'ordinary', 'summary', '' before registration
	title text not null,            -- plaintiffs 诉 defendants, for lists
	facts text not null,            -- facts and reasons as last filed
	claim bigint not null,          -- sum of the money claims, fen
	desk text not null,             -- court whose desk received the papers
	filed bigint not null,          -- when the complaint arrived
	registered bigint not null,     -- when it was registered, 0 before
	judge text not null,            -- person id, '' before the draw
	entries bigint not null,        -- number of the last entry
	head text not null,             -- digest of the last entry
	primary key (court, id)
);
create index docket_stage on docket (court, stage, since);
create index docket_judge on docket (court, judge, stage);
create index docket_desk on docket (desk, stage, since);
create unique index docket_number on docket (court, number, (case when number = '' then id else '' end));

-- party: who stands against whom. A party may have no account yet.
create table party (
	court text not null,
	docket text not null,
	number bigint not null,         -- 1, 2, ... within the case
	side bigint not null,           -- 1 plaintiff, 2 defendant
	kind text not null,             -- 'person' or 'organisation'
	name text not null,
	identity text not null,         -- identity number or credit code, '' if unknown
	representative text not null,   -- legal representative of an organisation
	phone text not null,
	address text not null,          -- address for service
	person text not null,           -- account, '' if none
	reached bigint not null,        -- 1 once the case may be shown to this party
	eservice bigint not null,       -- 1 if this party agreed to electronic service
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- claim: what the plaintiffs ask for, as last filed.
create table claim (
	court text not null,
	docket text not null,
	number bigint not null,
	words text not null,
	amount bigint not null,         -- fen, 0 if it is not about money
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- entry: the docket itself. Append-only; each row holds the digest of the one before.
create table entry (
	court text not null,
	docket text not null,
	number bigint not null,         -- 1, 2, ... without a gap
	act text not null,              -- code of a row in act.tbl
	person text not null,           -- who did it ('system' for what time and machines do)
	party bigint not null,          -- for which party, 0 for the court
	at bigint not null,
	session text not null,          -- digest of the session it came from
	device text not null,
	how text not null,              -- 'online', or 'offline' when entered for somebody
	late bigint not null,           -- 1 if after its limit
	form text not null,             -- canonical bytes of the form
	form_digest text not null,
	papers text not null,           -- digests of the papers written, one a line
	stage text not null,            -- stage of the case after it
	previous text not null,         -- digest of the entry before, '' for the first
	digest text not null,
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- counter: the last case number given per court, series and year.
create table counter (
	court text not null,
	series text not null,           -- 民初
	year bigint not null,
	last bigint not null,
	primary key (court, series, year)
);
