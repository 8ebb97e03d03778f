-- fee: the court fee of the case.
create table fee (
	court text not null,
	docket text not null,
	number bigint not null,
	kind text not null,             -- word of a row in fee.tbl
	amount bigint not null,         -- what it was reckoned from, fen
	halvings bigint not null,       -- grounds for halving
	fen bigint not null,            -- what is to be paid
	state text not null,            -- 'due', 'paid', 'deferred', 'waived', 'refund'
	refund bigint not null,         -- fen to be paid back
	entry bigint not null,
	primary key (court, docket, number),
	foreign key (court, docket) references docket (court, id)
);

-- payment: one attempt to pay it through the payment service.
create table payment (
	court text not null,
	id text not null,               -- order number shown to the service
	docket text not null,
	fee bigint not null,
	fen bigint not null,
	person text not null,
	state text not null,            -- 'asked', 'paid'
	reference text not null,        -- the service's own number
	at bigint not null,
	primary key (court, id),
	foreign key (court, docket, fee) references fee (court, docket, number)
);
