-- federation: who somebody is at a sign-in service (OpenID Connect), and here. Entered by that
-- person, signed in here and there at once; never found out from an e-mail address.
create table federation (
	court text not null,            -- '0'
	issuer text not null,           -- the service, as it calls itself
	subject text not null,          -- the person there, a word that never changes
	person text not null,           -- the person here
	since bigint not null,          -- linked at, seconds since 1970
	seen bigint not null,           -- last signed in by it; 0 never
	primary key (court, issuer, subject),
	foreign key (court, person) references person (court, person)
);
create index federation_person on federation (court, person, since);

-- errand: somebody on the way to a sign-in service and back. Good once, for ten minutes, in the
-- browser in which it began.
create table errand (
	court text not null,            -- '0'
	digest text not null,           -- SHA-256 of the state that travels
	provider text not null,         -- name of the service in the settings
	visitor text not null,          -- SHA-256 of the form token of the browser that began
	nonce text not null,            -- that the statement must repeat
	verifier text not null,         -- that the exchange must show (PKCE)
	person text not null,           -- who links, having given the password; '' who signs in
	next text not null,             -- page to go to afterwards
	subject text not null,          -- who came back, not linked yet; '' while on the way
	at bigint not null,             -- began at, seconds since 1970
	primary key (court, digest)
);
create index errand_at on errand (court, at);
