// client: somebody who asks without a browser, and sees the answers as they came. Each answer is looked at for what
// every answer must carry.

import { connect } from 'node:net';
import { expect, password } from './court.mjs';
import { Line } from './line.mjs';

export const changes = (method) => !['GET', 'HEAD', 'OPTIONS'].includes(method);

// -- what every answer carries ------------------------------------------------------------

const guards = {
	'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
		+ "media-src 'self'; form-action 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=()',
};

export function guarded(answer, what) {
	for (const [name, value] of Object.entries(guards))
		expect(answer.headers.get(name) === value, `${what}: ${name}: ${answer.headers.get(name)}`);
	for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'access-control-allow-credentials'])
		expect(!answer.headers.has(name), `${what}: ${name} is nobody's business`);
	expect(answer.headers.get('x-request-id') && answer.headers.get('cache-control'), `${what}: no number, or nothing about keeping it`);
	for (const cookie of answer.headers.getSetCookie())
		expect(/; Path=\//.test(cookie) && /; SameSite=Lax/.test(cookie) && !/Domain/i.test(cookie) && (/^lang=/.test(cookie) || /; HttpOnly/.test(cookie)),
			`${what}: ${cookie}`);
}

// One person's browser: cookies, the token, and nothing else.
export class Client {
	constructor(url, name) {
		Object.assign(this, { url, name, jar: new Map(), token: '', line: new Line(url) });
	}

	async ask(method, path, { json, form, bytes, accept = 'text/html', token = this.token, headers = {} } = {}) {
		const send = { Accept: accept, ...(this.jar.size ? { Cookie: [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ') } : {}), ...headers };
		let body = bytes;
		if (json)
			[body, send['Content-Type']] = [JSON.stringify(json), 'application/json'];
		else if (method === 'POST' && !path.startsWith('/uploads'))
			[body, send['Content-Type']] = [new URLSearchParams(form ?? {}).toString(), 'application/x-www-form-urlencoded'];
		if (changes(method) && token)
			send['X-CSRF-Token'] = token;
		if (path.startsWith('/uploads'))
			send['Tus-Resumable'] = '1.0.0';
		const answer = await this.line.ask(method, path, send, body);
		guarded(answer, `${method} ${path}: ${answer.status}`);
		for (const cookie of answer.head['set-cookie'] ?? []) {
			const [, key, value] = cookie.match(/^([^=]+)=([^;]*)/);
			this.jar.set(key, value);
		}
		return answer;
	}

	get(path, how) { return this.ask('GET', path, how); }

	async json(path) {
		const answer = await this.get(path, { accept: 'application/json' });
		expect(answer.status === 200, `${this.name} GET ${path}: ${answer.status} ${answer.body}`);
		return JSON.parse(answer.body);
	}

	async fresh(path = '/') {
		this.token = (await this.get(path)).body.match(/name="csrf" value="([^"]*)"/)?.[1] ?? this.token;
	}

	async signIn() {
		this.jar.clear();
		await this.fresh('/sign-in');
		const answer = await this.ask('POST', '/sign-in', { form: { name: this.name, password, csrf: this.token } });
		expect(answer.status === 303, `${this.name} signs in: ${answer.status}`);
		await this.fresh('/account');
	}

	async do(path, json) {
		const answer = await this.ask('POST', path, { json, accept: 'application/json' });
		expect(answer.status < 300, `${this.name} POST ${path}: ${answer.status} ${answer.body}`);
		return JSON.parse(answer.body);
	}
}

// Sends these bytes as they are, and gives what came back until the line was closed or stayed quiet.
export function raw(url, bytes, quiet = 600) {
	const { hostname, port } = new URL(url);
	return new Promise((done) => {
		const line = connect(Number(port), hostname);
		let got = '', timer;
		const end = (closed) => {
			clearTimeout(timer);
			line.destroy();
			done({ got, closed, statuses: [...got.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((m) => Number(m[1])) });
		};
		const wait = () => {
			clearTimeout(timer);
			timer = setTimeout(() => end(false), got ? quiet : 8000);
		};
		line.on('data', (more) => { got += more.toString('latin1'); wait(); });
		line.on('close', () => end(true));
		line.on('error', () => {});
		line.write(Buffer.from(bytes, 'latin1'));
		wait();
	});
}
