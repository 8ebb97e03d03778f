-- draw: how a judge was drawn, so that anyone can repeat it.
create table draw (
	court text not null,
	docket text not null,
	number bigint not null,
	seed text not null,             -- 64 hex digits
	candidates text not null,       -- person ids in order, one a line
	excluded text not null,         -- person ids and why, one a line
	judge text not null,
	entry bigint not null,
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- recused: judges who may not sit in a case.
create table recused (
	court text not null,
	docket text not null,
	person text not null,
	entry bigint not null,
	primary key (court, docket, person),
	foreign key (court, docket) references docket (court, id)
);

-- absence: days on which a judge takes no new case.
create table absence (
	court text not null,
	person text not null,
	first bigint not null,          -- day
	last bigint not null,
	reason text not null,
	primary key (court, person, first)
);
