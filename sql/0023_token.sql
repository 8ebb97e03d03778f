-- token: what a person gave a program so that it may do some things in that person's name
-- (RFC 6750). It is not removed when it ends: acts done with it name its digest as their session
-- (Online Litigation Rules, art. 7). Forgotten five years after it ended.
create table token (
	court text not null,            -- '0'
	digest text not null,           -- SHA-256 of the token, which is told once and not kept
	person text not null,           -- in whose name
	name text not null,             -- what the person calls it
	scopes bigint not null,         -- what it may do, bits of enum token_scope
	since bigint not null,          -- made at, seconds since 1970
	ends bigint not null,           -- good until
	seen bigint not null,           -- last used, to within some minutes; 0 never
	address text not null,          -- block of addresses it was last used from, '' never
	ended bigint not null,          -- revoked at; 0 while it lasts
	primary key (court, digest),
	foreign key (court, person) references person (court, person)
);
create index token_person on token (court, person, since);
