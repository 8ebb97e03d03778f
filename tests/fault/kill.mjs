// kill.mjs KILLS [SEED [SECONDS]]: kills the program (kill -9) at random moments while people file, register,
// pay, serve, answer, show evidence and speak in hearings, starts it again, and looks at what is
// kept. On PostgreSQL some of the kills are of the database itself (immediate stop) or of the
// program's connections to it. What must hold after each:
//
//   nothing acknowledged is lost    the entry that an answer named stands in its docket
//   nothing happens twice           what was sent again with its key has one entry, as has the rest
//   no gap, no number twice         case numbers of a court, year and kind are 1, 2, 3 ...
//   chains are whole                microcourt verify: dockets and read log
//   files                           none missing or damaged; none that nobody named, but of
//                                   requests that nobody was told had succeeded
//   the outbox empties
//
// Prints the seed: with it the same things are done to the same moments, as far as a machine allows.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chance, Court, expect, form, pause, pdf, sha256 } from './rig.mjs';

const kills = Number(process.argv[2] ?? 50), seed = Number(process.argv[3] ?? Date.now() % 1000000007);
const until = Date.now() + 1000 * Number(process.argv[4] ?? 1e6);      // no new kill after that
const random = chance(seed), pick = (list) => list[random(list.length)];
const folder = await mkdtemp(join(tmpdir(), 'microcourt-kill-'));
const court = new Court(folder), postgres = court.server !== '';
const faults = [], sum = { kills: 0, sent: 0, acknowledged: 0, again: 0, unknown: 0, numbered: 0, database: 0, links: 0 };
const forms = {};
for (const name of ['complaint', 'answer', 'item', 'words', 'opening', 'hearing'])
	forms[name] = await form(name);
delete forms.item.file;

// By state: cases that wait for the next step. What somebody is just doing to a case is taken out.
const pool = { filed: [], registered: [], paid: [], served: [], answered: [], hearing: [] };
const takes = (state) => pool[state].splice(random(pool[state].length), 1)[0];
let count = 0;
const act = (id, code) => `/cases/132/${id}/act/${code}`;

// What can be done: its entry, who does it, to a case in which state, and the state it leaves it in.
const deeds = {
	SUBMIT: { who: 'zhangwei', to: 'filed', path: () => '/file', file: 'items.1.file',
		values: (mark) => ({ ...forms.complaint, facts: `${forms.complaint.facts}${mark}` }) },
	REGISTER: { who: 'bj-filing', from: 'filed', to: 'registered', path: (id) => act(id, 'register'), values: () => ({ procedure: 'ordinary' }) },
	SERVE: { who: 'bj-clerk', from: 'paid', to: 'served', path: (id) => act(id, 'serve'), values: () => ({}) },
	ANSWER: { who: 'lina', from: 'served', to: 'answered', path: (id) => act(id, 'answer'),
		values: (mark) => ({ ...forms.answer, reasons: `${forms.answer.reasons}${mark}` }) },
	SUBMIT_ITEM: { who: 'zhangwei', from: 'answered', stays: true, path: (id) => act(id, 'submit-item'), file: 'file',
		values: (mark) => ({ ...forms.item, name: `转账记录${mark}` }) },
	RECORD: { who: 'bj-clerk', from: 'hearing', stays: true, path: (id) => act(id, 'record'),
		values: (mark) => ({ ...forms.words, 'lines.1.words': `现在开庭。${mark}` }) },
};

async function send(op) {
	const { kind, id, mark, key } = op, deed = deeds[kind];
	op.file ??= deed.file && pdf(mark);
	const answer = await court.post(deed.who, deed.path(id), deed.values(mark), { key, files: deed.file ? { [deed.file]: ['借条.pdf', op.file] } : {} });
	op.status = answer.status;
	op.text = answer.text;
	const done = answer.status < 300 && answer.json();
	if (done && done.done !== 'repeated') {
		op.acknowledged = true;
		op.digest = done.digest;
		op.id ??= answer.headers.location?.split('/').pop() ?? done.href?.split('/').pop();
	} else if (!done) {
		throw new Error(`${kind}: ${answer.status} ${answer.text.slice(0, 300)}`);
	}
	return answer;
}

// Pays through the sandbox, as a browser would: the order, and the service that calls back.
async function pay(op) {
	const order = await court.post('zhangwei', `/cases/132/${op.id}/pay`, {});
	expect(order.status === 200, `an order to pay: ${order.status} ${order.text.slice(0, 200)}`);
	const there = new URL(order.json().href, 'http://court.test');
	const paid = await court.post('zhangwei', there.pathname, { ...Object.fromEntries(there.searchParams), do: 'pay' });
	expect(paid.status === 200, `a payment: ${paid.status} ${paid.text.slice(0, 200)}`);
	op.acknowledged = true;
}

function choose() {
	const can = Object.keys(deeds).filter((kind) => !deeds[kind].from || pool[deeds[kind].from].length);
	if (pool.registered.length)
		can.push('PAID', 'PAID');
	const kind = pick(can), deed = deeds[kind];
	const from = kind === 'PAID' ? 'registered' : deed.from;
	const op = { kind, mark: `〔${seed.toString(36)}.${++count}〕` };
	op.id = from && (deed?.stays ? pick(pool[from]) : takes(from));
	if (kind !== 'PAID' && random(2))
		op.key = `key-${seed}-${count}`;
	return op;
}

// What has become of an op: the number of entries that it made.
const entries = new Map();      // docket -> [{ number, act, form, digest }]
async function look(ops, since) {
	entries.clear();
	const ids = ops.map(({ id }) => id).filter(Boolean);
	const where = ids.length ? ` or docket in (${ids.map((id) => `'${id}'`).join(', ')})` : '';
	for (const [docket, number, code, words, digest] of await court.rows(`select docket, number, act, form, digest from entry where court = '132' and (at >= ${since}${where})`)) {
		if (!entries.has(docket))
			entries.set(docket, []);
		entries.get(docket).push({ number: Number(number), act: code, form: words, digest });
	}
}

function made(op) {
	const marked = op.kind === 'PAID' || !deeds[op.kind].values(op.mark) || ['REGISTER', 'SERVE'].includes(op.kind) ? '' : op.mark;
	const found = [];
	for (const [docket, list] of entries)
		if (!op.id || docket === op.id)
			for (const entry of list)
				if (entry.act === op.kind && entry.form.includes(marked))
					found.push({ docket, ...entry });
	return found;
}

const state = { PAID: 'paid' };
function settle(op) {
	const found = made(op);
	if (found.length > 1)
		faults.push(`${op.kind} ${op.mark} happened ${found.length} times`);
	if (op.acknowledged && !found.length)
		faults.push(`${op.kind} ${op.mark} was acknowledged and is lost`);
	if (op.digest && found.length && !found.some(({ digest }) => digest === op.digest))
		faults.push(`${op.kind} ${op.mark}: another entry stands where it was`);
	const to = state[op.kind] ?? deeds[op.kind].to;
	if (found.length && to)
		pool[to].push(found[0].docket);
	else if (!found.length && op.id && !deeds[op.kind]?.stays)
		pool[op.kind === 'PAID' ? 'registered' : deeds[op.kind].from].push(op.id);
	return found.length;
}

// Numbers of a court, year and kind are 1, 2, 3 ... and the counter stands at the last.
async function numbers() {
	const series = new Map();
	for (const [number] of await court.rows("select number from docket where number <> ''")) {
		const [, before, at] = number.match(/^(.*?)(\d+)号$/);
		if (!series.has(before))
			series.set(before, []);
		series.get(before).push(Number(at));
	}
	sum.numbered = 0;
	for (const [name, list] of series) {
		list.sort((a, b) => a - b);
		sum.numbered += list.length;
		if (list.some((number, i) => number !== i + 1))
			faults.push(`${name}: the numbers are ${list.join(' ')}`);
	}
}

const files = new Map();        // digest -> whether somebody was told that it was taken in
async function everything() {
	const since = Date.now();
	for (let due = 1; due; await pause(50)) {
		[[due]] = await court.rows('select count(*) from outbox');
		due = Number(due);
		if (due && Date.now() - since > 20000) {
			faults.push(`${due} rows of the outbox are not done`);
			break;
		}
	}
	const { whole, said } = await court.verify();
	if (!whole)
		faults.push(`verify: ${said}`);
	const have = await court.blobs(), named = new Set();
	for (const [words] of await court.rows("select form from entry where form like '%application/pdf%'"))
		for (const [digest] of words.matchAll(/\b[0-9a-f]{64}(?= \d+ application)/g))
			named.add(digest);
	for (const digest of named)
		if (!have.get(digest))
			faults.push(`the file ${digest} is ${have.has(digest) ? 'damaged' : 'missing'}`);
	for (const [digest, good] of have)
		if (!good || (!named.has(digest) && (files.get(digest) ?? true)))
			faults.push(`the file ${digest} ${good ? 'belongs to nobody' : 'is damaged'}`);
	sum.files = named.size;
	sum.left = [...have.keys()].filter((digest) => !named.has(digest)).length;
}

// Hearings to speak in, before the killing begins: the clock runs forward through one case.
async function hearings(n) {
	const judges = new Map((await court.rows("select person, name from account where name like 'BJJUDGE%'"))
		.map(([person, name]) => [person, name.replace('BJJUDGE', 'bj-judge')]));
	for (let i = 0; i < n; i++) {
		const ops = [];
		for (const kind of ['SUBMIT', 'REGISTER']) {
			ops.push({ kind, id: ops[0]?.id, mark: `〔${seed.toString(36)}.${++count}〕` });
			await send(ops.at(-1));
		}
		const { id } = ops[0];
		files.set(sha256(ops[0].file), true);
		await pay({ id });
		await send({ kind: 'SERVE', id, mark: '' });
		pool.preparing = [...(pool.preparing ?? []), id];
	}
	await pause(300);
	for (const id of pool.preparing) {
		const [[judge]] = await court.rows(`select judge from docket where id = '${id}'`);
		const who = judges.get(judge), day = (n) => new Date(Date.now() + n * 86400e3 + 8 * 3600e3).toISOString().slice(0, 10);
		const step = async (name, code, values) => {
			const answer = await court.post(name, act(id, code), values);
			expect(answer.status === 201, `${code}: ${answer.status} ${answer.text.slice(0, 400)}`);
		};
		const [served] = await court.rows(`select number from served where docket = '${id}' and party = 2 and effective = 0`).then((rows) => [rows.map(([n]) => n).join(',')]);
		await step('lina', 'receive', { papers: served });
		await step('lina', 'answer', forms.answer);
		await step(who, 'schedule', { ...forms.hearing, at: `${day(40)}T09:30` });
		const [call] = await court.rows(`select number from served where docket = '${id}' and party = 2 and effective = 0`).then((rows) => [rows.map(([n]) => n).join(',')]);
		await step('lina', 'receive', { papers: call });
	}
	await court.later(40 * 86400 + 86400);
	for (const who of ['zhangwei', 'lina', 'bj-filing', 'bj-clerk', ...judges.values()])
		await court.signIn(who);
	for (const id of pool.preparing) {
		const [[judge]] = await court.rows(`select judge from docket where id = '${id}'`);
		const answer = await court.post(judges.get(judge), act(id, 'open'), forms.opening);
		expect(answer.status === 201, `open: ${answer.status} ${answer.text.slice(0, 400)}`);
		pool.hearing.push(id);
	}
	delete pool.preparing;
}

// Ends what is to be killed. The database is started again before the program is.
async function strike() {
	const how = postgres ? random(10) : 9;
	if (how === 0 && process.env.TEST_POSTGRES_RESTART) {
		sum.database++;
		await Promise.all([promisify(execFile)('sh', ['-c', process.env.TEST_POSTGRES_RESTART]), random(2) ? court.kill() : null]);
		if (court.child.exitCode === null && court.child.signalCode === null)
			return false;
	} else if (how === 1) {
		sum.links++;
		await court.rows(`select pg_terminate_backend(pid) from pg_stat_activity where query not like '%pg_terminate%' and pid <> pg_backend_pid() and usename = 'court'`);
		return false;
	} else {
		await court.kill();
	}
	return true;
}

async function burst() {
	const ops = [], since = Math.floor(Date.now() / 1000) + 41 * 86400 - 5;
	let over = false;
	const worker = async () => {
		while (!over) {
			const op = choose();
			ops.push(op);
			await (op.kind === 'PAID' ? pay(op) : send(op)).catch((wrong) => { op.wrong = String(wrong.code ?? wrong.message); });
			if (op.wrong)
				break;
		}
	};
	const all = Promise.all([worker(), worker(), worker(), worker(), worker(), worker()]);
	await pause(10 + random(120));
	const dead = await strike();
	over = true;
	await all;
	if (dead)
		await court.start();
	sum.kills++;
	sum.sent += ops.length;
	// With a key, and no answer: sent again, exactly once is what it must have been.
	for (const op of ops.filter(({ acknowledged, key }) => !acknowledged && key)) {
		sum.again++;
		await send(op).then((answer) => { op.acknowledged = answer.status < 300; })
			.catch((wrong) => faults.push(`${op.kind} ${op.mark} sent again: ${wrong.message}`));
	}
	await look(ops, since);
	for (const op of ops) {
		if (op.file)
			files.set(sha256(op.file), Boolean(op.acknowledged));
		sum.acknowledged += Boolean(op.acknowledged);
		sum.unknown += !op.acknowledged;
		settle(op);
	}
	await numbers();
}

console.log(`seed ${seed}, ${kills} kills, ${postgres ? 'PostgreSQL' : 'SQLite'}`);
try {
	await court.make();
	for (const who of ['zhangwei', 'lina', 'bj-filing', 'bj-clerk', 'bj-judge1', 'bj-judge2', 'bj-judge3'])
		await court.signIn(who);
	await hearings(2);
	while (sum.kills < kills && Date.now() < until && !faults.length) {
		await burst();
		if (sum.kills % 50 === 0)
			await everything();
	}
	await everything();
	await court.stop();
} catch (wrong) {
	faults.push(wrong.stack);
	court.child?.kill('SIGKILL');
} finally {
	if (faults.length)
		console.log(`${faults.slice(0, 20).join('\n')}\n${court.complained ?? ''}\nthe data are in ${folder}`);
	else
		await rm(folder, { recursive: true, force: true });
}
console.log(Object.entries(sum).map(([name, n]) => `${name} ${n}`).join(', '));
console.log(`${sum.kills} passed, ${faults.length} failed`);
process.exit(faults.length ? 1 : 0);
