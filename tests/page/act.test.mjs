// Acts on their pages: by hand, with files, and by a program.

import { axeClean, expect, noOverflow, shot, signIn, smallPdf } from './court.mjs';

const press = (page, verb) => Promise.all([page.waitForEvent('load'), page.click(`main button[name=do][value="${verb}"]:not(.hide)`)]);

async function looked(page, name) {
	await axeClean(page);
	await noOverflow(page, 320);
	await shot(page, name);
}

async function token(page) {
	const answer = await page.request.get('/file', { headers: { Accept: 'application/json' } });
	return answer.headers()['x-csrf-token'];
}

async function send(page, path, data) {
	return page.request.post(path, { data, headers: { Accept: 'application/json', 'X-CSRF-Token': await token(page) }, maxRedirects: 0 });
}

const complaint = {
	capacity: 'self', court: '132', cause: '民间借贷纠纷', address: '北京市海淀区示例路1号', eservice: 'yes', truth: true,
	defendants: [{ kind: 'person', name: '李娜', address: '北京市朝阳区示例路2号' }],
	claims: [{ text: '判令被告偿还借款本金。', amount: 50000 }, { text: '判令被告承担诉讼费用。' }],
	facts: '2025年3月1日，被告向原告借款五万元，约定一年内还清。到期后原告多次催要，被告至今没有归还。',
};

async function file(page) {
	const answer = await send(page, '/file', complaint);
	expect(answer.status() === 201, `filed: ${answer.status()} ${await answer.text()}`);
	const done = await answer.json();
	expect(done.entry === 1 && /^[0-9a-f]{64}$/.test(done.digest) && done.stage === 'SUBMITTED', JSON.stringify(done));
	return done.href;
}

export async function filesFromAProgram({ court }) {
	const page = await court.visit();
	await signIn(page, 'zhangwei');
	await file(page);
	const wrong = await send(page, '/file', { ...complaint, truth: false, facts: '短' });
	expect(wrong.status() === 422, `unsigned: ${wrong.status()}`);
	const fields = (await wrong.json()).errors.map((error) => error.field).sort().join(' ');
	expect(fields === 'facts truth', `what is wrong: ${fields}`);
}

export async function actsByHand({ court }) {
	for (const [lang, width] of [['zh', 390], ['en', 1280]]) {
		const party = await court.visit({ lang, width }), clerk = await court.visit({ lang, width });
		await signIn(party, 'zhangwei');
		await signIn(clerk, 'bj-filing');
		const path = await file(party);

		await clerk.goto(`${path}/act/notify-correction`);
		await press(clerk, 'add.defects');
		expect(await clerk.locator('fieldset.row').count() === 2, 'a second row');
		await looked(clerk, 'act-notify-correction');
		await press(clerk, 'submit');
		expect(await clerk.isVisible('.error-list'), 'nothing was entered');
		await clerk.goto(`${path}/act/register`);
		await looked(clerk, 'act-register');
		await clerk.check('[name=procedure][value=summary]');
		await press(clerk, 'submit');
		expect(clerk.url().endsWith('?done=act'), `back at the case: ${clerk.url()}`);

		/* The file that came with a form that was not yet right need not be sent again. */
		await party.goto(`${path}/act/ask-relief`);
		await party.setInputFiles('[name=proof]', { name: '低保证.pdf', mimeType: 'application/pdf', buffer: smallPdf() });
		await party.check('[name=kind][value=waive]');
		await party.click('main button[value=submit]');
		await party.waitForSelector('.error-list li');
		await looked(party, 'act-ask-relief-wrong');
		await party.fill('[name=reasons]', '原告没有固定收入，领取最低生活保障金，无力交纳诉讼费用。');
		await press(party, 'submit');
		expect(party.url().endsWith('?done=act'), `taken: ${party.url()}`);

		const listed = await clerk.request.get(`${path}/act/ask-relief`, { headers: { Accept: 'application/json' } });
		expect(listed.status() === 403, `not for the clerk: ${listed.status()}`);
		await clerk.goto(`${path}/act/refuse`);
		expect((await clerk.innerText('main')).length > 20, 'too late to refuse: it says why');
	}
}

export async function opensFilesForThoseWhoMay({ court }) {
	const party = await court.visit();
	await signIn(party, 'zhangwei');
	await party.goto('/file');
	await press(party, 'start');
	const draft = party.url().replace(/\?.*/, '');
	await party.goto(`${draft}?step=8`);
	await press(party, 'add.items');
	await party.fill('[name="items.1.name"]', '网页');
	await party.fill('[name="items.1.purpose"]', '证明内容');
	for (const [name, bytes, says] of [['网页.html', '<script>1</script>', '打印成 PDF'], ['网页.pdf', '<script>1</script>', '名称或者类型不符'],
		['空.pdf', '', '空的'], ['半份.pdf', smallPdf().subarray(0, 40), '结尾缺失']]) {
		await party.setInputFiles('[name="items.1.file"]', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
		await party.click('main button[value=next]:not(.hide)');
		/* The file goes at once, and what is wrong with it is said at its field. */
		await party.waitForFunction((words) => document.querySelector('.field.wrong .error')?.innerText.includes(words), says);
	}
	await party.setInputFiles('[name="items.1.file"]', { name: '扫描件.tif', mimeType: 'text/html', buffer: Buffer.from('49492a00080000000000', 'hex') });
	await party.click('main button[value=next]:not(.hide)');
	await party.waitForURL(/step=9/);
	await party.goto(`${draft}?step=8`);
	const digest = (await party.inputValue('[name="items.1.file.kept"]')).slice(0, 64);
	const own = await party.request.get(`${draft}/files/${digest}`);
	expect(own.status() === 200, `one's own draft: ${own.status()}`);
	expect(own.headers()['content-type'] === 'application/octet-stream', own.headers()['content-type']);
	expect(own.headers()['content-disposition']?.startsWith('attachment'), 'what a browser should not show is saved');

	const stranger = await court.visit();
	await signIn(stranger, 'lina');
	for (const path of [`${draft}/files/${digest}`, draft])
		expect((await stranger.request.get(path)).status() === 404, `a stranger at ${path}`);
	const answer = await send(party, `${draft}?step=check`, { ...complaint, do: 'submit' });
	expect(answer.status() === 201, `filed: ${await answer.text()}`);
	const path = (await answer.json()).href;
	expect((await party.request.get(`${path}/files/${digest}`)).status() === 200, 'the party');
	expect((await stranger.request.get(`${path}/files/${digest}`)).status() === 404, 'the stranger');
	expect((await party.request.get(`${path}/files/${'0'.repeat(64)}`)).status() === 404, 'no such file');
	const clerk = await court.visit();
	await signIn(clerk, 'bj-filing');
	expect((await clerk.request.get(`${path}/files/${digest}`)).status() === 200, 'the court');
}

export async function refusesWhatIsNoAct({ court }) {
	const page = await court.visit();
	await signIn(page, 'zhangwei');
	const path = await file(page);
	for (const act of ['submit', 'arrive', 'paid', 'nothing', 'ASK-RELIEF', 'ask_relief', 'a'.repeat(300)])
		expect((await page.request.get(`${path}/act/${act}`)).status() === 404, act);
	expect((await page.request.get(`${path}/act/answer`)).status() === 403, 'not the defendant');
	expect((await page.request.get(`${path}/act/ask-relief`)).status() === 409, 'not in this stage');
}

export async function actsOnceOnly({ court }) {
	const clerk = await court.visit(), party = await court.visit();
	await signIn(party, 'zhangwei');
	const key = { 'Idempotency-Key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"', Accept: 'application/json', 'X-CSRF-Token': await token(party) };
	const filed = [];
	for (let i = 0; i < 2; i++)
		filed.push(await party.request.post('/file', { data: complaint, headers: key, maxRedirects: 0 }));
	expect(filed[0].status() === 201 && filed[1].status() === 201, `filed: ${filed.map((answer) => answer.status())}`);
	expect(await filed[0].text() === await filed[1].text(), 'the repeat has the answer of the first');
	expect(filed[1].headers()['idempotency-replayed'] === 'true' && !filed[0].headers()['idempotency-replayed'], 'it says so');
	const other = await party.request.post('/file', { data: { ...complaint, facts: `${complaint.facts}补充。` }, headers: key });
	expect(other.status() === 422 && /repeat\.other/.test(await other.text()), `another request: ${other.status()}`);
	const bad = await party.request.post('/file', { data: complaint, headers: { ...key, 'Idempotency-Key': '"' } });
	expect(bad.status() === 400 && /repeat\.malformed/.test(await bad.text()), `malformed: ${bad.status()}`);

	const path = (await filed[0].json()).href;
	const registered = async () => {
		const answer = await party.request.get(`${path}/docket`, { headers: { Accept: 'application/json' } });
		return (await answer.json()).entries.filter((entry) => entry.code === 'REGISTER').length;
	};
	await signIn(clerk, 'bj-filing');
	await clerk.goto(`${path}/act/register`);
	await clerk.check('[name=procedure][value=summary]');
	const once = await clerk.inputValue('[name=once]');
	expect(once.length >= 40, 'a key of its own');
	const sent = await clerk.evaluate(() => new URLSearchParams([...new FormData(document.querySelector('main form')), ['do', 'submit']]).toString());
	const post = () => clerk.request.post(`${path}/act/register`, { data: sent, maxRedirects: 0,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' } });
	const twice = await Promise.all([post(), post()]);
	expect(twice.every((answer) => answer.status() === 303), `both lead on: ${twice.map((answer) => answer.status())}`);
	expect(twice.every((answer) => answer.headers().location.endsWith('?done=act')), 'to the case');
	expect((await post()).status() === 303, 'a reload too');
	expect(await registered() === 1, `registered once: ${await registered()}`);
	await clerk.goto(`${path}/act/notify-correction`);
	expect(await clerk.locator('[name=once]').count() === 0 || await clerk.inputValue('[name=once]') !== once, 'the next form has another');
}

export async function actsOnlyOnWhatWasSeen({ court }) {
	const party = await court.visit(), clerk = await court.visit();
	await signIn(party, 'zhangwei');
	await signIn(clerk, 'bj-filing');
	const path = await file(party);
	const read = (page, headers = {}) => page.request.get(path, { headers: { Accept: 'application/json', ...headers } });
	const first = await read(clerk), tag = first.headers().etag;
	expect(/^"[0-9a-f]{16}-[0-9a-f]{16}"$/.test(tag), `the case and its bytes: ${tag}`);
	expect(first.headers()['cache-control'] === 'private, no-cache', 'a program may keep it');
	for (const list of [tag, `W/${tag}`, `"x", ${tag}`])
		expect((await read(clerk, { 'If-None-Match': list })).status() === 304, `as it was: ${list}`);
	for (const list of ['"x"', tag.slice(0, -2) + '"', tag.replaceAll('"', '')])
		expect((await read(clerk, { 'If-None-Match': list })).status() === 200, `not named: ${list}`);
	expect((await read(clerk, { 'If-None-Match': tag, 'Accept-Language': 'en' })).status() === 200, 'other words, another name');
	const shown = await clerk.request.get(path, { headers: { Accept: 'text/html' } });
	expect(shown.headers()['cache-control'] === 'no-store' && !shown.headers().etag, 'a page stays nowhere');

	const act = async (name, data, seen) => clerk.request.post(`${path}/act/${name}`, { data, maxRedirects: 0,
		headers: { Accept: 'application/json', 'X-CSRF-Token': await token(clerk), 'If-Match': seen } });
	const until = new Date(Date.now() + 10 * 86400e3).toISOString().slice(0, 10);
	const correction = { defects: [{ what: '起诉状没有签名', how: '请签名后重新提交' }], until };
	for (const seen of ['"0000000000000000-0000000000000000"', `W/${tag}`, 'nonsense'])
		expect((await act('notify-correction', correction, seen)).status() === 412, `not as it is: ${seen}`);
	const done = await act('notify-correction', correction, `"x", ${tag}`);
	expect(done.status() === 201, `as seen: ${done.status()} ${await done.text()}`);
	const late = await act('refuse', { reasons: '不属于本院管辖。', truth: true }, tag);
	const problem = await late.json();
	expect(late.status() === 412 && /act\.stale$/.test(problem.type), `it has changed: ${late.status()}`);
	expect(/补正|correction/i.test(problem.detail), `what has happened since: ${problem.detail}`);
	const docket = await clerk.request.get(`${path}/docket`, { headers: { Accept: 'application/json' } });
	expect(docket.headers().etag.slice(1, 17) === (await docket.json()).head.slice(0, 16), 'the case is named by its last entry');
}
