// The walk of roles over routes: everybody asks for everything, at every stage of a case, and
// gets what this table says, which was written down from the law and not from the program.
// Whoever has no standing in a case cannot tell it from one that does not exist. No browser:
// this is about what is answered, not how it looks.

import { execFileSync } from 'node:child_process';
import { expect } from './court.mjs';
import { acts, C, cast, gate, knows, mayRead, stages, stands, table } from './roles.mjs';
import { secret, Walk } from './walk.mjs';

const program = process.env.MICROCOURT ?? new URL('../../build/release/microcourt', import.meta.url).pathname;

class Everybody extends Walk {
	// One person, one address, in HTML and in JSON; an act in one of them, and in the other at the next stage.
	async look(who, name, method, pattern, kind, judge, form, place, at) {
		const client = this.clients[name];
		at.act = place.row;
		at.paper = (person) => place.paper && mayRead(person, place.paper);
		const turn = acts.indexOf(place.row) + stages.indexOf(at.stage) + (method === 'POST' ? 1 : 0);
		for (const json of place.row ? [turn % 2 === 1] : [false, true]) {
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
	const walk = new Everybody(court);
	await walk.open();
	await walk.file();
	await walk.stand('RECEIVED');
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
