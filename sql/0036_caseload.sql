-- caseload: no table. The lists of a court are found in the order in which they are shown, in an
-- index alone; what is late and what is asked for has rows in due, one a case:
--   'late'   a limit of the court is over, or the time for trial ends within 14 days: since which day
--   'asked'  a motion waits for a decision: since when
drop index docket_stage;
create index docket_stage on docket (court, stage, since, id);
drop index docket_judge;
create index docket_judge on docket (court, judge, stage, since, id);
drop index docket_desk;
create index docket_desk on docket (desk, stage, since, id, court);
-- The cases that are there already are settled again by the jobs.
insert into outbox (court, id, kind, docket, body, due, tries, why)
	select court, 'late-' || id, 'due', id, '{}', 0, 0, '' from docket where stage <> 'CLOSED';
