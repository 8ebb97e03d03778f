-- Who may act: persons with their real names, how they were verified, the names and
-- passwords with which they sign in, and their sessions. All on the shelf of court '0'.

create table person (
	court text not null,            -- '0'
	person text not null,           -- id made by the program
	kind bigint not null,           -- 1 citizen, 2 holder of a foreign passport, 3 organisation
	number text not null,           -- citizen number, passport number, unified social credit code
	name text not null,             -- as in that document
	mobile text not null,           -- where the court can call
	email text not null,            -- '' if none
	address text not null,          -- where paper reaches them
	representative text not null,   -- organisations: name of the legal representative, else ''
	representative_number text not null, -- and that person's citizen or passport number
	operator text not null,         -- organisations: who runs this account for it, else ''
	operator_number text not null,  -- and that person's citizen or passport number
	state bigint not null,          -- 1 registered, 2 verified, 3 suspended
	waiting bigint not null,        -- since when a clerk should look at it, seconds; 0 if nobody need
	since bigint not null,          -- registered, seconds since 1970
	lang bigint not null,           -- language of letters to this person: 0 Chinese, 1 English
	primary key (court, person)
);
create unique index person_number on person (court, kind, number);
create index person_waiting on person (court, waiting, person) where waiting > 0;
create index person_name on person (court, name);
create index person_mobile on person (court, mobile);

-- verification: every comparison of a person with a document or by the identity service
-- and every change of standing. Only that it was done, how, by whom and with what result:
-- never a picture of a face or any other biometric.
create table verification (
	court text not null,            -- '0'
	verification text not null,     -- id made by the program; sorts by age
	person text not null,           -- who was looked at
	method text not null,           -- document, service, decision
	source text not null,           -- what was compared with, e.g. 'citizen card, at the window'
	result text not null,           -- verified, mismatch, unknown, refused, suspended, restored, corrected
	reason text not null,           -- in words, where a reason is owed
	reference text not null,        -- the identity service's own reference
	decided_by text not null,       -- the clerk; '' when the service answered
	at bigint not null,             -- seconds since 1970
	primary key (court, verification),
	foreign key (court, person) references person (court, person)
);
create index verification_person on verification (court, person, verification);

-- account: the names under which somebody may sign in. Numbers, mobiles and e-mail addresses
-- as they were registered (lower case), and short names for staff.
create table account (
	court text not null,            -- '0'
	name text not null,             -- what is typed at sign-in
	person text not null,           -- whose it is
	primary key (court, name),
	foreign key (court, person) references person (court, person)
);
create index account_person on account (court, person);

-- password: the argon2id hash of a password, one a person; never the password.
create table password (
	court text not null,            -- '0'
	person text not null,           -- whose
	hash text not null,             -- argon2id, as libsodium writes it
	since bigint not null,          -- set at, seconds since 1970
	first bigint not null,          -- 1: given by a clerk, to be changed at once
	primary key (court, person),
	foreign key (court, person) references person (court, person)
);

-- session: one sign-in. Ended sessions stay, because a person who says that an account was
-- stolen (Online Litigation Rules, art. 7) must be able to show from where it was used.
create table session (
	court text not null,            -- '0'
	digest text not null,           -- SHA-256 of the token in the cookie; the token is not kept
	person text not null,           -- whose
	csrf text not null,             -- token that every form of this session carries
	device text not null,           -- what the browser called itself
	address text not null,          -- block of addresses it came from, e.g. '203.0.113.0/24'
	since bigint not null,          -- signed in at, seconds since 1970
	seen bigint not null,           -- last used, to within some minutes
	ends bigint not null,           -- ends then at the latest
	ended bigint not null,          -- signed out at; 0 while it lasts
	primary key (court, digest),
	foreign key (court, person) references person (court, person)
);
create index session_person on session (court, person, since);

-- attempt: sign-ins that failed, to slow down who guesses. Removed after a day.
create table attempt (
	court text not null,            -- '0'
	attempt text not null,          -- id made by the program
	subject text not null,          -- 'who ' + digest of an account, or 'from ' + block of addresses
	at bigint not null,             -- seconds since 1970
	primary key (court, attempt)
);
create index attempt_subject on attempt (court, subject, at);
