// What an operator has before him: settings, and what the program says of itself.

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from './court.mjs';

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
