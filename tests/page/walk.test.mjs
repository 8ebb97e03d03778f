// The walk of roles over routes: everybody asks for everything, at every stage of a case, and
// gets what this table says, which was written down from the law and not from the program.
// Whoever has no standing in a case cannot tell it from one that does not exist. No browser:
// this is about what is answered, not how it looks.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { changes, Client } from './client.mjs';
import { expect } from './court.mjs';

const program = process.env.MICROCOURT ?? new URL('../../build/release/microcourt', import.meta.url).pathname;

// -- who --------------------------------------------------------------------------------
// since: the stage from which one has standing; by: the roles of the act table one has there.

const stages = ['RECEIVED', 'SUBMITTED', 'FEE_DUE', 'READY', 'SERVED', 'ANSWERING', 'HEARING', 'DELIBERATING', 'APPEALABLE', 'CLOSED'];
const cast = {
	nobody:      { signed: false },
	wangqiang:   { verified: false },
	hongda:      {},
	zhangwei:    { since: 'RECEIVED', by: ['PLAINTIFF'], side: '张伟' },
	lina:        { since: 'SERVED', by: ['DEFENDANT'], side: '李娜' },
	lijing:      { since: 'READY', by: ['PLAINTIFF'], side: '张伟', agent: true },
	'bj-filing':    { since: 'RECEIVED', by: ['FILING'], works: true, staff: ['filing'] },
	'bj-clerk':     { since: 'RECEIVED', by: ['CLERK'], works: true, staff: ['clerk'] },
	'bj-assistant': { since: 'RECEIVED', by: ['ASSISTANT'], works: true, staff: ['assistant'] },
	'bj-president': { since: 'RECEIVED', by: ['PRESIDENT'], works: true, staff: ['president'] },
	judge:          { since: 'FEE_DUE', by: ['JUDGE'], works: true, staff: ['judge'] },
	'other judge':  { staff: ['judge'] },
	'bj-mediator':  { staff: ['mediator'] },
	'bj-admin':     { staff: ['admin'], court: '132' },
	'hz-filing':    { since: 'RECEIVED', by: ['DESK'], desk: true, staff: ['filing'] },
	'hz-clerk':     { staff: ['clerk'] },
	'hz-admin':     { staff: ['admin'], court: 'B1W' },
};

const holds = (who, ...offices) => offices.some((office) => who.staff?.includes(office));
const stands = (who, stage) => who.since !== undefined && stages.indexOf(stage) >= stages.indexOf(who.since);

// -- the act table, as the law reads it --------------------------------------------------

function readActs() {
	const text = readFileSync(new URL('../../src/law/act.tbl', import.meta.url), 'utf8');
	const live = ['FEE_DUE', 'READY', 'ANSWERING', 'EXCHANGING', 'SCHEDULED', 'HEARING', 'DELIBERATING'];
	const alive = ['SUBMITTED', 'CORRECTING', ...live, 'APPEALABLE', 'APPEALED'];
	const sets = { IN_REGISTERED: live, IN_ALIVE: alive, IN_FILED: [...alive, 'REFUSED', 'EFFECTIVE', 'WITHDRAWN', 'TRANSFERRED', 'CLOSED'] };
	return [...text.matchAll(/^ACT\((\w+),([\s\S]*?)\)\n(?=\n|ACT|\/\*|$)/gm)].map(([, code, row]) => ({
		code, path: code.toLowerCase().replaceAll('_', '-'),
		by: [...row.match(/\.by = ([^,]*)/)[1].matchAll(/BY\((\w+)\)/g)].map((m) => m[1]),
		in: [...row.match(/\.in = ([\s\S]*?),\s*\.?/)[1].matchAll(/IN\((\w+)\)|(IN_\w+)/g)].flatMap((m) => m[1] ?? sets[m[2]]),
		own: /\.own = true/.test(row), special: /\.special = true/.test(row),
	}));
}
const acts = readActs();

// What asking for the form of an act is answered with. Both: the act has a condition of its own.
function onAct(act, who, stage) {
	if (act.by.every((by) => by === 'SYSTEM') || act.by.includes('FILER'))
		return [404];
	if (!act.by.some((by) => who.by.includes(by)) || (who.agent && (act.own || act.special)))
		return [403];
	return act.in.includes(stage === 'SERVED' ? 'ANSWERING' : stage) ? [200, 409] : [409];
}

// -- the table ----------------------------------------------------------------------------

const ok = () => [200];
// In a case: whoever has no standing reads that there is none.
const inCase = (then = ok) => (who, at) => (stands(who, at.stage) ? then(who, at) : [404]);
const knows = (who, at) => who.works || who.side === '张伟' || (who.side === '李娜' && at.stage !== 'SERVED');
const office = (...offices) => (who) => [holds(who, ...offices) ? 200 : 403];
const C = '/cases/:court/:id';

// method, path, gate, what is answered behind the gate. form: sent with a token.
const table = [
	['GET', '/health', 'public', ok],
	['GET', '/ready', 'public', ok],
	['GET', '/metrics', 'public', ok],
	['GET', '/static/:name', 'public', ok],
	['GET', '/live', 'signed', ok],
	['GET', '/problems/:key', 'public', ok],
	['GET', '/style', 'public', ok],
	['POST', '/style', 'public', () => [200, 303, 422]],
	['GET', '/', 'public', ok],
	['GET', '/sign-in', 'public', (who) => [who.signed === false ? 200 : 303]],
	['POST', '/sign-in', 'public', () => [422, 429]],
	['POST', '/sign-out', 'signed', null],
	['GET', '/sign-in/second', 'public', () => [303, 409]],
	['POST', '/sign-in/second', 'public', () => [303, 409], { code: '000000' }],
	['GET', '/register', 'public', () => [200, 303]],
	['GET', '/register/:kind', 'public', () => [200, 303]],
	['POST', '/register/:kind', 'public', () => [422]],
	['GET', '/account', 'signed', ok],
	['POST', '/account/sessions', 'signed', () => [404], { end: 'nobodys' }],
	['GET', '/account/edit', 'signed', ok],
	['POST', '/account/edit', 'signed', () => [422]],
	['GET', '/account/password', 'signed', ok],
	['POST', '/account/password', 'signed', () => [422], { old: 'wrong', fresh: 'a', again: 'b' }],
	['GET', '/account/tokens', 'signed', ok],
	['POST', '/account/tokens', 'verified', () => [422, 429], { name: 'x', password: 'wrong' }],
	['POST', '/account/tokens/end', 'signed', () => [404], { end: 'nobodys' }],
	['GET', '/account/webhooks', 'signed', ok],
	['POST', '/account/webhooks', 'verified', () => [422, 429], { url: 'https://hooks.example/', password: 'wrong' }],
	['POST', '/account/webhooks/change', 'signed', () => [404], { do: 'remove', hook: '0.nobodys' }],
	['POST', '/sign-in/passkey', 'public', () => [422]],
	['POST', '/sign-in/passkey/challenge', 'public', ok],
	['GET', '/account/passkeys', 'signed', ok],
	['POST', '/account/passkeys', 'signed', () => [422]],
	['POST', '/account/passkeys/challenge', 'signed', () => [422, 429], { password: 'wrong' }],
	['POST', '/account/passkeys/remove', 'signed', () => [422, 429], { password: 'wrong', which: 'nobodys' }],
	['GET', '/account/second', 'signed', ok],
	['POST', '/account/second', 'signed', () => [422], { do: 'change', what: 'neither' }],
	['GET', '/account/second/qr', 'signed', () => [404]],
	['GET', '/sign-in/with/:provider', 'public', () => [404]],
	['GET', '/sign-in/with/:provider/back', 'public', () => [404]],
	['GET', '/sign-in/with/:provider/join', 'public', (who) => [who.signed === false ? 404 : 303]],
	['POST', '/sign-in/with/:provider/join', 'public', () => [404]],
	['GET', '/account/providers', 'signed', ok],
	['POST', '/account/providers', 'signed', () => [404], { provider: 'none', password: 'wrong' }],
	['POST', '/account/providers/end', 'signed', () => [404], { issuer: 'none', subject: 'none' }],
	['GET', '/people', 'staff', office('filing', 'admin')],
	['GET', '/people/:person', 'staff', office('filing', 'admin')],
	['POST', '/people/:person', 'staff', (who) => [holds(who, 'filing', 'admin') ? 422 : 403], { do: 'grant' }],
	['GET', '/courts', 'public', ok],
	['GET', '/courts/:court', 'public', ok],
	['GET', '/lists', 'public', ok],
	['GET', '/lists/:list', 'public', ok],
	['GET', '/offices', 'staff', (who) => [holds(who, 'admin') ? 303 : 403]],
	['GET', '/offices/:court', 'staff', (who) => [who.court === '132' ? 200 : 403]],
	['POST', '/offices/:court', 'staff', (who) => [who.court === '132' ? 422 : 403], { number: 'nobody', office: 'judge' }],
	['GET', `${C}/act/:act`, 'verified', inCase((who, at) => onAct(at.act, who, at.stage))],
	['POST', `${C}/act/:act`, 'verified', inCase((who, at) => (onAct(at.act, who, at.stage)[0] === 200 ? null : onAct(at.act, who, at.stage))), { do: 'submit' }],
	['GET', '/file', 'signed', ok],
	['POST', '/file', 'verified', null],
	['GET', '/file/:draft', 'verified', (who) => [who.side === '张伟' && !who.agent ? 200 : 404]],
	['POST', '/file/:draft', 'verified', (who) => (who.side === '张伟' && !who.agent ? null : [404]), { do: 'next' }],
	['GET', `${C}/receipt`, 'signed', inCase()],
	['GET', '/find/causes', 'public', ok],
	['GET', '/find/courts', 'public', ok],
	['GET', `${C}/files/:digest`, 'signed', inCase((who, at) => [knows(who, at) || (who.desk && at.stage === 'RECEIVED') ? 200 : 404])],
	['GET', '/file/:draft/files/:digest', 'verified', (who) => [who.side === '张伟' && !who.agent ? 200 : 404]],
	['OPTIONS', '/uploads', 'public', () => [204]],
	['POST', '/uploads', 'verified', () => [400]],
	['HEAD', '/uploads/:upload', 'verified', (who) => [who.side === '张伟' && !who.agent ? 200 : 404]],
	['PATCH', '/uploads/:upload', 'verified', (who) => [who.side === '张伟' && !who.agent ? 415 : 404]],
	['DELETE', '/uploads/:upload', 'verified', (who) => (who.side === '张伟' && !who.agent ? null : [404])],
	['GET', C, 'signed', inCase()],
	['GET', '/cases', 'signed', ok],
	['GET', `${C}/docket`, 'signed', inCase()],
	['GET', `${C}/docket/:number`, 'signed', inCase()],
	['GET', `${C}/acts`, 'signed', inCase()],
	['GET', `${C}/draw`, 'signed', inCase()],
	['GET', `${C}/papers/:number`, 'signed', inCase((who, at) => [at.paper(who) ? 200 : 404])],
	['GET', '/inbox', 'signed', ok],
	['GET', `${C}/hearings/:number/record`, 'signed', inCase((who, at) => [at.heard && knows(who, at) ? 200 : 404])],
	['GET', '/desk', 'staff', (who) => [holds(who, 'filing') ? 200 : 303]],
	['GET', '/docket', 'staff', office('clerk', 'assistant', 'judge', 'president')],
	['GET', '/today', 'staff', (who) => [holds(who, 'filing', 'clerk', 'assistant', 'judge', 'president') ? 200 : holds(who, 'admin') ? 303 : 403]],
	['GET', '/bench', 'staff', office('president')],
	['POST', '/bench', 'staff', (who) => [holds(who, 'president') ? 422 : 403]],
	['GET', `${C}/pay`, 'verified', inCase((who, at) => [!who.works && who.side !== '张伟' && !(who.desk && at.stage === 'RECEIVED') ? 403 : at.registered ? 200 : 409])],
	['POST', `${C}/pay`, 'verified', inCase((who, at) => (who.side !== '张伟' ? [403, 409] : at.stage === 'FEE_DUE' ? null : [409]))],
	['POST', '/payments/callback', 'open', () => [403]],
	['GET', '/sandbox/pay', 'public', () => [404]],
	['POST', '/sandbox/pay', 'public', () => [404]],
	['GET', '/calculators', 'public', ok],
	['GET', '/calculators/fee', 'public', ok],
	['GET', '/calculators/limit', 'public', ok],
	['GET', '/acts', 'public', ok],
	['GET', '/acts/:act', 'public', ok],
	['GET', '/about', 'public', ok],
	['GET', '/api', 'public', ok],
	['GET', '/openapi.json', 'public', ok],
];

// What stands before every handler. Undefined: it is the handler's turn.
function gate(kind, who, json) {
	if (kind === 'public' || kind === 'open')
		return undefined;
	if (who.signed === false)
		return [json ? 401 : 303];
	if ((kind === 'staff' && !who.staff) || (kind === 'verified' && who.verified === false))
		return [403];
	return undefined;
}

// -- the case -----------------------------------------------------------------------------

const secret = '蓝色账本';
const complaint = {
	capacity: 'self', court: '132', desk: 'B1W', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
	defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
	claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }],
	facts: `2025年3月1日，被告向原告借款十万元，记入${secret}，到期后至今没有归还。`,
};

class Walk {
	constructor(court) {
		Object.assign(this, { court, clients: {}, faults: [], asked: 0, shown: new Map() });
	}

	async open() {
		for (const name of Object.keys(cast))
			this.clients[name] = new Client(this.court.url, name);
		for (const i of [1, 2, 3])
			this.clients[`bj-judge${i}`] = new Client(this.court.url, `bj-judge${i}`);
		const plain = Object.entries(this.clients).filter(([name]) => !/^(nobody|judge|other judge)$/.test(name)).map(([, client]) => client);
		await Promise.all(plain.map((client) => client.signIn()));
		await this.clients.nobody.fresh('/sign-in');
		this.clients.judge = this.clients['bj-judge1'];
		this.clients['other judge'] = this.clients['bj-judge2'];
		this.everyone = plain;
	}

	// A draft with a file in it, which then comes with the complaint, and another that stays.
	async file() {
		const { zhangwei } = this.clients;
		const draft = async () => {
			const answer = await zhangwei.ask('POST', '/file', { form: { do: 'start', csrf: zhangwei.token } });
			return answer.headers.get('location').match(/\/file\/([^?]+)/)[1];
		};
		const attach = async (id) => {
			const form = new FormData();
			for (const [key, value] of Object.entries({ csrf: zhangwei.token, do: 'next', 'items.1.name': '借条', 'items.1.kind': 'documentary', 'items.1.purpose': '借款' }))
				form.set(key, value);
			form.set('items.1.file', new Blob(['借到十万元'], { type: 'text/plain' }), '借条.txt');
			const answer = await fetch(`${this.court.url}/file/${id}?step=8`, { method: 'POST', body: form, redirect: 'manual',
				headers: { Cookie: [...zhangwei.jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
			expect(answer.status === 303, `a file into a draft: ${answer.status} ${await answer.text()}`);
		};
		this.draft = await draft();
		await attach(this.draft);
		const sent = await draft();
		await attach(sent);
		const page = await zhangwei.get(`/file/${sent}?step=8`);
		this.digest = page.body.match(/items\.1\.file\.kept" value="([0-9a-f]{64})/)?.[1];
		expect(this.digest, 'the digest of the file');
		const kept = page.body.match(/items\.1\.file\.kept" value="([^"]*)"/)[1];
		const done = await zhangwei.do(`/file/${sent}?step=check`, { ...complaint, do: 'submit',
			items: [{ name: '借条', kind: 'documentary', purpose: '借款', 'file.kept': kept }] });
		this.case = done.href;
		const upload = await zhangwei.ask('POST', '/uploads', { headers: { 'Upload-Length': '5' } });
		this.upload = upload.headers.get('location').split('/').pop();
		this.person = (await this.clients['bj-filing'].json(`/people?q=${encodeURIComponent('王强')}`)).rows[0].href.split('/').pop();
	}

	act(who, code, form = {}) {
		return this.clients[who].do(`${this.case}/act/${code}`, { ...form, do: 'submit' });
	}

	async papers() {
		const list = [];
		for (let n = 1; ; n++) {
			const answer = await this.clients['bj-clerk'].get(`${this.case}/papers/${n}`, { accept: 'application/json' });
			if (answer.status !== 200)
				return list;
			list.push(JSON.parse(answer.body));
		}
	}

	// The values of ":name" pieces, one set for each thing that there is.
	places(path, list) {
		const [, court, id] = this.case.match(/\/cases\/([^/]+)\/(.+)/);
		let all = [{ court, id, name: 'court.css', key: 'person.sign_in', kind: 'citizen', person: this.person, draft: this.draft, list: 'causes',
			digest: this.digest, number: '1', provider: 'none', upload: this.upload }];
		if (path === '/acts/:act')
			all = [{ act: 'answer' }];
		else if (path.endsWith('/:act'))
			all = acts.map((act) => ({ ...all[0], act: act.path, row: act }));
		else if (path.includes('/papers/'))
			all = [...list, null].map((paper, i) => ({ ...all[0], number: `${i + 1}`, paper }));
		return all.map((place) => ({ ...place, path: path.replace(/:(\w+)/g, (_, name) => place[name]) }));
	}

	fault(words) {
		this.faults.push(words);
	}

	// One person, one address, in HTML and in JSON.
	async look(who, name, method, pattern, kind, judge, form, place, at) {
		const client = this.clients[name];
		at.act = place.row;
		at.paper = (person) => place.paper && mayRead(person, place.paper);
		for (const json of [false, true]) {
			const wanted = gate(kind, who, json) ?? (judge ? judge(who, at) : null);
			if (!wanted)
				continue;
			this.asked++;
			const answer = pattern === '/live' ? await this.live(client, json)
				: await client.ask(method, place.path, { form, accept: json ? 'application/json' : 'text/html' });
			if (!['public', 'open'].includes(kind) && method === 'GET' && answer.status < 300)
				this.shown.set(`${method} ${place.path}`, (this.shown.get(`${method} ${place.path}`) ?? 0) + 1);
			if (!wanted.includes(answer.status))
				this.fault(`${at.stage} ${name} ${method} ${place.path}${json ? ' (JSON)' : ''}: ${answer.status}, not ${wanted.join(' or ')}`);
			if (answer.body.includes(secret) && pattern.startsWith('/cases') && !knows(who, at) && !(who.desk && (at.stage === 'RECEIVED' || /papers/.test(pattern))))
				this.fault(`${at.stage} ${name} reads what was filed in ${place.path}${json ? ' (JSON)' : ''}`);
			if (place.paper && answer.status === 200 && json && who.side === '李娜' && at.stage === 'SERVED' && JSON.parse(answer.body).body.lines.length)
				this.fault(`${name} reads ${place.path} before receipt`);
		}
	}

	// Events never end by themselves: the head is enough.
	async live(client, json) {
		const stop = new AbortController();
		const answer = await fetch(`${client.url}/live`, { redirect: 'manual', signal: stop.signal,
			headers: { Accept: json ? 'application/json' : 'text/html', Cookie: [...client.jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
		stop.abort();
		return { status: answer.status, body: '' };
	}

	// Everybody asks for everything.
	async stand(stage) {
		const at = { stage, registered: stages.indexOf(stage) >= 2, heard: ['HEARING', 'DELIBERATING', 'APPEALABLE', 'CLOSED'].includes(stage) };
		const list = await this.papers();
		await Promise.all(Object.entries(cast).map(async ([name, who]) => {
			for (const [method, path, kind, judge, form] of table)
				if (stage === 'RECEIVED' || path.startsWith(C))
					for (const place of this.places(path, list))
						await this.look(who, name, method, path, kind, judge, form, place, { ...at });
			if (who.signed !== false && !stands(who, stage))
				await this.strange(name, stage).then(() => this.lists(name, stage));
			if (stands(who, stage) && who.verified !== false)
				await this.options(name, stage);
		}));
	}

	// For who has no standing the case and one that never was answer with the same bytes, but for the number
	// of the request.
	async strange(name, stage) {
		const bare = (answer, id) => answer.body.replaceAll(id, '').replaceAll(answer.headers.get('x-request-id'), '');
		const client = this.clients[name], [, court, id] = this.case.match(/\/cases\/([^/]+)\/(.+)/);
		const never = id.split('').reverse().join('');
		for (const more of ['', '/docket', '/papers/1', '/receipt', '/pay', '/act/answer', `/files/${this.digest}`])
			for (const accept of ['text/html', 'application/json']) {
				const is = await client.get(`${this.case}${more}`, { accept }), isNot = await client.get(`/cases/${court}/${never}${more}`, { accept });
				if (is.status !== isNot.status || bare(is, id) !== bare(isNot, never))
					this.fault(`${stage} ${name} can tell that there is a case: ${more} ${accept}`);
			}
	}

	// Nor does it stand in any list of theirs.
	async lists(name, stage) {
		const [, court, id] = this.case.match(/\/cases\/([^/]+)\/(.+)/);
		for (const path of ['/cases', '/inbox', '/docket', '/desk', '/today', `/docket?court=${court}`, `/desk?court=${court}`, `/today?court=${court}`, '/file'])
			for (const accept of ['text/html', 'application/json'])
				if ((await this.clients[name].get(path, { accept })).body.includes(id))
					this.fault(`${stage} ${name} finds the case in ${path}`);
	}

	// What a page offers can be opened, and nothing else can.
	async options(name, stage) {
		const list = (await this.clients[name].json(`${this.case}/acts`)).groups.flatMap((group) => group.acts);
		for (const act of list) {
			const path = act.code.toLowerCase().replaceAll('_', '-');
			const answer = await this.clients[name].get(`${this.case}/act/${path}`);
			if ((answer.status === 200) !== Boolean(act.href))
				this.fault(`${stage} ${name}: ${act.code} is ${act.href ? 'offered' : 'not offered'} and answers ${answer.status}`);
		}
	}

	// Whatever was shown to somebody stands in the read log, and the log is whole.
	reads() {
		const noted = new Map();
		for (const line of execFileSync(program, ['reads', '--data', this.court.data, ...this.court.rows], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim().split('\n')) {
			const [, person, , , method, status, uri] = line.split('\t');
			expect(person && status && uri, `a line of the read log: ${line}`);
			noted.set(`${method} ${uri}`, (noted.get(`${method} ${uri}`) ?? 0) + 1);
		}
		for (const [what, times] of this.shown)
			if (times > (noted.get(what) ?? 0))
				this.fault(`${what} was shown ${times} times and stands in the read log ${noted.get(what) ?? 0} times`);
	}

	// Everything that changes something, without the token, and with that of somebody else.
	async tokens() {
		const strange = this.clients.hongda.token;
		for (const [name, who] of Object.entries(cast))
			for (const [method, path, kind] of table)
				if (changes(method) && kind !== 'open' && !gate(kind, who, false))
					for (const token of ['', name === 'hongda' ? 'x' : strange]) {
						const place = this.places(path, [])[0];
						const answer = await this.clients[name].ask(method, place.path, { token });
						this.asked++;
						if (answer.status !== 403)
							this.fault(`${name} ${method} ${place.path} ${token ? 'with a strange' : 'without a'} token: ${answer.status}`);
					}
	}
}

// The law of reading: the court all; the desk what was handed in there; a party what it wrote and
// what was sent to it.
function mayRead(who, paper) {
	if (who.works)
		return true;
	if (who.desk)
		return ['COMPLAINT', 'RECEIPT'].includes(paper.kind);
	return paper.who === who.side || (who.side === '张伟' && ['COMPLAINT', 'RECEIPT'].includes(paper.kind))
		|| paper.services.some((service) => service.party === who.side);
}

export async function tableIsWhole() {
	const routes = execFileSync(program, ['routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => JSON.parse(line));
	const kind = ({ flags }) => (flags.includes('open') ? 'open' : flags.find((flag) => ['public', 'signed', 'verified', 'staff'].includes(flag)));
	const there = routes.map((r) => `${r.method} ${r.path} ${kind(r)}`).sort(), here = table.map(([method, path, who]) => `${method} ${path} ${who}`).sort();
	const missing = there.filter((route) => !here.includes(route)), gone = here.filter((route) => !there.includes(route));
	expect(!missing.length && !gone.length, `not in the table: ${missing.join(', ')}\nnot in the program: ${gone.join(', ')}`);
	expect(acts.length > 40, `${acts.length} acts`);
}

export async function everybodyAsksForEverything({ court }) {
	const walk = new Walk(court);
	await walk.open();
	await walk.file();
	await walk.stand('RECEIVED');
	await walk.tokens();
	await walk.act('hz-filing', 'forward');
	await walk.stand('SUBMITTED');
	await walk.act('bj-filing', 'register', { procedure: 'summary' });
	for (const i of [1, 2, 3])
		if ((await walk.clients[`bj-judge${i}`].get(walk.case)).status === 200)
			[walk.clients.judge, walk.clients['other judge']] = [walk.clients[`bj-judge${i}`], walk.clients[`bj-judge${i % 3 + 1}`]];
	await walk.stand('FEE_DUE');
	await walk.act('zhangwei', 'grant-authority', { name: '李静', number: '110000198507120047', kind: 'lawyer', scope: 'general', truth: 'yes' });
	await walk.act('lijing', 'accept-authority');
	await walk.pay();
	await walk.stand('READY');
	await walk.act('bj-clerk', 'serve');
	await walk.stand('SERVED');
	await walk.receive();
	await walk.stand('ANSWERING');
	await walk.hear();
	await walk.stand('HEARING');
	await walk.act('judge', 'close-hearing', { debate: 'yes', last_words: 'yes', mediation: 'none' });
	await walk.stand('DELIBERATING');
	await walk.decide();
	await walk.stand('APPEALABLE');
	await walk.close();
	await walk.stand('CLOSED');
	walk.reads();
	console.log(`${walk.asked} times asked`);
	expect(!walk.faults.length, `${walk.faults.length} faults:\n${walk.faults.slice(0, 60).join('\n')}`);
}
everybodyAsksForEverything.seconds = 300;

Walk.prototype.pay = async function pay() {
	const { zhangwei } = this.clients;
	const go = await zhangwei.ask('POST', `${this.case}/pay`, { form: { csrf: zhangwei.token } });
	expect(go.status === 303, `to the payment service: ${go.status} ${go.body}`);
	const to = new URL(go.headers.get('location'), this.court.url);
	const paid = await zhangwei.ask('POST', to.pathname, { form: { csrf: zhangwei.token, do: 'pay', ...Object.fromEntries(to.searchParams) } });
	expect(paid.status === 303, `paid: ${paid.status} ${paid.body}`);
	// An order is good once, and only as it was signed.
	const forged = await this.clients.hongda.ask('POST', to.pathname, { form: { do: 'pay', ...Object.fromEntries(to.searchParams), fen: '1' } });
	if (forged.status !== 404)
		this.fault(`an order with another sum: ${forged.status}`);
};

Walk.prototype.receive = async function receive() {
	const { form } = await this.clients.lina.json(`${this.case}/act/receive`);
	const choice = form.sections.flatMap((section) => section.fields).find((field) => field.name === 'papers').options;
	await this.act('lina', 'receive', { papers: choice.map((option) => option.value), eservice: 'yes' });
};

Walk.prototype.hear = async function hear() {
	await this.act('lina', 'answer', { stance: 'deny', reasons: '借款早已全部归还，有银行转账记录为证，不应当再支付。', truth: 'yes' });
	const at = new Date(Date.now() + 120e3 + 8 * 3600e3).toISOString().slice(0, 16);
	await this.act('judge', 'schedule', { at, place: '第三法庭', open: 'public' });
	await this.court.later({ seconds: 180 });
	await this.act('judge', 'open', { present: ['1', '2'], rights: 'yes', recusal: 'none' });
	await this.act('bj-clerk', 'record', { lines: [{ speaker: '审判员', words: '现在开庭。' }] });
};

Walk.prototype.decide = async function decide() {
	await this.act('judge', 'pronounce', { facts: '2025年3月1日，被告向原告借款十万元，至今没有归还。', reasons: '借贷关系合法有效，被告应当归还借款本金，并支付逾期利息。',
		articles: [{ statute: '中华人民共和国民法典', article: '第六百七十五条' }], orders: [{ text: '被告李娜于本判决生效之日起十日内偿还原告张伟借款十万元。' }],
		costs: '案件受理费由被告负担。', manner: 'fixed' });
};

Walk.prototype.close = async function close() {
	await this.court.later({ days: 40 });
	await Promise.all(this.everyone.map((client) => client.signIn()));
	await this.act('bj-clerk', 'take-effect');
	await this.act('bj-clerk', 'close', { manner: 'judgment' });
};
