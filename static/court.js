/* court.js: makes the pages nicer; every page works without it. Nothing here
 * decides anything: what counts is done again by the court's own machine.
 * Listeners hang on the document, so that they hold when a page is redrawn. */
'use strict';

const zh = document.documentElement.lang.startsWith('zh');
const words = (name, value = '') => (document.getElementById('toast')?.dataset[name] || '').replace('{1}', value);

function make(tag, attributes = {}, ...inside) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	element.append(...inside);
	return element;
}

/* An element that stands right behind another, made when first asked for. */
function beside(element, name, tag = 'p') {
	const next = element.nextElementSibling;
	if (next?.dataset.made === name) return next;
	const made = make(tag, { 'data-made': name, class: 'kept' });
	element.after(made);
	return made;
}

/* -- News: a bell that says "look again" -------------------------------------- */

let news = null;

function tell(text, href) {
	const line = make('p', {}, make('span', {}, text));
	if (href) line.append(make('a', { href }, words('look')));
	document.getElementById('toast').append(line);
	setTimeout(() => line.remove(), 20000);
}

function count(name, number) {
	const badge = document.querySelector(`[data-tab="${name}"] .count`);
	if (badge) badge.textContent = (number ?? Number(badge.textContent) + 1) || '';
	return badge?.closest('a').pathname;
}

/* Draws the content of the page again, unless somebody is writing in it. */
async function redraw() {
	if (document.querySelector('main form[method=post]')) return;
	const reply = await fetch(location.href, { headers: { Accept: 'text/html' } });
	if (!reply.ok) return;
	const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
	const here = document.activeElement?.id;
	document.querySelector('main').replaceChildren(...page.querySelector('main').childNodes);
	if (here) document.getElementById(here)?.focus({ preventScroll: true });
	dress();
}

function listen() {
	const { live, reloadOn } = document.body.dataset;
	if (!live || news || !window.EventSource) return;
	news = new EventSource(live);
	for (const name of ['inbox', 'desk', 'case', 'again']) news.addEventListener(name, (event) => {
		let data = {};
		try { data = JSON.parse(event.data) || {}; } catch { /* a bell without words */ }
		const place = name === 'again' ? null : count(name, data.count);
		const href = typeof data.href === 'string' && /^\/(?!\/)/.test(data.href) ? data.href : place;
		if (reloadOn && (name === 'again' || name === reloadOn)) redraw().catch(() => {});
		else if (name !== 'again') tell(words(name), href);
	});
}

/* -- Drafts: saved while one types ---------------------------------------------- */

const drafts = new WeakMap();

async function save(form) {
	const state = form.querySelector('.saved');
	const fields = new URLSearchParams();
	for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
	fields.set('do', 'save');
	const at = new Date().toLocaleTimeString(zh ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
	state.textContent = words('saving');
	try {
		const reply = await fetch(form.getAttribute('action'), { method: 'POST', body: fields, headers: { Accept: 'text/html' } });
		if (!reply.ok) throw new Error(reply.status);
		adopt(form, reply, new DOMParser().parseFromString(await reply.text(), 'text/html'));
		state.textContent = words('saved', at);
		state.classList.remove('not');
	} catch {
		state.textContent = words('unsaved');
		state.classList.add('not');
	}
}

/* The first save of a form gives the draft its address and its version. */
function adopt(form, reply, page) {
	const drawn = page.querySelector('form[data-draft=save]');
	if (!drawn) return;
	form.setAttribute('action', drawn.getAttribute('action'));
	for (const hidden of drawn.querySelectorAll('input[type=hidden]')) {
		const mine = form.elements.namedItem(hidden.name);
		if (mine instanceof HTMLInputElement && mine.type === 'hidden') mine.value = hidden.value;
	}
	if (reply.redirected) history.replaceState(null, '', reply.url);
}

function draft(form) {
	if (form?.dataset.draft !== 'save' || form.dataset.sent) return;
	clearTimeout(drafts.get(form));
	drafts.set(form, setTimeout(() => save(form), 1500));
}

/* -- Small help with fields ------------------------------------------------------------ */

/* 128600 reads 12万8600元, or 128,600.00 yuan. */
function sum(input) {
	const text = input.value.normalize('NFKC').replace(/[,\s]/g, '');
	const line = beside(input.parentElement, 'sum', 'output');
	line.hidden = !/^\d{5,13}(\.\d{1,2})?$/.test(text);
	if (line.hidden) return;
	const [yuan, fen] = text.replace(/^0+(?=\d)/, '').split('.');
	const groups = [yuan.slice(0, -8), yuan.slice(-8, -4), yuan.slice(-4)];
	const spoken = groups.map((group, i) => Number(group) ? `${Number(group)}${['亿', '万', ''][i]}` : '').join('') || '0';
	const plain = `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${(fen || '').padEnd(2, '0')}`;
	const small = [...(fen || '')].map((digit, i) => digit === '0' ? '' : digit + '角分'[i]).join('');
	line.textContent = zh ? `${plain} 元（${spoken}元${small}）` : `${plain} ${input.dataset.money}`;
}

let asked = 0;
async function suggest(input) {
	const list = document.getElementById(input.getAttribute('list'));
	const turn = ++asked;
	if (!list || !input.dataset.search || input.value.trim().length < 1) return;
	await new Promise((go) => setTimeout(go, 200));
	if (turn !== asked) return;
	const reply = await fetch(input.dataset.search + encodeURIComponent(input.value.trim()), { headers: { Accept: 'application/json' } });
	if (!reply.ok || turn !== asked) return;
	const found = await reply.json();
	const rows = Array.isArray(found) ? found : Object.values(found).find(Array.isArray) || [];
	list.replaceChildren(...rows.slice(0, 20).map((row) => typeof row === 'string'
		? make('option', { value: row })
		: make('option', { value: row.value ?? row.name ?? row.label ?? '' }, row.label ?? row.words ?? '')));
}

/* A question that hangs on another ("stance!=admit") stands aside while it is not asked. */
function aside() {
	for (const field of document.querySelectorAll('form [data-when*="="]')) {
		const [, name, not, value] = /^(.+?)(!?)=(.*)$/.exec(field.dataset.when);
		const other = field.closest('form').elements.namedItem(name);
		if (!other) continue;
		const answer = other.type === 'checkbox' && !other.checked ? '' : other.value;
		field.hidden = (answer === value) === (not === '!') && !field.classList.contains('wrong');
	}
}

/* A table whose rows become cards on a phone stays a table for those who hear it. */
function dress() {
	const roles = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell', TH: 'columnheader' };
	for (const part of document.querySelectorAll('table.rows, table.rows :is(thead, tbody, tr, td, thead th)'))
		part.setAttribute('role', roles[part.tagName]);
	for (const input of document.querySelectorAll('input[data-money]')) sum(input);
	for (const button of document.querySelectorAll('button[data-print]')) button.hidden = false;
	aside();
}

/* -- Passkeys: the device is asked, its answer travels in the form ------------------------ */

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const coded = (buffer) => buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : '';

/* What the device says to what the court asks: every device makes and uses only keys that it
 * verifies its owner for (finger, face, PIN). */
async function device(how, asked) {
	const challenge = bytes(asked.challenge);
	if (how === 'get')
		return navigator.credentials.get({ publicKey: { challenge, rpId: asked.rp, userVerification: 'required' } });
	return navigator.credentials.create({ publicKey: {
		challenge, rp: { id: asked.rp, name: document.title }, attestation: 'none',
		user: { id: new TextEncoder().encode(asked.user), name: asked.name, displayName: asked.name },
		pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
		excludeCredentials: asked.have.map((id) => ({ type: 'public-key', id: bytes(id) })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
	} });
}

async function passkey(box, form) {
	const line = beside(form, 'passkey');
	line.setAttribute('role', 'status');
	line.hidden = true;
	try {
		const reply = await fetch(box.dataset.ask, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' } });
		const asked = await reply.json();
		if (!reply.ok) throw asked.detail || asked.title;
		const key = await device(box.dataset.passkey, asked);
		const said = key.response;
		const answer = { credential: key.id, client_data: coded(said.clientDataJSON), signature: coded(said.signature), user: coded(said.userHandle),
			authenticator_data: coded(said.authenticatorData ?? said.getAuthenticatorData()) };
		for (const [name, value] of Object.entries(answer)) form.append(make('input', { type: 'hidden', name, value }));
		form.submit();
	} catch (wrong) {
		line.textContent = typeof wrong === 'string' ? wrong : box.dataset.failed;
		line.hidden = false;
		release(form);
	}
}

/* -- Once is enough ---------------------------------------------------------------------- */

function release(form) {
	delete form.dataset.sent;
	for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
}

document.addEventListener('submit', (event) => {
	const form = event.target;
	if (form.method !== 'post' || event.defaultPrevented) return;
	if (form.dataset.sent) return event.preventDefault();
	form.dataset.sent = 'yes';
	clearTimeout(drafts.get(form));
	for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
	const box = form.closest('[data-passkey]');
	if (box) {
		event.preventDefault();
		passkey(box, form);
	} else {
		setTimeout(() => release(form), 10000);
	}
});
document.addEventListener('input', (event) => {
	const input = event.target;
	if (input.matches('[data-money]')) sum(input);
	if (input.matches('[data-search]')) suggest(input).catch(() => {});
	if (input.type !== 'file') draft(input.form);
});
document.addEventListener('change', aside);
document.addEventListener('click', (event) => {
	if (event.target.closest('button[data-print]')) print();
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(release));

dress();
listen();
