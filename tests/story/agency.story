# An agent acts within the authority given and not beyond; the party can take it back at any time.
law 民诉法第61条至第63条、第148条；民诉法解释第89条
first registered
as zhangwei
do grant-authority like mandate
  number 110000199203050021
refused 422 agency.not_found number
do grant-authority like mandate
  name 李敬
refused 422 agency.not_found number
do grant-authority like mandate
  truth
refused 422 form.confirm truth
do grant-authority like mandate
  name 王强
  number 110000198809200034
refused 422 agency.not_found number
do grant-authority like mandate
  name 张伟
  number 110000199001010013
refused 422 agency.is_party name
do revoke-authority
  agent 1
refused 409 agency.none
as bj-clerk
do grant-authority like mandate
refused 403 act.not_yours
as lina
do grant-authority like mandate
refused 404
as lijing
sees no
as zhangwei
do grant-authority like mandate
paper AUTHORITY 1
do grant-authority like mandate
refused 409 agency.already

# Asked is not yet agent.
as lijing
sees yes
do ask-relief
  kind defer
  reasons 委托人家庭经济困难，暂时无力交纳。
refused 403 act.not_yours
do decline-authority
  reasons 与本人代理的其他案件有利益冲突
sees no
as zhangwei
do grant-authority like mandate
as lijing
do accept-authority
sees yes
do accept-authority
refused 403 act.not_yours

# General authority: everything but what disposes of the claim, and what is the party's own.
do ask-recusal like recusal
do ask-withdrawal like withdrawal
refused 403 act.special_authority
do grant-authority like mandate
refused 403 act.in_person
do revoke-authority
  agent 2
refused 403 act.in_person
as zhangwei
do change-authority
  agent 1
  scope special
refused 422 form.choice agent
do change-authority
  agent 2
refused 422 form.choose scope
do change-authority
  agent 2
  scope special
as lijing
do ask-withdrawal like withdrawal

# Taken back: nothing is to be seen any more.
as lina
do revoke-authority
  agent 2
refused 404
as zhangwei
do revoke-authority
  agent 2
do revoke-authority
  agent 2
refused 409 agency.none
as lijing
sees no
do ask-relief
  kind defer
  reasons 委托人家庭经济困难，暂时无力交纳。
refused 404

# Two agents a party, no more, and nobody who holds office in the court.
as zhangwei
do grant-authority like mandate
do grant-authority like mandate
  name 陈志远
  number 110000197006151051
  kind kin
refused 422 agency.in_office name
do grant-authority like mandate
  name 沈若兰
  number 110000196801151101
  kind kin
do grant-authority like mandate
  name 方雨晴
  number 110000196902151119
  kind kin
refused 409 agency.two

# A lawyer files for a client, who sees the case and can revoke.
case B
at 2026-09-07 10:00
as lijing
do submit like complaint
  capacity agent
  scope general
  authority 5bb626f4973a4d80adb3d956673807597303a694d5124d9c2298b1fa2811810f 6 application/pdf 授权委托书.pdf
refused 422 filing.no_client plaintiffs.1.name
do submit like complaint
  capacity agent
  scope general
  authority 5bb626f4973a4d80adb3d956673807597303a694d5124d9c2298b1fa2811810f 6 application/pdf 授权委托书.pdf
  plaintiffs.1.kind person
  plaintiffs.1.name 张伟
  plaintiffs.1.number 110000199001010013
  plaintiffs.1.address 北京市朝阳区示例街1号院2号楼301室
stage SUBMITTED
sees yes
do retract
refused 403 act.special_authority
as zhangwei
sees yes
as bj-filing
do register
  procedure ordinary
served FEE_NOTICE 张伟 no
as lijing
do receive
  papers all
served FEE_NOTICE 张伟 yes
limit FEE_PAYMENT 张伟 2026-09-14
as zhangwei
do revoke-authority
  agent 1
as lijing
sees no
whole
