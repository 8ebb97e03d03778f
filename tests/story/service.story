# Sent is not served: arrival counts for who agreed, receipt or an act for who did not, and paper as recorded.
law 民诉法第87条至第95条、第128条；在线诉讼规则第29条至第31条；民诉法解释第140条
first registered
served ACCEPTANCE 张伟 yes
as bj-clerk
do serve
refused 409 act.wrong_stage
as zhangwei
pay 2418.00
do serve
refused 403 act.not_yours
as hz-clerk
do serve
refused 404
as lina
sees no
letters 0
as bj-clerk
limit SEND_COMPLAINT court 2026-09-07
do serve
limit SEND_COMPLAINT court none
do serve
refused 409 act.wrong_stage
as lina
sees yes
letters 4
served COMPLAINT 李娜 no
limit ANSWER 李娜 none
do receive
refused 422 form.choose papers
do receive
  papers 99
refused 422 form.choice papers
as zhangwei
do receive
  papers 1
refused 409 service.nothing_waits
as bj-clerk
do receive
  papers 1
refused 403 act.not_yours
# Her own yes, and only from then on.
as lina
at 2026-09-07 09:00
do receive
  papers all
  eservice yes
served COMPLAINT 李娜 yes
limit ANSWER 李娜 2026-09-22
do receive
  papers 1
refused 409 service.nothing_waits
as judge
do set-evidence-term
  until 2026-09-28
served EVIDENCE_TERM 李娜 yes
limit ANSWER 李娜 2026-09-22

# On paper, as the clerk records it.
case B
first registered
as zhangwei
pay 2418.00
as bj-clerk
do serve
do record-service
  papers all 李娜
  method mail
  date 2026-10-01
  note 本人签收
refused 422 service.future date
do record-service
  papers all 李娜
  method mail
  date 2026-09-01
  note 本人签收
refused 422 service.before_sent date
do record-service
  papers all 李娜
  method mail
refused 422 form.required date
do record-service
  papers all 李娜
  method public
  date 2026-09-02
  note 在法院公告栏和信息网络公告
refused 422 service.public_runs date
as lina
do record-service
  papers all 李娜
  method mail
  date 2026-09-03
  note 本人签收
refused 403 act.not_yours
as bj-clerk
at 2026-09-05 09:00
do record-service
  papers all 李娜
  method mail
  date 2026-09-04
  note 本人签收，邮件号EMS0001
served COMPLAINT 李娜 yes
limit ANSWER 李娜 2026-09-20
do record-service
  papers 1
  method mail
  date 2026-09-04
  note 本人签收
refused 409 service.nothing_waits

# By public notice: thirty days, then it counts.
case C
first registered
as zhangwei
pay 2418.00
as bj-clerk
do serve
at 2026-10-02 09:00
do record-service
  papers all 李娜
  method public
  date 2026-09-02
  note 在法院公告栏和信息网络公告
served COMPLAINT 李娜 yes
limit ANSWER 李娜 2026-10-19

# Not in summary procedure.
case D
at 2026-09-01 09:30
as zhangwei
do submit like complaint
as bj-filing
at 2026-09-02 10:00
do register
  procedure summary
as zhangwei
pay 1209.00
as bj-clerk
do serve
at 2026-10-08 09:00
do record-service
  papers all 李娜
  method public
  date 2026-09-03
  note 在法院公告栏和信息网络公告
refused 422 service.no_public_in_summary method
served COMPLAINT 李娜 no

# A defendant without an account: verified later, the case and its papers are there.
case E
at 2026-09-01 09:30
as zhangwei
do submit like complaint
  defendants.1.name 王强
  defendants.1.number 110000198809200034
as bj-filing
at 2026-09-02 10:00
do register
  procedure ordinary
as zhangwei
pay 2418.00
as bj-clerk
do serve
as wangqiang
sees no
letters 0
as lina
sees no
as bj-filing
at 2026-09-03 10:00
verified wangqiang
as wangqiang
sees yes
letters 4
served COMPLAINT 王强 no
do receive
  papers all
served COMPLAINT 王强 yes
limit ANSWER 王强 2026-09-18
whole

# A clock that ran ahead is put right: what was sent then arrives no earlier than it was sent.
case F
first registered
as zhangwei
pay 2418.00
as bj-clerk
at 2026-09-10 09:00
do serve
at 2026-09-08 09:00
as lina
do receive
  papers all
served COMPLAINT 李娜 yes
limit ANSWER 李娜 2026-09-28
