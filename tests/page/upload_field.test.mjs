// A file field in a real browser: the file goes while one writes, and goes on after a broken line,
// a pause and a reload; what is wrong with it is said at the field.

import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { axeClean, bothLanguages, expect, noOverflow, shot, signIn, smallPdf } from './court.mjs';

const field = (row) => `[name="items.${row}.file"]`;
const state = (page, row = 1) => page.locator(`.field:has(${field(row)}) .upload`);
const reached = (page, what, row = 1) => page.waitForSelector(`.field:has(${field(row)}) .upload[data-state=${what}]`, { timeout: 60000 });
const stored = (court, bytes) => {
	const digest = createHash('sha256').update(bytes).digest('hex');
	return readFile(join(court.folder, 'data/blobs', digest.slice(0, 2), digest.slice(2)));
};

// The step of a new complaint that takes evidence, with so many rows.
async function evidence(page, rows = 1) {
	await signIn(page, 'zhangwei');
	await page.goto('/file');
	await Promise.all([page.waitForURL(/\/file\/./), page.click('main button[value=start]')]);
	await page.goto(`${page.url().replace(/\?.*/, '')}?step=8`);
	for (let row = 1; row <= rows; row++) {
		await Promise.all([page.waitForEvent('load'), page.click('main button[value="add.items"]')]);
		await page.fill(`[name="items.${row}.name"]`, `录像 ${row}`);
		await page.selectOption(`[name="items.${row}.kind"]`, 'audiovisual');
		await page.fill(`[name="items.${row}.purpose"]`, '证明经过');
	}
}

// A file on this machine, as long as the court is there.
async function onDisk(court, name, bytes) {
	await writeFile(join(court.folder, name), bytes);
	return join(court.folder, name);
}

const pdf = (size) => Buffer.concat([Buffer.from('%PDF-1.4\n%'), randomBytes(size), smallPdf('x')]);

// A line to the court that carries so many bytes a second upwards.
async function slowLine(court, use) {
	const line = { rate: Infinity }, open = new Set(), { hostname, port } = new URL(court.url);
	const server = createServer((from) => {
		const to = connect(port, hostname);
		for (const [socket, other] of [[from, to], [to, from]]) {
			open.add(socket);
			socket.on('error', () => other.destroy());
			socket.on('close', () => { open.delete(socket); other.destroy(); });
		}
		to.pipe(from);
		from.on('data', (bytes) => {
			to.write(bytes);
			from.pause();
			setTimeout(() => from.resume(), Math.min(1000, 1000 * bytes.length / line.rate));
		});
	});
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	// What a machine between sees of an end: both sides at once.
	line.cut = () => open.forEach((socket) => socket.destroy());
	line.url = `http://127.0.0.1:${server.address().port}`;
	try {
		return await use(line);
	} finally {
		line.cut();
		server.close();
	}
}

const begun = (page) => page.waitForFunction(() => {
	const bar = document.querySelector('.upload progress');
	return bar && bar.value > 5 && bar.value < 90;
}, null, { timeout: 60000 });

export async function goesOnAfterABrokenLineAndAPause({ court }) {
	await slowLine(court, async (line) => {
		const page = await court.visit({ width: 390, base: line.url }), bytes = pdf(12 << 20);
		await evidence(page);
		const path = await onDisk(court, '现场录像.pdf', bytes);
		line.rate = 2 << 20;
		await page.setInputFiles(field(1), path);
		await begun(page);
		await page.context().setOffline(true);
		line.cut();
		await reached(page, 'broken');
		expect((await state(page).innerText()).includes('网络中断'), await state(page).innerText());
		await axeClean(page);
		await shot(page, 'upload-broken');
		await page.context().setOffline(false);
		line.rate = 2 << 20;
		await reached(page, 'sending');
		await begun(page);
		await page.click('.upload button.second');
		await reached(page, 'paused');
		line.cut();
		await axeClean(page);
		await noOverflow(page);
		await shot(page, 'upload-paused');
		await page.click('main button[value=next]:not(.hide)');
		expect((await page.innerText('.field.wrong .error')).includes('还没有上传完'), 'a paused file holds the form back');
		await page.click('.upload button.second');
		await reached(page, 'sending');
		line.rate = Infinity;
		await reached(page, 'whole');
		await axeClean(page);
		await shot(page, 'upload-whole');
		await Promise.all([page.waitForURL(/step=9/), page.click('main button[value=next]:not(.hide)')]);
		expect((await stored(court, bytes)).equals(bytes), 'the same bytes');
	});
}

export async function goesOnAfterAReload({ court }) {
	await slowLine(court, async (line) => {
		const page = await court.visit({ lang: 'en', width: 1280, base: line.url }), bytes = pdf(20 << 20);
		await evidence(page);
		await page.waitForFunction(() => document.querySelector('.saved')?.textContent, null, { timeout: 10000 });
		const path = await onDisk(court, 'recording.pdf', bytes);
		const begins = [];
		page.on('request', (request) => { if (new URL(request.url()).pathname === '/uploads') begins.push(request.method()); });
		line.rate = 8 << 20;
		await page.setInputFiles(field(1), path);
		// Until a first piece has been acknowledged.
		await page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.status() === 204);
		await page.reload();
		line.cut();
		expect((await page.innerText('main')).includes('Choose the same file again'), 'it says that a file is unfinished');
		await axeClean(page);
		await shot(page, 'upload-again');
		const head = page.waitForResponse((answer) => answer.request().method() === 'HEAD');
		await page.setInputFiles(field(1), path);
		const offset = Number((await head).headers()['upload-offset']);
		expect(offset >= 4 << 20 && offset < bytes.length, `it goes on from ${offset}`);
		line.rate = Infinity;
		await reached(page, 'whole');
		expect(begins.length === 1, `begun once: ${begins}`);
		await Promise.all([page.waitForURL(/step=9/), page.click('main button[value=next]:not(.hide)')]);
		expect((await stored(court, bytes)).equals(bytes), 'the same bytes');
	});
}

export async function severalAndOneRemoved({ court }) {
	await slowLine(court, async (line) => {
		const page = await court.visit({ width: 1280, base: line.url }), one = pdf(12 << 20), two = pdf(12 << 20), three = pdf(1 << 20);
		await evidence(page, 2);
		const choose = async (row, name, bytes) => page.setInputFiles(field(row), await onDisk(court, name, bytes));
		line.rate = 1 << 20;
		await choose(1, '一.pdf', one);
		await choose(2, '二.pdf', two);
		await begun(page);
		line.rate = 4 << 20;
		const gone = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
		await state(page, 1).locator('button.plain').click();
		expect((await gone).status() === 204, 'thrown away at the court as well');
		expect(await state(page, 1).count() === 0 && await page.inputValue(field(1)) === '', 'nothing is left of it');
		expect(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes('二'), 'no name is kept in the browser');
		await choose(1, '三.pdf', three);
		await shot(page, 'upload-several');
		// The form is sent when all is here, and not before.
		await page.click('main button[value=next]:not(.hide)');
		expect((await state(page, 2).innerText()).includes('自动提交'), await state(page, 2).innerText());
		line.rate = Infinity;
		await page.waitForURL(/step=9/, { timeout: 60000 });
		for (const bytes of [two, three])
			expect((await stored(court, bytes)).equals(bytes), 'the same bytes');
		const parts = await readdir(join(court.folder, 'data/blobs/part'));
		expect(!parts.includes((await gone).url().split('/').pop()), 'its bytes are gone');
	});
}

export async function brokenFilesAreNamedAtTheField({ court }) {
	const table = [
		['网页.pdf', '<script>1</script>', '名称或者类型不符', 'what its name or its type says'],
		['空.pdf', '', '空的', 'empty'],
		['半份.pdf', smallPdf().subarray(0, 40), '结尾缺失', 'end is missing'],
		['网页.html', '<script>1</script>', '打印成 PDF', 'PDF'],
	];
	for (const lang of ['zh', 'en'])
		for (const width of [390, 1280]) {
			const page = await court.visit({ lang, width });
			await evidence(page);
			for (const [name, bytes, zh, en] of width === 390 ? table : table.slice(0, 1)) {
				await page.setInputFiles(field(1), { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
				await reached(page, 'wrong');
				const said = await page.innerText('.field.wrong .error');
				expect(said.includes(lang === 'zh' ? zh : en), `${lang} ${name}: ${said}`);
				expect((await page.getAttribute(field(1), 'aria-describedby')).includes(await page.getAttribute('.field.wrong .error', 'id')), 'tied to the field');
			}
			await axeClean(page);
			await noOverflow(page);
			await shot(page, 'upload-wrong');
			await page.click('main button[value=next]:not(.hide)');
			expect(/step=8/.test(page.url()), 'a file that was not taken is not passed over');
			await page.setInputFiles(field(1), { name: '好的.pdf', mimeType: 'application/pdf', buffer: smallPdf() });
			await reached(page, 'whole');
			expect(await page.locator('.field.wrong').count() === 0, 'and then nothing is wrong');
			await shot(page, 'upload-good');
		}
}

// Without script a file goes with its form, as ever.
export async function withoutScript({ court }) {
	await bothLanguages(court, '/', async (page) => {
		await evidence(page);
		const bytes = smallPdf(String(Math.random()));
		await page.setInputFiles(field(1), { name: 'a.pdf', mimeType: 'application/pdf', buffer: bytes });
		await Promise.all([page.waitForURL(/step=9/), page.click('main button[value=next]:not(.hide)')]);
		expect((await stored(court, bytes)).equals(bytes), 'the same bytes');
	}, { script: false });
}
