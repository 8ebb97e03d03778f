# Who is asked to step aside takes no further part until the president has decided; another judge is drawn.
law 民诉法第47条至第50条、第149条
first registered
judge yes
as lina
do ask-recusal like recusal
refused 404
as bj-clerk
do ask-recusal like recusal
refused 403 act.not_yours
as bj-president
do rule-recusal
  decision grant
  reasons 回避事由成立
refused 409 act.nothing_to_decide
as zhangwei
do ask-recusal like recusal
  reasons
refused 422 form.required reasons
do ask-recusal like recusal
limit RECUSAL_RULING court 2026-09-07
do ask-recusal like recusal
refused 409 act.barred
do rule-recusal
  decision grant
  reasons 回避事由成立
refused 403 act.not_yours
as judge
do rule-recusal
  decision refuse
  reasons 回避事由不成立
refused 403 act.not_yours
as bj-president
do rule-recusal
refused 422 form.choose decision
do rule-recusal
  decision grant
  reasons 回避事由成立
limit RECUSAL_RULING court none
paper RECUSAL 1
paper BENCH_NOTICE 2
judge yes
as former
sees no
# The defendant has not been served yet and does not learn of the case from this.
as lina
sees no
letters 0

# Of three judges each can be recused once and none is drawn again.
as zhangwei
do ask-recusal like recusal
as bj-president
do rule-recusal
  decision grant
  reasons 回避事由成立
judge yes
as zhangwei
do ask-recusal like recusal
as bj-president
do rule-recusal
  decision grant
  reasons 回避事由成立
judge no
as zhangwei
do ask-recusal like recusal
refused 409 bench.no_judge
as bj-filing
do draw
judge no

# Meanwhile the hearing cannot be opened; the judge may only put it off.
case B
first scheduled
as lina
at 2026-10-12 09:00
do ask-recusal like recusal
as judge
at 2026-10-12 09:30
do open like opening
refused 409 act.barred
do find
  item 2
  finding admitted
  reasons 与本案有关联
refused 409 act.barred
do postpone
  at 2026-10-19T09:30
  place 第三互联网法庭
  ground recusal
  reasons 等待对回避申请作出决定
stage SCHEDULED
limit HEARING 李娜 2026-10-19
as bj-president
do rule-recusal
  decision refuse
  reasons 所述关系不影响公正审理
judge yes
as lina
served RECUSAL 张伟 yes
as judge
at 2026-10-19 09:30
do open like opening
stage HEARING
# A judge who knows of a ground says so.
do ask-recusal
  ground kin
  reasons 庭审中发现被告的代理人是本人的近亲属。
as bj-clerk
do record like words
as judge
do close-hearing like closing
refused 409 act.barred
as bj-president
do rule-recusal
  decision refuse
  reasons 经查不属于近亲属
as judge
do close-hearing like closing
stage DELIBERATING
# Once the debate is over a party is too late.
as zhangwei
do ask-recusal like recusal
refused 409 act.wrong_stage
as judge
do ask-recusal
  ground interest
  reasons 评议中发现本人持有被告单位的股份。
do pronounce like judgment
refused 409 act.barred
as bj-president
do rule-recusal
  decision grant
  reasons 有利害关系，应当回避
stage DELIBERATING
judge yes
paper BENCH_NOTICE 2
served BENCH_NOTICE 张伟 yes
as former
sees no
whole
