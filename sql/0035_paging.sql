-- paging: no table, only the ways by which the lists of an account and of a court's staff are
-- read on and back from a row.

-- The tokens that last, and those of before, the newest first.
create index token_living on token (court, person, ended, ends);
drop index token_person;
create index token_person on token (court, person, since, digest);
-- The sign-ins of a person, the newest first.
drop index session_person;
create index session_person on session (court, person, since, digest);
-- The offices of a court, those that last before those that ended.
create index office_list on office (court, ended, office_id);
-- Who is away, whoever is back first before the others.
create index absence_last on absence (court, last, person);
