# A time for evidence, reasons for what is late or disputed, and no judgment on what nobody could speak to.
law 民诉法第66条至第71条；民诉法解释第99条；在线诉讼规则第11条至第15条；民事证据规定第60条、第85条
first served
as zhangwei
do set-evidence-term
  until 2026-09-28
refused 403 act.not_yours
as hongda
do submit-item like item
refused 404
as judge
at 2026-09-11 09:00
do set-evidence-term
  until 2026-09-11
refused 422 evidence.term_future until
do set-evidence-term
  until 2026-09-25
refused 422 evidence.term_short until
do set-evidence-term
refused 422 form.required until
do find
  item 1
  finding admitted
  reasons 双方没有争议
refused 409 act.wrong_stage
do set-evidence-term
  until 2026-09-28
stage EXCHANGING
limit EVIDENCE 张伟 2026-09-28
limit EVIDENCE 李娜 2026-09-28
do set-evidence-term
  until 2026-09-29
refused 409 act.wrong_stage

as bj-clerk
do submit-item like item
refused 403 act.not_yours
as lina
do submit-item like item
  file
refused 422 form.file_missing file
do submit-item like item
  purpose
refused 422 form.required purpose
do submit-item like item
late no
do submit-item like item
  name 微信聊天记录
do withdraw-item
  item 1
refused 422 form.choice item
do withdraw-item
  item 3
do withdraw-item
  item 3
refused 422 form.choice item
# Opinions are the other side's.
do opine like opinion
  item 2
refused 422 form.choice item
as bj-clerk
do opine like opinion
  item 1
refused 403 act.not_yours
as zhangwei
do opine like opinion
  item 2
  relevance dispute
refused 422 evidence.say_why reasons
do opine like opinion
  item 2
  relevance dispute
  reasons 这笔转账是另一笔货款，与本案借款无关。
do opine like opinion
  item 2
refused 409 evidence.none
as judge
do find
  item 2
refused 422 form.choose finding
do find
  item 2
  finding admitted
  reasons 转账附言写明还借款，与本案有关联。
do find
  item 2
  finding rejected
  reasons 改变看法
refused 422 form.choice item
as zhangwei
do find
  item 1
  finding admitted
  reasons 双方没有争议
refused 403 act.not_yours
as lina
do withdraw-item
  item 2
refused 409 evidence.none

# Late: with reasons, and marked.
at 2026-09-29 09:00
do submit-item like item
  name 证人书面证言
  kind testimony
refused 422 evidence.late_reason late_reason
do submit-item like item
  name 证人书面证言
  kind testimony
  late_reason 证人在国外，九月二十八日才联系上。
late yes

# No judgment rests on what the other side has not spoken to, or the judge has not found on.
as judge
do schedule like hearing
at 2026-10-12 09:30
as lina
do receive
  papers all
as judge
do open like opening
as bj-clerk
do record like words
as judge
do close-hearing like closing
do pronounce like judgment
  cited 1,2
refused 422 form.choice cited
do find
  item 1
  finding rejected
  reasons 借条没有原件核对
do pronounce like judgment
  cited 1
refused 422 form.choice cited
do pronounce like judgment
  cited 3
refused 422 form.choice cited
do pronounce like judgment
  cited 2
stage APPEALABLE
as lina
do submit-item like item
refused 409 act.wrong_stage
whole

# While the time for evidence runs, silence is no opinion.
case B
first exchanging
as judge
do find
  item 2
  finding admitted
  reasons 转账附言写明还借款
do schedule
  at 2026-09-22T09:30
  place 第三互联网法庭
  open public
as lina
do receive
  papers all
at 2026-09-22 09:30
as judge
do open like opening
as bj-clerk
do record like words
as judge
do close-hearing like closing
do pronounce like judgment
  cited 2
refused 422 form.choice cited
at 2026-09-29 09:00
do pronounce like judgment
  cited 2
stage APPEALABLE
