// history.mjs [SEED]: is the court one court? Histories of what clients did at the same time, with
// when they asked and when they heard, are held against a court that does one thing after the
// other (linear.mjs). Case numbers, the draw of a judge beside an absence, stages that only one
// may change, and places in a docket. With PostgreSQL through two programs on one database.
// First the checker has to refuse histories that are known to be wrong.

import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courtSpec, docketSpec, linear } from './linear.mjs';
import { chance, Court, expect, form, pause, pdf } from './rig.mjs';

const seed = Number(process.argv[2] ?? Date.now() % 1000000007), rounds = Number(process.argv[3] ?? 3), random = chance(seed);
let passed = 0, failed = 0;
function judge(good, what) {
	good ? passed++ : failed++;
	if (!good)
		console.log(what);
}

// -- the checker itself ------------------------------------------------------------------------

const op = (kind, id, call, back, outcome) => ({ kind, id, call, back, outcome });
const gave = (number, judge = 'j') => ({ number, judge });
const saw = (stage, number, judge) => ({ stage, number, judge });
const known = [
	[true, 'one after the other', [op('register', 'a', 1, 2, gave(1)), op('register', 'b', 3, 4, gave(2))]],
	[true, 'at the same time, in either order', [op('register', 'a', 1, 9, gave(2)), op('register', 'b', 2, 8, gave(1))]],
	[true, 'an answer that never came, and happened', [op('register', 'a', 1, Infinity), op('register', 'b', 2, 3, gave(2))]],
	[true, 'an answer that never came, and did not', [op('register', 'a', 1, Infinity), op('register', 'b', 2, 3, gave(1))]],
	[true, 'two want the same, one is refused', [op('register', 'a', 1, 4, gave(1)), op('retract', 'a', 2, 3, 'refused')]],
	[false, 'the same number twice', [op('register', 'a', 1, 9, gave(1)), op('register', 'b', 2, 8, gave(1))]],
	[false, 'a number is left out', [op('register', 'a', 1, 2, gave(1)), op('register', 'b', 3, 4, gave(3))]],
	[false, 'numbers against the order of time', [op('register', 'a', 1, 2, gave(2)), op('register', 'b', 3, 4, gave(1))]],
	[false, 'two win the same stage', [op('register', 'a', 1, 9, gave(1)), op('retract', 'a', 2, 8, 'done')]],
	[false, 'both are refused', [op('refuse', 'a', 1, 9, 'refused'), op('retract', 'a', 2, 8, 'refused')]],
	[false, 'what was done is lost', [op('register', 'a', 1, 2, gave(1)), op('read', 'a', 3, 4, saw('SUBMITTED', '', ''))]],
	[false, 'seen and then not seen', [op('register', 'a', 1, 9, gave(1)), op('read', 'a', 2, 3, saw('FEE_DUE', 1, 'j')), op('read', 'a', 4, 5, saw('SUBMITTED', '', ''))]],
	[false, 'a judge who is absent is drawn', [op('absent', '', 1, 2, { judge: 'j' }), op('register', 'a', 3, 4, gave(1, 'j'))]],
	[false, 'another judge than was drawn', [op('register', 'a', 1, 2, gave(1)), op('read', 'a', 3, 4, saw('FEE_DUE', 1, 'k'))]],
];
for (const [want, what, history] of known)
	judge(linear(history, courtSpec(['a', 'b'])).holds === want, `the checker is wrong about: ${what}`);
const lines = (...at) => at.map(([call, back, entry]) => ({ call, back, outcome: { entry } }));
judge(linear(lines([1, 5, 8], [2, 4, 7]), docketSpec(6)).holds, 'the checker is wrong about two lines');
judge(!linear(lines([1, 5, 7], [2, 4, 7]), docketSpec(6)).holds, 'the checker is wrong about two lines in one place');

// -- the court ---------------------------------------------------------------------------------

const folder = await mkdtemp(join(tmpdir(), 'microcourt-history-'));
const court = new Court(join(folder, 'one')), courts = [court], complaint = await form('complaint');
const refusal = await form('refusal').catch(() => null);
const act = (id, code) => `/cases/132/${id}/act/${code}`;
let numbered = 0;

const tick = () => Number(process.hrtime.bigint() / 1000n);

async function did(history, what, how) {
	const one = { ...what, call: tick(), back: Infinity };
	history.push(one);
	try {
		one.outcome = await how(courts[random(courts.length)]);
		one.back = tick();
	} catch (wrong) {
		if (!/cut off|ECONN|no answer/.test(String(wrong.code ?? wrong.message)))
			throw wrong;
	}
}

const refused = (answer, what) => {
	if (answer.status === 409)
		return 'refused';
	expect(answer.status === 201, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
	return answer.json();
};

async function round(n) {
	const cases = [], history = [];
	for (let i = 0; i < 8; i++) {
		const answer = await court.post('zhangwei', '/file', complaint, { files: { 'items.1.file': ['借条.pdf', pdf(`${seed} ${n} ${i}`)] } });
		expect(answer.status === 201, `file: ${answer.status} ${answer.text.slice(0, 300)}`);
		cases.push(answer.headers.location.split('/').pop());
	}
	const names = new Map((await court.rows("select p.person, p.name from person p where p.court = '0'")));
	const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
	const judges = (await court.rows("select person from account where name like 'BJJUDGE%' order by name")).flat();
	const kinds = {
		register: async (at, id) => {
			const done = refused(await at.post('bj-filing', act(id, 'register'), { procedure: 'ordinary' }), 'register');
			return done === 'refused' ? done : { number: Number(done.number.match(/(\d+)号/)[1]) - numbered };
		},
		refuse: async (at, id) => refused(await at.post('bj-filing', act(id, 'refuse'), refusal), 'refuse') === 'refused' ? 'refused' : 'done',
		retract: async (at, id) => refused(await at.post('zhangwei', act(id, 'retract'), { reasons: '双方已经和解，不再起诉。', truth: 'yes', sure: 'yes' }), 'retract') === 'refused' ? 'refused' : 'done',
		read: async (at, id) => {
			const answer = await at.ask('bj-filing', `/cases/132/${id}`);
			expect(answer.status === 200, `read: ${answer.status} ${answer.text.slice(0, 300)}`);
			const seen = answer.json();
			return { stage: seen.stage, number: seen.number ? Number(seen.number.match(/(\d+)号/)[1]) - numbered : '', judge: seen.judge };
		},
	};
	const client = async () => {
		for (let i = 0; i < 12; i++) {
			const id = cases[random(cases.length)], kind = ['register', 'register', refusal ? 'refuse' : 'register', 'retract', 'read', 'read', 'read'][random(7)];
			await did(history, { kind, id }, (at) => kinds[kind](at, id));
		}
	};
	const president = async () => {
		await pause(random(60));
		await did(history, { kind: 'absent' }, async (at) => {
			const values = Buffer.from(JSON.stringify({ person: judges[n % judges.length], first: today, last: today, reason: '培训' }));
			const answer = await at.ask('bj-president', '/bench', { body: values, headers: { 'Content-Type': 'application/json' } });
			expect(answer.status === 200, `absence: ${answer.status} ${answer.text.slice(0, 300)}`);
			return { judge: names.get(judges[n % judges.length]) };
		});
	};
	await Promise.all([client(), client(), client(), client(), client(), client(), n < judges.length - 1 ? president() : null]);
	// Whom the draw of each case has chosen, as it is kept; once and no more.
	const drawn = await court.rows(`select docket, judge from draw where docket in (${cases.map((id) => `'${id}'`).join(', ')})`);
	judge(new Set(drawn.map(([id]) => id)).size === drawn.length, `a judge was drawn twice: ${drawn}`);
	for (const one of history)
		if (one.kind === 'register' && one.outcome?.number)
			one.outcome.judge = names.get(drawn.find(([id]) => id === one.id)?.[1]);
	const { holds, deepest } = linear(history, courtSpec(cases));
	judge(holds, `seed ${seed}, round ${n}: no order explains this history:\n${JSON.stringify(history)}\nbest: ${JSON.stringify(deepest)}`);
	numbered += drawn.length;
	return history.length;
}

console.log(`seed ${seed}, ${court.server ? 'PostgreSQL, two programs' : 'SQLite'}`);
try {
	await court.make();
	if (court.server) {
		const other = new Court(join(folder, 'two'));
		await mkdir(other.data, { recursive: true });
		await copyFile(join(court.data, 'server.key'), join(other.data, 'server.key'));
		Object.assign(other, { database: court.database, people: court.people, clock: court.clock });
		await other.start();
		courts.push(other);
	}
	for (const who of ['zhangwei', 'bj-filing', 'bj-president'])
		await court.signIn(who);
	let operations = 0;
	for (let n = 0; n < rounds; n++)
		operations += await round(n);
	/* The dockets: two programs keep their read logs in two places, as two machines would. */
	const { said } = await court.verify();
	judge(/ entries, 0 broken\n/.test(said), `verify: ${said}`);
	console.log(`${operations} operations, ${numbered} numbers`);
} catch (wrong) {
	judge(false, `${wrong.stack}\n${courts.map(({ complained }) => complained).join('\n')}`);
} finally {
	for (const one of courts)
		if (one.child)
			await one.stop();
	await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
