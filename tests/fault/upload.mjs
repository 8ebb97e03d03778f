// upload.mjs [MIB]: one long file by tus-js-client against the real program, over a line that breaks at a third of
// the way and a program that is killed at two thirds and started again. At the end the court has the same bytes,
// and its memory has not grown with the file. Says how long it took and what memory was used at most.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Upload } from '../page/node_modules/tus-js-client/lib.esm/node/index.js';
import { Court, pdf } from './rig.mjs';

const mib = Number(process.argv[2] ?? 64), most = 40;
const folder = await mkdtemp(join(tmpdir(), 'microcourt-upload-')), court = new Court(folder), path = join(folder, '庭审录像.pdf');
let passed = 0, failed = 0, lines = new Set();
function judge(good, what) {
	good ? passed++ : failed++;
	if (!good)
		console.log(what);
}

// A line to wherever the court listens now.
const line = createServer((here) => {
	const there = connect(court.port, '127.0.0.1');
	lines.add(here);
	here.on('close', () => { lines.delete(here); there.destroy(); }).on('error', () => {});
	there.on('close', () => here.destroy()).on('error', () => {});
	here.pipe(there).pipe(here);
});
const digest = async (file) => {
	const sum = createHash('sha256');
	await pipeline(createReadStream(file), sum);
	return sum.digest('hex');
};
const memory = async () => Number((await readFile(`/proc/${court.child.pid}/status`, 'utf8')).match(/VmHWM:\s+(\d+)/)[1]);

try {
	await court.make();
	await court.signIn('zhangwei');
	// To set up the sample and to sign in takes memory that is not an upload's.
	await court.stop();
	await court.start();
	await court.ask('zhangwei', '/cases');
	await new Promise((listens) => line.listen(0, '127.0.0.1', listens));
	const file = await open(path, 'w'), tail = pdf('end'), piece = randomBytes(1 << 20);
	await file.write('%PDF-1.4\n%');
	for (let i = 0; i < mib; i++)
		await file.write(piece);
	await file.write(tail);
	await file.close();
	const size = 10 + mib * piece.length + tail.length, want = await digest(path), jar = court.people.get('zhangwei');
	const hands = { first: [await memory(), 0], second: [0, 0] };
	let broken = 0, killed = false, restarted = Promise.resolve();
	const began = Date.now();
	const upload = await new Promise((done, refuse) => {
		const sends = new Upload(createReadStream(path), {
			endpoint: `http://127.0.0.1:${line.address().port}/uploads`, uploadSize: size, retryDelays: [100, 300, 1000, 3000, 3000],
			headers: { Cookie: [...jar.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'X-CSRF-Token': jar.csrf, Accept: 'application/json' },
			metadata: { filename: '庭审录像.pdf' }, onError: refuse, onSuccess: () => done(sends),
			onProgress: async (sent) => {
				if (!broken && sent > size / 3) {
					broken++;
					lines.forEach((socket) => socket.destroy());
				} else if (!killed && sent > size * 2 / 3) {
					killed = true;
					restarted = (async () => {
						hands.first[1] = await memory();
						await court.kill();
						await court.start();
						await court.ask('zhangwei', '/cases');
						hands.second[0] = await memory();
					})();
				}
			},
		});
		sends.start();
	});
	await restarted;
	const seconds = (Date.now() - began) / 1000;
	hands.second[1] = await memory();
	judge(broken === 1 && killed, 'the line broke and the program was killed on the way');
	judge((await digest(join(court.data, 'blobs', want.slice(0, 2), want.slice(2))).catch(() => '')) === want, 'the court has not got the same bytes');
	const id = upload.url.split('/').pop(), [[arrived, have]] = await court.rows(`select arrived, digest from upload where id = '${id}'`);
	judge(Number(arrived) === size && have === want, `the court says ${arrived} of ${size}, ${have}`);
	for (const [which, [before, after]] of Object.entries(hands)) {
		judge(after - before < most << 10, `the ${which} program grew by ${after - before} KiB`);
		console.log(`${which} program: VmHWM ${before} KiB before, ${after} KiB after`);
	}
	console.log(`${size} bytes in ${seconds.toFixed(1)} s: ${(size / seconds / 1048576).toFixed(0)} MiB a second, waits and start included`);
	judge(await court.stop() === 0, 'the program does not end well');
} catch (wrong) {
	judge(false, `${wrong.stack ?? wrong}\n${court.complained ?? ''}`);
	court.child?.kill('SIGKILL');
	await court.gone;
} finally {
	lines.forEach((socket) => socket.destroy());
	line.close();
	await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
