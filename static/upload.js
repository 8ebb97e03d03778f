/* upload.js: a chosen file goes to the court at once, piece by piece (tus 1.0), while one still
 * writes; it goes on after a broken line, and when the same file is chosen again after a reload.
 * Without this a file goes with its form. Stands on court.js. */
'use strict';

const UPLOAD_PIECE = 4 << 20;                   // bytes of one request
const UPLOAD_RESTS = [1, 2, 5, 10, 30];         // seconds between tries while the line is broken
const UPLOAD_SILENCE = 60;                      // seconds without a byte: the line is dead
const UPLOAD_AGAIN = [404, 409, 410, 423, 429, 460, 502, 503, 504];

const uploads = new Map();                      // of this page: input -> Upload
const patient = new Map();                      // form -> the button that was pressed before all was here

/* -- What this browser remembers: which upload a file is, but not its name, for phones are shared -- */

const notes = {
	all() {
		try {
			const kept = Object.entries(JSON.parse(localStorage.getItem('uploads') || '{}'));
			return Object.fromEntries(kept.filter(([, note]) => note.until > Date.now()));
		} catch { return {}; }
	},
	write(mark, note) {
		const all = { ...this.all(), [mark]: note };
		if (!note) delete all[mark];
		try { localStorage.setItem('uploads', JSON.stringify(all)); } catch { /* then it goes on only on this page */ }
	},
	mark(file) {
		const name = [...file.name].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16777619) >>> 0, 2166136261);
		return `${name.toString(36)}-${file.size}-${file.lastModified}`;
	},
	place: (input) => `${location.pathname} ${input.id}`,
};

const size = (bytes) => bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

/* -- One file ------------------------------------------------------------------------------------- */

class Upload {
	constructor(input, file) {
		Object.assign(this, { input, file, form: input.form, field: input.closest('.field'), mark: notes.mark(file), at: 0, turn: 0, state: '' });
		this.bar = make('progress', { max: 100, value: 0, 'aria-label': file.name });
		this.amount = make('span', {});
		this.status = make('span', { role: 'status', 'aria-live': 'polite' });
		this.stop = make('button', { type: 'button', class: 'second' });
		this.away = make('button', { type: 'button', class: 'plain', 'aria-label': `${words('remove')} ${file.name}` }, words('remove'));
		this.box = make('div', { class: 'upload', role: 'group', 'aria-label': file.name },
			make('p', { class: 'name' }, `${file.name} · ${size(file.size)}`), this.bar,
			make('p', { class: 'far' }, this.amount, ' ', this.status), make('div', { class: 'buttons' }, this.stop, this.away));
		this.stop.addEventListener('click', () => this.going() ? this.pause() : this.run());
		this.away.addEventListener('click', () => this.remove());
		input.after(this.box);
		this.weigh().catch(() => {});           // without a digest the file is as good
		this.run();
	}

	/* Computed here, to be compared with what the court says it has. */
	async weigh() {
		if (this.file.size > 100 << 20 || !window.crypto?.subtle) return;
		const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await this.file.arrayBuffer()));
		const hex = Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
		this.bar.before(make('p', {}, words('digest'), ' ', make('span', { class: 'digest' }, `SHA-256 ${hex}`)));
	}

	going() { return this.state === 'sending' || this.state === 'broken'; }

	turnTo(state, text) {
		this.state = state;
		this.box.dataset.state = state;
		this.stop.hidden = state === 'whole' || state === 'wrong';
		this.stop.textContent = words(this.going() ? 'pause' : 'resume');
		this.status.textContent = text;
	}

	show(bytes) {
		const part = this.file.size ? Math.floor(100 * bytes / this.file.size) : 0;
		this.bar.value = part;
		this.amount.textContent = `${size(bytes)} / ${size(this.file.size)}`;
		// Who listens is told every tenth, not every byte.
		if (this.state === 'sending' && !patient.has(this.form))
			this.status.textContent = words('sending', part - part % 10);
	}

	/* One request: resolves with whatever is answered, rejects when the line breaks. */
	ask(method, path, headers = {}, body = null) {
		return new Promise((done, broken) => {
			const line = this.line = new XMLHttpRequest();
			let silence;
			const alive = () => { clearTimeout(silence); silence = setTimeout(() => line.abort(), UPLOAD_SILENCE * 1000); };
			if (body) line.upload.addEventListener('progress', (event) => {
				alive();
				if (this.line === line) this.show(this.at + event.loaded);
			});
			line.addEventListener('loadend', () => { clearTimeout(silence); line.status ? done(line) : broken(line); });
			line.open(method, path);
			const token = this.form.elements.namedItem('csrf')?.value || '';
			for (const [name, value] of Object.entries({ Accept: 'application/json', 'Tus-Resumable': '1.0.0', 'X-CSRF-Token': token, ...headers }))
				line.setRequestHeader(name, value);
			alive();
			line.send(body);
		});
	}

	/* The upload that this file is: the one begun before, as far as it has come, or a new one. */
	async find() {
		this.path ??= notes.all()[this.mark]?.path;
		if (this.path) {
			const head = await this.ask('HEAD', this.path);
			if (head.status === 200) return this.note(Number(head.getResponseHeader('Upload-Offset')), head);
			if (head.status !== 404 && head.status !== 410) throw head;
		}
		const name = btoa(String.fromCharCode(...new TextEncoder().encode(this.file.name)));
		const made = await this.ask('POST', '/uploads', { 'Upload-Length': this.file.size, 'Upload-Metadata': `filename ${name}` });
		if (made.status !== 201) throw made;
		this.path = made.getResponseHeader('Location');
		return this.note(0, made);
	}

	note(at, answer) {
		const until = Date.parse(answer.getResponseHeader('Upload-Expires')) || Date.now() + 36e5;
		this.at = at;
		this.show(at);
		notes.write(this.mark, { path: this.path, place: notes.place(this.input), whole: at === this.file.size, until });
	}

	async piece() {
		const answer = await this.ask('PATCH', this.path, { 'Upload-Offset': this.at, 'Content-Type': 'application/offset+octet-stream' },
			this.file.slice(this.at, this.at + UPLOAD_PIECE));
		if (answer.status !== 204) throw answer;
		this.note(Number(answer.getResponseHeader('Upload-Offset')), answer);
	}

	async run() {
		const turn = ++this.turn;
		this.blame('');
		for (let tries = 0; ; tries++) {
			this.turnTo('sending', words('sending', 0));
			try {
				await this.find();
				for (; this.at < this.file.size; tries = 0) await this.piece();
				return this.end();
			} catch (line) {
				if (turn !== this.turn) return;
				if (!(line instanceof XMLHttpRequest)) throw line;
				if (line.status && !UPLOAD_AGAIN.includes(line.status)) return this.refuse(line);
				if (!line.status) this.turnTo('broken', words('broken'));
				// The court may still be at the line that broke (423): that ends soon.
				await this.rest(line.status ? Number(line.getResponseHeader('Retry-After')) || 2 : UPLOAD_RESTS[Math.min(tries, UPLOAD_RESTS.length - 1)]);
				if (turn !== this.turn) return;
			}
		}
	}

	/* Until the time is over, or the machine says that there is a line again. */
	rest(seconds) {
		return new Promise((go) => {
			setTimeout(go, seconds * 1000);
			window.addEventListener('online', go, { once: true });
		});
	}

	end() {
		this.turnTo('whole', words('whole'));
		draft(this.form);
		submitPatiently(this.form);
	}

	/* Who may not send pieces sends the file with its form; whatever else is wrong is said at the field. */
	refuse(line) {
		if (line.status === 403) {
			this.clear();
			return submitPatiently(this.form);
		}
		let said = {};
		try { said = JSON.parse(line.responseText); } catch { /* no words */ }
		if (line.status === 413 || line.status === 422) {
			notes.write(this.mark, null);
			delete this.path;
			this.turnTo('wrong', words('refused'));
		} else this.turnTo('paused', words('held'));
		this.blame([said.detail || words('failed'), said.remedy].filter(Boolean).join(zh ? '' : ' '));
		if (patient.delete(this.form)) this.input.focus();
	}

	/* What is wrong stands at the field, as the court's own page would say it. */
	blame(text) {
		const id = `${this.input.id}-error`;
		const line = document.getElementById(id) || make('p', { class: 'error', id });
		this.field?.classList.toggle('wrong', Boolean(text));
		const said = new Set((this.input.getAttribute('aria-describedby') || '').split(' ').filter((word) => word && word !== id));
		if (text) said.add(id);
		this.input.setAttribute('aria-describedby', [...said].join(' '));
		line.setAttribute('role', 'alert');
		line.textContent = text;
		text ? this.input.before(line) : line.remove();
	}

	pause() {
		this.turn++;
		this.line?.abort();
		this.turnTo('paused', words('paused'));
	}

	clear() {
		this.turn++;
		this.line?.abort();
		this.blame('');
		this.box.remove();
		uploads.delete(this.input);
	}

	async remove() {
		this.clear();
		this.input.value = '';
		this.input.dispatchEvent(new Event('change', { bubbles: true }));
		this.input.focus();
		if (!this.path || [...uploads.values()].some((other) => other.path === this.path)) return;
		notes.write(this.mark, null);
		await this.ask('DELETE', this.path).catch(() => {});
	}
}

/* -- The form waits for its files ------------------------------------------------------------------- */

const unfinished = (form) => [...uploads.values()].filter((upload) => upload.form === form && upload.state !== 'whole');

function submitPatiently(form) {
	if (!patient.has(form) || unfinished(form).length) return;
	const button = patient.get(form);
	patient.delete(form);
	form.requestSubmit(button);
}

document.addEventListener('submit', (event) => {
	const left = unfinished(event.target);
	if (!left.length) return;
	event.preventDefault();
	const stuck = left.find((upload) => !upload.going());
	if (stuck) {
		if (stuck.state === 'paused') stuck.blame(words('held'));
		return stuck.input.focus();
	}
	patient.set(event.target, event.submitter);
	for (const upload of left) upload.status.textContent = words('waiting');
}, true);

/* What the form says of such a field is the upload's name. */
document.addEventListener('formdata', (event) => {
	for (const upload of uploads.values())
		if (upload.form === event.target) event.formData.set(upload.input.name, upload.path && upload.state === 'whole' ? `upload:${upload.path.split('/').pop()}` : '');
});

window.addEventListener('offline', () => {
	for (const upload of uploads.values()) if (upload.going()) upload.line?.abort();
});

/* Bytes that wait for the same file to be chosen again. */
function remind() {
	const left = Object.values(notes.all()).filter((note) => !note.whole).map((note) => note.place);
	for (const input of document.querySelectorAll('form input[type=file]'))
		if (left.includes(notes.place(input))) beside(input, 'again').textContent = words('again');
}

document.addEventListener('change', (event) => {
	const input = event.target;
	if (!input.matches('form[method=post] input[type=file]')) return;
	uploads.get(input)?.clear();
	for (const line of input.parentElement.querySelectorAll('[data-made=again]')) line.remove();
	if (input.files[0]) uploads.set(input, new Upload(input, input.files[0]));
});

remind();
