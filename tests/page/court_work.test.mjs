// The pages with which a court works: its lists, what wants doing, absences, the payment of a
// fee; and those that anybody may read: calculators, the act table, what this is.

import { bothLanguages, expect, noScript, signIn } from './court.mjs';
import { look } from './look.mjs';

const complaint = {
	capacity: 'self', court: '132', cause: '108.3', 'defendants.1.kind': 'person', 'defendants.1.name': '李娜',
	'defendants.1.number': '110000199203050021', 'defendants.1.address': '浙江省杭州市余杭区示例街8号',
	'claims.1.text': '判令被告偿还借款本金。', 'claims.1.amount': '100000',
	facts: '2025年3月1日，被告向原告借款十万元，约定2026年3月1日归还。到期后经原告多次催要，被告至今没有归还。',
	address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
};
const words = ['民间借贷纠纷', '浙江省杭州市余杭区示例街8号', '年休假'];

// Somebody of the sample network, in one language.
async function somebody(court, name, how = {}) {
	const page = await court.visit(how);
	await signIn(page, name);
	return page;
}

// Sends values as a program would and gives the answer's JSON.
async function send(page, path, values) {
	await page.goto('/account');
	const answer = await page.evaluate(async ([where, form]) => {
		const csrf = document.querySelector('input[name=csrf]').value;
		const reply = await fetch(where, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ csrf, do: 'submit', ...form }) });
		return { status: reply.status, json: await reply.json() };
	}, [path, values]);
	expect(answer.status === 201, `${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
	return answer.json;
}

const file = async (page, more = {}) => (await send(page, '/file', { ...complaint, ...more })).href.match(/[0-9a-z]{20}/)[0];
const act = (page, id, name, values = {}) => send(page, `/cases/132/${id}/act/${name}`, values);

export async function anybodyReadsTheLawOfTheHouse({ court }) {
	for (const path of ['/about', '/acts', '/acts/submit', '/acts/object-jurisdiction', '/calculators', '/calculators/fee', '/calculators/limit'])
		await bothLanguages(court, path, (page) => look(page, `read${path.replaceAll('/', '-')}`, words), { width: path === '/acts' ? 1280 : 390 });
}

export async function reckonsWithoutScript({ court }) {
	const page = await noScript(court, { lang: 'en' });
	await page.goto('/calculators/fee');
	await page.selectOption('select[name=kind]', 'property');
	await page.fill('input[name=amount]', '105,900');
	await page.click('main form button');
	expect((await page.innerText('.amount')) === '2,418.00 yuan', await page.innerText('.amount'));
	await look(page, 'read-fee', words);
	await page.goto('/calculators/limit');
	await page.fill('input[name=period]', 'Answer');
	await page.fill('input[name=event]', '2026-09-16');
	await page.click('main form button');
	expect((await page.innerText('.amount')).startsWith('8 October 2026'), await page.innerText('.amount'));
	await look(page, 'read-limit', words);
	await page.fill('input[name=period]', 'some time');
	await page.click('main form button');
	expect(await page.locator('.error-list li').count() === 1, 'one fault');
	expect(await page.inputValue('input[name=event]') === '2026-09-16', 'what was typed stays');
	await look(page, 'read-limit-wrong', words);
}

export async function reckonsForPrograms({ court }) {
	const page = await court.visit();
	const ask = async (path) => (await page.request.get(path, { headers: { Accept: 'application/json' } }));
	const fee = await (await ask('/calculators/fee?kind=property&amount=105900&halve=yes')).json();
	expect(fee.fee.fen === 120900 && fee.fee.halved, JSON.stringify(fee.fee));
	const limit = await (await ask(`/calculators/limit?period=${encodeURIComponent('15日')}&event=2026-09-16`)).json();
	expect(limit.limit.ends === '2026-10-08' && limit.limit.rolled, JSON.stringify(limit.limit));
	const wrong = await ask('/calculators/limit?period=never&event=2026-09-16');
	expect(wrong.status() === 422 && (await wrong.json()).errors[0].field === 'period', 'a problem with its field');
	const acts = await (await ask('/acts')).json();
	const answer = acts.groups.flatMap((group) => group.acts).find((row) => row.code === 'ANSWER');
	expect(answer.roles[0] === 'Defendant' && answer.stages.includes('ANSWERING'), JSON.stringify(answer));
}

export async function theFeeIsPaidThroughTheSandbox({ court }) {
	const party = await somebody(court, 'zhangwei', { lang: 'en' });
	const clerk = await somebody(court, 'bj-filing');
	const id = await file(party);
	const early = await party.goto(`/cases/132/${id}/pay`);
	expect(early.status() === 409, `before registration: ${early.status()}`);
	await act(clerk, id, 'register', { procedure: 'ordinary' });
	await party.goto(`/cases/132/${id}/pay`);
	await look(party, 'pay-due', words);
	await party.click('main form button');
	await party.waitForURL(/\/sandbox\/pay/);
	await look(party, 'sandbox', words);
	await party.click('button[value=fail]');
	await party.waitForURL(/\/pay\?back=1/);
	expect(await party.locator('main [role=status]').count() === 1, 'says that nothing came yet');
	await look(party, 'pay-waiting', words);
	await party.click('main form button');
	await party.click('button[value=pay]');
	await party.waitForURL(/\/pay\?back=1/);
	expect((await party.innerText('.next h2')).includes('paid'), await party.innerText('.next h2'));
	await look(party, 'pay-paid', words);
	const stranger = await somebody(court, 'lijing');
	expect((await stranger.goto(`/cases/132/${id}/pay`)).status() === 404, 'a stranger learns nothing');
	const forged = await party.request.post('/payments/callback', { headers: { 'X-Signature': '0'.repeat(64), 'Content-Type': 'application/json' },
		data: '{}' });
	expect(forged.status() === 403, `a call that is not signed: ${forged.status()}`);
	const nothing = await party.goto('/sandbox/pay?order=x&court=132&fen=1&return=/&sign=0');
	expect(nothing.status() === 404, 'an order that was not made');
}

export async function theDeskSeesWhatComesInAndGoesOn({ court }) {
	const party = await somebody(court, 'zhangwei');
	const id = await file(party), across = await file(party, { desk: 'B1W' });
	for (const lang of ['zh', 'en']) {
		const desk = await somebody(court, 'bj-filing', { lang });
		await desk.goto('/desk');
		expect(await desk.locator(`.rows a[href$="${id}"]`).count() === 1, 'the filing is on the desk');
		await look(desk, 'desk', words);
		await desk.goto('/desk?list=coming');
		expect(await desk.locator(`.rows a[href$="${across}"]`).count() === 1, 'the court that decides sees what is coming');
		const away = await somebody(court, 'hz-filing', { lang });
		await away.goto('/desk?list=forward');
		expect(await away.locator(`.rows a[href$="${across}"]`).count() === 1, 'the receiving court has it to forward');
		await look(away, 'desk-forward', words);
	}
	const away = await somebody(court, 'hz-filing');
	await act(away, across, 'forward');
	await away.goto('/desk?list=forwarded');
	expect(await away.locator(`.rows a[href$="${across}"]`).count() === 1, 'and sees afterwards where it stands');
	const judge = await somebody(court, 'bj-judge1');
	await judge.goto('/desk');
	expect(new URL(judge.url()).pathname === '/today', 'who is no filing clerk goes on to the own day');
	expect((await party.goto('/desk')).status() === 403, 'a party has no desk');
}

export async function theDeskIsDrawnAgainWhenSomethingComesIn({ court }) {
	const desk = await somebody(court, 'bj-filing');
	await desk.goto('/desk');
	const party = await somebody(court, 'zhangwei');
	const id = await file(party);
	await desk.locator(`.rows a[href$="${id}"]`).waitFor();
}

export async function eachFindsTheOwnDay({ court }) {
	const party = await somebody(court, 'zhangwei'), clerk = await somebody(court, 'bj-filing');
	const id = await file(party), unpaid = await file(party);
	await act(clerk, id, 'register', { procedure: 'summary' });
	await act(clerk, unpaid, 'register', { procedure: 'ordinary' });
	await act(party, id, 'ask-relief', { kind: 'defer', reasons: '家庭经济困难，无力一次交纳。' });
	// The notice of the fee, one of four papers, has to arrive today for its days to be over in nine.
	const inbox = async () => (await party.request.get('/inbox', { headers: { Accept: 'application/json' } })).text();
	for (let tries = 0; tries < 200 && (await inbox()).split(`/${unpaid}/`).length < 5; tries++)
		await party.waitForTimeout(50);
	await court.later({ days: 9 });
	for (const [lang, width] of [['zh', 1280], ['en', 390]])
		for (const [name, ...paths] of [['bj-filing', '/today'], ['bj-clerk', '/today', '/docket'], ['bj-president', '/today', '/bench']]) {
			const page = await somebody(court, name, { lang, width });
			for (const path of paths) {
				await page.goto(path);
				await look(page, `${name}${path.replace('/', '-')}`, words);
			}
		}
	const president = await somebody(court, 'bj-president');
	await president.goto('/today');
	await president.click(`a[href="/cases/132/${id}/act/rule-relief"]`);
	expect(await president.locator('main form').count() > 0, 'the button leads to the act');
	const secretary = await somebody(court, 'bj-clerk');
	await secretary.goto('/today');
	expect(await secretary.locator(`a[href="/cases/132/${unpaid}"]`).count() > 0, 'the unpaid case is told of');
	const state = await secretary.request.get(`/cases/132/${unpaid}`, { headers: { Accept: 'application/json' } });
	expect(!JSON.stringify(await state.json()).includes('WITHDRAWN'), 'and nothing has happened by itself');
}

export async function thePresidentNotesWhoIsAway({ court }) {
	const page = await somebody(court, 'bj-president', { lang: 'en' });
	await page.goto('/bench');
	await page.click('main form button:not(.hide)');
	expect(await page.locator('.error-list li').count() === 2, 'both days are missing');
	await look(page, 'bench-wrong', words);
	await page.selectOption('select[name=person]', { index: 1 });
	await page.fill('input[name=first]', '2030-10-01');
	await page.fill('input[name=last]', '2030-10-07');
	await page.fill('input[name=reason]', '年休假');
	await page.click('main form button:not(.hide)');
	await page.waitForURL(/done=absence_noted/);
	expect(await page.locator('.rows tbody tr').count() === 1, 'it is noted');
	await look(page, 'bench-noted', words);
	await page.click('.rows button');
	await page.waitForURL(/done=absence_dropped/);
	expect(await page.locator('.rows tbody tr').count() === 0, 'and taken back');
	const judge = await somebody(court, 'bj-judge1');
	expect((await judge.goto('/bench')).status() === 403, 'only the president');
}
