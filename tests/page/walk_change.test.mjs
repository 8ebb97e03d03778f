// What changes something, and what does not, on every route as every role: asking (GET, HEAD) changes nothing,
// whatever the address says; and nothing that would change something is done for a form that is not ours.

import { changes, Client } from './client.mjs';
import { expect } from './court.mjs';
import { C, cast, gate, table } from './roles.mjs';
import { changed, settled } from './store.mjs';
import { Walk } from './walk.mjs';

// What a form would say if it were ours, in the address too.
const acting = 'do=submit&do=next&_method=POST&name=x&truth=yes&ok=yes';

class Changing extends Walk {
	// Each address once; of the acts three: everybody has one that they may do.
	at(path) {
		const places = this.places(path, []);
		return places[0].row ? places.filter(({ act }) => ['retract', 'register', 'answer'].includes(act)) : places;
	}

	async unchanged(what, before) {
		const after = changed(before, await settled(this.court));
		if (after.length)
			this.fault(`${what} changed ${after.length} rows: ${after.slice(0, 5).join('\n')}`);
	}

	// Everything that only asks, with an address and headers that say otherwise.
	async ask(stage) {
		const before = await settled(this.court);
		await Promise.all(Object.keys(cast).map(async (name) => {
			for (const [, path] of table.filter(([method, path]) => method === 'GET' && path !== '/live' && (stage === 'RECEIVED' || path.startsWith(C))))
				for (const place of this.at(path))
					for (const method of ['GET', 'HEAD']) {
						const client = this.clients[name], sends = { accept: 'application/json', headers: { 'X-HTTP-Method-Override': 'POST', 'X-CSRF-Token': client.token } };
						const { status } = await client.ask(method, `${place.path}?${acting}&csrf=${client.token}`, sends);
						this.asked++;
						if (status >= 500)
							this.fault(`${name} ${method} ${place.path}: ${status}`);
					}
		}));
		await this.unchanged(`${stage}: asking`, before);
	}

	// Every form that is not ours: how it is sent, and what it lacks.
	foreign(name) {
		const { token } = this.clients[name], { hongda, lina } = this.clients, strange = (name === 'hongda' ? lina : hongda).token, { host } = new URL(this.court.url);
		return [
			['without a token', { token: '' }], ["with another's token", { token: strange }],
			['with the token of another session', { token: this.second[name] ?? strange }],
			['with a token of no letters', { token: ' ' }], ['with half the token', { token: token.slice(0, token.length / 2) }],
			['with the token of another in the form', { token: '', form: { csrf: strange } }], ['with the token in the address', { token: '', query: `?csrf=${token}` }],
			['from another origin', { headers: { Origin: 'https://evil.example' } }], ['from none that it would name', { headers: { Origin: 'null' } }],
			['from one that begins alike', { headers: { Origin: `http://${host}.evil.example` } }], ['across sites', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
			['from another host of the site', { headers: { 'Sec-Fetch-Site': 'same-site' } }],
			...(cast[name].signed === false ? [] : [['as JSON, without the token', { token: '', json: { do: 'submit' } }]]),
		];
	}

	async forge() {
		const before = await settled(this.court), routes = table.filter(([method, , kind]) => changes(method) && kind !== 'open');
		expect(routes.length > 30, `${routes.length} routes that change something`);
		await Promise.all(Object.entries(cast).map(async ([name, who]) => {
			for (const [method, path, kind, , form] of routes.filter(([, , kind]) => !gate(kind, who, true)))
				for (const place of this.at(path))
					for (const [what, { query = '', ...how }] of this.foreign(name)) {
						const { status } = await this.clients[name].ask(method, place.path + query, { ...how, form: { ...form, ...how.form } });
						this.asked++;
						if (status !== 403)
							this.fault(`${name} ${method} ${place.path} (${kind}) ${what}: ${status}`);
					}
		}));
		await this.unchanged('forms that are not ours', before);
	}
}

export async function nothingChangesByAskingNorByStrangeForms({ court }) {
	const walk = new Changing(court);
	await walk.open();
	await walk.file();
	// The same people on another device.
	walk.second = {};
	for (const name of ['zhangwei', 'bj-admin', 'bj-filing']) {
		const other = new Client(court.url, name);
		await other.signIn();
		walk.second[name] = other.token;
	}
	await walk.ask('RECEIVED');
	await walk.forge();
	await walk.act('hz-filing', 'forward');
	await walk.act('bj-filing', 'register', { procedure: 'summary' });
	await walk.pay();
	await walk.act('bj-clerk', 'serve');
	await walk.ask('SERVED');
	for (const [name, client] of Object.entries(walk.clients))
		if (name !== 'nobody' && (await client.get('/account')).status !== 200)
			walk.fault(`${name} is no longer signed in`);
	console.log(`${walk.asked} times asked`);
	expect(!walk.faults.length, `${walk.faults.length} faults:\n${walk.faults.slice(0, 60).join('\n')}`);
}
nothingChangesByAskingNorByStrangeForms.seconds = 200;
