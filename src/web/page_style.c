/* The living page of the face, GET /style: every pattern of the pages once, with
 * made-up values, in both languages. Whoever writes a page looks here first, and
 * the browser tests look here for anything that overflows or cannot be read. */
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "pages.h"
#include "view.h"

#include <string.h>

/* Samples are values, not words that the program says: they stand here. */
static const char *page_style_say(const struct ctx *ctx, const char *zh, const char *en)
{
	return ctx->lang == LANG_ZH ? zh : en;
}

static void *page_style_keep(struct ctx *ctx, const void *list, size_t size)
{
	return memcpy(arena_take(ctx->mem, size), list, size);
}

#define SAY(zh, en) page_style_say(ctx, zh, en)
#define KEEP(record, field, kind, ...) do { \
	const struct kind list_of_##field[] = { __VA_ARGS__ }; \
	(record)->field = page_style_keep(ctx, list_of_##field, sizeof(list_of_##field)); \
	(record)->field##_count = sizeof(list_of_##field) / sizeof(list_of_##field[0]); \
} while (0)

static void page_style_cards(struct ctx *ctx, struct view_style *m)
{
	m->due = (struct view_card){
		.title = SAY("请在9月2日前提交答辩状", "File your answer by 2 September"),
		.text = SAY("您于8月18日收到起诉状副本，答辩期为15日，还剩 9 天。逾期不答辩不影响法院审理。",
			    "You received the complaint on 18 August and have 15 days; 9 are left. "
			    "The court goes on even if you do not answer."),
		.law = SAY("民诉法第128条", "Civil Procedure Law art. 128"),
		.href = "/style", .label = SAY("提交答辩状", "File an answer"),
		.second_href = "/style", .second_label = SAY("申请调解", "Ask for mediation"), .is_due = true,
	};
	m->wait = (struct view_card){
		.title = SAY("现在没有需要您办理的事项", "There is nothing for you to do now"),
		.text = SAY("法院正在审查您的起诉材料，最迟在9月9日前答复。",
			    "The court is examining your complaint and will answer by 9 September."),
		.law = SAY("民诉法第126条", "Civil Procedure Law art. 126"), .is_wait = true,
	};
	m->done = (struct view_card){
		.title = SAY("本案已经结案", "The case is closed"),
		.text = SAY("调解书已经生效并履行完毕。", "The mediation agreement took effect and was performed."),
		.href = "/style", .label = SAY("下载案件档案", "Download the case file"), .is_done = true,
	};
	m->problem = (struct view_banner){
		.title = SAY("这份文书没有送达成功", "This paper could not be served"),
		.text = SAY("对方的邮箱退回了邮件。请提供其他送达地址。",
			    "The mailbox of the other side sent it back. Please give another address for service."),
		.law = SAY("在线诉讼规则第31条", "Rules of Online Litigation art. 31"),
		.href = "/style", .label = SAY("提供送达地址", "Give an address for service"), .is_problem = true,
	};
	m->good = (struct view_banner){ .title = SAY("答辩状已经提交", "Your answer was filed"), .is_good = true };
	m->plain = (struct view_banner){
		.title = SAY("本页期限为暂定", "The deadlines on this page are provisional"),
		.text = SAY("2027年放假安排公布后会重新计算。",
			    "They will be reckoned again when the holidays of 2027 are announced."),
	};
	m->law = (struct view_law){ .cite = SAY("民诉法第16条", "Civil Procedure Law art. 16"), .href = "/acts" };
}

static void page_style_case(struct ctx *ctx, struct view_style *m)
{
	KEEP(&m->steps, steps, view_step,
	     { .number = 1, .label = SAY("立案", "Filing"), .is_done = true },
	     { .number = 2, .label = SAY("送达", "Service"), .is_done = true },
	     { .number = 3, .label = SAY("答辩", "Answer"), .is_here = true },
	     { .number = 4, .label = SAY("举证", "Evidence") },
	     { .number = 5, .label = SAY("开庭", "Hearing") },
	     { .number = 6, .label = SAY("裁判", "Judgment") });
	KEEP(&m->facts, facts, view_fact,
	     { .label = SAY("标的额", "Amount in dispute"), .value = SAY("128,600.00 元", "128,600.00 yuan") },
	     { .label = SAY("受理费", "Court fee"), .value = SAY("1,436.00 元", "1,436.00 yuan") },
	     { .label = SAY("立案日期", "Registered on"), .value = day_say(ctx->mem, ctx->lang, day_from(2026, 8, 12)) },
	     { .label = SAY("缴费", "Payment"), .value = SAY("已缴（减半）", "Paid (half fee)") });
	KEEP(&m->people, people, view_somebody,
	     { .initial = "张", .name = "张伟", .role = SAY("原告", "Plaintiff"),
	       .detail = SAY("自然人 · 代理人：李静（律师，特别授权）", "Natural person · Agent: Li Jing (lawyer, special authority)"),
	       .badge = SAY("已实名认证", "Identity verified"), .is_good = true },
	     { .initial = "宏", .name = "上海宏达商贸有限公司", .role = SAY("被告", "Defendant"),
	       .detail = SAY("法人 · 未委托代理人", "Company · No agent"), .href = "/style",
	       .badge = SAY("已签收送达", "Service confirmed"), .is_good = true },
	     { .initial = "运", .name = "苏州运通物流有限公司", .role = SAY("第三人", "Third party"),
	       .detail = SAY("法人", "Company"), .badge = SAY("待送达", "Not yet served"), .is_wait = true });
	KEEP(&m->deadlines, deadlines, view_deadline,
	     { .name = SAY("答辩期届满", "Time to answer ends"), .day = day_from(2026, 9, 2),
	       .law = SAY("民诉法第128条", "Civil Procedure Law art. 128"), .left = SAY("剩9天", "9 days left"), .is_urgent = true },
	     { .name = SAY("举证期限届满", "Time for evidence ends"), .day = day_from(2026, 9, 17),
	       .law = SAY("民诉法第68条", "Civil Procedure Law art. 68"), .left = SAY("剩24天", "24 days left"),
	       .whose = SAY("双方", "both sides") },
	     { .name = SAY("审理期限届满", "Time for trial ends"), .day = day_from(2027, 1, 12),
	       .law = SAY("民诉法第164条", "Civil Procedure Law art. 164"), .left = SAY("剩141天", "141 days left"),
	       .is_provisional = true });
	KEEP(&m->docket, entries, view_docket_entry,
	     { .number = 7, .act = SAY("被告签收起诉状副本", "The defendant confirmed receipt of the complaint"),
	       .who = "上海宏达商贸有限公司", .at = day_start(day_from(2026, 8, 18)) + 34980, .href = "/style",
	       .detail = SAY("短信验证后在线签收，送达回证已生成。", "Confirmed online by a code sent to the phone; "
			     "the certificate of service was made."), .digest = "71c0a4…9b2e" },
	     { .number = 6, .act = SAY("送达起诉状副本", "The complaint was served"), .who = SAY("书记员 陈晨", "Clerk Chen Chen"),
	       .at = day_start(day_from(2026, 8, 17)) + 52200, .digest = "0d93be…41f7" },
	     { .number = 5, .act = SAY("缴纳受理费", "The court fee was paid"), .who = "张伟",
	       .at = day_start(day_from(2026, 8, 13)) + 36060, .detail = SAY("1,436.00 元", "1,436.00 yuan") });
	KEEP(&m->papers, papers, view_paper_row,
	     { .href = "/style", .title = SAY("应诉通知书", "Notice to respond"), .kind = SAY("法院文书", "Court paper"),
	       .at = day_start(day_from(2026, 8, 17)) + 52200, .unread = true },
	     { .href = "/style", .title = SAY("民事起诉状", "Complaint"), .kind = SAY("原告提交", "From the plaintiff"),
	       .at = day_start(day_from(2026, 8, 10)) + 30720, .badge = SAY("已签名", "Signed") });
	KEEP(&m->paper, lines, view_paper_line,
	     { .text = "上海市浦东新区人民法院", .is_court = true },
	     { .text = "民事调解书", .is_title = true },
	     { .text = "（2026）沪0115民初12345号", .is_number = true },
	     { .text = "原告：张伟，男，1988年3月出生，汉族，住上海市浦东新区。", .is_plain = true },
	     { .text = "被告：上海宏达商贸有限公司，住所地上海市浦东新区。", .is_plain = true },
	     { .text = "原告张伟与被告上海宏达商贸有限公司买卖合同纠纷一案，本院于2026年8月12日立案后，"
		       "依法适用简易程序审理。本案审理过程中，经本院主持调解，双方当事人自愿达成如下协议：", .is_plain = true },
	     { .text = "一、被告上海宏达商贸有限公司于2026年10月31日前支付原告货款128,600元；", .is_plain = true },
	     { .text = "二、原告放弃其余诉讼请求；", .is_plain = true },
	     { .text = "三、案件受理费减半收取1,436元，由被告负担。", .is_plain = true },
	     { .text = "审判员　王敏", .is_right = true },
	     { .text = "二〇二六年九月二十八日", .is_right = true });
}

static void page_style_lists(struct ctx *ctx, struct view_style *m)
{
	m->chips.label = SAY("筛选", "Filters");
	KEEP(&m->chips, chips, view_chip,
	     { .href = "/style", .label = SAY("全部", "All"), .count = 128, .here = true },
	     { .href = "/style", .label = SAY("今日到期", "Due today"), .count = 3 },
	     { .href = "/style", .label = SAY("待送达", "To be served"), .count = 7 },
	     { .href = "/style", .label = SAY("超期预警", "Overdue") });
	KEEP(m, rows, view_style_row,
	     { .number = "（2026）沪0115民初12345号", .href = "/style", .judge = "王敏",
	       .parties = SAY("张伟 诉 上海宏达商贸有限公司", "张伟 v. 上海宏达商贸有限公司"), .cause = SAY("买卖合同纠纷", "Sale contract"),
	       .next = SAY("9月2日 答辩期届满", "2 Sept., time to answer ends"), .badge = SAY("待答辩", "Answering"), .is_wait = true },
	     { .number = "（2026）沪0115民初11872号", .href = "/style", .judge = "王敏",
	       .parties = SAY("陈晓 诉 周凯", "陈晓 v. 周凯"), .cause = SAY("民间借贷纠纷", "Private lending"),
	       .next = SAY("8月24日 今日到期", "24 Aug., due today"), .badge = SAY("待送达", "To be served"), .is_bad = true },
	     { .number = "（2026）沪0115民初08810号", .href = "/style", .judge = "李昂",
	       .parties = SAY("孙立 诉 钱程", "孙立 v. 钱程"), .cause = SAY("机动车交通事故责任纠纷", "Road accident"),
	       .next = SAY("已履行", "Performed"), .badge = SAY("已结案", "Closed"), .is_good = true });
	m->pager = (struct view_pager){ .prev = "/style", .next = "/style" };
	KEEP(&m->tiles, tiles, view_tile,
	     { .label = SAY("新收案件", "Cases filed"), .figure = "12,846", .change = SAY("同比 +6.2%", "+6.2% on last year") },
	     { .label = SAY("结案率", "Clearance"), .figure = "91.4%", .is_better = true,
	       .change = SAY("同比 +1.8 个百分点", "+1.8 points on last year") },
	     { .label = SAY("平均审理天数", "Days to decision"), .figure = "47.3", .is_better = true,
	       .change = SAY("同比 −5.1 天", "−5.1 days on last year") },
	     { .label = SAY("调解撤诉率", "Settled or withdrawn"), .figure = "38.6%", .is_worse = true,
	       .change = SAY("同比 −0.7 个百分点", "−0.7 points on last year") });
	m->reckoning = (struct view_reckoning){
		.label = SAY("案件受理费", "Court fee"), .figure = SAY("2,418.00 元", "2,418.00 yuan"),
		.note = SAY("适用简易程序或者以调解、撤诉结案的，减半为 1,209.00 元。",
			    "Half of it, 1,209.00 yuan, under summary procedure or if the case is settled or withdrawn."),
	};
	KEEP(&m->reckoning, parts, view_reckoning_part,
	     { .label = SAY("不超过 10,000 元的部分", "The part up to 10,000 yuan"), .value = "50.00",
	       .law = SAY("交纳办法第13条", "Measures on Fees art. 13") },
	     { .label = SAY("超过 10,000 元至 100,000 元的部分", "The part above 10,000 up to 100,000 yuan"),
	       .how = "90,000.00 × 2.5%", .value = "2,250.00" },
	     { .label = SAY("超过 100,000 元至 200,000 元的部分", "The part above 100,000 up to 200,000 yuan"),
	       .how = "5,900.00 × 2%", .value = "118.00" });
	m->answers.tall = true;
	KEEP(&m->answers, facts, view_fact,
	     { .label = SAY("您对请求的意见", "Your position"), .value = SAY("不同意全部请求", "I contest everything"), .href = "/style" },
	     { .label = SAY("答辩理由", "Your reasons"), .href = "/style",
	       .value = SAY("货款已于2026年1月付清，有银行回单为证。",
			    "The price was paid in January 2026, as the bank's receipt shows.") });
}

static struct view_form_section page_style_stance(struct ctx *ctx)
{
	struct view_form_section section = { .title = SAY("您的意见", "Your position") };
	struct view_form_field stance = {
		.name = "stance", .id = "stance", .required = true, .is_choice = true,
		.label = SAY("您对原告的请求持什么意见？", "What do you say to the claims?"),
		.help = SAY("可以先选一项，提交后 15 日内仍可补充。", "Choose one; you may add to it within 15 days."),
	};
	KEEP(&stance, options, view_form_option,
	     { .value = "contest", .label = SAY("不同意全部请求", "I contest everything"), .chosen = true,
	       .help = SAY("法院会安排双方举证。", "The court will ask both sides for evidence.") },
	     { .value = "part", .label = SAY("同意一部分", "I accept part") },
	     { .value = "accept", .label = SAY("同意全部请求", "I accept everything") });
	KEEP(&section, fields, view_form_field,
	     stance,
	     { .name = "reason", .id = "reason", .required = true, .is_long = true, .value = SAY("货款已付。", "The price was paid."),
	       .label = SAY("答辩理由", "Your reasons"),
	       .help = SAY("用自己的话写清楚：哪些事实不对，为什么，有什么证据。",
			   "In your own words: which facts are wrong, why, and what proves it."),
	       .error = SAY("请写明您的答辩理由（至少 20 个字）", "Give your reasons (at least 20 characters)") },
	     { .name = "proof", .id = "proof", .is_file = true, .label = SAY("证据", "Evidence"),
	       .help = SAY("PDF、照片或录音，单个不超过 50 MB。上传后立即生成存证指纹。",
			   "PDF, photographs or recordings, at most 50 MB each. A fingerprint is made at once."),
	       .file = page_style_keep(ctx, &(struct view_form_file){
			.name = SAY("银行回单.pdf", "receipt.pdf"), .size = "1.2 MB",
			.digest = "71c0a48be0a1b9f24d1f0c0f7a3c6bb94a5e7e1c2f6d90c5b88e3d5a7f419b2e" },
			sizeof(struct view_form_file)) },
	     { .name = "version", .id = "version", .is_hidden = true, .value = "3" });
	return section;
}

static struct view_form_section page_style_claims(struct ctx *ctx)
{
	struct view_form_section section = {
		.title = SAY("反诉请求", "Counterclaims"), .group = "claims", .add = SAY("再加一项请求", "Add another claim"),
		.help = SAY("没有反诉就留空。", "Leave this empty if you have none."),
	};
	struct view_form_row first = { .number = 1, .label = SAY("请求", "Claim"), .group = "claims", .remove = true };
	KEEP(&first, fields, view_form_field,
	     { .name = "claims.1.text", .id = "claims-1-text", .label = SAY("请求的内容", "What you claim"), .is_line = true,
	       .required = true, .value = SAY("返还多付的货款", "Return of what was paid too much") },
	     { .name = "claims.1.amount", .id = "claims-1-amount", .label = SAY("金额", "Amount"), .is_money = true,
	       .required = true, .value = "128600" });
	KEEP(&section, rows, view_form_row, first);
	return section;
}

static struct view_form_section page_style_fields(struct ctx *ctx)
{
	struct view_form_section section = { .title = SAY("其余各种问题", "The other kinds of question") };
	struct view_form_field court = { .name = "court", .id = "court", .required = true, .is_pick = true,
					 .label = SAY("法院", "Court") };
	KEEP(&court, options, view_form_option,
	     { .value = "132", .label = SAY("北京互联网法院", "Beijing Internet Court"), .chosen = true },
	     { .value = "C02", .label = SAY("上海市浦东新区人民法院", "Shanghai Pudong New Area People’s Court") });
	KEEP(&section, fields, view_form_field,
	     { .name = "cause", .id = "cause", .required = true, .is_search = true, .search = "/causes?q=",
	       .label = SAY("案由", "Cause of action"), .value = SAY("买卖合同纠纷", "Sale contract") },
	     court,
	     { .name = "paid", .id = "paid", .is_day = true, .label = SAY("付款日期", "Paid on"), .value = "2026-01-15" },
	     { .name = "hearing", .id = "hearing", .is_moment = true, .label = SAY("方便开庭的时间", "When you could attend"),
	       .value = "2026-09-28T09:30" },
	     { .name = "number", .id = "number", .is_number = true, .required = true,
	       .label = SAY("统一社会信用代码", "Credit code"), .help = SAY("18位", "18 characters") },
	     { .name = "phone", .id = "phone", .is_phone = true, .required = true, .autocomplete = "tel",
	       .label = SAY("手机号码", "Mobile number") },
	     { .name = "password", .id = "password", .is_password = true, .required = true,
	       .autocomplete = "current-password", .label = SAY("密码", "Password") },
	     { .name = "truth", .id = "truth", .is_tick = true, .required = true,
	       .label = SAY("以上内容属实", "What I wrote is true"),
	       .help = SAY("作虚假陈述要承担法律责任。", "False statements have consequences under the law.") });
	return section;
}

static void page_style_form(struct ctx *ctx, const struct ask *ask, struct view_style *m)
{
	m->form = (struct view_form){
		.action = "/style", .csrf = ask->csrf, .submit = SAY("确认并签名提交", "Sign and submit"),
		.saves = true, .backs = true, .cancel = "/style", .files = true,
		.caution = SAY("提交后会立即送达原告，不能撤回。", "It is served on the plaintiff at once and cannot be taken back."),
	};
	KEEP(&m->form, errors, view_form_error,
	     { .href = "#reason", .law = SAY("民诉法第128条", "Civil Procedure Law art. 128"),
	       .text = SAY("请写明您的答辩理由（至少 20 个字）", "Give your reasons (at least 20 characters)") });
	KEEP(&m->form, sections, view_form_section,
	     page_style_stance(ctx), page_style_claims(ctx), page_style_fields(ctx));
}

static enum mc_err page_style_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_style *m = arena_take(ctx->mem, sizeof(*m));
	page_head(ctx, ask, lang_say(ctx->lang, "style.title"), &m->page);
	page_style_cards(ctx, m);
	page_style_case(ctx, m);
	page_style_lists(ctx, m);
	page_style_form(ctx, ask, m);
	return page_show(ctx, ask, reply, &view_style, m);
}

/* The sample form keeps nothing; it only shows what its buttons do to a page. */
static enum mc_err page_style_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	return page_go(ctx, reply, "/style");
}

const struct route *page_style(void)
{
	static const struct route routes[] = {
		{ "GET", "/style", PAGE_PUBLIC, page_style_show },
		{ "POST", "/style", PAGE_PUBLIC | PAGE_FILES, page_style_post },
		{ 0 }
	};
	return routes;
}

#undef SAY
#undef KEEP
