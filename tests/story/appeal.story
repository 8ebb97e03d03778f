# Fifteen days for each, counted from when each was served.
law 民诉法第171条至第173条；民诉法解释第244条
first judged
limit APPEAL 张伟 2026-10-30
limit APPEAL 李娜 none
as judge
do appeal like appeal
refused 403 act.not_yours
as hongda
do appeal like appeal
refused 404
as lina
at 2026-10-22 08:00
do receive
  papers all
limit APPEAL 李娜 2026-11-06
limit APPEAL 张伟 2026-10-30
as zhangwei
at 2026-10-31 09:00
do appeal like appeal
refused 409 act.too_late
as lina
do appeal like appeal
  request
refused 422 form.required request
at 2026-11-06 23:59
do appeal like appeal
stage APPEALED
paper APPEAL 1
served APPEAL 张伟 yes
limit APPEAL 李娜 none
do appeal like appeal
refused 409 appeal.twice
as bj-clerk
do take-effect
refused 409 act.wrong_stage
do close
  manner judgment
refused 409 act.wrong_stage
whole

# Both appeal; who appeals has received the judgment.
case B
first judged
as zhangwei
at 2026-10-30 23:00
do appeal like appeal
stage APPEALED
as lina
served JUDGMENT 李娜 no
do appeal like appeal
served JUDGMENT 李娜 yes
limit APPEAL 李娜 none
paper APPEAL 2

# An agent needs special authority to appeal.
case C
first judged
as zhangwei
do grant-authority like mandate
as lijing
do accept-authority
do appeal like appeal
refused 403 act.special_authority
as zhangwei
do change-authority
  agent 1
  scope special
as lijing
do appeal like appeal
stage APPEALED

# Too early is too early: there is nothing to appeal from.
case D
first heard
as zhangwei
do appeal like appeal
refused 409 act.wrong_stage
