# Evidence that comes piece by piece is the party's own until a form names it, and then evidence like any other.
law 在线诉讼规则第11条、第12条
first exchanging
as lina
upload 我已经归还三万元，转账附言写明还借款，请法院核对这份聊天记录的文字。
do submit-item like item
  name 聊天记录
  file upload
as zhangwei
do opine like opinion
  item 3
whole
