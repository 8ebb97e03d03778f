// docs/api.md is followed to the letter: its shell blocks, in order, as one script of bash, against a
// fresh sample court, in an empty folder.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from './court.mjs';

const page = new URL('../../docs/api.md', import.meta.url);

export async function leadsAStranger({ court }) {
	const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((found) => found[1]);
	expect(blocks.length >= 10, `${blocks.length} blocks`);
	const folder = await mkdtemp(join(tmpdir(), 'microcourt-docs-'));
	const script = 'set -euo pipefail\n' + blocks.map((block, i) => `echo "-- block ${i + 1}"\n${block}`).join('');
	try {
		const { error, said } = await new Promise((done) => {
			const child = execFile('bash', [], { cwd: folder, timeout: 240000, env: { ...process.env, court: court.url } },
				(wrong, out, complained) => done({ error: wrong, said: out + complained }));
			child.stdin.end(script);
		});
		expect(!error, `docs/api.md: ${error?.message}\n${said.slice(-3000)}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
leadsAStranger.seconds = 250;
