// What is another's is not there: the ids of drafts, files, uploads, tokens, sessions, passkeys, linked services,
// webhooks and their messages, orders, cases, agents, papers and absences, named by somebody else, are answered
// with the same status and the same bytes as ids that never were, and change nothing.

import { Client } from './client.mjs';
import { expect, password } from './court.mjs';
import { changed, settled, sql } from './store.mjs';
import { Walk } from './walk.mjs';

const ahead = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);
const turned = (id) => id.split('').reverse().join('');

class Others extends Walk {
	// What there is to take, all of it zhangwei's but for what is a court's.
	async own() {
		const { zhangwei } = this.clients, before = new Client(this.court.url, 'zhangwei');
		await before.signIn();
		this.session = (await before.get('/account')).body.match(/name="end" value="([0-9a-f]{64})"/)[1];
		const made = await zhangwei.ask('POST', '/account/tokens', { json: { name: 'mine', scopes: ['read'], password }, accept: 'application/json' });
		this.token = JSON.parse(made.body).tokens[0].token;
		const hook = async (name, court) => {
			const answer = await this.clients[name].ask('POST', '/account/webhooks', { json: { url: 'https://hooks.example/', court, password }, accept: 'application/json' });
			expect(answer.status === 200, `a webhook of ${name}: ${answer.body}`);
			return JSON.parse(answer.body).hooks[0].hook;
		};
		[this.hook, this.courtHook] = [await hook('zhangwei', '0'), await hook('bj-admin', '132')];
		await zhangwei.ask('POST', '/account/webhooks/change', { form: { do: 'test', hook: this.hook } });
		[this.message] = sql(this.court, "select id from webhook_message limit 1");
		const [person] = sql(this.court, "select person from account where name = 'ZHANGWEI'");
		this.passkey = 'ab12'.repeat(16);
		sql(this.court, `insert into passkey (court, passkey, person, credential, algorithm, public_key, counter, name, since, used, regressed)
			values ('0', '${this.passkey}', '${person}', 'Y3JlZGVudGlhbA', -7, '${'11'.repeat(64)}', 0, 'phone', 1, 0, 0)`);
		sql(this.court, `insert into federation (court, issuer, subject, person, since, seen) values ('0', 'https://issuer.example', 'subject-7', '${person}', 1, 0)`);
		[this.judge] = sql(this.court, "select person from account where name = 'BJJUDGE1'");
		const noted = await this.clients['bj-president'].ask('POST', '/bench?court=132', { form: { person: this.judge, first: ahead(10), last: ahead(11), reason: '休假' }, accept: 'application/json' });
		expect(noted.status === 200, `an absence: ${noted.status} ${noted.body}`);
		// One that is sent, and whole.
		const whole = await zhangwei.ask('POST', '/uploads', { headers: { 'Upload-Length': '1', 'Content-Type': 'application/offset+octet-stream' }, bytes: 'x' });
		expect(whole.status === 201, `an upload: ${whole.status}`);
		this.whole = whole.headers.get('location').split('/').pop();
	}

	// Who, and what of others they name: there, and what never was.
	table() {
		const id = this.case.split('/').pop(), never = turned(id), there = this.case, gone = there.replace(id, never);
		const tus = { headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0' } };
		const paths = (...rows) => rows.flatMap(([more, ...methods]) => methods.map((method) => [method, there + more, gone + more, {}]));
		const form = (path, is, isNot, more = {}) => ['POST', path, path, { form: { ...more, ...is } }, { form: { ...more, ...isNot } }];
		const strange = [
			...paths(['', 'GET'], ['/docket', 'GET'], ['/docket/1', 'GET'], ['/papers/1', 'GET'], ['/receipt', 'GET'], ['/acts', 'GET'], ['/draw', 'GET'], ['/hearings/1/record', 'GET'],
				[`/files/${this.digest}`, 'GET'], ['/pay', 'GET', 'POST'], ...['retract', 'grant-authority', 'accept-authority', 'revoke-authority', 'answer', 'serve', 'receive'].map((act) => [`/act/${act}`, 'GET', 'POST'])),
			...[['GET', ''], ['POST', ''], ['GET', `/files/${this.digest}`]].map(([method, more]) => [method, `/file/${this.draft}${more}`, `/file/${turned(this.draft)}${more}`, { form: { do: 'next' } }]),
			...['HEAD', 'PATCH', 'DELETE'].flatMap((method) => [this.upload, this.whole].map((upload) => [method, `/uploads/${upload}`, `/uploads/${turned(upload)}`, tus])),
			form('/account/tokens/end', { end: this.token }, { end: turned(this.token) }),
			form('/account/sessions', { end: this.session }, { end: turned(this.session) }),
			form('/account/passkeys/remove', { which: this.passkey }, { which: turned(this.passkey) }, { password }),
			form('/account/providers/end', { subject: 'subject-7' }, { subject: 'subject-8' }, { issuer: 'https://issuer.example' }),
			...[this.hook, this.courtHook].flatMap((hook) => ['test', 'rotate', 'remove', 'again'].map((does) =>
				form('/account/webhooks/change', { hook, message: this.message }, { hook: hook.replace(/[^.]+$/, turned), message: turned(this.message) }, { do: does }))),
			...['GET', 'POST'].map((method) => [method, `/sandbox/pay?court=132&order=${id}&fen=1&back=/&sign=0`, `/sandbox/pay?court=132&order=${never}&fen=1&back=/&sign=0`, {}]),
			['POST', '/payments/callback', '/payments/callback', { json: { court: '132', order: id } }, { json: { court: '132', order: never } }],
			['GET', `/people/${this.person}`, `/people/${turned(this.person)}`, {}], ['POST', `/people/${this.person}`, `/people/${turned(this.person)}`, { form: { do: 'renew' } }],
		];
		return [...['hongda', 'hz-clerk', 'lina'].flatMap((who) => strange.map((row) => [who, ...row])),
			// One's own court, somebody of another; one's own hook, a message of another's.
			['hz-president', ...form('/bench?court=B1W', { absence: `${this.judge} ${ahead(10)}` }, { absence: `${turned(this.judge)} ${ahead(10)}` }, { do: 'drop' })],
			['hz-president', ...form('/bench?court=B1W', { person: this.judge }, { person: turned(this.judge) }, { first: ahead(20), last: ahead(21), reason: '休假' })],
			['hz-admin', ...form('/account/webhooks/change', { hook: this.courtHook }, { hook: this.courtHook.replace(/[^.]+$/, turned) }, { do: 'rotate' })],
			['hongda', ...form('/account/webhooks/change', { message: this.message }, { message: turned(this.message) }, { do: 'again', hook: this.ownHook })],
			// A file of somebody else's in one's own draft.
			['hongda', ...form(`/file/${this.ownDraft}?step=8`, { 'items.1.file': `upload:${this.whole}` }, { 'items.1.file': `upload:${turned(this.whole)}` },
				{ do: 'next', 'items.1.name': '材料', 'items.1.kind': 'documentary', 'items.1.purpose': '证明' })],
		];
	}

	async compare(rows, allowed) {
		let found = 0;
		for (const [who, method, there, never, is, isNot = is] of rows)
			for (const accept of ['text/html', 'application/json']) {
				const client = this.clients[who], one = await client.ask(method, there, { accept, ...is }), other = await client.ask(method, never, { accept, ...isNot });
				this.asked += 2;
				if (one.status !== other.status || this.bare(one, there, is) !== this.bare(other, never, isNot))
					this.fault(`${who} ${method} ${there} ${JSON.stringify(is)} ${accept}: ${one.status}, and what never was: ${other.status}`);
				if (!allowed.includes(one.status))
					this.fault(`${who} ${method} ${there} ${JSON.stringify(is)} ${accept}: ${one.status}`);
				found += one.status === 404;
			}
		return found;
	}

	// Without what is one's own: the number of the request, the keys of the forms, and what was named.
	bare(answer, path, how) {
		let body = answer.body.replaceAll(path, '').replaceAll(encodeURIComponent(path), '');
		for (const word of [answer.headers.get('x-request-id'), ...path.split(/[/?&=]/).filter((piece) => piece.length >= 16),
			...Object.values(how.form ?? {}).flatMap((value) => [value, value.replace('upload:', '')]).filter((value) => value.length >= 9)])
			body = body.replaceAll(word, '').replaceAll(encodeURIComponent(word), '');
		return body.replaceAll(/name="(csrf|once)" value="[^"]*"/g, '');
	}
}

export async function whatIsAnothersIsNotThere({ court }) {
	const walk = new Others(court), names = ['zhangwei', 'hongda', 'lina', 'hz-clerk', 'hz-president', 'hz-admin', 'hz-filing', 'bj-filing', 'bj-clerk', 'bj-president', 'bj-admin', 'lijing'];
	await walk.open(names);
	await walk.file();
	await walk.own();
	const { hongda } = walk.clients;
	walk.ownDraft = (await hongda.ask('POST', '/file', { form: { do: 'start' } })).headers.get('location').match(/\/file\/([^?]+)/)[1];
	walk.ownHook = JSON.parse((await hongda.ask('POST', '/account/webhooks', { json: { url: 'https://other.example/', court: '0', password }, accept: 'application/json' })).body).hooks[0].hook;
	const before = await settled(court), rows = walk.table();
	const found = await walk.compare(rows, [403, 404, 422]);
	const after = changed(before, await settled(court), ['attempt']).filter((row) => !row.startsWith('+ draft') || !row.includes(walk.ownDraft) || /file/.test(row))
		.filter((row) => !row.startsWith('- draft') || !row.includes(walk.ownDraft));
	expect(!after.length, `${after.length} rows were changed:\n${after.slice(0, 10).join('\n')}`);
	console.log(`${walk.asked} times asked for what is another's; 404 ${found} times`);
	expect(!walk.faults.length, `${walk.faults.length} faults:\n${walk.faults.slice(0, 60).join('\n')}`);
	await walk.inTheCase();
}
whatIsAnothersIsNotThere.seconds = 240;

// Within one case: the agents, the papers and the items of the other side, named in one's own acts.
Others.prototype.inTheCase = async function inTheCase() {
	await this.act('hz-filing', 'forward');
	await this.act('bj-filing', 'register', { procedure: 'summary' });
	await this.act('zhangwei', 'grant-authority', { name: '李静', number: '110000198507120047', kind: 'lawyer', scope: 'general', truth: 'yes' });
	await this.act('lijing', 'accept-authority');
	await this.pay();
	await this.act('bj-clerk', 'serve');
	const act = (code, is, isNot, more) => ['lina', 'POST', `${this.case}/act/${code}`, `${this.case}/act/${code}`, { form: { do: 'submit', ...more, ...is } }, { form: { do: 'submit', ...more, ...isNot } }];
	const before = await settled(this.court);
	await this.compare([
		act('revoke-authority', { agent: '1' }, { agent: '77' }), act('change-authority', { agent: '1' }, { agent: '77' }, { scope: 'general' }), act('accept-authority', {}, {}),
		...sql(this.court, 'select number from served where party <> 2').map((served) => act('receive', { 'papers.1': served }, { 'papers.1': '77' })),
		...(await this.papers()).flatMap((paper, i) => (paper.services.some(({ party }) => party === '李娜') ? []
			: [['lina', 'GET', `${this.case}/papers/${i + 1}`, `${this.case}/papers/77`, {}]])),
		act('withdraw-item', { item: '1' }, { item: '77' }),
	], [403, 404, 409, 422]);
	const after = changed(before, await settled(this.court), ['draft']);     // what one typed oneself is kept
	expect(!after.length, `${after.length} rows were changed:\n${after.slice(0, 10).join('\n')}`);
	expect(!this.faults.length, `in the case, ${this.faults.length} faults:\n${this.faults.slice(0, 60).join('\n')}`);
};
