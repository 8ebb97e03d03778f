-- The courts, who holds an office in them, and who finds which case where.
--
-- Every primary key in this program begins with the court, so that the rows of one
-- court can move to another server. What belongs to no single court (persons,
-- sessions, the directory) lies on the shelf of court '0', the nation.

create table court (
	court text not null,            -- code, e.g. '132'
	parent text not null,           -- code of the court above; '' for the Supreme People's Court
	level bigint not null,          -- 1 supreme, 2 high, 3 intermediate, 4 basic, 5 special
	sign text not null,             -- the court's sign in case numbers (代字), e.g. '京0491'
	zh text not null,               -- full name in Chinese
	en text not null,               -- full name in English
	province text not null,         -- province, in Chinese
	calendar text not null,         -- which calendar of rest days it follows: 'national'
	primary key (court)
);
create index court_parent on court (parent, court);
create index court_sign on court (sign);

-- office: one row for each time that somebody held an office in a court. Rows are
-- ended, never removed: who was judge on a day can be told years later.
create table office (
	court text not null,            -- where
	office_id text not null,        -- made by the program
	person text not null,           -- who
	office bigint not null,         -- which: one bit of enum office
	since bigint not null,          -- appointed, seconds since 1970
	appointed_by text not null,     -- by whom; '' by the program when it was set up
	ended bigint not null,          -- ended, seconds since 1970; 0 while it lasts
	ended_by text not null,         -- by whom; '' while it lasts
	primary key (court, office_id),
	foreign key (court) references court (court)
);
create unique index office_held on office (court, person, office) where ended = 0;

-- staff: the offices that a person now holds, court by court. Kept with the table
-- office in the same transaction, on the nation's shelf, so that one read at sign-in tells
-- whether somebody belongs to a court and to which.
create table staff (
	court text not null,            -- '0'
	person text not null,           -- who
	home text not null,             -- code of the court
	mask bigint not null,           -- the offices held there, as bits of enum office
	primary key (court, person, home)
);

-- directory: which cases a person takes part in, and on which court's shelf they lie,
-- so that "my cases" never has to ask all courts.
create table directory (
	court text not null,            -- '0'
	person text not null,           -- who
	docket text not null,           -- the case; its id sorts by age
	home text not null,             -- the court on whose shelf the case lies
	since bigint not null,          -- when the person came to the case, seconds since 1970
	primary key (court, person, docket)
);

-- awaiting: parties who were named in a case by an identity number that has no verified
-- account yet. When such a person is verified, the cases are handed over.
create table awaiting (
	court text not null,            -- '0'
	number_digest text not null,    -- SHA-256 of kind and number: the number itself is in the case
	docket text not null,           -- the case
	party bigint not null,          -- number of the party in that case
	home text not null,             -- the court on whose shelf the case lies
	since bigint not null,          -- named at, seconds since 1970
	primary key (court, number_digest, docket, party)
);
