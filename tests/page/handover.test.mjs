// A new process takes the place of the one that serves, ten times, while people read and a
// president acts: nobody is refused, no act is lost, none is done twice.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, password, within } from './court.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.MICROCOURT ?? join(here, '../../build/release/microcourt');

// A process that serves, once it says where.
async function serve(data, listen, ...more) {
	const server = spawn(program, ['serve', '--config=', '--sample', '--data', data, '--listen', listen, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
	let complained = '', said = '';
	server.stderr.on('data', (bytes) => { complained = (complained + bytes).slice(-20000); });
	const gone = new Promise((done) => server.once('exit', (code, signal) => done(code ?? signal)));
	const url = await within(90, 'a server starts', new Promise((found, refuse) => {
		server.stdout.on('data', (bytes) => {
			said += bytes;
			const line = said.match(/^http:\/\/localhost:(\d+)/m);
			if (line)
				found(`http://127.0.0.1:${line[1]}`);
		});
		gone.then((end) => refuse(new Error(`the server ended (${end})\n${complained}`)));
	}));
	return { server, gone, url, complained: () => complained };
}

// A president who is signed in: sends and reads JSON.
async function signIn(url, name) {
	const jar = new Map();
	const ask = async (path, how = {}) => {
		const answer = await fetch(url + path, { redirect: 'manual', ...how,
			headers: { Accept: 'application/json', Cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '), ...how.headers } });
		for (const cookie of answer.headers.getSetCookie()) {
			const [, key, value] = cookie.match(/^([^=]+)=([^;]*)/);
			jar.set(key, value);
		}
		return { status: answer.status, token: answer.headers.get('x-csrf-token'), text: await answer.text() };
	};
	const { token } = await ask('/sign-in');
	const entry = await ask('/sign-in', { method: 'POST', body: new URLSearchParams({ name, password, csrf: token }), headers: { Accept: 'text/html' } });
	expect(entry.status === 303, `${name} signs in: ${entry.status} ${entry.text}`);
	return ask;
}

export async function nobodyIsRefusedAndNothingIsDoneTwice() {
	const folder = await mkdtemp(join(tmpdir(), 'microcourt-')), data = join(folder, 'data');
	let now = await serve(data, '127.0.0.1:0');
	const { url } = now, faults = [], noted = [];
	const listen = url.slice('http://'.length);
	let over = false, reads = 0;
	try {
		const ask = await signIn(url, 'bj-president');
		const bench = JSON.parse((await ask('/bench')).text), token = bench.csrf;
		const judge = bench.form.sections[0].fields.find(({ name }) => name === 'person').options.at(-1).value;
		const read = async (path) => {
			for (; !over; reads++) {
				const answer = await ask(path).catch((wrong) => ({ status: 0, text: String(wrong.cause ?? wrong) }));
				if (answer.status !== 200)
					faults.push(`GET ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
			}
		};
		// A connection for each request, as from somebody who comes for the first time.
		const visit = async () => {
			for (; !over; reads++) {
				const line = connect({ host: '127.0.0.1', port: new URL(url).port });
				let heard = '';
				line.on('data', (bytes) => { heard += bytes; });
				await new Promise((done) => {
					line.once('close', done);
					line.once('error', (wrong) => { heard += wrong; });
					line.end('GET /health HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n\r\n');
				});
				if (!heard.startsWith('HTTP/1.1 200 '))
					faults.push(`a visitor reads: ${heard.slice(0, 200)}`);
			}
		};
		const act = async () => {
			for (let day = 1; !over && day <= 195; day++) {
				const first = new Date(Date.now() + day * 86400000).toISOString().slice(0, 10);
				const answer = await ask('/bench', { method: 'POST', body: JSON.stringify({ person: judge, first, last: first, reason: 'test' }),
					headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token } })
					.catch((wrong) => ({ status: 0, text: String(wrong.cause ?? wrong) }));
				if (answer.status === 200)
					noted.push(first);
				else
					faults.push(`POST /bench ${first}: ${answer.status} ${answer.text.slice(0, 300)}`);
				await new Promise((done) => setTimeout(done, 15));
			}
		};
		const all = Promise.all([read('/bench'), read('/health'), visit(), act()]);
		for (let time = 0; time < 10; time++) {
			const before = now;
			now = await serve(data, listen, '--take-over');
			const end = await within(30, 'the old one leaves', before.gone);
			expect(end === 0, `the old one ended with ${end}\n${before.complained()}`);
			expect(now.url === url, 'the address is the same');
		}
		over = true;
		await all;
		expect(!faults.length, `${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
		let kept = 0;
		for (let next = '/bench'; next;) {
			const { rows, pager } = JSON.parse((await ask(next)).text);
			kept += rows.length;
			next = pager.next;
		}
		expect(noted.length > 10 && reads > 100, `only ${noted.length} acts and ${reads} reads`);
		expect(kept === noted.length, `${noted.length} acts were acknowledged, ${kept} are there`);
		console.log(`${noted.length} acts, ${reads} reads, 10 times taken over`);
	} finally {
		over = true;
		now.server.kill('SIGTERM');
		const end = await within(30, 'the last one stops', now.gone);
		await rm(folder, { recursive: true, force: true });
		expect(end === 0, `the last one ended with ${end}\n${now.complained()}`);
	}
}
nobodyIsRefusedAndNothingIsDoneTwice.seconds = 240;
