// court: a microcourt of a test's own, and a browser to look at it with. The court lives
// in a fresh folder, with the sample network, on a free port, and its clock can be moved.
//
//	export async function opens({ court }) {
//		const page = await court.visit({ lang: 'en', width: 390 });
//		await page.goto(court.url);
//		await axeClean(page);
//	}

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { browserProxy, fetchThroughProxy } from './proxy.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.MICROCOURT ?? join(here, '../../build/release/microcourt');
const axe = await readFile(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

await fetchThroughProxy();

export const password = 'microcourt-2026';      // of everybody in the sample network

// Waits for a promise, but not for ever.
export function within(seconds, what, promise) {
	let timer;
	const late = new Promise((_, refuse) => {
		timer = setTimeout(() => refuse(new Error(`${what}: not within ${seconds} s`)), seconds * 1000);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function openBrowser() {
	const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync', '--hide-scrollbars'];
	if (process.getuid() === 0)
		args.push('--no-sandbox');
	return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args, ...browserProxy });
}

// Under tests/postgres.sh a court keeps its rows in a schema of its own there.
let schemas = 0;
async function database() {
	const server = process.env.TEST_DATABASE;
	if (!server)
		return [];
	const schema = `p${process.pid}_${++schemas}`;
	await promisify(execFile)('psql', ['-X', '-q', '-d', server, '-c', `create schema ${schema}`]);
	return ['--database', `${server}${server.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`];
}

// Starts a server, with more options if need be, and waits until it answers. browser() gives the one to
// look with.
export async function openCourt(browser, options = []) {
	const folder = await mkdtemp(join(tmpdir(), 'microcourt-'));
	const clock = join(folder, 'clock');
	await writeFile(clock, Buffer.alloc(8));
	const rows = await database();
	let server, gone, said = '', complained = '';
	// Runs the program on this address and gives its port.
	const start = (listen) => new Promise((found, refuse) => {
		const child = spawn(program, ['serve', '--sample', '--test', '--kept_drawn_too', '--data', join(folder, 'data'),
			'--clock', clock, '--listen', listen, '--webhook-loopback', ...rows, ...options],
			{ stdio: ['ignore', 'pipe', 'pipe'], env: { MICROCOURT_LOG_REQUESTS: 'on', ...process.env, http_proxy: '' } });
		server = child;
		gone = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
		said = '';
		child.stderr.on('data', (bytes) => { complained = (complained + bytes).slice(-20000); });
		child.stdout.on('data', (bytes) => {
			said += bytes;
			const line = said.match(/^http:\/\/[^:\s]+:(\d+)/m);
			if (line)
				found(line[1]);
		});
		child.once('error', refuse);
		gone.then(({ code, signal }) => refuse(new Error(`the server ended (${code ?? signal})\n${complained}`)));
	});
	const stop = async () => {
		if (server.exitCode === null && server.signalCode === null) {
			server.kill('SIGTERM');
			await within(20, 'the server stops', gone).catch(() => server.kill('SIGKILL'));
		}
		const end = await gone;
		await rm(folder, { recursive: true, force: true });
		return end;
	};
	let url;
	try {
		url = `http://127.0.0.1:${await within(60, 'the server starts', start('127.0.0.1:0'))}`;
		const health = await within(10, 'GET /health', fetch(`${url}/health`));
		if (!health.ok)
			throw new Error(`GET /health: ${health.status}`);
	} catch (wrong) {
		await stop();
		throw wrong;
	}

	const contexts = [];
	let offset = 0n;
	return {
		url, folder, process: () => server.pid, data: join(folder, 'data'), rows, said: () => said, complained: () => complained, trouble: [],

		// A page in a browser of its own: nobody is signed in yet. script: false is a
		// visitor without script. base: another way to the same court.
		async visit({ lang = 'zh', width = 390, height = 844, script = true, base = url } = {}) {
			const context = await (await browser()).newContext({
				baseURL: base, locale: lang === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai',
				viewport: { width, height }, javaScriptEnabled: script, reducedMotion: 'reduce',
			});
			contexts.push(context);
			context.setDefaultTimeout(15000);
			const page = await context.newPage();
			page.on('pageerror', (error) => this.trouble.push(`script: ${error.message}`));
			page.on('console', (message) => {
				if (/Content Security Policy/.test(message.text()))
					this.trouble.push(message.text());
			});
			return page;
		},

		// Moves the court's time forward. It holds from the next request on.
		async later({ days = 0, hours = 0, seconds = 0 }) {
			offset += BigInt(days * 86400 + hours * 3600 + seconds);
			const bytes = Buffer.alloc(8);
			bytes.writeBigInt64LE(offset);
			const file = await open(clock, 'r+');
			await file.write(bytes, 0, 8, 0);
			await file.close();
		},

		// Kills the program in the middle of whatever it does, and starts it again where it was.
		async crash() {
			server.kill('SIGKILL');
			await gone;
			await within(60, 'the server starts again', start(new URL(url).host));
		},

		async leave() {
			await Promise.all(contexts.splice(0).map((context) => context.close()));
		},

		stop,
	};
}

export const noScript = (court, how = {}) => court.visit({ ...how, script: false });

// Calls look(page, lang) in Chinese, then in English, on a page that is at path.
export async function bothLanguages(court, path, look, how = {}) {
	for (const lang of ['zh', 'en']) {
		const page = await court.visit({ ...how, lang });
		const answer = await page.goto(path);
		expect(answer.ok(), `${path}: ${answer.status()}`);
		await look(page, lang);
	}
}

// Signs somebody of the sample network in, through the real page. name is what one
// types there.
export async function signIn(page, name, word = password) {
	await page.goto('/sign-in');
	await page.fill('main input[name=name]', name);
	await page.fill('main input[type=password]', word);
	await Promise.all([page.waitForEvent('load'), page.press('main input[type=password]', 'Enter')]);
	if (new URL(page.url()).pathname.startsWith('/sign-in'))
		throw new Error(`${name} could not sign in: ${await page.innerText('main')}`);
}

// A session that somebody planted in the browser, where the page is; whoever signs in then gets one of their own.
const planted = 'A'.repeat(43);
export const plantSession = (page) => page.context().addCookies([{ name: 'court', value: planted, url: new URL(page.url()).origin }]);

export async function ownSession(page, what) {
	const { value } = (await page.context().cookies(page.url())).find(({ name }) => name === 'court') ?? {};
	expect(/^[A-Za-z0-9_-]{43}$/.test(value) && value !== planted, `${what}: the session is ${value}`);
}

// Keeps a picture of the whole page in tests/page/shots, named by language and width.
export async function shot(page, name) {
	const folder = join(here, 'shots');
	await mkdir(folder, { recursive: true });
	const lang = (await page.getAttribute('html', 'lang')) === 'en' ? 'en' : 'zh';
	const path = join(folder, `${name}-${lang}-${page.viewportSize().width}.png`);
	await page.screenshot({ path, fullPage: true });
	return path;
}

// No finding of axe under WCAG 2.2, levels A and AA.
export async function axeClean(page) {
	if (!await page.evaluate(() => 'axe' in globalThis))
		await page.evaluate(axe);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
		runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
		resultTypes: ['violations'],
	}));
	if (violations.length)
		throw new Error(`axe on ${page.url()}:\n` + violations.map((v) => `  ${v.id}: ${v.help}\n` +
			v.nodes.slice(0, 4).map((n) => `    ${n.target.join(' ')}: ${n.any[0]?.message ?? n.failureSummary}\n`).join('')).join(''));
}

// Nothing sticks out at this width; says what does.
export async function noOverflow(page, width = 320) {
	const before = page.viewportSize();
	await page.setViewportSize({ width, height: before.height });
	const found = await page.evaluate((limit) => ({
		width: document.documentElement.scrollWidth,
		out: [...document.querySelectorAll('body *')]
			.filter((e) => e.getBoundingClientRect().right > limit + 0.5)
			.slice(0, 5)
			.map((e) => `${e.tagName.toLowerCase()}${e.className ? '.' + e.className : ''} "${(e.textContent ?? '').trim().slice(0, 30)}"`),
	}), width);
	await page.setViewportSize(before);
	if (found.width > width)
		throw new Error(`${page.url()} is ${found.width} px wide on ${width} px:\n  ${found.out.join('\n  ')}`);
}

// The least that is a whole PDF.
export const smallPdf = (words = '') => {
	const body = `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${words}\n`;
	return Buffer.from(`${body}xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 1>>\nstartxref\n${Buffer.byteLength(body)}\n%%EOF\n`);
};

// Throws with words when something is not as it should be.
export function expect(holds, what) {
	if (!holds)
		throw new Error(what);
}
