# Three days' notice, after the time for the answer, opened on the day and in due form, with a record.
law 民诉法第128条、第137条、第139条至第150条；在线诉讼规则第22条、第34条
first served
as zhangwei
do schedule like hearing
refused 403 act.not_yours
as hongda
do schedule like hearing
refused 404
as judge
do open like opening
refused 409 act.wrong_stage
do schedule like hearing
  at 2026-09-01T09:30
refused 422 hearing.past at
do schedule like hearing
  at 2026-09-07T09:30
refused 422 hearing.notice at
do schedule like hearing
  at 2026-09-18T09:30
refused 422 hearing.answer_runs at
do schedule like hearing
  place
refused 422 form.required place
do schedule like hearing
  at 2026-09-22T09:30
stage SCHEDULED
paper SUMMONS 1
limit HEARING 张伟 2026-09-22
limit HEARING 李娜 2026-09-22
do schedule like hearing
refused 409 act.wrong_stage
as bj-clerk
do postpone
  at 2026-10-12T09:30
  place 第三互联网法庭
  ground evidence
  reasons 需要调取新的证据
refused 403 act.not_yours
as judge
do postpone
  at 2026-10-12T09:30
  place 第三互联网法庭
  reasons 需要调取新的证据
refused 422 form.choose ground
do postpone
  at 2026-10-12T09:30
  place 第三互联网法庭
  ground evidence
  reasons 需要调取新的证据
stage SCHEDULED
paper SUMMONS 2
limit HEARING 李娜 2026-10-12

# Not before its day; nobody is absent who was not summoned.
at 2026-10-11 09:30
do open like opening
refused 409 hearing.not_yet
at 2026-10-12 09:30
do open like opening
  present 1
refused 409 hearing.not_summoned
do open like opening
  present 9
refused 422 form.choice present
do open like opening
  rights
refused 422 form.confirm rights
do open like opening
  recusal asked
refused 409 hearing.recusal_first recusal
as bj-clerk
do open like opening
refused 403 act.not_yours
do record like words
refused 409 act.wrong_stage
as lina
do receive
  papers all
as judge
do open like opening
  present 1
stage HEARING
limit HEARING 李娜 none
do open like opening
refused 409 act.wrong_stage
do postpone
  at 2026-10-20T09:30
  place 第三互联网法庭
  ground evidence
  reasons 需要调取新的证据
refused 409 act.wrong_stage

# No record, no end.
do adjourn
  reasons 需要补充证据
refused 409 hearing.no_record
do close-hearing like closing
refused 409 hearing.no_record
do record like words
refused 403 act.not_yours
as zhangwei
do record like words
refused 403 act.not_yours
do adjourn
  reasons 需要补充证据
refused 403 act.not_yours
as bj-assistant
do record
refused 422 form.rows_few lines.1
do record like words
as bj-clerk
do record like words
as judge
do adjourn
refused 422 form.required reasons
do adjourn
  reasons 需要补充证据
stage EXCHANGING
paper RECORD 1
# The next sitting has its own notice, its own record, and may not be adjourned without one either.
do schedule like hearing
  at 2026-10-20T09:30
as lina
do receive
  papers all
as judge
at 2026-10-20 09:30
do open like opening
do adjourn
  reasons 需要补充证据
refused 409 hearing.no_record
as bj-clerk
do record like words
as judge
do close-hearing like closing
  last_words
refused 422 form.confirm last_words
as bj-clerk
do close-hearing like closing
refused 403 act.not_yours
as judge
do close-hearing like closing
stage DELIBERATING
paper RECORD 2
do close-hearing like closing
refused 409 act.wrong_stage
whole

# Nobody is heard who has not been served.
case B
first registered
as zhangwei
pay 2418.00
as bj-clerk
do serve
as judge
do schedule like hearing
refused 409 hearing.not_served
