# The whole way of a civil case of first instance, nobody agreeing to anything by silence.
law 民诉法第122条至第158条；在线诉讼规则第9条、第31条
at 2026-09-01 09:30
as zhangwei
do submit like complaint
stage SUBMITTED
paper COMPLAINT 1
limit FILING_REVIEW court 2026-09-08
sees yes
as lina
sees no
as bj-judge1
sees no
as bj-filing
may register yes
at 2026-09-02 10:00
do register
  procedure ordinary
stage FEE_DUE
number （2026）京0491民初1号
judge yes
limit TRIAL court 2027-03-02 provisional
limit SEND_COMPLAINT court 2026-09-07
served FEE_NOTICE 张伟 yes
limit FEE_PAYMENT 张伟 2026-09-09
as zhangwei
pay 2418.00
stage READY
as lina
sees no
as bj-clerk
do serve
stage ANSWERING
served COMPLAINT 李娜 no
as lina
sees yes
limit ANSWER 李娜 none
at 2026-09-04 20:00
do receive
  papers all
served COMPLAINT 李娜 yes
limit ANSWER 李娜 2026-09-20
at 2026-09-10 09:00
do answer
  stance part
  reasons 借款属实，但是已经归还三万元，有银行转账记录为证，不应当再支付全部本金。
  truth yes
limit ANSWER 李娜 none
paper ANSWER 1
served ANSWER 张伟 yes
as lina
do submit-item
  name 银行转账记录
  kind electronic
  purpose 已经归还三万元
  file 5bb626f4973a4d80adb3d956673807597303a694d5124d9c2298b1fa2811810f 6 application/pdf 转账记录.pdf
as judge
at 2026-09-11 09:00
do set-evidence-term
  until 2026-09-28
stage EXCHANGING
limit EVIDENCE 李娜 2026-09-28
as zhangwei
do opine
  item 2
  authenticity accept
  legality accept
  relevance dispute
  reasons 这笔转账是另一笔货款，与本案借款无关。
as lina
do opine
  item 1
  authenticity accept
  legality accept
  relevance accept
as judge
do find
  item 1
  finding admitted
  reasons 双方对真实性没有争议。
do find
  item 2
  finding admitted
  reasons 转账附言写明还借款，与本案有关联。
do schedule
  at 2026-10-12T09:30
  place 第三互联网法庭
  open public
stage SCHEDULED
limit HEARING 张伟 2026-10-12
at 2026-10-12 09:30
do open
  present 1,2
  rights yes
  recusal none
stage HEARING
as bj-clerk
do record
  lines.1.speaker 审判员
  lines.1.words 现在开庭。
  lines.2.speaker 原告
  lines.2.words 坚持起诉状的请求。
as judge
do close-hearing
  debate yes
  last_words yes
  mediation none
stage DELIBERATING
paper RECORD 1
as zhangwei
do confirm-record
as lina
do object-record
  line 2
  correction 原告当庭还承认收到过三万元。
do confirm-record
as judge
at 2026-10-15 10:00
do pronounce
  cited 1,2
  facts 2025年3月1日，被告向原告借款十万元；2026年5月被告归还三万元。
  reasons 借贷关系合法有效，被告应当归还尚欠的七万元本金，并支付逾期利息。
  articles.1.statute 中华人民共和国民法典
  articles.1.article 第六百七十五条、第六百七十六条
  orders.1.text 被告李娜于本判决生效之日起十日内偿还原告张伟借款七万元。
  orders.2.text 驳回原告张伟的其他诉讼请求。
  costs 案件受理费2418元，由原告负担725元，被告负担1693元。
  manner fixed
stage APPEALABLE
paper JUDGMENT 1
limit TRIAL court none
served JUDGMENT 张伟 yes
limit APPEAL 张伟 2026-10-30
served JUDGMENT 李娜 no
as bj-clerk
do take-effect
refused 409 judgment.appeal_runs
do record-service
  papers 99
  method mail
  date 2026-10-16
  note 本人签收
refused 422 form.choice papers
as lina
at 2026-10-17 08:00
do receive
  papers all
limit APPEAL 李娜 2026-11-02
as bj-clerk
at 2026-11-02 12:00
do take-effect
refused 409 judgment.appeal_runs
at 2026-11-03 12:00
do take-effect
stage EFFECTIVE
do close
  manner judgment
stage CLOSED
whole
as lina
do answer
  stance deny
  reasons 太迟了，案件已经结束，不能再答辩了，这里只是试一试能不能提交。
  truth yes
refused 409 act.wrong_stage
