-- Official lists: what ministries and courts publish as a table and the program takes in
-- as it stands: causes of action, criminal charges, types of cases, administrative
-- divisions, rest days of the year, loan prime rates; and courts (table court). All on the
-- shelf of court '0', for they hold for the whole nation.

-- gazette: every time a list was taken in.
create table gazette (
	court text not null,            -- '0'
	gazette text not null,          -- id made by the program; sorts by age
	list text not null,             -- which: 'causes', 'courts' ...
	source text not null,           -- name of the file
	digest text not null,           -- SHA-256 of the file
	lines bigint not null,          -- lines in it
	added bigint not null,          -- of them new
	changed bigint not null,        -- of them unlike what was there
	at bigint not null,             -- when, seconds since 1970
	primary key (court, gazette)
);
create index gazette_list on gazette (court, list, gazette);

-- listing: one line of a list whose lines are a code, a name and the line above.
create table listing (
	court text not null,            -- '0'
	list text not null,             -- 'causes', 'charges', 'types', 'divisions'
	code text not null,             -- official code
	place text not null,            -- sorts as the list is printed
	level bigint not null,          -- 1 at the top
	parent text not null,           -- code of the line above, '' at the top
	name text not null,             -- official name
	mark text not null,             -- causes: the number as printed; types: the sign in case numbers; else ''
	primary key (court, list, code)
);
create index listing_place on listing (court, list, place, code);

-- holiday: the days that the State Council's notice of a year names (国务院办公厅关于部分
-- 节假日安排的通知): weekdays that rest and weekend days that are worked.
create table holiday (
	court text not null,            -- '0'
	day bigint not null,            -- days since 1970-01-01
	rest bigint not null,           -- 1 rests, 0 is worked
	name text not null,             -- of the holiday
	year bigint not null,           -- whose notice names it
	primary key (court, day)
);

-- rate: the loan prime rate (LPR), by which interest is reckoned since 2019-08-20.
create table rate (
	court text not null,            -- '0'
	day bigint not null,            -- holds from this day, days since 1970-01-01
	one_year bigint not null,       -- for one year, in 1/10,000
	five_year bigint not null,      -- for five years and more, in 1/10,000
	primary key (court, day)
);

-- court_gram: the letters of a court's names, sign and province, singly and in pairs, so that
-- a court is found among thousands as quickly as among forty.
create table court_gram (
	court text not null,            -- '0'
	gram text not null,             -- one or two letters, lower case
	level bigint not null,          -- of that court: higher courts are found first
	code text not null,             -- the court
	primary key (court, gram, level, code)
);
create index court_gram_code on court_gram (court, code);

-- Limits that were counted into a year without a notice are counted again when it has come.
create index deadline_provisional on deadline (court, docket, number) where provisional = 1;
