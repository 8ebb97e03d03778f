// clients.mjs: clients that do not behave, and a clock that jumps. Two thousand connections that
// say nothing, some that send a byte a second, some that vanish without a word: others are served,
// and who says nothing, or next to nothing, is cut off, but not a phone on a bad line; and what they hold
// meanwhile is bounded. Then the court's clock goes back and forth by years: what has
// been entered keeps its place, ids stay unique, and nobody waits for a time that was.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Court, expect, form, pause, pdf } from './rig.mjs';

const folder = await mkdtemp(join(tmpdir(), 'microcourt-clients-')), court = new Court(folder, { options: ['--line_patience', '6s'] }), complaint = await form('complaint');
let passed = 0, failed = 0;
function judge(good, what) {
	good ? passed++ : failed++;
	if (!good)
		console.log(what);
}

const lines = [];
function line(first) {
	const one = { socket: connect({ host: '127.0.0.1', port: court.port }), closed: false };
	one.open = new Promise((done) => one.socket.once('connect', done).once('error', done));
	one.socket.on('close', () => { one.closed = true; }).on('error', () => {}).on('data', () => {});
	if (first)
		one.socket.write(first);
	lines.push(one);
	return one;
}

const works = async (what) => {
	for (let n = 0; n < 10; n++) {
		const seen = await court.ask('zhangwei', '/cases');
		judge(seen.status === 200, `${what}, to read: ${seen.status}`);
	}
	const filed = await court.post('zhangwei', '/file', complaint, { files: { 'items.1.file': ['借条.pdf', pdf(what)] } });
	judge(filed.status === 201, `${what}, to file: ${filed.status} ${filed.text.slice(0, 300)}`);
	return filed.headers.location;
};

const years = 365 * 86400;
try {
	await court.make();
	await court.signIn('zhangwei');
	for (let n = 0; n < 2000; n++) {
		const one = line();
		if (n % 100 === 99)
			await one.open;
	}
	await works('2,000 idle connections');

	const kept = async () => Object.fromEntries((await readFile(`/proc/${court.child.pid}/status`, 'utf8')).split('\n').map((row) => row.split(/:\s+/)));

	// More of them than there are workers, each in the middle of a head or of a body.
	const slow = [];
	for (let n = 0; n < 80; n++)
		slow.push(line(n % 2 ? 'GET /cases HTTP/1.1\r\nHost: court.te'
			: 'POST /file HTTP/1.1\r\nHost: court.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\na='));
	const drip = setInterval(() => slow.forEach(({ socket, closed }) => closed || socket.write('a')), 500);
	for (let n = 0; n < 3; n++, await pause(1000))
		await works(`80 slow clients, ${n}`);
	const left = (some) => some.filter(({ closed }) => !closed).length;
	const gone = async (some, most) => {
		for (const began = Date.now(); left(some) && Date.now() - began < most;)
			await pause(200);
		return !left(some);
	};
	judge(await gone(slow, 40000), `${left(slow)} clients that send two bytes a second are still there`);
	clearInterval(drip);
	judge(await gone(lines, 40000), `${left(lines)} silent connections are still open`);

	// A phone on a bad line: two kilobytes a second, now and then nothing for a while.
	const slowly = pdf('x'.repeat(40000)), headers = { 'Tus-Resumable': '1.0.0', 'X-CSRF-Token': court.people.get('zhangwei').csrf };
	const made = await court.ask('zhangwei', '/uploads', { method: 'POST', headers: { ...headers, 'Upload-Length': slowly.length, 'Upload-Metadata': 'filename YS5wZGY=' } });
	const cookies = [...court.people.get('zhangwei').cookies].map(([k, v]) => `${k}=${v}`).join('; ');
	const phone = request({ host: '127.0.0.1', port: court.port, path: made.headers.location, method: 'PATCH', headers: { ...headers, Cookie: cookies,
		'Upload-Offset': 0, 'Content-Type': 'application/offset+octet-stream', 'Content-Length': slowly.length } });
	const heard = new Promise((done) => phone.on('response', (answer) => done(answer.resume().statusCode)).on('error', (wrong) => done(wrong.message)));
	for (let at = 0; at < slowly.length; at += 1000, await pause(at % 16000 ? 500 : 2500))
		phone.write(slowly.subarray(at, at + 1000));
	phone.end();
	const status = await heard;
	judge(status === 204, `a phone that sends 2 KB a second: ${status}`);

	// Half open: the other end is there no more and does not say so. To the court it is a silent one, in the
	// middle of a body. They have no thread each, and little memory.
	const before = await kept();
	for (let n = 0; n < 600; n++)
		await line(`POST /file HTTP/1.1\r\nHost: court.test\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 90000000\r\n\r\n--x\r\n`).open;
	await works('600 half-open clients');
	const during = await kept();
	judge(Number(during.Threads) <= Number(before.Threads), `${before.Threads} threads before, ${during.Threads} with 600 half-open clients`);
	const grown = parseInt(during.VmRSS, 10) - parseInt(before.VmRSS, 10);
	judge(grown < 600 * 64, `600 half-open clients hold ${grown} KiB`);
	judge(await gone(lines, 40000), `${left(lines)} half-open connections are still open`);

	// The clock. Signed in again each time, for a session does not outlive years.
	const numbers = [], places = new Set();
	for (const at of [0, 3, -2, 5, 0]) {
		await court.later(at * years);
		await court.signIn('zhangwei');
		await court.signIn('bj-filing');
		const place = await works(`${at} years from now`), id = place.split('/').pop();
		places.add(id);
		const done = await court.post('bj-filing', `/cases/132/${id}/act/register`, { procedure: 'ordinary' });
		judge(done.status === 201, `to register, ${at} years from now: ${done.status} ${done.text.slice(0, 300)}`);
		numbers.push(done.json().number);
		// Back by a year and on by two while the case is at work: what was entered later stands later.
		await court.later((at - 1) * years);
		await court.signIn('bj-filing');
		const again = await court.ask('bj-filing', `/cases/132/${id}`);
		judge(again.status === 200, `to read before it was filed: ${again.status}`);
	}
	judge(places.size === 5 && new Set(numbers).size === 5, `five cases: ${[...places]} ${numbers}`);
	// What was to be done while the clock was ahead is not put off until it is there again.
	await court.later(0);
	const waiting = async () => (await court.rows('select kind, tries, due, why from outbox')).map((row) => row.join(' ')).join('; ');
	// What failed on the way is tried again after 30 seconds.
	for (let n = 0; n < 250 && await waiting(); n++)
		await pause(200);
	judge(!await waiting(), `in the outbox, for a time that was: ${await waiting()}`);
	const [[all, distinct]] = await court.rows('select count(*), count(distinct id) from docket');
	judge(all === distinct, `${all} cases, ${distinct} ids`);
	const { whole, said } = await court.verify();
	judge(whole, `verify: ${said}`);
	judge(await court.stop() === 0, 'the program does not end well');
} catch (wrong) {
	judge(false, `${wrong.stack}\n${court.complained ?? ''}`);
	court.child?.kill('SIGKILL');
	await court.gone;
} finally {
	for (const { socket } of lines)
		socket.destroy();
	await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
