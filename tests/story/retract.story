# Before registration the plaintiff takes the papers back without asking anybody.
law 民诉法第13条第2款
at 2026-09-01 09:30
as zhangwei
do submit like complaint
as bj-filing
do retract
refused 403 act.not_yours
as lina
do retract
refused 404
as zhangwei
do retract
  reasons 对方已经还款。
stage WITHDRAWN
limit FILING_REVIEW court none
do retract
refused 409 act.wrong_stage
as bj-filing
do register
  procedure ordinary
refused 409 act.wrong_stage
sees yes
as lina
letters 0
# While it waits at another court's desk, and while it is to be corrected.
case B
as zhangwei
do submit like complaint
  desk B1W
do retract
stage WITHDRAWN
case C
do submit like complaint
as bj-filing
do notify-correction like correction
as zhangwei
do retract
stage WITHDRAWN
limit CORRECTION 张伟 none
do correct like complaint
refused 409 act.wrong_stage
# After registration only the judge can let the plaintiff go.
case D
do submit like complaint
as bj-filing
do register
  procedure ordinary
as zhangwei
do retract
refused 409 act.wrong_stage
whole
