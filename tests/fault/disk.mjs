// disk.mjs: a court whose disk is full. It has a small one of its own (a tmpfs, mounted as root or
// in a user namespace: unshare -rm node disk.mjs). People go on reading their cases, acts are
// refused as store.full with words that help in both languages, nothing is half done, and as
// soon as there is room everything goes on by itself.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Court, expect, form, pdf, sha256 } from './rig.mjs';

const run = promisify(execFile);
if (process.getuid() !== 0) {
	const again = await run('unshare', ['-rm', process.execPath, ...process.argv.slice(1)]).catch((wrong) => wrong);
	console.log(again.stdout || `${again}\n0 passed, 1 failed`);
	process.exit(again.code ?? 0);
}
const folder = await mkdtemp(join(tmpdir(), 'microcourt-disk-'));
const court = new Court(folder), complaint = await form('complaint');
let passed = 0, failed = 0, mounted = false;
function judge(good, what) {
	good ? passed++ : failed++;
	if (!good)
		console.log(what);
}

async function fill() {
	const file = await open(join(court.data, 'filler'), 'a');
	let written = 0;
	for (let size = 1 << 20; size >= 1; size = size >> 1)
		for (;;) {
			const { bytesWritten } = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
			written += bytesWritten;
			if (bytesWritten < size)
				break;
		}
	await file.close();
	return written;
}

const submit = (n, lang) => court.post('zhangwei', '/file', complaint, { files: { 'items.1.file': ['借条.pdf', pdf(`disk ${n} ${lang}`)] } });
const tus = (method, path, headers = {}, body) => court.ask('zhangwei', path, { method, body,
	headers: { 'Tus-Resumable': '1.0.0', 'X-CSRF-Token': court.people.get('zhangwei').csrf, ...headers } });
const piece = (path, offset, bytes, headers = {}) => tus('PATCH', path, { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': offset, ...headers }, bytes);
const count = async () => Number((await court.rows('select count(*) from entry'))[0][0]);
const temporary = async () => (await readdir(join(court.data, 'blobs/tmp')).catch(() => [])).length;

try {
	await mkdir(court.data, { recursive: true });
	await run('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', court.data]);
	mounted = true;
	await court.make();
	for (const who of ['zhangwei', 'bj-filing', 'bj-president'])
		await court.signIn(who);
	const filed = await submit(0, 'zh');
	expect(filed.status === 201, `file: ${filed.status} ${filed.text}`);
	const place = filed.headers.location, id = place.split('/').pop();
	// A file of which a piece has come; its rest comes when there is no room, and again when there is.
	const bytes = pdf('x'.repeat(300000)), path = (await tus('POST', '/uploads', { 'Upload-Length': bytes.length, 'Upload-Metadata': 'filename YS5wZGY=' }))
		.headers.location;
	await piece(path, 0, bytes.subarray(0, 100000));
	const entries = await count(), files = (await court.blobs()).size;
	await fill();
	for (const lang of ['zh-CN', 'en-GB']) {
		const begun = await tus('POST', '/uploads', { 'Upload-Length': 1000000, 'Upload-Metadata': 'filename YS5wZGY=', 'Accept-Language': lang });
		const more = await piece(path, 100000, bytes.subarray(100000), { 'Accept-Language': lang });
		for (const [what, answer] of [['to begin an upload', begun], ['to go on with one', more]]) {
			const said = answer.status === 507 ? answer.json() : {};
			judge(said.type?.endsWith('/store.full') && said.remedy && /[a-z]{4}/.test(said.detail) === (lang === 'en-GB'),
				`${what}, ${lang}: ${answer.status} ${answer.text.slice(0, 400)}`);
		}
	}
	judge((await tus('HEAD', path)).headers['upload-offset'] === '100000', 'what was acknowledged of an upload stays');

	// Acts without files may find a little room in what the database has already.
	const judges = (await court.rows("select person from account where name like 'BJJUDGE%'")).flat();
	let done = 0, answer;
	for (; done < 400; done++) {
		const day = new Date(Date.now() + (done + 1) * 86400e3).toISOString().slice(0, 10);
		answer = await court.ask('bj-president', '/bench', { body: Buffer.from(JSON.stringify({ person: judges[0], first: day, last: day, reason: '培训' })),
			headers: { 'Content-Type': 'application/json' } });
		if (answer.status !== 200)
			break;
		await fill();
	}
	judge(answer.status === 503 && answer.json().type.endsWith('/store.full'), `an absence: ${answer.status} ${answer.text.slice(0, 300)}`);
	for (const lang of ['zh-CN', 'en-GB']) {
		const refused = await court.ask('bj-filing', `/cases/132/${id}/act/register`, { body: Buffer.from('{"procedure":"ordinary"}'),
			headers: { 'Content-Type': 'application/json', 'Accept-Language': lang } });
		const said = refused.status === 503 ? refused.json() : {};
		judge(refused.status === 503 && said.type.endsWith('/store.full') && said.remedy && /[a-z]{4}/.test(said.detail) === (lang === 'en-GB'),
			`to register, ${lang}: ${refused.status} ${refused.text.slice(0, 400)}`);
	}
	const file = await submit(1, 'zh');
	judge(file.status === 503 && file.json().type.endsWith('/store.full'), `to file: ${file.status} ${file.text.slice(0, 300)}`);

	for (let n = 0; n < 200; n++) {
		const seen = await court.ask(n % 2 ? 'zhangwei' : 'bj-filing', n % 3 ? place : n % 2 ? '/cases' : '/desk');
		judge(seen.status === 200, `to read: ${seen.status} ${seen.text.slice(0, 300)}`);
	}
	judge(await count() === entries, 'an entry has come');
	judge((await court.blobs()).size === files && !await temporary(), 'a file has come');
	const kept = Number((await court.rows(`select count(*) from absence`))[0][0]);
	judge(kept === done, `${done} absences were acknowledged, ${kept} are there`);

	await rm(join(court.data, 'filler'));
	const rest = await piece(path, 100000, bytes.subarray(100000));
	judge(rest.status === 204 && (await court.blobs()).get(sha256(bytes)), `an upload goes on when there is room: ${rest.status} ${rest.text}`);
	const later = await submit(2, 'zh');
	judge(later.status === 201, `to file when there is room: ${later.status} ${later.text.slice(0, 300)}`);
	const registered = await court.post('bj-filing', `/cases/132/${id}/act/register`, { procedure: 'ordinary' });
	judge(registered.status === 201, `to register when there is room: ${registered.status} ${registered.text.slice(0, 300)}`);
	const { whole, said } = await court.verify();
	judge(whole, `verify: ${said}`);
	judge(await court.stop() === 0, 'the program does not end well');
} catch (wrong) {
	judge(false, `${wrong.stack}\n${court.complained ?? ''}`);
	court.child?.kill('SIGKILL');
	await court.gone;
} finally {
	if (mounted)
		await run('umount', ['-l', court.data]);
	await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
