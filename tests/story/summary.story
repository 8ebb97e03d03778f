# Summary procedure: half the fee, three months, a shorter time for evidence, no three days' notice.
law 民诉法第160条至第164条；诉讼费用交纳办法第16条；民诉法解释第266条
at 2026-09-01 09:30
as zhangwei
do submit like complaint
as bj-filing
do register
  procedure summary
fee due 1209.00
limit TRIAL court 2026-12-01
as zhangwei
pay 1209.00
as bj-clerk
do serve
as lina
do receive
  papers all
limit ANSWER 李娜 2026-09-16
do answer like answer
as judge
do set-evidence-term
  until 2026-09-17
refused 422 evidence.term_long until
do set-evidence-term
  until 2026-09-08
limit EVIDENCE 李娜 2026-09-08
do schedule
  at 2026-09-01T14:30
  place 第三互联网法庭
  open public
stage SCHEDULED
at 2026-09-01 14:30
as judge
do open like opening
as bj-clerk
do record like words
as judge
do close-hearing like closing
do pronounce like judgment
stage APPEALABLE
limit TRIAL court none
limit APPEAL 张伟 2026-09-16
whole
