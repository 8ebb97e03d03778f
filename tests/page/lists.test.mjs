// The official lists, taken in by the command beside a running court: the whole lists, each in
// one go, again without a change, and a faulty one without any; and what they are good for.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeClean, bothLanguages, expect, noOverflow, shot, within } from './court.mjs';

const program = process.env.MICROCOURT ?? new URL('../../build/release/microcourt', import.meta.url).pathname;
// Where the official lists lie: they are not part of the project.
const lists = process.env.TEST_LISTS ?? new URL('../../../shared/data', import.meta.url).pathname;

const taken = [
	['courts', 'courts/courts.tsv', 3499], ['causes', 'causes/civil_causes_2025.tsv', 1055],
	['causes', 'causes/administrative_causes_2020.tsv', 163], ['charges', 'causes/criminal_charges_483.tsv', 510],
	['types', 'courts/case_types.tsv', 160], ['divisions', 'divisions/provinces.csv', 31],
	['divisions', 'divisions/cities.csv', 342], ['divisions', 'divisions/areas.csv', 2978],
	['holidays', 'holidays/holidays_2018_2026.tsv', 315], ['rates', 'misc/lpr.tsv', 85],
];

function run(data, list, file) {
	return new Promise((done) => execFile(program, ['import', '--data', data, list, file], { timeout: 60000 },
		(wrong, out, err) => done({ code: wrong ? wrong.code : 0, out, err })));
}

async function areTakenIn({ court }) {
	for (const [list, file, lines] of taken) {
		const { code, out, err } = await run(court.data, list, join(lists, file));
		expect(code === 0, `${list} ${file}: ${code} ${out}${err}`);
		const [, all, added] = out.match(/: (\d+) lines, (\d+) added/) ?? [];
		expect(Number(all) === lines && (list === 'courts' || Number(added) === lines), `${file}: ${out}`);
		expect(err.includes(`${lines}/${lines} (100%)`), `${file} shows how far it came: ${err}`);
	}
	for (const [list, file, lines] of taken) {
		const { out } = await run(court.data, list, join(lists, file));
		expect(out.startsWith(`${list}: ${lines} lines, 0 added, 0 changed`), `again: ${out}`);
	}
}

export async function faultyOnesChangeNothing({ court }) {
	const folder = await mkdtemp(join(tmpdir(), 'microcourt-lists-'));
	try {
		const whole = await readFile(join(lists, 'courts/courts.tsv'), 'utf8');
		const rows = whole.split('\n');
		rows[1000] = rows[1000].split('\t').with(3, 'NONE').join('\t');
		rows[1] = rows[1].replace('最高人民法院', '另一个名称');
		await writeFile(join(folder, 'faulty.tsv'), rows.join('\n'));
		const { code, err } = await run(court.data, 'courts', join(folder, 'faulty.tsv'));
		expect(code === 1, `the exit code is ${code}`);
		expect(/faulty\.tsv: 第1001行：.*NONE/.test(err) && /faulty\.tsv: Line 1001: "NONE"/.test(err), err);
		expect(err.includes('nothing was changed'), err);
		const answer = await fetch(`${court.url}/courts/000`, { headers: { Accept: 'application/json' } });
		expect((await answer.json()).name === '最高人民法院', 'no line of a faulty list is kept');
		expect((await run(court.data, 'nothing', 'x')).code === 2, 'an unknown list');
		expect((await run(court.data, 'courts', join(folder, 'absent'))).code === 2, 'an absent file');
	} finally {
		await rm(folder, { recursive: true });
	}
}

// One line of each list that cannot be right: line, column (from 0), what stands there.
const faulty = [
	['causes', 'causes/civil_causes_2025.tsv', 30, 2, 'NONE'], ['charges', 'causes/criminal_charges_483.tsv', 30, 2, 'NONE'],
	['types', 'courts/case_types.tsv', 30, 1, ''], ['divisions', 'divisions/provinces.csv', 30, 1, ''],
	['holidays', 'holidays/holidays_2018_2026.tsv', 30, 1, 'closed'], ['holidays', 'holidays/holidays_2018_2026.tsv', 31, 0, '2018-02-30'],
	['rates', 'misc/lpr.tsv', 30, 1, '3.8%'], ['rates', 'misc/lpr.tsv', 31, 0, '2021-11-22'],
];

export async function everyListNamesItsFaultyLine({ court }) {
	const folder = await mkdtemp(join(tmpdir(), 'microcourt-lists-'));
	try {
		for (const [list, file, line, column, words] of faulty) {
			const rows = (await readFile(join(lists, file), 'utf8')).split('\n'), between = file.endsWith('.csv') ? ',' : '\t';
			rows[line - 1] = rows[line - 1].split(between).with(column, words).join(between);
			await writeFile(join(folder, 'faulty'), rows.join('\n'));
			const { code, err } = await run(court.data, list, join(folder, 'faulty'));
			expect(code === 1 && err.includes(`faulty: 第${line}行：`) && err.includes(`faulty: Line ${line}: `), `${file}: ${code} ${err}`);
			expect((err.match(/faulty: Line/g) ?? []).length === 1 && err.includes('nothing was changed'), `${file}: ${err}`);
		}
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function json(court, path) {
	const answer = await fetch(court.url + path, { headers: { Accept: 'application/json' } });
	expect(answer.ok, `${path}: ${answer.status}`);
	return answer.json();
}

// The running court has them in force without being started again.
async function areInForce({ court }) {
	const found = async () => {
		while (!(await json(court, `/find/causes?q=${encodeURIComponent('船舶碰撞')}`)).options.length)
			await new Promise((wait) => setTimeout(wait, 200));
	};
	await within(20, 'the new causes are found', found());
	const haidian = await json(court, `/find/courts?q=${encodeURIComponent('海淀区')}`);
	expect(haidian.options.some((o) => o.value === '北京市海淀区人民法院'), JSON.stringify(haidian));
	const english = await json(court, '/find/courts?q=hangzhou');
	expect(english.options.length > 0, 'the courts that had English names keep them');
}

async function areRead({ court }) {
	const all = await json(court, '/lists');
	expect(all.lists.length === 7 && all.lists.every((l) => l.lines > 0 && l.digest.length === 64), JSON.stringify(all));
	let path = '/lists/causes', codes = [];
	while (path) {
		const page = await json(court, path);
		codes.push(...page.lines.map((l) => l.code));
		path = page.pager.next;
	}
	expect(codes.length === 1055 + 163 && new Set(codes).size === codes.length, `${codes.length} causes, page by page`);
	for (const path of ['/lists', '/lists/causes', '/lists/holidays', '/lists/rates', '/courts/100'])
		for (const width of [390, 1280])
			await bothLanguages(court, path, async (page) => {
				await axeClean(page);
				await noOverflow(page);
				await shot(page, `lists${path.replaceAll('/', '-')}`);
			}, { width });
	const unknown = await fetch(`${court.url}/lists/nothing`);
	expect(unknown.status === 404, `${unknown.status}`);
}

export async function wholeLists({ court }) {
	await areTakenIn({ court });
	await areInForce({ court });
	await areRead({ court });
}
wholeLists.seconds = 300;
