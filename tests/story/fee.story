# The fee: seven days from the notice, relief, and what follows when nobody pays.
law 诉讼费用交纳办法第20条、第22条、第44条至第51条；民诉法解释第213条
first registered
fee due 2418.00
limit FEE_PAYMENT 张伟 2026-09-09
paper FEE_NOTICE 1
as lina
pay 2418.00
refused 404
as zhangwei
pay 2400.00
refused 422 payment.amount amount
stage FEE_DUE
pay 2418.00
stage READY
fee paid 2418.00
limit FEE_PAYMENT 张伟 none
pay 2418.00
refused 409 fee.nothing_due
do ask-relief
  kind defer
  reasons 家庭经济困难，暂时无力交纳。
refused 409 act.wrong_stage

# Deferred.
case B
as zhangwei
do submit like complaint
do ask-relief
  kind defer
  reasons 家庭经济困难，暂时无力交纳。
refused 409 act.wrong_stage
as bj-filing
do register
  procedure ordinary
do ask-relief
  kind defer
  reasons 家庭经济困难，暂时无力交纳。
refused 403 act.not_yours
as lina
do ask-relief
  kind defer
  reasons 家庭经济困难，暂时无力交纳。
refused 404
as bj-president
do rule-relief
  decision grant
  reasons 符合规定
refused 409 act.nothing_to_decide
as zhangwei
do ask-relief
  kind defer
refused 422 form.required reasons
do ask-relief
  kind defer
  reasons 家庭经济困难，暂时无力交纳。
do ask-relief
  kind waive
  reasons 家庭经济困难，暂时无力交纳。
refused 409 act.barred
as judge
do rule-relief
  decision grant
  reasons 符合规定
refused 403 act.not_yours
as bj-president
do rule-relief
  decision grant
  reasons 符合规定
stage READY
fee deferred 2418.00
paper RELIEF 1
served RELIEF 张伟 yes
limit FEE_PAYMENT 张伟 none
do rule-relief
  decision grant
  reasons 符合规定
refused 409 act.wrong_stage

# Waived: for persons only.
case C
as hongda
do submit like complaint
as bj-filing
do register
  procedure ordinary
as hongda
do ask-relief
  kind waive
  reasons 公司资金周转困难，无力交纳。
refused 422 fee.waive_person kind
case D
as zhangwei
do submit like complaint
as bj-filing
do register
  procedure ordinary
as zhangwei
do ask-relief
  kind waive
  reasons 家庭经济困难，没有收入来源。
as bj-president
do rule-relief
  decision grant
  reasons 属于最低生活保障对象
stage READY
fee waived 0.00

# Reduced: what is left is to be paid, within seven days of the decision.
case E
as zhangwei
do submit like complaint
as bj-filing
do register
  procedure ordinary
as zhangwei
at 2026-09-04 09:00
do ask-relief
  kind reduce
  reasons 因自然灾害损失较大，收入不足。
as bj-president
do rule-relief
  decision grant
  amount 3000
  reasons 减交一半
refused 422 fee.reduce_amount amount
do rule-relief
  decision grant
  amount 1692.61
  reasons 减交比例不得低于百分之三十
refused 422 fee.reduce_amount amount
do rule-relief
  decision grant
  amount 0
  reasons 减交到零就是免交
refused 422 fee.reduce_amount amount
do rule-relief
  decision grant
  reasons 减交一半
refused 422 fee.reduce_amount amount
at 2026-09-08 09:00
do rule-relief
  decision grant
  amount 1209
  reasons 减交一半
stage FEE_DUE
fee due 1209.00
limit FEE_PAYMENT 张伟 2026-09-15
as zhangwei
pay 2418.00
refused 422 payment.amount amount
pay 1209.00
stage READY
fee paid 1209.00
# Whoever withdraws gets back half of what was paid, not of what the table says.
do ask-withdrawal like withdrawal
as judge
do rule-withdrawal
  decision grant
  reasons 符合法律规定
refund 604.50

# Refused, and not paid: the case is deemed withdrawn, by the judge and not before the seven days are over.
case F
as zhangwei
do submit like complaint
as bj-filing
do register
  procedure ordinary
limit FEE_PAYMENT 张伟 2026-09-15
as judge
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 409 withdrawal.fee_runs
as zhangwei
at 2026-09-14 10:00
do ask-relief
  kind waive
  reasons 家庭经济困难，没有收入来源。
at 2026-09-16 09:00
as judge
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 409 act.barred
as bj-president
do rule-relief
  decision refuse
  reasons 没有提交困难证明
stage FEE_DUE
fee due 2418.00
limit FEE_PAYMENT 张伟 2026-09-23
as judge
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 409 withdrawal.fee_runs
at 2026-09-23 23:00
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 409 withdrawal.fee_runs
# The end of the limit alone changes nothing: a late payment is still taken while nobody has ruled.
at 2026-09-24 09:00
stage FEE_DUE
as bj-clerk
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 403 act.not_yours
as zhangwei
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 403 act.not_yours
as judge
do deem-withdrawn
refused 422 form.required reasons
do deem-withdrawn
  reasons 逾期未交纳案件受理费
stage WITHDRAWN
paper DEEMED 1
served DEEMED 张伟 yes
limit FEE_PAYMENT 张伟 none
limit TRIAL court none
do deem-withdrawn
  reasons 逾期未交纳案件受理费
refused 409 act.wrong_stage
as zhangwei
pay 2418.00
refused 409 fee.nothing_due
as lina
sees no
letters 0
whole
