# Seven days to review; everything wrong is told once; the seven days begin anew with the correction.
law 民诉法第126条；在线诉讼规则第9条；登记立案规定第7条、第8条
at 2026-09-01 09:30
as wangqiang
do submit like complaint
refused 403
as zhangwei
do submit like complaint
  truth
refused 422 form.confirm truth
do submit like complaint
  defendants.1.name
refused 422 form.required defendants.1.name
do submit like complaint
  capacity agent
refused 422 form.choose scope
do submit like complaint
again
entries 1
stage SUBMITTED
paper COMPLAINT 1
paper RECEIPT 1
limit FILING_REVIEW court 2026-09-08
as lina
do register
  procedure ordinary
refused 404
as hz-filing
do register
  procedure ordinary
refused 404
as bj-clerk
do register
  procedure ordinary
refused 403 act.not_yours
as zhangwei
do register
  procedure ordinary
refused 403 act.not_yours
do correct like complaint
refused 409 act.wrong_stage
as bj-filing
do forward
refused 403 act.not_yours
do notify-correction
  until 2026-09-10
refused 422 form.rows_few defects.1
do notify-correction like correction
  until 2026-09-01
refused 422 filing.until_future until
do notify-correction like correction
stage CORRECTING
paper SUPPLEMENT 1
served SUPPLEMENT 张伟 yes
limit FILING_REVIEW court none
limit CORRECTION 张伟 2026-09-10
do register
  procedure ordinary
refused 409 act.wrong_stage
do notify-correction like correction
refused 409 act.wrong_stage
do correct like complaint
refused 403 act.not_yours
as lina
do correct like complaint
refused 404
as zhangwei
at 2026-09-08 15:00
do correct like complaint
  court B1W
refused 422 filing.same_court court
do correct like complaint
  facts
refused 422 form.required facts
do correct like complaint
  claims.2.text 判令被告支付自2026年3月2日起按照一年期贷款市场报价利率计算的逾期利息。
late no
stage SUBMITTED
paper COMPLAINT 2
limit CORRECTION 张伟 none
limit FILING_REVIEW court 2026-09-15
do correct like complaint
refused 409 act.wrong_stage
# A second notice only for what the corrected papers newly show, and the clerk says why.
as bj-filing
do notify-correction like correction
  until 2026-09-16
refused 422 filing.once again
do notify-correction like correction
  until 2026-09-16
  again 补正后的利息请求与证据中的约定利率不一致，是补正材料新出现的问题。
limit CORRECTION 张伟 2026-09-16
# Too late is not lost: the correction is taken and marked, and what follows is for the court.
as zhangwei
at 2026-09-21 10:00
do correct like complaint
late yes
stage SUBMITTED
limit FILING_REVIEW court 2026-09-28
as bj-filing
at 2026-09-22 09:00
do register
refused 422 form.choose procedure
do register
  procedure ordinary
late no
stage FEE_DUE
number （2026）京0491民初1号
judge yes
limit FILING_REVIEW court none
limit TRIAL court 2027-03-22 provisional
do register
  procedure ordinary
refused 409 act.wrong_stage
# The next case of the year has the next number.
case B
as zhangwei
do submit like complaint
as bj-filing
do register
  procedure ordinary
number （2026）京0491民初2号
whole
