-- paging: no table, only the ways by which lists of people are read on and back from a row.

-- Who waits: that somebody does is a condition which is no place to begin at.
drop index person_waiting;
create index person_waiting on person (court, waiting, person) where waiting <> 0;
-- Many people have one name: a page begins at one of them.
drop index person_name;
create index person_name on person (court, name, person);
