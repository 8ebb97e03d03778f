-- paper: a document of the case. Its words are fixed when it is written.
create table paper (
	court text not null,
	docket text not null,
	number bigint not null,
	kind text not null,             -- code of a row in paper.tbl
	title text not null,
	entry bigint not null,          -- the act that wrote it
	body text not null,             -- the words, one paragraph a line (see paper.h)
	digest text not null,           -- SHA-256 of body
	at bigint not null,
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- served: service of one paper on one party.
create table served (
	court text not null,
	docket text not null,
	number bigint not null,
	paper bigint not null,
	party bigint not null,
	sent bigint not null,           -- when it was sent
	arrived bigint not null,        -- when it reached the inbox, 0 if it did not
	effective bigint not null,      -- when service took effect, 0 if not yet
	ground text not null,           -- 'arrival', 'receipt', 'act', or how it was served on paper
	note text not null,
	entry bigint not null,          -- the act by which it took effect
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);
create index served_waiting on served (court, effective, sent);

-- inbox: what a person has been sent, on the national shelf.
create table inbox (
	court text not null,
	person text not null,
	id text not null,
	home text not null,             -- court of the case
	docket text not null,
	paper bigint not null,          -- 0 for a notice without a paper
	title text not null,
	about text not null,            -- case number or title
	at bigint not null,
	opened bigint not null,         -- 0 unread
	primary key (court, person, id)
);
create unique index inbox_once on inbox (court, person, home, docket, paper, title, at);
