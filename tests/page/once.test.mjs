// Every operation that says it takes Idempotency-Key is sent twice with one key: one effect, one answer.
// The operations are those of the document, so that a new one fails until it stands here. The acts of
// a case are sent twice wherever a story plays them over HTTP (tests/story/played.c).

import { expect, password } from './court.mjs';
import { Client } from './client.mjs';
import { readDocument } from './contract.mjs';

const json = 'application/json';
const mobile = { mobile: '13800000001', email: 'zhangwei@mail.example', address: '北京市朝阳区示例街1号院2号楼301室', lang: 'zh' };
const complaint = {
	capacity: 'self', court: '132', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
	defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
	claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }],
	facts: '2025年3月1日，被告向原告借款十万元，约定一年内归还，到期后至今没有归还。',
};
const newcomer = { number: '110000199505050051', name: '周敏', mobile: '13900000077', address: '示例路9号', password: 'four plain words', true: 'yes' };

// Who has done what so far, for the rows below.
class Twice {
	constructor(court) {
		Object.assign(this, { court, clients: {}, known: {}, seen: new Set(), keys: 0 });
	}

	async client(name) {
		if (!this.clients[name]) {
			this.clients[name] = new Client(this.court.url, name);
			await (name === 'nobody' ? this.clients[name].fresh('/sign-in') : this.clients[name].signIn());
		}
		return this.clients[name];
	}

	async look(who, path, see) {
		return JSON.stringify(see(await (await this.client(who)).json(path)));
	}

	// name: the operation. see: what of that page the operation changes; secret: the answer is told once.
	async do(name, who, path, body, { at = path, by = who, see = null, secret = false, done = 200 } = {}) {
		const client = await this.client(who), headers = { 'Idempotency-Key': `"once-${++this.keys}"` };
		const before = see && await this.look(by, at, see);
		// The first answer was lost, with its cookies.
		const jar = [...client.jar];
		const ask = (values = body) => {
			client.jar = new Map(jar);
			return client.ask('POST', path, { json: values, accept: json, headers });
		};
		const first = await ask();
		expect(first.status === done, `${name}: ${first.status} ${first.body}`);
		const after = see && await this.look(by, at, see);
		expect(!see || before !== after, `${name} changes nothing at ${at}: ${after}`);
		const second = await ask();
		expect(second.headers.get('idempotency-replayed') === 'true', `${name}: performed anew: ${second.status} ${second.body}`);
		if (secret)
			expect(second.status === 200 && JSON.parse(second.body).done === 'repeated', `${name}: ${second.status} ${second.body}`);
		else
			expect(second.status === first.status && second.body === first.body && second.headers.get('location') === first.headers.get('location'),
				`${name}: first ${first.status} ${first.body}, then ${second.status} ${second.body}`);
		expect(!see || await this.look(by, at, see) === after, `${name} has two effects`);
		const other = await ask({ ...body, more: 'x' });
		expect(other.status === 422 && JSON.parse(other.body).type === '/problems/repeat.other', `${name}, another request: ${other.status} ${other.body}`);
		this.seen.add(name);
		return JSON.parse(first.body);
	}
}

async function account(t) {
	const tokens = (page) => page.tokens.filter((token) => !token.ended).map((token) => token.token);
	await t.do('makeToken', 'zhangwei', '/account/tokens', { name: 'twice', scopes: ['read'], days: 7, password }, { see: tokens, secret: true });
	const [token] = JSON.parse(await t.look('zhangwei', '/account/tokens', tokens));
	await t.do('endToken', 'zhangwei', '/account/tokens/end', { end: token }, { at: '/account/tokens', see: tokens });

	const hooks = (page) => page.hooks.map((hook) => hook.hook);
	await t.do('makeWebhook', 'zhangwei', '/account/webhooks', { url: 'https://hooks.example/', password }, { see: hooks, secret: true });
	const [hook] = JSON.parse(await t.look('zhangwei', '/account/webhooks', hooks));
	await t.do('changeWebhook', 'zhangwei', '/account/webhooks/change', { do: 'test', hook },
		{ at: `/account/webhooks/${hook}/messages`, see: (page) => page.messages.map((message) => message.message) });
	await t.do('changeWebhook', 'zhangwei', '/account/webhooks/change', { do: 'rotate', hook },
		{ at: '/account/webhooks', see: (page) => page.hooks.map((one) => Boolean(one.both_until)), secret: true });
	await t.do('changeWebhook', 'zhangwei', '/account/webhooks/change', { do: 'remove', hook }, { at: '/account/webhooks', see: hooks });

	await t.do('changeAccount', 'zhangwei', '/account/edit', { ...mobile, address: '示例路10号' },
		{ at: '/account', see: (page) => page.contact.facts.map((fact) => fact.value) });
	const other = new Client(t.court.url, 'zhangwei');
	await other.signIn();
	await t.do('endSession', 'zhangwei', '/account/sessions', { end: 'others' },
		{ at: '/account', see: (page) => page.sessions.filter((session) => !session.ended).length });
	await t.do('changeSecondProof', 'hongda', '/account/second', { do: 'begin', password }, { at: '/account/second', see: (page) => page.secret });
	await t.do('changePassword', 'hongda', '/account/password', { old: password, fresh: 'another plain word' });
	await t.do('register', 'nobody', '/register/citizen', newcomer);
}

async function work(t) {
	const people = JSON.parse(await t.look('bj-filing', `/people?q=${encodeURIComponent('王强')}`, (page) => page.rows));
	const person = people[0].href;
	await t.do('decideOnPerson', 'bj-filing', person, { do: 'grant', source: 'source.card' }, { see: (page) => page.history.notes.length });
	await t.do('changeOffice', 'bj-admin', '/offices/132', { number: 'wangqiang', office: 'mediator' }, { see: (page) => page.rows.length });
	const bench = await (await t.client('bj-president')).get('/bench?court=132');
	const judge = bench.body.match(/<option value="([^"]+)"[^>]*>/g).map((option) => option.match(/value="([^"]*)"/)[1]).find(Boolean);
	const day = (ahead) => new Date(Date.now() + ahead * 86400e3).toISOString().slice(0, 10);
	const rows = (page) => page.rows.map((row) => row.id);
	await t.do('noteAbsence', 'bj-president', '/bench?court=132', { do: 'note', person: judge, first: day(30), last: day(31), reason: '培训' }, { see: rows });
	const [absence] = JSON.parse(await t.look('bj-president', '/bench?court=132', rows));
	await t.do('noteAbsence', 'bj-president', '/bench?court=132', { do: 'drop', absence }, { see: rows });
}

async function cases(t) {
	// What follows from an act may be entered meanwhile: only entries of this act are counted.
	const entered = (code) => (page) => page.entries.filter((entry) => entry.code === code).length;
	const drafts = (page) => page.drafts;
	await t.do('actSubmit', 'zhangwei', '/file', { do: 'start' }, { at: '/cases', see: drafts });
	const { href: draft } = await t.do('actSubmit', 'zhangwei', '/file', { do: 'start' }, { at: '/cases', see: drafts });
	await t.do('keepDraft', 'zhangwei', `${draft.split('?')[0]}?step=1`, { do: 'save', capacity: 'self' });
	const { href } = await t.do('actSubmit', 'zhangwei', '/file', complaint, { at: '/cases', see: (page) => page.rows.length, done: 201 });
	const docket = (code) => ({ at: `${href}/docket`, by: 'bj-filing', see: entered(code), done: 201 });
	await t.do('actRegister', 'bj-filing', `${href}/act/register`, { procedure: 'ordinary' }, docket('REGISTER'));
	const { href: order } = await t.do('payFee', 'zhangwei', `${href}/pay`, {});
	const asked = Object.fromEntries(new URL(order, t.court.url).searchParams);
	// The payment service may tell of a payment as often as it likes: the order is paid once.
	for (const turn of ['first', 'second']) {
		const paid = await t.clients.zhangwei.do('/sandbox/pay', { do: 'pay', ...asked });
		const payments = await t.look('zhangwei', `${href}/pay`, (page) => page.payments.length);
		expect(paid.href.endsWith('/pay?back=1') && payments === '1', `${turn}: ${JSON.stringify(paid)}, ${payments} payments`);
	}
	await t.do('actServe', 'bj-clerk', `${href}/act/serve`, {}, docket('SERVE'));
}

// Those that need a browser's device or another service, which the tests of their own files have.
const elsewhere = { makePasskey: 'passkey.test.mjs', renamePasskey: 'passkey.test.mjs', removePasskey: 'passkey.test.mjs',
	linkProvider: 'federation.test.mjs', endProvider: 'federation.test.mjs' };

export async function everyOperationHasOneEffect({ court }) {
	const t = new Twice(court);
	await account(t);
	await work(t);
	await cases(t);
	const takes = Object.entries(readDocument().paths).flatMap(([path, methods]) => Object.entries(methods).map(([, o]) => ({ path, ...o })))
		.filter((o) => o.parameters?.some((p) => p.$ref?.endsWith('/Idempotency-Key')));
	expect(takes.length > 40, `${takes.length} take a key`);
	for (const { operationId: name, path } of takes)
		expect(t.seen.has(name) || elsewhere[name] || path.includes('/act/'), `${name} was never sent twice`);
	for (const name of t.seen)
		expect(takes.some((o) => o.operationId === name), `${name} does not say that it takes a key`);
}

// A door opens each time: an answer that was lost had the only key to it.
export async function signingInIsDoneAnew({ court }) {
	const client = new Client(court.url, 'lina');
	await client.fresh('/sign-in');
	const ask = () => client.ask('POST', '/sign-in', { json: { name: 'lina', password }, accept: json, headers: { 'Idempotency-Key': '"in"' } });
	for (const turn of ['first', 'second']) {
		const stranger = [...client.jar];
		const answer = await ask();
		expect(answer.status === 200 && answer.headers.getSetCookie().length && JSON.parse(answer.body).href === '/',
			`${turn}: ${answer.status} ${answer.body}`);
		client.jar = new Map(stranger);
	}
}
