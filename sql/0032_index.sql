-- index: no table, only the ways to what every page asks for, so that its cost does not
-- grow with what lies in the store.

-- The letters that a person has not opened, which every page counts.
create index inbox_unread on inbox (court, person) where opened = 0;
