-- session.way: how somebody proved who they are when the session began: a word, and after a
-- space whose: 'password', 'registration', 'passkey', 'provider NAME'. '' before this was kept.
alter table session add column way text not null default '';
