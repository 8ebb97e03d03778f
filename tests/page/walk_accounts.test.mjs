// Who has an account: every way on which somebody who is not signed in, or only claims to be who they are, names a
// person, is answered with the same words after the same work (hashes counted, not timed), whether there is
// such an account or not. What a number that is taken says is all that is ever said (SECURITY.md).

import { createHash } from 'node:crypto';
import { Client } from './client.mjs';
import { expect, password } from './court.mjs';
import { sql } from './store.mjs';
import { Walk } from './walk.mjs';

const bare = (answer, ...words) => [answer.headers.get('x-request-id'), ...words].reduce((body, word) => body.replaceAll(word, ''), answer.body)
	.replaceAll(/name="(csrf|once)" value="[^"]*"/g, '');

async function reckoned(court) {
	const { body } = await new Client(court.url, '').get('/metrics');
	return Number(body.match(/^microcourt_passwords_reckoned_total (\d+)/m)[1]);
}

// Somebody new at the door: another browser, and another block of addresses, so that nobody waits for others.
let blocks = 0;
async function stranger(court, path = '/sign-in') {
	const client = new Client(court.url, 'stranger');
	client.from = { 'X-Forwarded-For': `198.18.${++blocks}.1` };
	client.token = (await client.get(path, { headers: client.from })).body.match(/name="csrf" value="([^"]*)"/)[1];
	return client;
}

// A citizen's number that nobody has: the eighteenth digit checks the others (GB 11643).
function citizen(order) {
	const digits = `11000019800101${String(order).padStart(3, '0')}`, weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
	return digits + '10X98765432'[[...digits].reduce((sum, digit, i) => sum + digit * weights[i], 0) % 11];
}

// Of the sample network: zhangwei's mobile, and anybody's number.
const known = { mobile: '13800000001' };
const numberOf = (court, name) => sql(court, `select p.number from person p join account a on a.court = p.court and a.person = p.person where a.name = '${name.toUpperCase()}'`)[0];

// -- the door -------------------------------------------------------------------------------------

async function signIn(client, name, word = 'not the password', accept = 'text/html') {
	return client.ask('POST', '/sign-in', { form: { name, password: word, csrf: client.token }, headers: client.from, accept });
}

export async function theDoorSaysTheSame({ court }) {
	await court.later({ seconds: 1800 });           // what others have tried is over
	const walk = new Walk(court), there = ['zhangwei', known.mobile, 'bj-clerk', 'wangqiang', 'lina'], never = ['nobody-at-all', '13912345678', citizen(901), 'nobody@example.org'];
	const [person] = sql(court, "select person from account where name = 'LINA'");
	// One of them has a second proof.
	sql(court, `insert into passkey (court, passkey, person, credential, algorithm, public_key, counter, name, since, used, regressed)
		values ('0', '${'cd34'.repeat(16)}', '${person}', 'Y3JlZGVudGlhbA', -7, '${'11'.repeat(64)}', 0, 'phone', 1, 0, 0)`);
	for (const accept of ['text/html', 'application/json']) {
		let first;
		for (const name of [...there, ...never]) {
			const client = await stranger(court), told = [];
			for (let i = 0; i < 3; i++) {
				const before = await reckoned(court), answer = await signIn(client, name, 'not the password', accept);
				told.push([answer.status, await reckoned(court) - before, bare(answer, name)].join(' '));
			}
			first ??= told;
			if (told.join('\n') !== first.join('\n'))
				walk.fault(`${name} ${accept}: ${told.map((one) => one.slice(0, 6))}, and others ${first.map((one) => one.slice(0, 6))}`);
		}
	}
	// Six of each are tried now: from here on everybody waits, whoever it is, and without work.
	for (const name of [...there, ...never]) {
		const before = await reckoned(court), { status } = await signIn(await stranger(court), name);
		if (status !== 429 || await reckoned(court) !== before)
			walk.fault(`${name}, the seventh time: ${status}`);
	}
	// Nor is it said that two names are one person's.
	const { status } = await signIn(await stranger(court), numberOf(court, 'zhangwei'));
	if (status !== 422)
		walk.fault(`another name of somebody who is waited for: ${status}`);
	expect(!walk.faults.length, walk.faults.join('\n'));
}
theDoorSaysTheSame.seconds = 240;

// Whose a key is cannot be tried out. (Its id is 128 bits by chance and more, and told by its device alone.)
export async function aKeyThatIsKnownSaysNoMore({ court }) {
	const id = createHash('sha256').update('Y3JlZGVudGlhbA').digest('hex');
	sql(court, `insert into passkey (court, passkey, person, credential, algorithm, public_key, counter, name, since, used, regressed)
		select '0', '${id}', person, 'Y3JlZGVudGlhbA', -7, '${'11'.repeat(64)}', 0, 'tablet', 1, 0, 0 from account where name = 'WANGQIANG'`);
	const client = await stranger(court), answers = [];
	for (const credential of ['Y3JlZGVudGlhbA', 'bm90aGluZw'])
		for (const user of ['bm9ib2R5', 'emhhbmd3ZWk']) {
			const challenge = JSON.parse((await client.ask('POST', '/sign-in/passkey/challenge', { json: {}, accept: 'application/json', headers: client.from })).body);
			const data = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge: challenge.challenge, origin: court.url })).toString('base64url');
			const answer = await client.ask('POST', '/sign-in/passkey', { json: { credential, user, client_data: data, authenticator_data: 'AAAA', signature: 'AAAA' },
				accept: 'application/json', headers: client.from });
			answers.push(`${answer.status} ${bare(answer)}`);
		}
	expect(new Set(answers).size === 1 && /^422 .*passkey\.unknown/.test(answers[0]), `keys: ${answers.join('\n')}`);
}

// -- registering ------------------------------------------------------------------------------------

const details = (number, more) => ({ name: '周小川', number, mobile: '13700001234', email: '', address: '北京市海淀区示例路5号', password: 'a long word of mine', again: 'a long word of mine', true: 'yes', ...more });

const planted = 'A'.repeat(43);

async function register(court, values, step) {
	const client = await stranger(court, '/register/citizen'), before = await reckoned(court);
	client.jar.set('court', planted);
	const answer = await client.ask('POST', '/register/citizen', { form: { ...values, step, do: step === '4' ? 'submit' : 'next', csrf: client.token }, headers: client.from });
	return { client, answer, work: await reckoned(court) - before };
}

export async function registeringSaysNothingOfOthers({ court }) {
	await court.later({ seconds: 1800 });
	const number = numberOf(court, 'zhangwei'), unverified = numberOf(court, 'wangqiang');
	// On the way nothing is looked up: the same page comes for a number, a mobile and an e-mail that are taken.
	for (const step of ['1', '3']) {
		const taken = details(number, { mobile: known.mobile }), free = details(citizen(902), { mobile: '13912345670' });
		const one = await register(court, taken, step), other = await register(court, free, step);
		expect(one.answer.status === other.answer.status && bare(one.answer, taken.number, taken.mobile) === bare(other.answer, free.number, free.mobile), `step ${step}: ${one.answer.status} ${other.answer.status}`);
	}
	// A mobile that is taken registers like one that is not, and signs in nobody until somebody is verified.
	for (const [fresh, mobile] of [[citizen(903), known.mobile], [citizen(904), '13912345671']]) {
		const { client, answer, work } = await register(court, details(fresh, { mobile }), '4');
		expect(answer.status === 303 && answer.headers.get('location') === '/account?done=registered' && work === 1, `${mobile}: ${answer.status}, ${work} hashes`);
		expect(/^[A-Za-z0-9_-]{43}$/.test(client.jar.get('court')) && client.jar.get('court') !== planted, 'a session of its own');
		const by = await signIn(await stranger(court), mobile, 'a long word of mine'), byNumber = await signIn(await stranger(court), fresh, 'a long word of mine');
		expect(by.status === 422 && byNumber.status === 303, `${mobile} signs in: ${by.status}, ${fresh}: ${byNumber.status}`);
	}
	// A number has one account. Whose, and how far, is not said, and it is as much work.
	const said = new Set();
	for (const taken of [number, unverified, citizen(903)]) {
		const { client, answer, work } = await register(court, details(taken, { mobile: '13912345672' }), '4');
		expect(answer.status === 409 && work === 1 && client.jar.get('court') === planted, `${taken}: ${answer.status}, ${work} hashes`);
		said.add(bare(answer, taken));
	}
	expect(said.size === 1, 'one answer for every number that has an account');
}

// What one who only claims to be somebody may change of oneself says as little.
export async function correctingSaysNothingOfOthers({ court }) {
	const { client } = await register(court, details(citizen(905)), '4'), answers = [];
	for (const mobile of ['13912345673', known.mobile]) {
		await client.fresh('/account/edit');
		const { status, headers } = await client.ask('POST', '/account/edit', { form: { ...details(citizen(905), { mobile }), lang: 'zh', csrf: client.token } });
		answers.push(`${status} ${headers.get('location')}`, (await signIn(await stranger(court), mobile, 'a long word of mine')).status);
	}
	expect(answers[0] === answers[2] && answers[0].startsWith('303') && answers[1] === answers[3], answers.join(', '));
}

// -- in a case ----------------------------------------------------------------------------------------

export async function namingAnAgentLooksNobodyUp({ court }) {
	await court.later({ seconds: 1800 });
	const walk = new Walk(court), said = new Set();
	await walk.open(['zhangwei', 'hz-filing', 'bj-filing', 'bj-clerk']);
	await walk.file();
	await walk.act('hz-filing', 'forward');
	await walk.act('bj-filing', 'register', { procedure: 'summary' });
	for (const [name, number] of [['王强', numberOf(court, 'wangqiang')], ['李静静', numberOf(court, 'lijing')], ['周小川', citizen(906)], ['周小川', citizen(903)]]) {
		const answer = await walk.clients.zhangwei.ask('POST', `${walk.case}/act/grant-authority`, { json: { name, number, kind: 'lawyer', scope: 'general', truth: 'yes', do: 'submit' }, accept: 'application/json' });
		said.add(`${answer.status} ${bare(answer)}`);
	}
	expect(said.size === 1 && /^422/.test([...said][0]), [...said].join('\n'));
}
