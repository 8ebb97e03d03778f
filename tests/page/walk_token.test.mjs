// The walk of tokens over routes: what a program may do is in its token and nowhere else. Each scope, all but
// one, and none that would do, on every route; what is refused says which scopes it takes (RFC 6750) and has
// changed nothing; what is let through is answered as its owner is, and without "staff" as a party.

import { Client } from './client.mjs';
import { expect, password } from './court.mjs';
import { acts, C, gate, cast, table } from './roles.mjs';
import { changed, settled } from './store.mjs';
import { Walk } from './walk.mjs';

const scopes = ['read', 'act', 'file', 'account'];

// docs/sign-in.md: which scopes a route takes. null: none is enough.
function takes(method, path, kind) {
	const office = kind === 'staff' ? ['staff'] : [];
	if (/^\/(sign-in|sign-out|register)\b|^\/account\/(sessions|password|tokens|passkeys|second|providers)\b/.test(path) || `${method} ${path}` === 'POST /people/:person')
		return null;
	if (['public', 'open'].includes(kind))
		return [];
	if (/^\/(file|uploads)\b/.test(path))
		return ['file'];
	if (/^\/account\b/.test(path))
		return ['account'];
	return [method === 'GET' ? 'read' : 'act', ...office];
}

// Where nobody is asked who they are, a token is not looked at.
const unasked = ['/static/:name', '/health', '/ready', '/metrics', '/openapi.json'];

// A person without the offices they hold.
const lay = (who) => ({ ...who, staff: undefined, works: false, desk: false, since: who.side ? who.since : undefined });

class Tokens extends Walk {
	async make(name, words) {
		const { status, body } = await this.clients[name].ask('POST', '/account/tokens', {
			json: { name: words.join(' '), scopes: words, password }, accept: 'application/json' });
		expect(status === 200, `a token of ${name} for ${words}: ${status} ${body}`);
		const token = body.match(/mct_[A-Za-z0-9_-]{43}/)[0], client = new Client(this.court.url, name);
		return { words, token, client };
	}

	ask({ client, token }, method, pattern, place, form, accept = 'application/json') {
		const headers = { Authorization: `Bearer ${token}` };
		return pattern === '/live' ? this.live(token) : client.ask(method, place.path, { form, accept, headers });
	}

	async live(token) {
		const stop = new AbortController();
		const answer = await fetch(`${this.court.url}/live`, { redirect: 'manual', signal: stop.signal, headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' } });
		const head = Object.fromEntries(answer.headers), body = answer.status === 200 ? '' : await answer.text();
		stop.abort();
		return { status: answer.status, body, head };
	}

	// One act stands for all: which it is decides the page, behind the door at which scopes are asked for.
	routes() {
		return table.map(([method, path, kind, judge, form]) => {
			const places = this.places(path, []);
			return { method, path, kind, judge, form, want: takes(method, path, kind), places: places[0].row ? [places.find(({ act }) => act === 'retract')] : places };
		});
	}

	// Refused: which, and what it says.
	refused(answer, who, route, token, want) {
		const challenge = answer.head['www-authenticate'] ?? '', said = `error="insufficient_scope"${want ? `, scope="${want.join(' ')}"` : ''}`;
		const type = answer.body && JSON.parse(answer.body).type;
		if (answer.status !== 403 || challenge !== `Bearer realm="microcourt", ${said}` || (route.method !== 'HEAD' && type !== `/problems/token.${want ? 'scope' : 'never'}`))
			this.fault(`${who} with ${token.words} ${route.method} ${route.path}: ${answer.status} ${challenge} ${type}`);
	}

	// Everything that this token must not do.
	async try(name, token) {
		for (const route of this.routes())
			for (const place of route.want && route.want.every((word) => token.words.includes(word)) ? [] : route.places) {
				this.asked++;
				this.refused(await this.ask(token, route.method, route.path, place, route.form), name, route, token, route.want);
			}
	}

	// And what it may, is as it is for its owner. What would act is not asked for.
	async use(name, token) {
		const who = token.words.includes('staff') ? cast[name] : lay(cast[name]);
		for (const { method, path, kind, judge, form, want, places } of this.routes()) {
			const acting = path === '/account/webhooks' && method === 'POST';        // the token is proof enough
			for (const place of want?.every((word) => token.words.includes(word)) && judge && !acting ? places : []) {
				const wanted = gate(kind, who, true) ?? judge(who, { stage: 'RECEIVED', act: place.row, registered: false, heard: false, paper: () => true });
				if (!wanted)
					continue;
				this.asked++;
				const { status, head, body } = await this.ask(token, method, path, place, form);
				if (!wanted.includes(status))
					this.fault(`${name} with ${token.words} ${method} ${place.path}: ${status}, not ${wanted.join(' or ')} ${body.slice(0, 200)}`);
				if (head['set-cookie'] && kind !== 'open')
					this.fault(`${name} with ${token.words} ${method} ${place.path} is given a cookie`);
			}
		}
	}

	// No token at all, whatever it looks like.
	async spend(what, token) {
		for (const { method, path, kind, judge, form, places } of this.routes())
			for (const place of unasked.includes(path) || kind === 'open' ? [] : places) {
				this.asked++;
				const { status, head } = await this.ask(token, method, path, place, form);
				if (status !== 401 || !/^Bearer realm="microcourt", error="invalid_token"/.test(head['www-authenticate']))
					this.fault(`${what} ${method} ${path}: ${status} ${head['www-authenticate']} ${judge}`);
			}
	}
}

export async function whatATokenSaysAndNothingElse({ court }) {
	const walk = new Tokens(court);
	const names = ['zhangwei', 'bj-filing', 'bj-clerk', 'bj-president', 'bj-admin'];
	await walk.open(names);
	await walk.file();
	const tokens = {};
	for (const name of names) {
		const party = !cast[name].staff, office = party ? [] : ['staff'];
		tokens[name] = [];
		for (const words of [scopes, ...(party ? [] : [[...scopes, 'staff']]), ...scopes.map((word) => [word, ...office]),
			...(party ? scopes.map((word) => scopes.filter((other) => other !== word)) : [])])
			tokens[name].push(await walk.make(name, words));
	}
	const { token } = await walk.make('zhangwei', ['read', 'act']);
	expect((await walk.clients.zhangwei.ask('POST', '/account/tokens/end', { form: { end: await endOf(walk) } })).status === 303, 'a token is ended');
	const everyone = Object.entries(tokens).flatMap(([name, list]) => list.map((one) => [name, one]));
	const before = await settled(court);
	await Promise.all(everyone.map(([name, one]) => walk.try(name, one)));
	await walk.spend('an ended token', { token, words: [], client: new Client(court.url, '') });
	await walk.spend('no token', { token: 'mct_', words: [], client: new Client(court.url, '') });
	const after = changed(before, await settled(court));
	expect(!after.length, `what was refused changed ${after.length} rows:\n${after.slice(0, 10).join('\n')}`);
	await Promise.all(everyone.map(([name, one]) => walk.use(name, one)));
	const later = changed(before, await settled(court), ['attempt']);
	expect(!later.length, `what shows changed ${later.length} rows:\n${later.slice(0, 10).join('\n')}`);
	console.log(`${walk.asked} times asked with ${everyone.length} tokens`);
	expect(!walk.faults.length, `${walk.faults.length} faults:\n${walk.faults.slice(0, 60).join('\n')}`);
}
whatATokenSaysAndNothingElse.seconds = 240;

// The newest of those that live, by its digest.
async function endOf(walk) {
	const { tokens } = await walk.clients.zhangwei.json('/account/tokens');
	return tokens.find(({ name, ended }) => name === 'read act' && !ended).token;
}
