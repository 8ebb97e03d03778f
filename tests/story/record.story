# Who was there confirms the record or asks to correct it, at once or within five days.
law 民诉法第150条；在线诉讼规则第33条、第34条
first scheduled
at 2026-10-12 09:30
as judge
do open like opening
as lina
do confirm-record
refused 409 act.wrong_stage
as bj-clerk
do record like words
as judge
do close-hearing like closing
paper RECORD 1
served RECORD 张伟 yes
limit RECORD_CORRECTION 张伟 2026-10-19
served RECORD 李娜 no
limit RECORD_CORRECTION 李娜 none
do confirm-record
refused 403 act.not_yours
as hongda
do confirm-record
refused 404
as zhangwei
do object-record
  line 9
  correction 原告当庭还承认收到过三万元。
refused 422 record.line line
do object-record
  line 2
refused 422 form.required correction
do object-record
  line 2
  correction 原告说的是坚持第一项请求。
do confirm-record
limit RECORD_CORRECTION 张伟 none
do confirm-record
refused 409 record.confirmed
do object-record
  line 2
  correction 原告说的是坚持第二项请求。
refused 409 record.confirmed
# Her five days run from when the record reached her.
as lina
at 2026-10-14 09:00
do receive
  papers all
limit RECORD_CORRECTION 李娜 2026-10-19
at 2026-10-19 23:00
do object-record
  line 3
  correction 归还的是三万五千元。
at 2026-10-20 00:01
do object-record
  line 3
  correction 归还的是三万五千元。
refused 409 act.too_late
do confirm-record
stage DELIBERATING
whole

# Who was not there has nothing to confirm.
case B
first scheduled
at 2026-10-12 09:30
as judge
do open like opening
  present 1
as bj-clerk
do record like words
as judge
do close-hearing like closing
as lina
do confirm-record
refused 409 record.not_present
