// Webhooks: real receivers on this machine, which take, refuse, hang, send elsewhere, talk
// nonsense, or are away and come back. What arrives is checked by an outside verifier
// (standardwebhooks), and nothing arrives where it must not.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createListener } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.mjs';
import { axeClean, expect, noOverflow, noScript, openCourt, password, shot, signIn, within } from './court.mjs';

const press = (page, button) => Promise.all([page.waitForEvent('load'), page.locator(button).last().click()]);
const form = 'form[action="/account/webhooks"]';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// A receiver: says how to answer each message, and waits for the next.
async function receive(answer = (request, response) => response.writeHead(204).end(), port = 0) {
	const got = [], waiting = [], server = createServer((request, response) => {
		let body = '';
		request.on('data', (bytes) => { body += bytes; });
		request.on('end', () => {
			const message = { headers: request.headers, body, method: request.method };
			got.push(message);
			waiting.shift()?.(message);
			answer(request, response, got.length);
		});
	});
	await new Promise((open, refuse) => server.once('error', refuse).listen(port, '127.0.0.1', open));
	return { got, url: `http://127.0.0.1:${server.address().port}/hook`, port: server.address().port,
		next: () => within(30, 'a message', new Promise((found) => { waiting.push(found); })),
		close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

// A program with a token: speaks JSON.
async function program(court, name, scopes) {
	const page = await court.visit();
	await signIn(page, name);
	await page.goto('/account/tokens');
	await page.fill('[name=name]', `p${Date.now()}${Math.random()}`.slice(0, 40));
	for (const scope of scopes)
		await page.check(`[name="scopes.is.${scope}"]`);
	await page.fill('form[action="/account/tokens"] [name=password]', password);
	await press(page, 'form[action="/account/tokens"] .buttons button');
	const token = await page.innerText('.banner code');
	return async (method, path, body) => {
		const answer = await fetch(court.url + path, { method, redirect: 'manual', body: body && JSON.stringify(body),
			headers: { Accept: 'application/json', Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) } });
		const text = await answer.text();
		return { status: answer.status, json: text ? JSON.parse(text) : undefined, where: answer.headers.get('location') };
	};
}

async function file(ask) {
	const draft = (await ask('POST', '/file', { do: 'start' })).json.href.replace(/\?.*/, '');
	const done = await ask('POST', `${draft}?step=check`, {
		do: 'submit', capacity: 'self', court: '132', desk: '132', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
		defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
		claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }], items: [{ name: '借条', kind: 'documentary', purpose: '借款' }],
		facts: '2025年3月1日，被告向原告借款十万元，约定一年后归还，到期后至今没有归还。' });
	expect(done.status === 201, `filed: ${done.status} ${JSON.stringify(done.json)}`);
	return done.json;
}

async function register(ask, url, more = {}) {
	const made = await ask('POST', '/account/webhooks', { url, ...more });
	expect(made.status === 200 && made.json.told.startsWith('whsec_'), `registered: ${made.status} ${JSON.stringify(made.json)}`);
	return { hook: made.json.hooks.find((one) => one.url === url).hook, secret: made.json.told };
}

const change = async (ask, hook, what, more) => {
	const done = await ask('POST', '/account/webhooks/change', { do: what, hook, ...more });
	expect(done.status < 400, `${what}: ${done.status} ${JSON.stringify(done.json)}`);
	return done;
};

// The webhook as the page shows it, once what is looked for is there.
async function until(ask, hook, holds, what) {
	for (let i = 0; ; i++) {
		const seen = (await ask('GET', '/account/webhooks')).json.hooks.find((one) => one.hook === hook);
		if (holds(seen))
			return seen;
		if (i === 100)
			throw new Error(`${what}: ${JSON.stringify(seen)}`);
		await sleep(150);
	}
}
const last = (holds) => (seen) => seen.messages.length > 0 && holds(seen.messages[0]);

// The time of the court may have been moved; that of the verifier is that of the machine.
function verify(secret, message) {
	const now = Date.now;
	Date.now = () => Number(message.headers['webhook-timestamp']) * 1000;
	try {
		return new Webhook(secret).verify(message.body, message.headers);
	} finally {
		Date.now = now;
	}
}

export async function isRegisteredToldOnceAndTried({ court }) {
	const receiver = await receive();
	for (const lang of ['zh', 'en']) {
		const page = await court.visit({ lang });
		await signIn(page, 'lijing');
		await page.goto('/account');
		await press(page, 'a[href="/account/webhooks"]');
		await axeClean(page);
		await noOverflow(page, 320);
		const fill = async (url, word) => {
			await page.fill(`${form} [name=url]`, url);
			await page.fill(`${form} [name=events]`, 'answer pronounce');
			await page.fill(`${form} [name=password]`, word);
			await press(page, `${form} .buttons button`);
		};
		await fill(receiver.url, 'wrong');
		expect(await page.locator('.error-list li').count() === 1 && !await page.locator('.banner code').count(), 'not without the password');
		await fill('http://example.com/', password);
		expect(await page.locator('.error-list li').count() === 1, 'not without encryption');
		await axeClean(page);
		await noOverflow(page, 320);
		await shot(page, 'webhook-refused');
		await fill(receiver.url, password);
		const secret = await page.innerText('.banner code');
		expect(/^whsec_[A-Za-z0-9+/]{43}=$/.test(secret), `told: ${secret}`);
		await axeClean(page);
		await noOverflow(page, 320);
		await shot(page, 'webhook-told');
		await page.goto('/account/webhooks');
		expect(!(await page.content()).includes(secret), 'it is told once');
		const next = receiver.next();
		await press(page, 'button[value=test]');
		const seen = verify(secret, await next);
		expect(seen.type === 'test' && seen.docket === '' && seen.entry === 0, JSON.stringify(seen));
		for (let i = 0; i < 50 && !await page.locator('.list .badge.good').count(); i++) {
			await sleep(100);
			await page.goto('/account/webhooks');
		}
		await axeClean(page);
		await noOverflow(page, 320);
		await shot(page, 'webhook-list');
		await press(page, 'button[value=rotate]');
		expect(await page.innerText('.banner code') !== secret, 'another secret');
		await page.goto('/account/webhooks');
		await press(page, 'button[value=remove]');
		expect(!await page.locator('button[value=test]').count(), 'removed');
	}
	const page = await noScript(court);
	await signIn(page, 'lijing');
	await page.goto('/account/webhooks');
	await page.fill(`${form} [name=url]`, receiver.url);
	await page.fill(`${form} [name=password]`, password);
	await press(page, `${form} .buttons button`);
	expect((await page.innerText('.banner code')).startsWith('whsec_'), 'without script');
	await page.goto('/account/webhooks');
	await press(page, 'button[value=remove]');
	await receiver.close();
}

// Only ids; only to who may know; the same id when it is sent again; two signatures while the secret is exchanged.
export async function tellsOfActsAndNothingAboutPeople({ court }) {
	const [plaintiff, stranger, admin] = [await receive(), await receive(), await receive()];
	const ask = await program(court, 'zhangwei', ['read', 'file', 'account']);
	const other = await program(court, 'hongda', ['read', 'account']);
	const office = await program(court, 'bj-admin', ['read', 'account', 'staff']);
	const mine = await register(ask, plaintiff.url, { events: 'submit' }), theirs = await register(other, stranger.url);
	const courts = await register(office, admin.url, { court: '132' });
	expect((await ask('POST', '/account/webhooks', { url: admin.url, court: '132' })).status === 422, 'no office, no hook of a court');
	expect((await other('POST', '/account/webhooks/change', { do: 'rotate', hook: mine.hook })).status === 404, 'nobody else\'s');
	expect((await office('POST', '/account/webhooks/change', { do: 'remove', hook: mine.hook })).status === 404, 'nor an administrator\'s');
	const lay = await program(court, 'bj-admin', ['read', 'account']);
	expect((await lay('POST', '/account/webhooks/change', { do: 'remove', hook: courts.hook })).status === 404, 'nor without the scope staff');
	expect(!(await lay('GET', '/account/webhooks')).json.hooks.length, 'nor seen');
	const bare = await program(court, 'zhangwei', ['read', 'act', 'file']);
	expect((await bare('GET', '/account/webhooks')).status === 403, 'needs the scope account');

	const [first, second] = [plaintiff.next(), admin.next()];
	const filed = await file(ask);
	const message = await first, body = verify(mine.secret, message);
	expect(Object.keys(body).join() === 'id,type,time,court,docket,number,entry,href', Object.keys(body).join());
	expect(body.id === message.headers['webhook-id'] && body.type === 'act.submit' && body.court === '132' && body.entry === 1, message.body);
	expect(body.href === `${filed.href}/docket/1` && Date.parse(body.time) > 0, message.body);
	expect(message.method === 'POST' && message.headers['content-type'] === 'application/json', 'JSON is sent');
	for (const word of ['张伟', '李娜', '110000', '示例街', '借款'])
		expect(!message.body.includes(word), `no ${word}`);
	expect(verify(courts.secret, await second).docket === body.docket, 'the court hears of it too');
	let forged = false;
	try { verify(theirs.secret, message); } catch { forged = true; }
	expect(forged, 'the verifier can tell');
	expect((await ask('GET', `/cases/${body.court}/${body.docket}/docket/${body.entry}`)).status === 200, 'the rest is read with a token');

	await until(ask, mine.hook, last((m) => m.state === 'arrived'), 'arrived');
	const rotated = await change(ask, mine.hook, 'rotate');
	const again = plaintiff.next();
	await change(ask, mine.hook, 'again', { message: body.id });
	const repeat = await again;
	expect(repeat.headers['webhook-id'] === body.id && repeat.headers['webhook-signature'].split(' ').length === 2, 'the same id, two signatures');
	verify(mine.secret, repeat);
	verify(rotated.json.told, repeat);
	expect(plaintiff.got.length === 2, 'only the act that was asked for');
	expect(!stranger.got.length, 'a stranger hears nothing');
	for (const [who, hook] of [[ask, mine], [other, theirs], [office, courts]])
		await change(who, hook.hook, 'remove');
	await Promise.all([plaintiff, stranger, admin].map((one) => one.close()));
}

export async function goesOnWhileOneHangs({ court }) {
	const ask = await program(court, 'zhangwei', ['read', 'account']);
	const elsewhere = await receive();
	const hangs = await receive(() => {}), good = await receive();
	const leads = await receive((request, response) => response.writeHead(307, { Location: elsewhere.url }).end());
	const long = await receive((request, response) => response.end(Buffer.alloc(300000, 'x')));
	const nonsense = createListener((socket) => socket.on('error', () => {}).resume().end('what do you want?\r\n\r\n'));
	await new Promise((open) => nonsense.listen(0, '127.0.0.1', open));
	const hooks = {};
	for (const [name, url] of Object.entries({ hangs: hangs.url, leads: leads.url, long: long.url, good: good.url, nonsense: `http://127.0.0.1:${nonsense.address().port}/` }))
		hooks[name] = (await register(ask, url)).hook;
	const held = hangs.next();
	await change(ask, hooks.hangs, 'test');
	await held;
	for (const [name, why] of [['leads', '307'], ['long', '64'], ['nonsense', '']]) {
		await change(ask, hooks[name], 'test');
		const seen = await until(ask, hooks[name], last((m) => m.tries === 1), name);
		expect(seen.messages[0].state === 'waiting' && seen.messages[0].why.includes(why) && seen.failing, JSON.stringify(seen));
	}
	const next = good.next();
	await change(ask, hooks.good, 'test');
	await next;
	const waits = (await ask('GET', '/account/webhooks')).json.hooks.find((one) => one.hook === hooks.hangs);
	expect(waits.messages[0].tries === 0, 'and all that while one hung');
	const slow = await until(ask, hooks.hangs, last((m) => m.tries === 1), 'given up waiting');
	expect(slow.messages[0].status === 0 && slow.messages[0].took >= 9000, JSON.stringify(slow.messages[0]));
	expect(!elsewhere.got.length, 'nobody is followed elsewhere');
	for (const hook of Object.values(hooks))
		await change(ask, hook, 'remove');
	await Promise.all([elsewhere, hangs, good, leads, long].map((one) => one.close()));
	await new Promise((done) => nonsense.close(done));
}

export async function isTriedAgainAndGivenUpAtLast({ court }) {
	const ask = await program(court, 'lina', ['read', 'account']);
	let receiver = await receive((request, response, n) => response.writeHead(n === 1 ? 500 : 200).end());
	const { hook, secret } = await register(ask, receiver.url);
	let next = receiver.next();
	await change(ask, hook, 'test');
	const first = await next;
	const failed = await until(ask, hook, last((m) => m.tries === 1), 'refused');
	expect(failed.messages[0].status === 500 && failed.messages[0].due, JSON.stringify(failed));
	next = receiver.next();
	await court.later({ seconds: 31 });
	const second = await next;
	expect(first.headers['webhook-id'] === second.headers['webhook-id'], 'the same id');
	expect(first.headers['webhook-signature'] !== second.headers['webhook-signature'], 'a timestamp of its own');
	verify(secret, first);
	verify(secret, second);
	await until(ask, hook, (seen) => seen.messages[0].state === 'arrived' && !seen.failing, 'arrived');

	await receiver.close();
	await change(ask, hook, 'test');
	await until(ask, hook, last((m) => m.tries === 1 && m.status === 0 && m.why), 'away');
	receiver = await receive(undefined, receiver.port);
	next = receiver.next();
	await court.later({ seconds: 31 });
	verify(secret, await next);
	await until(ask, hook, last((m) => m.state === 'arrived'), 'back');

	await receiver.close();
	await change(ask, hook, 'test');
	await until(ask, hook, last((m) => m.tries === 1), 'away for good');
	await court.later({ days: 4 });
	const over = await until(ask, hook, (seen) => seen.asleep, 'asleep');
	expect(over.messages[0].state === 'given_up', JSON.stringify(over));
	for (const lang of ['zh', 'en']) {
		const page = await court.visit({ lang });
		await signIn(page, 'lina');
		await page.goto('/account/webhooks');
		expect(await page.locator('p.error').count() === 1, 'its owner is told');
		await axeClean(page);
		await noOverflow(page, 320);
		await shot(page, 'webhook-asleep');
	}
	receiver = await receive(undefined, receiver.port);
	next = receiver.next();
	await change(ask, hook, 'test');
	await next;
	await until(ask, hook, (seen) => !seen.asleep && !seen.failing, 'awake');
	await change(ask, hook, 'remove');
	await receiver.close();
}

// An authority of one's own, and what it signed for this machine; another that nobody trusts.
function authorities(folder) {
	const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
	writeFileSync(join(folder, 'leaf.ext'), 'subjectAltName=DNS:localhost\n');
	for (const name of ['known', 'unknown']) {
		openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${name}`,
			'-keyout', `${name}.key`, '-out', `${name}.pem`);
		openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=receiver', '-keyout', `${name}-leaf.key`, '-out', `${name}.csr`);
		openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial', '-days', '2',
			'-extfile', 'leaf.ext', '-out', `${name}-leaf.pem`);
	}
	return (name) => ({ key: readFileSync(join(folder, `${name}-leaf.key`)), cert: readFileSync(join(folder, `${name}-leaf.pem`)) });
}

// By https: to who is vouched for by an authority that the court trusts, and for the name that was called.
export async function speaksOnlyToWhoIsVouchedFor() {
	const folder = mkdtempSync(join(tmpdir(), 'microcourt-ca-')), signed = authorities(folder);
	const secure = await openCourt(null, ['--webhook-loopback', '--webhook-ca', join(folder, 'known.pem')]);
	const got = [], receivers = [];
	const listen = async (name) => {
		const server = createSecure(signed(name), (request, response) => {
			request.resume().on('end', () => { got.push({ name, headers: request.headers, method: request.method }); response.writeHead(204).end(); });
		});
		server.on('tlsClientError', () => {});
		await new Promise((open) => server.listen(0, '127.0.0.1', open));
		receivers.push(server);
		return server.address().port;
	};
	try {
		const client = new Client(secure.url, 'zhangwei');
		await client.signIn();
		const ask = async (method, path, json) => {
			const answer = await client.ask(method, path, { json: json && { ...json, password }, accept: 'application/json' });
			return { status: answer.status, json: JSON.parse(answer.body) };
		};
		const known = await listen('known'), unknown = await listen('unknown');
		for (const [url, arrives] of [[`https://localhost:${known}/hook`, true], [`https://127.0.0.1:${known}/hook`, false],
			[`https://localhost:${unknown}/hook`, false]]) {
			const { hook } = await register(ask, url);
			await change(ask, hook, 'test');
			const [message] = (await until(ask, hook, last((m) => m.tries === 1), url)).messages;
			expect((message.state === 'arrived') === arrives, `${url}: ${JSON.stringify(message)}`);
			expect(arrives || /certificate|SSL/.test(message.why), `${url}: the page says why: ${message.why}`);
		}
		expect(got.length === 1 && got[0].name === 'known' && got[0].headers['webhook-signature'], JSON.stringify(got));
	} finally {
		for (const server of receivers)
			await new Promise((done) => { server.close(done); server.closeAllConnections(); });
		await secure.stop();
		rmSync(folder, { recursive: true });
	}
}

// A court without the setting: neither an address inside nor a name that leads there.
export async function isNotLedInside() {
	const inside = await openCourt(null, ['--webhook-loopback=off']);
	let called = 0;
	const trap = createListener((socket) => { called++; socket.destroy(); });
	await new Promise((open) => trap.listen(0, '127.0.0.1', open));
	const port = trap.address().port, jar = new Map();
	let token = '';
	const ask = async (method, path, body) => {
		const answer = await fetch(inside.url + path, { method, redirect: 'manual', body: body && JSON.stringify(body), headers: {
			Accept: path === '/account' ? 'text/html' : 'application/json', Cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '), 'X-CSRF-Token': token,
			...(body ? { 'Content-Type': 'application/json' } : {}) } });
		for (const cookie of answer.headers.getSetCookie())
			jar.set(...cookie.match(/^([^=]+)=([^;]*)/).slice(1));
		const text = await answer.text();
		token = text.match(/name="csrf" value="([^"]*)"/)?.[1] ?? token;
		return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : undefined };
	};
	try {
		await ask('POST', '/sign-in', { name: 'zhangwei', password });
		await ask('GET', '/account');
		for (const url of [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, `https://127.0.0.1:${port}/`, `https://[::1]:${port}/`,
			'https://169.254.169.254/latest/meta-data/', 'https://10.0.0.1/', 'https://192.168.1.1/', 'https://2130706433/', 'https://0x7f000001/',
			'https://0177.0.0.1/', 'https://[::ffff:127.0.0.1]/', 'https://[fe80::1%25eth0]/', 'file:///etc/passwd', 'gopher://127.0.0.1/']) {
			const answer = await ask('POST', '/account/webhooks', { url, password });
			expect(answer.status === 422 && /^\/problems\/webhook\.(closed|plain|bad_url)$/.test(answer.json.type), `${url}: ${answer.status} ${JSON.stringify(answer.json)}`);
		}
		const { hook } = await register(ask2, `https://localhost:${port}/`);
		await change(ask, hook, 'test');
		const seen = await until(ask, hook, last((m) => m.tries === 1), 'refused');
		expect(seen.messages[0].status === 0 && seen.messages[0].why.startsWith('localhost'), JSON.stringify(seen.messages[0]));
		expect(called === 0, `the door was not touched: ${called}`);
	} finally {
		await new Promise((done) => trap.close(done));
		await inside.stop();
	}
	function ask2(method, path, body) { return ask(method, path, { ...body, password }); }
}
isRegisteredToldOnceAndTried.seconds = 300;
tellsOfActsAndNothingAboutPeople.seconds = 300;
