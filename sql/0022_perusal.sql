-- perusal: how far each file of the read log (DATA/reads) has come. The log itself is
-- those files, a line for each page with personal data that was answered, each line holding
-- the digest of the one before; this table, which lies elsewhere and is written every few
-- seconds, shows when a file was cut, replaced or removed. Each running program writes
-- a file of its own.
create table perusal (
	court text not null,            -- '0'
	file text not null,             -- its name in DATA/reads
	host text not null,             -- the machine on whose disk it lies
	lines bigint not null,          -- how many lines it had, durably
	head text not null,             -- digest of the last of them
	at bigint not null,             -- when that was so, seconds since 1970
	primary key (court, file)
);
