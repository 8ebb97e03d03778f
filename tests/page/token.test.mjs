// Tokens for programs: made, used, refused, ended. In the browser what a person sees, and by
// fetch what a program gets: RFC 6750 in every answer, no cookie, and never more than the
// token says.

import { axeClean, expect, noOverflow, noScript, password, shot, signIn } from './court.mjs';

const press = (page, button) => Promise.all([page.waitForEvent('load'), page.locator(button).last().click()]);
const form = 'form[action="/account/tokens"]';

async function make(page, name, scopes, word = password) {
	await page.goto('/account/tokens');
	await page.fill(`${form} [name=name]`, name);
	for (const scope of scopes)
		await page.check(`[name="scopes.is.${scope}"]`);
	await page.fill(`${form} [name=password]`, word);
	await press(page, `${form} .buttons button`);
	return await page.locator('.banner code').count() ? page.innerText('.banner code') : '';
}

const ask = (court, token, method, path, { body, type = 'application/json', accept = 'application/json', headers = {} } = {}) =>
	fetch(court.url + path, { method, redirect: 'manual', body: body === undefined ? undefined : JSON.stringify(body),
		headers: { Accept: accept, Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': type }), ...headers } });

async function refused(answer, status, error, key, what) {
	const challenge = answer.headers.get('www-authenticate') ?? '', problem = await answer.json();
	expect(answer.status === status && challenge.includes(`error="${error}"`), `${what}: ${answer.status} ${challenge}`);
	expect(problem.type === `/problems/${key}` && problem.detail && problem.remedy, `${what}: ${JSON.stringify(problem)}`);
	expect(!answer.headers.getSetCookie().length && !answer.headers.get('access-control-allow-origin'), `${what}: no cookie, no other site`);
	return challenge;
}

export async function isMadeShownOnceAndEnded({ court }) {
	for (const lang of ['zh', 'en']) {
		const page = await court.visit({ lang });
		await signIn(page, 'zhangwei');
		await page.goto('/account');
		await press(page, 'a[href="/account/tokens"]');
		await axeClean(page);
		await noOverflow(page, 320);
		expect(await make(page, 'x', [], 'not the password') === '', 'a wrong password makes none');
		expect(await page.locator('.error-list li').count() === 1, 'and only that is said');
		expect(await make(page, `日程 ${lang}`, []) === '', 'no scope, no token');
		await axeClean(page);
		await noOverflow(page, 320);
		const token = await make(page, `日程 ${lang}`, ['read', 'act']);
		expect(/^mct_[A-Za-z0-9_-]{43}$/.test(token), `told: ${token}`);
		await axeClean(page);
		await noOverflow(page, 320);
		await shot(page, 'token-told');
		await page.goto('/account/tokens');
		expect(!(await page.content()).includes(token), 'it is told once');
		expect(!(await page.locator('[name="scopes.is.staff"]').count()), 'who holds no office is not offered one');
		expect((await ask(court, token, 'GET', '/cases')).status === 200, 'it opens the cases');
		await page.goto('/account/tokens');
		expect((await page.innerText('main')).includes('127.0.0.0/24'), 'from where it was used');
		await shot(page, 'token-list');
		await press(page, `.list li:has-text("日程 ${lang}") button`);
		expect(new URL(page.url()).searchParams.get('done') === 'token_ended', 'ended');
		await refused(await ask(court, token, 'GET', '/cases'), 401, 'invalid_token', 'token.ended', 'an ended token');
		await axeClean(page);
	}
}

export async function worksWithoutScriptAndForTheVerified({ court }) {
	const page = await noScript(court);
	await signIn(page, 'lina');
	const token = await make(page, '同步', ['read']);
	expect(token, 'made without script');
	await press(page, 'button[value=all]');
	await refused(await ask(court, token, 'GET', '/cases'), 401, 'invalid_token', 'token.ended', 'all ended');
	const other = await court.visit({ lang: 'en' });
	await signIn(other, 'wangqiang');
	await other.goto('/account/tokens');
	expect(!await other.locator(form).count(), 'who is not verified makes none');
	await axeClean(other);
}

export async function neverReachesMoreThanItSays({ court }) {
	const page = await court.visit();
	await signIn(page, 'bj-clerk');
	const read = await make(page, '只读', ['read']), act = await make(page, '办事', ['act']);
	const account = await make(page, '资料', ['account']), all = await make(page, '全部', ['read', 'act', 'file', 'account', 'staff']);

	expect((await ask(court, read, 'GET', '/docket')).status === 403, 'offices only with staff');
	expect((await ask(court, all, 'GET', '/docket')).status === 200, 'with staff');
	expect((await ask(court, read, 'GET', '/cases')).status === 200, 'read');
	const challenge = await refused(await ask(court, read, 'POST', '/file', { body: {} }), 403, 'insufficient_scope', 'token.scope', 'read files');
	expect(challenge.includes('scope="file"'), challenge);
	await refused(await ask(court, act, 'GET', '/cases'), 403, 'insufficient_scope', 'token.scope', 'act reads');
	await refused(await ask(court, read, 'POST', '/cases/132/x/act/answer', { body: {} }), 403, 'insufficient_scope', 'token.scope', 'read acts');
	expect((await ask(court, act, 'POST', '/cases/132/x/act/answer', { body: {} })).status === 404, 'act gets to the act');

	for (const [method, path] of [['GET', '/account/tokens'], ['POST', '/account/tokens'], ['POST', '/account/tokens/end'], ['POST', '/account/password'],
		['GET', '/account/password'], ['POST', '/account/sessions'], ['POST', '/sign-out'], ['POST', '/sign-in'], ['POST', '/people/x']])
		await refused(await ask(court, all, method, path, method === 'POST' ? { body: {} } : {}), 403, 'insufficient_scope', 'token.never', `${method} ${path}`);
	const me = await ask(court, account, 'GET', '/account');
	expect(me.status === 200 && !(await me.json()).sessions?.length, 'sessions are not told to a program');

	for (const wrong of ['', 'mct_', `${all.slice(0, -1)}x`, all.toUpperCase()])
		await refused(await ask(court, wrong, 'GET', '/'), 401, 'invalid_token', 'token.invalid', `"${wrong}"`);
	// A browser that has a session beside: the token counts, and a page of another site gets nothing.
	const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
	await refused(await ask(court, 'mct_x', 'GET', '/cases', { headers: { Cookie: cookie } }), 401, 'invalid_token', 'token.invalid', 'a cookie does not heal it');
	expect((await ask(court, all, 'POST', '/file', { body: {}, headers: { 'Sec-Fetch-Site': 'cross-site' } })).status === 403, 'not from another site');
	const bare = await fetch(`${court.url}/cases`, { headers: { Accept: 'application/json' } });
	expect(bare.status === 401 && bare.headers.get('www-authenticate') === 'Bearer realm="microcourt"', 'nobody is told how');

	await page.goto('/account');
	await press(page, 'button[value=others]');
	for (const token of [read, act, account, all])
		await refused(await ask(court, token, 'GET', '/'), 401, 'invalid_token', 'token.ended', 'signed out everywhere');
}

// A program files; the docket says with which token, to its owner.
export async function actsInItsOwnersName({ court }) {
	const page = await court.visit({ lang: 'en' });
	await signIn(page, 'zhangwei');
	const token = await make(page, 'filing robot', ['read', 'file']);
	const started = await ask(court, token, 'POST', '/file', { body: { do: 'start' } });
	const draft = (await started.json()).href;
	expect(started.status === 200 && draft && !started.headers.getSetCookie().length, `a draft: ${started.status}`);
	const done = await ask(court, token, 'POST', `${draft.replace(/\?.*/, '')}?step=check`, { body: {
		do: 'submit', capacity: 'self', court: '132', desk: '132', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
		defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
		claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }], items: [{ name: '借条', kind: 'documentary', purpose: '借款' }],
		facts: '2025年3月1日，被告向原告借款十万元，约定一年后归还，到期后至今没有归还。' } });
	expect(done.status === 201, `filed: ${done.status} ${await done.clone().text()}`);
	const { href } = await done.json();
	await page.goto(`${href}/docket/1`);
	expect((await page.innerText('main')).includes('filing robot'), 'the docket says with what');
	const clerk = await court.visit({ lang: 'en' });
	await signIn(clerk, 'bj-filing');
	await clerk.goto(`${href}/docket/1`);
	expect(!(await clerk.innerText('main')).includes('filing robot'), 'that is the business of its owner');
}
