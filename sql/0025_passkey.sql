-- Passkeys (WebAuthn): the public half of a key that lies in somebody's telephone, computer or
-- security key, and the challenges that are out. All on the shelf of court '0'.

-- passkey: one key of one person. The private half never leaves its device.
create table passkey (
	court text not null,            -- '0'
	passkey text not null,          -- SHA-256 of the credential's id, by which a browser names it
	person text not null,           -- whose
	credential text not null,       -- that id, base64url
	algorithm bigint not null,      -- COSE: -7 ES256, -8 EdDSA, -257 RS256
	public_key text not null,       -- its bytes, hex: x and y; the point; modulus and exponent
	counter bigint not null,        -- the last signature counter told by the device; 0 if it counts none
	name text not null,             -- what the person calls it
	since bigint not null,          -- made, seconds since 1970
	used bigint not null,           -- last used, 0 never
	regressed bigint not null,      -- since when its counter has gone back (a copy may exist); 0 never
	primary key (court, passkey),
	foreign key (court, person) references person (court, person)
);
create index passkey_person on passkey (court, person, since);

-- passkey_challenge: random bytes that a browser must have signed, kept here and not by it; each is
-- answered once, within minutes.
create table passkey_challenge (
	court text not null,            -- '0'
	challenge text not null,        -- SHA-256 of the challenge
	visitor text not null,          -- SHA-256 of the token of the browser that it was given to
	purpose text not null,          -- create or get
	ends bigint not null,           -- over then, seconds since 1970
	primary key (court, challenge)
);
create index passkey_challenge_ends on passkey_challenge (court, ends);
