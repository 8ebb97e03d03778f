# Handed in at the Hangzhou desk for the Beijing court: both see it; the seven days run from forwarding.
law 民诉法第126条；登记立案规定第8条；在线诉讼规则第9条
at 2026-09-01 09:30
as zhangwei
do submit like complaint
  desk B1W
stage RECEIVED
limit FILING_REVIEW court none
sees yes
as hz-filing
sees yes
may forward yes
may register no
as bj-filing
sees yes
may register no
as hz-clerk
sees no
as gz-filing
sees no
as lina
sees no
do forward
refused 404
as zhangwei
do forward
refused 403 act.not_yours
as bj-filing
do forward
refused 403 act.not_yours
do register
  procedure ordinary
refused 409 act.wrong_stage
do notify-correction like correction
refused 409 act.wrong_stage
as hz-filing
do register
  procedure ordinary
refused 403 act.not_yours
at 2026-09-03 16:00
do forward
  note 材料齐全，请审查。
stage SUBMITTED
limit FILING_REVIEW court 2026-09-10
do forward
refused 409 act.wrong_stage
do register
  procedure ordinary
refused 403 act.not_yours
as bj-filing
do register
  procedure ordinary
stage FEE_DUE
number （2026）京0491民初1号
# A desk that is the deciding court itself has nothing to forward.
case B
as zhangwei
do submit like complaint
  desk 132
stage SUBMITTED
limit FILING_REVIEW court 2026-09-10
whole
