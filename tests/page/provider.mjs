// provider: two sign-in services to try the court with: an honest one, made of npm's
// oidc-provider, and one of our own that says whatever it is told to say.

import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const client = { client_id: 'court', client_secret: 'a secret & 50% of one' };

// On a port of its own, by the other name of this machine: for the browser another site.
async function listen(answer) {
	const server = createServer((request, response) => answer(request, response));
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	server.unref();
	return `http://localhost:${server.address().port}`;
}

export const options = (name, issuer, zh, en) => [`--oidc.${name}.issuer=${issuer}`, `--oidc.${name}.client=${client.client_id}`,
	`--oidc.${name}.secret=${client.client_secret}`, `--oidc.${name}.label_zh=${zh}`, `--oidc.${name}.label_en=${en}`];

// The court's address is known only when it runs: open(url) then.
export async function honest() {
	let answer = (request, response) => response.writeHead(503).end();
	const issuer = await listen((request, response) => answer(request, response));
	return {
		issuer,
		open(court) {
			const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
			const provider = new Provider(issuer, {
				clients: [{ ...client, redirect_uris: [`${court}/sign-in/with/city/back`] }],
				jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'honest' }] },
				cookies: { keys: ['not for production'] },
			});
			answer = provider.callback();
		},
	};
}

const code = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

// say: what is changed in what it would honestly say: claims, header, and whatever else is named here.
export async function rogue() {
	const kinds = { RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }), ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }), EdDSA: () => generateKeyPairSync('ed25519') };
	const it = { say: {}, subject: 'nobody', asked: {}, fetched: 0, rotated: 0, exchanges: 0 };
	it.rotate = (alg = 'ES256') => {
		it.alg = alg;
		it.kid = `k${++it.rotated}`;
		it.key = kinds[alg]();
		it.strange = kinds[alg]();
	};
	it.rotate();

	const statement = (token) => {
		const now = Math.floor(Date.now() / 1000), half = (alg) => createHash(alg === 'EdDSA' ? 'sha512' : 'sha256').update(token).digest();
		const hash = half(it.alg), header = { alg: it.alg, kid: it.kid, ...it.say.header };
		const claims = { iss: it.issuer, sub: it.subject, aud: client.client_id, iat: now, exp: now + 300, nonce: it.asked.nonce,
			at_hash: hash.subarray(0, hash.length / 2).toString('base64url'), email: 'zhangwei@example.cn', email_verified: true, ...it.say.claims };
		const said = `${code(header)}.${code(claims)}`;
		if (it.say.unsigned)
			return `${said}.`;
		if (it.say.secret)
			return `${said}.${createHmac('sha256', client.client_secret).update(said).digest('base64url')}`;
		const key = (it.say.strange ? it.strange : it.key).privateKey;
		return `${said}.${sign(it.alg === 'EdDSA' ? null : 'sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
	};

	it.issuer = await listen((request, response) => {
		const url = new URL(request.url, it.issuer);
		const send = (value, status = 200) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value));
		if (it.say.down)
			return void send('{}', 503);
		if (url.pathname === '/.well-known/openid-configuration')
			return void send({ issuer: it.issuer, authorization_endpoint: `${it.issuer}/auth`, token_endpoint: `${it.issuer}/token`, jwks_uri: `${it.issuer}/keys` });
		if (url.pathname === '/keys')
			return void (it.fetched++, send({ keys: [{ ...it.key.publicKey.export({ format: 'jwk' }), kid: it.kid, use: 'sig' }] }));
		if (url.pathname === '/token') {
			let body = '';
			request.on('data', (bytes) => { body += bytes; });
			request.on('end', () => {
				const form = new URLSearchParams(body), [user, secret] = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString().split(':').map(decodeURIComponent);
				const proved = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === it.asked.code_challenge;
				if (!proved || user !== client.client_id || secret !== client.client_secret || form.get('redirect_uri') !== it.asked.redirect_uri || form.get('code') !== 'good')
					return void send({ error: 'invalid_grant' }, 400);
				it.exchanges++;
				send(it.say.body ?? { access_token: 'opaque', token_type: 'Bearer', refresh_token: null, id_token: statement('opaque') });
			});
			return;
		}
		if (url.pathname !== '/auth')
			return void send('{}', 404);
		it.asked = Object.fromEntries(url.searchParams);
		const back = new URL(it.asked.redirect_uri);
		back.searchParams.set('state', it.asked.state);
		for (const [name, value] of Object.entries(it.say.back ?? { code: 'good' }))
			back.searchParams.set(name, value);
		if (it.say.hold)
			return void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(back.href);
		response.writeHead(303, { Location: back.href }).end();
	});
	return it;
}
