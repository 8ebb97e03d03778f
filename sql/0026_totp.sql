-- The second proof that some people give after the password: which of them must, the secret that
-- they share with an authenticator app, the codes for whoever lost the phone, and the short time
-- between the two steps of signing in. All on the shelf of court '0'.

-- second: who gives a second proof after the password.
create table second (
	court text not null,            -- '0'
	person text not null,           -- who
	since bigint not null,          -- seconds since 1970
	primary key (court, person),
	foreign key (court, person) references person (court, person)
);

-- second_step: people whose password was right and who owe the second proof. A row holds for some
-- minutes and for one browser, and is no session.
create table second_step (
	court text not null,            -- '0'
	visitor text not null,          -- SHA-256 of the token that this browser's forms carry
	person text not null,           -- who
	way text not null,              -- how the first step was taken, as in session.way
	next text not null,             -- the page that they wanted
	ends bigint not null,           -- over then, seconds since 1970
	primary key (court, visitor),
	foreign key (court, person) references person (court, person)
);
create index second_step_ends on second_step (court, ends);

-- totp: the secret of an authenticator app (RFC 6238), one a person.
create table totp (
	court text not null,            -- '0'
	person text not null,           -- whose
	secret text not null,           -- 20 bytes, sealed with the key of the server (src/store/key.h)
	step bigint not null,           -- the half minute of the last code that was taken: none is taken twice
	since bigint not null,          -- confirmed by a right code, seconds since 1970; 0 while it is only offered
	primary key (court, person),
	foreign key (court, person) references person (court, person)
);

-- recovery: codes that each replace one second proof, once.
create table recovery (
	court text not null,            -- '0'
	person text not null,           -- whose
	digest text not null,           -- SHA-256 of the code; the code was told once and is not kept
	used bigint not null,           -- seconds since 1970; 0 while it may be used
	primary key (court, person, digest),
	foreign key (court, person) references person (court, person)
);
