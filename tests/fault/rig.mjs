// rig: a court that is to be ill-treated: the real program on data of its own, people of the
// sample network who are signed in, and a look at what is kept that does not go through the
// program. SQLite, or the PostgreSQL that tests/postgres.sh has started (TEST_DATABASE).

import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
export const program = process.env.MICROCOURT ?? join(here, '../../build/release/microcourt');
const run = promisify(execFile);
const password = 'microcourt-2026';

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export function expect(holds, what) {
	if (!holds)
		throw new Error(what);
}

// Chance that comes again with the same seed.
export function chance(seed) {
	let at = seed >>> 0;
	return (most) => {
		at = (at + 0x6d2b79f5) >>> 0;
		let t = at;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) % most;
	};
}

// The least that is a whole PDF, with words of its own.
export const pdf = (words) => {
	const body = `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${words}\n`;
	return Buffer.from(`${body}xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`);
};

let schemas = 0;

export class Court {
	constructor(folder, { options = [] } = {}) {
		Object.assign(this, { folder, data: join(folder, 'data'), clock: join(folder, 'clock'), options, people: new Map() });
		this.server = process.env.TEST_DATABASE ?? '';
		this.schema = `f${process.pid}_${++schemas}`;
		this.database = this.server && `${this.server}${this.server.includes('?') ? '&' : '?'}options=-csearch_path%3D${this.schema}`;
	}

	async make() {
		await mkdir(this.folder, { recursive: true });
		await writeFile(this.clock, Buffer.alloc(8));
		if (this.server)
			await run('psql', ['-X', '-q', '-d', this.server, '-c', `create schema ${this.schema}`]);
		await this.start();
	}

	// Starts the program and waits until it says where it listens.
	async start(...more) {
		const child = spawn(program, ['serve', '--config=', '--sample', '--test', '--data', this.data, '--clock', this.clock,
			'--listen', '127.0.0.1:0', '--database', this.database, ...this.options, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
		this.complained = '';
		child.stderr.on('data', (bytes) => { this.complained = (this.complained + bytes).slice(-20000); });
		this.gone = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
		this.child = child;
		let said = '';
		this.port = await new Promise((found, refuse) => {
			const late = setTimeout(() => refuse(new Error('the program does not start')), 60000);
			child.stdout.on('data', (bytes) => {
				said += bytes;
				const line = said.match(/^http:\/\/localhost:(\d+)/m);
				if (line) {
					clearTimeout(late);
					found(Number(line[1]));
				}
			});
			this.gone.then((end) => refuse(new Error(`the program ended (${end})\n${this.complained}`)));
		});
		this.agent?.destroy();
		// A line that nobody uses is given up before the court does so, or a request would meet its end.
		this.agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 15000 });
		return this;
	}

	async kill() {
		this.child.kill('SIGKILL');
		await this.gone;
		this.agent.destroy();
	}

	async stop() {
		this.child.kill('SIGTERM');
		return this.gone;
	}

	async later(seconds) {
		const bytes = Buffer.alloc(8), file = await open(this.clock, 'r+');
		bytes.writeBigInt64LE(BigInt(seconds));
		await file.write(bytes, 0, 8, 0);
		await file.close();
	}

	// One request; rejects when the line breaks before the answer is whole.
	ask(who, path, { body, headers = {}, method = body ? 'POST' : 'GET' } = {}) {
		const jar = this.people.get(who);
		const all = { Accept: 'application/json', ...headers };
		if (jar?.cookies.size)
			all.Cookie = [...jar.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
		if (body) {
			all['Content-Length'] = body.length;
			if (jar?.csrf)
				all['X-CSRF-Token'] ??= jar.csrf;
		}
		return new Promise((done, refuse) => {
			const q = request({ host: '127.0.0.1', port: this.port, path, method, headers: all, agent: this.agent, timeout: 30000 }, (a) => {
				const parts = [];
				a.on('data', (bytes) => parts.push(bytes));
				a.on('error', refuse);
				a.on('aborted', () => refuse(new Error('cut off')));
				a.on('end', () => {
					if (!a.complete)
						return refuse(new Error('cut off'));
					for (const cookie of a.headers['set-cookie'] ?? []) {
						const [, key, value] = cookie.match(/^([^=]+)=([^;]*)/);
						jar?.cookies.set(key, value);
					}
					const text = Buffer.concat(parts).toString();
					done({ status: a.statusCode, headers: a.headers, text, json: () => JSON.parse(text) });
				});
			});
			q.on('timeout', () => q.destroy(new Error('no answer')));
			q.on('error', refuse);
			q.end(body);
		});
	}

	async signIn(who) {
		const jar = { cookies: new Map(), csrf: '' };
		this.people.set(who, jar);
		jar.csrf = (await this.ask(who, '/sign-in')).headers['x-csrf-token'];
		const body = Buffer.from(String(new URLSearchParams({ name: who, password, csrf: jar.csrf })));
		const answer = await this.ask(who, '/sign-in', { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' } });
		expect(answer.status === 303, `${who} signs in: ${answer.status} ${answer.text}`);
		jar.csrf = (await this.ask(who, '/account')).headers['x-csrf-token'];
	}

	// A form as a browser sends it; files: { name: [filename, bytes] }.
	post(who, path, values, { key, files = {} } = {}) {
		const edge = 'a-line-between-parts-7d1f', parts = [];
		const add = (head, bytes) => parts.push(Buffer.from(`--${edge}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), bytes, Buffer.from('\r\n'));
		for (const [name, value] of Object.entries({ do: 'submit', ...values }))
			add(`name="${name}"`, Buffer.from(String(value)));
		for (const [name, [filename, bytes]] of Object.entries(files))
			add(`name="${name}"; filename="${filename}"\r\nContent-Type: application/pdf`, bytes);
		parts.push(Buffer.from(`--${edge}--\r\n`));
		const headers = { 'Content-Type': `multipart/form-data; boundary=${edge}` };
		if (key)
			headers['Idempotency-Key'] = `"${key}"`;
		return this.ask(who, path, { body: Buffer.concat(parts), headers });
	}

	// What is kept, looked at past the program: rows of text.
	async rows(sql) {
		const { stdout } = this.server
			? await run('psql', ['-X', '-At', '-F', '\x1f', '-d', this.database, '-c', sql], { maxBuffer: 1 << 28 })
			: await run('sqlite3', ['-cmd', '.timeout 20000', '-separator', '\x1f', join(this.data, 'court.db'), sql], { maxBuffer: 1 << 28 });
		return stdout.split('\n').filter(Boolean).map((line) => line.split('\x1f'));
	}

	// microcourt verify: every docket chain and the read log.
	async verify() {
		const { stdout } = await run(program, ['verify', '--config=', '--data', this.data, '--database', this.database]).catch((wrong) => wrong);
		return { whole: /, 0 broken\n[^]*, 0 broken\n/.test(stdout), said: stdout };
	}

	// Every file that has a name, and whether its bytes are what its name says.
	async blobs() {
		const found = new Map(), folder = join(this.data, 'blobs');
		for (const two of await readdir(folder).catch(() => []))
			if (two.length === 2)
				for (const name of await readdir(join(folder, two)))
					found.set(two + name, sha256(await readFile(join(folder, two, name))) === two + name);
		return found;
	}
}

// A form of the stories: tests/story/NAME.form
export async function form(name) {
	const lines = (await readFile(join(here, '../story', `${name}.form`), 'utf8')).split('\n');
	return Object.fromEntries(lines.filter((line) => line && line[0] !== '#').map((line) => [line.split(' ')[0], line.slice(line.indexOf(' ') + 1)]));
}
