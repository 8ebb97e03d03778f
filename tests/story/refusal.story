# Refused by ruling, with the ground and reasons; ten days to appeal from its service.
law 民诉法第122条、第126条、第127条、第171条；在线诉讼规则第9条第1款第3项
at 2026-09-01 09:30
as zhangwei
do submit like complaint
  eservice no
do refuse like refusal
refused 403 act.not_yours
as lina
do refuse like refusal
refused 404
as bj-president
do refuse like refusal
refused 403 act.not_yours
as bj-filing
do refuse like refusal
  reasons 不符合条件
refused 422 form.too_short reasons
do refuse like refusal
  ground
refused 422 form.choose ground
at 2026-09-04 10:00
do refuse like refusal
stage REFUSED
number
paper REFUSAL 1
limit FILING_REVIEW court none
served REFUSAL 张伟 no
limit APPEAL_RULING 张伟 none
do refuse like refusal
refused 409 act.wrong_stage
do register
  procedure ordinary
refused 409 act.wrong_stage
# Nobody else ever learns of it.
as lina
sees no
letters 0
as zhangwei
at 2026-09-07 08:00
do receive
  papers all
served REFUSAL 张伟 yes
limit APPEAL_RULING 张伟 2026-09-17
do receive
  papers 1
refused 409 service.nothing_waits
do retract
refused 409 act.wrong_stage
whole
