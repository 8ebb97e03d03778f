// The whole way of a case, from the first form to the closed case, as eight people walk it:
// by following links and pressing buttons, never by knowing an address. Once in Chinese on a
// phone, once in English on a desk without script.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, password } from './court.mjs';
import { look } from './look.mjs';

// What the people of the sample network are registered with.
const registered = ['北京市朝阳区示例街1号院2号楼301室', '浙江省杭州市余杭区示例街8号', '北京市丰台区示例路1号', '民间借贷纠纷'];

class Way {
	constructor(court, name, how) {
		Object.assign(this, { court, name, how, people: new Map(), seen: new Set(), faults: [], typed: [...registered],
			clicks: 0, loads: 0 });
		court.passed ??= 0;     // milliseconds that the court's time is ahead
	}

	now() {
		return Date.now() + this.court.passed;
	}

	// "2026-09-28", days from now, in the court's time; never a Saturday or Sunday.
	day(days) {
		const at = new Date(this.now() + days * 86400e3 + 8 * 3600e3);
		while ([0, 6].includes(at.getUTCDay()))
			at.setUTCDate(at.getUTCDate() + 1);
		return at.toISOString().slice(0, 10);
	}

	async later(seconds) {
		this.court.passed += seconds * 1000;
		await this.court.later({ seconds });
	}

	async until(day, hour) {
		await this.later(Math.ceil((Date.parse(`${day}T${hour}:00+08:00`) - this.now()) / 1000));
	}

	// Looks at a page the first time that the way leads over it. What is wrong is told at the end.
	async see(page, name) {
		if (this.seen.has(name))
			return;
		this.seen.add(name);
		await look(page, `way-${name}`, this.typed).catch((wrong) => this.faults.push(`${name}: ${wrong.message}`));
	}

	// What a phone shows at once, in twice its pixels, for the README: PICTURES=docs/pictures
	async picture(page, name) {
		if (!process.env.PICTURES || this.how.lang !== 'zh')
			return;
		await page.mouse.move(0, 0);
		await page.evaluate(() => scrollTo(0, 0));
		const camera = await page.context().newCDPSession(page);
		const { data } = await camera.send('Page.captureScreenshot', { clip: { x: 0, y: 0, width: 390, height: 844, scale: 2 } });
		await writeFile(join(process.env.PICTURES, `${name}.png`), Buffer.from(data, 'base64'));
	}

	async turn(page, what) {
		const path = new URL(page.url()).pathname;
		this.clicks++;
		this.loads++;
		await Promise.all([page.waitForEvent('load'), what.click()]);
		const answered = await page.evaluate(() => performance.getEntriesByType('navigation')[0].responseStatus);
		expect(answered < 500, `${path} led to ${page.url()}: ${answered}`);
	}

	async type(field, words) {
		if (/[\u4e00-\u9fff]{2}/.test(words))
			this.typed.push(words);
		await field.fill(words);
	}

	async tick(what) {
		this.clicks++;
		await what.check();
	}

	// Follows the first visible link in the page whose address fits.
	async follow(page, address, where = 'main') {
		const links = page.locator(`${where} a[href]`);
		for (const link of await links.all())
			if (address.test(await link.getAttribute('href')) && await link.isVisible())
				return this.turn(page, link);
		throw new Error(`no link ${address} in ${where} of ${page.url()}:\n${await page.innerText(where)}`);
	}

	press(page, verb = 'submit') {
		return this.turn(page, page.locator(`main button[name=do][value="${verb}"]:not(.hide)`));
	}

	// Somebody's page: signed in, if need be, from the front page.
	async as(name) {
		let page = this.people.get(name);
		if (!page) {
			page = await this.court.visit(this.how);
			this.people.set(name, page);
		}
		await page.goto('/');
		if (await page.locator('header a[href^="/sign-in"]').count()) {
			await this.follow(page, /^\/sign-in/, 'header');
			await this.see(page, 'sign-in');
			await page.fill('main input[name=name]', name);
			await page.fill('main input[type=password]', password);
			await this.turn(page, page.locator('main form .buttons button').first());
			expect(await page.locator('header a[href="/account"]').count() === 1, `${name} is signed in`);
		}
		return page;
	}

	// Somebody at the case: a party by "my cases", the court by the docket.
	async at(name) {
		const page = await this.as(name), staff = name.startsWith('bj-');
		await this.follow(page, staff ? /^\/docket/ : /^\/cases$/, 'header');
		await this.see(page, staff ? 'docket' : 'cases');
		await this.follow(page, this.case ?? /^\/cases\/132\/[^/]+$/);
		return page;
	}

	// From the page of a case to the form of an act. due: the next step is this very act.
	async act(page, code, due = false) {
		await this.follow(page, new RegExp(`/act/${code}$`), due ? 'main .next' : 'main');
		await this.see(page, `act-${code}`);
	}

	async fill(page, values) {
		for (const [name, value] of Object.entries(values)) {
			const field = page.locator(`main [name="${name}"]`);
			expect(await field.count() > 0, `${page.url()} has no ${name}`);
			const kind = await field.first().evaluate((e) => e.type);
			if (kind === 'radio')
				await this.tick(page.locator(`main [name="${name}"][value="${value}"]`));
			else if (kind === 'checkbox')
				await this.tick(field);
			else if (kind === 'select-one')
				await field.selectOption(value);
			else if (kind === 'file')
				await field.setInputFiles(value);
			else
				await this.type(field, value);
		}
	}

	async do(page, code, values, due = false) {
		await this.act(page, code, due);
		await this.fill(page, values);
		await this.press(page);
		expect(/\?done=/.test(page.url()), `${code} was not done: ${await page.innerText('main')}`);
	}
}

const text = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
const all = (page, name) => page.locator(`main [name^="${name}.is."]`).evaluateAll((list) => Object.fromEntries(list.map((e) => [e.name, 'yes'])));

async function file(way) {
	const page = await way.as('zhangwei');
	way.clicks = way.loads = 0;
	await way.see(page, 'home');
	await way.follow(page, /^\/file$/, 'header');
	await way.see(page, 'file');
	await way.press(page, 'start');
	const step = async (name, values) => {
		await way.see(page, `file-${name}`);
		await way.fill(page, values);
		await way.press(page, 'next');
		expect(!await page.isVisible('.error-list'), `${name}: ${await page.innerText('main')}`);
	};
	await step('capacity', { capacity: 'self' });
	await step('court', { court: '北京互联网法院' });
	await way.fill(page, { cause: '借钱不还' });
	await way.press(page, 'next');
	await way.see(page, 'file-cause');
	await way.tick(page.locator('main label:has-text("民间借贷"), main label:has-text("Private lending"), main [type=radio][name=cause]').first().locator('xpath=descendant-or-self::input'));
	await way.press(page, 'next');
	await step('plaintiffs', {});
	await step('defendants', { 'defendants.1.kind': 'person', 'defendants.1.name': '李娜', 'defendants.1.number': '110000199203050021',
		'defendants.1.phone': '13800000002', 'defendants.1.address': '浙江省杭州市余杭区示例街8号' });
	await way.fill(page, { 'claims.1.text': '判令被告偿还借款本金。', 'claims.1.amount': '100000' });
	await way.press(page, 'add.claims');
	await way.fill(page, { 'claims.2.text': '判令被告支付逾期利息。', 'claims.2.amount': '5900' });
	await way.picture(page, 'file-phone');
	await step('claims', {});
	await step('facts', { facts: '2025年3月1日，被告向原告借款十万元，约定2026年3月1日归还。到期后经原告多次催要，被告至今没有归还。' });
	await way.press(page, 'add.items');
	await step('evidence', { 'items.1.name': '转账记录', 'items.1.purpose': '原告已经交付借款', 'items.1.file': text('转账记录.txt', '2025-03-01 100000.00') });
	await step('service', { address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes' });
	await way.see(page, 'file-check');
	expect(/105,900\.00/.test(await page.innerText('main')), 'the sum is read back');
	await way.fill(page, { truth: 'yes' });
	await way.press(page, 'submit');
	expect(/[0-9a-f]{64}/.test(await page.innerText('main')), `a receipt: ${page.url()}`);
	await way.see(page, 'receipt');
	console.log(`filing (${way.name}): ${way.clicks} clicks, ${way.loads} pages`);
	expect(way.clicks <= 30, `filing takes ${way.clicks} clicks`);
	way.case = new RegExp(`^${new URL(page.url()).pathname.replace(/\/receipt$/, '')}$`);
	await way.follow(page, way.case);
	await way.see(page, 'case-submitted');
}

async function registerAndPay(way) {
	const clerk = await way.as('bj-filing');
	await way.follow(clerk, /^\/desk/, 'header');
	await way.see(clerk, 'desk');
	await way.follow(clerk, way.case);
	await way.see(clerk, 'case-filing-clerk');
	await way.do(clerk, 'register', { procedure: 'ordinary' }, true);
	await way.see(clerk, 'case-registered');

	const plaintiff = await way.at('zhangwei');
	await way.see(plaintiff, 'case-fee-due');
	await way.follow(plaintiff, /\/pay$/, 'main .next');
	await way.see(plaintiff, 'pay');
	await way.turn(plaintiff, plaintiff.locator('main form button').first());
	await way.see(plaintiff, 'sandbox');
	await way.press(plaintiff, 'pay');
	await way.see(plaintiff, 'paid');
	await way.follow(plaintiff, way.case);
	await way.see(plaintiff, 'case-paid');
}

async function serveAndAnswer(way) {
	const clerk = await way.at('bj-clerk');
	await way.see(clerk, 'case-clerk');
	await way.do(clerk, 'serve', {}, true);

	let page = await way.as('lina');
	await way.follow(page, /^\/inbox/, 'header');
	await way.see(page, 'inbox');
	await way.follow(page, /\/papers\/\d+$/);
	await way.see(page, 'paper-sent');
	await way.act(page, 'receive', true);
	await way.fill(page, { ...await all(page, 'papers'), eservice: 'yes' });
	await way.press(page);
	await way.see(page, 'case-received');
	await way.follow(page, /\/papers\/1$/);
	await way.see(page, 'paper-complaint');
	expect((await page.innerText('article.paper')).includes('判令被告偿还借款本金'), 'the complaint is read');
	page = await way.at('lina');
	await way.see(page, 'case-answering');
	await way.picture(page, 'case-phone');
	await way.act(page, 'answer', true);
	await way.fill(page, { stance: 'part' });
	await way.press(page);
	expect(await page.locator('.error-list li').count() === 2, `reasons and signature are missed: ${await page.innerText('.error-list')}`);
	expect(await page.locator('.field.wrong .error').count() === 2, 'and said at their fields');
	await way.see(page, 'answer-wrong');
	await way.fill(page, { reasons: '借款属实，但是已经归还三万元，有银行转账记录为证，不应当再支付全部本金。', truth: 'yes' });
	await way.press(page);
	expect(/\?done=/.test(page.url()), await page.innerText('main'));
	await way.see(page, 'case-answered');
	await way.do(page, 'submit-item', { name: '还款凭证', kind: 'electronic', purpose: '借款已经归还三万元', file: text('还款凭证.txt', '30000') });
	await way.do(page, 'opine', { item: '1', authenticity: 'accept', legality: 'accept', relevance: 'accept' });
}

// The judge is the one of three whom the draw named.
async function findJudge(way) {
	for (const name of ['bj-judge1', 'bj-judge2', 'bj-judge3']) {
		const page = await way.as(name);
		await way.follow(page, /^\/docket/, 'header');
		if ((await page.locator('main a[href]').evaluateAll((list) => list.map((a) => a.getAttribute('href')))).some((href) => way.case.test(href)))
			return name;
	}
	throw new Error('no judge has the case on the docket');
}

async function hear(way) {
	const name = await findJudge(way);
	let judge = await way.as(name);
	await way.follow(judge, /^\/today/, 'header');
	await way.see(judge, 'today-judge');
	judge = await way.at(name);
	await way.see(judge, 'case-judge');
	const term = way.day(16), day = way.day(20);
	await way.do(judge, 'set-evidence-term', { until: term }, true);
	const plaintiff = await way.at('zhangwei');
	await way.do(plaintiff, 'opine', { item: '2', authenticity: 'accept', legality: 'accept', relevance: 'dispute', reasons: '这笔转账是另一笔货款，与本案借款无关。' });
	judge = await way.at(name);
	for (const item of ['1', '2'])
		await way.do(judge, 'find', { item, finding: 'admitted', reasons: '双方对真实性没有争议。' });
	await way.do(judge, 'schedule', { at: `${day}T09:30`, place: '第三法庭', open: 'public' });
	await way.see(await way.at('lina'), 'case-scheduled');

	await way.until(day, '09:30');
	judge = await way.at(name);
	await way.see(judge, 'case-hearing-day');
	await way.act(judge, 'open', true);
	await way.fill(judge, { ...await all(judge, 'present'), rights: 'yes', recusal: 'none' });
	await way.press(judge);
	const clerk = await way.at('bj-clerk');
	await way.act(clerk, 'record', true);
	await way.fill(clerk, { 'lines.1.speaker': '审判员', 'lines.1.words': '现在开庭。' });
	await way.press(clerk, 'add.lines');
	await way.fill(clerk, { 'lines.2.speaker': '原告', 'lines.2.words': '坚持起诉状的请求。' });
	await way.press(clerk);
	await way.follow(clerk, /\/record$/);
	await way.see(clerk, 'record-open');
	judge = await way.at(name);
	await way.do(judge, 'close-hearing', { debate: 'yes', last_words: 'yes', mediation: 'none' });
	let page = await way.at('zhangwei');
	await way.see(page, 'case-heard');
	await way.follow(page, /\/record$/);
	await way.see(page, 'record');
	await way.follow(page, /\/act\/confirm-record$/, 'main .next');
	await way.see(page, 'act-confirm-record');
	await way.press(page);
	page = await way.at('lina');
	await way.do(page, 'object-record', { line: '2', correction: '原告当庭承认收到过三万元。' });
	await way.do(page, 'confirm-record', {});
	return name;
}

async function decide(way, name) {
	await way.later(3 * 86400);
	const judge = await way.at(name);
	await way.see(judge, 'case-deliberating');
	await way.act(judge, 'pronounce', true);
	await way.fill(judge, { ...await all(judge, 'cited'),
		facts: '2025年3月1日，被告向原告借款十万元；2026年5月被告归还三万元。',
		reasons: '借贷关系合法有效，被告应当归还尚欠的七万元本金，并支付逾期利息。',
		'articles.1.statute': '中华人民共和国民法典', 'articles.1.article': '第六百七十五条、第六百七十六条',
		'orders.1.text': '被告李娜于本判决生效之日起十日内偿还原告张伟借款七万元。' });
	await way.press(judge, 'add.orders');
	await way.fill(judge, { 'orders.2.text': '驳回原告张伟的其他诉讼请求。',
		costs: '案件受理费2418元，由原告负担725元，被告负担1693元。', manner: 'fixed' });
	await way.press(judge);
	expect(/\?done=/.test(judge.url()), `judgment was not given: ${await judge.innerText('main')}`);
	await way.see(judge, 'case-judged');

	for (const party of ['zhangwei', 'lina']) {
		const page = await way.as(party);
		await way.follow(page, /^\/inbox/, 'header');
		await way.see(page, 'inbox-judgment');
		await way.follow(page, /\/papers\/\d+$/);
		expect((await page.innerText('article.paper')).includes('偿还原告张伟借款七万元'), `the judgment is on top of the inbox of ${party}`);
		await way.see(page, `judgment-${party}`);
		await way.picture(page, 'paper-phone');
	}
	await way.see(await way.at('lina'), 'case-appealable');
}

async function close(way) {
	await way.later(40 * 86400);
	const clerk = await way.at('bj-clerk');
	await way.see(clerk, 'case-after-appeal');
	await way.do(clerk, 'take-effect', {}, true);
	await way.do(clerk, 'close', { manner: 'judgment' }, true);
	await way.see(clerk, 'case-closed-clerk');
	const page = await way.at('lina');
	await way.see(page, 'case-closed');
	expect(await page.locator('main .next.done').count() === 1, 'nothing is left to do');
	await way.follow(page, /\/docket$/);
	await way.see(page, 'entries');
	await way.follow(page, /\/docket\/\d+$/);
	await way.see(page, 'entry');
	await way.follow(await way.at('lina'), /\/acts$/);
	await way.see(way.people.get('lina'), 'options');
}

async function walk(way) {
	await file(way);
	await registerAndPay(way);
	await serveAndAnswer(way);
	await decide(way, await hear(way));
	await close(way);
	expect(!way.faults.length, way.faults.join('\n'));
}

export async function onAPhone({ court }) {
	await walk(new Way(court, 'zh, 390 px', { lang: 'zh', width: 390 }));
}

export async function onADeskWithoutScript({ court }) {
	await walk(new Way(court, 'en, 1280 px, no script', { lang: 'en', width: 1280, script: false }));
}

onAPhone.seconds = onADeskWithoutScript.seconds = 400;
