// store: what lies in a court's tables, on SQLite or PostgreSQL, to see that nothing changed which should not.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const run = (program, args) => execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n').filter(Boolean);

export function sql(court, text) {
	const [, database] = court.rows;
	return database ? run('psql', ['-X', '-q', '-t', '-A', '-d', database, '-c', text])
		: run('sqlite3', ['-cmd', '.timeout 20000', join(court.data, 'court.db'), text]);
}

// When and from where somebody was last here is noted with every request; what jobs have still to do
// and where the read log stands goes its own way, and so does what the courier notes of its tries.
const passing = { session: ['seen'], token: ['seen', 'address'], webhook: ['failing', 'rest', 'due'],
	webhook_message: ['state', 'due', 'tries', 'sent', 'status', 'took', 'why', 'detail'] };
const elsewhere = ['outbox', 'perusal'];

// Every row, each as one line.
export function rows(court) {
	const [, database] = court.rows;
	const columns = new Map();
	for (const line of sql(court, database
		? 'select table_name || chr(32) || column_name from information_schema.columns where table_schema = current_schema() order by 1'
		: "select m.name || ' ' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite%' order by 1")) {
		const [table, column] = line.split(' ');
		if (!elsewhere.includes(table) && !passing[table]?.includes(column))
			columns.set(table, [...columns.get(table) ?? [], column]);
	}
	const each = [...columns].map(([table, names]) => (database
		? `select '${table} ' || jsonb_build_array(${names.join(', ')})::text from ${table}`
		: `select '${table} ' || json_array(${names.join(', ')}) from ${table}`));
	return new Set(sql(court, each.join(' union all ')));
}

// What came, and what went; tables: whose changes do not count.
export function changed(before, after, tables = []) {
	const counts = (row) => !tables.includes(row.split(' ')[0]);
	return [...[...after].filter((row) => !before.has(row)).map((row) => `+ ${row}`), ...[...before].filter((row) => !after.has(row)).map((row) => `- ${row}`)]
		.filter((row) => counts(row.slice(2)));
}

// Waits until what acts have left to the jobs is done.
export async function settled(court) {
	for (let i = 0; i < 300 && sql(court, `select count(*) from outbox where due <= ${Math.floor(Date.now() / 1000)}`)[0] !== '0'; i++)
		await new Promise((later) => setTimeout(later, 50));
	return rows(court);
}
