// What an operator has before him: settings, and what the program says of itself.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, within } from './court.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.MICROCOURT ?? join(here, '../../build/release/microcourt');

export async function exampleIsTheDocumentedFile() {
	const example = execFileSync(program, ['settings', '--example'], { encoding: 'utf8' });
	const file = readFileSync(join(here, '../../docs/microcourt.conf'), 'utf8');
	expect(example === file, 'docs/microcourt.conf is not what "microcourt settings --example" prints');
}

export async function settingsAreListedAndSecretsAreNot() {
	const said = execFileSync(program, ['settings', '--config=', '--workers', '7'],
		{ encoding: 'utf8', env: { MICROCOURT_PAYMENT_SECRET: 'hush-hush' } });
	expect(/^workers = 7\n {4}--workers /m.test(said), 'the value and where it comes from');
	expect(/^payment_secret = \*\*\*\n {4}MICROCOURT_PAYMENT_SECRET /m.test(said), 'a secret is masked');
	expect(!said.includes('hush-hush'), 'a secret is never printed');
}

export async function everyFaultIsSaidBeforeTheStart() {
	const { status, stderr } = spawnSync(program, ['serve', '--config=', '--workers', '0', '--orign', 'x', 'word'],
		{ encoding: 'utf8', env: {} });
	expect(status === 2, `exit code ${status}`);
	for (const words of ['1..1024', '范围 1..1024', '“origin”？', 'Did you mean “origin”?'])
		expect(stderr.includes(words), `${words} in\n${stderr}`);
}

export async function saysWhetherItIsReady({ court }) {
	const ready = await fetch(`${court.url}/ready`);
	const now = await ready.json();
	expect(ready.status === 200 && now.ready && !now.reasons.length, JSON.stringify(now));
	expect(/^no_new_privs.*landlock \d.*seccomp/.test(now.details.confined), `the page tests run confined: ${now.details.confined}`);
	expect(now.details.disk_free > 0 && now.details.jobs_silent >= 0 && now.details.jobs_silent < 60, JSON.stringify(now));
	const stranger = await (await fetch(`${court.url}/ready`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).json();
	expect(stranger.ready === true && stranger.details === null, `a stranger reads ${JSON.stringify(stranger)}`);
}

// The samples as the reference parser of Prometheus reads them: [name, labels, value].
const parser = `import json, sys
from prometheus_client.parser import text_string_to_metric_families as parse
json.dump([[s.name, s.labels, s.value] for f in parse(sys.stdin.read()) for s in f.samples], sys.stdout)`;

async function readMetrics(court) {
	const answer = await fetch(`${court.url}/metrics`);
	expect(answer.status === 200, `GET /metrics: ${answer.status}`);
	expect(answer.headers.get('content-type') === 'text/plain; version=0.0.4; charset=utf-8', answer.headers.get('content-type'));
	const text = await answer.text(), names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
	expect(new Set(names).size === names.length, 'a family stands twice');
	return JSON.parse(execFileSync('/usr/bin/python3', ['-c', parser], { input: text, encoding: 'utf8' }));
}

// One value by its name and labels; undefined if it is not there.
function metric(samples, name, labels = {}) {
	return samples.find((sample) => sample[0] === name && Object.entries(labels).every(([key, value]) => sample[1][key] === value))?.[2];
}

export async function countsWhatItDoes({ court }) {
	const route = { method: 'GET', route: '/problems/:key' }, seconds = 'microcourt_http_request_duration_seconds';
	const before = await readMetrics(court);
	for (let i = 0; i < 3; i++)
		expect((await fetch(`${court.url}/problems/none.such`)).status === 404, 'no such problem');
	await fetch(`${court.url}/problems/page.unknown`);
	const after = await readMetrics(court);
	const more = (name, labels) => metric(after, name, labels) - (metric(before, name, labels) ?? 0);
	expect(more('microcourt_http_requests_total', { ...route, status: '4xx' }) === 3, 'three requests that found nothing');
	expect(more('microcourt_http_requests_total', { ...route, status: '2xx' }) === 1, 'and one that did');
	expect(more(`${seconds}_count`, route) === 4 && more(`${seconds}_bucket`, { ...route, le: '+Inf' }) === 4, 'four were timed');
	const steps = after.filter(([name, labels]) => name === `${seconds}_bucket` && labels.route === route.route).map(([, , value]) => value);
	expect(steps.length === 14 && steps.every((n, i) => !i || n >= steps[i - 1]), `steps ${steps}`);
	for (const name of ['microcourt_build_info', 'microcourt_connections', 'microcourt_writer_acts_total',
		'microcourt_writer_commits_total', 'process_resident_memory_bytes', 'process_open_fds', 'process_start_time_seconds'])
		expect(metric(after, name) > 0, `${name}: ${metric(after, name)}`);
	for (const name of ['microcourt_outbox_rows', 'microcourt_outbox_oldest_seconds', 'microcourt_sessions', 'microcourt_writer_queue'])
		expect(metric(after, name) >= 0, `${name} is missing`);
	expect((await fetch(`${court.url}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status === 404, 'for others there is nothing');
}

export async function namesEveryRequest({ court }) {
	const answer = await fetch(`${court.url}/cases/132/none`, { headers: { Accept: 'application/json' } });
	const problem = await answer.json(), page = await fetch(`${court.url}/nowhere`);
	expect(problem.request === answer.headers.get('x-request-id') && problem.request.length === 20, JSON.stringify(problem));
	expect((await page.text()).includes(page.headers.get('x-request-id')), 'the page shows the number of the request');
	expect(page.headers.get('x-request-id') !== problem.request, 'each request has its own');
}

export async function whatIsGivenUpIsRefused() {
	const data = mkdtempSync(join(tmpdir(), 'microcourt-'));
	const { status, stdout, stderr } = spawnSync(program, ['confine', '--config=', '--data', data], { encoding: 'utf8', env: {} });
	rmSync(data, { recursive: true });
	expect(status === 0 && / 0 not ok\n$/.test(stdout), `${status}\n${stdout}\n${stderr}`);
	for (const words of ['cannot read /etc/shadow', 'cannot start another program', 'cannot write outside', 'can write in the data directory'])
		expect(new RegExp(words.replace(/^(can(not)?) /, '$1 .*/ ')).test(stdout), `${words} in\n${stdout}`);
}

// As root it becomes the user that is named; as anybody else it cannot, and says so.
export async function becomesAnotherUser() {
	const folder = mkdtempSync(join(tmpdir(), 'microcourt-')), root = process.getuid() === 0;
	chmodSync(folder, 0o755);
	const server = spawn(program, ['serve', '--config=', '--data', join(folder, 'data'), '--listen', '127.0.0.1:0', '--user', 'nobody'],
		{ stdio: ['ignore', 'pipe', 'pipe'] });
	const gone = new Promise((done) => server.once('exit', (code, signal) => done(code ?? signal)));
	let complained = '';
	server.stderr.on('data', (bytes) => { complained += bytes; });
	try {
		if (!root) {
			expect(await within(30, 'it ends', gone) === 3 && complained.includes('nobody'), complained);
			return;
		}
		await within(60, 'it starts', Promise.race([new Promise((done) => server.stdout.once('data', done)), gone]));
		const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
		expect(/^Uid:\t(\d+)\t\1\t\1\t\1$/m.test(status) && !/^Uid:\t0/m.test(status), `${status}\n${complained}`);
		expect(/^Groups:\s*$/m.test(status) && /^NoNewPrivs:\t1$/m.test(status) && /^Seccomp:\t2$/m.test(status), status);
		server.kill('SIGTERM');
		expect(await within(30, 'it stops', gone) === 0, complained);
	} finally {
		server.kill('SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	}
}

// A supervisor by the protocol of systemd: it holds the listening socket, somebody asks before the
// program has started, and it hears how it goes.
const supervisor = `import signal, socket, subprocess, sys
notify, door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM), socket.create_server(('127.0.0.1', 0))
notify.bind(sys.argv[1] + '/notify')
notify.settimeout(60)
port, early = door.getsockname()[1], socket.create_connection(door.getsockname())
early.sendall(b'GET /health HTTP/1.1\\r\\nHost: court.test\\r\\nConnection: close\\r\\n\\r\\n')
program = subprocess.Popen(['/bin/sh', '-c', 'exec 3<&$DOOR; LISTEN_PID=$$ exec "$@"', 'sh', sys.argv[2], 'serve', '--config=', '--data', sys.argv[1] + '/data'],
	pass_fds=[door.fileno()], stdout=subprocess.DEVNULL, env={'DOOR': str(door.fileno()), 'LISTEN_FDS': '1', 'NOTIFY_SOCKET': sys.argv[1] + '/notify', 'WATCHDOG_USEC': '400000'})
heard = [notify.recv(1000).decode() for _ in range(2)]
early.settimeout(60)
heard.append(early.recv(12).decode())
program.send_signal(signal.SIGTERM)
while heard[-1] != 'STOPPING=1':
	heard.append(notify.recv(1000).decode())
print(program.wait(60), program.pid, *[word.replace('\\n', ' ') for word in heard], sep='|')`;

export async function worksUnderASupervisor() {
	const folder = mkdtempSync(join(tmpdir(), 'microcourt-'));
	const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', supervisor, folder, program], { encoding: 'utf8', timeout: 100000 });
	rmSync(folder, { recursive: true, force: true });
	const [code, pid, ready, beat, answer, ...rest] = stdout.trim().split('|');
	expect(status === 0 && code === '0', `${status} ${code}\n${stdout}\n${stderr}`);
	expect(ready === `MAINPID=${pid} READY=1` && beat === 'WATCHDOG=1', stdout);
	expect(answer === 'HTTP/1.1 200', `who asked early is answered: ${answer}`);
	expect(rest.at(-1) === 'STOPPING=1', stdout);
}
