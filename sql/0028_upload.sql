-- upload: a file on its way to the court, piece by piece (tus 1.0), or whole and not yet in a form.
-- It lies on the nation's shelf and belongs to one person. The bytes stand beside the blobs, in
-- DIRECTORY/blobs/part/ID, until the last has come; then they become a blob.
create table upload (
	court text not null,            -- always '0'
	id text not null,               -- by chance, in the upload's address
	person text not null,           -- whose it is
	name text not null,             -- what its sender calls the file
	type text not null,             -- media type; its sender's word until the file is whole, then by its bytes
	said text not null,             -- Upload-Metadata as it came, to be told again
	length bigint not null,         -- bytes of the whole
	arrived bigint not null,        -- bytes that are on the disk for good: never more than the file has
	expires bigint not null,        -- thrown away at this time unless more of it comes
	digest text not null,           -- SHA-256 of the whole, '' while some is missing
	primary key (court, id)
);
create index upload_person on upload (court, person, expires);
create index upload_expires on upload (court, expires);

-- custody: who needs a blob. A row is written in the transaction of the act, the draft or the upload
-- that names the blob, and a blob without a row is swept after a day.
create table custody (
	court text not null,            -- of the case; '0' for drafts and uploads
	holder text not null,           -- 'entry CASE NUMBER', 'draft PERSON CASE ACT', 'upload ID'
	digest text not null,           -- SHA-256 of the blob
	primary key (court, holder, digest)
);
create index custody_digest on custody (digest);
