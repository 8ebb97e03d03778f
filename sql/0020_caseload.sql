-- caseload: no table, only the ways by which the lists of a court find their rows
-- without reading the whole docket.

-- All registered cases of a court, and of a judge, the newest first.
create index docket_registered on docket (court, registered, id) where registered > 0;
create index docket_judged on docket (court, judge, registered, id) where registered > 0;
-- Papers that a desk took for another court (cross-domain filing).
create index docket_forwarded on docket (desk, filed, id) where desk <> court;
-- The next limit of a case. The case comes first, so that nobody goes through a court by it.
create index deadline_docket on deadline (docket, court, state, ends);
-- The court's own limits. An answer goes out in the act that brings it, so the limit for
-- sending it is no work that waits.
create index deadline_own on deadline (court, party, state, ends) where state = 'open' and party = 0 and rule <> 'SEND_ANSWER';
-- What was paid for a case.
create index payment_docket on payment (court, docket, id);
