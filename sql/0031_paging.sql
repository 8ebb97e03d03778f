-- paging: no table, only the ways by which a far page of a list is found as quickly as the
-- first, forwards and back.

-- Registered cases, known by their procedure: a condition on the hour of registration would be
-- taken for the place to begin at, and the way back would go through all of them.
drop index docket_registered;
drop index docket_judged;
create index docket_registered on docket (court, registered, id) where process <> '';
create index docket_judged on docket (court, judge, registered, id) where process <> '';
-- What is swept away when its time is over.
create index session_since on session (court, since);
create index attempt_at on attempt (court, at);
