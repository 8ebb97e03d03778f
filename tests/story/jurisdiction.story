# Within the time for the answer, and not by who has answered; the judge rules, and the case goes on or away.
law 民诉法第130条、第157条、第171条
first served
as zhangwei
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 403 act.not_yours
as hongda
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 404
as judge
do rule-jurisdiction
  decision dismiss
  reasons 本院对本案有管辖权，异议不成立。
refused 409 act.nothing_to_decide
as lina
do object-jurisdiction
  court 132
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 422 jurisdiction.court court
do object-jurisdiction
  court B1W
refused 422 form.required reasons
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 409 act.barred
# Nothing on the merits meanwhile.
as judge
do set-evidence-term
  until 2026-09-28
refused 409 act.barred
do schedule like hearing
refused 409 act.barred
as bj-clerk
do rule-jurisdiction
  decision dismiss
  reasons 本院对本案有管辖权，异议不成立。
refused 403 act.not_yours
as judge
do rule-jurisdiction
  decision transfer
  reasons 异议成立，移送有管辖权的法院。
refused 422 form.required court
do rule-jurisdiction
  decision dismiss
  reasons 本院对本案有管辖权，异议不成立。
stage ANSWERING
paper JURISDICTION 1
served JURISDICTION 张伟 yes
served JURISDICTION 李娜 no
do rule-jurisdiction
  decision dismiss
  reasons 本院对本案有管辖权，异议不成立。
refused 409 act.nothing_to_decide
as lina
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 409 jurisdiction.answered
do receive
  papers all
limit APPEAL_RULING 李娜 2026-09-14

# The court may go on to the evidence; the time to object is the time for the answer all the same.
case E
first served
as judge
do set-evidence-term
  until 2026-09-28
stage EXCHANGING
as lina
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
as judge
do schedule like hearing
refused 409 act.barred
do rule-jurisdiction
  decision dismiss
  reasons 本院对本案有管辖权，异议不成立。
stage EXCHANGING

# Too late.
case B
first served
as lina
at 2026-09-21 09:00
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 409 act.too_late

# Who has answered has accepted the court.
case C
first served
as lina
do answer like answer
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
refused 409 jurisdiction.answered

# Upheld.
case D
first served
as lina
do object-jurisdiction
  court B1W
  reasons 被告住所地在杭州，应当由杭州法院管辖。
as judge
do rule-jurisdiction
  decision transfer
  court B1W
  reasons 异议成立，移送有管辖权的法院。
stage TRANSFERRED
limit TRIAL court none
limit ANSWER 李娜 none
# The ruling can be appealed: the case is closed here only when that time is over for everybody.
as bj-clerk
do close
  manner transferred
refused 409 judgment.ruling_runs
as lina
do receive
  papers all
limit APPEAL_RULING 李娜 2026-09-14
limit APPEAL_RULING 张伟 2026-09-14
as bj-clerk
do close
  manner transferred
refused 409 judgment.ruling_runs
at 2026-09-15 09:00
do close
  manner judgment
refused 422 judgment.manner manner
do close
  manner transferred
stage CLOSED
whole
