// disk_postgres.mjs: a court whose database has no room left: PostgreSQL on a small disk of its own (a tmpfs,
// mounted as root). Acts are refused with a reason that says so, PostgreSQL itself may even go down, as it does when
// its log finds no room; nothing that was acknowledged is lost, nothing is half done, and when there is room, and
// whoever minds it has PostgreSQL running, the court goes on by itself.

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Court, expect, form, pause, pdf } from './rig.mjs';

const run = promisify(execFile), small = process.env.TEST_POSTGRES_ON;
if (!small) {
	const disk = await mkdtemp(join(tmpdir(), 'microcourt-disk-'));
	let code = 1;
	try {
		await run('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=755', 'tmpfs', disk]);
		const again = spawn(join(dirname(fileURLToPath(import.meta.url)), '../postgres.sh'), [process.execPath, ...process.argv.slice(1)],
			{ stdio: 'inherit', env: { ...process.env, TEST_POSTGRES_ON: disk } });
		code = await new Promise((done) => again.once('exit', (ended) => done(ended ?? 1)));
	} catch (wrong) {
		console.log(`${wrong}\n0 passed, 1 failed`);
	}
	await run('umount', ['-l', disk]).catch(() => {});
	await rm(disk, { recursive: true, force: true });
	process.exit(code);
}

const folder = await mkdtemp(join(tmpdir(), 'microcourt-disk-')), court = new Court(folder), complaint = await form('complaint');
const filler = join(small, 'filler');
let passed = 0, failed = 0;
function judge(good, what) {
	good ? passed++ : failed++;
	if (!good)
		console.log(what);
}

async function fill() {
	const file = await open(filler, 'a');
	for (let size = 1 << 20; size >= 1; size >>= 1)
		while ((await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }))).bytesWritten === size)
			;
	await file.close();
}

// Whether PostgreSQL answers; if it has gone down, it is started again, as its keeper would do.
async function minded() {
	for (let n = 0; n < 100; n++, await pause(200)) {
		if (await court.rows('select 1').then(() => true, () => false))
			return true;
		if (n % 25 === 20)
			await run(process.env.TEST_POSTGRES_RESTART, { timeout: 20000 }).catch(() => {});
	}
	return false;
}

const done = [], file = (n) => court.post('zhangwei', '/file', complaint, { files: { 'items.1.file': ['借条.pdf', pdf(`postgres ${n}`)] } });

try {
	await court.make();
	for (const who of ['zhangwei', 'bj-filing'])
		await court.signIn(who);
	for (let n = 0; n < 3; n++) {
		const answer = await file(n);
		expect(answer.status === 201, `to file: ${answer.status} ${answer.text}`);
		done.push(answer.headers.location);
	}
	await fill();
	let refused = 0;
	for (let n = 0; n < 400 && refused < 6; n++) {
		const answer = await file(`full ${n}`).catch((wrong) => ({ status: 0, text: `${wrong}` }));
		if (answer.status === 201) {
			done.push(answer.headers.location);
			if (n % 10 === 9)
				await fill();
			continue;
		}
		const said = answer.status === 503 ? answer.json() : {};
		judge(/\/(store\.full|store\.down)$/.test(said.type ?? '') && said.detail && said.remedy, `no room: ${answer.status} ${answer.text.slice(0, 300)}`);
		refused++;
		await fill();
	}
	judge(refused === 6, `${refused} acts were refused on the full disk, ${done.length} done`);
	const seen = await court.ask('zhangwei', done[0]);
	judge(seen.status === 200 || seen.status === 503, `to read: ${seen.status} ${seen.text.slice(0, 200)}`);

	await rm(filler);
	judge(await minded(), 'PostgreSQL does not come up when there is room');
	let later;
	for (let n = 0; n < 50; n++, await pause(200))
		if ((later = await file(`later ${n}`)).status !== 503)
			break;
	judge(later.status === 201, `to file when there is room: ${later.status} ${later.text.slice(0, 300)}`);
	done.push(later.headers.location);
	const there = (await court.rows('select id from docket')).flat();
	judge(new Set(there).size === there.length && done.every((place) => there.includes(place.split('/').pop())),
		`${done.length} acknowledged, ${there.length} there`);
	for (const place of [done[0], done.at(-1)]) {
		const answer = await court.ask('zhangwei', place);
		judge(answer.status === 200, `to read when there is room: ${answer.status}`);
	}
	const registered = await court.post('bj-filing', `${done[0]}/act/register`, { procedure: 'ordinary' });
	judge(registered.status === 201, `to register when there is room: ${registered.status} ${registered.text.slice(0, 300)}`);
	const { whole, said } = await court.verify();
	judge(whole, `verify: ${said}`);
	judge(await court.stop() === 0, 'the program does not end well');
	console.log(`${done.length} acknowledged, ${refused} refused for want of room`);
} catch (wrong) {
	judge(false, `${wrong.stack}\n${court.complained ?? ''}`);
	court.child?.kill('SIGKILL');
	await court.gone;
} finally {
	await rm(filler, { force: true });
	await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
