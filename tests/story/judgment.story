# The judge decides, on the stated orders and articles; when nobody has appealed, it takes effect and the case closes.
law 民诉法第151条、第155条、第158条；民诉法解释第244条
first scheduled
as judge
do pronounce like judgment
refused 409 act.wrong_stage
case B
first heard
as bj-clerk
do pronounce like judgment
refused 403 act.not_yours
as zhangwei
do pronounce like judgment
refused 403 act.not_yours
as hongda
do pronounce like judgment
refused 404
as judge
do pronounce like judgment
  orders.1.text
  orders.2.text
refused 422 form.rows_few orders.1
do pronounce like judgment
  articles.1.statute
refused 422 form.required articles.1.statute
do pronounce like judgment
  manner
refused 422 form.choose manner
as zhangwei
do ask-withdrawal like withdrawal
as judge
do pronounce like judgment
refused 409 act.barred
do rule-withdrawal
  decision refuse
  reasons 庭审已经终结
at 2026-10-15 10:00
do pronounce like judgment
stage APPEALABLE
limit TRIAL court none
paper JUDGMENT 1
do pronounce like judgment
refused 409 act.wrong_stage
served JUDGMENT 张伟 yes
limit APPEAL 张伟 2026-10-30
served JUDGMENT 李娜 no
as zhangwei
do take-effect
refused 403 act.not_yours
as hongda
do take-effect
refused 404
# Fifteen days after everybody has it, not a day sooner.
at 2026-11-03 09:00
as bj-clerk
do take-effect
refused 409 judgment.not_served
do record-service
  papers all 李娜
  method direct
  date 2026-10-14
  note 本人签收
refused 422 service.before_sent date
do record-service
  papers all 李娜
  method direct
  date 2026-10-20
  note 本人签收
limit APPEAL 李娜 2026-11-04
do close
  manner judgment
refused 409 act.wrong_stage
at 2026-11-04 23:00
do take-effect
refused 409 judgment.appeal_runs
at 2026-11-05 09:00
do take-effect
stage EFFECTIVE
paper EFFECT 1
limit APPEAL 李娜 none
do take-effect
refused 409 act.wrong_stage
as lina
do close
  manner judgment
refused 403 act.not_yours
as hongda
do close
  manner judgment
refused 404
as bj-clerk
do close
refused 422 form.choose manner
do close
  manner withdrawn
refused 422 judgment.manner manner
do close
  manner judgment
stage CLOSED
paper CLOSING 1
# What was sent can still be received.
as lina
do receive
  papers all
served CLOSING 李娜 yes
whole
