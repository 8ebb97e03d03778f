# The plaintiff asks, the judge rules; half of a fee that was paid goes back, once.
law 民诉法第148条、第157条；诉讼费用交纳办法第15条、第34条；民诉法解释第206条
# Summary procedure has halved the fee already.
case B
at 2026-09-01 09:30
as zhangwei
do submit like complaint
as bj-filing
do register
  procedure summary
as zhangwei
fee due 1209.00
pay 1209.00
do ask-withdrawal like withdrawal
as judge
do rule-withdrawal
  decision grant
  reasons 符合法律规定
stage WITHDRAWN
fee paid 1209.00
refund 0.00
# The defendant was never served and learns nothing, also not by the ruling.
as lina
sees no
letters 0

case A
first exchanging
as lina
do ask-withdrawal like withdrawal
refused 403 act.not_yours
as hongda
do ask-withdrawal like withdrawal
refused 404
as judge
do rule-withdrawal
  decision grant
  reasons 符合法律规定
refused 409 act.nothing_to_decide
as zhangwei
do ask-withdrawal like withdrawal
  reasons
refused 422 form.required reasons
do ask-withdrawal like withdrawal
do ask-withdrawal like withdrawal
refused 409 act.barred
as judge
do schedule like hearing
refused 409 act.barred
as bj-clerk
do rule-withdrawal
  decision grant
  reasons 符合法律规定
refused 403 act.not_yours
as judge
do rule-withdrawal
  decision refuse
  reasons 可能损害他人合法权益
stage EXCHANGING
paper WITHDRAWAL 1
refund 0.00
as zhangwei
do ask-withdrawal like withdrawal
as judge
do rule-withdrawal
refused 422 form.choose decision
do rule-withdrawal
  decision grant
  reasons 符合法律规定
stage WITHDRAWN
fee refund 2418.00
refund 1209.00
limit TRIAL court none
limit EVIDENCE 张伟 none
limit EVIDENCE 李娜 none
served WITHDRAWAL 张伟 yes
do rule-withdrawal
  decision grant
  reasons 符合法律规定
refused 409 act.wrong_stage
as bj-clerk
do close
  manner judgment
refused 422 judgment.manner manner
do close
  manner withdrawn
stage CLOSED
paper CLOSING 1
do close
  manner withdrawn
refused 409 act.wrong_stage
as zhangwei
do ask-withdrawal like withdrawal
refused 409 act.wrong_stage
whole

# Before the hearing is opened, and not after judgment.
case C
first scheduled
as zhangwei
do ask-withdrawal like withdrawal
at 2026-10-12 09:30
as judge
do open like opening
refused 409 act.barred
do rule-withdrawal
  decision grant
  reasons 符合法律规定
limit HEARING 李娜 none
case D
first judged
as zhangwei
do ask-withdrawal like withdrawal
refused 409 act.wrong_stage
