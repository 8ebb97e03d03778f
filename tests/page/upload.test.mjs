// Uploads in pieces: tus-js-client and plain requests against the real server.

import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import http from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from 'tus-js-client';
import { expect, password, smallPdf, within } from './court.mjs';

const base64 = (words) => Buffer.from(words).toString('base64');
const sum = (name, bytes) => createHash(name).update(bytes).digest('base64');

// A whole PDF of this many bytes.
function pdf(size) {
	const tail = smallPdf('x');
	return Buffer.concat([Buffer.from('%PDF-1.4\n%'), randomBytes(size - tail.length - 10), tail.subarray(0)]);
}

// Somebody who is signed in, without a browser.
class Sender {
	constructor(url) { Object.assign(this, { url, jar: new Map(), token: '' }); }

	headers(more = {}) {
		return { Accept: 'application/json', Cookie: [...this.jar].map(([k, v]) => `${k}=${v}`).join('; '), 'X-CSRF-Token': this.token,
			'Tus-Resumable': '1.0.0', ...more };
	}

	async ask(method, path, headers = {}, body = undefined) {
		const answer = await fetch(new URL(path, this.url), { method, headers: this.headers(headers), body, redirect: 'manual',
			...(body instanceof ReadableStream ? { duplex: 'half' } : {}) });
		for (const cookie of answer.headers.getSetCookie())
			this.jar.set(...cookie.match(/^([^=]+)=([^;]*)/).slice(1));
		const text = await answer.text();
		return { status: answer.status, text, get: (name) => answer.headers.get(name), key: text.startsWith('{') ? JSON.parse(text).type?.replace('/problems/', '') : '' };
	}

	async signIn(name) {
		this.jar.clear();
		const page = await this.ask('GET', '/sign-in', { Accept: 'text/html' });
		this.token = page.text.match(/name="csrf" value="([^"]*)"/)[1];
		const done = await this.ask('POST', '/sign-in', { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' },
			new URLSearchParams({ name, password, csrf: this.token }).toString());
		expect(done.status === 303, `${name} signs in: ${done.status}`);
		this.token = (await this.ask('GET', '/account', { Accept: 'text/html' })).text.match(/name="csrf" value="([^"]*)"/)[1];
		return this;
	}

	create(length, name, headers = {}) {
		return this.ask('POST', '/uploads', { 'Upload-Length': String(length), 'Upload-Metadata': `filename ${base64(name)}`, ...headers });
	}

	patch(path, offset, body, headers = {}) {
		return this.ask('PATCH', path, { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset), ...headers }, body);
	}

	async offset(path) {
		const head = await this.ask('HEAD', path);
		return head.status === 200 ? Number(head.get('Upload-Offset')) : head.status;
	}

	// Begins a PATCH and breaks the line after so many bytes.
	torn(path, offset, bytes, after) {
		const { hostname, port } = new URL(this.url);
		return new Promise((done) => {
			const request = http.request({ hostname, port, path, method: 'PATCH', headers: this.headers({ 'Content-Length': bytes.length,
				'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': offset }) });
			request.on('error', done);
			request.on('close', done);
			request.write(bytes.subarray(0, after), () => setTimeout(() => request.destroy(), 300));
		});
	}

	tus(bytes, name, more = {}) {
		return new Promise((done, refuse) => {
			const upload = new Upload(bytes, { endpoint: `${this.url}/uploads`, headers: this.headers(), retryDelays: [100, 300, 1000],
				metadata: { filename: name, filetype: 'application/pdf' }, onError: refuse, onSuccess: () => done(upload), ...more });
			more.begun?.(upload);
			upload.start();
		});
	}
}

const person = (court, name = 'zhangwei') => new Sender(court.url).signIn(name);

// Waits until somebody else's request has ended: it may still hold the file for a moment.
async function settled(sender, path, want) {
	for (let i = 0; i < 300; i++) {
		if (await sender.offset(path) >= want)
			return;
		await new Promise((go) => setTimeout(go, 100));
	}
	throw new Error(`${path}: ${await sender.offset(path)} of ${want} bytes`);
}

// A draft of a complaint whose item of evidence is this upload; its file as the court keeps it.
async function named(sender, path) {
	const start = await sender.ask('POST', '/file', { 'Content-Type': 'application/json' }, JSON.stringify({ do: 'start' }));
	const draft = JSON.parse(start.text).href.replace(/\?.*/, '');
	const kept = await sender.ask('POST', `${draft}?step=8`, { 'Content-Type': 'application/json' }, JSON.stringify({ do: 'next',
		items: [{ name: '合同', kind: 'documentary', purpose: '证明借款', file: `upload:${path.split('/').pop()}` }] }));
	return { draft, kept };
}

const stored = (court, digest) => readFile(join(court.folder, 'data/blobs', digest.slice(0, 2), digest.slice(2)));

export async function wholeByTheClient({ court }) {
	const sender = await person(court), bytes = pdf(300000), digest = createHash('sha256').update(bytes).digest('hex');
	for (const more of [{}, { chunkSize: 100000 }, { uploadDataDuringCreation: true }]) {
		const upload = await within(30, 'the upload', sender.tus(bytes, '合同.pdf', more));
		const { draft, kept } = await named(sender, upload.url);
		expect(kept.status === 200, `named: ${kept.status} ${kept.text}`);
		const got = await fetch(`${court.url}${draft}/files/${digest}`, { headers: sender.headers() });
		expect(got.status === 200 && got.headers.get('content-type') === 'application/pdf', `read again: ${got.status}`);
		expect(Buffer.from(await got.arrayBuffer()).equals(bytes), 'the same bytes');
	}
}

export async function saysWhatItCan({ court }) {
	const sender = await person(court);
	const options = await sender.ask('OPTIONS', '/uploads');
	expect(options.status === 204 && options.get('Tus-Version') === '1.0.0' && options.get('Tus-Max-Size') === String(4 * 2 ** 30), 'OPTIONS');
	expect(/creation-with-upload.*expiration.*checksum.*termination/.test(options.get('Tus-Extension')), options.get('Tus-Extension'));
	expect(options.get('Tus-Checksum-Algorithm').split(',').includes('sha1'), 'sha1');
	const old = await sender.create(5, 'a.txt', { 'Tus-Resumable': '0.2.2' });
	expect(old.status === 412 && old.get('Tus-Version') === '1.0.0', `another version: ${old.status}`);
	const made = await sender.create(11, 'a.txt'), path = made.get('location');
	expect(made.status === 201 && /^\/uploads\/[\w-]{40,}$/.test(path), `made: ${made.status} ${path}`);
	const expires = new Date(made.get('Upload-Expires')) - Date.now();
	expect(expires > 23 * 3600e3, `expires ${made.get('Upload-Expires')}`);
	const head = await sender.ask('HEAD', path);
	expect(head.get('Upload-Offset') === '0' && head.get('Upload-Length') === '11' && head.get('Cache-Control') === 'no-store', 'HEAD');
	expect(head.get('Upload-Metadata') === `filename ${base64('a.txt')}`, head.get('Upload-Metadata'));
	for (const [want, key, offset, headers] of [[415, 'upload.content', 0, { 'Content-Type': 'text/plain' }], [409, 'upload.elsewhere', 3, {}],
		[400, 'upload.offset', 'x', {}], [400, 'upload.algorithm', 0, { 'Upload-Checksum': 'crc32 AAAA' }], [400, 'upload.algorithm', 0, { 'Upload-Checksum': 'sha1 AAAA' }],
		[412, 'upload.version', 0, { 'Tus-Resumable': '' }], [403, 'csrf.missing', 0, { 'X-CSRF-Token': 'x' }]]) {
		const answer = await sender.patch(path, offset, 'hello', headers);
		expect(answer.status === want && answer.key === key, `${key}: ${answer.status} ${answer.text}`);
	}
	const over = await sender.patch(path, 0, 'hello world and more');
	expect(over.status === 413 && over.key === 'upload.over', `too much: ${over.status}`);
	const stream = await sender.patch(path, 0, new ReadableStream({ start(to) { to.enqueue(Buffer.from('hello world and more')); to.close(); } }));
	expect(stream.status === 413, `too much, unannounced: ${stream.status}`);
	expect(await sender.offset(path) <= 11, 'never more than its length');
	for (const [length, name, status, key, more] of [['', 'a.txt', 400, 'upload.length'], ['x', 'a.txt', 400, 'upload.length'], [0, 'a.txt', 422, 'file.empty'],
		[5 * 2 ** 30, 'a.mp4', 413, 'file.too_large'], [5, 'a.html', 422, 'file.wrong_type'], [5, '', 400, 'upload.metadata', { 'Upload-Metadata': 'a b c' }]]) {
		const answer = await sender.create(length, name, more);
		expect(answer.status === status && answer.key === key, `${length} ${name}: ${answer.status} ${answer.text}`);
	}
}

export async function checksEachPiece({ court }) {
	const sender = await person(court), path = (await sender.create(10, 'a.txt')).get('location');
	for (const name of ['sha1', 'sha256']) {
		const wrong = await sender.patch(path, 0, 'hello', { 'Upload-Checksum': `${name} ${sum(name, 'jello')}` });
		expect(wrong.status === 460 && wrong.key === 'upload.checksum', `${name}: ${wrong.status} ${wrong.text}`);
		expect(await sender.offset(path) === 0, 'nothing of it counts');
	}
	expect((await sender.patch(path, 0, 'hello', { 'Upload-Checksum': `sha1 ${sum('sha1', 'hello')}` })).status === 204, 'right by sha1');
	const last = await sender.patch(path, 5, 'world', { 'Upload-Checksum': `sha256 ${sum('sha256', 'world')}` });
	expect(last.status === 204 && last.get('Upload-Offset') === '10', `right by sha256: ${last.status}`);
	expect((await stored(court, createHash('sha256').update('helloworld').digest('hex'))).toString() === 'helloworld', 'a blob');
}

export async function goesOnAfterABrokenLine({ court }) {
	const sender = await person(court), bytes = pdf(20 << 20);
	const path = (await sender.create(bytes.length, '录像.pdf')).get('location');
	await sender.torn(path, 0, bytes, 1 << 20);
	await settled(sender, path, 1);
	const at = await sender.offset(path);
	expect(at > 0 && at <= 1 << 20, `after the line broke: ${at}`);
	// What is checked only as a whole does not count in part.
	await sender.torn(path, at, bytes.subarray(at), 12 << 20);
	await settled(sender, path, at + 1);
	let pieces = 0;
	const upload = await within(60, 'the rest', sender.tus(bytes, '录像.pdf', { uploadUrl: court.url + path, chunkSize: 3 << 20,
		onChunkComplete: () => { pieces++; } }));
	expect(pieces > 1, `${pieces} pieces`);
	const { kept } = await named(sender, upload.url);
	expect(kept.status === 200, `named: ${kept.text}`);
	expect((await stored(court, createHash('sha256').update(bytes).digest('hex'))).equals(bytes), 'the same bytes');
}

export async function survivesTheServersDeath({ court }) {
	const sender = await person(court), bytes = pdf(40 << 20), digest = createHash('sha256').update(bytes).digest('hex');
	const path = (await sender.create(bytes.length, '录音.pdf')).get('location');
	const piece = await sender.patch(path, 0, bytes.subarray(0, 5 << 20));
	expect(piece.status === 204, `the first piece: ${piece.status}`);
	// While a long piece comes, what is acknowledged moves on; a kill takes none of it back.
	const request = http.request(court.url + path, { method: 'PATCH', headers: sender.headers({ 'Content-Length': bytes.length - (5 << 20),
		'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': 5 << 20 }) });
	request.on('error', () => {});
	request.write(bytes.subarray(5 << 20, 35 << 20));
	await settled(sender, path, 20 << 20);
	const told = await sender.offset(path);
	await court.crash();
	request.destroy();
	const at = await sender.offset(path), part = await stat(join(court.folder, 'data/blobs/part', path.split('/').pop()));
	expect(at >= told && at <= part.size && at < bytes.length, `told ${told}, after the kill ${at}, on the disk ${part.size}`);
	const rest = await sender.patch(path, at, bytes.subarray(at));
	expect(rest.status === 204 && rest.get('Upload-Offset') === String(bytes.length), `the rest: ${rest.status} ${rest.text}`);
	expect((await stored(court, digest)).equals(bytes), 'the same bytes');
	await court.crash();
	expect(await sender.offset(path) === bytes.length, 'whole after a kill');
	expect((await named(sender, path)).kept.status === 200, 'and may be named');
}

// A PATCH of so many bytes of which only a few come: the line is there, and nobody says anything on it.
async function silent(sender, path, length, bytes) {
	const { hostname, port } = new URL(sender.url), socket = connect(Number(port), hostname);
	const headers = sender.headers({ Host: 'court.test', Connection: 'close', 'Content-Length': length, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': 0 });
	socket.on('error', () => {});
	const said = new Promise((done) => {
		let text = '';
		socket.on('data', (more) => { text += more; }).on('close', () => done(text));
	});
	socket.write(`PATCH ${path} HTTP/1.1\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
	socket.write(bytes);
	await new Promise((go) => setTimeout(go, 300));
	return { socket, said };
}

export async function whoGoesOnTakesTheFileOver({ court }) {
	const sender = await person(court), bytes = pdf(3 << 20), path = (await sender.create(bytes.length, '录音.pdf')).get('location');
	// The line is dead and the court does not know: nothing comes, and no end of it.
	const dead = await silent(sender, path, bytes.length, bytes.subarray(0, 100000));
	const wrong = await sender.patch(path, 1, 'x');
	expect(wrong.status === 409 && wrong.key === 'upload.elsewhere', `who does not know how far it is takes nothing over: ${wrong.status}`);
	expect(await sender.offset(path) === 0, 'nothing of it counts so far');
	const began = Date.now(), next = await sender.patch(path, 0, bytes.subarray(0, 1 << 20));
	expect(next.status === 204 && next.get('Upload-Offset') === String(1 << 20), `the newcomer: ${next.status} ${next.text}`);
	expect(Date.now() - began < 20000, 'before the old line is given up');
	// What comes on the old line after all is not taken, and the line ends.
	dead.socket.write(bytes.subarray(100000));
	const said = await within(20, 'the end of the old request', dead.said);
	expect(/^HTTP\/1.1 409/.test(said) && said.includes('upload.overtaken') || said === '', `the old one: ${said}`);
	expect(await sender.offset(path) === 1 << 20, 'and changes nothing');
	// Once more, and the line is broken now: what came on it does not count beside what came since.
	const second = await silent(sender, path, bytes.length, bytes.subarray(0, 100));
	second.socket.destroy();
	const rest = await sender.patch(path, 1 << 20, bytes.subarray(1 << 20));
	expect(rest.status === 204, `the rest: ${rest.status} ${rest.text}`);
	expect((await stored(court, createHash('sha256').update(bytes).digest('hex'))).equals(bytes), 'the same bytes');
}

export async function oneWritesAtATime({ court }) {
	const sender = await person(court), path = (await sender.create(1 << 20, 'a.txt')).get('location');
	const texts = await Promise.all([1, 2, 3, 4].map(() => sender.patch(path, 0, Buffer.alloc(5000, 'c'))));
	expect(texts.filter((answer) => answer.status === 204).length === 1, `four at once: ${texts.map((answer) => answer.status)}`);
	expect(texts.every((answer) => [204, 409, 423].includes(answer.status)), `four at once: ${texts.map((answer) => answer.status)}`);
	expect(await sender.offset(path) === 5000, 'one of them counts');
}

// What the court refuses before a byte came leaves nothing behind.
export async function refusedEarlyLeavesNothing({ court }) {
	const sender = await person(court), unverified = await new Sender(court.url).signIn('wangqiang');
	const here = async () => (await readdir(join(court.folder, 'data/blobs'), { recursive: true })).sort().join('\n');
	const patch = { 'Content-Type': 'application/offset+octet-stream' }, some = Buffer.alloc(1000, 'a');
	const path = (await sender.create(1000, 'a.txt')).get('location');
	const before = await here();
	for (const [what, status, answer] of [
		['longer than is taken', 413, sender.create(5 * 2 ** 30, 'a.mp4')],
		['longer than is taken, with bytes', 413, sender.ask('POST', '/uploads', { ...patch, 'Upload-Length': String(5 * 2 ** 30),
			'Upload-Metadata': `filename ${base64('a.mp4')}` }, some)],
		['more bytes than the file has, begun with them', 413, sender.ask('POST', '/uploads', { ...patch, 'Upload-Length': '10',
			'Upload-Metadata': `filename ${base64('a.txt')}` }, some)],
		['more bytes than the file has', 413, sender.patch(path, 0, Buffer.alloc(2000))],
		['no right', 403, unverified.ask('POST', '/uploads', { ...patch, 'Upload-Length': '1000', 'Upload-Metadata': `filename ${base64('a.txt')}` }, some)],
		['nobody', 401, new Sender(court.url).ask('POST', '/uploads', { ...patch, 'Upload-Length': '1000' }, some)],
		['somebody else', 404, unverified.signIn('lina').then(() => unverified.patch(path, 0, some))],
		['a kind that is not taken', 422, sender.ask('POST', '/uploads', { ...patch, 'Upload-Length': '1000', 'Upload-Metadata': `filename ${base64('a.exe')}` }, some)],
	]) {
		const { status: got, text } = await answer;
		expect(got === status, `${what}: ${got} ${text}`);
		expect(await here() === before, `${what}: something is left: ${await here()}`);
	}
}

export async function theQuotaIsSaidWithItsCure({ court }) {
	const sender = await new Sender(court.url).signIn('lina'), made = [];
	for (let i = 0; i < 5; i++)
		made.push((await sender.create(4 * 2 ** 30, `${i}.mp4`)).get('location'));
	expect(made.every(Boolean), 'five of four GiB fit in twenty');
	for (const [lang, detail, remedy] of [['zh-CN', '20480 MiB', '取消不需要的上传'], ['en-GB', '20480 MiB', 'cancel uploads']]) {
		const answer = await sender.create(1, 'a.txt', { 'Accept-Language': lang }), problem = answer.status === 413 ? JSON.parse(answer.text) : {};
		expect(answer.key === 'upload.quota' && problem.status === 413, `over the quota: ${answer.status} ${answer.text}`);
		expect(problem.detail.includes(detail) && problem.remedy.includes(remedy), `${lang}: ${answer.text}`);
	}
	expect((await sender.ask('DELETE', made[0])).status === 204 && (await sender.create(1, 'a.txt')).status === 201, 'and it helps');
	for (const path of made.slice(1))
		await sender.ask('DELETE', path);
}

export async function belongsToOnePerson({ court }) {
	const sender = await person(court), stranger = await person(court, 'lina');
	const path = (await sender.create(5, 'a.txt')).get('location');
	for (const answer of [await stranger.ask('HEAD', path), await stranger.patch(path, 0, 'hello'), await stranger.ask('DELETE', path)])
		expect(answer.status === 404, `a stranger: ${answer.status}`);
	expect((await sender.patch(path, 0, 'hello')).status === 204, 'the owner');
	const { kept } = await named(stranger, path);
	expect(kept.status === 422 && kept.key === 'upload.not_whole' && JSON.parse(kept.text).errors[0].field === 'items.1.file', kept.text);
	const part = (await sender.create(5, 'b.txt')).get('location');
	expect((await named(sender, part)).kept.status === 422, 'not whole');
	const unverified = await new Sender(court.url).signIn('wangqiang');
	expect((await unverified.create(5, 'a.txt')).status === 403, 'only who is verified');
	expect((await new Sender(court.url).create(5, 'a.txt')).status === 401, 'only who is signed in');
}

export async function endsAndExpires({ court }) {
	const sender = await person(court), parts = () => readdir(join(court.folder, 'data/blobs/part'));
	const gone = (await sender.create(5, 'a.txt')).get('location');
	expect((await sender.ask('DELETE', gone)).status === 204 && await sender.offset(gone) === 404, 'ended');
	expect(!(await parts()).includes(gone.split('/').pop()), 'its bytes are gone');
	const path = (await sender.create(5, 'a.txt')).get('location');
	await sender.patch(path, 0, 'hel');
	await court.later({ hours: 23 });
	await sender.signIn('zhangwei');
	expect(await sender.offset(path) === 3, 'not yet');
	await court.later({ hours: 2 });
	await sender.signIn('zhangwei');
	expect(await sender.offset(path) === 404 && (await sender.patch(path, 3, 'lo')).status === 404, 'expired');
	await within(30, 'the sweep', (async () => {
		while ((await parts()).includes(path.split('/').pop()))
			await new Promise((go) => setTimeout(go, 200));
	})());
}

export async function brokenFilesAreNotKept({ court }) {
	const sender = await person(court);
	for (const [name, bytes, key] of [['a.pdf', '<svg/>', 'file.disguised'], ['a.pdf', pdf(5000).subarray(0, 4000), 'file.truncated'],
		['a.pdf', smallPdf().toString('latin1').replace('/Size 1', '/Encrypt 9 0 R'), 'file.encrypted'], ['a.txt', Buffer.from('bde8bfee', 'hex'), 'file.letters']]) {
		const path = (await sender.create(Buffer.from(bytes).length, name)).get('location');
		const answer = await sender.patch(path, 0, bytes);
		expect(answer.status === 422 && answer.key === key, `${key}: ${answer.status} ${answer.text}`);
		const { detail, remedy } = JSON.parse(answer.text);
		expect(detail.includes(name) && remedy, `${key} has a cause and a cure: ${answer.text}`);
		expect(await sender.offset(path) === 404, `${key}: not kept`);
	}
}

export async function memoryStaysSmall({ court }) {
	const sender = await person(court), piece = randomBytes(1 << 20), pieces = 300, tail = smallPdf();
	const length = 10 + pieces * piece.length + tail.length;
	const made = await sender.create(length, '庭审录像.pdf');
	const status = async () => Number((await readFile(`/proc/${court.process()}/status`, 'utf8')).match(/VmHWM:\s+(\d+)/)[1]);
	const before = await status();
	const body = Readable.toWeb(Readable.from((function* bytes() {
		yield Buffer.from('%PDF-1.4\n%');
		for (let i = 0; i < pieces; i++)
			yield piece;
		yield tail;
	})()));
	const done = await within(100, '300 MB', sender.patch(made.get('location'), 0, body));
	expect(done.status === 204 && done.get('Upload-Offset') === String(length), `300 MB: ${done.status} ${done.text}`);
	expect(await status() - before < 40 << 10, `the server grew by ${await status() - before} KiB`);
}
