# Fifteen days to answer; a late answer is taken and marked; nobody has to answer.
law 民诉法第128条；在线诉讼规则第31条第2款
first served
limit ANSWER 李娜 2026-09-20
as zhangwei
do answer like answer
refused 403 act.not_yours
as hongda
do answer like answer
refused 404
as bj-clerk
do answer like answer
refused 403 act.not_yours
as lina
do answer like answer
  reasons
refused 422 form.required reasons
do answer like answer
  stance
refused 422 form.choose stance
do answer like answer
  truth
refused 422 form.confirm truth
at 2026-09-20 23:59
do answer like answer
late no
paper ANSWER 1
served ANSWER 张伟 yes
limit ANSWER 李娜 none
do answer like answer
refused 409 answer.twice

# Who admits everything need give no reasons.
case B
first served
as lina
do answer
  stance admit
  truth yes
late no

# Late.
case C
first served
as lina
at 2026-09-21 00:01
do answer like answer
late yes
stage ANSWERING
paper ANSWER 1

# Who answers has been served by that act, whatever else was confirmed.
case D
first registered
as zhangwei
pay 2418.00
as bj-clerk
do serve
served COMPLAINT 李娜 no
as lina
at 2026-09-08 09:00
do answer like answer
served COMPLAINT 李娜 yes
served RESPONSE_NOTICE 李娜 yes
limit ANSWER 李娜 none

# Not answering stops nothing; after the hearing has begun it is too late for an answer.
case E
first served
as judge
at 2026-09-11 09:00
do set-evidence-term
  until 2026-09-28
do schedule like hearing
as lina
may answer yes
as judge
at 2026-10-12 09:30
as lina
do receive
  papers all
as judge
do open like opening
as lina
do answer like answer
refused 409 act.wrong_stage
whole
